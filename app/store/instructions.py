"""What families ask for, who took it, who read it."""

import datetime as dt
import sqlite3
from collections.abc import Iterable

from app.domain.ids import ChildId, InstructionId, StaffId
from app.domain.instructions import Category, Instruction, NewInstruction, Way
from app.domain.logbook import MealSlot
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none

_INSTRUCTION = (
    "select i.id, i.child_id, c.name as child_name, i.category, i.words, i.slots, i.from_day, i.to_day,"
    " i.told_by, i.way, i.taken_at, s.name as taken_by, i.ended_at, e.name as ended_by, i.end_reason"
    " from instruction i join child c on c.id = i.child_id join staff s on s.id = i.taken_by"
    " left join staff e on e.id = i.ended_by"
)
_RUNNING = "i.ended_at is null and i.from_day <= :day and (i.to_day is null or i.to_day >= :day)"


def list_running(database: Database | Unit, day: dt.date) -> tuple[Instruction, ...]:
    """All that hold on a day, in the order taken."""
    rows = database.rows(f"{_INSTRUCTION} where {_RUNNING} order by i.id", {"day": day.isoformat()})
    return _instructions(database, rows)


def list_of(database: Database | Unit, child: ChildId) -> tuple[Instruction, ...]:
    """Every one of a child, whether it holds or not, the newest first."""
    rows = database.rows(f"{_INSTRUCTION} where i.child_id = :child order by i.id desc", {"child": child})
    return _instructions(database, rows)


def find(database: Database | Unit, key: InstructionId) -> Instruction | None:
    """One, ended or not."""
    rows = database.rows(f"{_INSTRUCTION} where i.id = :id", {"id": key})
    return next(iter(_instructions(database, rows)), None)


def add(unit: Unit, new: NewInstruction, by: StaffId) -> InstructionId:
    """Take one down."""
    return InstructionId(
        unit.insert(
            "instruction",
            {
                "child_id": new.child, "category": new.category.value, "words": new.words,
                "slots": ",".join(slot.value for slot in new.slots), "from_day": new.from_day.isoformat(),
                "to_day": None if new.to_day is None else new.to_day.isoformat(), "told_by": new.told_by,
                "way": new.way.value, "taken_at": unit.stamp, "taken_by": by,
            },
        )
    )  # fmt: skip


def end(unit: Unit, key: InstructionId, reason: str, by: StaffId) -> bool:
    """It holds no more from now on, and stays on file. False when it was ended before."""
    done = unit.execute(
        "update instruction set ended_at = :at, ended_by = :staff, end_reason = :reason"
        " where id = :id and ended_at is null",
        {"at": unit.stamp, "staff": by, "reason": reason, "id": key},
    )
    return done.rowcount == 1


def reopen(unit: Unit, key: InstructionId) -> bool:
    """It holds again; the audit keeps that it had been ended. False when it does."""
    done = unit.execute(
        "update instruction set ended_at = null, ended_by = null, end_reason = ''"
        " where id = :id and ended_at is not null",
        {"id": key},
    )
    return done.rowcount == 1


def add_read(unit: Unit, key: InstructionId, by: StaffId) -> bool:
    """Somebody has read it; False when she had before."""
    known = unit.row(
        "select 1 from instruction_read where instruction_id = :id and staff_id = :staff",
        {"id": key, "staff": by},
    )
    if known is not None:
        return False
    unit.insert("instruction_read", {"instruction_id": key, "staff_id": by, "read_at": unit.stamp})
    return True


def _instructions(database: Database | Unit, rows: Iterable[sqlite3.Row]) -> tuple[Instruction, ...]:
    found = list(rows)
    readers = _readers(database, [row["id"] for row in found])
    return tuple(_instruction(row, tuple(readers.get(row["id"], ()))) for row in found)


def _readers(database: Database | Unit, keys: list[int]) -> dict[int, list[tuple[StaffId, str]]]:
    if not keys:
        return {}
    params: dict[str, object] = {f"k{at}": key for at, key in enumerate(keys)}
    listed = ", ".join(f":{name}" for name in params)
    found: dict[int, list[tuple[StaffId, str]]] = {}
    for row in database.rows(
        "select r.instruction_id, r.staff_id, s.name from instruction_read r"
        " join staff s on s.id = r.staff_id"
        f" where r.instruction_id in ({listed}) order by r.id",
        params,
    ):
        found.setdefault(row["instruction_id"], []).append((StaffId(row["staff_id"]), row["name"]))
    return found


def _instruction(row: sqlite3.Row, read_by: tuple[tuple[StaffId, str], ...]) -> Instruction:
    return Instruction(
        InstructionId(row["id"]),
        ChildId(row["child_id"]),
        row["child_name"],
        Category(row["category"]),
        row["words"],
        tuple(MealSlot(part) for part in row["slots"].split(",") if part),
        dt.date.fromisoformat(row["from_day"]),
        None if row["to_day"] is None else dt.date.fromisoformat(row["to_day"]),
        row["told_by"],
        Way(row["way"]),
        moment(row["taken_at"]),
        row["taken_by"],
        tuple(name for _, name in read_by),
        moment_or_none(row["ended_at"]),
        row["ended_by"] or "",
        row["end_reason"],
        tuple(key for key, _ in read_by),
    )
