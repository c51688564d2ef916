"""Where Tab leads: as it is laid out and not as it was made, over what cannot be used, and round again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui import taborder


@pytest.fixture
def root(qtbot, qapp):
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def line(name):
    made = QLineEdit()
    made.setObjectName(name)
    return made


def walk(root, times, *, forward=True):
    QApplication.processEvents()
    seen = []
    for _ in range(times):
        assert taborder.step(root, forward=forward)
        seen.append(QApplication.focusWidget().objectName())
    return seen


def test_what_was_made_late_has_the_place_where_it_stands(root):
    first, last, late = line("first"), line("last"), line("late")
    column = root.layout()
    column.addWidget(first)
    column.addWidget(last)
    row = QHBoxLayout()
    row.addWidget(late)
    column.insertLayout(1, row)
    assert walk(root, 4) == ["first", "late", "last", "first"]
    assert walk(root, 2, forward=False) == ["last", "late"]


def test_a_grid_is_walked_line_by_line(root):
    grid = QGridLayout()
    for at, name in (((1, 1), "d"), ((0, 1), "b"), ((1, 0), "c"), ((0, 0), "a")):
        grid.addWidget(line(name), *at)
    root.layout().addLayout(grid)
    assert walk(root, 4) == ["a", "b", "c", "d"]


def test_what_is_hidden_greyed_or_only_shown_is_no_stop(root):
    made = {name: line(name) for name in ("a", "hidden", "greyed", "shown", "b")}
    for one in made.values():
        root.layout().addWidget(one)
    made["hidden"].hide()
    made["greyed"].setEnabled(False)
    made["shown"].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert walk(root, 3) == ["a", "b", "a"]


def test_from_something_that_is_no_stop_it_goes_to_what_follows_it_there(root):
    made = {name: line(name) for name in ("a", "shown", "b")}
    for one in made.values():
        root.layout().addWidget(one)
    made["shown"].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    for forward, wanted in ((True, "b"), (False, "a")):
        made["shown"].setFocus()
        assert walk(root, 1, forward=forward) == [wanted]


def test_a_frame_round_others_is_a_stop_only_while_nothing_in_it_is(root):
    frame, inner = QWidget(), line("inner")
    frame.setObjectName("frame")
    frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QVBoxLayout(frame).addWidget(inner)
    root.layout().addWidget(frame)
    root.layout().addWidget(line("after"))
    assert walk(root, 2) == ["inner", "after"]
    inner.setEnabled(False)
    assert walk(root, 2) == ["frame", "after"]


def test_a_list_of_choices_is_one_stop_whatever_it_is_made_of(root):
    box = QComboBox()
    box.setObjectName("box")
    box.setEditable(True)
    root.layout().addWidget(box)
    root.layout().addWidget(line("after"))
    assert walk(root, 3) == ["box", "after", "box"]


def test_a_stop_below_the_fold_is_brought_into_sight(root):
    inside, area = QWidget(), QScrollArea()
    column = QVBoxLayout(inside)
    for at in range(40):
        column.addWidget(line(f"line{at}"))
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setFixedHeight(120)
    root.layout().addWidget(area)
    walk(root, 40)
    last = QApplication.focusWidget()
    assert last.objectName() == "line39"
    assert 0 <= last.mapTo(area.viewport(), last.rect().center()).y() < area.viewport().height()


def test_where_there_is_nothing_to_stop_at_it_says_so(root):
    button = QPushButton("x")
    button.setEnabled(False)
    root.layout().addWidget(button)
    QApplication.processEvents()
    assert not taborder.step(root, forward=True)
