import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.looks import Tone
from app.domain.sleep_checks import is_watched, watch

NOON = dt.datetime(2025, 12, 3, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def after(minutes):
    return NOON + dt.timedelta(minutes=minutes)


def test_the_first_look_is_due_after_falling_asleep_and_each_next_after_the_last():
    assert watch(NOON, (), 15).due == after(15)
    assert watch(NOON, (after(14), after(5)), 15).due == after(29)
    assert watch(NOON, (after(-40),), 15).due == after(15)  # a look at an earlier sleep


def test_due_and_overdue_are_said_in_words():
    one = watch(NOON, (), 15)
    assert one.chip(after(3)).words == "12:15 巡视"
    assert (one.chip(after(14)).words, one.chip(after(14)).tone) == ("该巡视了", Tone.WARN)
    assert (one.chip(after(22)).words, one.chip(after(22)).tone) == ("巡视超时 7 分", Tone.BAD)


@given(st.lists(st.integers(0, 300), max_size=6), st.integers(5, 60), st.integers(0, 300))
def test_a_look_is_overdue_exactly_when_nobody_looked_for_so_long(looks, every, now):
    seen = [look for look in looks if look <= now]
    last = max(seen, default=0)
    assert watch(NOON, map(after, seen), every).overdue(after(now)) == max(0, now - last - every)


def test_infants_and_the_young_of_other_classes_are_watched():
    assert is_watched(20, infants=True, below=12)
    assert is_watched(11, infants=False, below=12)
    assert not is_watched(12, infants=False, below=12)
