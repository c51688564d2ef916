from app.services.arrivals import Arrivals, CheckIn
from app.store import walks
from app.store.walks import Member
from tests.services.world import DAY, make_world


def test_a_walk_is_open_until_it_ends_and_never_deleted(tmp_path):
    world = make_world(tmp_path)
    database, staff = world.database, world.teacher.id
    arrivals = Arrivals(database, world.clock, world.rng)
    visit = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    with database.unit(staff, "walk") as unit:
        key = walks.add(unit, DAY, "院子", staff)
        walks.add_member(unit, key, Member(visit, None, world.dragons, "张沐阳"))
        walks.add_member(unit, key, Member(None, staff, world.dragons, "许静"))
        unit.audit("walk", key)
    (out,) = walks.list_open(database)
    assert ([one.name for one in out.children], [one.name for one in out.carers]) == (["张沐阳"], ["许静"])
    with database.unit(staff, "walk") as unit:
        assert walks.end(unit, key, staff)
        assert not walks.end(unit, key, staff)
        assert not walks.reverse(unit, key, staff), "what is over is not taken back whole"
        assert walks.reopen(unit, key)
        assert not walks.reopen(unit, key)
        assert walks.reverse(unit, key, staff)
        unit.audit("walk", key)
    assert walks.list_open(database) == walks.list_day(database, DAY) == ()
    assert database.row("select count(*) as rows from walk_member")["rows"] == 2
    database.close()
