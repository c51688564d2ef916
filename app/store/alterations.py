"""What was changed in the settings: each cell with its old and its new value, who and when, and the way back.

Dated rows are added beside those that held before; rows of classes, staff and the centre are changed in
place, and what stood there is kept here. Only the tables and columns listed here can be changed this way.
"""

import datetime as dt
import sqlite3

from app.domain.ids import StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment

_ALL = 1_000_000
NOW = "@now"  # an old value that stands for the moment at which the change is taken back
_KEYS = {"calendar_day": "day"}
_COLUMNS: dict[str, dict[str, type]] = {
    "centre": {"name": str, "address": str, "phone": str},
    "licensed_seats": {"seats": int, "ended_at": str},
    "class_group": {"name": str, "kind": str, "seats": int, "colour": str, "sort": int, "closed_on": str},
    "staff": {
        "name": str,
        "role": str,
        "class_id": int,
        "phone": str,
        "certificate": str,
        "certificate_until": str,
        "health_until": str,
        "ends_on": str,
    },
    "shift": {"ended_at": str},
    "price": {
        "name": str,
        "category": str,
        "unit": str,
        "fen": int,
        "valid_to": str,
        "cap_fen": int,
        "cap_source": str,
        "ended_at": str,
    },
    "calendar_day": {"kind": str, "name": str, "source": str, "ended_at": str},
    "setting": {"value": str, "ended_at": str},
}


class ChangedSinceError(Exception):
    """What a change wrote has been written over since. The service says it in words."""


@record
class Change:
    """One change as the history shows it."""

    id: int
    area: str
    subject: int
    words: str
    valid_from: dt.date | None
    at: dt.datetime
    by: str
    undone: bool


@record
class _Cell:
    place: str
    key: str
    field: str
    old: str | None
    new: str | None


class Alteration:
    """Changes of one unit of work, gathered until ``keep`` writes them down."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self._cells: list[_Cell] = []

    def change(self, table: str, key: int | str, **values: str | int | None) -> None:
        """Write what differs into one row."""
        names = _COLUMNS[table]
        row = self.unit.row(
            f"select {', '.join(names)} from {table} where {_key(table)} = :key",
            {"key": key},
        )
        if row is None:
            raise LookupError(table, key)
        for name, value in values.items():
            if row[name] != value:
                _write(self.unit, table, key, name, value)
                self._cells.append(_Cell(table, str(key), name, _text(row[name]), _text(value)))

    def note_added(self, table: str, key: int | str, field: str, new: str | None, *, void: str) -> None:
        """A row was added; ``void`` in ``field`` is what makes it hold no more."""
        self._cells.append(_Cell(table, str(key), field, void, new))

    @property
    def touched(self) -> bool:
        """Whether anything was changed."""
        return bool(self._cells)

    def keep(self, area: str, subject: int, words: str, valid_from: dt.date | None = None) -> int:
        """Write the change down, with all its cells; returns its key."""
        change = self.unit.insert(
            "settings_change",
            {
                "area": area,
                "subject_id": subject,
                "words": words,
                "valid_from": None if valid_from is None else valid_from.isoformat(),
                "changed_at": self.unit.stamp,
                "staff_id": self.unit.actor_id,
            },
        )
        for cell in self._cells:
            self.unit.insert(
                "settings_cell",
                {
                    "change_id": change,
                    "place": cell.place,
                    "row_key": cell.key,
                    "field": cell.field,
                    "old": cell.old,
                    "new": cell.new,
                },
            )
        return change


def list_changes(
    database: Database | Unit, area: str, subject: int | None = None, limit: int = 50
) -> tuple[Change, ...]:
    """The history of one thing, or of an area, newest first."""
    rows = database.rows(
        "select c.id, c.area, c.subject_id, c.words, c.valid_from, c.changed_at, s.name, c.undone_at"
        " from settings_change c join staff s on s.id = c.staff_id"
        " where c.area = :area and (:subject is null or c.subject_id = :subject)"
        " order by c.id desc limit :limit",
        {"area": area, "subject": subject, "limit": limit},
    )
    return tuple(
        Change(
            row["id"],
            row["area"],
            row["subject_id"],
            row["words"],
            None if row["valid_from"] is None else dt.date.fromisoformat(row["valid_from"]),
            moment(row["changed_at"]),
            row["name"],
            row["undone_at"] is not None,
        )
        for row in rows
    )


def find_change(database: Database | Unit, change: int) -> Change | None:
    """One change."""
    row = database.row("select area, subject_id from settings_change where id = :id", {"id": change})
    if row is None:
        return None
    found = list_changes(database, row["area"], row["subject_id"], limit=_ALL)
    return next(one for one in found if one.id == change)


def last_change(database: Database | Unit, area: str, subject: int) -> int | None:
    """The newest change of one thing that has not been taken back."""
    row = database.row(
        "select max(id) as id from settings_change"
        " where area = :area and subject_id = :subject and undone_at is null",
        {"area": area, "subject": subject},
    )
    return None if row is None or row["id"] is None else int(row["id"])


def undo_change(unit: Unit, change: int, by: StaffId) -> None:
    """Put the old values back, the last one first.

    Raises:
        ChangedSinceError: something else has been written there since.
    """
    rows = unit.rows(
        "select place, row_key, field, old, new from settings_cell where change_id = :id order by id desc",
        {"id": change},
    )
    for row in rows:
        place, key, field = row["place"], row["row_key"], row["field"]
        names = _COLUMNS[place]
        held = unit.row(
            f"select {', '.join(names)} from {place} where {_key(place)} = :key",
            {"key": _typed(place, key)},
        )
        if held is None or _text(held[field]) != row["new"]:
            raise ChangedSinceError(place)
        old = unit.stamp if row["old"] == NOW else row["old"]
        try:
            _write(unit, place, _typed(place, key), field, None if old is None else names[field](old))
        except sqlite3.IntegrityError as error:  # the old name is somebody else's by now
            raise ChangedSinceError(place) from error
    unit.execute(
        "update settings_change set undone_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": by, "id": change},
    )


def _write(unit: Unit, table: str, key: int | str, field: str, value: str | int | None) -> None:
    unit.execute(
        f"update {table} set {field} = :value where {_key(table)} = :key",
        {"value": value, "key": key},
    )
    unit.forget(table)


def _key(table: str) -> str:
    return _KEYS.get(table, "id")


def _typed(table: str, key: str) -> int | str:
    return key if table in _KEYS else int(key)


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)
