"""Picture files made small: what the log of a class and a record hold of them.

A telephone's photo takes a second to read and to shrink: callers do it on the drawing thread.
"""

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from app.domain.errors import RuleError

LONGEST_SIDE = 1024  # pixels
_LARGEST_FILE = 280_000  # bytes: the file keeps at most 300 kB
_LARGEST_SOURCE = 60_000_000  # pixels; more is no photo
_QUALITIES = (82, 70, 58, 45, 30)


def read_picture(path: str, shorter: int) -> QImage:
    """Read a picture file upright, no larger than its shorter side needs to be, in pixels.

    Raises:
        RuleError: the file is no picture, or too large a one.
    """
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > _LARGEST_SOURCE:
        raise RuleError("这张图片太大了。请换一张普通照片。")
    side = min(size.width(), size.height())
    if size.isValid() and side > shorter:
        reader.setScaledSize(size * (shorter / side))  # a JPEG is then read in a fraction of the time
    image = reader.read()
    if image.isNull():
        raise RuleError("打不开这张图片。请换一张 JPG 或 PNG 照片。")
    return image


def small_picture(path: str) -> bytes:
    """Read a picture file and make it small enough to keep, in its own shape.

    Raises:
        RuleError: the file is no picture, or too large a one.
    """
    image = read_picture(path, LONGEST_SIDE)
    if max(image.width(), image.height()) > LONGEST_SIDE:
        image = image.scaled(
            QSize(LONGEST_SIDE, LONGEST_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    for quality in _QUALITIES:
        jpeg = encoded(image, quality)
        if len(jpeg) <= _LARGEST_FILE:
            return jpeg
    raise RuleError("这张照片压缩后还是太大，请换一张。")


def encoded(image: QImage, quality: int) -> bytes:
    """A picture as a JPEG; ``quality`` from 0 to 100."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
    return bytes(buffer.data().data())
