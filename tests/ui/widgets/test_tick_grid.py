import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.theme import Theme
from app.ui.widgets.tick_grid import Tick, TickGrid, TickModel

NAMES = (Tick(1, "朱予晴", "予晴"), Tick(2, "张沐阳"), Tick(3, "孙一诺"))


@pytest.fixture
def grid(qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", 100)
    made = TickGrid(theme, "test.names", "孩子")
    qtbot.addWidget(made)
    made.resize(640, 200)
    made.show()
    made.show_names(NAMES)
    made.setFocus()
    return made


def test_the_model_keeps_the_contract_and_says_who_is_ticked(qtmodeltester):
    model = TickModel()
    qtmodeltester.check(model)
    model.replace(NAMES)
    qtmodeltester.check(model)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "朱予晴，予晴，没勾"


def test_space_ticks_and_goes_on(grid, qtbot):
    with qtbot.waitSignal(grid.ticked):
        QTest.keyClick(grid, Qt.Key.Key_Space)
    QTest.keyClick(grid, Qt.Key.Key_Space)
    assert grid.ticked_keys() == (1, 2)
    assert grid.currentIndex().row() == 2


def test_ctrl_a_ticks_everybody_and_then_nobody(grid):
    QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.ticked_keys() == (1, 2, 3)
    QTest.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid.ticked_keys() == ()


def test_a_tap_ticks_and_enter_finishes(grid, qtbot):
    where = grid.visualRect(grid.model().index(1)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert grid.ticked_keys() == (2,)
    with qtbot.waitSignal(grid.finished):
        QTest.keyClick(grid, Qt.Key.Key_Return)


def test_ticks_given_stay_when_names_come_anew(grid):
    QTest.keyClick(grid, Qt.Key.Key_Space)
    grid.show_names((*NAMES, Tick(4, "王若曦")))
    assert grid.ticked_keys() == (1,)
    assert grid.gridSize().height() >= 44


def test_names_fill_the_width_and_leave_room_for_a_bar_only_where_one_is(grid):
    def gap():
        last = max(grid.visualRect(grid.model().index(row)).right() for row in range(grid.model().rowCount()))
        return grid.width() - last

    grid.show_names([Tick(at, f"孩子{at}") for at in range(12)])
    assert gap() <= 8
    grid.show_names([Tick(at, f"孩子{at}") for at in range(80)])
    assert 8 < gap() <= 32
