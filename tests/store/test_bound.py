"""What hangs on a record is asked of the schema: of tables nobody has thought of, too."""

import datetime as dt
import sqlite3

import pytest

from app.store import children, people
from app.store.bound import list_bound
from app.store.database import Database
from tests.services.world import StoppedClock, add_adult, add_child, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def new_child(world):
    with world.database.unit(None, "add_child") as unit:
        child = add_child(unit, world, "新来", dt.date(2023, 8, 1), allergies=("虾",))
        add_adult(unit, world, child, "新母", "妈妈", "13911110001", is_guardian=True)
        unit.audit("child", child)
    return child


def bound(world, child):
    return list_bound(world.database, world.database, [child]).get(child, frozenset())


def test_what_came_with_the_record_is_nothing(world):
    child = new_child(world)
    assert bound(world, child) == frozenset()
    world.clock.now += dt.timedelta(minutes=1)
    with world.database.unit(None, "test") as unit:
        add_adult(unit, world, child, "王奶奶", "奶奶", "13911110002")
        children.answer_allergy(unit, child, "has", ("虾", "蛋"))
        unit.audit("child", child)
    assert bound(world, child) == {"child_adult", "child_allergy"}


def test_what_was_taken_back_is_nothing(world):
    child = new_child(world)
    with world.database.unit(world.desk.id, "test") as unit:
        key = unit.insert(
            "absence",
            {"child_id": child, "day": "2025-12-03", "kind": "sick", "noted_by": world.desk.id,
             "noted_at": unit.stamp},
        )  # fmt: skip
        unit.audit("absence", key)
    assert bound(world, child) == {"absence"}
    with world.database.unit(world.desk.id, "test") as unit:
        unit.execute("update absence set undone_at = :at where id = :id", {"at": unit.stamp, "id": key})
        unit.audit("absence", key)
    assert bound(world, child) == frozenset()


def test_a_merged_record_and_a_photo_speak_of_her(world):
    child = new_child(world)
    with world.database.unit(None, "test") as unit:
        unit.insert(
            "photo",
            {"subject": "child", "subject_id": child, "jpeg": b"x" * 200, "added_at": unit.stamp},
        )
        other = world.children["周乐瑶"]
        unit.execute("update child set superseded_by = :one where id = :id", {"one": child, "id": other})
        unit.audit("child", child)
    assert bound(world, child) == {"child", "record_act"}


def test_a_table_of_tomorrow_cannot_be_forgotten(tmp_path):
    world = make_world(tmp_path)
    child = new_child(world)
    world.database.close()
    path = tmp_path / "centre.sqlite3"
    with sqlite3.connect(path) as file:
        file.execute(
            "create table tomorrow"
            " (id integer primary key, whom integer references child (id), undone_at text)"
        )
        file.execute("insert into tomorrow (whom) values (?)", (child,))
    file.close()
    database = Database.open(path, clock=StoppedClock())
    assert list_bound(database, database, [child]) == {child: {"tomorrow"}}
    assert people.list_adults(database, child, dt.date(2025, 12, 3))
    database.close()
