"""The paper of a roll call and of who is inside: who was not found stands out, and whom to ring is whole."""

import dataclasses

import pytest

from app.domain.rollcall import CallKind, Contact
from app.domain.seals import SealKind, read_seal
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.numbers import roll_call_number
from app.services.roll import make_roll
from app.services.roll_papers import freeze_call, freeze_inside
from app.store import rollcall
from tests.services.world import DAY, KEY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def arrive(world, services):
    def come(name):
        return services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit

    return come


@pytest.fixture
def call(world, services, arrive):
    arrive("张沐阳")
    arrive("周乐瑶")
    return services.rollcall.start(world.desk, CallKind.REAL, "火灾").value


def paper(world, call):
    kept = rollcall.find_call(world.database, call)
    heads = make_roll(world.database, world.clock.now, kept).heads
    return freeze_call(world.database, kept, heads, "林晓", world.clock.now)


def children(frozen):
    return {one.name: one for group in frozen.classes for one in group.heads}


def test_who_was_not_found_stands_out_and_children_are_counted_apart_from_staff(world, services, call):
    frozen = paper(world, call)
    assert (frozen.children, frozen.staff) == (2, 6)
    assert (frozen.real, frozen.plan, frozen.practice) == (True, "火灾", True)
    assert children(frozen)["张沐阳"].missing
    services.rollcall.mark_class(world.desk, call, world.dragons)
    found = children(paper(world, call))
    assert (found["张沐阳"].missing, found["张沐阳"].state, found["张沐阳"].by) == (False, "安全", "林晓")
    assert found["周敏"].missing


def test_who_comes_in_after_the_call_began_is_noted_as_such(world, services, call, arrive):
    world.clock.at(9, 15)
    arrive("曾雨桐")
    found = children(paper(world, call))
    assert found["曾雨桐"].note == "点名开始后入园"
    assert found["张沐阳"].note == ""


def test_the_seal_is_of_this_call_and_no_other(world, call):
    frozen = paper(world, call)
    assert frozen.number == roll_call_number(DAY, call)
    told = read_seal(KEY, frozen.seal)
    assert (told.kind, told.number) == (SealKind.ROLL_CALL, frozen.number)


def test_before_a_burning_house_three_numbers_are_enough_and_each_is_whole(world, arrive):
    arrive("张沐阳")
    roll = make_roll(world.database, world.clock.now, None)
    four = tuple(Contact(f"家人{at}", "", f"1370000223{at}") for at in range(4))
    groups = tuple(
        dataclasses.replace(
            group,
            heads=tuple(
                dataclasses.replace(head, contacts=four) if head.is_child else head for head in group.heads
            ),
        )
        for group in roll.groups
    )
    frozen = freeze_inside(world.database, dataclasses.replace(roll, groups=groups))
    (child,) = frozen.classes[0].children
    assert child.contacts == ("家人0 137 0000 2230", "家人1 137 0000 2231", "家人2 137 0000 2232")
    assert (child.allergy, frozen.classes[0].carers) == ("花生", ("许静", "孟佳"))


def test_nobody_inside_is_a_list_of_staff_alone(world):
    frozen = freeze_inside(world.database, make_roll(world.database, world.clock.now, None))
    assert frozen.classes == ()
    assert len(frozen.others) == 6
    assert "带班老师 许静" in frozen.others
