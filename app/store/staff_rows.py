"""Staff and their shifts as the settings show them."""

import datetime as dt
import sqlite3

from app.domain.ids import ClassId, StaffId
from app.domain.record import record
from app.domain.staff import Role
from app.store.database import Database, Unit


@record
class StaffRow:
    """One staff member. ``ends_on`` is the last day here."""

    id: StaffId
    name: str
    role: Role
    class_id: ClassId | None
    phone: str
    certificate: str
    certificate_until: dt.date | None
    health_until: dt.date | None
    starts_on: dt.date
    ends_on: dt.date | None


@record
class ShiftRow:
    """A shift as entered: of an ISO weekday, or of one day, which then replaces the weekly ones."""

    id: int
    staff: StaffId
    name: str
    class_id: ClassId
    class_name: str
    weekday: int | None
    day: dt.date | None
    from_minute: int
    to_minute: int


_SHIFT = (
    "select h.id, h.staff_id, s.name, h.class_id, g.name as class_name, h.weekday, h.day, h.from_minute,"
    " h.to_minute from shift h join staff s on s.id = h.staff_id join class_group g on g.id = h.class_id"
    " where h.ended_at is null"
)


def list_staff_rows(database: Database | Unit) -> tuple[StaffRow, ...]:
    """Everybody who ever worked here, in the order of joining; one whose entry was taken back is left out."""
    rows = database.rows(
        "select id, name, role, class_id, phone, certificate, certificate_until, health_until, starts_on,"
        " ends_on from staff where ends_on is null or ends_on >= starts_on order by id"
    )
    return tuple(
        StaffRow(
            StaffId(row["id"]),
            row["name"],
            Role(row["role"]),
            None if row["class_id"] is None else ClassId(row["class_id"]),
            row["phone"],
            row["certificate"],
            _day(row["certificate_until"]),
            _day(row["health_until"]),
            dt.date.fromisoformat(row["starts_on"]),
            _day(row["ends_on"]),
        )
        for row in rows
    )


def list_week_shifts(database: Database | Unit) -> tuple[ShiftRow, ...]:
    """Every weekly shift of those still here, by weekday and hour."""
    rows = database.rows(f"{_SHIFT} and h.weekday is not null order by h.weekday, h.from_minute, h.id")
    return tuple(_shift(row) for row in rows)


def list_day_shifts(database: Database | Unit, first: dt.date, last: dt.date) -> tuple[ShiftRow, ...]:
    """The shifts entered for single days between two days."""
    rows = database.rows(
        f"{_SHIFT} and h.day between :first and :last order by h.day, h.from_minute, h.id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_shift(row) for row in rows)


def find_shift(database: Database | Unit, shift: int) -> ShiftRow | None:
    """One shift that holds."""
    row = database.row(f"{_SHIFT} and h.id = :id", {"id": shift})
    return None if row is None else _shift(row)


def _shift(row: sqlite3.Row) -> ShiftRow:
    return ShiftRow(
        row["id"],
        StaffId(row["staff_id"]),
        row["name"],
        ClassId(row["class_id"]),
        row["class_name"],
        row["weekday"],
        _day(row["day"]),
        row["from_minute"],
        row["to_minute"],
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
