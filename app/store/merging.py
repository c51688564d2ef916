"""Two records of one person become one: whatever points to the merged one points to the kept one.

Each row that was moved is noted, so that the merging can be taken back; so is each that was ended or came
for it. A row that cannot move stays with the merged record, which is kept as well; of what both records
have of one day somebody has chosen before.
"""

import datetime as dt
import sqlite3

from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none, stamp

Span = tuple[dt.datetime, dt.datetime | None]  # arrival, departure

# What tells the story of the record itself stays with it.
_STAY = frozenset({"child.superseded_by", "adult.superseded_by", "child_allergy.child_id"})
# The steps of an asking that has come to nothing beside a life in care: they stay with the merged record.
_ASKING = frozenset({"life_step.child_id", "applicant.child_id"})
# Lines of the trail stay with the record they were written about, also when another has taken that in, and
# another again: the keys of all that are ``:child`` now.
SAME_CHILD = (
    "with recursive same (id) as (select c.id from child c where c.id = :child"
    " union select c.id from same s join child c on c.superseded_by = s.id) select id from same"
)
ENDED, ADDED, AWAY = "ended:", "added:", "away:"
UNDONE = "undone:"  # of a table whose rows are taken back and not ended


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


def note_row(unit: Unit, merging: int, place: str, key: int) -> None:
    """Note what was done to a row: its table and column where it moved, else the table after a prefix."""
    unit.insert("merging_row", {"merging_id": merging, "place": place, "row_id": key})


def end_row(unit: Unit, merging: int, table: str, key: int) -> None:
    """A row holds no more because of a merging; parted, it holds again."""
    unit.execute(f"update {table} set ended_at = :at where id = :id", {"at": unit.stamp, "id": key})
    note_row(unit, merging, f"{ENDED}{table}", key)


def undo_row(unit: Unit, merging: int, table: str, key: int) -> None:
    """The same of a table whose rows are taken back and not ended."""
    unit.execute(f"update {table} set undone_at = :at where id = :id", {"at": unit.stamp, "id": key})
    note_row(unit, merging, f"{UNDONE}{table}", key)


def move_rows(
    unit: Unit, database: Database, merging: int, subject: str, kept: int, merged: int, *, asking: bool = True
) -> None:
    """Let every row that points to the merged record point to the kept one; its asking only where wanted."""
    for table, column in database.references_to(subject):
        place = f"{table}.{column}"
        if place not in _STAY and (asking or place not in _ASKING):
            _move_table(unit, merging, table, column, kept, merged)
    _move_photo(unit, merging, subject, kept, merged)


def list_asking(unit: Unit, child: int) -> tuple[tuple[str, int], ...]:
    """Place and key of what a child's record has asked for, to be put away once all is moved."""
    found = []
    for place in sorted(_ASKING):
        table, _, column = place.partition(".")
        rows = unit.rows(f"select id from {table} where {column} = :child order by id", {"child": child})
        found += [(place, int(row["id"])) for row in rows]
    return tuple(found)


def put_away(unit: Unit, merging: int, asking: tuple[tuple[str, int], ...], merged: int) -> None:
    """What the kept record asked for goes to the merged one, whose life counts and is the kept one's now."""
    for place, key in asking:
        table, _, column = place.partition(".")
        params = {"merged": merged, "id": key}
        unit.execute(f"update {table} set {column} = :merged where id = :id", params)
        note_row(unit, merging, f"{AWAY}{place}", key)


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
        note_row(unit, merging, "photo.subject_id", key)


def _move_table(unit: Unit, merging: int, table: str, column: str, kept: int, merged: int) -> None:
    rows = unit.rows(f"select id from {table} where {column} = :merged", {"merged": merged})
    for key in [row["id"] for row in rows]:
        try:
            unit.execute(f"update {table} set {column} = :kept where id = :id", {"kept": kept, "id": key})
        except sqlite3.IntegrityError:
            continue  # the kept record has its like; what counts of the two was settled before
        note_row(unit, merging, f"{table}.{column}", key)


def list_noted(database: Database | Unit, merging: int) -> tuple[tuple[str, int], ...]:
    """Place and key of everything that was noted for a merging, the last first."""
    rows = database.rows(
        "select place, row_id from merging_row where merging_id = :id order by id desc", {"id": merging}
    )
    return tuple((row["place"], row["row_id"]) for row in rows)


def move_back(unit: Unit, merging: Merging) -> None:
    """Give every row back to the record it came from, and note that the merging is undone."""
    noted = list_noted(unit, merging.id)
    for place, key in noted:
        if place.startswith(ADDED):
            table = place.removeprefix(ADDED)
            unit.execute(f"update {table} set ended_at = :at where id = :id", {"at": unit.stamp, "id": key})
    for place, key in noted:
        away, moved = place.startswith(AWAY), ":" not in place
        if away or moved:
            table, _, column = place.removeprefix(AWAY).partition(".")
            owner = merging.kept if away else merging.merged
            unit.execute(f"update {table} set {column} = :owner where id = :id", {"owner": owner, "id": key})
    for place, key in noted:
        if place.startswith(ENDED):
            table = place.removeprefix(ENDED)
            unit.execute(f"update {table} set ended_at = null where id = :id", {"id": key})
        elif place.startswith(UNDONE):
            table = place.removeprefix(UNDONE)
            unit.execute(f"update {table} set undone_at = null where id = :id", {"id": key})
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


def list_standing(database: Database | Unit, since: dt.datetime) -> tuple[Merging, ...]:
    """The mergings made since a moment that are not undone, the last first."""
    rows = database.rows(
        "select id from merging where undone_at is null and at >= :since order by id desc",
        {"since": stamp(since)},
    )
    found = (find_merging(database, row["id"]) for row in rows)
    return tuple(one for one in found if one is not None)


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
    """Whether a merging since stands on this one: of the same records, or of rows that this one moved."""
    row = database.row(
        "select count(*) as n from merging where subject = :subject and undone_at is null and id > :id"
        " and (merged_id in (:kept, :merged) or kept_id in (:kept, :merged))",
        {"subject": merging.subject, "id": merging.id, "kept": merging.kept, "merged": merging.merged},
    )
    if row is not None and row["n"] > 0:
        return True
    later = database.rows(
        "select m.id from merging m where m.undone_at is null and m.id > :id order by m.id",
        {"id": merging.id},
    )
    own = {(table_of(place), key) for place, key in list_noted(database, merging.id)}
    return any(
        (table_of(place), key) in own for one in later for place, key in list_noted(database, one["id"])
    )


def table_of(place: str) -> str:
    """The table that a noted place lies in."""
    for prefix in (ENDED, UNDONE, ADDED, AWAY):
        place = place.removeprefix(prefix)
    return place.partition(".")[0]


def list_bars(database: Database | Unit, subject: str, key: int) -> dict[int, bool]:
    """Who is tied to a child (or whom an adult is tied to), whatever the day, and whether barred."""
    other = {"child": "adult", "adult": "child"}[subject]
    rows = database.rows(
        f"select {other}_id as other, barred from child_adult where {subject}_id = :key and ended_at is null",
        {"key": key},
    )
    return {row["other"]: bool(row["barred"]) for row in rows}


def both_inside(database: Database | Unit, one: int, other: int) -> bool:
    """Whether both children have an open visit: one of the two has to be closed first."""
    row = database.row(
        "select count(*) as n from visit where child_id in (:one, :other) and left_at is null"
        " and undone_at is null",
        {"one": one, "other": other},
    )
    return row is not None and row["n"] > 1


def list_overlaps(database: Database | Unit, one: int, other: int) -> tuple[tuple[Span, Span], ...]:
    """The stays of two children that lie in the same hours, by arrival: at most one of them can be true."""
    rows = database.rows(
        "select a.arrived_at as a_from, a.left_at as a_to, b.arrived_at as b_from, b.left_at as b_to"
        " from visit a join visit b on b.child_id = :other and b.day = a.day and b.undone_at is null"
        " where a.child_id = :one and a.undone_at is null"
        " and (a.left_at is null or a.left_at > b.arrived_at)"
        " and (b.left_at is null or b.left_at > a.arrived_at) order by a.arrived_at, b.arrived_at",
        {"one": one, "other": other},
    )
    return tuple(
        (
            (moment(row["a_from"]), moment_or_none(row["a_to"])),
            (moment(row["b_from"]), moment_or_none(row["b_to"])),
        )
        for row in rows
    )


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
