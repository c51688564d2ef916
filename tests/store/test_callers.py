"""What the file tells of a caller."""

import datetime as dt

from app.domain.callers import Way
from app.services.record_values import apply
from app.store import callers, people, record_acts
from app.store.record_acts import Change
from tests.services.world import add_adult


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


def test_a_vouch_is_told_until_its_act_is_taken_back(world):
    child, mother = world.children["张沐阳"], world.adults["张母"]
    with world.database.unit(world.director.id, "add_grant") as unit:
        act = record_acts.add_act(unit, "child", child, "园长担保")
        callers.vouch(unit, act, mother, "核实")
        unit.audit("adult", mother)
    (told,) = callers.read_history(world.database, child, mother).vouches
    assert (told.at, told.child) == (world.clock.now, child)
    with world.database.unit(world.desk.id, "undo_record") as unit:
        record_acts.end_act(unit, act)
        unit.audit("adult", mother)
    assert callers.read_history(world.database, child, mother).vouches == ()


def test_who_is_barred_guards_nobody(world):
    child = world.children["张沐阳"]
    with world.database.unit(None, "x") as unit:
        father = add_adult(unit, world, child, "张父", "爸爸", "13900001111")
        people.end_tie(unit, child, father)
        people.add_tie(unit, child, father, people.Tie("爸爸", is_guardian=True, barred=True))
        unit.audit("child", child)
    told = callers.read_history(world.database, child, father)
    assert [(span.guards, span.ended_at is None) for span in told.spans] == [(False, False), (False, True)]
