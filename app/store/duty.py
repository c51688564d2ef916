"""Who clocked into which class, and the posts of those who do not do what their role says."""

import datetime as dt
import sqlite3

from app.domain.duty import DutyKind, Post, Stretch
from app.domain.ids import ClassId, DutyId, StaffId
from app.domain.staff import Role
from app.store import tables
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none, stamp

_STRETCH = (
    "select d.id, d.staff_id, s.name, s.role, d.class_id, g.name as class_name, d.day, d.kind,"
    " d.cover, d.from_at, d.to_at, e.name as entered_by, d.replaces_id, d.reason, d.after_id, d.undone_at"
    " from duty d join staff s on s.id = d.staff_id join class_group g on g.id = d.class_id"
    " join staff e on e.id = d.entered_by"
)


def posts() -> tuple[Post, ...]:
    """Every row of ``carers.toml``, of all dates."""
    return tuple(
        Post(
            row["code"],
            row["label"],
            row["counts"],
            tuple(row["roles"]),
            row["valid_from"],
            row.get("medicine", True),
        )
        for row in tables.read_once("carers.toml")["post"]
    )


def given_posts(database: Database) -> dict[StaffId, str]:
    """The posts set for single people, by key; whoever is not in it has that of her role."""
    return database.remember("staff_post", "given", lambda: _given(database))


def _given(database: Database) -> dict[StaffId, str]:
    rows = database.rows("select staff_id, post from staff_post where ended_at is null")
    return {StaffId(row["staff_id"]): row["post"] for row in rows}


def list_day(database: Database | Unit, day: dt.date) -> tuple[Stretch, ...]:
    """The stretches of a day that hold, in the order of time."""
    rows = database.rows(
        f"{_STRETCH} where d.day = :day and d.undone_at is null order by d.from_at, d.id",
        {"day": day.isoformat()},
    )
    return tuple(_stretch(row) for row in rows)


def list_between(database: Database, first: dt.date, last: dt.date) -> tuple[Stretch, ...]:
    """The stretches of days from ``first`` to ``last``, both included, that hold."""
    rows = database.rows(
        f"{_STRETCH} where d.day between :first and :last and d.undone_at is null"
        " order by d.day, g.sort, g.id, d.from_at, d.id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_stretch(row) for row in rows)


def list_unended(database: Database | Unit, before: dt.date) -> tuple[Stretch, ...]:
    """Stretches of earlier days that nobody ended, the oldest first."""
    rows = database.rows(
        f"{_STRETCH} where d.day < :day and d.to_at is null and d.undone_at is null order by d.day, d.id",
        {"day": before.isoformat()},
    )
    return tuple(_stretch(row) for row in rows)


def find(database: Database | Unit, duty: DutyId) -> Stretch | None:
    """One stretch that holds."""
    row = database.row(f"{_STRETCH} where d.id = :id and d.undone_at is null", {"id": duty})
    return None if row is None else _stretch(row)


def find_open(database: Database | Unit, staff: StaffId, day: dt.date) -> Stretch | None:
    """Where somebody is clocked in on a day."""
    row = database.row(
        f"{_STRETCH} where d.staff_id = :staff and d.day = :day and d.to_at is null and d.undone_at is null",
        {"staff": staff, "day": day.isoformat()},
    )
    return None if row is None else _stretch(row)


def list_of(database: Database | Unit, staff: StaffId, day: dt.date) -> tuple[Stretch, ...]:
    """One person's stretches of a day that hold."""
    return tuple(one for one in list_day(database, day) if one.staff == staff)


def list_before(database: Database, duty: DutyId) -> tuple[Stretch, ...]:
    """What a stretch corrected, the newest first: the values that stood before stay on file."""
    found: list[Stretch] = []
    row = database.row(f"{_STRETCH} where d.id = :id", {"id": duty})
    while row is not None and row["replaces_id"] is not None:
        row = database.row(f"{_STRETCH} where d.id = :id", {"id": row["replaces_id"]})
        if row is not None:
            found.append(_stretch(row))
    return tuple(found)


def add(
    unit: Unit,
    staff: StaffId,
    class_id: ClassId,
    day: dt.date,
    kind: DutyKind,
    *,
    cover: bool,
    after: DutyId | None,
    by: StaffId,
) -> DutyId:
    """Somebody begins at the unit's moment. ``after`` is the stretch that ended by it."""
    row = {
        "staff_id": staff, "class_id": class_id, "day": day.isoformat(), "kind": kind.value,
        "cover": int(cover), "from_at": unit.stamp, "entered_by": by, "after_id": after,
    }  # fmt: skip
    return DutyId(unit.insert("duty", row))


def add_past(
    unit: Unit,
    like: Stretch,
    from_at: dt.datetime,
    to_at: dt.datetime | None,
    reason: str,
    by: StaffId,
) -> DutyId:
    """A stretch entered afterwards; if ``like`` has a key, the new one stands in its place."""
    row = {
        "staff_id": like.staff, "class_id": like.class_id, "day": like.day.isoformat(),
        "kind": like.kind.value, "cover": int(like.cover), "from_at": stamp(from_at),
        "to_at": None if to_at is None else stamp(to_at), "entered_by": by,
        "ended_by": None if to_at is None else by, "reason": reason,
        "replaces_id": like.id or None,
    }  # fmt: skip
    return DutyId(unit.insert("duty", row))


def end(unit: Unit, duty: DutyId, by: StaffId) -> bool:
    """A stretch ends at the unit's moment; False when it does not run."""
    done = unit.execute(
        "update duty set to_at = :at, ended_by = :staff"
        " where id = :id and to_at is null and undone_at is null",
        {"at": unit.stamp, "staff": by, "id": duty},
    )
    return done.rowcount == 1


def reopen(unit: Unit, duty: DutyId) -> bool:
    """It goes on after all; the audit keeps when it had ended. False when it runs or was taken back."""
    done = unit.execute(
        "update duty set to_at = null, ended_by = null"
        " where id = :id and to_at is not null and undone_at is null",
        {"id": duty},
    )
    return done.rowcount == 1


def reverse(unit: Unit, duty: DutyId, by: StaffId) -> bool:
    """A stretch was none, or another stands in its place; it stays on file. False when it was reversed."""
    done = unit.execute(
        "update duty set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": by, "id": duty},
    )
    return done.rowcount == 1


def revive(unit: Unit, duty: DutyId) -> None:
    """What was corrected holds again: the correction was taken back."""
    unit.execute("update duty set undone_at = null, undone_by = null where id = :id", {"id": duty})


def find_before(unit: Unit, duty: DutyId) -> DutyId | None:
    """The stretch that ended when this one began."""
    row = unit.row("select after_id from duty where id = :id", {"id": duty})
    return None if row is None or row["after_id"] is None else DutyId(row["after_id"])


def set_post(
    unit: Unit, staff: StaffId, post: str | None, reason: str, starts_on: dt.date, by: StaffId
) -> int:
    """Give somebody another post than her role's from now on, or take it away (None). The old one stays."""
    unit.execute(
        "update staff_post set ended_at = :at, ended_by = :by where staff_id = :staff and ended_at is null",
        {"at": unit.stamp, "by": by, "staff": staff},
    )
    unit.forget("staff_post")
    if post is None:
        return 0
    row = {
        "staff_id": staff, "post": post, "reason": reason, "starts_on": starts_on.isoformat(),
        "set_at": unit.stamp, "set_by": by,
    }  # fmt: skip
    return unit.insert("staff_post", row)


def _stretch(row: sqlite3.Row) -> Stretch:
    return Stretch(
        DutyId(row["id"]),
        StaffId(row["staff_id"]),
        row["name"],
        ClassId(row["class_id"]),
        row["class_name"],
        dt.date.fromisoformat(row["day"]),
        DutyKind(row["kind"]),
        bool(row["cover"]),
        moment(row["from_at"]),
        moment_or_none(row["to_at"]),
        row["entered_by"],
        None if row["replaces_id"] is None else DutyId(row["replaces_id"]),
        row["reason"],
        Role(row["role"]),
    )
