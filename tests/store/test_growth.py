"""Measures as they lie in the file: one a day holds, what it replaced stays and can hold again."""

import sqlite3

import pytest

from app.domain.growth import Indicator, Score
from app.domain.growth_entry import Measures
from app.store import growth
from app.store.growth import NewMeasure
from tests.services.world import DAY, make_world

SCORES = (Score(Indicator.WEIGHT, 0.1234567, False, "中"), Score(Indicator.WEIGHT, 0.5, True, "中"))


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def add(world, grams, replaces=None):
    new = NewMeasure(world.children["张沐阳"], DAY, Measures(grams), lying=False, replaces=replaces)
    with world.database.unit(world.teacher.id, "measure") as unit:
        key = growth.add_measure(unit, new, world.teacher.id, "WHO 2006", SCORES)
        unit.audit("growth_measure", key)
    return key


def test_a_measure_comes_back_as_it_was_kept(world):
    found = growth.find_measure(world.database, add(world, 12350))
    assert (found.taken, found.day, found.by, found.standard) == (Measures(12350), DAY, "许静", "WHO 2006")
    assert found.scores == SCORES


def test_a_day_has_one_that_holds(world):
    first = add(world, 12350)
    with pytest.raises(sqlite3.IntegrityError):
        add(world, 12400)
    second = add(world, 12400, replaces=first)
    assert growth.find_measure(world.database, first) is None
    kept = growth.find_measure(world.database, second)
    with world.database.unit(world.teacher.id, "undo_measure") as unit:
        growth.reverse_measure(unit, kept, world.teacher.id)
        unit.audit("growth_measure", second)
    assert [one.id for one in growth.list_of_child(world.database, world.children["张沐阳"])] == [first]
    assert [one.id for one in growth.list_since(world.database, DAY, DAY)] == [first]
