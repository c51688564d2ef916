import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.ui.scanning.positions import us_character

PLAIN, SHIFT, KEYPAD = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier,
)  # fmt: skip


def pressed(scan, text="x", modifiers=PLAIN):
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, modifiers, scan, 0, 0, text, False, 1)


@pytest.mark.parametrize(
    ("scan", "modifiers", "character"),
    [(2, PLAIN, "1"), (12, PLAIN, "-"), (16, SHIFT, "Q"), (21, PLAIN, "y"), (44, PLAIN, "z"),
     (52, PLAIN, "."), (3, SHIFT, "@"), (0, PLAIN, ""), (99, PLAIN, "")],
)  # fmt: skip
def test_a_key_is_read_by_its_place(scan, modifiers, character):
    assert us_character(pressed(scan, modifiers=modifiers), 0) == character
    assert us_character(pressed(scan + 8, modifiers=modifiers), 8) == character


def test_the_keypad_and_a_platform_with_other_numbers_are_left_alone():
    assert us_character(pressed(79, "1", KEYPAD), 0) == "1"
    assert us_character(pressed(2, "é"), None) == "é"
