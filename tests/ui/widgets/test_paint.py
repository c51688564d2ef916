"""Words on the colour of a class can be read, whichever colour that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.domain.looks import NO_CLASS
from app.ui.theme import Theme
from app.ui.widgets.paint import ink_on, luminance, paint_avatar


def contrast(one, other):
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("colour", ["#E07A5F", "#3D8EB0", "#6B9A4B", "#B5838D", "#D4A017", "#1F7A6D"])
def test_the_colours_of_the_practice_centre_carry_their_letters(colour):
    assert contrast(QColor(colour), ink_on(QColor(colour))) >= 4.5


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_the_ink_is_never_faint(red, green, blue):
    ground = QColor(red, green, blue)
    assert contrast(ground, ink_on(ground)) >= 4.0


def test_a_deep_ground_is_written_on_in_white():
    assert ink_on(QColor("#17463F")) == QColor("white")
    assert luminance(QColor("white")) == pytest.approx(1)
    assert luminance(QColor("black")) == 0


def test_the_sign_of_a_child_in_no_class_is_grey_and_no_error(qapp):
    def drawn(colour):
        picture = QImage(40, 40, QImage.Format.Format_RGB32)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        paint_avatar(painter, Theme(), QRectF(0, 0, 40, 40), "朱", colour)
        painter.end()
        return picture

    assert drawn("") == drawn(NO_CLASS) != drawn("brand")
