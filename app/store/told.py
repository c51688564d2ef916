"""At the door: to whom the day was told (已说给谁), and the family's signature under the note."""

import datetime as dt
import sqlite3

from app.domain.ids import AdultId, ChildId, NoteId, SignatureId, StaffId, ToldId, VisitId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment


@record
class Told:
    """The day was told to somebody: the sentences as they were said, when, by whom."""

    id: ToldId
    visit: VisitId
    who: str  # 奶奶 王秀兰
    words: str
    at: dt.datetime
    by: str


@record
class Signature:
    """A signature under one signed note. ``way`` is screen (``png`` holds it) or paper."""

    id: SignatureId
    note: NoteId
    who: str
    way: str
    png: bytes
    at: dt.datetime
    by: str


@record
class Said:
    """What was said to one adult of a child's family, in one of her stays."""

    visit: VisitId
    adult: AdultId
    words: str
    at: dt.datetime


_TOLD = (
    "select t.id, t.visit_id, t.who, t.words, t.told_at, s.name as teller from note_told t"
    " join staff s on s.id = t.told_by where t.undone_at is null"
)
_SIGNED = (
    "select g.id, g.note_id, g.who, g.way, g.png, g.signed_at, s.name as witness from note_signature g"
    " join staff s on s.id = g.staff_id where g.undone_at is null"
)


def add_told(
    unit: Unit, visit: VisitId, adult: AdultId | None, who: str, words: str, staff: StaffId
) -> ToldId:
    """Note at the unit's moment that the day was told."""
    row = {
        "visit_id": visit,
        "adult_id": adult,
        "who": who,
        "words": words,
        "told_at": unit.stamp,
        "told_by": staff,
    }
    return ToldId(unit.insert("note_told", row))


def reverse_told(unit: Unit, told: ToldId, staff: StaffId) -> bool:
    """It was not told after all; False when that was said before."""
    done = unit.execute(
        "update note_told set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": told},
    )
    return done.rowcount == 1


def find_told(database: Database | Unit, told: ToldId) -> Told | None:
    """One that holds."""
    row = database.row(f"{_TOLD} and t.id = :id", {"id": told})
    return None if row is None else _told(row)


def list_told(database: Database | Unit, visit: VisitId) -> tuple[Told, ...]:
    """To whom the day of a visit was told, the first one first."""
    rows = database.rows(f"{_TOLD} and t.visit_id = :visit order by t.id", {"visit": visit})
    return tuple(_told(row) for row in rows)


def list_stays_before(
    database: Database, child: ChildId, day: dt.date, first: dt.date
) -> tuple[VisitId, ...]:
    """The child's stays from ``first`` until before a day, the oldest first."""
    rows = database.rows(
        "select id from visit where child_id = :child and day >= :first and day < :day"
        " and undone_at is null order by day, arrived_at",
        {"child": child, "first": first.isoformat(), "day": day.isoformat()},
    )
    return tuple(VisitId(row["id"]) for row in rows)


def list_said(database: Database, child: ChildId, first: dt.date) -> tuple[Said, ...]:
    """What was told to the adults of a child in her stays since a day."""
    rows = database.rows(
        "select t.visit_id, t.adult_id, t.words, t.told_at from note_told t join visit v on v.id = t.visit_id"
        " where v.child_id = :child and v.day >= :first and t.adult_id is not null and t.undone_at is null"
        " order by t.id",
        {"child": child, "first": first.isoformat()},
    )
    return tuple(
        Said(VisitId(row["visit_id"]), AdultId(row["adult_id"]), row["words"], moment(row["told_at"]))
        for row in rows
    )


def list_signers(database: Database, note: NoteId) -> tuple[tuple[AdultId, dt.datetime], ...]:
    """The adult who signed under a note, if she is on file."""
    rows = database.rows(
        "select adult_id, signed_at from note_signature where note_id = :note and undone_at is null"
        " and adult_id is not null",
        {"note": note},
    )
    return tuple((AdultId(row["adult_id"]), moment(row["signed_at"])) for row in rows)


def add_signature(
    unit: Unit, note: NoteId, adult: AdultId | None, who: str, png: bytes, staff: StaffId
) -> SignatureId:
    """Keep a signature under a note; without a picture it stands on paper."""
    row = {
        "note_id": note,
        "adult_id": adult,
        "who": who,
        "way": "screen" if png else "paper",
        "png": png or None,
        "signed_at": unit.stamp,
        "staff_id": staff,
    }
    return SignatureId(unit.insert("note_signature", row))


def reverse_signature(unit: Unit, signature: SignatureId, staff: StaffId) -> bool:
    """Take a signature back; it stays in the file. False when it was taken back before."""
    done = unit.execute(
        "update note_signature set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": signature},
    )
    return done.rowcount == 1


def find_signature(database: Database | Unit, note: NoteId) -> Signature | None:
    """The signature that stands under a note."""
    row = database.row(f"{_SIGNED} and g.note_id = :note", {"note": note})
    return None if row is None else _signature(row)


def find_signature_by_id(database: Database | Unit, signature: SignatureId) -> Signature | None:
    """A signature that holds, by its own key."""
    row = database.row(f"{_SIGNED} and g.id = :id", {"id": signature})
    return None if row is None else _signature(row)


def _told(row: sqlite3.Row) -> Told:
    return Told(
        ToldId(row["id"]),
        VisitId(row["visit_id"]),
        row["who"],
        row["words"],
        moment(row["told_at"]),
        row["teller"],
    )


def _signature(row: sqlite3.Row) -> Signature:
    return Signature(
        SignatureId(row["id"]),
        NoteId(row["note_id"]),
        row["who"],
        row["way"],
        bytes(row["png"] or b""),
        moment(row["signed_at"]),
        row["witness"],
    )
