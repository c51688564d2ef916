import datetime as dt

import pytest

from app.domain.ids import StaffId
from app.domain.looks import Tone
from app.domain.medicine import (
    TwoPeopleError,
    due_tone,
    due_words,
    duration_of,
    late_minutes,
    require_two,
)

AT = dt.datetime(2025, 12, 3, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def after(minutes):
    return AT + dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "words", "tone"),
    [
        (-80, "12:30 · 还有 1 小时 20 分", Tone.INFO),
        (-20, "12:30 · 还有 20 分钟", Tone.WARN),
        (0, "12:30 · 现在喂", Tone.WARN),
        (15, "12:30 · 已过 15 分钟", Tone.WARN),
        (31, "12:30 · 已过 31 分钟", Tone.BAD),
    ],
)
def test_the_minutes_until_a_dose_are_said(minutes, words, tone):
    assert due_words(AT, after(minutes)) == words
    assert due_tone(AT, after(minutes), 30) is tone


@pytest.mark.parametrize(("minutes", "late"), [(-5, 0), (0, 0), (30, 0), (31, 31)])
def test_late_is_what_goes_beyond_the_tolerance(minutes, late):
    assert late_minutes(AT, after(minutes), 30) == late


def test_two_are_two():
    require_two(StaffId(1), StaffId(2))
    with pytest.raises(TwoPeopleError):
        require_two(StaffId(1), StaffId(1))


@pytest.mark.parametrize(("minutes", "words"), [(45, "45 分钟"), (180, "3 小时"), (210, "3 小时 30 分")])
def test_a_gap_in_words(minutes, words):
    assert duration_of(minutes) == words
