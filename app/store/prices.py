"""The price list: each price with the days it holds; a new price ends the old one."""

import datetime as dt
from collections.abc import Sequence

from app.domain.money import Money
from app.domain.pricing import Tariffs
from app.store import settings
from app.store.database import Database, Unit
from app.store.presets import PresetPrice


def list_prices(database: Database | Unit, day: dt.date) -> tuple[PresetPrice, ...]:
    """The price list of a day, in the order it was entered."""
    rows = database.rows(
        "select code, name, category, unit, fen from price"
        " where valid_from <= :day and (valid_to is null or valid_to >= :day) and ended_at is null"
        " order by id",
        {"day": day.isoformat()},
    )
    return tuple(
        PresetPrice(row["code"], row["name"], row["category"], row["unit"], Money(row["fen"])) for row in rows
    )


def days_without(database: Database | Unit, code: str, days: Sequence[dt.date]) -> frozenset[dt.date]:
    """Those of some days on which nothing of that code has a price; one query, however many they are."""
    rows = database.rows(
        "select valid_from, valid_to from price where code = :code and ended_at is null", {"code": code}
    )
    spans = [(row["valid_from"], row["valid_to"]) for row in rows]

    def priced(on: str) -> bool:
        return any(first <= on and (last is None or last >= on) for first, last in spans)

    return frozenset(day for day in days if not priced(day.isoformat()))


def add_price(unit: Unit, price: PresetPrice, valid_from: dt.date) -> None:
    """Enter a price from a day on; the one that held until then ends the day before."""
    unit.execute(
        "update price set valid_to = :eve where code = :code and valid_from < :day and valid_to is null",
        {
            "eve": (valid_from - dt.timedelta(days=1)).isoformat(),
            "code": price.code,
            "day": valid_from.isoformat(),
        },
    )
    unit.insert(
        "price",
        {
            "code": price.code,
            "name": price.name,
            "category": price.category,
            "unit": price.unit,
            "fen": price.price.fen,
            "valid_from": valid_from.isoformat(),
        },
    )


def tariffs(database: Database, day: dt.date) -> Tariffs:
    """The prices of stays paid at the door, with that day's counting rules. None is no price on file."""
    fen = {price.code: price.price for price in list_prices(database, day)}
    kept = settings.current(database, day)
    return Tariffs(
        temp_full_day=fen.get("temp_full_day"),
        temp_half_day=fen.get("temp_half_day"),
        hourly=fen.get("hourly"),
        lunch=fen.get("lunch"),
        late_unit=fen.get("late_unit"),
        unit_minutes=kept.hourly_unit_minutes,
        min_minutes=kept.hourly_min_minutes,
        grace_minutes=kept.grace_minutes,
        late_unit_minutes=kept.late_unit_minutes,
        half_day_minutes=kept.half_day_minutes,
        lunch_from=kept.lunch_from,
        lunch_to=kept.lunch_to,
        closing=kept.closing,
    )
