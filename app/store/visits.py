"""Comings and goings: visits, morning checks and absences."""

import datetime as dt
import sqlite3

from app.domain.ids import AbsenceId, AdultId, ChildId, ClassId, StaffId, VisitId
from app.domain.modes import CareMode, Tariff
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.merging import SAME_CHILD
from app.store.stamps import moment, moment_or_none, stamp

REFUSED = "refused_fever"  # the subject in the audit trail


class OpenVisitExistsError(Exception):
    """The file already holds an open visit of that child. The service says it in words."""


class AbsenceExistsError(Exception):
    """The file already holds an absence of that child that day."""


@record
class NewVisit:
    """A child comes in. ``promised_at`` is None where only the contract says when she leaves."""

    child: ChildId
    class_id: ClassId
    day: dt.date
    mode: CareMode
    tariff: Tariff
    pickup_code: str
    brought_by: AdultId | None
    received_by: StaffId
    promised_at: dt.datetime | None = None
    reason: str = ""


@record
class Visit:
    """One stay as kept, with the words that papers need."""

    id: VisitId
    child: ChildId
    child_name: str
    class_id: ClassId
    class_name: str
    day: dt.date
    mode: CareMode
    tariff: Tariff
    reason: str
    promised_at: dt.datetime | None
    pickup_code: str
    arrived_at: dt.datetime
    brought_by: AdultId | None
    left_at: dt.datetime | None
    collected_by: AdultId | None
    undone: bool


@record
class Check:
    """A health check (晨检 and the like). ``tenths`` of a degree Celsius."""

    kind: str
    at: dt.datetime
    tenths: int | None
    site: str | None
    outcome: str
    note: str


@record
class Absence:
    """A child stays away: sick, personal or other."""

    id: AbsenceId
    child: ChildId
    child_name: str
    day: dt.date
    kind: str
    undone: bool


_VISIT = (
    "select v.id, v.child_id, c.name as child_name, v.class_id, g.name as class_name, v.day, v.mode,"
    " v.tariff, v.reason, v.promised_at, v.pickup_code, v.arrived_at, v.brought_by, v.left_at,"
    " v.collected_by, v.undone_at"
    " from visit v join child c on c.id = v.child_id join class_group g on g.id = v.class_id"
)


def add_visit(unit: Unit, visit: NewVisit) -> VisitId:
    """Record an arrival at the unit's moment.

    Raises:
        OpenVisitExistsError: if the child is inside.
    """
    row = {
        "child_id": visit.child,
        "class_id": visit.class_id,
        "day": visit.day.isoformat(),
        "mode": visit.mode.value,
        "tariff": visit.tariff.value,
        "reason": visit.reason,
        "promised_at": None if visit.promised_at is None else stamp(visit.promised_at),
        "pickup_code": visit.pickup_code,
        "arrived_at": unit.stamp,
        "brought_by": visit.brought_by,
        "received_by": visit.received_by,
    }
    try:
        return VisitId(unit.insert("visit", row))
    except sqlite3.IntegrityError as error:
        if "visit.child_id" in str(error):
            raise OpenVisitExistsError(str(visit.child)) from error
        raise


def end_visit(
    unit: Unit,
    visit: VisitId,
    collector: AdultId,
    proof: str,
    staff: StaffId,
    left_at: dt.datetime | None = None,
) -> bool:
    """Record a departure, at the unit's moment unless another is given; False when the visit is not open."""
    done = unit.execute(
        "update visit set left_at = :at, collected_by = :collector, proof = :proof, released_by = :staff"
        " where id = :id and left_at is null and undone_at is null",
        {
            "at": unit.stamp if left_at is None else stamp(left_at),
            "collector": collector,
            "proof": proof,
            "staff": staff,
            "id": visit,
        },
    )
    return done.rowcount == 1


def reverse_departure(unit: Unit, visit: VisitId) -> bool:
    """The child has not left after all; the audit line keeps what was recorded. False when she is inside."""
    done = unit.execute(
        "update visit set left_at = null, collected_by = null, proof = null, released_by = null"
        " where id = :id and left_at is not null and undone_at is null",
        {"id": visit},
    )
    return done.rowcount == 1


def reverse_visit(unit: Unit, visit: VisitId, staff: StaffId) -> bool:
    """The child has not come in after all; her check goes with the arrival. False when already undone."""
    done = unit.execute(
        "update visit set undone_at = :at, undone_by = :staff"
        " where id = :id and undone_at is null and left_at is null",
        {"at": unit.stamp, "staff": staff, "id": visit},
    )
    if done.rowcount != 1:
        return False
    unit.execute(
        "update health_check set undone_at = :at where visit_id = :id and undone_at is null",
        {"at": unit.stamp, "id": visit},
    )
    return True


def find_visit(database: Database | Unit, visit: VisitId) -> Visit | None:
    """One visit, undone or not."""
    row = database.row(f"{_VISIT} where v.id = :id", {"id": visit})
    return None if row is None else _visit(row)


def find_open_visit(database: Database | Unit, child: ChildId) -> Visit | None:
    """Where the child is inside now."""
    row = database.row(
        f"{_VISIT} where v.child_id = :child and v.left_at is null and v.undone_at is null", {"child": child}
    )
    return None if row is None else _visit(row)


def list_on(database: Database | Unit, child: ChildId, day: dt.date) -> tuple[Visit, ...]:
    """The child's visits of a day, in the order of their arrival."""
    rows = database.rows(
        f"{_VISIT} where v.child_id = :child and v.day = :day and v.undone_at is null order by v.arrived_at",
        {"child": child, "day": day.isoformat()},
    )
    return tuple(_visit(row) for row in rows)


def was_inside(database: Database, child: ChildId, at: dt.datetime) -> bool:
    """Whether a stay of the child covers a moment."""
    row = database.row(
        "select 1 from visit where child_id = :child and undone_at is null and arrived_at <= :at"
        " and (left_at is null or left_at >= :at) limit 1",
        {"child": child, "at": stamp(at)},
    )
    return row is not None


def came_again(database: Database, visit: Visit) -> bool:
    """Whether the child came in again after this visit."""
    row = database.row(
        "select 1 from visit where child_id = :child and undone_at is null and id <> :id"
        " and arrived_at >= :since limit 1",
        {"child": visit.child, "id": visit.id, "since": stamp(visit.arrived_at)},
    )
    return row is not None


def find_visit_by_code(database: Database, day: dt.date, code: str) -> Visit | None:
    """The visit that a pick-up code of a day stands for."""
    row = database.row(
        f"{_VISIT} where v.day = :day and v.pickup_code = :code", {"day": day.isoformat(), "code": code}
    )
    return None if row is None else _visit(row)


def used_codes(database: Database | Unit, day: dt.date) -> frozenset[str]:
    """The pick-up codes given out on a day, also those of visits undone and of authorisations by phone."""
    rows = database.rows(
        "select pickup_code from visit where day = :day union select code from pickup_grant where day = :day",
        {"day": day.isoformat()},
    )
    return frozenset(row["pickup_code"] for row in rows)


def is_code_used(database: Database, day: dt.date, code: str) -> bool:
    """Whether a pick-up code was given out on a day."""
    row = database.row(
        "select 1 from visit where day = :day and pickup_code = :code"
        " union all select 1 from pickup_grant where day = :day and code = :code",
        {"day": day.isoformat(), "code": code},
    )
    return row is not None


@record
class Hanging:
    """What hangs on a visit, which cannot be undone with it: how many of each."""

    entries: int
    medicines: int
    notes: int  # signed
    checks: int  # during the day, or of the morning round where it found something


def count_hanging(database: Database | Unit, visit: VisitId) -> Hanging:
    """What hangs on a visit."""
    row = database.row(
        "select (select count(*) from log_entry where visit_id = :id and ended_at is null) as entries,"
        " (select count(*) from visit v join visit b on b.child_id = v.child_id and b.day = v.day"
        " join medicine_request q on q.visit_id = b.id where v.id = :id and q.undone_at is null and"
        " (b.id = v.id or exists (select 1 from medicine_dose d join medicine_act a on a.dose_id = d.id"
        " where d.request_id = q.id and a.undone_at is null and a.at >= v.arrived_at))) as medicines,"
        " (select count(*) from handover_note where visit_id = :id and signed_at is not null) as notes,"
        " (select count(*) from health_check h where h.visit_id = :id and h.undone_at is null and (h.kind <>"
        " 'morning' or (h.outcome <> 'normal' and exists"
        " (select 1 from check_detail d where d.check_id = h.id)))) as checks",
        {"id": visit},
    )
    return Hanging(0, 0, 0, 0) if row is None else Hanging(*row)


def add_check(unit: Unit, visit: VisitId, check: Check, staff: StaffId) -> int:
    """Record a health check."""
    return unit.insert(
        "health_check",
        {
            "visit_id": visit,
            "kind": check.kind,
            "at": stamp(check.at),
            "tenths": check.tenths,
            "site": check.site,
            "outcome": check.outcome,
            "note": check.note,
            "staff_id": staff,
        },
    )


def keep_refused(unit: Unit, child: ChildId, name: str, tenths: int) -> None:
    """Keep a reading with which a child was not let in: there is no stay that it could stand in.

    ``tenths`` of a degree. The audit trail holds it, which nobody can take back.
    """
    unit.audit(REFUSED, child, f"{tenths / 10:.1f}℃ {name} 没有收下")


def find_refused(
    database: Database | Unit, child: ChildId, day: dt.date
) -> tuple[dt.datetime, int, dt.datetime] | None:
    """The highest reading with which a child was not let in on a day: when, tenths; and when the last was."""
    found = _refused(database, child, day, day + dt.timedelta(days=1))
    return (*max(found, key=lambda one: one[1]), max(at for at, _ in found)) if found else None


def list_refused(
    database: Database | Unit, child: ChildId, first: dt.date, until: dt.date
) -> tuple[tuple[dt.datetime, int], ...]:
    """The readings with which a child was not let in, from a day to before another, since she came in."""
    came = (
        " and not exists (select 1 from visit v where v.child_id = :child and v.undone_at is null"
        " and v.arrived_at >= audit.at)"
    )
    return _refused(database, child, first, until, came)


def _refused(
    database: Database | Unit, child: ChildId, first: dt.date, until: dt.date, also: str = ""
) -> tuple[tuple[dt.datetime, int], ...]:
    rows = database.rows(
        f"select at, detail from audit where subject = :subject and subject_id in ({SAME_CHILD})"
        f" and at >= :first and at < :until{also} order by id",
        {
            "subject": REFUSED,
            "child": child,
            "first": first.isoformat(),
            "until": until.isoformat(),
        },
    )
    return tuple((moment(row["at"]), round(float(row["detail"].split("℃")[0]) * 10)) for row in rows)


def reverse_check(unit: Unit, visit: VisitId, kind: str) -> bool:
    """Take the last check of a kind back; False when none stands."""
    done = unit.execute(
        "update health_check set undone_at = :at where id = (select max(id) from health_check"
        " where visit_id = :id and kind = :kind and undone_at is null)",
        {"at": unit.stamp, "id": visit, "kind": kind},
    )
    return done.rowcount == 1


def list_checks(database: Database, visit: VisitId) -> tuple[Check, ...]:
    """The health checks of a visit in order."""
    rows = database.rows(
        "select kind, at, tenths, site, outcome, note from health_check"
        " where visit_id = :id and undone_at is null order by at, id",
        {"id": visit},
    )
    return tuple(
        Check(row["kind"], moment(row["at"]), row["tenths"], row["site"], row["outcome"], row["note"])
        for row in rows
    )


def add_absence(
    unit: Unit, child: ChildId, day: dt.date, kind: str, reason: str, told_by: str, staff: StaffId
) -> AbsenceId:
    """Note that a child stays away.

    Raises:
        AbsenceExistsError: if one is noted for that day.
    """
    row = {
        "child_id": child,
        "day": day.isoformat(),
        "kind": kind,
        "reason": reason,
        "told_by": told_by,
        "noted_by": staff,
        "noted_at": unit.stamp,
    }
    try:
        return AbsenceId(unit.insert("absence", row))
    except sqlite3.IntegrityError as error:
        if "absence.child_id" in str(error):
            raise AbsenceExistsError(str(child)) from error
        raise


def find_absence_on(database: Database | Unit, child: ChildId, day: dt.date) -> Absence | None:
    """The absence that holds for a child on a day."""
    row = database.row(
        f"{_ABSENCE} where b.child_id = :child and b.day = :day and b.undone_at is null",
        {"child": child, "day": day.isoformat()},
    )
    return None if row is None else _absence(row)


def reverse_absence(unit: Unit, absence: AbsenceId) -> bool:
    """Take a noted absence back; False when it was."""
    done = unit.execute(
        "update absence set undone_at = :at where id = :id and undone_at is null",
        {"at": unit.stamp, "id": absence},
    )
    return done.rowcount == 1


_ABSENCE = (
    "select b.id, b.child_id, c.name as child_name, b.day, b.kind, b.undone_at"
    " from absence b join child c on c.id = b.child_id"
)


def _absence(row: sqlite3.Row) -> Absence:
    return Absence(
        AbsenceId(row["id"]),
        ChildId(row["child_id"]),
        row["child_name"],
        dt.date.fromisoformat(row["day"]),
        row["kind"],
        row["undone_at"] is not None,
    )


def _visit(row: sqlite3.Row) -> Visit:
    return Visit(
        id=VisitId(row["id"]),
        child=ChildId(row["child_id"]),
        child_name=row["child_name"],
        class_id=ClassId(row["class_id"]),
        class_name=row["class_name"],
        day=dt.date.fromisoformat(row["day"]),
        mode=CareMode(row["mode"]),
        tariff=Tariff(row["tariff"]),
        reason=row["reason"],
        promised_at=moment_or_none(row["promised_at"]),
        pickup_code=row["pickup_code"],
        arrived_at=moment(row["arrived_at"]),
        brought_by=None if row["brought_by"] is None else AdultId(row["brought_by"]),
        left_at=moment_or_none(row["left_at"]),
        collected_by=None if row["collected_by"] is None else AdultId(row["collected_by"]),
        undone=row["undone_at"] is not None,
    )


def find_signed_note(database: Database | Unit, visit: VisitId) -> str | None:
    """The number of the signed handover note of a visit; None while nobody has signed one."""
    row = database.row(
        "select number from handover_note where visit_id = :id and signed_at is not null"
        " order by id desc limit 1",
        {"id": visit},
    )
    return None if row is None else str(row["number"])


def had_lunch(database: Database | Unit, visit: VisitId) -> bool | None:
    """Whether the child ate lunch by the log; refused (拒食) is no, and None where the log names no lunch."""
    row = database.row(
        "select max(coalesce(grade, 1)) as most from log_entry where visit_id = :id and kind = 'meal'"
        " and detail = 'lunch' and ended_at is null",
        {"id": visit},
    )
    return None if row is None or row["most"] is None else row["most"] > 0
