"""What was changed in the records, by whom and when: one act a save, one change a field or row.

A field that has no column of its own lives here alone: its value is the newest change. Rows of other tables
(ties, consents, papers, photos) are superseded there; a change then names the row that went and the one that
came, so that it can be taken back.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from app.domain.ids import ChildId, StaffId, VisitId
from app.domain.record import record
from app.store.among import among
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none

# What is superseded row by row, and the table it lies in.
ROW_TABLES = {
    "tie": "child_adult",
    "barring": "barring",
    "consent": "consent",
    "paper": "child_paper",
    "photo": "photo",
}


# Of what one row at most holds at a time.
_ONE_OF = {
    "tie": ("child_id", "adult_id"),
    "barring": ("child_id", "adult_id"),
    "consent": ("child_id", "purpose"),
    "paper": (),
    "photo": ("subject", "subject_id"),
}


@record
class Change:
    """One field (or row) of one act. ``before_row`` and ``value_row`` are keys of superseded rows."""

    subject: str
    subject_id: int
    field: str
    before: str
    value: str
    before_row: int | None = None
    value_row: int | None = None


@record
class Act:
    """A save: what it was about, when, by whom, and its changes in order."""

    id: int
    subject: str
    subject_id: int
    verb: str
    label: str
    at: dt.datetime
    staff: StaffId | None
    staff_name: str
    undone_at: dt.datetime | None
    changes: tuple[Change, ...]


def add_act(unit: Unit, subject: str, subject_id: int, label: str) -> int:
    """Begin an act inside a unit."""
    row = {
        "subject": subject,
        "subject_id": subject_id,
        "verb": unit.verb,
        "label": label,
        "at": unit.stamp,
        "staff_id": unit.actor_id,
    }
    return unit.insert("record_act", row)


def add_change(unit: Unit, act: int, change: Change) -> None:
    """Keep one change; the value that held before is ended."""
    plain = change.before_row is None and change.value_row is None
    if plain:
        unit.execute(
            "update record_change set ended_at = :at where subject = :subject and subject_id = :id"
            " and field = :field and ended_at is null and before_row is null and value_row is null",
            {"at": unit.stamp, "subject": change.subject, "id": change.subject_id, "field": change.field},
        )
    row = {
        "act_id": act,
        "subject": change.subject,
        "subject_id": change.subject_id,
        "field": change.field,
        "before": change.before,
        "value": change.value,
        "before_row": change.before_row,
        "value_row": change.value_row,
    }
    unit.insert("record_change", row)


def list_values(database: Database | Unit, subject: str, subject_id: int) -> dict[str, str]:
    """The newest value of every field that was ever changed here."""
    rows = database.rows(
        "select field, value from record_change where subject = :subject and subject_id = :id"
        " and ended_at is null and before_row is null and value_row is null",
        {"subject": subject, "id": subject_id},
    )
    return {row["field"]: row["value"] for row in rows}


def list_values_of_all(
    database: Database, subject: str, fields: Iterable[str], only: Collection[int] | None = None
) -> dict[int, dict[str, str]]:
    """The same for everybody, or for some, for a few fields."""
    some, params = among(only, "subject_id")
    names = {f"f{at}": name for at, name in enumerate(fields)}
    marks = ", ".join(f":{mark}" for mark in names)
    found: dict[int, dict[str, str]] = {}
    for row in database.rows(
        "select subject_id, field, value from record_change where subject = :subject and ended_at is null"
        f" and before_row is null and value_row is null and field in ({marks}){some}",
        {"subject": subject, **names, **params},
    ):
        found.setdefault(row["subject_id"], {})[row["field"]] = row["value"]
    return found


def find_act(database: Database | Unit, act: int) -> Act | None:
    """One act with its changes."""
    found = _acts(database, "a.id = :id", {"id": act})
    return found[0] if found else None


def find_registration(database: Database | Unit, visit: VisitId, child: ChildId) -> Act | None:
    """What the registration that began a stay changed of a record on file, if it stands.

    The two were written in one unit, whose lines in the trail bear its moment.
    """
    row = database.row(
        "select r.id from audit a join record_act r on r.at = a.at and r.verb = a.verb"
        " and r.subject = 'child' and r.subject_id = :child and r.undone_at is null"
        " where a.subject = 'visit' and a.subject_id = :visit and a.verb = 'register'"
        " order by r.id desc limit 1",
        {"visit": visit, "child": child},
    )
    return None if row is None else find_act(database, row["id"])


def was_registered(database: Database | Unit, visit: VisitId) -> bool:
    """Whether a stay began with a registration, and not with the arrival of a child on file."""
    row = database.row(
        "select count(*) as n from audit where subject = 'visit' and subject_id = :visit"
        " and verb = 'register'",
        {"visit": visit},
    )
    return row is not None and row["n"] > 0


def was_made_with(database: Database | Unit, visit: VisitId, child: ChildId) -> bool:
    """Whether the registration that began a stay put the child on file, too: in one unit, at one moment."""
    row = database.row(
        "select count(*) as n from audit a join child c on c.added_at = a.at"
        " where a.subject = 'visit' and a.subject_id = :visit and a.verb = 'register' and c.id = :child",
        {"visit": visit, "child": child},
    )
    return row is not None and row["n"] > 0


def list_acts(
    database: Database, children: Iterable[int], adults: Iterable[int] = (), limit: int = 200
) -> tuple[Act, ...]:
    """The newest acts about these children, or that changed one of these adults, newest first."""
    marks = {f"k{at}": key for at, key in enumerate(children)}
    own = {f"a{at}": key for at, key in enumerate(adults)}
    where = (
        f"(a.subject = 'child' and a.subject_id in ({', '.join(f':{mark}' for mark in marks)}))"
        " or a.id in (select act_id from record_change where subject = 'adult'"
        f" and subject_id in ({', '.join(f':{mark}' for mark in own)}))"
    )
    return _acts(database, where, {"limit": limit, **marks, **own})


def end_act(unit: Unit, act: int) -> None:
    """The act was taken back; it stays on file."""
    unit.execute(
        "update record_act set undone_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": unit.actor_id, "id": act},
    )


def is_current(database: Database | Unit, act: int) -> bool:
    """Whether nothing of what an act changed was changed again."""
    row = database.row(
        "select count(*) as later from record_change c where c.act_id = :act and c.ended_at is not null",
        {"act": act},
    )
    return row is not None and row["later"] == 0


def end_row(unit: Unit, field: str, key: int) -> None:
    """A row of one of ``ROW_TABLES`` holds no more."""
    unit.execute(
        f"update {ROW_TABLES[field]} set ended_at = :at where id = :id", {"at": unit.stamp, "id": key}
    )


def reopen_row(unit: Unit, field: str, key: int) -> None:
    """A row that was superseded holds again: the act that ended it was taken back."""
    unit.execute(f"update {ROW_TABLES[field]} set ended_at = null where id = :id", {"id": key})


def holds(database: Database | Unit, field: str, key: int) -> bool:
    """Whether a row of one of ``ROW_TABLES`` still holds."""
    row = database.row(f"select ended_at from {ROW_TABLES[field]} where id = :id", {"id": key})
    return row is not None and row["ended_at"] is None


def is_replaced(database: Database | Unit, field: str, key: int) -> bool:
    """Whether another row than this one holds in its place now."""
    columns = _ONE_OF[field]
    if not columns:
        return False
    same = " and ".join(f"n.{column} = o.{column}" for column in columns)
    table = ROW_TABLES[field]
    row = database.row(
        f"select count(*) as n from {table} n join {table} o on o.id = :id"
        f" where n.ended_at is null and n.id <> o.id and {same}",
        {"id": key},
    )
    return row is not None and row["n"] > 0


def _acts(database: Database | Unit, where: str, params: dict[str, object]) -> tuple[Act, ...]:
    rows = database.rows(
        "select a.id, a.subject, a.subject_id, a.verb, a.label, a.at, a.staff_id, a.undone_at,"
        " coalesce(s.name, '') as staff_name from record_act a left join staff s on s.id = a.staff_id"
        f" where {where} order by a.id desc limit :limit",
        {"limit": 1, **params},
    )
    changes: dict[int, list[Change]] = {row["id"]: [] for row in rows}
    if rows:
        marks = {f"a{at}": row["id"] for at, row in enumerate(rows)}
        for row in database.rows(
            "select act_id, subject, subject_id, field, before, value, before_row, value_row"
            f" from record_change where act_id in ({', '.join(f':{mark}' for mark in marks)}) order by id",
            marks,
        ):
            changes[row["act_id"]].append(Change(*tuple(row)[1:]))
    return tuple(
        Act(
            row["id"],
            row["subject"],
            row["subject_id"],
            row["verb"],
            row["label"],
            moment(row["at"]),
            None if row["staff_id"] is None else StaffId(row["staff_id"]),
            row["staff_name"],
            moment_or_none(row["undone_at"]),
            tuple(changes[row["id"]]),
        )
        for row in rows
    )
