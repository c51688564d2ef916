"""Photos: a picture file made small, and the face that shows it (or the first character of the name)."""

import importlib.util

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.widgets.paint import paint_avatar
from app.ui.widgets.pictures import encoded, read_picture

SIDE = 360  # pixels of the kept picture
_QUALITY = 82


def has_camera_support() -> bool:
    """Whether this installation can speak to a camera at all; the program works without."""
    return importlib.util.find_spec("PySide6.QtMultimedia") is not None


def small_jpeg(path: str) -> bytes:
    """Read a picture file, turn it upright, cut the middle square out and keep it small.

    Raises:
        RuleError: the file is no picture, or too large a one.
    """
    return jpeg_of(read_picture(path, 2 * SIDE))


def jpeg_of(image: QImage) -> bytes:
    """The middle square of a picture as a small JPEG."""
    side = min(image.width(), image.height())
    square = image.copy(QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side))
    small = square.scaled(
        SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_RGB32)
    return encoded(small, _QUALITY)


class Face(QWidget):
    """A photo with round corners, or the letter where there is none."""

    def __init__(self, theme: Theme, side: int = 72) -> None:
        super().__init__()
        self._theme, self._side = theme, side
        self._letter, self._colour = "", "brand"
        self._photo = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_face(self, letter: str, colour: str, jpeg: bytes | None) -> None:
        """Show somebody."""
        self._letter, self._colour, self._photo = letter, colour, QPixmap()
        if jpeg is not None:
            self._photo.loadFromData(jpeg, "JPEG")
        self.setAccessibleName("照片" if not self._photo.isNull() else "没有照片")
        self.update()

    @property
    def has_photo(self) -> bool:
        """Whether a photo is shown."""
        return not self._photo.isNull()

    def sizeHint(self) -> QSize:
        """A square."""
        side = self._theme.px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint photo or letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        if self._photo.isNull():
            paint_avatar(painter, self._theme, box, self._letter, self._colour, square=True)
        else:
            path = QPainterPath()
            path.addRoundedRect(box, self._theme.px(12), self._theme.px(12))
            painter.setClipPath(path)
            painter.drawPixmap(box, self._photo, QRectF(self._photo.rect()))
        painter.end()
