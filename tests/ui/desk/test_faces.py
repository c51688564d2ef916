"""One of several faces: as high as the one that is shown, and the focus goes along."""

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.desk.faces import Faces


def face(height):
    made = QWidget()
    made.line = QLineEdit()
    QVBoxLayout(made).addWidget(made.line)
    made.setMinimumHeight(height)
    return made


@pytest.fixture
def faces(qtbot):
    low, high = face(60), face(300)
    around = QWidget()
    qtbot.addWidget(around)
    made = Faces(low, high)
    made.around, made.low, made.high, made.other = around, low, high, QLineEdit()
    column = QVBoxLayout(around)
    column.addWidget(made)
    column.addWidget(made.other)
    around.show()
    around.activateWindow()
    return made


def shown(faces):
    return [one for one in (faces.low, faces.high) if not one.isHidden()]


def test_the_first_is_shown_and_only_the_one_shown_takes_room(faces):
    assert (shown(faces), faces.currentWidget()) == ([faces.low], faces.low)
    assert faces.sizeHint().height() < 300
    faces.setCurrentWidget(faces.high)
    assert (shown(faces), faces.currentWidget()) == ([faces.high], faces.high)
    assert faces.sizeHint().height() >= 300


def test_a_focus_on_the_last_face_goes_along_to_where_it_was_on_this_one(faces):
    faces.low.line.setFocus()
    faces.setCurrentWidget(faces.high)
    faces.high.line.setFocus()
    faces.setCurrentWidget(faces.low)
    assert faces.around.focusWidget() is faces.low.line


def test_a_focus_elsewhere_stays_where_it_is(faces):
    faces.other.setFocus()
    faces.setCurrentWidget(faces.high)
    assert faces.around.focusWidget() is faces.other


def test_shown_again_the_same_face_keeps_what_has_the_focus(faces):
    faces.low.line.setFocus()
    faces.setCurrentWidget(faces.low)
    assert shown(faces) == [faces.low]
    assert faces.low.line.hasFocus()
