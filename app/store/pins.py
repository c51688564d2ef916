"""PINs of staff: salted hashes, one current a person, and every try on them."""

import datetime as dt

from app.domain.ids import StaffId
from app.domain.pins import Try
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, stamp

_LOOK_BACK = dt.timedelta(days=1)


@record
class KeptPin:
    """Salt and hash in hexadecimal, and who was signed in when it was chosen: the person, or a colleague."""

    salt: str
    hash: str
    set_by: StaffId
    set_at: dt.datetime


def find_pin(database: Database | Unit, staff: StaffId) -> KeptPin | None:
    """The current PIN of a person."""
    row = database.row(
        "select salt, hash, set_by, set_at from staff_pin where staff_id = :staff and ended_at is null",
        {"staff": staff},
    )
    if row is None:
        return None
    return KeptPin(row["salt"], row["hash"], StaffId(row["set_by"]), moment(row["set_at"]))


def find_first(database: Database | Unit, staff: StaffId) -> dt.datetime | None:
    """When a person chose the first of her PINs that led to the current one, each changed by the one before.

    A PIN that was taken back, or chosen while a colleague was signed in, leads to none. None without a PIN.
    """
    rows = database.rows(
        "select set_at, set_by, ended_at from staff_pin where staff_id = :staff order by id desc",
        {"staff": staff},
    )
    first: str | None = None
    for row in rows:
        if row["ended_at"] != first or (first is not None and row["set_by"] != staff):
            break
        first = row["set_at"]
        if row["set_by"] != staff:
            break
    return None if first is None else moment(first)


def list_held(database: Database | Unit, at: dt.datetime) -> frozenset[StaffId]:
    """Who had a PIN of her own already at a moment."""
    rows = database.rows(
        "select staff_id from staff_pin where staff_id = set_by and set_at < :at"
        " and (ended_at is null or ended_at >= :at)",
        {"at": stamp(at)},
    )
    return frozenset(StaffId(row["staff_id"]) for row in rows)


def list_holders(database: Database | Unit) -> dict[StaffId, StaffId]:
    """Who has a PIN, and who was signed in when it was chosen."""
    rows = database.rows("select staff_id, set_by from staff_pin where ended_at is null")
    return {StaffId(row["staff_id"]): StaffId(row["set_by"]) for row in rows}


def add_pin(unit: Unit, staff: StaffId, salt: str, digest: str, set_by: StaffId) -> int:
    """Keep a new PIN in the place of the one before, which stays on file as ended."""
    end_pin(unit, staff)
    row = {"staff_id": staff, "salt": salt, "hash": digest, "set_at": unit.stamp, "set_by": set_by}
    return unit.insert("staff_pin", row)


def end_pin(unit: Unit, staff: StaffId) -> bool:
    """The PIN holds no more; False when there was none."""
    done = unit.execute(
        "update staff_pin set ended_at = :at where staff_id = :staff and ended_at is null",
        {"at": unit.stamp, "staff": staff},
    )
    return done.rowcount == 1


def add_try(unit: Unit, staff: StaffId, *, good: bool) -> None:
    """Note an attempt."""
    unit.insert("pin_try", {"staff_id": staff, "at": unit.stamp, "good": int(good)})


def list_tries(database: Database | Unit, staff: StaffId, now: dt.datetime) -> tuple[Try, ...]:
    """The attempts of the last day and of the future (a clock may have been set back), oldest first."""
    rows = database.rows(
        "select at, good from pin_try where staff_id = :staff and at >= :since order by id",
        {"staff": staff, "since": stamp(now - _LOOK_BACK)},
    )
    return tuple(Try(moment(row["at"]), bool(row["good"])) for row in rows)
