"""The register as a grid: where the focus goes, what a tap ticks, and what of a day is said."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.ids import RegisterEntryId
from app.domain.registers import ItemSpec
from app.services.register_grid import Grid
from app.services.registers import Entry
from app.store.registers import NewEntry
from app.ui.health import tick_grid
from app.ui.health.tick_grid import TickGrid
from app.ui.theme import Theme
from tests.ui.support import STORY, Heard

TODAY = STORY.date()
DAYS = tuple(dt.date(2025, 12, day) for day in range(1, 32))
TABLE = ItemSpec("table", "桌面", "每天", (("method", "擦拭"), ("strength", "250 mg/L"), ("minutes", "10")))
CUPS = ItemSpec("cups", "水杯、餐具和孩子入口的玩具", "每天两次", (("method", "蒸汽"),), times=2)
BOOKS = ItemSpec("books", "图书", "每周", (), every=7)


def tick(item, hour):
    at = dt.datetime.combine(TODAY, dt.time(hour), STORY.tzinfo)
    told = NewEntry("cleaning", TODAY, None, (("method", "紫外线灯"), ("minutes", "30")), item=item.code)
    return Entry(RegisterEntryId(hour), told, "", "", "许静", at)


def month(ticks=(), items=(TABLE, CUPS, BOOKS), days=DAYS):
    kept = {}
    for item, hour in ticks:
        kept[item.code, TODAY] = (*kept.get((item.code, TODAY), ()), tick(item, hour))
    held = {(one.code, day): one for one in items for day in days if one is not BOOKS or day.weekday() == 4}
    opened = frozenset(day for day in days if day.weekday() < 5)
    return Grid(tuple(items), tuple(days), kept, held, opened)


@pytest.fixture
def grid(qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", 100)
    made = TickGrid(theme)
    qtbot.addWidget(made)
    made.resize(1300, 200)
    made.show()
    made.heard = []
    made.tick_requested.connect(lambda code, day: made.heard.append(("tick", code, day)))
    made.untick_requested.connect(lambda code, day: made.heard.append(("untick", code, day)))
    made.mend_requested.connect(lambda code, day: made.heard.append(("mend", code, day)))
    made.day_requested.connect(lambda day: made.heard.append(("day", day)))
    made.show_grid(month(), TODAY)
    made.setFocus()
    return made


def place(grid, row, column):
    first, _shown = grid._window()
    x = grid._left() + (column - first + 0.5) * grid._wide()
    return QPoint(round(x), round(grid._head() + (row + 0.5) * grid._high()))


def test_today_has_the_focus_and_a_month_without_it_its_last_day(grid):
    assert (grid.day, grid.item) == (TODAY, TABLE)
    past = month(days=[dt.date(2025, 11, day) for day in range(1, 31)])
    grid.show_grid(past, TODAY)
    assert grid.day == dt.date(2025, 11, 30)


def test_the_same_month_read_again_leaves_the_focus_and_fewer_items_take_it_to_the_last(grid):
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    grid.show_grid(month([(TABLE, 8)]), TODAY)
    assert (grid.day, grid.item) == (dt.date(2025, 12, 2), BOOKS)
    grid.show_grid(month(items=(TABLE,)), TODAY)
    assert grid.item is TABLE


def test_arrows_stop_at_the_edges(grid):
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(grid, key)
    assert (grid.row, grid.column) == (0, 0)
    for _ in range(40):
        QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.day == DAYS[-1]


def test_each_key_asks_for_its_own_and_none_with_ctrl_held(grid):
    for key in (Qt.Key.Key_Space, Qt.Key.Key_E, Qt.Key.Key_Delete, Qt.Key.Key_A):
        QTest.keyClick(grid, key, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(grid, key)
    assert grid.heard == [
        ("tick", "table", TODAY),
        ("mend", "table", TODAY),
        ("untick", "table", TODAY),
        ("day", TODAY),
    ]


def test_a_tap_ticks_while_something_is_due_and_never_once_too_often(grid):
    for ticks, asked in (((), 1), ([(CUPS, 8)], 1), ([(CUPS, 8), (CUPS, 15)], 0)):
        grid.heard.clear()
        grid.show_grid(month(ticks), TODAY)
        QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place(grid, 1, 2))
        assert len(grid.heard) == asked
        assert grid.item is CUPS
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=place(grid, 2, 2))
    assert (grid.item, grid.heard) == (BOOKS, []), "not asked on a Wednesday"


def test_what_stands_under_the_focus_is_told_with_who_did_it_and_how(grid):
    said = []
    grid.moved.connect(said.append)
    assert grid.accessibleDescription() == "12月3日 桌面：还没记（擦拭 250 mg/L 10 分钟）。每天"
    grid.show_grid(month([(TABLE, 8), (TABLE, 13)]), TODAY)
    assert said[-1] == "12月3日 桌面：2 次，08:00 许静、13:00 许静（紫外线灯 30 分钟）。每天"
    grid._go(2, grid.column)
    assert said[-1] == "12月3日 图书：这一天不登记这一项。"
    assert grid.accessibleDescription() == said[-1]


def test_days_without_room_are_announced_and_a_long_name_is_cut_with_dots(grid, monkeypatch):
    painters = []

    class Listening(Heard):
        def __init__(self, device):
            super().__init__(device)
            painters.append(self)

    monkeypatch.setattr(tick_grid, "QPainter", Listening)
    grid.show_grid(month([(CUPS, 8)]), TODAY)
    for width, column, ways in (
        (1500, 2, None),
        (600, 0, "右边还有 →"),
        (600, 15, "← 左边还有\n右边还有 →"),
        (600, 30, "← 左边还有"),
    ):
        grid.resize(width, 200)
        grid._go(0, column)
        painters.clear()
        grid.grab()
        words = [said for _room, said in painters[-1].words]
        assert [said for said in words if "边还有" in said] == ([ways] if ways else [])
        assert ("1/2" in words) is (column < 3)
        assert any(said.startswith("水杯") and (said == CUPS.label) is (width == 1500) for said in words)
