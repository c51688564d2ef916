"""Roll calls as rows: one at a time, each act of marking taken back whole, and whom to ring."""

import datetime as dt

import pytest

from app.domain.ids import RollCallId
from app.domain.rollcall import CallKind, CallNote, HeadKey, HeadState
from app.store import rollcall, visits
from app.store.rollcall import OpenCallExistsError
from tests.services.world import DAY


@pytest.fixture
def call(world, keep):
    return keep(rollcall.add_call, CallKind.DRILL, "火灾", DAY, world.desk.id)


@pytest.fixture
def people(world, keep, call, come):
    """张沐阳 and 许静 on the roll: the keys of their rows."""
    child, carer = HeadKey(visit=come("张沐阳")), HeadKey(staff=world.teacher.id)
    return [
        keep(rollcall.add_person, call, child, "张沐阳", world.dragons, "抱抱龙"),
        keep(rollcall.add_person, call, carer, "许静", world.dragons, "抱抱龙"),
    ]


def states(world, call):
    return [one.state for one in rollcall.list_people(world.database, call)]


def test_there_is_one_at_a_time_and_an_old_one_does_not_go_on_under_it(world, keep, call):
    with pytest.raises(OpenCallExistsError):
        keep(rollcall.add_call, CallKind.REAL, "地震", DAY, world.desk.id)
    assert keep(rollcall.end_call, rollcall.find_open(world.database), world.desk.id)
    assert rollcall.find_open(world.database) is None
    second = keep(rollcall.add_call, CallKind.REAL, "地震", DAY, world.desk.id)
    with pytest.raises(OpenCallExistsError):
        keep(rollcall.reopen_call, call)
    assert keep(rollcall.reverse_call, second, world.desk.id)
    assert keep(rollcall.reopen_call, call)
    assert not keep(rollcall.reopen_call, call)
    assert [one.id for one in rollcall.list_calls(world.database)] == [call]
    assert rollcall.find_call(world.database, second).void
    assert rollcall.find_call(world.database, RollCallId(99)) is None


def test_it_never_ends_before_it_began(world, keep, call):
    begun = rollcall.find_open(world.database)
    world.clock.now -= dt.timedelta(hours=1)
    assert keep(rollcall.end_call, begun, world.desk.id)
    assert not keep(rollcall.end_call, begun, world.desk.id)
    assert rollcall.find_call(world.database, call).ended_at == begun.started_at


def test_the_marks_of_one_act_go_together_and_another_s_stay(world, keep, call, people):
    safe, left = HeadState.SAFE, HeadState.LEFT
    first = keep(rollcall.next_batch)
    keep(rollcall.add_mark, people[1], first, safe, "tap", world.desk.id)
    second = keep(rollcall.next_batch)
    assert second == first + 1
    keep(rollcall.add_mark, people[0], second, left, "departure", world.desk.id)
    assert states(world, call) == [left, safe]
    assert rollcall.count_people(world.database) == {call: (2, 0)}
    assert keep(rollcall.reverse_batch, first, world.desk.id) == 1
    assert keep(rollcall.reverse_batch, first, world.desk.id) == 0
    assert states(world, call) == [left, HeadState.MISSING]
    assert rollcall.count_people(world.database) == {call: (2, 1)}
    assert not keep(rollcall.reverse_mark_of, people[1], world.desk.id)


def test_a_call_that_goes_on_looks_again_for_those_who_had_gone_and_for_nobody_else(
    world, keep, call, people
):
    keep(rollcall.add_mark, people[0], 1, HeadState.LEFT, "departure", world.desk.id)
    keep(rollcall.add_mark, people[1], 1, HeadState.SAFE, "tap", world.desk.id)
    keep(rollcall.reverse_departures, call, world.desk.id)
    assert states(world, call) == [HeadState.MISSING, HeadState.SAFE]


def test_guardians_come_first_and_who_is_barred_is_never_rung(world, come):
    child, away = world.children["张沐阳"], world.children["马思睿"]
    come("张沐阳")
    found = rollcall.list_contacts(world.database, [child, away])
    assert [(one.name, one.phone) for one in found[child]] == [("张母", "13700002233")]
    assert away not in found
    assert rollcall.list_contacts(world.database, []) == {}


def test_a_departure_and_a_visit_that_was_none_are_told_apart(world, keep, come, go):
    gone, slip, inside = come("张沐阳"), come("周乐瑶"), come("马思睿")
    world.clock.at(16)
    go(gone)
    keep(visits.reverse_visit, slip, world.desk.id)
    found = rollcall.departures(world.database, [gone, slip, inside])
    assert found == {gone: (HeadState.LEFT, world.clock()), slip: (HeadState.AWAY, world.clock())}
    assert rollcall.departures(world.database, []) == {}


def test_a_note_takes_the_place_of_the_one_before_which_stays_on_file(world, keep, call):
    assert rollcall.find_note(world.database, call) == CallNote()
    for course in ("三分钟", "两分四十秒"):
        keep(rollcall.add_note, call, CallNote(course), world.desk.id)
    assert rollcall.find_note(world.database, call) == CallNote("两分四十秒")
    assert world.database.row("select count(*) as rows from roll_call_note")["rows"] == 2
