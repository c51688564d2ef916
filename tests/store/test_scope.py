"""Who belongs to a class on a day."""

import datetime as dt

import pytest

from app.domain.modes import CareMode
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.store import children, scope
from app.store.children import Enrolment
from tests.services.world import DAY, add_child, make_world


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


def test_who_is_under_contract_or_will_be_belongs_and_who_has_left_does_not(world):
    spans = {"安之": (dt.date(2024, 9, 1), DAY - dt.timedelta(days=1)), "白露": (DAY + dt.timedelta(9), None)}
    with world.database.unit(None, "test") as unit:
        for name, (start, end) in spans.items():
            child = add_child(unit, world, name, dt.date(2022, 1, 1))
            contract = Enrolment(child, world.stars, CareMode.FULL_DAY, None, "12345", 500, 1040, start, end)
            children.add_enrolment(unit, contract)
    found = scope.list_children_of(world.database, {world.stars}, DAY)
    assert found == {world.children["曾雨桐"], world.children["白露"]}
    assert scope.list_children_of(world.database, (), DAY) == frozenset()
    assert len(scope.list_children_of(world.database, {world.stars, world.dragons}, DAY)) == 5


def test_who_is_inside_is_told(world):
    child = world.children["张沐阳"]
    assert not scope.is_inside(world.database, child)
    services = build(world.database, world.clock, world.rng)
    services.arrivals.check_in(world.desk, CheckIn(child, check=MorningCheck(tenths=365)))
    assert scope.is_inside(world.database, child)
