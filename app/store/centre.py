"""The centre itself: its name, its seats, its classes and its calendar."""

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

from app.domain.calendar import DayMark, MarkedDay
from app.domain.classes import ClassKind
from app.domain.ids import ClassId
from app.domain.record import record
from app.store import errors
from app.store.database import Clock, Database, Unit


@record
class Centre:
    """The centre as kept. ``seal_key`` signs papers and never leaves the file."""

    name: str
    address: str
    phone: str
    seal_key: bytes
    practice: bool


@record
class ClassGroup:
    """One class (班级)."""

    id: ClassId
    name: str
    kind: ClassKind
    seats: int
    colour: str


def find_centre(database: Database | Unit) -> Centre | None:
    """The centre, or None in a file that is not set up yet."""
    row = database.row("select name, address, phone, seal_key, practice from centre")
    if row is None:
        return None
    return Centre(
        row["name"], row["address"], row["phone"], bytes.fromhex(row["seal_key"]), bool(row["practice"])
    )


def is_real_centre(path: Path, clock: Clock) -> bool:
    """Whether a centre's own file lies there, not one of the practice centre: play must never replace it.

    Where the file is gone or cannot be read, the back-ups beside it say whose it was. What cannot be read and
    has none is taken for real.
    """
    from app.store import backup  # most starts need none

    if (play := _is_play(path, clock)) is not None:
        return not play
    told = [_is_play(copy, clock) for _, copy in backup.list_backups(path.parent / backup.FOLDER)]
    holds = path.is_file() and path.stat().st_size > 0
    return False in told or (holds and True not in told)


def _is_play(path: Path, clock: Clock) -> bool | None:
    """Whether it is a practice centre's file; None for what is gone, empty, foreign or damaged."""
    if not path.is_file():
        return None
    try:
        with contextlib.closing(Database.peek(path, clock)) as database:
            found = database.row("select practice from centre")
    except (errors.ForeignFileError, errors.DamagedFileError, sqlite3.Error):
        return None
    return None if found is None else bool(found["practice"])


def add_centre(unit: Unit, centre: Centre) -> None:
    """Set the file up. There is one centre a file; a second one breaks a constraint."""
    unit.insert(
        "centre",
        {
            "id": 1,
            "name": centre.name,
            "address": centre.address,
            "phone": centre.phone,
            "seal_key": centre.seal_key.hex(),
            "practice": int(centre.practice),
            "created_at": unit.stamp,
        },
    )


def licensed_seats(database: Database | Unit, day: dt.date) -> int:
    """备案托位 in force on a day; 0 where none is on file."""
    row = database.row(
        "select seats from licensed_seats where valid_from <= :day and ended_at is null"
        " order by valid_from desc limit 1",
        {"day": day.isoformat()},
    )
    return 0 if row is None else int(row["seats"])


def add_licensed_seats(unit: Unit, seats: int, valid_from: dt.date) -> int:
    """A new number of seats from a day on."""
    return unit.insert("licensed_seats", {"valid_from": valid_from.isoformat(), "seats": seats})


def list_classes(database: Database | Unit, day: dt.date) -> tuple[ClassGroup, ...]:
    """The classes open on a day, in the centre's order."""
    return list_classes_over(database, day, day)


def list_classes_over(database: Database | Unit, first: dt.date, last: dt.date) -> tuple[ClassGroup, ...]:
    """The classes open on any day from ``first`` to ``last``, in the centre's order."""
    rows = database.rows(
        "select id, name, kind, seats, colour from class_group"
        " where opened_on <= :last and (closed_on is null or closed_on >= :first) order by sort, id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(
        ClassGroup(ClassId(row["id"]), row["name"], ClassKind(row["kind"]), row["seats"], row["colour"])
        for row in rows
    )


def add_class(
    unit: Unit, name: str, kind: ClassKind, seats: int, colour: str, sort: int, opened_on: dt.date
) -> ClassId:
    """Open a class."""
    row = {"name": name, "kind": kind.value, "seats": seats, "colour": colour, "sort": sort}
    return ClassId(unit.insert("class_group", {**row, "opened_on": opened_on.isoformat()}))


def calendar_kinds(database: Database, first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """The centre's own calendar between two days: workday, holiday, open or closed."""
    rows = database.rows(
        "select day, kind from calendar_day where day between :first and :last and ended_at is null",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return {dt.date.fromisoformat(row["day"]): row["kind"] for row in rows}


def calendar_marks(database: Database, first: dt.date, last: dt.date) -> dict[dt.date, MarkedDay]:
    """The centre's own calendar between two days, with the names of the days."""
    rows = database.rows(
        "select day, kind, name from calendar_day where day between :first and :last and ended_at is null",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return {dt.date.fromisoformat(row["day"]): MarkedDay(DayMark(row["kind"]), row["name"]) for row in rows}
