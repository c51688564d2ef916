"""Signing on the screen: strokes become a picture, a slip of the finger does not."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.signature import HIGH, WIDE, SignaturePad


@pytest.fixture
def pad(qtbot):
    made = SignaturePad(Theme(), "x.signature", "接走人签名")
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show()
    return made


def draw(pad, *points):
    first, *rest = [QPoint(*point) for point in points]
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=first)
    for point in rest:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, left, pos=([first, *rest])[-1])


def test_a_stroke_is_a_black_line_on_white_in_the_picture(pad):
    told = []
    pad.changed.connect(lambda: told.append(pad.is_empty()))
    assert (pad.is_empty(), pad.png()) == (True, b"")
    draw(pad, (50, 50), (120, 50), (250, 50))
    assert told == [False]
    image = QImage.fromData(pad.png(), "PNG")
    assert (image.width(), image.height()) == (WIDE, HIGH)
    assert image.pixelColor(240, 100).lightness() < 60
    assert image.pixelColor(240, 20) == QColor("white")
    assert pad.png() == pad.png()


def test_a_slip_of_the_finger_is_no_signature(pad):
    draw(pad, (50, 50), (53, 50))
    assert pad.is_empty()
    assert pad.png() == b""


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_key_clears_it(pad, key):
    draw(pad, (50, 50), (250, 60))
    told = []
    pad.changed.connect(lambda: told.append(True))
    QTest.keyClick(pad, key)
    assert pad.is_empty()
    QTest.keyClick(pad, key)  # nothing is left to be cleared, nothing is told
    assert told == [True]


def test_a_resized_pad_keeps_the_signature(pad):
    draw(pad, (50, 50), (120, 50), (250, 50))
    before = pad.png()
    pad.resize(500, 300)
    assert pad.png() == before
    draw(pad, (900, -50), (-20, 700))  # outside: kept at the edge
    assert QImage.fromData(pad.png()).width() == WIDE


def test_the_ink_of_a_dark_screen_is_still_black_on_paper(pad, qapp):
    draw(pad, (50, 50), (120, 50), (250, 50))
    light = pad.png()
    pad._theme._load("dark")
    assert pad.png() == light


def test_other_buttons_do_not_write(pad):
    QTest.mousePress(pad, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(200, 20))
    QTest.mouseRelease(pad, Qt.MouseButton.RightButton, pos=QPoint(200, 20))
    assert pad.is_empty()


def test_the_empty_pad_says_what_it_is_for(pad):
    assert pad.accessibleName() == "接走人签名"
    assert pad.heightForWidth(300) == 100
    blank = pad.grab().toImage()
    draw(pad, (50, 50), (250, 50))
    assert pad.grab().toImage() != blank


def test_the_strokes_leave_it_in_the_units_of_the_picture(pad):
    assert pad.signature().empty
    draw(pad, (50, 50), (150, 50), (250, 50))
    strokes = pad.signature().strokes
    assert [len(stroke) > 2 for stroke in strokes] == [True]
    assert strokes[0][0] == (100, 100)
    assert strokes[0][-1] == (500, 100)


def test_enter_goes_on_in_the_form(qtbot):
    frame, pad = QWidget(), SignaturePad(Theme(), "x.signature", "接走人签名")
    after = QLineEdit()
    column = QVBoxLayout(frame)
    column.addWidget(pad)
    column.addWidget(after)
    qtbot.addWidget(frame)
    frame.show()
    pad.setFocus()
    assert frame.focusWidget() is pad
    QTest.keyClick(pad, Qt.Key.Key_Return)
    assert frame.focusWidget() is after
