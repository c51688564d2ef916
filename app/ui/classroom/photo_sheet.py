"""A photo of the day, as large as the window allows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from app.ui.rooms import RoomContext
from app.ui.widgets.basic import name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.overlay import Overlay


class PhotoSheet(Overlay):
    """The photo and a way out."""

    def __init__(self, context: RoomContext, host: QWidget, jpeg: bytes) -> None:
        super().__init__(context.theme, host, object_name="classroom.photo")
        self.setAccessibleName("照片")
        picture = QPixmap()
        picture.loadFromData(jpeg, "JPEG")
        room = host.size() * 0.78
        self.picture = QLabel()
        name_widget(self.picture, "classroom.photo.picture", "照片")
        self.picture.setPixmap(
            picture.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        self.close_button = KeyButton(
            context.theme, "关闭", bind=False, shown="Esc", object_name="classroom.photo.close"
        )
        self.close_button.clicked.connect(self.dismiss)
        column = self.card.column()
        column.addWidget(self.picture, 1, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)

    def focus_first(self) -> None:
        """The way out."""
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()


def open_photo(context: RoomContext, key: int) -> None:
    """Read a photo and lay it over the window."""
    host, actor = context.host, context.actor

    def show(jpeg: bytes | None) -> None:
        if host is not None and jpeg is not None:
            PhotoSheet(context, host, jpeg).present()

    context.ask(lambda s: s.classes.photos.photo(actor, key), show)
