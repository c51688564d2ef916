import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Tone
from app.domain.sleep_checks import (
    finding_chip,
    is_unsaid,
    is_watched,
    look_left,
    sleeps_at,
    standing_finding,
    watch,
)

NOON = dt.datetime(2025, 12, 3, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def after(minutes):
    return NOON + dt.timedelta(minutes=minutes)


def test_the_first_look_is_due_after_falling_asleep_and_each_next_after_the_last():
    assert watch(NOON, (), 15).due == after(15)
    assert watch(NOON, (after(14), after(5)), 15).due == after(29)
    assert watch(NOON, (after(-40),), 15).due == after(15)  # a look at an earlier sleep


def test_due_and_overdue_are_said_in_words():
    one = watch(NOON, (), 15)
    assert one.chip(after(12)).words == "12:15 巡视"
    assert one.chip(after(13)).words == "该巡视了", "within two minutes"
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


def looked(minutes, sign="concern"):
    return EntryDraft(EntryKind.SLEEP_CHECK, after(minutes), detail="back", quality=sign, note="口唇发青")


def test_a_finding_stands_until_somebody_has_seen_to_her():
    calm, odd = looked(15, "calm"), looked(30)
    assert standing_finding(()) is standing_finding((calm,)) is None
    assert standing_finding((odd, calm, EntryDraft(EntryKind.SLEEP, NOON))) is odd
    assert standing_finding((odd, looked(45, "calm"))) is None
    assert standing_finding((odd,), (after(29),)) is odd
    assert standing_finding((odd,), (after(29), after(30))) is None
    assert (finding_chip(odd).words, finding_chip(odd).tone) == ("12:30 巡视异常", Tone.BAD)


NAP = EntryDraft(EntryKind.SLEEP, NOON, until=after(60))


def test_a_look_finds_her_asleep_up_to_the_minute_of_waking():
    assert [sleeps_at(NAP, after(at)) for at in (-1, 0, 60, 61)] == [False, True, True, False]
    assert sleeps_at(dataclasses.replace(NAP, until=None), after(300))


@pytest.mark.parametrize(
    ("becomes", "lost"),
    [
        (None, 15),
        (dataclasses.replace(NAP, until=after(40)), None),
        (dataclasses.replace(NAP, until=after(28)), None),  # two clocks
        (dataclasses.replace(NAP, until=after(27)), 30),
        (dataclasses.replace(NAP, at=after(17)), None),
        (dataclasses.replace(NAP, at=after(18)), 15),
        (dataclasses.replace(NAP, until=None), None),
    ],
)
def test_a_look_is_left_where_no_sleep_holds_it_any_more(becomes, lost):
    looks = [looked(30, "calm"), looked(15, "calm")]
    found = look_left(NAP, becomes, looks)
    assert (None if found is None else found.at) == (None if lost is None else after(lost))
    whole = dataclasses.replace(NAP, at=after(-5), until=after(70))
    assert look_left(NAP, becomes, [*looks, whole]) is None  # another sleep of hers holds them
    assert look_left(NAP, None, [looked(90)]) is None  # this one was in none before


@pytest.mark.parametrize(
    ("quality", "note", "unsaid"),
    [
        (None, "", True),
        ("calm", " ", True),
        ("calm", "会自己翻身，一直看护", False),
        ("turned", "", False),
        ("waking", "", False),
        ("concern", "翻过来拍背", False),
    ],
)
def test_on_her_belly_it_is_said_what_was_done(quality, note, unsaid):
    look = dataclasses.replace(looked(15), detail="belly", quality=quality, note=note)
    assert is_unsaid(look) is unsaid
    assert not is_unsaid(dataclasses.replace(look, detail="side"))
