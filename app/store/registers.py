"""Entries of the registers kept in rounds. Answers are kept as one JSON text, and leave as pairs."""

import datetime as dt
import json
import sqlite3

from app.domain.ids import ChildId, ClassId, RegisterEntryId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment

Answers = tuple[tuple[str, str], ...]


@record
class NewEntry:
    """One line of a register. ``item`` is the row of a grid; ``open`` says that something is still due."""

    register: str
    day: dt.date
    class_id: ClassId | None
    answers: Answers
    child: ChildId | None = None
    item: str = ""
    open: bool = False


@record
class Entry:
    """A line as kept."""

    id: RegisterEntryId
    told: NewEntry
    class_name: str
    child_name: str
    noted_by: str
    noted_at: dt.datetime

    def answer(self, name: str) -> str:
        """One answer, empty for none."""
        return next((value for key, value in self.told.answers if key == name), "")


def add_entry(
    unit: Unit, new: NewEntry, staff: StaffId, replaces: RegisterEntryId | None = None
) -> RegisterEntryId:
    """Keep a line, or a corrected one in place of another, which is ended."""
    if replaces is not None:
        end_entry(unit, replaces, staff)
    row = {
        "register": new.register,
        "day": new.day.isoformat(),
        "class_id": new.class_id,
        "child_id": new.child,
        "item": new.item,
        "answers": json.dumps(dict(new.answers), ensure_ascii=False),
        "open": int(new.open),
        "noted_by": staff,
        "noted_at": unit.stamp,
        "replaces_id": replaces,
    }
    return RegisterEntryId(unit.insert("register_entry", row))


def end_entry(unit: Unit, entry: RegisterEntryId, staff: StaffId) -> bool:
    """The line stands no more; False where it did not."""
    done = unit.execute(
        "update register_entry set ended_at = :at, ended_by = :by where id = :id and ended_at is null",
        {"at": unit.stamp, "by": staff, "id": entry},
    )
    return done.rowcount == 1


def reopen_replaced(unit: Unit, entry: RegisterEntryId) -> None:
    """The line that another one stood in place of stands again."""
    unit.execute(
        "update register_entry set ended_at = null, ended_by = null"
        " where id = (select replaces_id from register_entry where id = :id)",
        {"id": entry},
    )


def reopen(unit: Unit, entry: RegisterEntryId) -> bool:
    """A line that was ended stands again; False where it stands."""
    done = unit.execute(
        "update register_entry set ended_at = null, ended_by = null where id = :id and ended_at is not null",
        {"id": entry},
    )
    return done.rowcount == 1


_ENTRY = (
    "select e.id, e.register, e.day, e.class_id, e.answers, e.child_id, e.item, e.open, e.noted_at,"
    " coalesce(g.name, '') as class_name, coalesce(c.name, '') as child_name, s.name as noter"
    " from register_entry e join staff s on s.id = e.noted_by left join class_group g on g.id = e.class_id"
    " left join child c on c.id = e.child_id"
)


def find_entry(database: Database | Unit, entry: RegisterEntryId, *, ended: bool = False) -> Entry | None:
    """One line that stands, or with ``ended`` whether it does or not."""
    standing = "" if ended else " and e.ended_at is null"
    row = database.row(f"{_ENTRY} where e.id = :id{standing}", {"id": entry})
    return None if row is None else _entry(row)


def list_entries(
    database: Database | Unit, register: str, first: dt.date, last: dt.date, class_id: ClassId | None = None
) -> tuple[Entry, ...]:
    """The lines of some days in their order; of one class if one is named."""
    of_class = "" if class_id is None else " and e.class_id = :class"
    rows = database.rows(
        f"{_ENTRY} where e.register = :register and e.day between :first and :last"
        f" and e.ended_at is null{of_class} order by e.day, e.id",
        {"register": register, "first": first.isoformat(), "last": last.isoformat(), "class": class_id},
    )
    return tuple(_entry(row) for row in rows)


def list_open(database: Database | Unit, register: str = "") -> tuple[Entry, ...]:
    """Lines of any day on which something is due still; of one register if one is named."""
    of = " and e.register = :register" if register else ""
    rows = database.rows(
        f"{_ENTRY} where e.open = 1 and e.ended_at is null{of} order by e.day, e.id", {"register": register}
    )
    return tuple(_entry(row) for row in rows)


def _entry(row: sqlite3.Row) -> Entry:
    told = NewEntry(
        row["register"],
        dt.date.fromisoformat(row["day"]),
        None if row["class_id"] is None else ClassId(row["class_id"]),
        tuple((str(key), str(value)) for key, value in json.loads(row["answers"]).items()),
        None if row["child_id"] is None else ChildId(row["child_id"]),
        row["item"],
        bool(row["open"]),
    )
    return Entry(
        RegisterEntryId(row["id"]), told, row["class_name"], row["child_name"], row["noter"],
        moment(row["noted_at"]),
    )  # fmt: skip
