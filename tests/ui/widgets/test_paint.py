"""Words on the colour of a class can be read, whichever colour that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from app.ui.widgets.paint import ink_on, luminance


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
