"""Shifts that meet, hours that lack carers, days nobody covers."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.classes import ClassKind
from app.domain.rota import Booked, hour_needs, overlap, uncovered_day

SPANS = st.tuples(st.integers(0, 1430), st.integers(1, 600)).map(lambda pair: (pair[0], pair[0] + pair[1]))
DAY = dt.date(2025, 12, 3)


@given(one=SPANS, other=SPANS)
@example(one=(480, 720), other=(720, 900))
def test_two_stretches_meet_when_some_minute_lies_in_both(one, other):
    shared = range(max(one[0], other[0]), min(one[1], other[1]))
    assert overlap(one, other) == bool(len(shared))
    assert overlap(one, other) == overlap(other, one)


def test_an_hour_is_judged_at_its_worst_moment():
    children = [Booked(480, 1020, 30)] * 8
    (eight, nine) = hour_needs(
        ClassKind.OLDER_TODDLER, [(480, 1020), (570, 1020)], children, opens=480, closes=600
    )
    assert (eight.carers, eight.needed, eight.short) == (1, 2, 1)
    assert (nine.carers, nine.needed, nine.short) == (1, 2, 1)  # the second comes at half past nine


@given(carers=st.lists(SPANS, max_size=5), children=st.lists(SPANS, max_size=12))
def test_no_minute_is_worse_than_its_hour(carers, children):
    booked = [Booked(start, end, 30) for start, end in children]
    needs = {
        need.hour: need
        for need in hour_needs(ClassKind.OLDER_TODDLER, carers, booked, opens=450, closes=1080)
    }
    assert list(needs) == list(range(7, 18))
    for minute in range(450, 1080, 7):
        inside = sum(one.from_minute <= minute < one.to_minute for one in booked)
        here = sum(start <= minute < end for start, end in carers)
        assert -(-inside // 7) - here <= needs[minute // 60].needed - needs[minute // 60].carers


def test_nobody_needs_nobody():
    (only,) = hour_needs(ClassKind.INFANT, [], [], opens=480, closes=540)
    assert (only.carers, only.needed, only.short) == (0, 0, 0)


OFFSETS = st.tuples(st.integers(-5, 20), st.none() | st.integers(0, 20))


@given(spans=st.lists(OFFSETS, max_size=5))
def test_the_first_uncovered_day_is_the_first_that_no_span_holds(spans):
    real = [
        (DAY + dt.timedelta(days=start), None if long is None else DAY + dt.timedelta(days=start + long))
        for start, long in spans
    ]
    days = [DAY + dt.timedelta(days=past) for past in range(60)]
    bare = [day for day in days if not any(a <= day and (b is None or day <= b) for a, b in real)]
    assert uncovered_day(real, DAY) == (bare[0] if bare else None)
