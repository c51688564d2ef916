import datetime as dt

from app.domain.pins import Try
from app.store import pins
from tests.services.world import make_world


def test_one_current_pin_a_person_and_the_old_ones_stay_on_file(tmp_path):
    world = make_world(tmp_path)
    database, staff = world.database, world.desk.id
    for digit in "ab":
        with database.unit(staff, "pin") as unit:
            pins.add_pin(unit, staff, digit * 32, digit * 64, staff)
            unit.audit("staff", staff)
    assert pins.find_pin(database, staff).salt == "b" * 32
    assert pins.list_holders(database).keys() == {staff}
    with database.unit(staff, "pin") as unit:
        assert pins.end_pin(unit, staff)
        assert not pins.end_pin(unit, staff)
        unit.audit("staff", staff)
    assert pins.find_pin(database, staff) is None
    assert database.row("select count(*) as n from staff_pin")["n"] == 2
    database.close()


def test_the_tries_of_a_day_are_told_in_order(tmp_path):
    world = make_world(tmp_path)
    database, staff, now = world.database, world.desk.id, world.clock.now
    for good in (False, True):
        with database.unit(None, "try") as unit:
            pins.add_try(unit, staff, good=good)
            unit.audit("staff", staff)
    assert pins.list_tries(database, staff, now) == (Try(now, good=False), Try(now, good=True))
    assert pins.list_tries(database, world.teacher.id, now) == ()
    assert pins.list_tries(database, staff, now + dt.timedelta(days=2)) == ()
    database.close()


def choose(world, staff, by):
    with world.database.unit(by, "pin") as unit:
        pins.add_pin(unit, staff, "a" * 32, "b" * 64, by)
        unit.audit("staff", staff)
    at = world.clock.now
    world.clock.now += dt.timedelta(minutes=1)
    return at


def test_a_pin_is_as_old_as_the_first_that_led_to_it_by_her_own_hand(tmp_path):
    world = make_world(tmp_path)
    database, staff, other = world.database, world.desk.id, world.teacher.id
    assert pins.find_first(database, staff) is None
    foreign = choose(world, staff, other)
    assert pins.find_first(database, staff) == foreign
    own = choose(world, staff, staff)
    choose(world, staff, staff)
    assert pins.find_first(database, staff) == own, "what a colleague chose leads to nothing"
    with database.unit(staff, "pin") as unit:
        pins.end_pin(unit, staff)
        unit.audit("staff", staff)
    assert pins.find_first(database, staff) is None
    world.clock.now += dt.timedelta(minutes=1)
    anew = choose(world, staff, staff)
    assert pins.find_first(database, staff) == anew, "nor does one that was taken back"
    assert pins.list_held(database, own) == frozenset()
    assert pins.list_held(database, anew) == frozenset()
    assert pins.list_held(database, world.clock.now) == {staff}
    database.close()
