from app.services.arrivals import Arrivals, CheckIn
from app.store import day_moves, visits
from tests.services.world import make_world


def test_a_move_changes_the_stay_keeps_where_it_was_and_goes_back_once(tmp_path):
    world = make_world(tmp_path)
    database = world.database
    arrivals = Arrivals(database, world.clock, world.rng)
    visit = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    with database.unit(world.teacher.id, "move") as unit:
        batch = day_moves.next_batch(unit)
        assert day_moves.add(unit, batch, visit, world.dragons, world.stars, "并班", world.teacher.id)
        assert not day_moves.add(unit, batch, visit, world.dragons, world.stars, "并班", world.teacher.id)
        assert day_moves.next_batch(unit) == batch + 1
        unit.audit("visit", visit)
    assert visits.find_visit(database, visit).class_id == world.stars
    (move,) = day_moves.list_batch(database, batch)
    assert (move.from_name, move.to_name) == ("抱抱龙", "小星星")
    with database.unit(world.teacher.id, "back") as unit:
        assert day_moves.reverse(unit, move, world.teacher.id)
        assert not day_moves.reverse(unit, move, world.teacher.id)
        unit.audit("visit", visit)
    assert visits.find_visit(database, visit).class_id == world.dragons
    assert day_moves.list_of_visit(database, visit) == ()
    database.close()
