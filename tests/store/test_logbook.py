"""The log: one batch for many, sleeps that end, and taking back what was logged."""

import datetime as dt

import pytest

from app.domain.ids import BatchId, EntryId, StaffId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.store import logbook

STAFF = StaffId(4)


@pytest.fixture
def visits(database):
    rows = database.rows(
        "select id from visit where day = '2025-12-03' and left_at is null and class_id = 4 order by id"
    )
    return [VisitId(row["id"]) for row in rows]


def log(database, visits, draft):
    with database.unit(STAFF, "log") as unit:
        batch = logbook.add_batch(unit, draft.kind, STAFF)
        count = logbook.add_entries(unit, batch, visits, draft, STAFF)
        unit.audit("log_batch", batch)
    return batch, count


def water(clock, ml=120):
    return EntryDraft(EntryKind.WATER, clock(), amount_ml=ml)


def test_one_batch_logs_the_same_for_twenty_in_one_statement(database, visits, clock):
    seen = []
    database.tracer = seen.append
    batch, count = log(database, visits, water(clock, 90))
    database.tracer = None
    assert count == len(visits) == 20
    assert len([line for line in seen if line.startswith("insert into log_entry")]) == 1
    kept = [one for one in logbook.list_entries(database, visits) if one.entry.batch == batch]
    assert {one.entry.visit for one in kept} == set(visits)
    assert {one.entry.what.amount_ml for one in kept} == {90}
    assert {one.entry.what.at for one in kept} == {clock()}
    assert logbook.last_entry(database, EntryKind.WATER, visits[:1]).amount_ml == 90


def test_a_visit_taken_back_is_not_logged_for(database, visits, clock):
    with database.unit(STAFF, "undo") as unit:
        unit.execute(
            "update visit set undone_at = '2025-12-03T13:00:00+08:00', undone_by = 2 where id = :id",
            {"id": visits[0]},
        )
        unit.audit("visit", visits[0])
    assert log(database, visits[:2], water(clock))[1] == 1


def test_a_batch_is_taken_back_once_and_stays_on_file(database, visits, clock):
    before = logbook.list_entries(database, visits)
    batch, _ = log(database, visits, water(clock))
    with database.unit(STAFF, "undo") as unit:
        assert logbook.reverse_batch(unit, batch, STAFF)
        assert not logbook.reverse_batch(unit, batch, STAFF)
        assert not logbook.reverse_batch(unit, BatchId(999_999), STAFF)
        unit.audit("log_batch", batch)
    assert logbook.list_entries(database, visits) == before
    found = logbook.find_batch(database, batch)
    assert found is not None
    assert found.undone
    assert len(found.children) == 20
    assert logbook.find_batch(database, BatchId(999_999)) is None


def test_a_sleep_ends_by_superseding_it_and_goes_on_when_that_is_taken_back(database, visits, clock):
    start = clock() - dt.timedelta(minutes=5)
    free = [visit for visit in visits if visit not in logbook.open_sleeps(database, visits)][:2]
    log(database, free, EntryDraft(EntryKind.SLEEP, start))
    asleep = logbook.open_sleeps(database, free)
    assert {since for _, since in asleep.values()} == {start}
    with database.unit(STAFF, "log") as unit:
        batch = logbook.add_batch(unit, EntryKind.SLEEP, STAFF)
        assert logbook.end_sleeps(unit, batch, [key for key, _ in asleep.values()], clock(), STAFF) == 2
        unit.audit("log_batch", batch)
    assert logbook.open_sleeps(database, free) == {}
    ended = [one.entry.what for one in logbook.list_entries(database, free) if one.entry.batch == batch]
    assert {(one.at, one.until) for one in ended} == {(start, clock())}
    with database.unit(STAFF, "undo") as unit:
        logbook.reverse_batch(unit, batch, STAFF)
        unit.audit("log_batch", batch)
    assert logbook.open_sleeps(database, free) == asleep


def test_one_entry_can_be_taken_back_alone(database, visits, clock):
    batch, _ = log(database, visits, water(clock))
    kept = [one.entry.id for one in logbook.list_entries(database, visits) if one.entry.batch == batch]
    with database.unit(STAFF, "undo") as unit:
        assert logbook.reverse_entry(unit, kept[0])
        assert not logbook.reverse_entry(unit, kept[0])
        unit.audit("log_entry", kept[0])
    left = [one.entry.id for one in logbook.list_entries(database, visits) if one.entry.batch == batch]
    assert left == kept[1:]
    assert logbook.find_entry(database, kept[0]) is None
    found = logbook.find_entry(database, kept[1])
    assert found is not None
    assert found.by == "许静"
    assert logbook.find_entry(database, EntryId(10**9)) is None


def test_recent_activities_come_newest_first_and_only_of_the_class(database):
    names = logbook.recent_activities(database, 3, dt.date(2025, 12, 1), 3)
    assert names[0] == "手工课：贴雪花"
    assert len(names) == len(set(names)) == 3
    assert logbook.recent_activities(database, 3, dt.date(2026, 1, 1), 3) == ()


def test_nobody_asked_about_is_no_query(database):
    assert logbook.list_entries(database, []) == ()
    assert logbook.open_sleeps(database, []) == {}
    assert logbook.last_entry(database, EntryKind.WATER, []) is None
