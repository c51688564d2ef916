"""Injuries, cases and register lines as kept: versions, additions, and what a query must not miss."""

import datetime as dt

import pytest

from app.domain.ids import InjuryId
from app.store import illness, injuries, registers
from app.store.illness import NewCase
from app.store.injuries import Addition, NewInjury
from app.store.registers import NewEntry
from tests.services.world import DAY, make_world

STAFF = 2


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def form(world, story="摔倒"):
    return NewInjury(
        world.children["张沐阳"], world.dragons, "抱抱龙", DAY, 530, STAFF, "2", "", None, "2", "1", "1", "1",
        ("wash",), ("front.chin", "front.nose"), story,
    )  # fmt: skip


def test_a_corrected_form_keeps_its_key_and_its_additions(world):
    with world.database.unit(STAFF, "note") as unit:
        key = injuries.add_injury(unit, form(world), STAFF)
        injuries.add_addition(unit, key, Addition("told", "", "妈妈", "phone", unit.at), STAFF)
        injuries.add_addition(unit, key, Addition("signed", version=1), STAFF)
        unit.audit("injury", key)
    assert injuries.find_injury(world.database, key).done
    with world.database.unit(STAFF, "correct") as unit:
        kept = injuries.find_injury(unit, key)
        assert injuries.add_injury(unit, form(world, "改过"), STAFF, kept) == key
        unit.audit("injury", key)
    now = injuries.find_injury(world.database, key)
    assert (now.told.story, now.told.regions, now.version) == ("改过", ("front.chin", "front.nose"), 2)
    assert now.telling is not None
    assert now.signature is None
    assert [one.id for one in injuries.list_undone(world.database)] == [key]
    assert len(injuries.list_injuries(world.database, DAY, DAY)) == 1
    assert len(injuries.list_injuries_of(world.database, world.children["张沐阳"])) == 1
    with world.database.unit(STAFF, "end") as unit:
        injuries.end_injury(unit, now)
        unit.audit("injury", key)
    assert injuries.find_injury(world.database, key) is None
    assert injuries.find_injury(world.database, InjuryId(99)) is None
    assert injuries.list_undone(world.database) == ()


def test_every_child_s_name_is_known_to_who_hides_them(world):
    assert {name for _, name, _ in injuries.list_names(world.database)} >= {"张沐阳", "周乐瑶"}


def test_the_door_looks_closer_only_where_something_is(world):
    child = world.children["张沐阳"]
    since = DAY - dt.timedelta(days=14)
    assert not illness.is_doubtful(world.database, child, since, 373)
    with world.database.unit(STAFF, "note") as unit:
        key = illness.add_case(unit, NewCase(child, None, "", "hfmd", DAY, DAY), STAFF)
        unit.audit("illness", key)
    assert illness.is_doubtful(world.database, child, since, 373)
    assert not illness.is_doubtful(world.database, world.children["周乐瑶"], since, 373)
    with world.database.unit(STAFF, "undo") as unit:
        illness.undo_case(unit, illness.find_case(unit, key))
        unit.audit("illness", key)
    assert not illness.is_doubtful(world.database, child, since, 373)
    assert illness.find_case(world.database, key) is None


def test_a_child_s_class_is_that_of_her_contract_until_she_came(world):
    assert illness.find_class_on(world.database, world.children["张沐阳"], DAY) == (world.dragons, "抱抱龙")
    assert illness.find_class_on(world.database, 999, DAY) == (None, "")
    assert illness.find_first_day(world.database, 5) is None
    assert not illness.has_come_since(world.database, world.children["张沐阳"], DAY)


def test_a_line_is_ended_and_stands_again(world):
    with world.database.unit(STAFF, "keep") as unit:
        key = registers.add_entry(unit, NewEntry("x", DAY, world.dragons, (("a", "1"),), open=True), STAFF)
        unit.audit("register", key)
    assert registers.find_entry(world.database, key).answer("a") == "1"
    assert registers.find_entry(world.database, key).answer("b") == ""
    assert [one.id for one in registers.list_open(world.database)] == [key]
    with world.database.unit(STAFF, "end") as unit:
        assert registers.end_entry(unit, key, STAFF)
        assert not registers.end_entry(unit, key, STAFF)
        unit.audit("register", key)
    assert registers.find_entry(world.database, key) is None
    assert registers.find_entry(world.database, key, ended=True) is not None
    with world.database.unit(STAFF, "reopen") as unit:
        assert registers.reopen(unit, key)
        assert not registers.reopen(unit, key)
        unit.audit("register", key)
    assert len(registers.list_entries(world.database, "x", DAY, DAY, world.dragons)) == 1
    assert registers.list_entries(world.database, "x", DAY, DAY, world.stars) == ()
