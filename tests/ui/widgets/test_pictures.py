"""A picture is made small enough to keep, in its own shape."""

import random

import pytest
from PySide6.QtGui import QImage

from app.domain.errors import RuleError
from app.ui.widgets.pictures import LONGEST_SIDE, small_picture


def noise(width, height):
    rng = random.Random(7)
    return QImage(rng.randbytes(width * height * 4), width, height, QImage.Format.Format_RGB32).copy()


def test_a_large_noisy_photo_becomes_a_small_jpeg_of_the_same_shape(qapp, tmp_path):
    noise(1600, 800).save(str(tmp_path / "a.png"))
    jpeg = small_picture(str(tmp_path / "a.png"))
    kept = QImage.fromData(jpeg)
    assert (kept.width(), kept.height()) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert len(jpeg) <= 300_000


def test_what_is_no_picture_is_refused_in_words(qapp, tmp_path):
    (tmp_path / "b.jpg").write_bytes(b"nothing")
    with pytest.raises(RuleError, match="打不开"):
        small_picture(str(tmp_path / "b.jpg"))
