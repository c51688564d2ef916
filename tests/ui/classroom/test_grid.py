"""The grid: who is chosen, who has the focus, and where the keys lead."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.ids import VisitId
from app.domain.logbook import EntryKind
from app.ui.classroom.grid import RosterGrid
from app.ui.classroom.models import RosterModel
from tests.ui.classroom import data

Key = Qt.Key
CARDS = tuple(data.card(number, f"孩子{number}") for number in range(1, 9))


@pytest.fixture
def grid(qtbot, context):
    model = RosterModel()
    grid = RosterGrid(context.theme, context.icons, model)
    qtbot.addWidget(grid)
    grid.resize(560, 400)  # three in a line: 1 2 3 / 4 5 6 / 7 8
    model.replace(CARDS)
    grid.show()
    grid.focus_visit(VisitId(1))
    return grid


def press(grid, *keys):
    for key in keys:
        QTest.keyClick(grid, key)
    return grid.current_visit()


def test_arrows_read_on_over_the_ends_of_lines_and_stop_at_the_ends(grid):
    assert press(grid, Key.Key_Right, Key.Key_Right, Key.Key_Right) == 4
    assert press(grid, Key.Key_Left) == 3
    assert press(grid, Key.Key_Down) == 6
    assert press(grid, Key.Key_Down) == 8  # the last line is short
    assert press(grid, Key.Key_Down) == 8
    assert press(grid, Key.Key_Home) == 1
    assert press(grid, Key.Key_Up) == 1
    assert press(grid, Key.Key_End) == 8


def test_nobody_chosen_means_the_one_with_the_focus_else_the_chosen_in_order(grid):
    assert [card.visit for card in grid.meant()] == [1]
    grid.choose((VisitId(5), VisitId(2)))
    assert grid.chosen() == (2, 5)
    assert [card.visit for card in grid.meant()] == [2, 5]
    press(grid, Key.Key_Space)
    assert grid.chosen() == (1, 2, 5)
    press(grid, Key.Key_Space)
    assert grid.chosen() == (2, 5)


def test_digits_ask_for_a_kind_and_a_digit_with_ctrl_does_not(grid):
    asked = []
    grid.log_requested.connect(asked.append)
    press(grid, Key.Key_1, Key.Key_9)
    QTest.keyClick(grid, Key.Key_3, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(grid, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert asked == [EntryKind.MEAL, EntryKind.NOTE, EntryKind.WATER]


def test_somebody_who_leaves_takes_neither_focus_nor_choice_of_the_others(grid):
    grid.choose((VisitId(2), VisitId(5)))
    grid.focus_visit(VisitId(5))
    grid.model().replace(CARDS[2:])
    assert grid.current_visit() == 5
    assert grid.chosen() == (5,)
    grid.focus_visit(VisitId(99))
    assert grid.current_visit() == 3  # not here any more: the first
