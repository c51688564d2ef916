"""Today beside a child's own last days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.usual import LEAST_DAYS, Beside, PastDay, Usual

DAY = dt.date(2025, 12, 2)


def lunches(*grades):
    return Usual(tuple(PastDay(DAY - dt.timedelta(days=n), lunch=grade) for n, grade in enumerate(grades)))


def naps(*minutes):
    return Usual(tuple(PastDay(DAY - dt.timedelta(days=n), slept=one) for n, one in enumerate(minutes)))


def lows(*counts):
    return Usual(
        tuple(PastDay(DAY - dt.timedelta(days=n), moods=3, low_moods=low) for n, low in enumerate(counts))
    )


@pytest.mark.parametrize(
    ("past", "today", "beside"),
    [
        ((4, 4), 1, Beside.AS_USUAL),  # two days are no habit
        ((4, 4, None, None), 1, Beside.AS_USUAL),
        ((4, 4, 4), 2, Beside.LESS),
        ((4, 4, 4), 3, Beside.AS_USUAL),
        ((2, 2, 1), 4, Beside.MORE),
        ((2, 2, 1), None, Beside.AS_USUAL),
    ],
)
def test_lunch(past, today, beside):
    assert lunches(*past).lunch(today) is beside


@pytest.mark.parametrize(
    ("past", "today", "beside"),
    [
        ((60, 70, 65), 90, Beside.AS_USUAL),
        ((60, 70, 65), 96, Beside.MORE),
        ((120, 120, 120), 90, Beside.AS_USUAL),  # half an hour, but not three tenths
        ((120, 120, 120), 84, Beside.LESS),
        ((60, 60), 200, Beside.AS_USUAL),
    ],
)
def test_sleep(past, today, beside):
    assert naps(*past).sleep(today) is beside


def test_water_is_only_ever_more():
    waters = Usual(tuple(PastDay(DAY, water=one) for one in (300, 320, 310, None)))
    assert waters.water(420) is Beside.MORE
    assert waters.water(400) is Beside.AS_USUAL
    assert waters.water(20) is Beside.AS_USUAL
    assert waters.water(None) is Beside.AS_USUAL
    assert Usual((PastDay(DAY, water=100),) * 2).water(500) is Beside.AS_USUAL


def test_part():
    watched = Usual((PastDay(DAY, parts=2),) * 3)
    assert watched.part(2, 2) is Beside.MORE
    assert watched.part(2, 1) is Beside.AS_USUAL
    assert watched.part(0, 0) is Beside.AS_USUAL
    assert Usual((*watched.days, PastDay(DAY, parts=2, eager=1))).part(1, 1) is Beside.AS_USUAL
    assert Usual((PastDay(DAY),) * 3).part(1, 1) is Beside.AS_USUAL


def test_mood():
    assert lows(0, 0, 0).mood(3, 1) is Beside.LESS
    assert lows(0, 1, 0).mood(3, 1) is Beside.AS_USUAL
    assert lows(1, 2, 0).mood(3, 0) is Beside.MORE
    assert lows(1, 0, 0).mood(3, 0) is Beside.AS_USUAL
    assert lows(1, 1).mood(3, 0) is Beside.AS_USUAL
    assert lows(1, 1, 1).mood(0, 0) is Beside.AS_USUAL


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(0, 5))
def test_on_fewer_than_three_days_nothing_is_said(past, today):
    said = lunches(*past).lunch(today)
    if len(past) < LEAST_DAYS or (min(past) <= today <= max(past) and max(past) - min(past) < 2):
        assert said is Beside.AS_USUAL
    if said is Beside.MORE:
        assert today > sorted(past)[len(past) // 2 - (len(past) % 2 == 0)]
