"""Two records of one person become one: whatever points to the merged one points to the kept one.

Each row that was moved is noted, so that the merging can be taken back. A row that cannot move (the kept
child has an absence of the same day, say) stays with the merged record, which is kept as well.
"""

import datetime as dt
import sqlite3

from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, stamp

# What tells the story of the record itself stays with it.
_STAY = frozenset({"child.superseded_by", "adult.superseded_by", "child_allergy.child_id"})
_ENDED = "ended:"


@record
class Merging:
    """One merging as kept."""

    id: int
    subject: str
    kept: int
    merged: int
    act: int
    document: str
    at: dt.datetime
    undone: bool


def add_merging(unit: Unit, subject: str, kept: int, merged: int, act: int, document: str = "") -> int:
    """Note a merging; the rows are moved by ``move_rows``. ``document`` is the number the merged one had."""
    row = {
        "subject": subject,
        "kept_id": kept,
        "merged_id": merged,
        "act_id": act,
        "document": document,
        "at": unit.stamp,
        "staff_id": unit.actor_id,
    }
    return unit.insert("merging", row)


def move_rows(unit: Unit, database: Database, merging: int, subject: str, kept: int, merged: int) -> None:
    """Let every row that points to the merged record point to the kept one."""
    for table, column in database.references_to(subject):
        if f"{table}.{column}" not in _STAY:
            _move_table(unit, merging, table, column, kept, merged)
    _move_photo(unit, merging, subject, kept, merged)


def _move_photo(unit: Unit, merging: int, subject: str, kept: int, merged: int) -> None:
    """The photo goes along where the kept record has none."""
    found = {
        row["subject_id"]: row["id"]
        for row in unit.rows(
            "select id, subject_id from photo where subject = :subject and ended_at is null"
            " and subject_id in (:kept, :merged)",
            {"subject": subject, "kept": kept, "merged": merged},
        )
    }
    if merged in found and kept not in found:
        key = found[merged]
        unit.execute("update photo set subject_id = :kept where id = :id", {"kept": kept, "id": key})
        unit.insert("merging_row", {"merging_id": merging, "place": "photo.subject_id", "row_id": key})


def _move_table(unit: Unit, merging: int, table: str, column: str, kept: int, merged: int) -> None:
    place = f"{table}.{column}"
    rows = unit.rows(f"select id from {table} where {column} = :merged", {"merged": merged})
    for key in [row["id"] for row in rows]:
        try:
            unit.execute(f"update {table} set {column} = :kept where id = :id", {"kept": kept, "id": key})
        except sqlite3.IntegrityError:
            _leave(unit, merging, table, key)
            continue
        unit.insert("merging_row", {"merging_id": merging, "place": place, "row_id": key})


def _leave(unit: Unit, merging: int, table: str, key: int) -> None:
    """The kept record has its like: a row that could be ended is, any other stays where it is."""
    if table not in {"child_adult", "barring", "consent"}:
        return
    row = unit.row(f"select ended_at from {table} where id = :id", {"id": key})
    if row is not None and row["ended_at"] is None:
        unit.execute(f"update {table} set ended_at = :at where id = :id", {"at": unit.stamp, "id": key})
        unit.insert("merging_row", {"merging_id": merging, "place": f"{_ENDED}{table}", "row_id": key})


def move_back(unit: Unit, merging: Merging) -> None:
    """Give every row back to the record it came from, and note that the merging is undone."""
    rows = unit.rows(
        "select place, row_id from merging_row where merging_id = :id order by id desc", {"id": merging.id}
    )
    ended = [row for row in rows if row["place"].startswith(_ENDED)]
    for row in rows:
        if not row["place"].startswith(_ENDED):
            table, _, column = row["place"].partition(".")
            unit.execute(
                f"update {table} set {column} = :merged where id = :id",
                {"merged": merging.merged, "id": row["row_id"]},
            )
    for row in ended:
        table = row["place"].removeprefix(_ENDED)
        unit.execute(f"update {table} set ended_at = null where id = :id", {"id": row["row_id"]})
    unit.execute(
        "update merging set undone_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": unit.actor_id, "id": merging.id},
    )


def find_merging(database: Database | Unit, key: int) -> Merging | None:
    """One merging."""
    row = database.row(
        "select id, subject, kept_id, merged_id, act_id, document, at, undone_at from merging where id = :id",
        {"id": key},
    )
    if row is None:
        return None
    return Merging(
        row["id"],
        row["subject"],
        row["kept_id"],
        row["merged_id"],
        row["act_id"],
        row["document"],
        moment(row["at"]),
        row["undone_at"] is not None,
    )


def find_key(database: Database | Unit, act: int) -> int | None:
    """The merging that was made by an act of the records."""
    row = database.row("select id from merging where act_id = :act and undone_at is null", {"act": act})
    return None if row is None else int(row["id"])


def list_merged(database: Database | Unit, subject: str, kept: int) -> tuple[int, ...]:
    """The records that were merged into one, and those merged into them."""
    found: list[int] = []
    open_ = [kept]
    while open_:
        rows = database.rows(
            "select merged_id from merging where subject = :subject and kept_id = :kept"
            " and undone_at is null",
            {"subject": subject, "kept": open_.pop()},
        )
        for row in rows:
            if row["merged_id"] not in found:
                found.append(row["merged_id"])
                open_.append(row["merged_id"])
    return tuple(found)


def later_merging(database: Database | Unit, merging: Merging) -> bool:
    """Whether the kept record has itself been merged into another one since."""
    row = database.row(
        "select count(*) as n from merging where subject = :subject and undone_at is null and id > :id"
        " and (merged_id = :kept or kept_id = :kept)",
        {"subject": merging.subject, "id": merging.id, "kept": merging.kept},
    )
    return row is not None and row["n"] > 0


def list_bars(database: Database | Unit, subject: str, key: int) -> dict[int, bool]:
    """Who is tied to a child (or whom an adult is tied to), whatever the day, and whether barred."""
    other = {"child": "adult", "adult": "child"}[subject]
    rows = database.rows(
        f"select {other}_id as other, barred from child_adult where {subject}_id = :key and ended_at is null",
        {"key": key},
    )
    return {row["other"]: bool(row["barred"]) for row in rows}


def barred_since(database: Database | Unit, merging: Merging) -> bool:
    """Whether the kept record has a bar that was noted after the merging."""
    row = database.row(
        f"select count(*) as n from child_adult where {merging.subject}_id = :kept and barred = 1"
        " and ended_at is null and added_at > :at and id not in"
        " (select row_id from merging_row where merging_id = :id and place like '%child_adult%')",
        {"kept": merging.kept, "at": stamp(merging.at), "id": merging.id},
    )
    return row is not None and row["n"] > 0


def both_inside(database: Database | Unit, one: int, other: int) -> bool:
    """Whether both children have an open visit: one of the two has to be closed first."""
    row = database.row(
        "select count(*) as n from visit where child_id in (:one, :other) and left_at is null"
        " and undone_at is null",
        {"one": one, "other": other},
    )
    return row is not None and row["n"] > 1


def both_enrolled(database: Database | Unit, one: int, other: int) -> bool:
    """Whether a contract of one child overlaps a contract of the other."""
    row = database.row(
        "select count(*) as n from enrolment a join enrolment b on b.child_id = :other"
        " where a.child_id = :one and a.undone_at is null and b.undone_at is null"
        " and (a.ends_on is null or a.ends_on >= b.starts_on)"
        " and (b.ends_on is null or b.ends_on >= a.starts_on)",
        {"one": one, "other": other},
    )
    return row is not None and row["n"] > 0
