"""What the log said before: corrected entries, what was cleared, and the log of a class in pages."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ids import BatchId, ChildId, ClassId, EntryId, StaffId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.day_moves import CLASS_AT_ENTRY
from app.store.logbook import ENTRY, KeptEntry, facts_of, kept_of, marks
from app.store.stamps import moment, stamp


@record
class Version:
    """One wording of an entry: who kept it, when, why it replaced the one before; whether it holds."""

    kept: KeptEntry
    made_at: dt.datetime
    reason: str
    holds: bool


@record
class Clearance:
    """Why food that names an allergy was given all the same."""

    words: str
    reason: str
    by: str
    way: str = ""  # swapped, picked or safe; empty for what was kept before it was asked


@record
class Cursor:
    """Where a page of the history ended: the next one lies before it."""

    at: dt.datetime
    entry: EntryId


@record
class Past:
    """One line of the history of a class."""

    kept: KeptEntry
    name: str
    day: dt.date


def supersede(
    unit: Unit, batch: BatchId, entry: EntryId, draft: EntryDraft, staff: StaffId, reason: str
) -> EntryId:
    """Let another wording hold in place of an entry; the entry stays on file, ended."""
    unit.execute(
        "update log_entry set ended_at = :now where ended_at is null and id = :id",
        {"now": unit.stamp, "id": entry},
    )
    row = unit.row("select visit_id, child_id, day from log_entry where id = :id", {"id": entry})
    if row is None:
        msg = f"no entry {entry}"
        raise LookupError(msg)
    facts = {
        **facts_of(draft),
        "batch_id": batch,
        "visit_id": row["visit_id"],
        "child_id": row["child_id"],
        "day": row["day"],
        "staff_id": staff,
        "replaces_id": entry,
        "reason": reason,
    }
    return EntryId(unit.insert("log_entry", facts))


def list_versions(database: Database | Unit, entry: EntryId) -> tuple[Version, ...]:
    """Every wording an entry has had, the oldest first, whichever of them is asked for."""
    rows = database.rows(
        "with recursive older (id) as (select :id union select e.replaces_id from older o"
        " join log_entry e on e.id = o.id where e.replaces_id is not null),"
        " line (id) as (select id from older union select e.id from line l"
        " join log_entry e on e.replaces_id = l.id join log_batch b on b.id = e.batch_id"
        " where b.undone_at is null)"
        f" {ENTRY.replace('select ', 'select e.reason, e.ended_at, b.made_at, ', 1)}"
        " join log_batch b on b.id = e.batch_id where e.id in (select id from line) order by e.id",
        {"id": entry},
    )
    return tuple(
        Version(kept_of(row), moment(row["made_at"]), row["reason"], row["ended_at"] is None) for row in rows
    )


def list_replaced(database: Database, entries: Sequence[EntryId]) -> dict[EntryId, EntryDraft]:
    """What each of these entries stands in the place of; of those that stand in no other's place nothing."""
    if not entries:
        return {}
    params: dict[str, object] = {}
    rows = database.rows(
        f"{ENTRY.replace('select ', 'select n.id as heir, ', 1)} join log_entry n on n.replaces_id = e.id"
        f" where n.id in ({marks(entries, params)})",
        params,
    )
    return {EntryId(row["heir"]): kept_of(row).entry.what for row in rows}


def corrected(database: Database, visits: Sequence[VisitId]) -> dict[EntryId, Version]:
    """What stood before each entry of these visits that was corrected; a sleep that got its end was not."""
    if not visits:
        return {}
    params: dict[str, object] = {}
    rows = database.rows(
        f"{ENTRY.replace('select ', 'select n.id as heir, n.reason, b.made_at, ', 1)}"
        " join log_batch b on b.id = e.batch_id join log_entry n on n.replaces_id = e.id"
        " where n.ended_at is null and not (e.kind = 'sleep' and e.until is null and n.at = e.at"
        f" and n.until is not null and n.reason = '') and n.visit_id in ({marks(visits, params)})",
        params,
    )
    return {
        EntryId(row["heir"]): Version(kept_of(row), moment(row["made_at"]), row["reason"], holds=False)
        for row in rows
    }


def add_clearance(
    unit: Unit, batch: BatchId, visit: VisitId, words: str, reason: str, way: str, staff: StaffId
) -> None:
    """Note why the entry of one visit in a batch may name what the child must not eat.

    ``words`` say what it names, ``way`` what was done with it.
    """
    unit.execute(
        "insert into log_clearance (entry_id, words, reason, way, staff_id, at)"
        " select id, :words, :reason, :way, :staff, :at from log_entry"
        " where batch_id = :batch and visit_id = :visit and ended_at is null",
        {
            "words": words,
            "reason": reason,
            "way": way,
            "staff": staff,
            "at": unit.stamp,
            "batch": batch,
            "visit": visit,
        },
    )


def list_clearances(database: Database, visits: Sequence[VisitId]) -> dict[EntryId, Clearance]:
    """What was cleared on these visits, by entry."""
    if not visits:
        return {}
    params: dict[str, object] = {}
    rows = database.rows(
        "select c.entry_id, c.words, c.reason, c.way, s.name from log_clearance c"
        " join staff s on s.id = c.staff_id"
        f" join log_entry e on e.id = c.entry_id where e.visit_id in ({marks(visits, params)}) order by c.id",
        params,
    )
    return {
        EntryId(row["entry_id"]): Clearance(row["words"], row["reason"], row["name"], row["way"])
        for row in rows
    }


def page(
    database: Database,
    class_id: ClassId,
    before: Cursor | None,
    most: int,
    *,
    kind: EntryKind | None = None,
    child: ChildId | None = None,
) -> tuple[Past, ...]:
    """What holds of those in a class at the hour, the newest first, up to ``most`` lines before a cursor.

    Keyed by moment and entry, so that the thousandth page costs what the first does.
    """
    params: dict[str, object] = {"class": class_id, "most": most}
    wanted = ["e.ended_at is null", f"{CLASS_AT_ENTRY} = :class"]
    if before is not None:
        wanted.append("(e.at, e.id) < (:at, :id)")
        params |= {"at": stamp(before.at), "id": before.entry}
    if kind is not None:
        wanted.append("e.kind = :kind")
        params["kind"] = kind.value
    if child is not None:
        wanted.append("e.child_id = :child")
        params["child"] = child
    # The entries are walked in order of time and each is asked for its class: the first page of a year must
    # not sort the year. So the keys come first, and in this order of tables.
    keys = database.rows(
        "select e.id from log_entry e cross join visit v where v.id = e.visit_id"
        f" and {' and '.join(wanted)} order by e.at desc, e.id desc limit :most",
        params,
    )
    if not keys:
        return ()
    chosen: dict[str, object] = {}
    rows = database.rows(
        f"{ENTRY.replace('select ', 'select c.name as child_name, e.day, ', 1)}"
        f" join child c on c.id = e.child_id where e.id in ({marks([row['id'] for row in keys], chosen)})"
        " order by e.at desc, e.id desc",
        chosen,
    )
    return tuple(Past(kept_of(row), row["child_name"], dt.date.fromisoformat(row["day"])) for row in rows)
