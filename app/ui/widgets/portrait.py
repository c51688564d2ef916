"""A photo with round corners, decoded and scaled once for the size at which it is painted."""

from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

_KEPT = 48  # the faces of some ten cards; an image, as pixmaps must not outlive the application


def paint_photo(painter: QPainter, box: QRectF, jpeg: bytes, radius: float) -> bool:
    """Paint a photo into a square; False where there is none or it cannot be read: paint a letter then.

    Args:
        painter: where to paint.
        box: the square, in logical pixels.
        jpeg: the photo, empty where there is none.
        radius: of the corners, in logical pixels.
    """
    if not jpeg:
        return False
    device = painter.device()
    ratio = 1.0 if device is None else device.devicePixelRatioF()
    image = rounded(jpeg, round(box.width() * ratio), round(radius * ratio))
    if image.isNull():
        return False
    painter.drawImage(box, image)
    return True


@lru_cache(maxsize=_KEPT)
def rounded(jpeg: bytes, side: int, radius: int) -> QImage:
    """A photo as a square of so many device pixels, null if it is no picture; nobody may paint on it."""
    photo = QImage.fromData(jpeg)
    if photo.isNull() or side <= 0:
        return QImage()
    photo = photo.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    made = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, side, side), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(photo)
    painter.drawPath(path)
    painter.end()
    return made
