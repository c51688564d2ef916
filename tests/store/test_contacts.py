"""Calls are only ever added: what was noted by mistake is taken back by another row."""

import sqlite3

import pytest

from app.store import contacts
from app.store.contacts import NewContact
from tests.services.world import DAY, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def note(world, **more):
    new = NewContact(world.children["周乐瑶"], "pickup", DAY, "妈妈 周母", **more)
    with world.database.unit(world.desk.id, "contact") as unit:
        key = contacts.add_contact(unit, new)
        unit.audit("contact", key)
    return key


def test_a_call_is_taken_back_once_and_stays_on_file(world):
    key = note(world, words="路上")
    kept = contacts.find_contact(world.database, key)
    assert (kept.whom, kept.words, kept.staff_name, kept.reached) == ("妈妈 周母", "路上", "林晓", True)
    with world.database.unit(world.desk.id, "undo_contact") as unit:
        contacts.take_back(unit, kept, DAY)
        unit.audit("contact", key)
    assert contacts.find_contact(world.database, key) is None
    assert world.database.row("select count(*) as heads from contact")["heads"] == 2
    with (
        pytest.raises(sqlite3.IntegrityError),
        world.database.unit(world.desk.id, "undo_contact") as unit,
    ):
        contacts.take_back(unit, kept, DAY)


def test_calls_of_a_stay_come_latest_first_and_those_of_others_not_at_all(world):
    note(world)
    assert contacts.list_of_visit(world.database, 1) == ()
    assert contacts.list_reminders(world.database, DAY) == {}
