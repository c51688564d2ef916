"""A photo from a camera, where Qt Multimedia is installed: a sheet with the live picture and one button."""

import importlib
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.records.photo import jpeg_of
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.overlay import Overlay


class CameraSheet(Overlay):
    """Shows what the camera sees; Ctrl+Enter takes the picture. ``taken`` carries a small JPEG."""

    taken = Signal(bytes)

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(theme, host, object_name="camera")
        # By name: the two packages are not among those the program depends on.
        media: Any = importlib.import_module("PySide6.QtMultimedia")
        widgets: Any = importlib.import_module("PySide6.QtMultimediaWidgets")
        self._camera = media.QCamera(self)
        self._capture = media.QImageCapture(self)
        self._session = media.QMediaCaptureSession(self)
        view = widgets.QVideoWidget()
        view.setMinimumSize(theme.px(480), theme.px(360))
        self._session.setCamera(self._camera)
        self._session.setImageCapture(self._capture)
        self._session.setVideoOutput(view)
        self._capture.imageCaptured.connect(self._on_captured)
        self._message = label("", "error", wrap=True)
        if not media.QMediaDevices.videoInputs():
            self._message.setText("没有找到摄像头。请接好摄像头，或从文件选照片。")
        take = KeyButton(theme, "拍照", "Ctrl+Return", kind="primary", object_name="camera.take")
        take.clicked.connect(self._capture.capture)
        cancel = KeyButton(theme, "取消", shown="Esc", bind=False, kind="quiet", object_name="camera.cancel")
        cancel.clicked.connect(self.dismiss)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(take)
        column = self.card.column(spacing=theme.metrics.s3)
        for widget in (label("拍一张照片", "h1"), view, self._message):
            column.addWidget(widget)
        column.addLayout(foot)
        self.dismissed.connect(self._camera.stop)
        self._camera.start()

    @Slot(int, QImage)
    def _on_captured(self, _number: int, image: QImage) -> None:
        jpeg = jpeg_of(image)
        self.dismiss()
        self.taken.emit(jpeg)
