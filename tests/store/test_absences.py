"""Spells of absence as rows: their days, and what taking some of them back leaves."""

import datetime as dt

import pytest

from app.store import absences
from app.store.absences import NewSpell
from tests.services.world import DAY, make_world

DAYS = tuple(DAY + dt.timedelta(days=past) for past in range(3))


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def spell(world):
    with world.database.unit(world.desk.id, "note_spell") as unit:
        new = NewSpell(world.children["张沐阳"], "sick", DAYS[0], DAYS[-1], "发热", "医院")
        key = absences.add_spell(unit, new, DAYS, world.desk.id)
        unit.audit("absence", key)
    return key


def reverse(world, spell, since=dt.date.min):
    with world.database.unit(world.desk.id, "undo_spell") as unit:
        count = absences.reverse_spell(unit, spell, since)
        unit.audit("absence", spell)
    return count


def test_the_days_of_a_spell_carry_its_words(world, spell):
    child = world.children["张沐阳"]
    assert absences.noted_days(world.database, child, DAYS[0], DAYS[-1]) == frozenset(DAYS)
    away = absences.list_away_days(world.database, DAYS[1])[child]
    assert (away.since, away.words, away.unsaid, away.spell) == (DAY, "发热，医院", False, spell)
    assert absences.find_spell_on(world.database, child, DAYS[2]) == spell


def test_a_spell_ends_only_when_all_its_days_are_taken_back(world, spell):
    assert reverse(world, spell, DAYS[1]) == 2
    kept = absences.find_spell(world.database, spell)
    assert (kept.child, kept.child_name, kept.days) == (world.children["张沐阳"], "张沐阳", (DAY,))
    assert reverse(world, spell) == 1
    assert absences.find_spell(world.database, spell) is None
    assert reverse(world, spell) == 0
