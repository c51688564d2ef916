"""Calls to the families: only ever added to. What was noted by mistake is taken back by another row."""

import datetime as dt
import sqlite3

from app.domain.ids import AdultId, BookingId, ChildId, ContactId, VisitId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none, stamp


@record
class NewContact:
    """A call. ``whom`` is ``妈妈 赵敏``; ``promised_at`` the new hour that was agreed, if any."""

    child: ChildId
    kind: str  # pickup, reminder
    day: dt.date
    whom: str
    words: str = ""
    reached: bool = True
    adult: AdultId | None = None
    visit: VisitId | None = None
    booking: BookingId | None = None
    promised_at: dt.datetime | None = None


@record
class Contact:
    """A call as kept."""

    id: ContactId
    child: ChildId
    visit: VisitId | None
    at: dt.datetime
    staff_name: str
    whom: str
    words: str
    reached: bool
    promised_at: dt.datetime | None


_CONTACT = (
    "select k.id, k.child_id, k.visit_id, k.at, s.name as staff_name, k.whom, k.words, k.reached,"
    " k.promised_at, k.booking_id from contact k join staff s on s.id = k.staff_id"
)
_STANDS = "k.kind <> 'taken_back' and not exists (select 1 from contact b where b.takes_back_id = k.id)"


def add_contact(unit: Unit, contact: NewContact) -> ContactId:
    """Note a call at the unit's moment."""
    row = {
        "child_id": contact.child,
        "visit_id": contact.visit,
        "booking_id": contact.booking,
        "adult_id": contact.adult,
        "kind": contact.kind,
        "day": contact.day.isoformat(),
        "reached": int(contact.reached),
        "whom": contact.whom,
        "words": contact.words,
        "promised_at": None if contact.promised_at is None else stamp(contact.promised_at),
        "at": unit.stamp,
        "staff_id": unit.actor_id,
    }
    return ContactId(unit.insert("contact", row))


def take_back(unit: Unit, contact: Contact, day: dt.date) -> ContactId:
    """Say that a call was noted by mistake; both lines stay."""
    row = {
        "child_id": contact.child,
        "kind": "taken_back",
        "day": day.isoformat(),
        "reached": 0,
        "at": unit.stamp,
        "staff_id": unit.actor_id,
        "takes_back_id": contact.id,
    }
    return ContactId(unit.insert("contact", row))


def find_contact(database: Database | Unit, contact: ContactId) -> Contact | None:
    """One call that stands."""
    row = database.row(f"{_CONTACT} where k.id = :id and {_STANDS}", {"id": contact})
    return None if row is None else _contact(row)


def list_of_visit(database: Database, visit: VisitId) -> tuple[Contact, ...]:
    """The calls about one stay, the latest first."""
    rows = database.rows(
        f"{_CONTACT} where k.visit_id = :visit and {_STANDS} order by k.id desc", {"visit": visit}
    )
    return tuple(_contact(row) for row in rows)


def list_of_day(database: Database, day: dt.date) -> dict[VisitId, tuple[Contact, ...]]:
    """The calls about today's stays, by stay, the latest first."""
    rows = database.rows(
        f"{_CONTACT} where k.day = :day and k.visit_id is not null and {_STANDS} order by k.id desc",
        {"day": day.isoformat()},
    )
    found: dict[VisitId, tuple[Contact, ...]] = {}
    for row in rows:
        key = VisitId(row["visit_id"])
        found[key] = (*found.get(key, ()), _contact(row))
    return found


def list_reminders(database: Database, day: dt.date) -> dict[BookingId, str]:
    """Which bookings of a day were reminded of: ``15:20 林晓``."""
    rows = database.rows(
        f"{_CONTACT} join booking o on o.id = k.booking_id where o.day = :day and k.kind = 'reminder'"
        f" and {_STANDS} order by k.id",
        {"day": day.isoformat()},
    )
    return {BookingId(row["booking_id"]): f"{moment(row['at']):%H:%M} {row['staff_name']}" for row in rows}


def _contact(row: sqlite3.Row) -> Contact:
    return Contact(
        ContactId(row["id"]),
        ChildId(row["child_id"]),
        None if row["visit_id"] is None else VisitId(row["visit_id"]),
        moment(row["at"]),
        row["staff_name"],
        row["whom"],
        row["words"],
        bool(row["reached"]),
        moment_or_none(row["promised_at"]),
    )
