"""A picture file becomes a small square JPEG; a face shows it, or a letter."""

import pytest
from PySide6.QtGui import QColor, QImage

from app.domain.errors import RuleError
from app.services.record_papers import LARGEST_PHOTO
from app.ui.records.photo import Face, small_jpeg
from tests.ui.support import make_context


def picture(path, width, height):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for x in range(width):
        for y in range(0, height, 7):
            image.setPixelColor(x, y, QColor((x * 37) % 256, (y * 91) % 256, (x * y) % 256))
    image.save(str(path))
    return str(path)


@pytest.mark.parametrize(("width", "height"), [(900, 500), (300, 1200), (40, 40)])
def test_any_shape_becomes_a_square_that_can_be_kept(qapp, tmp_path, width, height):
    jpeg = small_jpeg(picture(tmp_path / "x.png", width, height))
    assert jpeg.startswith(b"\xff\xd8")
    assert 100 < len(jpeg) < LARGEST_PHOTO
    assert QImage.fromData(jpeg).size().toTuple() == (360, 360)


def test_what_is_no_picture_is_said(qapp, tmp_path):
    with pytest.raises(RuleError, match="打不开"):
        small_jpeg(str(tmp_path / "none.jpg"))


def test_a_face_shows_the_photo_or_the_letter(qtbot, tmp_path):
    face = Face(make_context(qtbot, None).theme)
    qtbot.addWidget(face)
    face.show_face("朱", "#6B9A4B", None)
    letter = face.grab().toImage()
    assert not face.has_photo
    face.show_face("朱", "#6B9A4B", small_jpeg(picture(tmp_path / "x.png", 400, 400)))
    assert face.has_photo
    assert face.grab().toImage() != letter
    assert face.accessibleName() == "照片"
