"""Fevers and their steps. A case stands unless it was taken back, or the reading it began with was.

A step made while the child was handed back stands as long as that release does.
"""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.fever import FeverStep, Ladder, NewStep, StepKind
from app.domain.ids import (
    BatchId,
    CheckId,
    ChildId,
    ClassId,
    EntryId,
    FeverId,
    FeverStepId,
    StaffId,
    VisitId,
)
from app.domain.record import record
from app.store import settings
from app.store.database import Database, Unit
from app.store.logbook import marks
from app.store.stamps import moment, stamp

# What was taken back is void with all that rests on it: a step of a release goes with the release, a second
# reading taken in the class or in a round goes with its entry or check, the way back to the class with that.
_VOID_READING = (
    " exists (select k.id from {table} x join fever_case k on k.visit_id = x.visit_id"
    " where k.id = {t}.case_id and x.at = {t}.at and x.tenths = {t}.tenths"
    " group by k.id having count(*) = count(x.{ended}))"
)
_STANDS = (
    "{t}.undone_at is null and not exists"
    " (select 1 from release r where r.id = {t}.release_id and r.undone_at is not null)"
    " and ({t}.kind <> 'recheck' or not ("
    + _VOID_READING.format(table="log_entry", ended="ended_at", t="{t}")
    + " or"
    + _VOID_READING.format(table="health_check", ended="undone_at", t="{t}")
    + "))"
)
_STANDING_STEP = (
    _STANDS.format(t="t")
    + " and (t.kind <> 'back' or exists (select 1 from fever_step u where u.case_id = t.case_id"
    f" and u.id < t.id and u.kind = 'recheck' and {_STANDS.format(t='u')}))"
)
_CASE = (
    "select f.id, f.visit_id, v.child_id, c.name, v.class_id, g.name as class_name, v.day, f.tenths, f.site,"
    " f.started_at, s.name as starter, f.recheck_at, v.left_at"
    " from fever_case f join visit v on v.id = f.visit_id join child c on c.id = v.child_id"
    " join class_group g on g.id = v.class_id join staff s on s.id = f.started_by"
    " left join health_check h on h.id = f.check_id left join log_entry e on e.id = f.entry_id"
    " where f.undone_at is null and v.undone_at is null"
    # A reading taken back takes its fever along, unless somebody has acted on it. One that holds in another
    # wording with the same temperature was not taken back: its minute was another.
    " and ((h.undone_at is null and (e.ended_at is null or exists"
    " (with recursive heir (id) as (select n.id from log_entry n where n.replaces_id = f.entry_id"
    " and n.tenths = f.tenths union all select n.id from heir o join log_entry n on n.replaces_id = o.id"
    " where n.tenths = f.tenths)"
    " select 1 from heir o join log_entry n on n.id = o.id where n.ended_at is null))) or exists"
    f" (select 1 from fever_step t where t.case_id = f.id and {_STANDING_STEP}))"
)
_OPEN = (
    f" and not exists (select 1 from fever_step t where t.case_id = f.id and {_STANDING_STEP}"
    " and t.kind in ('collected', 'back'))"
)


def list_open(database: Database | Unit) -> tuple[Ladder, ...]:
    """Every fever that goes on, the oldest first, of whatever day."""
    return _ladders(database, database.rows(f"{_CASE}{_OPEN} order by f.started_at, f.id"))


def list_feverish(database: Database | Unit) -> frozenset[VisitId]:
    """The stays inside whose fever has not ended by a way back to class: asked with every board."""
    rows = database.rows(
        f"{_CASE} and v.left_at is null and not exists"
        f" (select 1 from fever_step t where t.case_id = f.id and {_STANDING_STEP} and t.kind = 'back')"
    )
    return frozenset(VisitId(row["visit_id"]) for row in rows)


def list_since(database: Database, first: dt.date) -> tuple[Ladder, ...]:
    """The fevers since a day, newest first, open or over."""
    rows = database.rows(
        f"{_CASE} and v.day >= :first order by f.started_at desc, f.id desc", {"first": first.isoformat()}
    )
    return _ladders(database, rows)


def find_case(database: Database | Unit, case: FeverId) -> Ladder | None:
    """One fever that stands."""
    found = _ladders(database, database.rows(f"{_CASE} and f.id = :id", {"id": case}))
    return found[0] if found else None


def list_of_visit(database: Database | Unit, visit: VisitId) -> tuple[Ladder, ...]:
    """The fevers of one stay in order."""
    return _ladders(
        database, database.rows(f"{_CASE} and v.id = :visit order by f.started_at, f.id", {"visit": visit})
    )


def list_open_of(database: Database | Unit, child: ChildId) -> tuple[Ladder, ...]:
    """The fevers of a child that go on."""
    return _ladders(database, database.rows(f"{_CASE}{_OPEN} and v.child_id = :child", {"child": child}))


def list_of_child(database: Database | Unit, child: ChildId, first: dt.date) -> tuple[Ladder, ...]:
    """The fevers of a child since a day in order, open or over."""
    rows = database.rows(
        f"{_CASE} and v.child_id = :child and v.day >= :first order by v.id, f.started_at, f.id",
        {"child": child, "first": first.isoformat()},
    )
    return _ladders(database, rows)


def add_case(
    unit: Unit,
    visit: VisitId,
    tenths: int,
    site: str,
    recheck_at: dt.datetime,
    staff: StaffId,
    *,
    check: CheckId | None = None,
    entry: EntryId | None = None,
) -> FeverId:
    """A fever was found at the unit's moment."""
    row = {
        "visit_id": visit,
        "check_id": check,
        "entry_id": entry,
        "tenths": tenths,
        "site": site,
        "recheck_at": stamp(recheck_at),
        "started_at": unit.stamp,
        "started_by": staff,
    }
    return FeverId(unit.insert("fever_case", row))


def began_with(database: Database | Unit, entries: Sequence[EntryId]) -> bool:
    """Whether a fever that stands began with one of these entries of the class log, or what one replaced."""
    params: dict[str, object] = {}
    chosen = marks(entries, params) if entries else "null"
    row = database.row(
        f"{_CASE} and f.entry_id in (with recursive older (id) as"
        f" (select x.id from log_entry x where x.id in ({chosen}) union select x.replaces_id from older o"
        " join log_entry x on x.id = o.id where x.replaces_id is not null) select id from older)",
        params,
    )
    return row is not None


def list_heats(
    database: Database | Unit, entries: Sequence[EntryId]
) -> tuple[tuple[str, int, dt.datetime], ...]:
    """Whose temperatures (tenths) stand in these entries of the class log, and when each was first written.

    A wording that says the same temperature of another minute opens no new minutes for taking it back.
    """
    params: dict[str, object] = {}
    chosen = marks(entries, params) if entries else "null"
    rows = database.rows(
        "with recursive older (first, id) as (select x.id, x.id from log_entry x"
        f" where x.id in ({chosen}) and x.tenths is not null and x.ended_at is null"
        " union all select o.first, y.id from older o join log_entry x on x.id = o.id"
        " join log_entry y on y.id = x.replaces_id and y.tenths = x.tenths)"
        " select c.name, e.tenths, min(b.made_at) as made_at from older o join log_entry e on e.id = o.first"
        " join child c on c.id = e.child_id join log_entry x on x.id = o.id"
        " join log_batch b on b.id = x.batch_id group by e.id, c.name, e.tenths order by e.id",
        params,
    )
    return tuple((row["name"], row["tenths"], moment(row["made_at"])) for row in rows)


@record
class Reading:
    """A temperature of the class log. ``at`` is when it was taken."""

    visit: VisitId
    entry: EntryId
    tenths: int
    site: str
    at: dt.datetime


def list_logged(unit: Unit, batch: BatchId) -> tuple[Reading, ...]:
    """The temperatures of a batch, each child's own, of children who are inside."""
    rows = unit.rows(
        "select e.id, e.visit_id, e.tenths, e.detail, e.at from log_entry e join visit v on v.id = e.visit_id"
        " where e.batch_id = :batch and e.kind = 'temperature' and e.tenths is not null"
        " and e.ended_at is null and v.left_at is null order by e.id",
        {"batch": batch},
    )
    return tuple(
        Reading(
            VisitId(row["visit_id"]),
            EntryId(row["id"]),
            row["tenths"],
            row["detail"] or "forehead",
            moment(row["at"]),
        )
        for row in rows
    )


@record
class Hot:
    """A temperature of a stay at the line or above. ``known_at`` is when this temperature was first kept."""

    visit: VisitId
    tenths: int
    site: str
    at: dt.datetime
    known_at: dt.datetime
    entry: EntryId | None = None
    check: CheckId | None = None


def list_hot(unit: Unit, child: ChildId, day: dt.date, line: int) -> tuple[Hot, ...]:
    """The readings (tenths) of a child's stays of a day that stand at the line or above, in order."""
    rows = unit.rows(
        "select e.visit_id, e.id as entry, null as checked, e.tenths, e.detail as site, e.at, e.at as known"
        " from log_entry e join visit v on v.id = e.visit_id"
        " where e.child_id = :child and e.day = :day and e.kind = 'temperature' and e.tenths >= :line"
        " and e.ended_at is null and v.undone_at is null"
        " union all select h.visit_id, null, h.id, h.tenths, h.site, h.at, h.at"
        " from health_check h join visit v on v.id = h.visit_id"
        " where v.child_id = :child and v.day = :day and h.tenths >= :line"
        " and h.undone_at is null and v.undone_at is null order by 6",
        {"child": child, "day": day.isoformat(), "line": line},
    )
    known = {row["entry"]: list_heats(unit, (EntryId(row["entry"]),))[0][2] for row in rows if row["entry"]}
    return tuple(
        Hot(
            VisitId(row["visit_id"]),
            row["tenths"],
            row["site"] or "forehead",
            moment(row["at"]),
            known.get(row["entry"], moment(row["known"])),
            None if row["entry"] is None else EntryId(row["entry"]),
            None if row["checked"] is None else CheckId(row["checked"]),
        )
        for row in rows
    )


def reverse_case(unit: Unit, case: FeverId, staff: StaffId) -> bool:
    """It was no fever after all; False when it was taken back before."""
    done = unit.execute(
        "update fever_case set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": case},
    )
    return done.rowcount == 1


def add_step(
    unit: Unit, case: FeverId, step: NewStep, staff: StaffId, at: dt.datetime | None = None
) -> FeverStepId:
    """One step, at the unit's moment unless a reading says when it was taken."""
    row = {
        "case_id": case,
        "kind": step.kind.value,
        "at": unit.stamp if at is None else stamp(at),
        "staff_id": staff,
        "tenths": step.tenths,
        "site": step.site,
        "whom": step.whom,
        "phone": step.phone,
        "reached": int(step.reached),
        "words": step.words,
        "release_id": step.release,
    }
    return FeverStepId(unit.insert("fever_step", row))


def reverse_step(unit: Unit, step: FeverStepId, staff: StaffId) -> bool:
    """Take one step back; False when it was taken back before."""
    done = unit.execute(
        "update fever_step set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": step},
    )
    return done.rowcount == 1


def case_of_step(database: Database, step: FeverStepId) -> FeverId | None:
    """The fever that a step belongs to."""
    row = database.row("select case_id from fever_step where id = :id", {"id": step})
    return None if row is None else FeverId(row["case_id"])


def is_of_release(database: Database, step: FeverStepId) -> bool:
    """Whether a step was made by handing the child back."""
    row = database.row("select 1 from fever_step where id = :id and release_id is not null", {"id": step})
    return row is not None


def _ladders(database: Database | Unit, rows: Sequence[sqlite3.Row]) -> tuple[Ladder, ...]:
    if not rows:
        return ()
    keys = ", ".join(str(row["id"]) for row in rows)
    steps: dict[int, list[FeverStep]] = {}
    for row in database.rows(
        "select t.id, t.case_id, t.kind, t.at, s.name as staff_name, t.tenths, t.site, t.whom, t.phone,"
        " t.reached, t.words from fever_step t join staff s on s.id = t.staff_id"
        f" where t.case_id in ({keys}) and {_STANDING_STEP} order by t.id"
    ):
        steps.setdefault(row["case_id"], []).append(_step(row))
    return tuple(_ladder(database, row, tuple(steps.get(row["id"], ()))) for row in rows)


def _ladder(database: Database | Unit, row: sqlite3.Row, steps: tuple[FeverStep, ...]) -> Ladder:
    # As it stood when it began: a line that is set today calls off no fever of this morning.
    line = settings.value_at(database, "fever_tenths", moment(row["started_at"]))
    return Ladder(
        id=FeverId(row["id"]),
        visit=VisitId(row["visit_id"]),
        child=ChildId(row["child_id"]),
        name=row["name"],
        class_id=ClassId(row["class_id"]),
        class_name=row["class_name"],
        line=int(line or 0),
        tenths=row["tenths"],
        site=row["site"],
        started_at=moment(row["started_at"]),
        started_by=row["starter"],
        recheck_at=moment(row["recheck_at"]),
        steps=steps,
        gone=row["left_at"] is not None,
    )


def _step(row: sqlite3.Row) -> FeverStep:
    return FeverStep(
        id=FeverStepId(row["id"]),
        kind=StepKind(row["kind"]),
        at=moment(row["at"]),
        by=row["staff_name"],
        tenths=row["tenths"],
        site=row["site"],
        whom=row["whom"],
        phone=row["phone"],
        reached=bool(row["reached"]),
        words=row["words"],
    )
