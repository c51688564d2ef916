"""A tick is one doing with its hour: when one touch counts as another time, and what no cell can hold."""

import datetime as dt

import pytest

from app.domain.registers import RegisterError
from app.services.bundle import build
from app.services.register_grid import hour_of
from app.services.register_ticks import Ticks
from app.store import health_rules
from tests.services.world import DAY

BEFORE = DAY - dt.timedelta(days=1)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def ticks(world):
    return Ticks(world.database, world.clock)


@pytest.fixture
def cell(world, services):
    def of(item="air", day=DAY):
        view = services.health.registers.month(world.teacher, "disinfection", "2025-12", world.dragons)
        return [hour_of(one) for one in view.grid.ticks.get((item, day), ())]

    return of


def key(world, item="air", day=DAY):
    return world.teacher, "disinfection", world.dragons, day, item


def touch(ticks, world, day=DAY):
    return ticks.tick_day(world.teacher, "disinfection", world.dragons, day)


def test_half_an_hour_after_the_last_time_one_touch_counts_as_another(world, ticks, cell):
    touch(ticks, world)
    world.clock.at(9, 41)
    with pytest.raises(RegisterError, match="隔 30 分钟"):
        touch(ticks, world)
    world.clock.at(9, 42)
    touch(ticks, world)
    assert cell() == ["09:12", "09:42"]


def test_just_after_midnight_nothing_of_the_day_is_half_an_hour_old(world, ticks):
    world.clock.at(0, 5)
    ticks.tick(*key(world))
    world.clock.at(0, 20)
    count = touch(ticks, world).value
    together = [one for one in health_rules.register("disinfection", DAY).items if one.together]
    assert count == len(together) - 1


def test_a_day_that_is_over_is_ticked_as_often_as_it_was_due_and_no_more(world, ticks, cell):
    due = [one.times for one in health_rules.register("disinfection", BEFORE).items if one.together]
    assert sum(touch(ticks, world, BEFORE).value for _ in range(max(due))) == sum(due)
    with pytest.raises(RegisterError, match="现在都记好了"):
        touch(ticks, world, BEFORE)
    assert set(cell("air", BEFORE)) == {""}, "of a day that is over nobody knows the hour"


def test_a_key_that_is_held_down_fills_no_cell(world, ticks, cell):
    for minute in range(12):
        ticks.keep(*key(world), {"at": f"8:{30 + minute}"})
    with pytest.raises(RegisterError, match="最多记 12 次"):
        ticks.keep(*key(world), {"at": "9:01"})
    assert len(cell()) == 12


def test_the_last_tick_is_taken_off_and_stays_on_file(world, ticks, cell):
    ticks.tick(*key(world))
    world.clock.at(10)
    ticks.tick(*key(world))
    done = ticks.untick(*key(world))
    assert cell() == ["09:12"]
    assert done.undo.label.endswith("通风 取消")
    rows = world.database.rows("select ended_at from register_entry order by id")
    assert [row["ended_at"] is None for row in rows] == [True, False]


def test_mending_a_tick_into_itself_is_no_change_and_its_own_hour_is_no_other_tick(world, ticks, cell):
    first = ticks.keep(*key(world), {"at": "8:05", "minutes": "30"}).value
    with pytest.raises(RegisterError, match="和原来一样"):
        ticks.keep(*key(world), {"at": "8:05", "minutes": "30"}, first)
    done = ticks.keep(*key(world), {"at": "8:05", "minutes": "45"}, first)
    assert done.undo.label.endswith("更正")
    assert cell() == ["08:05"]


def test_the_minute_that_runs_can_be_written_and_the_next_cannot(world, ticks):
    ticks.keep(*key(world), {"at": "9:12"})
    with pytest.raises(RegisterError, match="还没有到") as refused:
        ticks.keep(*key(world, "floor"), {"at": "9:13"})
    assert refused.value.field == "at"
    ticks.keep(*key(world, "floor", BEFORE), {"at": "17:40"})
