"""The painted week: where its focus begins and goes, what it says, and what a cell tells besides colour."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.bookings import grid as module
from app.ui.bookings.grid import WeekGrid
from tests.ui.bookings import data
from tests.ui.painting import words_on
from tests.ui.support import make_context

Key = Qt.Key


@pytest.fixture
def grid(qtbot):
    made = WeekGrid(make_context(qtbot, None).theme)
    qtbot.addWidget(made)
    made.resize(900, 320)
    made.turned = []
    made.page_wanted.connect(made.turned.append)
    return made


def press(grid, *keys):
    for key in keys:
        QTest.keyClick(grid, key)


def stands(grid):
    place = grid.place()
    return place.line.name, place.day.day.day


def test_before_there_is_a_class_it_stands_nowhere_and_keys_harm_nothing(grid):
    assert grid.place() is None
    press(grid, Key.Key_Right, Key.Key_End, Key.Key_Return)
    grid.show_week(data.week(lines=()))
    press(grid, Key.Key_Down, Key.Key_Right)
    assert (grid.place(), grid.accessibleDescription()) == (None, "")
    assert not grid.grab().isNull()


def test_it_begins_at_today_and_stays_where_it_stood_when_the_week_is_read_again(grid):
    grid.show_week(data.WEEK)
    assert stands(grid) == ("小星星", 3)
    press(grid, Key.Key_Down, Key.Key_Left)
    grid.show_week(data.WEEK)
    assert stands(grid) == ("小海豚", 2)
    grid.show_week(data.week(lines=("小星星",)))  # a class was closed meanwhile
    assert stands(grid) == ("小星星", 2)


def test_walked_over_the_edge_the_next_week_begins_at_its_other_edge_though_today_is_in_it(grid):
    grid.show_week(data.WEEK)
    press(grid, Key.Key_Home, Key.Key_Left)
    assert (grid.turned, stands(grid)) == ([-1], ("小星星", 1))
    grid.show_week(data.week(data.MONDAY - (data.NEXT.monday - data.MONDAY)))
    assert stands(grid) == ("小星星", 28)
    press(grid, Key.Key_Right)
    grid.show_week(data.WEEK)
    assert (grid.turned, stands(grid)) == ([-1, 1], ("小星星", 1))


def test_hours_begin_at_those_that_still_count_and_end_at_the_edge(grid):
    grid.show_week(data.WEEK)
    grid.set_hourly(True)
    assert (grid.focus_hour, grid.place().hour.hour) == (10, 10)
    press(grid, Key.Key_Left)
    assert (grid.focus_hour, grid.place().hour) == (9, None)  # has passed
    press(grid, Key.Key_End, Key.Key_Right)
    assert (grid.focus_hour, grid.turned) == (11, [])
    grid.set_hourly(False)
    assert stands(grid) == ("小星星", 3)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (0, "小星星 周三 12月3日，10:00–11:00 6 人、2 名老师，余 3，预约 1 个"),  # what was cancelled is none
        (1, "小星星 周四 12月4日，10:00–11:00 17 人、2 名老师，缺 2 名老师，预约 0 个"),
        (2, "小星星 周五 12月5日 不开园"),
        (-2, "小星星 周一 12月1日 已经过去"),
    ],
)
def test_a_reader_hears_class_day_worst_hour_and_bookings(grid, steps, told):
    grid.show_week(data.WEEK)
    press(grid, *[Key.Key_Right if steps > 0 else Key.Key_Left] * abs(steps))
    assert grid.accessibleDescription() == told


def test_a_cell_tells_its_state_in_words_and_closed_days_why(grid, monkeypatch):
    grid.show_week(data.WEEK)
    words = words_on(grid, module, monkeypatch)
    assert words.count("缺 2 名老师") == 2
    assert words.count("10点 17 人 / 2 老师") == 2
    assert words.count("约 1") == 2
    assert words.count("不开园") == 2
    assert words.count("今天已关门") == 2
    assert "周三 今天" in words
    assert "12月5日 元旦" in words


def test_a_narrow_head_of_an_hour_gives_up_its_minutes(grid, monkeypatch):
    grid.show_week(data.WEEK)
    grid.set_hourly(True)
    assert "11:00" in words_on(grid, module, monkeypatch)
    grid.resize(92 + 4 * 34, 320)
    words = words_on(grid, module, monkeypatch)
    assert "11" in words
    assert "11:00" not in words


def test_a_click_chooses_and_a_double_click_opens(grid, qtbot):
    grid.show_week(data.WEEK)
    grid.show()
    box = next(box for row, column, box in grid._boxes() if (row, column) == (1, 3))
    at = QPoint(round(box.center().x()), round(box.center().y()))
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert stands(grid) == ("小海豚", 4)
    with qtbot.waitSignal(grid.opened):
        QTest.mouseDClick(grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_the_hour_that_breaks_stands_higher_in_the_strip_of_the_day(grid):
    """Whoever sees no red sees the step."""
    theme = grid._theme
    grid.show_week(data.WEEK)
    cell = data.WEEK.lines[0].cells[3]
    image = QImage(200, 40, QImage.Format.Format_RGB32)
    image.fill(theme.color("surface"))
    painter = module.QPainter(image)
    grid._paint_strip(painter, module.QRectF(0, 0, 200, 40), cell)
    painter.end()
    ground = theme.color("surface").rgb()
    tops = [next(y for y in range(40) if image.pixelColor(x, y).rgb() != ground) for x in (25, 75, 125, 175)]
    assert tops[2] < 4
    assert min(tops[0], tops[1], tops[3]) > 15


def test_it_grows_with_its_classes_and_with_the_type(grid, qapp):
    grid.show_week(data.WEEK)
    two = grid.minimumSizeHint().height()
    grid.show_week(data.week(lines=("小星星", "小海豚", "抱抱龙")))
    assert grid.minimumSizeHint().height() > two
    grid._theme.apply(qapp, "light", 200)
    assert grid.minimumSizeHint().height() > 2 * two
    grid._theme.apply(QApplication.instance(), "light", 100)
