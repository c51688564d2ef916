"""Days as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.days import DayTextError, month_day, month_text, month_words, read_day, read_month

TODAY = dt.date(2025, 12, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-05", dt.date(2026, 1, 5)),
        ("20260105", dt.date(2026, 1, 5)),
        ("２０２６年1月5日", dt.date(2026, 1, 5)),
        ("1-5", dt.date(2026, 1, 5)),
        ("11.30", dt.date(2025, 11, 30)),
        ("1130", dt.date(2025, 11, 30)),
        ("0105", dt.date(2026, 1, 5)),
        ("今天", TODAY),
        (" 明天 ", dt.date(2025, 12, 4)),
    ],
)
def test_a_day_is_read_as_it_is_meant(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "下周", "2026-02-30", "13-1", "1340", "2099-01-01", "99999999"])
def test_what_is_no_day_is_said(text):
    with pytest.raises(DayTextError) as caught:
        read_day(text, TODAY, "ends_on")
    assert caught.value.field == "ends_on"


@given(st.dates(dt.date(2021, 1, 1), dt.date(2030, 12, 31)))
def test_a_day_written_in_full_is_itself(day):
    assert read_day(day.isoformat(), TODAY) == day


def test_a_day_is_said_without_zeros():
    assert month_day(TODAY) == "12月3日"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-11", "2025-11"),
        ("202511", "2025-11"),
        ("2025年9月", "2025-09"),
        ("11", "2025-11"),
        ("12月", "2025-12"),
        ("1", "2025-01"),
        ("本月", "2025-12"),
        ("上月", "2025-11"),
        ("下个月", "2026-01"),
    ],
)
def test_a_month_is_read_as_it_is_meant(text, month):
    assert month_text(read_month(text, TODAY)) == month


def test_a_month_alone_is_the_latest_one():
    assert read_month("12", dt.date(2026, 1, 2)) == dt.date(2025, 12, 1)
    assert read_month("上月", dt.date(2026, 1, 2)) == dt.date(2025, 12, 1)
    assert month_words(dt.date(2025, 11, 1)) == "2025年11月"


@pytest.mark.parametrize("text", ["", "13", "2025-13", "去年", "2099-01", "0"])
def test_what_is_no_month_is_said(text):
    with pytest.raises(DayTextError) as caught:
        read_month(text, TODAY, "when")
    assert caught.value.field == "when"
