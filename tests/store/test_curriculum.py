"""Own activities and plans of weeks as rows: superseded, never overwritten."""

import datetime as dt

from app.domain.curriculum import Activity, Area
from app.store import curriculum
from app.store.curriculum import Item
from tests.services.world import make_world

MONDAY = dt.date(2025, 12, 1)
OWN = Activity("贴窗花", "", "", (Area.MOTOR, Area.HABIT), 24, 36)


def test_an_activity_comes_back_as_it_was_kept(tmp_path):
    world = make_world(tmp_path)
    with world.database.unit(world.teacher.id, "x") as unit:
        key = curriculum.add_activity(unit, OWN)
        unit.audit("activity", key)
    assert [(one.name, one.areas, one.id) for one in curriculum.list_activities(world.database)] == [
        (OWN.name, OWN.areas, key)
    ]
    with world.database.unit(world.teacher.id, "x") as unit:
        curriculum.end_activity(unit, key)
        unit.audit("activity", key)
    assert curriculum.list_activities(world.database) == ()
    found = curriculum.find_activity(world.database, key)
    assert found is not None
    assert not found[1]
    assert curriculum.find_activity(world.database, 99) is None
    world.database.close()


def test_a_week_taken_back_lets_the_one_before_hold_again(tmp_path):
    world = make_world(tmp_path)
    items = (Item(MONDAY, 600, "绘本"), Item(MONDAY, 960, "户外"))
    with world.database.unit(world.teacher.id, "x") as unit:
        first = curriculum.add_week(unit, world.dragons, MONDAY, "甲", "", None)
        second = curriculum.add_week(unit, world.dragons, MONDAY, "乙", "", first)
        curriculum.add_items(unit, second, "before", items[:1])
        curriculum.add_items(unit, second, "after", items)
        unit.audit("week_plan", second)
    assert curriculum.find_week(world.database, world.dragons, MONDAY).theme == "乙"
    assert curriculum.list_items(world.database, second, "before") == items[:1]
    assert curriculum.list_items(world.database, second, "after") == items
    with world.database.unit(world.teacher.id, "x") as unit:
        curriculum.undo_week(unit, curriculum.find_plan(unit, second))
        unit.audit("week_plan", second)
    assert curriculum.find_week(world.database, world.dragons, MONDAY).id == first
    assert curriculum.find_week(world.database, world.stars, MONDAY) is None
    world.database.close()
