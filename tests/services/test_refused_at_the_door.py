"""Whom the door took for a barred man stays so, whatever becomes of his record, until he is cleared."""

import pytest

from app.domain.joining import Side
from app.domain.records import RecordError
from app.services.alarms import BarredAlarmError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.pins import Second
from app.store import alarms, people
from tests.services.world import DAY, add_adult, own_pin


@pytest.fixture
def services(world):
    own_pin(world)
    world.clock.at(10)
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def child(world):
    return world.children["周乐瑶"]


@pytest.fixture
def father(world, child):
    """Barred from 周乐瑶."""
    return adult(world, child, "朱强", "爸爸", "13511112222", barred=True)


@pytest.fixture
def visit(world, services, child, father):
    return services.arrivals.check_in(world.desk, CheckIn(child)).value.visit


def adult(world, child, name, relation="舅舅", phone="13800002222", **more):
    with world.database.unit(None, "build") as unit:
        key = add_adult(unit, world, child, name, relation, phone, **more)
        unit.audit("child", child)
    return key


def stopped(world, services, visit, one):
    """The alarm that is raised when an adult on file comes for the child of a stay."""
    with pytest.raises(BarredAlarmError) as raised:
        services.pickup.check_out(world.desk, CheckOut(visit, one, "identity"))
    return raised.value.alarm


def decide(world, services, alarm, decision):
    second = Second(world.director.id, own_pin(world))
    services.alarms.decide(world.desk, alarm, decision, "问过妈妈", second)


def merge(world, services, child, kept, merged, **choices):
    chosen = {"name": Side.KEPT, "phone": Side.KEPT, **choices}
    return services.merging.merge_adults(world.desk, child, kept, merged, chosen)


# -- by a merging


@pytest.mark.parametrize("refused", [True, False])
def test_who_is_like_him_is_no_other_by_a_merging(world, services, child, visit, refused):
    kept, merged = adult(world, child, "李伟", phone="13800001111"), adult(world, child, "朱国强")
    if refused:
        decide(world, services, stopped(world, services, visit, merged), "refused")
    with pytest.raises(BarredAlarmError, match="舅舅 朱国强与其姓名只差一个字。不能登记为家人") as raised:
        merge(world, services, child, kept, merged)
    decide(world, services, raised.value.alarm, "cleared")
    merge(world, services, child, kept, merged)
    services.pickup.check_out(world.desk, CheckOut(visit, kept, "known"))


def test_a_clearance_goes_to_nobody_else_by_a_merging(world, services, child, visit):
    kept, merged = adult(world, child, "朱小强", phone="13800001111"), adult(world, child, "朱国强")
    decide(world, services, stopped(world, services, visit, kept), "refused")
    decide(world, services, stopped(world, services, visit, merged), "cleared")
    with pytest.raises(BarredAlarmError, match="朱小强"):
        merge(world, services, child, kept, merged)
    stopped(world, services, visit, kept)


def test_nor_while_his_own_alarm_waits_or_for_what_the_door_alone_asks(world, services, child, visit):
    """A number alone stops nobody from standing in the file; at the door it does."""
    kept = adult(world, child, "李伟", phone="13911112222")
    merged = adult(world, child, "王大", phone="13711112222")
    alarm = stopped(world, services, visit, kept)
    decide(world, services, stopped(world, services, visit, merged), "cleared")
    with pytest.raises(BarredAlarmError, match="李伟与其手机尾号相同") as raised:
        merge(world, services, child, kept, merged)
    decide(world, services, alarm, "cleared")
    decide(world, services, raised.value.alarm, "cleared")
    merge(world, services, child, kept, merged)
    services.pickup.check_out(world.desk, CheckOut(visit, kept, "known"))


def test_two_records_of_somebody_unlike_him_are_joined_unasked(world, services, child, visit):
    kept, merged = adult(world, child, "李伟", phone="13800001111"), adult(world, child, "李小伟")
    merge(world, services, child, kept, merged)
    services.pickup.check_out(world.desk, CheckOut(visit, kept, "known"))


def test_a_bar_that_came_after_the_merging_holds_against_every_name_of_his(world, services, child):
    kept, merged = adult(world, child, "李伟", phone="13800001111"), adult(world, child, "朱国强")
    merge(world, services, child, kept, merged)
    adult(world, child, "朱强", "爸爸", "13511112222", barred=True)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    alarm = stopped(world, services, visit, kept)
    assert services.alarms.view(world.desk, alarm).typed == "舅舅 李伟（也叫朱国强）"
    decide(world, services, alarm, "cleared")
    services.pickup.check_out(world.desk, CheckOut(visit, kept, "known"))


# -- by another name


@pytest.mark.parametrize("decision", ["refused", ""])
def test_only_the_director_renames_whom_the_door_refused_and_he_stays_known(
    world, services, child, visit, decision
):
    one, family = adult(world, child, "朱国强"), services.record_keeping.family
    alarm = stopped(world, services, visit, one)
    if decision:
        decide(world, services, alarm, decision)
    with pytest.raises(RecordError, match=r"认作.*园长") as raised:
        family.change_adult(world.desk, child, one, {"name": "李伟"})
    assert raised.value.field == "name"
    done = family.change_adult(world.director, child, one, {"name": "李伟"})
    (shown,) = [each for each in services.records.card(world.desk, child).adults if each.adult == one]
    assert [words for _, words in shown.traits] == ["小名 朱国强"]
    with pytest.raises(RecordError, match="园长"):
        services.undo(world.desk, done.undo)
    again = stopped(world, services, visit, one)
    assert services.alarms.view(world.desk, again).typed == "舅舅 李伟（也叫朱国强）"
    for each in alarms.list_undecided(world.database):
        decide(world, services, each.id, "cleared")
    services.pickup.check_out(world.desk, CheckOut(visit, one, "known"))


def test_who_was_found_to_be_another_is_renamed_at_the_desk(world, services, child, visit):
    one, family = adult(world, child, "朱国强"), services.record_keeping.family
    decide(world, services, stopped(world, services, visit, one), "cleared")
    family.change_adult(world.desk, child, one, {"name": "李伟"})
    assert alarms.list_traits(world.database, one) == ()
    services.pickup.check_out(world.desk, CheckOut(visit, one, "known"))


def test_so_is_whom_the_door_refused_once_nobody_is_barred_any_more(world, services, child, father, visit):
    one, family = adult(world, child, "朱国强"), services.record_keeping.family
    decide(world, services, stopped(world, services, visit, one), "refused")
    with world.database.unit(None, "lift") as unit:
        people.end_tie(unit, child, father)
        unit.audit("child", child)
    family.change_adult(world.desk, child, one, {"name": "李伟"})
    assert [each.name for each in people.list_adults(world.database, child, DAY) if each.id == one] == [
        "李伟"
    ]
