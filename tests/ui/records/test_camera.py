"""The camera's sheet, with a camera that is made up: the program does not depend on Qt Multimedia."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.records import camera
from tests.ui.support import make_context


class Camera(QObject):
    started = False

    def start(self):
        self.started = True

    def stop(self):
        self.started = False


class Capture(QObject):
    imageCaptured = Signal(int, QImage)  # noqa: N815 - Qt's name

    def capture(self):
        image = QImage(640, 480, QImage.Format.Format_RGB32)
        image.fill(QColor("#336699"))
        self.imageCaptured.emit(1, image)


class Session(QObject):
    def setCamera(self, _camera):  # noqa: N802 - Qt's name
        pass

    setImageCapture = setVideoOutput = setCamera  # noqa: N815 - Qt's names


@pytest.fixture
def sheet(qtbot, monkeypatch):
    devices = SimpleNamespace(videoInputs=list)
    media = SimpleNamespace(
        QCamera=Camera, QImageCapture=Capture, QMediaCaptureSession=Session, QMediaDevices=devices
    )
    modules = {
        "PySide6.QtMultimedia": media,
        "PySide6.QtMultimediaWidgets": SimpleNamespace(QVideoWidget=QWidget),
    }
    monkeypatch.setattr(camera.importlib, "import_module", modules.__getitem__)
    frame = QWidget()
    host = QWidget(frame)
    qtbot.addWidget(frame)
    frame.resize(800, 700)
    host.resize(800, 700)
    frame.show()
    sheet = camera.CameraSheet(make_context(qtbot, None).theme, host)
    sheet.present()
    yield sheet
    del frame  # held here: one held only by its own sheet would be torn down in the middle of it


def test_the_picture_that_is_taken_is_a_small_square_jpeg_and_the_camera_rests(sheet):
    taken = []
    sheet.taken.connect(taken.append)
    assert sheet._camera.started
    QTest.mouseClick(sheet.findChild(QWidget, "camera.take"), Qt.MouseButton.LeftButton)
    assert QImage.fromData(bytes(taken[0])).size().toTuple() == (360, 360)
    assert not sheet._camera.started


def test_without_a_camera_it_says_so_and_esc_goes(sheet):
    assert any("没有找到摄像头" in one.text() for one in sheet.findChildren(QLabel))
    camera_of = sheet._camera
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not camera_of.started
