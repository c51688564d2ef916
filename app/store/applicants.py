"""Families that ask for a place. An applicant may be a name, a birth or due date, a phone and a wish."""

import datetime as dt
import functools
import sqlite3

from app.domain.classes import ClassKind
from app.domain.ids import ApplicantId, ChildId, StaffId
from app.domain.modes import CareMode, HalfDay
from app.domain.queue import Priority
from app.domain.record import record
from app.store import tables
from app.store.database import Database, Unit
from app.store.stamps import stamp


@record
class Applicant:
    """Who asks. Either ``born_on`` or ``due_on`` is known; ``child`` once she is on file."""

    name: str
    born_on: dt.date | None
    due_on: dt.date | None
    phone: str
    contact: str
    wish_kind: ClassKind | None
    wish_mode: CareMode
    wish_half: HalfDay | None
    wish_start: dt.date | None
    priority: str
    note: str
    applied_on: dt.date
    id: ApplicantId | None = None  # None until she is kept
    child: ChildId | None = None

    @property
    def birth(self) -> dt.date:
        """The day of birth, or when it is expected."""
        return self.born_on or self.due_on or self.applied_on


@functools.cache
def priorities() -> tuple[Priority, ...]:
    """The ranks of ``resources/tables/priorities.toml``, first ones first."""
    rows = tables.read("priorities.toml")["priority"]
    found = [Priority(row["code"], row["words"], row["rank"]) for row in rows]
    return tuple(sorted(found, key=lambda one: one.rank))


def find_priority(code: str) -> Priority:
    """One rank; a code the table has no more is the last of all and says itself."""
    return next((one for one in priorities() if one.code == code), Priority(code, code, 1000))


def add_applicant(unit: Unit, applicant: Applicant, staff: StaffId) -> ApplicantId:
    """Put a family on file."""
    row = {
        "child_id": applicant.child,
        "name": applicant.name,
        "born_on": _iso(applicant.born_on),
        "due_on": _iso(applicant.due_on),
        "contact": applicant.contact,
        "phone": applicant.phone,
        "wish_kind": None if applicant.wish_kind is None else applicant.wish_kind.value,
        "wish_mode": applicant.wish_mode.value,
        "wish_half": None if applicant.wish_half is None else applicant.wish_half.value,
        "wish_start": _iso(applicant.wish_start),
        "priority": applicant.priority,
        "note": applicant.note,
        "applied_on": applicant.applied_on.isoformat(),
        "added_by": staff,
        "added_at": unit.stamp,
    }
    return ApplicantId(unit.insert("applicant", row))


def note_child(unit: Unit, applicant: ApplicantId, child: ChildId) -> None:
    """The applicant is on file as a child from now on."""
    unit.execute("update applicant set child_id = :child where id = :id", {"child": child, "id": applicant})


def list_applicants(database: Database | Unit) -> dict[ApplicantId, Applicant]:
    """Every family that ever asked."""
    rows = database.rows(
        "select id, child_id, name, born_on, due_on, contact, phone, wish_kind, wish_mode, wish_half,"
        " wish_start, priority, note, applied_on from applicant order by id"
    )
    return {ApplicantId(row["id"]): _applicant(row) for row in rows}


def find_applicant(database: Database | Unit, applicant: ApplicantId) -> Applicant | None:
    """One family."""
    row = database.row(
        "select id, child_id, name, born_on, due_on, contact, phone, wish_kind, wish_mode, wish_half,"
        " wish_start, priority, note, applied_on from applicant where id = :id",
        {"id": applicant},
    )
    return None if row is None else _applicant(row)


def list_unfiled(database: Database | Unit) -> dict[ApplicantId, Applicant]:
    """Families who ask or asked, and who are no child on file."""
    rows = database.rows(
        "select id, child_id, name, born_on, due_on, contact, phone, wish_kind, wish_mode, wish_half,"
        " wish_start, priority, note, applied_on from applicant a where a.child_id is null"
        " and exists (select 1 from life_step s where s.applicant_id = a.id and s.undone_at is null)"
        " order by a.id"
    )
    return {ApplicantId(row["id"]): _applicant(row) for row in rows}


def list_near(database: Database | Unit, birth: dt.date, phone: str) -> tuple[Applicant, ...]:
    """Families who ask or asked, of a birth or due date or with a number, and who are no child on file."""
    rows = database.rows(
        "select id, child_id, name, born_on, due_on, contact, phone, wish_kind, wish_mode, wish_half,"
        " wish_start, priority, note, applied_on from applicant a"
        " where a.child_id is null and (a.born_on = :birth or a.due_on = :birth or a.phone = :phone)"
        " and exists (select 1 from life_step s where s.applicant_id = a.id and s.undone_at is null)"
        " order by a.id desc",
        {"birth": birth.isoformat(), "phone": phone},
    )
    return tuple(_applicant(row) for row in rows)


def list_children(database: Database | Unit) -> dict[ChildId, tuple[str, dt.date]]:
    """Name and birth date of every child whose record holds."""
    return {
        ChildId(row["id"]): (row["name"], dt.date.fromisoformat(row["born_on"]))
        for row in database.rows("select id, name, born_on from child where gone_at is null order by id")
    }


def count_visits_from(
    database: Database | Unit, child: ChildId, day: dt.date, made_at: dt.datetime | None = None
) -> int:
    """How often a child came by a contract that holds from a day on: it cannot be taken back.

    Who had come before the contract was made (``made_at``) came by the one before it.
    """
    row = database.row(
        "select count(*) as n from visit where child_id = :child and day >= :day and tariff = 'contract'"
        " and undone_at is null and arrived_at >= :made",
        {"child": child, "day": day.isoformat(), "made": "" if made_at is None else stamp(made_at)},
    )
    return 0 if row is None else int(row["n"])


def last_came(database: Database | Unit, child: ChildId, first: dt.date, last: dt.date) -> dt.date | None:
    """The last day between two on which a child came by contract, inside still or gone."""
    row = database.row(
        "select max(day) as day from visit where child_id = :child and day between :first and :last"
        " and tariff = 'contract' and undone_at is null",
        {"child": child, "first": first.isoformat(), "last": last.isoformat()},
    )
    return None if row is None or row["day"] is None else dt.date.fromisoformat(row["day"])


def seat_changes(database: Database | Unit) -> tuple[dt.date, ...]:
    """The days on which the number of licensed seats changes."""
    return tuple(
        dt.date.fromisoformat(row["valid_from"])
        for row in database.rows(
            "select valid_from from licensed_seats where ended_at is null order by valid_from"
        )
    )


def _applicant(row: sqlite3.Row) -> Applicant:
    return Applicant(
        name=row["name"],
        born_on=_date(row["born_on"]),
        due_on=_date(row["due_on"]),
        phone=row["phone"],
        contact=row["contact"],
        wish_kind=None if row["wish_kind"] is None else ClassKind(row["wish_kind"]),
        wish_mode=CareMode(row["wish_mode"]),
        wish_half=None if row["wish_half"] is None else HalfDay(row["wish_half"]),
        wish_start=_date(row["wish_start"]),
        priority=row["priority"],
        note=row["note"],
        applied_on=dt.date.fromisoformat(row["applied_on"]),
        id=ApplicantId(row["id"]),
        child=None if row["child_id"] is None else ChildId(row["child_id"]),
    )


def _date(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
