"""The plan of a week as it is painted and walked: where the choice stands, and what each cell says."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.curriculum import DaySlot
from app.domain.ids import ClassId
from app.services.curriculum import Week, WeekDay
from app.store.curriculum import Item
from app.ui.curriculum import week_grid as module
from app.ui.curriculum.week_grid import WeekGrid
from tests.ui.painting import words_on
from tests.ui.support import make_context

Key = Qt.Key
MONDAY = dt.date(2025, 12, 29)
SLOTS = (DaySlot("am", "上午", 0, 570), DaySlot("out", "户外", 600, 620), DaySlot("pm", "下午", 840, 900))
LONG = "看雪花怎么落下来、怎么化掉，再用棉花贴一朵自己的雪花" * 3


def week(*items, days=5):
    made = tuple(
        WeekDay(MONDAY + dt.timedelta(at), at != 3, "元旦" if at == 3 else "", past=at < 1)
        for at in range(days)
    )
    return Week(ClassId(3), MONDAY, 1, made, SLOTS, "冬天", "", items)


def item(at, minute, name):
    return Item(MONDAY + dt.timedelta(at), minute, name)


GLUE = item(1, 575, "手工课：贴雪花")


@pytest.fixture
def grid(qtbot):
    made = WeekGrid(make_context(qtbot, None).theme)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.told = []
    for name in ("opened", "cleared"):
        getattr(made, name).connect(lambda name=name: made.told.append(name))
    return made


@pytest.fixture
def painted(grid, monkeypatch):
    return lambda: words_on(grid, module, monkeypatch)


def press(grid, *keys):
    for key in keys:
        QTest.keyClick(grid, key)


def test_before_a_week_is_there_keys_choose_nothing(grid, painted):
    press(grid, Key.Key_Right, Key.Key_Up)
    assert grid.cell() is None
    assert painted() == []


def test_arrows_stop_at_the_edges_and_enter_and_delete_are_told(grid):
    grid.show_week(week(GLUE))
    press(grid, Key.Key_Up, Key.Key_Up, *[Key.Key_Right] * 9)
    day, slot = grid.cell()
    assert (day.day, slot.key) == (MONDAY + dt.timedelta(4), "am")
    press(grid, Key.Key_Return, Key.Key_Delete)
    assert grid.told == ["opened", "cleared"]
    QTest.keyClick(grid, Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert grid.cell()[0].day == MONDAY + dt.timedelta(4)  # with Ctrl it is the window's


def test_the_choice_stays_in_the_next_week_and_fits_into_a_shorter_one(grid):
    grid.show_week(week(days=6), column=5)
    grid.show_week(week())
    assert grid.column == 4
    grid.show_week(week(), column=-1)
    assert grid.column == 0


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ((), "周二 12月30日 上午：还没有活动"),
        ((GLUE, item(1, 590, "唱歌"), item(1, 860, "午点")), "周二 12月30日 上午：手工课：贴雪花、唱歌"),
    ],
)
def test_a_reader_hears_day_part_and_all_that_is_planned(grid, items, told):
    grid.show_week(week(*items), column=1)
    grid.choose(0, 1)
    assert grid.accessibleDescription() == told


def test_a_cell_says_when_and_what_and_a_closed_day_that_it_is_one(grid, painted):
    grid.show_week(week(GLUE))
    words = painted()
    assert words[words.index("9:35") + 1] == "手工课：贴雪花"
    assert "周四 元旦" in words
    assert words.count("不开园") == len(SLOTS)


def test_where_several_have_no_room_it_says_how_many_more(grid, painted):
    grid.show_week(week(*(item(1, 570 + at, f"活动{at}") for at in range(4))))
    grid.resize(900, 44 + 3 * 90)
    assert [one for one in painted() if "还有" in one] == ["9:31　还有 2 项"]
    grid.resize(900, 44 + 3 * 190)
    assert [one for one in painted() if one.startswith("活动")] == [f"活动{at}" for at in range(4)]


def test_a_long_name_alone_takes_more_lines_and_among_others_gives_way(grid, painted):
    grid.show_week(week(item(1, 575, LONG)))
    assert LONG in painted()
    grid.show_week(week(item(1, 575, LONG), GLUE))
    assert LONG not in painted()
    assert [one for one in painted() if one.startswith("看雪花") and one.endswith("…")] != []


def test_a_click_chooses_and_a_double_click_opens(grid):
    grid.show_week(week(GLUE))
    grid.show()
    box = next(box for row, column, box in grid._boxes() if (row, column) == (2, 1))
    at = QPoint(round(box.center().x()), round(box.center().y()))
    QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert grid.cell()[1].key == "pm"
    assert grid.told == ["opened"]
