"""The file gives what the domain asks for, by the index of kind and time, whatever years lie before."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import ChildId, StaffId, VisitId
from app.domain.log_reach import Reach, reach_of_waking, reaches_of
from app.domain.logbook import EntryDraft, EntryKind
from app.store import logbook
from app.store.log_reach import list_reached

STAFF = StaffId(4)


@pytest.fixture
def subjects(database):
    rows = database.rows(
        "select id from visit where day = '2025-12-03' and left_at is null and class_id = 4 order by id"
    )
    return logbook.list_subjects(database, [VisitId(row["id"]) for row in rows])


def keep(database, subject, draft):
    with database.unit(STAFF, "log") as unit:
        batch = logbook.add_batch(unit, draft.kind, STAFF)
        logbook.add_entries(unit, batch, [subject.visit], draft, STAFF)
        unit.audit("log_batch", batch)
    return batch


def plan_of(database, ask):
    """How SQLite goes about the one query of ``ask``."""
    asked = []
    real, database.rows = database.rows, lambda sql, params=(): asked.append((sql, params)) or []
    ask()
    database.rows = real
    ((sql, params),) = asked
    return [row["detail"] for row in database.rows(f"explain query plan {sql}", params)]


def stretches(clock):
    now, noon = clock(), clock().replace(hour=12, minute=30)
    draft = EntryDraft(EntryKind.MOOD, now, detail="happy")
    return [
        reaches_of(draft),
        reaches_of(dataclasses.replace(draft, kind=EntryKind.SLEEP, at=noon)),
        reaches_of(dataclasses.replace(draft, kind=EntryKind.SLEEP, at=noon, until=now)),
        reaches_of(dataclasses.replace(draft, kind=EntryKind.OUTDOOR, at=noon, until=now)),
        reaches_of(EntryDraft(EntryKind.MEAL, now, detail="lunch", grade=4)),
        reaches_of(EntryDraft(EntryKind.TOILET, now, detail="wet", steps=("sat",))),
        (reach_of_waking(noon),),
    ]


def test_the_file_gives_what_the_reach_holds(database, subjects, clock):
    kept = logbook.list_entries(database, [one.visit for one in subjects])
    for reaches in stretches(clock):
        found = {(one.entry, one.what) for one in list_reached(database, subjects, reaches)}
        wanted = {
            (one.entry.id, one.entry.what)
            for one in kept
            if any(reach.holds(one.entry.what) for reach in reaches)
        }
        assert found == wanted
        children = {one.child for one in list_reached(database, subjects, reaches)}
        assert children <= {one.child for one in subjects}


def test_what_was_taken_back_is_not_reached(database, subjects, clock):
    draft = EntryDraft(EntryKind.MOOD, clock(), detail="anxious")
    batch = keep(database, subjects[0], draft)
    reaches = (Reach((EntryKind.MOOD,), clock(), clock()),)
    assert [one.what for one in list_reached(database, subjects, reaches)] == [draft]
    with database.unit(STAFF, "undo_log") as unit:
        logbook.reverse_batch(unit, batch, STAFF)
        unit.audit("log_batch", batch)
    assert list_reached(database, subjects, reaches) == ()


def test_a_meal_is_looked_for_in_every_stay_of_the_day(database, subjects, clock):
    lunch = next(
        one
        for one in database.rows(
            "select child_id, visit_id from log_entry where kind = 'meal' and detail = 'lunch'"
            " and day = '2025-12-03' and ended_at is null"
        )
        if one["visit_id"] not in {subject.visit for subject in subjects}
    )
    other = dataclasses.replace(subjects[0], child=ChildId(lunch["child_id"]))
    reaches = reaches_of(EntryDraft(EntryKind.MEAL, clock(), detail="lunch", grade=4))
    found = list_reached(database, (other,), reaches)
    assert [one.what.detail for one in found if one.what.kind is EntryKind.MEAL] == ["lunch"]


def test_every_look_goes_by_kind_and_time(database, subjects, clock):
    plans = []
    for reaches in stretches(clock):
        plans += plan_of(database, lambda reaches=reaches: list_reached(database, subjects, reaches))
    looks = [plan for plan in plans if "log_entry" in plan]
    assert looks
    assert all("log_entry_by_kind (kind=? AND at" in plan for plan in looks), looks


def test_nothing_is_asked_for_nobody(database, clock):
    assert list_reached(database, (), stretches(clock)[0]) == ()
    assert list_reached(database, (), ()) == ()


def test_sleeps_of_other_years_are_not_looked_through(database, subjects):
    """Who sleeps now is asked at each log of a sleep."""
    plan = plan_of(database, lambda: logbook.open_sleeps(database, [one.visit for one in subjects]))
    assert any("log_entry_by_kind (kind=? AND at>?" in one for one in plan), plan


def test_a_sleep_of_before_midnight_is_reached_while_it_lasts(database, subjects, clock):
    """Whoever is not fetched stays on into the next day."""
    stay = dataclasses.replace(subjects[0], day=clock().date() - dt.timedelta(days=1))
    early = clock().replace(hour=0, minute=20)
    night = EntryDraft(EntryKind.SLEEP, early - dt.timedelta(hours=1), until=early + dt.timedelta(minutes=5))
    keep(database, stay, night)
    reaches = (Reach((EntryKind.SLEEP,), early, early),)
    assert [one.what for one in list_reached(database, (stay, *subjects[1:]), reaches)] == [night]
    assert list_reached(database, subjects[1:], reaches) == ()


def test_no_night_is_looked_through_before_the_stay_began(database, subjects, clock):
    asked = []
    real, database.rows = database.rows, lambda sql, params=(): asked.append(params) or []
    list_reached(database, subjects, (reach_of_waking(clock()),))
    database.rows = real
    assert asked[0]["since0"] == "2025-12-03T00:00:00+08:00"
