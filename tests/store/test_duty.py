"""Stretches of duty as rows: one open a day, corrected and never overwritten; and single people's posts."""

import datetime as dt
import sqlite3

import pytest

from app.domain.duty import DutyKind
from app.store import duty
from tests.services.world import DAY

YESTERDAY = DAY - dt.timedelta(days=1)


@pytest.fixture
def begin(world, keep):
    def _begin(who=None, day=DAY, after=None):
        who = who or world.teacher
        return keep(duty.add, who.id, world.dragons, day, DutyKind.WORK, cover=False, after=after, by=who.id)

    return _begin


def test_nobody_is_clocked_in_twice_a_day(world, keep, begin):
    key = begin()
    with pytest.raises(sqlite3.IntegrityError):
        begin()
    assert duty.find_open(world.database, world.teacher.id, DAY).id == key
    assert keep(duty.end, key, world.teacher.id)
    assert not keep(duty.end, key, world.teacher.id)
    assert duty.find_open(world.database, world.teacher.id, DAY) is None
    assert keep(duty.reopen, key)
    assert not keep(duty.reopen, key)
    assert keep(duty.reverse, key, world.teacher.id)
    assert not keep(duty.end, key, world.teacher.id), "what was taken back does not end"
    assert duty.find(world.database, key) is None
    assert duty.list_of(world.database, world.teacher.id, DAY) == ()


def test_a_correction_stands_in_the_place_of_what_it_corrects_and_knows_it(world, keep, begin):
    first = begin()
    keep(duty.end, first, world.teacher.id)
    keys = [first]
    for minutes in (10, 20):
        stood = duty.find(world.database, keys[-1])
        keep(duty.reverse, stood.id, world.director.id)
        early = stood.from_at - dt.timedelta(minutes=minutes)
        keys.append(keep(duty.add_past, stood, early, stood.to_at, "忘了打卡", world.director.id))
    assert [one.id for one in duty.list_day(world.database, DAY)] == [keys[2]]
    assert [one.id for one in duty.list_before(world.database, keys[2])] == [keys[1], keys[0]]
    assert duty.list_before(world.database, first) == ()
    keep(duty.reverse, keys[2], world.director.id)
    keep(duty.revive, keys[1])
    assert [one.id for one in duty.list_day(world.database, DAY)] == [keys[1]]


def test_a_correction_without_its_reason_is_refused(world, keep, begin):
    stood = duty.find(world.database, begin())
    with pytest.raises(sqlite3.IntegrityError):
        keep(duty.add_past, stood, stood.from_at, world.clock(), "", world.director.id)


def test_what_nobody_ended_is_of_earlier_days_alone(world, begin):
    late, today = begin(day=YESTERDAY), begin()
    assert [one.id for one in duty.list_unended(world.database, DAY)] == [late]
    assert [one.id for one in duty.list_between(world.database, YESTERDAY, DAY)] == [late, today]
    assert duty.list_unended(world.database, YESTERDAY) == ()


def test_who_went_on_a_break_is_known_to_have_worked_before_it(world, keep, begin):
    first = begin()
    keep(duty.end, first, world.teacher.id)
    second = begin(after=first)
    found = [keep(duty.find_before, key) for key in (second, first)]
    assert found == [first, None]


def test_a_post_is_read_anew_when_it_changes_and_the_old_one_stays_on_file(world, keep):
    def give(post):
        keep(duty.set_post, world.teacher.id, post, "带教", DAY, world.director.id)
        return duty.given_posts(world.database).get(world.teacher.id)

    assert duty.given_posts(world.database) == {}
    assert [give("trainee"), give("cook"), give(None)] == ["trainee", "cook", None]
    assert world.database.row("select count(*) as rows from staff_post")["rows"] == 2
