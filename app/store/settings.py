"""The centre's settings: each value with the day it takes effect; what was never set has the default."""

import datetime as dt
from dataclasses import dataclass

from app.store import tables
from app.store.database import Database, Unit


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force on one day. Clock times are minutes after midnight, lengths are minutes."""

    opening: int
    closing: int
    hourly_unit_minutes: int
    hourly_min_minutes: int
    half_day_minutes: int
    grace_minutes: int
    late_unit_minutes: int
    lunch_from: int
    lunch_to: int
    fever_tenths: int
    due_minutes: int


def current(database: Database, day: dt.date) -> Settings:
    """The settings of a day; read again only after one was set."""
    return database.remember("setting", day, lambda: _read(database, day))


def _read(database: Database, day: dt.date) -> Settings:
    values = dict(tables.default_settings())
    rows = database.rows(
        "select name, value from setting where valid_from <= :day order by name, valid_from, set_at, id",
        {"day": day.isoformat()},
    )
    values.update((row["name"], row["value"]) for row in rows)
    return Settings(**{name: _number(values[name]) for name in Settings.__dataclass_fields__})


def find_value(database: Database, name: str, day: dt.date) -> str | None:
    """One value by name, as text; None when it was neither set nor has a default."""
    row = database.row(
        "select value from setting where name = :name and valid_from <= :day"
        " order by valid_from desc, set_at desc, id desc limit 1",
        {"name": name, "day": day.isoformat()},
    )
    return str(row["value"]) if row is not None else tables.default_settings().get(name)


def add_value(unit: Unit, name: str, value: str, valid_from: dt.date) -> None:
    """Set a value from a day on; what held before stays on file."""
    unit.insert(
        "setting",
        {"name": name, "value": value, "valid_from": valid_from.isoformat(), "set_at": unit.stamp},
    )


def _number(text: str) -> int:
    hours, colon, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes) if colon else int(text)
