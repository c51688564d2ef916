"""What an entry is held against is enough: the rest of the day changes no verdict."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.log_checks import check_entry
from app.domain.log_reach import Reach, reach_of_waking, reaches_of, reaches_of_all
from app.domain.logbook import EntryDraft, EntryError, EntryKind

NOW = dt.datetime(2025, 12, 3, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def at(hour, minute=0):
    return NOW.replace(hour=hour, minute=minute)


# What each kind may say; few words and few minutes, so that entries meet.
SAYS = {
    EntryKind.MEAL: [{"detail": slot, "grade": grade} for slot in ("lunch", "dinner") for grade in (1, 4, 5)],
    EntryKind.MILK: [{"detail": "cow", "amount_ml": ml} for ml in (60, 90)],
    EntryKind.WATER: [{"amount_ml": 60}],
    EntryKind.SLEEP: [{}],
    EntryKind.TOILET: [{"detail": "wet"}, {"detail": "wet", "steps": ("sat",)}],
    EntryKind.MOOD: [{"detail": "happy"}, {"detail": "calm"}],
    EntryKind.ACTIVITY: [{"detail": "eager", "text": "拼图"}],
    EntryKind.TEMPERATURE: [{"detail": site, "tenths": 366} for site in ("ear", "forehead")],
    EntryKind.NOTE: [{"detail": "remark", "text": "会穿鞋了"}],
    EntryKind.FOOD: [{"text": "梨", "grade": 4, "quality": "none"}],
    EntryKind.WASHING: [{"detail": "before_food"}],
    EntryKind.OUTDOOR: [{"text": "下雨"}],
    EntryKind.SLEEP_CHECK: [{"detail": "back", "quality": "calm"}],
}
LASTS = {EntryKind.SLEEP, EntryKind.OUTDOOR}


@st.composite
def entries(draw):
    kind = draw(st.sampled_from(list(SAYS)))
    start = at(12) + dt.timedelta(minutes=10 * draw(st.integers(0, 9)))
    until = None
    if kind in LASTS and draw(st.integers(0, 3)):
        until = start + dt.timedelta(minutes=10 * draw(st.integers(0, 6)))
    return EntryDraft(kind, start, until=until, **draw(st.sampled_from(SAYS[kind])))


def verdict(draft, others):
    try:
        check_entry(draft, NOW, others)
    except EntryError as error:
        return type(error), error.sentence
    return None


@given(entries(), st.lists(entries(), max_size=8))
def test_what_is_reached_gives_the_verdict_of_the_whole_day(draft, others):
    reached = [one for one in others if any(reach.holds(one) for reach in reaches_of(draft))]
    assert verdict(draft, reached) == verdict(draft, others)


NAP = EntryDraft(EntryKind.SLEEP, at(12), until=at(13))


@pytest.mark.parametrize(
    ("entry", "held"),
    [
        (NAP, True),
        (dataclasses.replace(NAP, until=at(12, 30)), True),  # it ends where the stretch begins
        (dataclasses.replace(NAP, until=at(12, 29)), False),
        (dataclasses.replace(NAP, until=None), True),
        (dataclasses.replace(NAP, at=at(12, 40)), False),
        (EntryDraft(EntryKind.MOOD, at(12, 35), detail="happy"), False),
        (dataclasses.replace(NAP, at=at(12) - dt.timedelta(days=2), until=None), False),
    ],
)
def test_a_stretch_holds_what_touches_it(entry, held):
    assert Reach((EntryKind.SLEEP,), at(12, 30), at(12, 35)).holds(entry) is held


def test_a_batch_reads_each_stretch_once():
    lunch = EntryDraft(EntryKind.MEAL, at(12), detail="lunch", grade=4)
    less = dataclasses.replace(lunch, grade=1)
    assert reaches_of_all((lunch, less, lunch)) == reaches_of(lunch)
    assert reaches_of(EntryDraft(EntryKind.PHOTO, at(12), photo=1)) == ()


def test_a_sleep_that_ends_is_held_against_what_lasts_from_its_beginning():
    reach = reach_of_waking(at(12))
    assert reach.holds(EntryDraft(EntryKind.SLEEP, at(12)))
    assert reach.holds(EntryDraft(EntryKind.OUTDOOR, at(12, 30), until=at(13)))
