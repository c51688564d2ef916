import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.bookings import (
    BookingError,
    Outcome,
    check_stay,
    count_words,
    day_words,
    mode_of_booking,
    series_days,
    weekday_words,
)
from app.domain.calendar import booked_on
from app.domain.modes import CareMode, Tariff

DAY = dt.date(2025, 12, 3)
dates = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))
weekdays = st.sets(st.sampled_from("12345"), min_size=1).map(lambda found: "".join(sorted(found)))


@given(weekdays, dates, st.integers(0, 90), st.sets(st.integers(0, 90)))
def test_a_weekly_series_is_exactly_its_single_days(digits, starts, length, closed):
    until = starts + dt.timedelta(days=length)
    shut = {starts + dt.timedelta(days=past) for past in closed}
    found = series_days(digits, starts, until, lambda day: day not in shut)
    single = [starts + dt.timedelta(days=past) for past in range(length + 1)]
    assert list(found) == [day for day in single if booked_on(digits, day) and day not in shut]


def test_a_make_up_saturday_is_for_who_comes_the_whole_week():
    saturday = dt.date(2025, 10, 11)
    assert saturday in series_days("12345", saturday, saturday, lambda _: True)
    assert series_days("135", saturday, saturday, lambda _: True) == ()


@pytest.mark.parametrize(
    ("digits", "until", "field"),
    [
        ("", DAY, "weekdays"),
        ("8", DAY, "weekdays"),
        ("1", DAY - dt.timedelta(days=1), "until"),
        ("1", DAY + dt.timedelta(days=367), "until"),
    ],
)
def test_a_series_needs_weekdays_and_an_end_within_a_year(digits, until, field):
    with pytest.raises(BookingError) as told:
        series_days(digits, DAY, until, lambda _: True)
    assert told.value.field == field


@pytest.mark.parametrize(
    ("start", "end", "field"), [(400, 600, "from"), (600, 1100, "to"), (600, 610, "to"), (600, 500, "to")]
)
def test_a_stay_lies_within_the_opening_hours(start, end, field):
    with pytest.raises(BookingError) as told:
        check_stay(start, end, opens=450, closes=1080)
    assert told.value.field == field
    check_stay(450, 1080, opens=450, closes=1080)


def test_words():
    assert weekday_words("513") == "每周一、三、五"
    assert day_words(DAY) == "12月3日（周三）"
    assert count_words(4, 1, 0) == "来过 4 次 · 取消 1 次"
    assert count_words(0, 0, 2) == "约了没来 2 次"
    assert count_words(0, 0, 0) == ""
    assert [one.label for one in Outcome] == ["已取消", "已改期", "未到"]
    assert mode_of_booking(Tariff.HOURLY) is CareMode.HOURLY
    assert mode_of_booking(Tariff.TEMP_HALF_DAY) is CareMode.TEMPORARY
