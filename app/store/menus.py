"""What is cooked and what is planned: the day's menu (食谱) and each class's plan of activities."""

import datetime as dt
import re

from app.domain.allergens import Served
from app.domain.dishes import answered
from app.domain.ids import ClassId
from app.domain.logbook import MealSlot
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.dish_answers import list_answers

_GAPS = re.compile(r"[、,，;；\s]+")


@record
class MenuLine:
    """One meal of a day. ``allergens`` are what its dishes hold of things children react to."""

    slot: MealSlot
    dishes: str
    allergens: tuple[str, ...]


@record
class Planned:
    """One activity of a class, from a minute after midnight on."""

    from_minute: int
    name: str


def list_menu(database: Database | Unit, day: dt.date) -> tuple[MenuLine, ...]:
    """The menu of a day in the order of its meals."""
    rows = database.rows(
        "select slot, dishes, allergens from menu where day = :day", {"day": day.isoformat()}
    )
    lines = (
        MenuLine(
            MealSlot(row["slot"]),
            row["dishes"],
            tuple(part for part in _GAPS.split(row["allergens"]) if part),
        )
        for row in rows
    )
    order = list(MealSlot)
    return tuple(sorted(lines, key=lambda line: order.index(line.slot)))


def list_served(database: Database | Unit, day: dt.date) -> tuple[Served, ...]:
    """The menu of a day as it is laid beside what was eaten, with what was said of single dishes."""
    answers = list_answers(database)
    menu = (
        Served(line.slot.value, line.dishes, (*line.allergens, *answered(line.dishes, answers)))
        for line in list_menu(database, day)
    )
    return (*menu, *(Served("", dish, held) for dish, held in answers.items() if held))


def add_menu(unit: Unit, day: dt.date, line: MenuLine) -> None:
    """Enter one meal; a day has each meal once."""
    unit.insert(
        "menu",
        {
            "day": day.isoformat(),
            "slot": line.slot.value,
            "dishes": line.dishes,
            "allergens": "、".join(line.allergens),
        },
    )


def end_menu(unit: Unit, day: dt.date, slot: MealSlot) -> None:
    """Take one meal of a day away; what it said is for the audit line of whoever asks."""
    unit.execute("delete from menu where day = :day and slot = :slot", {"day": day.isoformat(), "slot": slot})


def find_last_day(database: Database | Unit, first: dt.date, before: dt.date) -> dt.date | None:
    """The last day that has a menu, from ``first`` on and earlier than ``before``."""
    row = database.row(
        "select max(day) as day from menu where day >= :first and day < :before",
        {"first": first.isoformat(), "before": before.isoformat()},
    )
    return None if row is None or row["day"] is None else dt.date.fromisoformat(row["day"])


def list_plan(database: Database | Unit, day: dt.date, class_id: ClassId) -> tuple[Planned, ...]:
    """What a class has planned for a day, by the clock."""
    rows = database.rows(
        "select from_minute, name from day_plan where day = :day and class_id = :class order by from_minute",
        {"day": day.isoformat(), "class": class_id},
    )
    return tuple(Planned(row["from_minute"], row["name"]) for row in rows)


def add_plan(unit: Unit, day: dt.date, class_id: ClassId, planned: Planned) -> None:
    """Plan an activity."""
    unit.insert(
        "day_plan",
        {
            "day": day.isoformat(),
            "class_id": class_id,
            "from_minute": planned.from_minute,
            "name": planned.name,
        },
    )


def end_plan(unit: Unit, day: dt.date, class_id: ClassId) -> None:
    """Take the whole plan of a class for a day away; as with a menu."""
    unit.execute(
        "delete from day_plan where day = :day and class_id = :class",
        {"day": day.isoformat(), "class": class_id},
    )
