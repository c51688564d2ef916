"""The centre's own activities, and the plans of the classes' weeks."""

import datetime as dt
import sqlite3
from collections.abc import Iterable

from app.domain.curriculum import Activity, Area
from app.domain.ids import ActivityId, ClassId, WeekPlanId
from app.domain.record import record
from app.store.database import Database, Unit


@record
class Item:
    """One activity of a week, by its day and its minute after midnight."""

    day: dt.date
    minute: int
    name: str


@record
class WeekPlan:
    """A kept plan. ``replaces`` is the one that held before."""

    id: WeekPlanId
    monday: dt.date
    class_id: ClassId
    theme: str
    goals: str
    replaces: WeekPlanId | None
    standing: bool


_ACTIVITY = "select id, name, materials, steps, areas, months_from, months_to, ended_at from activity"
_PLAN = "select id, monday, class_id, theme, goals, replaces_id, ended_at from week_plan"


def list_activities(database: Database | Unit) -> tuple[Activity, ...]:
    """The centre's own activities that hold, by name."""
    return tuple(_activity(row) for row in database.rows(f"{_ACTIVITY} where ended_at is null order by name"))


def find_activity(database: Database | Unit, key: ActivityId) -> tuple[Activity, bool] | None:
    """One of them and whether it holds."""
    row = database.row(f"{_ACTIVITY} where id = :id", {"id": key})
    return None if row is None else (_activity(row), row["ended_at"] is None)


def find_replaced(database: Database | Unit, key: ActivityId) -> ActivityId | None:
    """What an activity took the place of."""
    row = database.row("select replaces_id from activity where id = :id", {"id": key})
    return None if row is None or row["replaces_id"] is None else ActivityId(row["replaces_id"])


def add_activity(unit: Unit, activity: Activity, replaces: ActivityId | None = None) -> ActivityId:
    """Keep an activity; the one it replaces has to be ended first."""
    return ActivityId(
        unit.insert(
            "activity",
            {
                "name": activity.name,
                "materials": activity.materials,
                "steps": activity.steps,
                "areas": " ".join(area.value for area in activity.areas),
                "months_from": activity.months_from,
                "months_to": activity.months_to,
                "replaces_id": replaces,
                "added_by": unit.actor_id,
                "added_at": unit.stamp,
            },
        )
    )


def end_activity(unit: Unit, key: ActivityId) -> None:
    """It holds no more."""
    unit.execute(
        "update activity set ended_at = :at, ended_by = :by where id = :id and ended_at is null",
        {"at": unit.stamp, "by": unit.actor_id, "id": key},
    )


def restore_activity(unit: Unit, key: ActivityId) -> None:
    """It holds again."""
    unit.execute("update activity set ended_at = null, ended_by = null where id = :id", {"id": key})


def find_week(database: Database | Unit, class_id: ClassId, monday: dt.date) -> WeekPlan | None:
    """The plan of a class's week that holds."""
    row = database.row(
        f"{_PLAN} where class_id = :class and monday = :monday and ended_at is null",
        {"class": class_id, "monday": monday.isoformat()},
    )
    return None if row is None else _plan(row)


def find_plan(database: Database | Unit, key: WeekPlanId) -> WeekPlan | None:
    """One plan, also one that was replaced or taken back."""
    row = database.row(f"{_PLAN} where id = :id", {"id": key})
    return None if row is None else _plan(row)


def add_week(
    unit: Unit, class_id: ClassId, monday: dt.date, theme: str, goals: str, replaces: WeekPlanId | None
) -> WeekPlanId:
    """Keep a plan in the place of another."""
    if replaces is not None:
        unit.execute("update week_plan set ended_at = :at where id = :id", {"at": unit.stamp, "id": replaces})
    row = {
        "monday": monday.isoformat(),
        "class_id": class_id,
        "theme": theme,
        "goals": goals,
        "replaces_id": replaces,
        "made_by": unit.actor_id,
        "made_at": unit.stamp,
    }
    return WeekPlanId(unit.insert("week_plan", row))


def add_items(unit: Unit, plan: WeekPlanId, stood: str, items: Iterable[Item]) -> None:
    """Note what stood in the days ``before`` or ``after`` the plan was kept."""
    for item in items:
        unit.insert(
            "week_plan_item",
            {
                "plan_id": plan,
                "stood": stood,
                "day": item.day.isoformat(),
                "from_minute": item.minute,
                "name": item.name,
            },
        )


def list_items(database: Database | Unit, plan: WeekPlanId, stood: str) -> tuple[Item, ...]:
    """What stood in the days before or after."""
    rows = database.rows(
        "select day, from_minute, name from week_plan_item where plan_id = :plan and stood = :stood"
        " order by day, from_minute",
        {"plan": plan, "stood": stood},
    )
    return tuple(_item(row) for row in rows)


def undo_week(unit: Unit, plan: WeekPlan) -> None:
    """Take a plan back; the one it replaced holds again."""
    unit.execute(
        "update week_plan set ended_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": unit.actor_id, "id": plan.id},
    )
    if plan.replaces is not None:
        unit.execute("update week_plan set ended_at = null where id = :id", {"id": plan.replaces})


def list_planned(
    database: Database | Unit, class_id: ClassId, first: dt.date, last: dt.date
) -> tuple[Item, ...]:
    """What the plans of the days hold, from ``first`` to ``last``."""
    rows = database.rows(
        "select day, from_minute, name from day_plan where class_id = :class"
        " and day between :first and :last order by day, from_minute",
        {"class": class_id, "first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_item(row) for row in rows)


def _item(row: sqlite3.Row) -> Item:
    return Item(dt.date.fromisoformat(row["day"]), row["from_minute"], row["name"])


def _activity(row: sqlite3.Row) -> Activity:
    areas = tuple(Area(area) for area in row["areas"].split())
    return Activity(
        row["name"], row["materials"], row["steps"], areas, row["months_from"], row["months_to"], row["id"]
    )


def _plan(row: sqlite3.Row) -> WeekPlan:
    return WeekPlan(
        WeekPlanId(row["id"]),
        dt.date.fromisoformat(row["monday"]),
        ClassId(row["class_id"]),
        row["theme"],
        row["goals"],
        None if row["replaces_id"] is None else WeekPlanId(row["replaces_id"]),
        row["ended_at"] is None,
    )
