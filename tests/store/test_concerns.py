"""疑似侵害 as rows: who may not read a record finds nothing, and nothing tells that there is one."""

import datetime as dt

import pytest

from app.domain.ids import ConcernId
from app.domain.staff import Actor, Role
from app.store import concerns
from app.store.concerns import ConcernAddition, NewConcern
from tests.services.world import DAY


@pytest.fixture
def reporter(world):
    """孟佳, a colleague of 许静."""
    row = world.database.row("select id from staff where name = '孟佳'")
    return Actor(row["id"], "孟佳", Role.TEACHER, world.dragons)


@pytest.fixture
def note(world, keep, reporter):
    def _note(days=0):
        day = DAY - dt.timedelta(days=days)
        new = NewConcern(world.children["张沐阳"], day, world.teacher.id, "手臂有淤青")
        return keep(concerns.add_concern, new, reporter.id)

    return _note


def test_a_colleague_finds_as_little_as_of_a_record_that_is_not_there(world, note, reporter):
    key = note()
    for reader in (world.teacher, world.desk, world.cashier):
        assert concerns.find_concern(world.database, reader, key) is None
        assert concerns.list_concerns(world.database, reader) == ()
    assert concerns.find_concern(world.database, world.director, ConcernId(99)) is None
    for reader in (reporter, world.director):
        assert concerns.find_concern(world.database, reader, key).reporter_name == "孟佳"


def test_the_latest_day_comes_first(world, note):
    today, before = note(), note(days=2)
    assert [one.id for one in concerns.list_concerns(world.database, world.director)] == [today, before]


def test_additions_stand_in_their_order_and_the_first_report_is_the_report(world, keep, note, reporter):
    key = note()
    assert concerns.find_concern(world.database, reporter, key).report is None
    for one in (
        ConcernAddition("words", "又看见一处"),
        ConcernAddition("report", reported_at=world.clock(), channel="110", receipt="A1"),
        ConcernAddition("report", reported_at=world.clock(), channel="station", receipt="B2"),
    ):
        keep(concerns.add_concern_addition, key, one, reporter.id)
    kept = concerns.find_concern(world.database, world.director, key)
    assert [one.words or one.receipt for one in kept.additions] == ["又看见一处", "A1", "B2"]
    assert (kept.report.receipt, kept.report.by, kept.report.at) == ("A1", "孟佳", world.clock())


def test_the_lines_of_the_audit_trail_name_no_child_and_no_record(world, keep, note, reporter):
    last = world.database.row("select max(id) as id from audit")["id"]
    keep(concerns.add_concern_addition, note(), ConcernAddition("words", "又看见一处"), reporter.id)
    lines = world.database.rows(
        "select subject, subject_id, detail from audit where id > :id and subject <> 'test'", {"id": last}
    )
    assert {tuple(row) for row in lines} == {(concerns.HIDDEN, None, "")}
    assert len(lines) == 2
