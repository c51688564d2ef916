"""Heads counted by name: who, when, where, and who was missing or extra."""

import datetime as dt
import sqlite3
from collections.abc import Mapping

from app.domain.headcounts import Stage, Tally
from app.domain.ids import ClassId, CountId, StaffId, VisitId, WalkId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment


@record
class Count:
    """One count as kept. ``missing`` and ``extra`` are names."""

    id: CountId
    day: dt.date
    stage: Stage
    class_id: ClassId | None
    class_name: str
    walk: WalkId | None
    place: str
    expected: int
    found: int
    reason: str
    at: dt.datetime
    by: str
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nobody was missing or extra."""
        return not self.missing and not self.extra


_COUNT = (
    "select c.id, c.day, c.stage, c.class_id, g.name as class_name, c.walk_id, c.place, c.expected, c.found,"
    " c.reason, c.at, s.name as taken_by from head_count c join staff s on s.id = c.staff_id"
    " left join class_group g on g.id = c.class_id where c.undone_at is null"
)


def add(
    unit: Unit,
    day: dt.date,
    stage: Stage,
    result: Tally,
    names: Mapping[VisitId, str],
    *,
    class_id: ClassId | None = None,
    walk: WalkId | None = None,
    place: str = "",
    reason: str = "",
    by: StaffId,
) -> CountId:
    """Keep a count with every name, at the unit's moment."""
    key = CountId(
        unit.insert(
            "head_count",
            {
                "day": day.isoformat(), "stage": stage.value, "class_id": class_id, "walk_id": walk,
                "place": place, "expected": result.expected, "found": result.found, "reason": reason,
                "at": unit.stamp, "staff_id": by,
            },
        )
    )  # fmt: skip
    for word, visits in (("here", result.here), ("missing", result.missing), ("extra", result.extra)):
        for visit in visits:
            row = {"count_id": key, "visit_id": visit, "name": names[visit], "result": word}
            unit.insert("head_count_child", row)
    return key


def list_day(database: Database | Unit, day: dt.date) -> tuple[Count, ...]:
    """The counts of a day that hold, the newest first."""
    rows = database.rows(f"{_COUNT} and c.day = :day order by c.id desc", {"day": day.isoformat()})
    return tuple(_count(database, row) for row in rows)


def last_of(database: Database | Unit, class_id: ClassId, day: dt.date) -> Count | None:
    """The last round in a class on a day."""
    row = database.row(
        f"{_COUNT} and c.day = :day and c.class_id = :class order by c.id desc limit 1",
        {"day": day.isoformat(), "class": class_id},
    )
    return None if row is None else _count(database, row)


def list_of_walk(database: Database | Unit, walk: WalkId) -> tuple[Count, ...]:
    """The counts of a walk in order."""
    rows = database.rows(f"{_COUNT} and c.walk_id = :walk order by c.id", {"walk": walk})
    return tuple(_count(database, row) for row in rows)


def find(database: Database | Unit, count: CountId) -> Count | None:
    """One count that holds."""
    row = database.row(f"{_COUNT} and c.id = :id", {"id": count})
    return None if row is None else _count(database, row)


def reverse(unit: Unit, count: CountId, by: StaffId) -> bool:
    """It was none; it stays on file. False when it was taken back before."""
    done = unit.execute(
        "update head_count set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": by, "id": count},
    )
    return done.rowcount == 1


def reverse_of_walk(unit: Unit, walk: WalkId, stage: Stage | None, by: StaffId) -> None:
    """The counts of a walk (of one stage, or all) go with what they belonged to."""
    unit.execute(
        "update head_count set undone_at = :at, undone_by = :staff"
        " where walk_id = :walk and undone_at is null and (:stage = '' or stage = :stage)",
        {"at": unit.stamp, "staff": by, "walk": walk, "stage": "" if stage is None else stage.value},
    )


def _count(database: Database | Unit, row: sqlite3.Row) -> Count:
    wrong = database.rows(
        "select name, result from head_count_child where count_id = :id and result <> 'here' order by id",
        {"id": row["id"]},
    )
    return Count(
        CountId(row["id"]),
        dt.date.fromisoformat(row["day"]),
        Stage(row["stage"]),
        None if row["class_id"] is None else ClassId(row["class_id"]),
        row["class_name"] or "",
        None if row["walk_id"] is None else WalkId(row["walk_id"]),
        row["place"],
        row["expected"],
        row["found"],
        row["reason"],
        moment(row["at"]),
        row["taken_by"],
        tuple(one["name"] for one in wrong if one["result"] == "missing"),
        tuple(one["name"] for one in wrong if one["result"] == "extra"),
    )
