"""Grids of cells: where the arrows lead."""

import pytest
from PySide6.QtCore import QStringListModel, Qt

from app.ui.widgets.cells import ReadingGrid

KEYS = {
    "left": Qt.Key.Key_Left,
    "right": Qt.Key.Key_Right,
    "up": Qt.Key.Key_Up,
    "down": Qt.Key.Key_Down,
    "home": Qt.Key.Key_Home,
    "end": Qt.Key.Key_End,
    "page down": Qt.Key.Key_PageDown,
}


@pytest.fixture
def grid(qtbot):
    made = ReadingGrid("some.grid", "一些")
    qtbot.addWidget(made)
    made.setModel(QStringListModel([str(at) for at in range(8)], made))
    made.columns = 3  # 0 1 2 / 3 4 5 / 6 7
    made.show()
    return made


@pytest.mark.parametrize(
    ("at", "key", "to"),
    [
        (2, "right", 3),
        (3, "left", 2),
        (0, "left", 0),
        (7, "right", 7),
        (1, "down", 4),
        (5, "down", 7),  # the short line below
        (7, "down", 7),
        (1, "up", 1),
        (4, "home", 0),
        (4, "end", 7),
        (1, "page down", 7),
    ],
)
def test_the_arrows_read_on_over_the_ends_of_lines(grid, qtbot, at, key, to):
    grid.setCurrentIndex(grid.model().index(at, 0))
    qtbot.keyClick(grid, KEYS[key])
    assert grid.currentIndex().row() == to


def test_an_empty_grid_leads_nowhere(grid, qtbot):
    grid.model().setStringList([])
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert not grid.currentIndex().isValid()
