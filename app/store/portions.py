"""带量: how many grams of each dish one child is served; earlier amounts stay on file, ended."""

import datetime as dt
from collections.abc import Sequence

from app.domain.logbook import MealSlot
from app.domain.record import record
from app.store.database import Database, Unit


@record
class Portion:
    """One dish of a meal and its grams per child."""

    dish: str
    grams: int


def list_portions(
    database: Database | Unit, first: dt.date, last: dt.date
) -> dict[tuple[dt.date, MealSlot], tuple[Portion, ...]]:
    """The portions of these days, both included, by day and meal."""
    found: dict[tuple[dt.date, MealSlot], tuple[Portion, ...]] = {}
    for row in database.rows(
        "select day, slot, dish, grams from menu_portion where ended_at is null"
        " and day between :first and :last order by day, slot, position",
        {"first": first.isoformat(), "last": last.isoformat()},
    ):
        key = (dt.date.fromisoformat(row["day"]), MealSlot(row["slot"]))
        found[key] = (*found.get(key, ()), Portion(row["dish"], row["grams"]))
    return found


def set_portions(unit: Unit, day: dt.date, slot: MealSlot, portions: Sequence[Portion]) -> None:
    """Let these portions hold for a meal; those before end."""
    unit.execute(
        "update menu_portion set ended_at = :now where ended_at is null and day = :day and slot = :slot",
        {"now": unit.stamp, "day": day.isoformat(), "slot": slot.value},
    )
    for position, one in enumerate(portions, 1):
        unit.insert(
            "menu_portion",
            {
                "day": day.isoformat(),
                "slot": slot.value,
                "position": position,
                "dish": one.dish,
                "grams": one.grams,
                "added_at": unit.stamp,
                "added_by": unit.actor_id,
            },
        )
