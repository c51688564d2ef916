"""Groups that went outside: who went, from which class, and whether they are back.

Who is put into the isolation room while her group is out has left it: she is not waited for any more.
"""

import datetime as dt
import sqlite3

from app.domain.ids import BatchId, ClassId, StaffId, VisitId, WalkId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none, stamp


@record
class Member:
    """One who went: a child by her visit, or a carer; exactly one of them."""

    visit: VisitId | None
    staff: StaffId | None
    class_id: ClassId
    name: str


@record
class Walk:
    """A group outside. ``back_at`` is None while it is."""

    id: WalkId
    day: dt.date
    place: str
    started_at: dt.datetime
    started_by: str
    back_at: dt.datetime | None
    back_by: str
    members: tuple[Member, ...]

    @property
    def children(self) -> tuple[Member, ...]:
        """The children who went."""
        return tuple(one for one in self.members if one.visit is not None)

    @property
    def carers(self) -> tuple[Member, ...]:
        """The staff who went."""
        return tuple(one for one in self.members if one.staff is not None)


_WALK = (
    "select w.id, w.day, w.place, w.started_at, s.name as started_by, w.back_at, b.name as back_by"
    " from walk w join staff s on s.id = w.started_by left join staff b on b.id = w.back_by"
    " where w.undone_at is null"
)


def list_open(database: Database | Unit, day: dt.date | None = None) -> tuple[Walk, ...]:
    """Groups that are not back, in the order they went; those that went on ``day``, or whenever.

    A walk of an earlier day that nobody ended tells where nobody is today.
    """
    of_day = "" if day is None else " and w.day = :day"
    params = {} if day is None else {"day": day.isoformat()}
    rows = database.rows(f"{_WALK} and w.back_at is null{of_day} order by w.id", params)
    return _walks(database, rows)


def list_day(database: Database | Unit, day: dt.date) -> tuple[Walk, ...]:
    """The walks of a day, those taken back left out."""
    rows = database.rows(f"{_WALK} and w.day = :day order by w.id", {"day": day.isoformat()})
    return _walks(database, rows)


def find(database: Database | Unit, walk: WalkId) -> Walk | None:
    """One walk; None for one taken back."""
    row = database.row(f"{_WALK} and w.id = :id", {"id": walk})
    return None if row is None else _walks(database, [row])[0]


def add(unit: Unit, day: dt.date, place: str, by: StaffId) -> WalkId:
    """A group goes at the unit's moment."""
    row = {"day": day.isoformat(), "place": place, "started_at": unit.stamp, "started_by": by}
    return WalkId(unit.insert("walk", row))


def add_member(unit: Unit, walk: WalkId, member: Member) -> None:
    """Somebody goes along."""
    unit.insert(
        "walk_member",
        {
            "walk_id": walk,
            "visit_id": member.visit,
            "staff_id": member.staff,
            "class_id": member.class_id,
            "name": member.name,
        },
    )


def end(unit: Unit, walk: WalkId, by: StaffId) -> bool:
    """They are back at the unit's moment; False when they were."""
    done = unit.execute(
        "update walk set back_at = :at, back_by = :staff"
        " where id = :id and back_at is null and undone_at is null",
        {"at": unit.stamp, "staff": by, "id": walk},
    )
    return done.rowcount == 1


def reopen(unit: Unit, walk: WalkId) -> bool:
    """They are outside after all; the audit keeps when they had come back."""
    done = unit.execute(
        "update walk set back_at = null, back_by = null"
        " where id = :id and back_at is not null and undone_at is null",
        {"id": walk},
    )
    return done.rowcount == 1


def reverse(unit: Unit, walk: WalkId, by: StaffId) -> bool:
    """They did not go; the walk stays on file. False when it was taken back before or is over."""
    done = unit.execute(
        "update walk set undone_at = :at, undone_by = :staff"
        " where id = :id and undone_at is null and back_at is null",
        {"at": unit.stamp, "staff": by, "id": walk},
    )
    return done.rowcount == 1


def find_minutes(unit: Unit, walk: Walk) -> BatchId | None:
    """The batch that logged the minutes outdoors as the group came back; None where nothing of it stands."""
    if walk.back_at is None:
        return None
    row = unit.row(
        "select e.batch_id from walk_member m join log_entry e on e.visit_id = m.visit_id"
        " join log_batch b on b.id = e.batch_id where m.walk_id = :walk and e.kind = 'outdoor'"
        " and e.ended_at is null and b.made_at = :at and b.undone_at is null order by e.id limit 1",
        {"walk": walk.id, "at": stamp(walk.back_at)},
    )
    return None if row is None else BatchId(row["batch_id"])


def find_corrected(unit: Unit, walk: Walk) -> VisitId | None:
    """One child whose minutes outdoors of this walk hold in another wording by now; None where none do."""
    if walk.back_at is None:
        return None
    row = unit.row(
        "with recursive heir (id) as (select e.id from walk_member m"
        " join log_entry e on e.visit_id = m.visit_id join log_batch b on b.id = e.batch_id"
        " where m.walk_id = :walk and e.kind = 'outdoor' and e.replaces_id is null"
        " and e.ended_at is not null and b.made_at = :at and b.undone_at is null"
        " union all select n.id from heir h join log_entry n on n.replaces_id = h.id)"
        " select e.visit_id from heir h join log_entry e on e.id = h.id"
        " where e.ended_at is null order by e.id limit 1",
        {"walk": walk.id, "at": stamp(walk.back_at)},
    )
    return None if row is None else VisitId(row["visit_id"])


def _walks(database: Database | Unit, rows: list[sqlite3.Row]) -> tuple[Walk, ...]:
    return tuple(
        Walk(
            WalkId(row["id"]),
            dt.date.fromisoformat(row["day"]),
            row["place"],
            moment(row["started_at"]),
            row["started_by"],
            moment_or_none(row["back_at"]),
            row["back_by"] or "",
            _members(database, row["id"], row["started_at"], row["back_at"]),
        )
        for row in rows
    )


def _members(database: Database | Unit, walk: int, started: str, back: str | None) -> tuple[Member, ...]:
    """Who went, but for who was put into the isolation room meanwhile: she left the group at that moment."""
    rows = database.rows(
        "select m.visit_id, m.staff_id, m.class_id, m.name from walk_member m where m.walk_id = :walk"
        " and not exists (select 1 from fever_case f join fever_step t on t.case_id = f.id"
        " where f.visit_id = m.visit_id and f.undone_at is null and t.kind = 'isolate'"
        " and t.undone_at is null and t.at >= :started and (:back is null or t.at <= :back)) order by m.id",
        {"walk": walk, "started": started, "back": back},
    )
    return tuple(
        Member(
            None if row["visit_id"] is None else VisitId(row["visit_id"]),
            None if row["staff_id"] is None else StaffId(row["staff_id"]),
            ClassId(row["class_id"]),
            row["name"],
        )
        for row in rows
    )
