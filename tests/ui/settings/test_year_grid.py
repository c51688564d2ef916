"""A year in a square: every month has its count in words, every kind of day its own colour."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint

from app.domain.calendar import WorkdayKind
from app.ui.settings.year_grid import YearGrid
from app.ui.theme import Theme

SATURDAY = dt.date(2025, 2, 8)


def day(date, *, is_open=None, name=""):
    opens = date.weekday() < 5 if is_open is None else is_open
    return WorkdayKind(date, opens, opens, name)


def year(**changed):
    first = dt.date(2025, 1, 1)
    dates = [first + dt.timedelta(days=at) for at in range(365)]
    return [changed.get(f"d{one:%m%d}", day(one)) for one in dates]


@pytest.fixture
def grid(qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", 100)
    made = YearGrid(theme)
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    return made


def colour(grid, date):
    """What is painted in the middle of a day."""
    left, high, tally = grid._theme.px(42), grid._theme.px(18), grid._theme.px(46)
    wide = (grid.width() - left - tally) / 31
    place = QPoint(round(left + (date.day - 0.5) * wide), round((date.month - 0.5) * high))
    return grid.grab().toImage().pixelColor(place).name()


def role(grid, name):
    return grid._theme.color(name).name()


def test_the_open_days_of_each_month_are_read_aloud(grid):
    grid.show_days(year(d0101=day(dt.date(2025, 1, 1), is_open=False, name="元旦")), ())
    told = grid.accessibleDescription().split("；")
    assert (told[0], told[1], len(told)) == ("1 月开放 22 天", "2 月开放 20 天", 12)
    grid.show_days((), ())
    assert grid.accessibleDescription().startswith("1 月开放 0 天")


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (day(dt.date(2025, 2, 5)), "hour_ok"),
        (day(dt.date(2025, 2, 5), is_open=False), "hour_bad"),
        (day(SATURDAY), "sunken"),
        (day(SATURDAY, is_open=True, name="补班"), "hour_tight"),
        (day(SATURDAY, is_open=False, name="春节"), "hour_bad"),
        (day(dt.date(2025, 2, 9), is_open=True), "hour_tight"),
    ],
)
def test_an_open_weekend_and_a_holiday_on_one_are_told_apart(grid, kind, wanted):
    grid.show_days(year(**{f"d{kind.day:%m%d}": kind}), ())
    assert colour(grid, kind.day) == role(grid, wanted)


def test_the_days_the_centre_has_marked_itself_are_edged(grid):
    grid.show_days(year(), ())
    plain = grid.grab().toImage()
    grid.show_days(year(), (dt.date(2025, 3, 5),))
    assert grid.grab().toImage() != plain
