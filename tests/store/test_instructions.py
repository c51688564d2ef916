import datetime as dt

from app.domain.instructions import Category, NewInstruction, Way
from app.domain.logbook import MealSlot
from app.store import instructions
from tests.services.world import DAY, make_world


def test_what_runs_on_a_day_is_found_with_slots_and_readers(tmp_path):
    world = make_world(tmp_path)
    database, child = world.database, world.children["张沐阳"]
    slots = (MealSlot.LUNCH, MealSlot.DINNER)
    new = NewInstruction(child, Category.MEAL, "不吃虾", "妈妈", Way.PHONE, DAY, DAY, slots)
    with database.unit(world.desk.id, "wish") as unit:
        key = instructions.add(unit, new, world.desk.id)
        assert instructions.add_read(unit, key, world.teacher.id)
        assert not instructions.add_read(unit, key, world.teacher.id)
        unit.audit("instruction", key)
    (kept,) = instructions.list_running(database, DAY)
    assert (kept.slots, kept.read_by, kept.readers) == (slots, ("许静",), (world.teacher.id,))
    assert instructions.list_running(database, DAY + dt.timedelta(days=1)) == ()
    with database.unit(world.desk.id, "wish") as unit:
        assert instructions.end(unit, key, "好了", world.desk.id)
        assert not instructions.end(unit, key, "好了", world.desk.id)
        unit.audit("instruction", key)
    assert instructions.list_running(database, DAY) == ()
    assert instructions.find(database, key).ended_by == "林晓"
    database.close()
