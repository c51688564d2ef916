"""The price list as the settings show it: every price with its days, its cap and its document."""

import datetime as dt
import sqlite3

from app.domain.money import Money
from app.domain.record import record
from app.store.alterations import NOW, Alteration
from app.store.database import Database, Unit

_DAY = dt.timedelta(days=1)


@record
class PriceTag:
    """What a price says, from whatever day on. ``cap`` is the most that may be charged, by ``cap_source``."""

    code: str
    name: str
    category: str
    unit: str
    price: Money
    cap: Money | None = None
    cap_source: str = ""


@record
class PriceRow:
    """One price with the days it holds; ``valid_to`` None is for good."""

    id: int
    tag: PriceTag
    valid_from: dt.date
    valid_to: dt.date | None


_PRICE = "select id, code, name, category, unit, fen, cap_fen, cap_source, valid_from, valid_to from price"


def list_price_rows(database: Database | Unit) -> tuple[PriceRow, ...]:
    """Every price that holds on some day: by item in the order of entering, the newest first."""
    rows = [_row(row) for row in database.rows(f"{_PRICE} where ended_at is null order by id")]
    order: dict[str, int] = {}
    for row in rows:
        order.setdefault(row.tag.code, len(order))
    return tuple(sorted(rows, key=lambda row: (order[row.tag.code], -row.valid_from.toordinal())))


def add_price_row(alteration: Alteration, tag: PriceTag, valid_from: dt.date) -> int:
    """Enter a price from a day on, in whatever order prices are entered; returns its key.

    What held on that day ends the day before; a later price already on file stays. Where a price begins on
    that very day it is written over, and the change keeps what it said.
    """
    unit = alteration.unit
    values: dict[str, str | int | None] = {
        "name": tag.name,
        "category": tag.category,
        "unit": tag.unit,
        "fen": tag.price.fen,
        "cap_fen": None if tag.cap is None else tag.cap.fen,
        "cap_source": tag.cap_source,
    }
    same = unit.row(
        "select id, ended_at from price where code = :code and valid_from = :day",
        {"code": tag.code, "day": valid_from.isoformat()},
    )
    later = unit.row(
        "select min(valid_from) as day from price"
        " where code = :code and valid_from > :day and ended_at is null",
        {"code": tag.code, "day": valid_from.isoformat()},
    )
    until = None
    if later is not None and later["day"] is not None:
        until = (dt.date.fromisoformat(later["day"]) - _DAY).isoformat()
    if same is not None and same["ended_at"] is None:
        alteration.change("price", same["id"], **values)
        return int(same["id"])
    _cut(alteration, tag.code, valid_from)
    if same is not None:
        alteration.change("price", same["id"], **values, valid_to=until, ended_at=None)
        return int(same["id"])
    row = {"code": tag.code, **values, "valid_from": valid_from.isoformat(), "valid_to": until}
    key = unit.insert("price", row)
    alteration.note_added("price", key, "ended_at", None, void=NOW)
    return key


def end_price_row(alteration: Alteration, code: str, last: dt.date) -> int | None:
    """Let an item be charged no longer than ``last``; prices that would begin later are taken back.

    Returns the key of the price that ends, or None where none holds on that day.
    """
    unit = alteration.unit
    for row in unit.rows(
        "select id from price where code = :code and valid_from > :day and ended_at is null",
        {"code": code, "day": last.isoformat()},
    ):
        alteration.change("price", row["id"], ended_at=unit.stamp)
    held = _held(unit, code, last)
    if held is None:
        return None
    alteration.change("price", held.id, valid_to=last.isoformat())
    return held.id


def _cut(alteration: Alteration, code: str, day: dt.date) -> None:
    held = _held(alteration.unit, code, day)
    if held is not None:
        alteration.change("price", held.id, valid_to=(day - _DAY).isoformat())


def _held(unit: Unit, code: str, day: dt.date) -> PriceRow | None:
    row = unit.row(
        f"{_PRICE} where code = :code and valid_from <= :day and (valid_to is null or valid_to >= :day)"
        " and ended_at is null order by valid_from desc limit 1",
        {"code": code, "day": day.isoformat()},
    )
    return None if row is None else _row(row)


def _row(row: sqlite3.Row) -> PriceRow:
    cap = None if row["cap_fen"] is None else Money(row["cap_fen"])
    tag = PriceTag(
        row["code"], row["name"], row["category"], row["unit"], Money(row["fen"]), cap, row["cap_source"]
    )
    until = None if row["valid_to"] is None else dt.date.fromisoformat(row["valid_to"])
    return PriceRow(row["id"], tag, dt.date.fromisoformat(row["valid_from"]), until)


def first_price_key(database: Database | Unit, code: str) -> int:
    """What the history of an item is filed under: the key of its first price; 0 for none."""
    row = database.row("select min(id) as id from price where code = :code", {"code": code})
    return 0 if row is None or row["id"] is None else int(row["id"])
