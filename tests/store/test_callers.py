"""What the file tells of a caller."""

import datetime as dt

import pytest

from app.domain.callers import Way
from app.domain.joining import Side
from app.services.bundle import build
from app.services.record_values import apply
from app.store import callers, people, record_acts
from app.store.record_acts import Change
from tests.services.world import add_adult, add_child


def test_each_change_of_the_number_is_told_with_who_made_it(world):
    child, mother = world.children["张沐阳"], world.adults["张母"]
    made = world.clock.now
    for verb, actor, before, after in (
        ("change_adult", world.desk, "13700002233", "13900007777"),
        ("undo_record", world.director, "13900007777", "13700002233"),
    ):
        world.clock.now += dt.timedelta(hours=1)
        with world.database.unit(actor.id, verb) as unit:
            act = record_acts.add_act(unit, "child", child, verb)
            apply(unit, act, Change("adult", mother, "phone", before, after))
            unit.audit("adult", mother)
    told = callers.read_history(world.database, child, mother)
    assert [(one.way, one.by) for one in told.numbers] == [
        (Way.CAME, ""),
        (Way.CHANGED, world.desk.name),
        (Way.UNDONE, world.director.name),
    ]
    assert told.child_since == made
    assert [span.guards for span in told.spans] == [True]
    hour = dt.timedelta(hours=1)
    asked = [callers.find_number_at(world.database, mother, made + n * hour) for n in (0, 1, 2, 3)]
    assert asked == ["13700002233", "13700002233", "13900007777", None]


def test_a_vouch_is_told_with_the_moment_its_act_was_taken_back(world):
    child, mother = world.children["张沐阳"], world.adults["张母"]
    with world.database.unit(world.director.id, "add_grant") as unit:
        act = record_acts.add_act(unit, "child", child, "园长担保")
        callers.vouch(unit, act, mother, "核实")
        unit.audit("adult", mother)
    (told,) = callers.read_history(world.database, child, mother).vouches
    assert (told.at, told.child, told.act, told.ended_at) == (world.clock.now, child, act, None)
    with world.database.unit(world.desk.id, "undo_record") as unit:
        record_acts.end_act(unit, act)
        unit.audit("adult", mother)
    (told,) = callers.read_history(world.database, child, mother).vouches
    assert told.ended_at == world.clock.now


def test_who_is_barred_guards_nobody(world):
    child = world.children["张沐阳"]
    with world.database.unit(None, "x") as unit:
        father = add_adult(unit, world, child, "张父", "爸爸", "13900001111")
        people.end_tie(unit, child, father)
        people.add_tie(unit, child, father, people.Tie("爸爸", is_guardian=True, barred=True))
        unit.audit("child", child)
    told = callers.read_history(world.database, child, father)
    assert [(span.guards, span.ended_at is None) for span in told.spans] == [(False, False), (False, True)]


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def known(world, child, tie):
    """张妈, of one child."""
    with world.database.unit(None, "known") as unit:
        key = add_adult(unit, world, child, "张妈", "妈妈", "13900007777")
        unit.execute("delete from child_adult where adult_id = :key", {"key": key})
        people.add_tie(unit, child, key, tie)
        unit.audit("child", child)
    return key


def numbers(world, child, adult):
    return [(one.way, one.by) for one in callers.read_history(world.database, child, adult).numbers]


def moves(world, child, adult):
    return [(one.event.way, one.event.by) for one in callers.read_history(world.database, child, adult).moves]


def test_parting_two_adults_is_told_of_both_numbers_though_none_was_chosen(world, services):
    child, mother = world.children["张沐阳"], world.adults["张母"]
    twin = known(world, child, people.Tie("妈妈", may_collect=True))
    done = services.merging.merge_adults(world.desk, child, mother, twin)
    assert numbers(world, child, mother) == [(Way.CAME, "")]
    services.undo(world.director, done.undo)
    for adult in (mother, twin):
        assert numbers(world, child, adult) == [(Way.CAME, ""), (Way.PARTED, world.director.name)]
    assert (moves(world, child, mother), moves(world, child, twin)) == (
        [],
        [(Way.PARTED, world.director.name)] * 2,  # her row had ended, and had gone along
    )


def test_a_row_that_goes_along_with_an_adult_is_told_as_moved(world, services):
    child, mother, sister = world.children["张沐阳"], world.adults["张母"], world.children["周乐瑶"]
    twin = known(world, sister, people.Tie("妈妈", may_collect=True))
    with world.database.unit(None, "known") as unit:
        people.add_tie(unit, child, twin, people.Tie("妈妈", may_collect=True))
        unit.audit("child", child)
    said = {f"rights.{sister}": Side.MERGED}
    services.merging.merge_adults(world.desk, child, mother, twin, said)
    assert moves(world, sister, mother) == [(Way.JOINED, world.desk.name)]


def test_parting_two_children_is_told_of_the_row_and_not_of_the_number(world, services):
    child = world.children["张沐阳"]
    with world.database.unit(None, "twin") as unit:
        twin = add_child(unit, world, "张沐洋", dt.date(2023, 6, 1))
        unit.audit("child", twin)
    adult = known(world, twin, people.Tie("妈妈"))
    mother = world.adults["张母"]
    assert mother == child, "keys of children and adults are apart"
    done = services.merging.merge_children(world.desk, child, twin)
    assert moves(world, child, adult) == [(Way.JOINED, world.desk.name)]
    services.undo(world.director, done.undo)
    assert moves(world, twin, adult) == [(Way.PARTED, world.director.name)]
    assert numbers(world, child, mother) == [(Way.CAME, "")]
