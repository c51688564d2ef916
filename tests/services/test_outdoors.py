"""Two hours outdoors a day, and why it was less."""

import datetime as dt

import pytest

from app.domain.ids import ClassId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Tone
from app.domain.staff import Role
from app.services.outdoors import minutes_outdoors

TRAIN = ClassId(4)


@pytest.fixture
def teacher(actors):
    return actors[Role.TEACHER]


def out(clock, minutes, **more):
    return EntryDraft(EntryKind.OUTDOOR, clock() - dt.timedelta(minutes=minutes), until=clock(), **more)


def chip(services, teacher):
    return next(
        one for one in services.classroom.roster(teacher, TRAIN).chips if one.words.startswith("户外")
    )


def test_minutes_add_up_and_what_is_short_wants_a_reason(services, teacher, clock):
    clock.set(16, 40)
    inside = services.classroom.roster(teacher, TRAIN).cards
    asleep = tuple(card.visit for card in inside if card.asleep_since is not None)
    services.classroom.log(teacher, asleep, EntryDraft(EntryKind.SLEEP, clock().replace(hour=15)))
    visits = tuple(card.visit for card in inside)
    assert chip(services, teacher).words == "户外 0/120 分，请写原因"
    assert chip(services, teacher).tone is Tone.WARN
    services.classroom.log(teacher, visits, out(clock, 45))
    day = services.classes.outdoors.of_day(teacher, TRAIN)
    here = [line for line in day.lines if line.visit in visits]
    assert (day.duty, {line.minutes for line in here}) == (120, {45, 75})
    assert all(line.short and not line.reason for line in here)
    services.classroom.log(
        teacher, visits, EntryDraft(EntryKind.OUTDOOR, clock(), until=clock(), text="寒冷大风")
    )
    assert chip(services, teacher).words == "户外 45/120 分（已写原因）"
    day = services.classes.outdoors.of_day(teacher, TRAIN)
    assert {line.reason for line in day.lines if line.visit in visits} == {"寒冷大风"}
    assert not [line for line in day.unexplained if line.visit in visits]


def test_a_day_that_has_its_two_hours_asks_for_nothing(services, teacher, clock):
    clock.set(16, 50)
    inside = services.classroom.roster(teacher, TRAIN).cards
    asleep = tuple(card.visit for card in inside if card.asleep_since is not None)
    services.classroom.log(teacher, asleep, EntryDraft(EntryKind.SLEEP, clock().replace(hour=14, minute=30)))
    services.classroom.log(teacher, tuple(card.visit for card in inside), out(clock, 120))
    assert chip(services, teacher).words == "户外 120 分"
    assert minutes_outdoors([out(clock, 45), out(clock, 30)]) == 75
