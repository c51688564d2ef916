from app.services.arrivals import Arrivals, CheckIn
from app.store import belongings, releases
from app.store.releases import NewRelease
from tests.services.world import make_world


def test_what_was_given_back_comes_back_with_the_release_that_is_undone(tmp_path):
    world = make_world(tmp_path)
    database, staff, child = world.database, world.desk.id, world.children["张沐阳"]
    act = CheckIn(child, belongings="水杯、 外套，水杯")
    visit = Arrivals(database, world.clock, world.rng).check_in(world.desk, act).value.visit
    cup, coat = belongings.list_held(database, child)
    assert (cup.words, coat.words, cup.visit) == ("水杯", "外套", visit)
    with database.unit(staff, "x") as unit:
        release = releases.add_release(unit, NewRelease(visit, "known", "妈妈 张母", staff))
        belongings.note_returned(unit, cup.id, release)
        belongings.add_deferral(unit, release, child, "belonging", coat.id, "外套", "在晾")
        unit.audit("visit", visit)
    assert belongings.list_held(database, child) == (coat,)
    assert belongings.find_held(database, cup.id) is None
    deferral = belongings.list_deferrals(database, child)[0]
    assert (deferral.kind, deferral.subject, deferral.reason) == ("belonging", coat.id, "在晾")
    with database.unit(staff, "x") as unit:
        belongings.settle_deferrals(unit, "belonging", coat.id, release)
        unit.audit("visit", visit)
    assert belongings.list_deferrals(database, child) == ()
    assert belongings.list_settled_in(database, release, "belonging") == (coat.id,)
    with database.unit(staff, "x") as unit:
        releases.reverse_release(unit, release, staff)
        assert belongings.reverse_belonging(unit, coat.id)
        assert not belongings.reverse_belonging(unit, coat.id)
        unit.audit("visit", visit)
    assert belongings.list_held(database, child) == (cup,)
    assert belongings.list_deferrals(database, child) == ()
    assert releases.find_release_of_visit(database, visit) is None
    database.close()


def test_what_was_noted_in_the_course_of_a_stay_is_here_when_only_the_arrival_was_wrong(tmp_path):
    world = make_world(tmp_path)
    database, staff, child = world.database, world.desk.id, world.children["张沐阳"]
    arrivals = Arrivals(database, world.clock, world.rng)
    first = arrivals.check_in(world.desk, CheckIn(child, belongings="水杯")).value.visit
    world.clock.at(9, 20)
    with database.unit(staff, "x") as unit:
        belongings.add_belonging(unit, first, "外套", staff)
        unit.audit("visit", first)
    arrivals.undo_check_in(world.desk, first)
    assert belongings.list_held(database, child) == ()
    world.clock.at(9, 25)
    arrivals.check_in(world.desk, CheckIn(child, belongings="水杯"))
    assert sorted(one.words for one in belongings.list_held(database, child)) == ["外套", "水杯"]
    database.close()
