"""Cells with their old and new values."""

import datetime as dt

import pytest

from app.domain.ids import StaffId
from app.store import alterations
from app.store.alterations import Alteration, ChangedSinceError
from tests.services.world import make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def cells(database):
    return [tuple(row) for row in database.rows("select place, row_key, field, old, new from settings_cell")]


def test_only_what_differs_is_written(world):
    with world.database.unit(world.director.id, "test") as unit:
        alteration = Alteration(unit)
        alteration.change("class_group", world.dragons, name="抱抱龙", seats=19)
        assert alteration.touched
        key = alteration.keep("class", world.dragons, "托位 20 → 19", dt.date(2026, 1, 1))
        unit.audit("settings", key)
    assert cells(world.database) == [("class_group", str(world.dragons), "seats", "20", "19")]
    found = alterations.find_change(world.database, key)
    assert (found.words, found.valid_from, found.by, found.undone) == (
        "托位 20 → 19",
        dt.date(2026, 1, 1),
        "周敏",
        False,
    )
    assert alterations.last_change(world.database, "class", world.dragons) == key
    assert alterations.last_change(world.database, "class", 99) is None
    assert alterations.find_change(world.database, 99) is None


def test_numbers_come_back_as_numbers(world):
    with world.database.unit(world.director.id, "test") as unit:
        alteration = Alteration(unit)
        alteration.change("class_group", world.dragons, seats=19)
        key = alteration.keep("class", world.dragons, "托位")
        unit.audit("settings", key)
    with world.database.unit(world.director.id, "test") as unit:
        alterations.undo_change(unit, key, StaffId(4))
        unit.audit("settings", key)
    row = world.database.row(
        "select seats, typeof(seats) as kind from class_group where id = :id", {"id": world.dragons}
    )
    assert tuple(row) == (20, "integer")


def test_a_column_nobody_listed_cannot_be_changed(world):
    with world.database.unit(world.director.id, "test") as unit:
        alteration = Alteration(unit)
        for act in (
            lambda: alteration.change("centre", 1, seal_key="x"),
            lambda: alteration.change("visit", 1, day="x"),
        ):
            with pytest.raises((KeyError, IndexError)):
                act()
        with pytest.raises(LookupError):
            alteration.change("staff", 999, name="甲")
        unit.audit("settings", 1)


def test_what_was_written_since_stops_the_undo(world):
    with world.database.unit(world.director.id, "test") as unit:
        alteration = Alteration(unit)
        alteration.change("staff", world.desk.id, name="甲")
        key = alteration.keep("staff", world.desk.id, "姓名")
        unit.execute("update staff set name = '乙' where id = :id", {"id": world.desk.id})
        with pytest.raises(ChangedSinceError):
            alterations.undo_change(unit, key, StaffId(4))
        unit.audit("settings", key)
