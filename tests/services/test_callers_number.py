"""A guardian is known on the telephone by her number: no word of today makes another number hers."""

import datetime as dt

import pytest

from app.domain.grants import CallerError
from app.services.bundle import build
from app.services.grants import Call
from tests.services.world import add_adult

BARRED = "13511112222"


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def call(world, tail):
    child, mother = world.children["张沐阳"], world.adults["张母"]
    return Call((child,), mother, tail, "孙丽华", "姑姑", "13800009911")


def renumber(world, services, actor, phone):
    family = services.record_keeping.family
    return family.change_adult(actor, world.children["张沐阳"], world.adults["张母"], {"phone": phone})


def test_a_number_changed_today_by_the_desk_authorises_nobody_today(world, services):
    changed = renumber(world, services, world.desk, "13900007777")
    with pytest.raises(CallerError, match="今天刚改过"):
        services.grants.add(world.desk, call(world, "7777"))
    services.undo(world.desk, changed.undo)
    services.grants.add(world.desk, call(world, "2233"))
    renumber(world, services, world.desk, "13900007777")
    world.clock.now += dt.timedelta(days=1)
    services.grants.add(world.desk, call(world, "7777"))


def test_a_number_changed_by_the_director_holds_at_once(world, services):
    renumber(world, services, world.director, "13900007777")
    services.grants.add(world.desk, call(world, "7777"))


def test_a_number_that_is_a_barred_mans_too_speaks_for_nobody(world, services):
    """A couple may share it on file; on the telephone nobody knows which of them rings."""
    child = world.children["张沐阳"]
    with world.database.unit(None, "bar") as unit:
        add_adult(unit, world, child, "朱强", "舅舅", BARRED, barred=True)
        unit.audit("child", child)
    renumber(world, services, world.director, BARRED)
    with pytest.raises(CallerError, match="不能凭它授权"):
        services.grants.add(world.director, call(world, "2222"))
