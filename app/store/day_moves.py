"""Children who change the class within a day: the stay stands in the new one, the move keeps the old.

What belongs to an hour of the day (a check, a dose, a sentence for the class) goes by ``class_at``. A query
over the log that must choose by it writes ``CLASS_AT_ENTRY``: the same, of visit ``v`` and entry ``e``.
"""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence

from app.domain.ids import ClassId, StaffId, VisitId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.day import Stay
from app.store.stamps import moment


@record
class DayMove:
    """One child's move."""

    id: int
    batch: int
    visit: VisitId
    name: str
    from_class: ClassId
    from_name: str
    to_class: ClassId
    to_name: str
    at: dt.datetime
    reason: str
    by: str


_MOVE = (
    "select m.id, m.batch, m.visit_id, c.name, m.from_class_id, f.name as from_name, m.to_class_id,"
    " t.name as to_name, m.at, m.reason, s.name as moved_by"
    " from day_move m join visit v on v.id = m.visit_id join child c on c.id = v.child_id"
    " join class_group f on f.id = m.from_class_id join class_group t on t.id = m.to_class_id"
    " join staff s on s.id = m.staff_id where m.undone_at is null"
)

_HELD = "from day_move m where m.visit_id = v.id and m.undone_at is null"
CLASS_AT_ENTRY = (
    f"coalesce((select m.to_class_id {_HELD} and m.at <= e.at order by m.id desc limit 1),"
    f" (select m.from_class_id {_HELD} order by m.id limit 1), v.class_id)"
)


def next_batch(unit: Unit) -> int:
    """A number for the moves of one act."""
    row = unit.row("select coalesce(max(batch), 0) + 1 as next from day_move")
    return 1 if row is None else int(row["next"])


def add(
    unit: Unit, batch: int, visit: VisitId, origin: ClassId, goal: ClassId, reason: str, by: StaffId
) -> bool:
    """Move an open stay at the unit's moment; False when it is not open, or not in ``origin`` any more."""
    if not _place(unit, visit, origin, goal):
        return False
    unit.insert(
        "day_move",
        {
            "batch": batch, "visit_id": visit, "from_class_id": origin, "to_class_id": goal,
            "at": unit.stamp, "reason": reason, "staff_id": by,
        },
    )  # fmt: skip
    return True


def list_batch(database: Database | Unit, batch: int) -> tuple[DayMove, ...]:
    """The moves of one act that hold."""
    return tuple(
        _move(row) for row in database.rows(f"{_MOVE} and m.batch = :batch order by m.id", {"batch": batch})
    )


def list_of_visit(database: Database | Unit, visit: VisitId) -> tuple[DayMove, ...]:
    """A child's moves of one stay in order."""
    rows = database.rows(f"{_MOVE} and m.visit_id = :visit order by m.id", {"visit": visit})
    return tuple(_move(row) for row in rows)


def came_to(database: Database | Unit, visit: VisitId, now_in: str) -> str:
    """The name of the class a child came to: where she stands now, unless she was moved since.

    Money and figures are of that class. ``now_in`` is where her stay stands.
    """
    moves = list_of_visit(database, visit)
    return moves[0].from_name if moves else now_in


def list_of_visits(
    database: Database | Unit, visits: Sequence[VisitId]
) -> dict[VisitId, tuple[DayMove, ...]]:
    """The moves of these stays, each in order; who did not move is left out."""
    if not visits:
        return {}
    keys = ", ".join(str(int(visit)) for visit in visits)
    return _by_visit(database.rows(f"{_MOVE} and m.visit_id in ({keys}) order by m.id"))


def list_days(database: Database | Unit, first: dt.date, last: dt.date) -> dict[VisitId, tuple[DayMove, ...]]:
    """The moves within the stays of some days, each in order; who did not move is left out."""
    rows = database.rows(
        f"{_MOVE} and v.day between :first and :last order by m.id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return _by_visit(rows)


def class_at(current: ClassId, moves: Sequence[DayMove], at: dt.datetime) -> ClassId:
    """The class a child was in at a moment of her stay.

    ``current`` is where her stay stands now, ``moves`` are those of the stay in order. Before the first of
    them, also before she came, she was where it took her from.
    """
    if not moves:
        return current
    return next((one.to_class for one in reversed(moves) if one.at <= at), moves[0].from_class)


def in_class_at(
    database: Database | Unit, stays: Sequence[Stay], class_id: ClassId, at: dt.datetime
) -> tuple[Stay, ...]:
    """Those of the stays that were in a class at a moment."""
    moves = list_of_visits(database, [stay.visit for stay in stays])
    return tuple(stay for stay in stays if class_at(stay.class_id, moves.get(stay.visit, ()), at) == class_id)


def classes_of_day(current: ClassId, moves: Sequence[DayMove]) -> frozenset[ClassId]:
    """Every class that had a child within one stay."""
    return frozenset({current, *(key for one in moves for key in (one.from_class, one.to_class))})


def list_day(database: Database | Unit, day: dt.date) -> tuple[DayMove, ...]:
    """Every move of a day in order."""
    rows = database.rows(f"{_MOVE} and v.day = :day order by m.id", {"day": day.isoformat()})
    return tuple(_move(row) for row in rows)


def reverse(unit: Unit, move: DayMove, by: StaffId) -> bool:
    """Back to the class she came from; the move stays on file. False when she has left or moved on."""
    if not _place(unit, move.visit, move.to_class, move.from_class):
        return False
    unit.execute(
        "update day_move set undone_at = :at, undone_by = :staff where id = :id",
        {"at": unit.stamp, "staff": by, "id": move.id},
    )
    return True


def _place(unit: Unit, visit: VisitId, origin: ClassId, goal: ClassId) -> bool:
    done = unit.execute(
        "update visit set class_id = :goal where id = :id and class_id = :origin"
        " and left_at is null and undone_at is null",
        {"goal": goal, "origin": origin, "id": visit},
    )
    return done.rowcount == 1


def _by_visit(rows: Iterable[sqlite3.Row]) -> dict[VisitId, tuple[DayMove, ...]]:
    found: dict[VisitId, tuple[DayMove, ...]] = {}
    for one in map(_move, rows):
        found[one.visit] = (*found.get(one.visit, ()), one)
    return found


def _move(row: sqlite3.Row) -> DayMove:
    return DayMove(
        row["id"],
        row["batch"],
        VisitId(row["visit_id"]),
        row["name"],
        ClassId(row["from_class_id"]),
        row["from_name"],
        ClassId(row["to_class_id"]),
        row["to_name"],
        moment(row["at"]),
        row["reason"],
        row["moved_by"],
    )
