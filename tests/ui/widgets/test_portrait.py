"""Photos are painted round, scaled once, and never stand in the way where they cannot be read."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.ui.widgets.portrait import paint_photo, rounded
from tests.ui.widgets.photos import jpeg_in


def painted(jpeg):
    ground = QImage(60, 60, QImage.Format.Format_RGB32)
    ground.fill(QColor("white"))
    painter = QPainter(ground)
    said = paint_photo(painter, QRectF(0, 0, 60, 60), jpeg, 12)
    painter.end()
    return said, ground


def test_the_middle_is_the_photo_and_the_corner_the_ground(qapp):
    said, ground = painted(jpeg_in("red"))
    assert said
    assert ground.pixelColor(30, 30).red() > 200 > 60 > ground.pixelColor(30, 30).green()
    assert ground.pixelColor(0, 0) == QColor("white")


@pytest.mark.parametrize("jpeg", [b"", b"no picture at all"])
def test_what_is_no_photo_leaves_the_ground(qapp, jpeg):
    said, ground = painted(jpeg)
    assert not said
    assert ground.pixelColor(30, 30) == QColor("white")


def test_a_photo_is_scaled_once_for_a_size(qapp):
    jpeg = jpeg_in("blue")
    rounded.cache_clear()
    painted(jpeg)
    painted(bytes(bytearray(jpeg)))  # the same picture, read anew
    assert (rounded.cache_info().misses, rounded.cache_info().hits) == (1, 1)
