import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import (
    DayMark,
    MarkedDay,
    booked_on,
    month_days,
    open_days,
    unknown_words,
    workday_kind,
    workdays,
)

D = dt.date.fromisoformat


def test_working_days_of_2026_by_the_state_notice():
    counts = [len(workdays(month_days(f"2026-{month:02d}"), {})) for month in range(1, 13)]
    assert counts == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        ("2026-01-04", True, "元旦补班"),
        ("2026-02-17", False, "春节"),
        ("2026-09-20", True, "国庆节补班"),
        ("2025-12-03", True, ""),
        ("2025-12-06", False, ""),
    ],
)
def test_holidays_and_make_up_days_have_names(day, works, name):
    found = workday_kind(D(day), {})
    assert (found.is_workday, found.is_open, found.name, found.known) == (works, works, name, True)


@given(st.dates(D("2027-01-01"), D("2099-12-31")))
def test_a_year_without_a_notice_is_monday_to_friday_and_says_so(day):
    found = workday_kind(day, {})
    if not found.known:
        assert found.is_workday == (day.isoweekday() <= 5)
        assert unknown_words([day], {}) == f"{day.year} 放假安排未录入，按周一至周五暂算。"


def test_years_nobody_entered_are_listed_once():
    days = [D("2098-01-01"), D("2098-01-02"), D("2099-05-01"), D("2025-12-03")]
    assert unknown_words(days, {}) == "2098、2099 放假安排未录入，按周一至周五暂算。"
    assert unknown_words([D("2025-12-03")], {}) == ""


def test_the_centre_s_table_comes_first():
    table = {
        D("2098-01-01"): MarkedDay(DayMark.HOLIDAY, "元旦"),
        D("2098-01-04"): MarkedDay(DayMark.WORKDAY, "补班"),
        D("2025-12-03"): MarkedDay(DayMark.CLOSED, "消毒"),
        D("2025-12-06"): MarkedDay(DayMark.OPEN),
        D("2026-02-17"): MarkedDay(DayMark.OPEN),
    }
    holiday, makeup = workday_kind(D("2098-01-01"), table), workday_kind(D("2098-01-04"), table)
    assert (holiday.is_workday, holiday.is_open, holiday.known) == (False, False, True)
    assert (makeup.is_workday, makeup.is_open, makeup.name) == (True, True, "补班")
    closed, opened = workday_kind(D("2025-12-03"), table), workday_kind(D("2025-12-06"), table)
    assert (closed.is_workday, closed.is_open, closed.name) == (True, False, "消毒")
    assert (opened.is_workday, opened.is_open) == (False, True)
    assert workday_kind(D("2026-02-17"), table).name == "春节"


def test_open_days_of_a_month_follow_the_centre():
    table = {D("2025-12-03"): MarkedDay(DayMark.CLOSED), D("2025-12-06"): MarkedDay(DayMark.OPEN)}
    opened = open_days(month_days("2025-12"), table)
    assert D("2025-12-03") not in opened
    assert D("2025-12-06") in opened
    assert len(opened) == len(workdays(month_days("2025-12"), table)) == 23


def test_a_month_has_all_its_days():
    assert (len(month_days("2024-02")), len(month_days("2025-11"))) == (29, 30)


@pytest.mark.parametrize(
    ("weekdays", "day", "booked"),
    [
        ("12345", dt.date(2026, 2, 13), True),
        ("135", dt.date(2026, 2, 12), False),
        ("12345", dt.date(2026, 2, 14), True),  # a Saturday that makes up for the Spring Festival
        ("135", dt.date(2026, 2, 14), False),
        ("136", dt.date(2026, 2, 14), True),
    ],
)
def test_a_make_up_day_is_booked_by_whole_weeks(weekdays, day, booked):
    assert booked_on(weekdays, day) is booked
