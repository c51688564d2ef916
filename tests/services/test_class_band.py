"""The band above a class: heads, who looks after them, the last count, wishes nobody has read, the alarm."""

import datetime as dt

import pytest

from app.domain.ids import ClassId
from app.domain.instructions import Category, NewInstruction, Way
from app.domain.modes import CareMode
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.classroom import UnknownClassError
from app.store import children
from app.store.children import Enrolment
from tests.services.world import DAY, add_child


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visits(services, world):
    def came(name):
        return services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit

    return {name: came(name) for name in ("张沐阳", "周乐瑶", "曾雨桐")}


@pytest.fixture
def band(services, world):
    return lambda actor=world.teacher: services.classes.band.of(actor, world.dragons)


def baby(world, services, name):
    with world.database.unit(None, "baby") as unit:
        child = add_child(unit, world, name, dt.date(2025, 3, 1))
        since = dt.date(2025, 9, 1)
        children.add_enrolment(
            unit, Enrolment(child, world.stars, CareMode.FULL_DAY, None, "12345", 500, 1040, since)
        )
    services.arrivals.check_in(world.desk, CheckIn(child))


def test_an_empty_class_without_carers_is_no_alarm_and_the_first_child_makes_it_one(world, services, band):
    world.clock.at(18, 30)  # after the last shift of the rota
    empty = band()
    assert (empty.here, empty.present, empty.alarm) == ((), 0, "")
    services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], class_reason="晚接"))
    assert band().alarm == "抱抱龙班无人照看！请马上派老师过去"


def test_it_counts_its_own_children_and_says_who_of_them_is_outside(world, services, visits, band):
    assert band().heads_words == "在园 2 人"
    world.clock.at(10)
    services.classes.walks.start(world.teacher, "户外活动场", [visits["张沐阳"]], [world.teacher.id])
    assert band().heads_words == "在园 2 人，户外 1"
    assert [one.name for one in band().here if one.outside] == ["许静"]


def test_a_count_that_did_not_agree_is_told_with_what_was_expected(world, services, visits, band):
    assert band().count_words == "今天还没有清点"
    world.clock.at(9, 30)
    services.classes.counts.close(world.teacher, world.dragons, [visits["张沐阳"]], reason="乐瑶在保健室")
    assert band().count_words == "09:30 清点 1 人（应到 2） 许静"
    services.classes.counts.close(world.teacher, world.dragons, [visits["张沐阳"], visits["周乐瑶"]])
    assert band().count_words == "09:30 清点 2 人 许静"


def test_wishes_are_of_those_inside_and_unread_by_whoever_looks(world, services, visits, band):
    for name in ("张沐阳", "曾雨桐", "马思睿"):  # in the class, in another class, not here today
        new = NewInstruction(world.children[name], Category.MEAL, "不吃虾", "妈妈", Way.DOOR, DAY, DAY)
        services.classes.instructions.add(world.desk, new)
    assert (band().wishes, band().unread) == (1, 1)
    (own,) = services.classes.instructions.for_child(world.teacher, world.children["张沐阳"])
    services.classes.instructions.acknowledge(world.teacher, [own.instruction.id])
    assert (band().wishes, band().unread) == (1, 0)
    assert band(world.director).unread == 1, "what a colleague has read she has not"


def test_a_class_that_is_not_open_is_refused(world, services):
    with pytest.raises(UnknownClassError):
        services.classes.band.of(world.teacher, ClassId(99))


def test_the_fourth_infant_with_one_carer_is_told_by_number(world, services, visits):
    """58号文 Art 20: one carer for three infants."""
    for at in range(2):
        baby(world, services, f"小宝{at}")
    three = services.classes.band.of(world.teacher, world.stars)
    assert (three.present, three.needed, three.alarm) == (3, 1, "")
    baby(world, services, "小宝四")
    four = services.classes.band.of(world.teacher, world.stars)
    assert (four.needed, four.alarm) == (2, "小星星班缺 1 名保育人员")
