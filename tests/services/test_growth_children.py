"""Who is measured: children under a contract on the day, with what their families said of the last checks."""

import datetime as dt

import pytest

from app.domain.modes import CareMode
from app.services.bundle import build
from app.services.growth_children import list_growing
from app.store import children
from app.store.children import Enrolment
from tests.services.world import DAY, add_child


@pytest.fixture
def enrol(world):
    def enrolled(name, mode, starts_on, ends_on=None):
        with world.database.unit(None, "enrol") as unit:
            child = add_child(unit, world, name, dt.date(2024, 2, 3))
            contract = Enrolment(child, world.dragons, mode, None, "12345", 500, 1040, starts_on, ends_on)
            children.add_enrolment(unit, contract)
        return child

    return enrolled


def names(world, day=DAY):
    return {one.name for one in list_growing(world.database, day)}


def test_a_contract_counts_from_its_first_to_its_last_day_and_a_guest_never(world, enrol):
    enrol("今来来", CareMode.FULL_DAY, DAY)
    enrol("明来来", CareMode.FULL_DAY, DAY + dt.timedelta(days=1))
    enrol("今走走", CareMode.FULL_DAY, dt.date(2025, 9, 1), DAY)
    enrol("昨走走", CareMode.FULL_DAY, dt.date(2025, 9, 1), DAY - dt.timedelta(days=1))
    enrol("临时托", CareMode.TEMPORARY, dt.date(2025, 9, 1))
    assert names(world) - {"张沐阳", "周乐瑶", "马思睿", "曾雨桐"} == {"今来来", "今走走"}


def test_they_stand_in_the_order_in_which_names_are_read(world):
    assert [one.name for one in list_growing(world.database, DAY)] == ["马思睿", "曾雨桐", "张沐阳", "周乐瑶"]


def test_what_nobody_said_is_unknown_and_what_was_said_is_told_by_check(world):
    child = next(one for one in list_growing(world.database, DAY) if one.name == "张沐阳")
    assert child.weeks is None
    assert {child.last_exam(item) for item in ("check", "blood", "hearing", "vision")} == {None}
    services = build(world.database, world.clock, world.rng)
    said = {"gestation": "34", "exam": "fit", "exam_on": "2025-11-02", "hearing_on": "2025-10-07"}
    services.record_keeping.change_child(world.director, child.id, said)
    child = next(one for one in list_growing(world.database, DAY) if one.name == "张沐阳")
    assert (child.weeks, child.exam) == (34, "fit")
    assert child.last_exam("check") == dt.date(2025, 11, 2)
    assert child.last_exam("hearing") == dt.date(2025, 10, 7)
    assert child.last_exam("vision") is None
