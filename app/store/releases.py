"""Releases: who took a child, by what proof, by whom, when; and siblings who left in one act."""

import datetime as dt
import json
import sqlite3

from app.domain.ids import AdultId, ChildId, GrantId, ReleaseId, StaffId, VisitId
from app.domain.record import record
from app.store import merging, people
from app.store.database import Database, Unit
from app.store.stamps import moment


@record
class NewRelease:
    """A child is handed over. ``who`` is relation and name; ``together`` the first release of one act.

    ``reason`` is why an exception was made, or how the hour of a forgotten departure is known; of a card
    that was scanned it is the number, of a slip of a sibling whose she is.
    """

    visit: VisitId
    proof: str
    who: str
    released_by: StaffId
    together: ReleaseId | None = None
    grant: GrantId | None = None
    confirmed_by: StaffId | None = None
    reason: str = ""


@record
class Release:
    """A release as kept. ``at`` is when it was written, which may be days after the departure."""

    id: ReleaseId
    visit: VisitId
    together: ReleaseId | None
    proof: str
    who: str
    grant: GrantId | None
    confirmed_by: StaffId | None
    reason: str
    at: dt.datetime
    released_by: StaffId
    undone: bool


@record
class OpenStay:
    """A stay of an earlier day that nobody ended. ``promised_at`` is None where the contract says it."""

    visit: VisitId
    child: ChildId
    name: str
    class_name: str
    day: dt.date
    arrived_at: dt.datetime
    promised_at: dt.datetime | None


_SEEN = "identity"  # the subject of the line of a card that was looked at
# His records that have their mark by one release: the one it was set on, and those it came to by a merging.
_MARKED = (
    "select one.id from adult one join mine on mine.at = one.identity_seen_at"
    " join audit a on a.at = mine.at and a.verb = 'check_out' and a.subject = :seen and a.subject_id = one.id"
    " where one.id in his union select kept.id from marked join merging m on m.merged_id = marked.id"
    " and m.subject = 'adult' and m.undone_at is null"
    " join adult kept on kept.id = m.kept_id and kept.identity_seen_at = m.at"
)
_RELEASE = (
    "select id, visit_id, together_id, proof, who, grant_id, confirmed_by, reason, at, released_by, undone_at"
    " from release"
)


def add_release(unit: Unit, release: NewRelease) -> ReleaseId:
    """Keep a release at the unit's moment."""
    return ReleaseId(
        unit.insert(
            "release",
            {
                "visit_id": release.visit,
                "together_id": release.together,
                "proof": release.proof,
                "who": release.who,
                "grant_id": release.grant,
                "confirmed_by": release.confirmed_by,
                "reason": release.reason,
                "at": unit.stamp,
                "released_by": release.released_by,
            },
        )
    )


def void_release(unit: Unit, release: ReleaseId, staff: StaffId) -> None:
    """The release of a stay that never was: the row stays as undone; what went home then is gone."""
    params = {"at": unit.stamp, "staff": staff, "id": release}
    unit.execute("update release set undone_at = :at, undone_by = :staff where id = :id", params)


def reverse_release(unit: Unit, release: ReleaseId, staff: StaffId) -> None:
    """She has not left after all: the row stays as undone, its belongings and deferrals with it."""
    void_release(unit, release, staff)
    unit.execute("update belonging set returned_in = null where returned_in = :id", {"id": release})
    unit.execute("update deferral set settled_in = null where settled_in = :id", {"id": release})
    unit.execute(
        "update deferral set undone_at = :at where release_id = :id and undone_at is null",
        {"at": unit.stamp, "id": release},
    )


def note_identity_seen(unit: Unit, adult: AdultId, who: str) -> None:
    """At the door his identity card was looked at; a line tells of the first time, to take it back by."""
    if people.note_identity_seen(unit, adult):
        unit.audit(_SEEN, adult, who)


def reverse_identity_seen(unit: Unit, visit: VisitId) -> None:
    """The mark goes that the release of a visit set, unless he shows his card at another one that stands.

    Where his record was merged since, the mark that the kept one has from it goes with it. Asked while the
    visit still tells who took her.
    """
    row = unit.row("select collected_by from visit where id = :visit", {"visit": visit})
    if row is None or row["collected_by"] is None:
        return
    his = (row["collected_by"], *merging.list_merged(unit, "adult", row["collected_by"]))
    unit.execute(
        "with recursive mine (at) as (select at from release where visit_id = :visit and undone_at is null),"
        f" his (id) as (select value from json_each(:his)), marked (id) as ({_MARKED})"
        " update adult set identity_seen_at = null where id in marked"
        " and not exists (select 1 from visit v join release o on o.visit_id = v.id and o.undone_at is null"
        " where v.collected_by in his and v.id <> :visit"
        " and (o.at in mine or o.proof in ('identity', 'grant', 'exception')))",
        {"visit": visit, "seen": _SEEN, "his": json.dumps(his)},
    )


def find_release_of_visit(database: Database | Unit, visit: VisitId) -> Release | None:
    """The release that stands for a visit; None where she is inside, or left before releases were kept."""
    row = database.row(f"{_RELEASE} where visit_id = :visit and undone_at is null", {"visit": visit})
    return None if row is None else _release(row)


def list_together(database: Database | Unit, first: ReleaseId) -> tuple[Release, ...]:
    """The releases of one act that stand, in order."""
    rows = database.rows(
        f"{_RELEASE} where (id = :first or together_id = :first) and undone_at is null order by id",
        {"first": first},
    )
    return tuple(_release(row) for row in rows)


def list_open_stays(database: Database | Unit, today: dt.date) -> tuple[OpenStay, ...]:
    """The stays of earlier days that nobody ended, oldest first."""
    rows = database.rows(
        "select v.id, v.child_id, c.name, g.name as class_name, v.day, v.arrived_at, v.promised_at"
        " from visit v join child c on c.id = v.child_id join class_group g on g.id = v.class_id"
        " where v.left_at is null and v.undone_at is null and v.day < :today order by v.day, v.arrived_at",
        {"today": today.isoformat()},
    )
    return tuple(
        OpenStay(
            VisitId(row["id"]),
            ChildId(row["child_id"]),
            row["name"],
            row["class_name"],
            dt.date.fromisoformat(row["day"]),
            moment(row["arrived_at"]),
            None if row["promised_at"] is None else moment(row["promised_at"]),
        )
        for row in rows
    )


def list_siblings_inside(
    database: Database | Unit, child: ChildId, day: dt.date
) -> tuple[tuple[VisitId, ChildId], ...]:
    """Children inside today who share a guardian with a child: visit and child, eldest first."""
    rows = database.rows(
        "select distinct v.id, v.child_id, c.born_on from child_adult mine"
        " join child_adult hers on hers.adult_id = mine.adult_id and hers.ended_at is null"
        " and hers.is_guardian = 1 and hers.barred = 0"
        " join visit v on v.child_id = hers.child_id and v.left_at is null and v.undone_at is null"
        " join child c on c.id = v.child_id"
        " where mine.child_id = :child and mine.is_guardian = 1 and mine.barred = 0"
        " and mine.ended_at is null and hers.child_id <> :child and v.day = :day order by c.born_on, v.id",
        {"child": child, "day": day.isoformat()},
    )
    return tuple((VisitId(row["id"]), ChildId(row["child_id"])) for row in rows)


def _release(row: sqlite3.Row) -> Release:
    return Release(
        id=ReleaseId(row["id"]),
        visit=VisitId(row["visit_id"]),
        together=None if row["together_id"] is None else ReleaseId(row["together_id"]),
        proof=row["proof"],
        who=row["who"],
        grant=None if row["grant_id"] is None else GrantId(row["grant_id"]),
        confirmed_by=None if row["confirmed_by"] is None else StaffId(row["confirmed_by"]),
        reason=row["reason"],
        at=moment(row["at"]),
        released_by=StaffId(row["released_by"]),
        undone=row["undone_at"] is not None,
    )
