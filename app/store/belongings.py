"""Things a child brought along (随身物品), and papers put off at the door with a reason."""

import datetime as dt

from app.domain.ids import BelongingId, ChildId, ReleaseId, StaffId, VisitId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment


@record
class Belonging:
    """One thing, with the day on which it came."""

    id: BelongingId
    visit: VisitId
    child: ChildId
    words: str
    day: dt.date


@record
class Deferral:
    """A paper that was put off: of which kind, about what, why, when."""

    id: int
    child: ChildId
    kind: str
    subject: int
    words: str
    reason: str
    at: dt.datetime


def add_belonging(unit: Unit, visit: VisitId, words: str, staff: StaffId) -> BelongingId:
    """Note one thing at the unit's moment."""
    row = {"visit_id": visit, "words": words, "noted_by": staff, "noted_at": unit.stamp}
    return BelongingId(unit.insert("belonging", row))


def reverse_belonging(unit: Unit, belonging: BelongingId) -> bool:
    """It was not brought after all; False when it was taken back or given back before."""
    done = unit.execute(
        "update belonging set undone_at = :at where id = :id and undone_at is null and returned_in is null",
        {"at": unit.stamp, "id": belonging},
    )
    return done.rowcount == 1


def note_returned(unit: Unit, belonging: BelongingId, release: ReleaseId) -> None:
    """It went home with the child."""
    unit.execute(
        "update belonging set returned_in = :release where id = :id and returned_in is null",
        {"release": release, "id": belonging},
    )


def list_held(database: Database | Unit, child: ChildId) -> tuple[Belonging, ...]:
    """What of a child is still here, of this stay and of earlier ones.

    An arrival that was taken back takes along what was written down with it; what was noted in the course of
    it is here all the same, once she has come in again that day.
    """
    rows = database.rows(
        "select b.id, b.visit_id, v.child_id, b.words, v.day from visit v"
        " join belonging b on b.visit_id = v.id"
        " where v.child_id = :child and (v.undone_at is null or (b.noted_at > v.arrived_at and exists"
        " (select 1 from visit n where n.child_id = v.child_id and n.day = v.day and n.undone_at is null)))"
        " and b.undone_at is null"
        " and b.returned_in is null order by b.id",
        {"child": child},
    )
    return tuple(
        Belonging(
            BelongingId(row["id"]),
            VisitId(row["visit_id"]),
            ChildId(row["child_id"]),
            row["words"],
            dt.date.fromisoformat(row["day"]),
        )
        for row in rows
    )


def list_returned(database: Database | Unit, visit: VisitId) -> tuple[str, ...]:
    """What went home when the child of a visit was handed over, in words."""
    rows = database.rows(
        "select b.words from belonging b join release r on r.id = b.returned_in"
        " where r.visit_id = :visit and r.undone_at is null and b.undone_at is null order by b.id",
        {"visit": visit},
    )
    return tuple(row["words"] for row in rows)


def find_held(database: Database | Unit, belonging: BelongingId) -> Belonging | None:
    """One thing that is still here."""
    row = database.row(
        "select v.child_id from belonging b join visit v on v.id = b.visit_id where b.id = :id",
        {"id": belonging},
    )
    if row is None:
        return None
    held = list_held(database, ChildId(row["child_id"]))
    return next((one for one in held if one.id == belonging), None)


def add_deferral(
    unit: Unit, release: ReleaseId, child: ChildId, kind: str, subject: int, words: str, reason: str
) -> int:
    """Put a paper off, with the reason; it stays open until it is settled."""
    return unit.insert(
        "deferral",
        {
            "release_id": release,
            "child_id": child,
            "kind": kind,
            "subject_id": subject,
            "words": words,
            "reason": reason,
        },
    )


def settle_deferrals(unit: Unit, kind: str, subject: int, release: ReleaseId) -> None:
    """What had been put off is done."""
    unit.execute(
        "update deferral set settled_in = :release where kind = :kind and subject_id = :subject"
        " and settled_in is null and undone_at is null",
        {"release": release, "kind": kind, "subject": subject},
    )


def list_deferrals(database: Database | Unit, child: ChildId) -> tuple[Deferral, ...]:
    """What was put off about a child and has not been settled, the latest of each paper."""
    rows = database.rows(
        "select d.id, d.child_id, d.kind, d.subject_id, d.words, d.reason, r.at from deferral d"
        " join release r on r.id = d.release_id"
        " where d.child_id = :child and d.settled_in is null and d.undone_at is null order by d.id",
        {"child": child},
    )
    latest = {(row["kind"], row["subject_id"]): row for row in rows}
    return tuple(
        Deferral(
            row["id"],
            ChildId(row["child_id"]),
            row["kind"],
            row["subject_id"],
            row["words"],
            row["reason"],
            moment(row["at"]),
        )
        for row in latest.values()
    )


def list_settled_in(database: Database | Unit, release: ReleaseId, kind: str) -> tuple[int, ...]:
    """What of a kind that had been put off was done at a release: the subjects, each once."""
    rows = database.rows(
        "select subject_id from deferral where settled_in = :release and kind = :kind"
        " group by subject_id order by min(id)",
        {"release": release, "kind": kind},
    )
    return tuple(row["subject_id"] for row in rows)
