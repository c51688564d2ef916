"""Looks at sleepers: a finding comes first, who lies on her belly is turned, no look is without its sleep."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import ClassId
from app.domain.logbook import EntryDraft, EntryError, EntryKind, TwiceError
from app.domain.looks import Chip, Tone
from app.domain.needs import Need
from app.domain.staff import Role
from app.services.checks import HealthCheck
from app.services.class_views import Except
from app.services.corrections import Corrections

STAR = ClassId(1)
CHIP = Chip("13:52 巡视异常", Tone.BAD)


@pytest.fixture
def room(services, actors):
    return services.classroom, actors[Role.TEACHER]


@pytest.fixture
def found(room, clock):
    """The infant who was looked at last, found with blue lips."""
    classroom, teacher = room
    card = next(card for card in classroom.roster(teacher, STAR).cards if card.name == "马俊杰")
    look = EntryDraft(
        EntryKind.SLEEP_CHECK, clock(), detail="back", quality="concern", note="口唇发青，叫醒后哭"
    )
    classroom.log(teacher, (card.visit,), look)
    return card.visit


def first(room):
    return room[0].roster(room[1], STAR).cards[0]


def test_a_look_that_found_something_puts_her_first_with_a_red_chip(room, found, clock):
    assert (first(room).visit, first(room).need, first(room).chips[0]) == (found, Need.FINDING, CHIP)
    other = next(card for card in room[0].roster(room[1], STAR).cards if card.visit != found)
    clock.advance(minutes=2)
    room[0].log(room[1], (other.visit,), EntryDraft(EntryKind.SLEEP, clock()))
    room[0].log(room[1], (other.visit,), EntryDraft(EntryKind.MOOD, clock(), detail="crying"))
    assert first(room).visit == found
    room[0].log(room[1], (found,), EntryDraft(EntryKind.SLEEP, clock()))  # woken: it is no less urgent
    assert (first(room).visit, first(room).chips[0]) == (found, CHIP)


def test_another_look_a_check_and_an_injury_see_to_her(room, found, clock):
    classroom, teacher = room
    clock.advance(minutes=1)
    classroom.check(teacher, (found,), HealthCheck("day", note="口唇红润，呼吸平稳"))
    assert CHIP not in first(room).chips
    classroom.undo_check(teacher, found, "day")
    assert CHIP in first(room).chips
    classroom.log(
        teacher, (found,), EntryDraft(EntryKind.SLEEP_CHECK, clock(), detail="back", quality="calm")
    )
    assert all(CHIP not in card.chips for card in classroom.roster(teacher, STAR).cards)


def look(at, **says):
    return EntryDraft(EntryKind.SLEEP_CHECK, at, **{"detail": "back", "quality": "calm", **says})


def infant(room, name="马俊杰"):
    return next(card for card in room[0].roster(room[1], STAR).cards if card.name == name).visit


def test_an_infant_on_her_belly_is_turned_or_it_is_said_why_not(room, clock):
    classroom, teacher = room
    visit, belly = infant(room), look(clock(), detail="belly")
    with pytest.raises(EntryError, match=r"^马俊杰 俯卧：请先翻回仰卧，选“已翻回仰卧”") as caught:
        classroom.log(teacher, (visit,), belly)
    assert caught.value.field == "quality"
    with pytest.raises(EntryError, match="马俊杰 俯卧"):  # an exception of a batch, too
        classroom.log(teacher, (visit, infant(room, "秦宇轩")), look(clock()), but=(Except(visit, belly),))
    classroom.log(teacher, (visit,), look(clock(), detail="belly", quality="turned"))
    clock.advance(minutes=1)
    classroom.log(teacher, (visit,), look(clock(), detail="belly", note="会自己翻身，一直看护"))
    rows = [row for row in classroom.timeline(teacher, visit).rows if row.kind == "sleep_check"]
    assert [row.tone for row in rows[-2:]] == [Tone.WARN, Tone.WARN]


def test_who_is_old_enough_may_lie_as_she_likes(room, clock, services):
    classroom, teacher = room
    asleep = next(card for card in classroom.roster(teacher, ClassId(3)).cards if card.asleep_since)
    classroom.log(teacher, (asleep.visit,), look(clock(), detail="belly"))
    row = [row for row in classroom.timeline(teacher, asleep.visit).rows if row.kind == "sleep_check"][-1]
    assert row.tone is Tone.PLAIN


def test_nobody_woke_before_somebody_saw_her_sleep(room, clock):
    classroom, teacher = room
    visit, at = infant(room), clock()
    done = classroom.log(teacher, (visit,), look(at))
    clock.advance(minutes=8)
    with pytest.raises(EntryError, match="13:52 的睡眠巡视（仰卧 · 呼吸平稳）看到还在睡"):
        classroom.log(teacher, (visit,), EntryDraft(EntryKind.SLEEP, at - dt.timedelta(minutes=5)))
    classroom.log(teacher, (visit,), EntryDraft(EntryKind.SLEEP, at))
    classroom.undo(teacher, done.value.batch)


def test_a_sleep_with_a_look_is_neither_taken_back_nor_corrected_away(room, database, clock):
    classroom, teacher = room
    visit, at = infant(room), clock()
    kept = classroom.log(teacher, (visit,), look(at)).value.batch
    clock.advance(minutes=8)
    woken = classroom.log(teacher, (visit,), EntryDraft(EntryKind.SLEEP, clock())).value.batch
    row = [row for row in classroom.timeline(teacher, visit).rows if row.kind == "sleep"][-1]
    with pytest.raises(EntryError, match="13:52 的睡眠巡视"):
        Corrections(database, clock).correct(
            teacher, row.entry, dataclasses.replace(row.draft, until=at - dt.timedelta(minutes=9))
        )
    classroom.undo(teacher, woken)  # she sleeps on: the look was at that sleep
    row = [row for row in classroom.timeline(teacher, visit).rows if row.kind == "sleep"][-1]
    for act in (
        lambda: classroom.undo_entry(teacher, row.entry),
        lambda: classroom.undo(teacher, row.batch),
    ):
        with pytest.raises(EntryError, match="请先撤销或更正那次巡视，再撤销睡眠"):
            act()
    for other in [one for one in classroom.timeline(teacher, visit).rows if one.kind == "sleep_check"]:
        classroom.undo_entry(teacher, other.entry)
    classroom.undo_entry(teacher, row.entry)
    assert kept


def test_a_second_look_of_one_minute_names_who_was_looked_at(room, clock):
    classroom, teacher = room
    first, second = infant(room), infant(room, "秦宇轩")
    classroom.log(teacher, (first,), look(clock()))
    with pytest.raises(TwiceError, match=r"^马俊杰：13:52 已经记过睡眠巡视.*先不记这些孩子"):
        classroom.log(teacher, (first, second), look(clock(), quality="waking"))
