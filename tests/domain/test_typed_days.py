"""Days as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import bookings, days
from app.domain.typed_days import DayTextError, read_day, read_day_or_none

TODAY = dt.date(2025, 12, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-02", dt.date(2026, 1, 2)),
        (" 2026/1/2 ", dt.date(2026, 1, 2)),
        ("2026年1月2日", dt.date(2026, 1, 2)),
        ("20260102", dt.date(2026, 1, 2)),
        ("12-8", dt.date(2025, 12, 8)),
        ("今天", TODAY),
        ("明天", dt.date(2025, 12, 4)),
        ("后天", dt.date(2025, 12, 5)),
        ("2019.10.8", dt.date(2019, 10, 8)),
    ],
)
def test_a_day_is_read(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "2026-02-30", "下周", "13", "2026-01-02-03", "13-40"])
def test_what_is_no_day_is_said(text):
    with pytest.raises(DayTextError) as refused:
        read_day(text, TODAY, "day")
    assert refused.value.field == "day"


@given(day=st.dates())
def test_what_the_program_shows_is_read_back(day):
    assert read_day(day.isoformat(), TODAY) == day


ALIKE = ("1208", "12-8", "12.8", "12/8", "12月8日", "１２月8号", "2025 12 8", "20251208")


@pytest.mark.parametrize("text", ALIKE)
def test_one_way_of_typing_is_read_alike_in_every_field(text):
    day = dt.date(2025, 12, 8)
    readers = (read_day, days.read_day, bookings.read_day)
    assert [read(text, TODAY) for read in readers] == [day, day, day]


def test_nothing_may_stand_where_nothing_must():
    assert read_day_or_none(" ", TODAY, "until") is None
    assert read_day_or_none("今天", TODAY, "until") == TODAY
