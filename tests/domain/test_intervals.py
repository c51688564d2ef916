"""Spans against the plainest model there is: the set of the half minutes they hold."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.intervals import Span, overlaps

DAWN = dt.datetime(2025, 12, 3, 6, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
HORIZON = 120  # later than any end below


def moment(minutes):
    return DAWN + dt.timedelta(minutes=minutes)


pairs = st.tuples(st.integers(0, 60), st.none() | st.integers(0, 50))


def span(pair):
    start, length = pair
    return Span(moment(start), None if length is None else moment(start + length))


def minutes(pair):
    start, length = pair
    return set(range(start, HORIZON if length is None else start + length))


@given(pairs, pairs)
def test_spans_overlap_exactly_when_they_share_a_minute(one, other):
    if one[1] == 0 or other[1] == 0:
        return  # a moment holds no minute: see below
    shared = bool(minutes(one) & minutes(other))
    assert overlaps(span(one), span(other)) is shared
    assert overlaps(span(other), span(one)) is shared


@given(st.integers(0, 60), pairs)
def test_a_moment_overlaps_what_it_lies_inside_of_and_not_what_it_touches(at, other):
    inside = at in minutes(other) - {other[0]}
    assert overlaps(span((at, 0)), span(other)) is inside
    assert span(other).holds(moment(at)) is inside


@given(st.lists(pairs.filter(lambda pair: pair[1] != 0), max_size=8))
def test_a_day_kept_free_of_overlaps_never_counts_a_minute_twice(wished):
    """What a log does: each sleep is taken if it overlaps none that stands."""
    standing, counted = [], []
    for pair in wished:
        if not any(overlaps(span(pair), span(other)) for other in standing):
            standing.append(pair)
            counted += minutes(pair)
    assert len(counted) == len(set(counted))
