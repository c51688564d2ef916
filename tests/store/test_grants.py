"""Authorisations by phone as rows: a code that dies at midnight, and which child has left by it."""

import datetime as dt
import sqlite3

import pytest

from app.domain.grants import Comer
from app.store import grants, releases
from app.store.grants import NewGrant
from app.store.releases import NewRelease
from tests.services.world import DAY

AUNT = Comer("王丽", "姑姑", "13900001111", "")
SIBLINGS = ("张沐阳", "周乐瑶")


@pytest.fixture
def grant(world, keep):
    def _grant(code="K7M4", days=0, who=AUNT):
        of = tuple(world.children[name] for name in SIBLINGS)
        day = DAY + dt.timedelta(days=days)
        return keep(grants.add_grant, NewGrant(day, code, world.adults["张母"], who, of, world.desk.id))

    return _grant


def test_it_is_used_for_the_child_who_has_left_and_stands_for_the_other(world, keep, grant, come):
    key, visit = grant(), come("张沐阳")
    handed = keep(releases.add_release, NewRelease(visit, "grant", "姑姑 王丽", world.desk.id, grant=key))
    used = [grants.list_grants(world.database, world.children[name], DAY)[0].used for name in SIBLINGS]
    assert used == [True, False]
    assert grants.find_grant(world.database, key).used
    keep(releases.reverse_release, handed, world.desk.id)
    assert not grants.find_grant(world.database, key).used


def test_a_code_is_of_one_day_and_known_as_dead_on_the_next(world, grant):
    old, new = grant(days=-2), grant(days=-1)
    assert grants.find_by_code(world.database, DAY, "K7M4") is None
    assert grants.find_dead_code(world.database, DAY, "K7M4").id == new
    assert grants.find_dead_code(world.database, DAY - dt.timedelta(days=1), "K7M4").id == old
    assert grants.find_dead_code(world.database, DAY - dt.timedelta(days=2), "K7M4") is None
    grant()
    with pytest.raises(sqlite3.IntegrityError):
        grant()


def test_what_the_guardian_took_back_lets_nobody_in_but_stays_in_the_list_of_the_day(world, keep, grant):
    key, child = grant(), world.children["张沐阳"]
    assert keep(grants.end_grant, key, world.desk.id)
    assert not keep(grants.end_grant, key, world.desk.id)
    assert grants.list_grants(world.database, child, DAY) == ()
    assert [(one.id, one.ended) for one in grants.list_of_day(world.database, DAY)] == [(key, True)]
    assert grants.find_by_code(world.database, DAY, "K7M4").ended
    assert keep(grants.reopen_grant, key)
    assert not keep(grants.reopen_grant, key)
    assert [one.id for one in grants.list_grants(world.database, child, DAY)] == [key]


def test_it_says_who_rang_as_the_child_calls_her_and_for_whom_she_has_no_word_by_name(world, grant):
    grant()
    words = [grants.list_grants(world.database, world.children[n], DAY)[0].caller_words for n in SIBLINGS]
    assert words == ["妈妈 张母", "张母"]
    kept = grants.list_of_day(world.database, DAY)[0]
    assert (kept.comer, kept.maker_name) == (AUNT, "林晓")
    assert kept.children == tuple(world.children[name] for name in SIBLINGS)


def test_who_came_is_noted_once(world, keep, grant):
    key = grant()
    for name in ("周母", "马母"):
        keep(grants.note_comer, key, world.adults[name])
    assert grants.find_grant(world.database, key).adult == world.adults["周母"]


def test_a_comer_whom_nobody_could_know_at_the_door_is_refused(grant):
    with pytest.raises(sqlite3.IntegrityError):
        grant(who=Comer("王丽", "姑姑", "", ""))
