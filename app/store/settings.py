"""The centre's settings: each value with the day it takes effect; what was never set has the default."""

import datetime as dt

from app.domain.record import record
from app.store import tables
from app.store.database import Database, Unit
from app.store.stamps import day_of, moment, stamp


@record
class Dated:
    """A value as entered. Of those that hold on a day the latest ``valid_from`` counts, set last."""

    id: int
    value: str
    valid_from: dt.date
    set_at: dt.datetime


@record
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
    expiry_warn_days: int
    pin_lock_minutes: int
    ring_minutes: int
    trace_at: int
    coming_minutes: int
    half_share: int
    notice_days: int
    ask_ethnicity: int  # 1 where the local form asks for it, else it is not asked (PIPL 6, 28)
    clock_counts: int
    fever_recheck_minutes: int
    medicine_early_minutes: int
    medicine_late_minutes: int
    medicine_gap_minutes: int
    medicine_undo_minutes: int
    sleep_check_minutes: int
    sleep_check_months: int
    outdoor_minutes: int
    crying_minutes: int
    exam_months: int  # how long an entry exam holds (厦门 1, 中山 3)
    away_months: int  # after how many months away a child is examined anew (58号文 Art 11)
    remind_days: int


def current(database: Database, day: dt.date) -> Settings:
    """The settings of a day; read again only after one was set."""
    return database.remember("setting", day, lambda: _read(database, day))


def _read(database: Database, day: dt.date) -> Settings:
    values = dict(tables.default_settings())
    rows = database.rows(
        "select name, value from setting where valid_from <= :day and ended_at is null"
        " order by name, valid_from, set_at, id",
        {"day": day.isoformat()},
    )
    values.update((row["name"], row["value"]) for row in rows)
    return Settings(**{name: _number(values[name]) for name in Settings.__match_args__})


def find_value(database: Database | Unit, name: str, day: dt.date) -> str | None:
    """One value by name, as text; None when it was neither set nor has a default."""
    row = database.row(
        "select value from setting where name = :name and valid_from <= :day and ended_at is null"
        " order by valid_from desc, set_at desc, id desc limit 1",
        {"name": name, "day": day.isoformat()},
    )
    return str(row["value"]) if row is not None else tables.default_value(name)


def value_at(database: Database | Unit, name: str, at: dt.datetime) -> str | None:
    """One value as it stood at a moment of its day: what was set or taken back since then does not count."""
    row = database.row(
        "select value from setting where name = :name and valid_from <= :day and set_at < :at"
        " and (ended_at is null or ended_at >= :at) order by valid_from desc, set_at desc, id desc limit 1",
        {"name": name, "day": day_of(at).isoformat(), "at": stamp(at)},
    )
    return str(row["value"]) if row is not None else tables.default_value(name)


def list_values(database: Database | Unit, name: str) -> tuple[Dated, ...]:
    """Every value that holds on some day, the newest first."""
    rows = database.rows(
        "select id, value, valid_from, set_at from setting where name = :name and ended_at is null"
        " order by valid_from desc, set_at desc, id desc",
        {"name": name},
    )
    return tuple(
        Dated(row["id"], row["value"], dt.date.fromisoformat(row["valid_from"]), moment(row["set_at"]))
        for row in rows
    )


def least_number(database: Database | Unit, name: str, first: dt.date, last: dt.date) -> int:
    """The least that a number was on any of some days: what is below it was so on none of them."""
    return database.remember("setting", (name, first, last), lambda: _least(database, name, first, last))


def _least(database: Database | Unit, name: str, first: dt.date, last: dt.date) -> int:
    held = database.rows(
        "select value, valid_from from setting where name = :name and valid_from <= :last"
        " and ended_at is null order by valid_from desc, set_at desc, id desc",
        {"name": name, "last": last.isoformat()},
    )
    begun = first.isoformat()
    before = next((value for value, since in held if since <= begun), None) or tables.default_value(name)
    return min(_number(text) for text in (before or "0", *(value for value, since in held if since > begun)))


def add_value(unit: Unit, name: str, value: str, valid_from: dt.date) -> int:
    """Set a value from a day on; what held before stays on file."""
    return unit.insert(
        "setting",
        {"name": name, "value": value, "valid_from": valid_from.isoformat(), "set_at": unit.stamp},
    )


def find_twin(unit: Unit, name: str, valid_from: dt.date) -> int | None:
    """The value set for that day at this very moment, also one taken back."""
    row = unit.row(
        "select id from setting where name = :name and valid_from = :day and set_at = :at",
        {"name": name, "day": valid_from.isoformat(), "at": unit.stamp},
    )
    return None if row is None else int(row["id"])


def first_key(database: Database | Unit, name: str) -> int:
    """What the history of a value is filed under: the key of its first row; 0 for none."""
    row = database.row("select min(id) as id from setting where name = :name", {"name": name})
    return 0 if row is None or row["id"] is None else int(row["id"])


def _number(text: str) -> int:
    hours, colon, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes) if colon else int(text)
