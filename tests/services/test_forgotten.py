"""Stays of earlier days that nobody ended: oldest first, with what is owed and who may have taken her."""

import datetime as dt

import pytest

from app.domain.modes import Tariff
from app.domain.money import Money
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.store import people
from app.store.people import Tie


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def arrive(world, services):
    return lambda name, **more: (
        services.arrivals.check_in(world.desk, CheckIn(world.children[name], **more)).value.visit
    )


def tomorrow(world, days=1):
    world.clock.now += dt.timedelta(days=days)


def listed(world, services):
    return services.forgotten.stays(world.desk)


def test_who_is_inside_today_is_not_forgotten_and_tomorrow_she_is(world, services, arrive):
    arrive("张沐阳")
    assert listed(world, services) == ()
    tomorrow(world)
    assert [one.stay.name for one in listed(world, services)] == ["张沐阳"]


def test_the_oldest_comes_first(world, services, arrive):
    arrive("周乐瑶")
    tomorrow(world)
    arrive("张沐阳")
    tomorrow(world)
    assert [one.stay.name for one in listed(world, services)] == ["周乐瑶", "张沐阳"]


def test_a_temporary_stay_is_owed_to_the_promised_hour_and_a_contract_owes_nothing(world, services, arrive):
    """Until somebody says when she left, the fee is that of the hour she was promised."""
    at = world.clock.now.replace(hour=14)
    arrive("周乐瑶", tariff=Tariff.TEMP_HALF_DAY, class_id=world.dragons, promised_at=at)
    arrive("张沐阳")
    tomorrow(world)
    owed = {one.stay.name: one.quote for one in listed(world, services)}
    assert owed["周乐瑶"].total == Money(9500)
    assert owed["张沐阳"] is None


def test_what_she_brought_along_is_still_to_be_answered_for(world, services, arrive):
    arrive("张沐阳", belongings="水杯、外套")
    tomorrow(world)
    (one,) = listed(world, services)
    assert [paper.words for paper in one.papers] == ["水杯", "外套"]
    assert {adult.name for adult in one.adults} == {"张母", "张外人"}
    assert one.since_barred == frozenset(), "he was barred when she came"


def test_who_was_barred_on_the_day_after_may_have_taken_her_then(world, services, arrive):
    arrive("张沐阳")
    tomorrow(world)
    child, mother = world.children["张沐阳"], world.adults["张母"]
    with world.database.unit(None, "court_order") as unit:
        people.end_tie(unit, child, mother)
        people.add_tie(unit, child, mother, Tie("妈妈", barred=True))
        unit.audit("adult", mother)
    (one,) = listed(world, services)
    assert one.since_barred == {mother}
