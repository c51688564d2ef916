"""Grave facts of earlier days come up at the door until this one of the family has heard of them."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import ToldId
from app.domain.logbook import EntryDraft, EntryKind
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.classroom import Classroom
from app.services.collecting import CheckOut
from app.services.injuries import InjuryCard
from app.services.open_papers import Answer
from app.services.pins import Second
from app.services.telling import Telling
from tests.services.world import DAY, add_adult

STOOL = "12月3日 稀便"


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.director, "5927")
    with world.database.unit(None, "family") as unit:
        child = world.children["张沐阳"]
        add_adult(unit, world, child, "张父", "爸爸", "13900000001", is_guardian=True)
        aunt = add_adult(unit, world, child, "张姨", "阿姨", "13900000002")
        unit.audit("adult", aunt)
    return made


@pytest.fixture
def telling(world):
    return Telling(world.database, world.clock)


class Days:
    """The stays of one child, day after day."""

    def __init__(self, world, services):
        self._world, self._services = world, services
        self.visit = None

    def come(self):
        self.visit = self._services.arrivals.check_in(
            self._world.desk, CheckIn(self._world.children["张沐阳"])
        ).value.visit

    def stool(self):
        world = self._world
        draft = EntryDraft(EntryKind.TOILET, world.clock(), detail="stool", quality="loose")
        Classroom(world.database, world.clock).log(world.teacher, (self.visit,), draft)

    def go(self, days=1):
        """Home, everything open put off, and in again on another day."""
        world, pickup = self._world, self._services.pickup
        papers = pickup.prepare(world.desk, self.visit).papers
        later = tuple(Answer(one.kind, one.subject, "明天说") for one in papers)
        pickup.check_out(world.desk, CheckOut(self.visit, world.adults["张母"], answers=later))
        world.clock.now += dt.timedelta(days=days)
        self.come()


@pytest.fixture
def days(world, services):
    made = Days(world, services)
    made.come()
    return made


def waiting(telling, world, days, name):
    adult = None if name is None else world.adults[name]
    return telling.door(world.teacher, days.visit).waiting(adult)


def test_what_nobody_told_comes_up_for_everybody_and_nothing_of_today_does(telling, world, days):
    days.stool()
    assert waiting(telling, world, days, "张母") == ()  # of today the three sentences speak
    days.go()
    for name in ("张母", "张父", "张姨", None):
        assert waiting(telling, world, days, name) == (STOOL,)


def test_each_guardian_hears_it_herself_and_of_the_others_one_is_enough(telling, world, days):
    days.stool()
    telling.tell(world.teacher, days.visit, world.adults["张母"])
    days.go()
    assert waiting(telling, world, days, "张母") == ()
    assert waiting(telling, world, days, "张父") == (STOOL,)
    assert waiting(telling, world, days, "张姨") == ()
    assert waiting(telling, world, days, None) == ()


def test_told_a_day_late_it_is_told_and_taken_back_it_is_not(telling, world, days):
    days.stool()
    days.go()
    done = telling.tell(world.teacher, days.visit, world.adults["张父"])
    assert STOOL in telling.door(world.teacher, days.visit).told[0].words
    assert waiting(telling, world, days, "张父") == ()
    days.go()
    assert waiting(telling, world, days, "张父") == ()
    telling.undo_tell(world.teacher, ToldId(done.undo.key))
    assert waiting(telling, world, days, "张父") == (STOOL,)


def test_a_word_like_it_in_a_note_she_signed_told_her_nothing(services, telling, world, days):
    drafted = services.handover.note(world.teacher, days.visit).drafted
    own = dataclasses.replace(drafted, prose="昨天拉稀便，今天好了。")
    services.handover.sign(world.teacher, days.visit, own)
    telling.sign_for(world.teacher, days.visit, world.adults["张母"])
    days.stool()
    days.go()
    assert waiting(telling, world, days, "张母") == (STOOL,)


def test_what_was_said_before_it_happened_told_nobody_of_it(telling, world, days):
    telling.tell(world.teacher, days.visit, world.adults["张母"])
    days.stool()
    days.go()
    assert waiting(telling, world, days, "张母") == (STOOL,)


def test_what_is_older_than_a_week_is_no_news(telling, world, days):
    days.stool()
    days.go(days=7)
    assert waiting(telling, world, days, "张母") == (STOOL,)
    days.go(days=1)
    assert waiting(telling, world, days, "张母") == ()


@pytest.fixture
def injury(world, services, days):
    card = InjuryCard(
        child=world.children["张沐阳"], day=DAY, at="9:12", duty=world.teacher.id, kind="2", place="2",
        activity="1", company="3", handling="1", regions=("front.forehead",), story="跑的时候跌倒。",
    )  # fmt: skip
    return services.health.injuries.note(world.teacher, card).value


def test_an_injury_is_told_only_once_its_form_has_the_second_signature(
    telling, world, services, days, injury
):
    telling.tell(world.teacher, days.visit, world.adults["张母"])
    door = telling.door(world.teacher, days.visit)
    assert len(door.forms) == 1
    assert "登记表还没第二人签，现在说了不算告知" in door.forms[0]
    days.go()
    (fall,) = waiting(telling, world, days, "张母")
    telling.tell(world.teacher, days.visit, world.adults["张母"])
    assert waiting(telling, world, days, "张母") == (fall,)  # still nobody has confirmed it
    world.clock.now += dt.timedelta(minutes=1)
    services.health.injuries.sign(world.teacher, injury, Second(world.director.id, "5927"))
    assert telling.door(world.teacher, days.visit).forms == ()
    assert waiting(telling, world, days, "张母") == (fall,)
    world.clock.now += dt.timedelta(minutes=1)
    telling.tell(world.teacher, days.visit, world.adults["张母"])
    assert waiting(telling, world, days, "张母") == ()
    services.health.injuries.tell(world.teacher, injury, "爸爸 张父", "phone")
    assert waiting(telling, world, days, "张父") == ()  # the form itself says so
