"""The log of the day: entries in batches, each batch one act of a teacher that can be taken back whole."""

import datetime as dt
import functools
import sqlite3
from collections.abc import Iterable, Sequence

from app.domain.ids import BatchId, ChildId, ClassId, EntryId, StaffId, VisitId
from app.domain.logbook import Entry, EntryDraft, EntryKind, MealSlot
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.day_moves import CLASS_AT_ENTRY
from app.store.stamps import day_of, moment, moment_or_none, stamp


@record
class KeptEntry:
    """An entry with the name of who wrote it, and of who put the child to sleep."""

    entry: Entry
    by: str
    helper: str = ""


@record
class Batch:
    """One act of logging. ``standing`` counts its entries that were neither taken back nor superseded."""

    id: BatchId
    kind: EntryKind
    staff: StaffId
    made_at: dt.datetime
    undone: bool
    standing: int
    children: tuple[ChildId, ...]
    day: dt.date  # of its earliest entry, by the clock: a stay may go on past midnight
    entries: tuple[EntryId, ...]  # those that stand


@record
class Subject:
    """A visit as far as logging needs it. ``allergy`` is none, has or unknown."""

    visit: VisitId
    child: ChildId
    name: str
    allergy: str
    class_id: ClassId
    day: dt.date
    arrived_at: dt.datetime
    left_at: dt.datetime | None

    def __hash__(self) -> int:
        """By the visit: a batch asks for it again and again, of each child of a class."""
        return self.visit


ENTRY = (
    "select e.id, e.batch_id, e.visit_id, e.child_id, e.kind, e.at, e.until, e.detail, e.quality, e.grade,"
    " e.amount_ml, e.tenths, e.text, e.note, e.colour, e.steps, e.helper_id, e.photo_id, e.staff_id,"
    " s.name as staff_name, h.name as helper_name"
    " from log_entry e join staff s on s.id = e.staff_id left join staff h on h.id = e.helper_id"
)
# The columns that say what an entry says.
FACTS = (
    "kind", "at", "until", "detail", "quality", "grade", "amount_ml", "tenths", "text", "note", "colour",
    "steps", "helper_id", "photo_id",
)  # fmt: skip


def add_batch(unit: Unit, kind: EntryKind, staff: StaffId) -> BatchId:
    """Begin a batch at the unit's moment."""
    return BatchId(unit.insert("log_batch", {"kind": kind.value, "staff_id": staff, "made_at": unit.stamp}))


def add_entries(
    unit: Unit, batch: BatchId, visits: Sequence[VisitId], draft: EntryDraft, staff: StaffId
) -> int:
    """Log the same for all these visits in one statement; returns how many entries were written."""
    params = {**facts_of(draft), "batch": batch, "staff": staff}
    names, values = ", ".join(FACTS), ", ".join(f":{name}" for name in FACTS)
    done = unit.execute(
        f"insert into log_entry (batch_id, visit_id, child_id, day, staff_id, {names})"
        f" select :batch, id, child_id, day, :staff, {values} from visit"
        f" where undone_at is null and id in ({marks(visits, params)}) order by id",
        params,
    )
    return done.rowcount


def facts_of(draft: EntryDraft) -> dict[str, object]:
    """A draft by the names of the columns it fills."""
    return {
        "kind": draft.kind.value,
        "at": stamp(draft.at),
        "until": None if draft.until is None else stamp(draft.until),
        "detail": draft.detail,
        "quality": draft.quality,
        "grade": draft.grade,
        "amount_ml": draft.amount_ml,
        "tenths": draft.tenths,
        "text": draft.text,
        "note": draft.note,
        "colour": draft.colour,
        "steps": " ".join(draft.steps),
        "helper_id": draft.helper,
        "photo_id": draft.photo,
    }


def end_sleeps(
    unit: Unit, batch: BatchId, entries: Sequence[EntryId], until: dt.datetime, staff: StaffId
) -> int:
    """The children woke: each open sleep is superseded by one with its end; returns how many.

    ``entries`` are sleeps. Asked for their kind, too, SQLite would look through the sleeps of all years.
    """
    params: dict[str, object] = {"batch": batch, "until": stamp(until), "staff": staff, "now": unit.stamp}
    chosen = marks(entries, params)
    done = unit.execute(
        "insert into log_entry (batch_id, visit_id, child_id, day, kind, at, until, detail, quality, text,"
        " note, helper_id, staff_id, replaces_id) select :batch, visit_id, child_id, day, kind, at, :until,"
        " detail, quality, text, note, helper_id, :staff, id"
        f" from log_entry where ended_at is null and until is null and id in ({chosen})"
        " order by id",
        params,
    )
    unit.execute(f"update log_entry set ended_at = :now where ended_at is null and id in ({chosen})", params)
    return done.rowcount


def reverse_batch(unit: Unit, batch: BatchId, staff: StaffId) -> bool:
    """Take a batch back; what it superseded holds again. False when it was taken back before."""
    done = unit.execute(
        "update log_batch set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": batch},
    )
    if done.rowcount != 1:
        return False
    rows = unit.rows("select id from log_entry where batch_id = :id and ended_at is null", {"id": batch})
    _reverse(unit, [EntryId(row["id"]) for row in rows])
    return True


def reverse_entry(unit: Unit, entry: EntryId) -> bool:
    """Take one entry back; what it superseded holds again. False when it held no more."""
    return _reverse(unit, [entry]) == 1


def _reverse(unit: Unit, entries: Sequence[EntryId]) -> int:
    if not entries:
        return 0
    params: dict[str, object] = {"at": unit.stamp}
    chosen = marks(entries, params)
    done = unit.execute(
        f"update log_entry set ended_at = :at where ended_at is null and id in ({chosen})", params
    )
    params.pop("at")
    unit.execute(
        "update log_entry set ended_at = null where id in"
        f" (select replaces_id from log_entry where replaces_id is not null and id in ({chosen}))",
        params,
    )
    return done.rowcount


def find_batch(database: Database | Unit, batch: BatchId) -> Batch | None:
    """One batch with the children it is about."""
    row = database.row(
        "select id, kind, staff_id, made_at, undone_at from log_batch where id = :id", {"id": batch}
    )
    if row is None:
        return None
    entries = database.rows(
        "select id, child_id, at, ended_at is null as stands from log_entry where batch_id = :id"
        " order by child_id, id",
        {"id": batch},
    )
    return Batch(
        BatchId(row["id"]),
        EntryKind(row["kind"]),
        StaffId(row["staff_id"]),
        moment(row["made_at"]),
        row["undone_at"] is not None,
        len({one["child_id"] for one in entries if one["stands"]}),
        tuple(dict.fromkeys(ChildId(one["child_id"]) for one in entries)),
        day_of(min((moment(one["at"]) for one in entries), default=moment(row["made_at"]))),
        tuple(EntryId(one["id"]) for one in entries if one["stands"]),
    )


def find_entry(database: Database | Unit, entry: EntryId) -> KeptEntry | None:
    """One entry that holds; None when it was superseded or taken back."""
    row = database.row(f"{ENTRY} where e.id = :id and e.ended_at is null", {"id": entry})
    return None if row is None else kept_of(row)


def list_entries(
    database: Database | Unit, visits: Sequence[VisitId], kind: EntryKind | None = None
) -> tuple[KeptEntry, ...]:
    """What holds for these visits, of one kind or of all, in the order of the day."""
    if not visits:
        return ()
    params: dict[str, object] = {}
    of_kind = "" if kind is None else " and e.kind = :kind"
    chosen = f"e.visit_id in ({marks(visits, params)}){of_kind}"
    rows = database.rows(
        f"{ENTRY} where e.ended_at is null and {chosen} order by e.at, e.id",
        params if kind is None else {**params, "kind": kind.value},
    )
    return tuple(kept_of(row) for row in rows)


def list_turned(
    database: Database | Unit, entries: Sequence[EntryId]
) -> tuple[tuple[KeptEntry, KeptEntry | None], ...]:
    """These entries in the order of the day, each with what holds in its place; None where nothing does."""
    if not entries:
        return ()
    params: dict[str, object] = {}
    pairs = database.rows(
        "with recursive heir (first, id) as (select id, id from log_entry"
        f" where id in ({marks(entries, params)})"
        " union all select h.first, n.id from heir h join log_entry n on n.replaces_id = h.id)"
        " select h.first, h.id from heir h join log_entry n on n.id = h.id where n.ended_at is null",
        params,
    )
    heirs = {row["first"]: row["id"] for row in pairs}
    params = {}
    rows = database.rows(
        f"{ENTRY} where e.id in ({marks((*entries, *heirs.values()), params)}) order by e.at, e.id", params
    )
    kept = {row["id"]: kept_of(row) for row in rows}
    asked = set(entries)
    return tuple((one, kept.get(heirs.get(key))) for key, one in kept.items() if key in asked)


def open_sleeps(
    database: Database | Unit, visits: Sequence[VisitId]
) -> dict[VisitId, tuple[EntryId, dt.datetime]]:
    """Who of these sleeps now: the entry that says so, and since when."""
    if not visits:
        return {}
    params: dict[str, object] = {}
    chosen = marks(visits, params)
    # From their day on: else the sleeps of all years are looked through for those of now.
    rows = database.rows(
        "select id, visit_id, at from log_entry where kind = 'sleep' and until is null and ended_at is null"
        f" and at >= (select min(day) from visit where id in ({chosen}))"
        f" and visit_id in ({chosen}) order by at, id",
        params,
    )
    return {VisitId(row["visit_id"]): (EntryId(row["id"]), moment(row["at"])) for row in rows}


def list_subjects(database: Database | Unit, visits: Sequence[VisitId]) -> tuple[Subject, ...]:
    """These visits, without those taken back, in the order asked for."""
    if not visits:
        return ()
    params: dict[str, object] = {}
    rows = database.rows(
        "select v.id, v.child_id, c.name, c.allergy, v.class_id, v.day, v.arrived_at, v.left_at"
        " from visit v join child c on c.id = v.child_id"
        f" where v.undone_at is null and v.id in ({marks(visits, params)})",
        params,
    )
    found = {
        visit: Subject(
            VisitId(visit),
            ChildId(child),
            name,
            allergy,
            ClassId(class_id),
            dt.date.fromisoformat(day),
            moment(arrived_at),
            moment_or_none(left_at),
        )
        for visit, child, name, allergy, class_id, day, arrived_at, left_at in rows
    }
    return tuple(found[visit] for visit in visits if visit in found)


def recent_activities(database: Database, class_id: ClassId, since: dt.date, most: int) -> tuple[str, ...]:
    """Names of activities the class had lately, the newest first."""
    rows = database.rows(
        "select e.text, max(e.at) as last from log_entry e join visit v on v.id = e.visit_id"
        f" where e.kind = 'activity' and e.ended_at is null and e.text <> '' and {CLASS_AT_ENTRY} = :class"
        " and v.day >= :since group by e.text order by last desc, e.text limit :most",
        {"class": class_id, "since": since.isoformat(), "most": most},
    )
    return tuple(row["text"] for row in rows)


def list_served(database: Database, visits: Sequence[VisitId], slot: MealSlot) -> dict[VisitId, dt.datetime]:
    """Of which of these stays a meal is in the log, and the time of the last such line."""
    if not visits:
        return {}
    params: dict[str, object] = {"slot": slot.value}
    rows = database.rows(
        "select visit_id, max(at) as last from log_entry where kind = 'meal' and detail = :slot"
        f" and ended_at is null and visit_id in ({marks(visits, params)}) group by visit_id",
        params,
    )
    return {VisitId(row["visit_id"]): moment(row["last"]) for row in rows}


def last_entry(database: Database, kind: EntryKind, visits: Sequence[VisitId]) -> EntryDraft | None:
    """What was logged last of a kind for one of these visits."""
    if not visits:
        return None
    params: dict[str, object] = {"kind": kind.value}
    row = database.row(
        f"{ENTRY} where e.kind = :kind and e.ended_at is null and e.visit_id in ({marks(visits, params)})"
        " order by e.at desc, e.id desc limit 1",
        params,
    )
    return None if row is None else kept_of(row).entry.what


def last_moment(database: Database | Unit, visit: VisitId) -> dt.datetime | None:
    """When the last thing of a stay was seen that its log holds."""
    row = database.row(
        "select max(coalesce(until, at)) as last from log_entry where visit_id = :visit and ended_at is null",
        {"visit": visit},
    )
    return None if row is None else moment_or_none(row["last"])


def last_entry_of(
    database: Database, kind: EntryKind, children: Sequence[ChildId], since: dt.date
) -> EntryDraft | None:
    """What was logged last of a kind for one of these children since a day, whichever stay it was in."""
    if not children:
        return None
    params: dict[str, object] = {"kind": kind.value, "since": since.isoformat()}
    row = database.row(
        f"{ENTRY} where e.kind = :kind and e.ended_at is null and e.at >= :since"
        f" and e.child_id in ({marks(children, params)}) order by e.at desc, e.id desc limit 1",
        params,
    )
    return None if row is None else kept_of(row).entry.what


def marks(keys: Iterable[int], params: dict[str, object], stem: str = "key") -> str:
    """Named marks for a list of keys, which are put into ``params``; two lists have two stems."""
    whole = [int(key) for key in keys]
    names, listed = _named(stem, len(whole))
    params.update(zip(names, whole, strict=True))
    return listed


@functools.lru_cache(maxsize=64)
def _named(stem: str, count: int) -> tuple[tuple[str, ...], str]:
    """``key0, key1`` and ``:key0, :key1``: a class asks for the same few, over and over."""
    names = tuple(f"{stem}{place}" for place in range(count))
    return names, ", ".join(f":{name}" for name in names)


def kept_of(row: sqlite3.Row) -> KeptEntry:
    """A row of ``ENTRY`` as it is kept."""
    entry = Entry(
        EntryId(row["id"]),
        BatchId(row["batch_id"]),
        VisitId(row["visit_id"]),
        ChildId(row["child_id"]),
        StaffId(row["staff_id"]),
        draft_of(row),
    )
    return KeptEntry(entry, row["staff_name"], row["helper_name"] or "")


def draft_of(row: sqlite3.Row) -> EntryDraft:
    """What a row says that has the columns of ``FACTS``."""
    return draft_from(*(row[name] for name in FACTS))


def draft_from(
    kind: str,
    at: str,
    until: str | None,
    detail: str | None,
    quality: str | None,
    grade: int | None,
    amount_ml: int | None,
    tenths: int | None,
    text: str,
    note: str,
    colour: str | None,
    steps: str,
    helper: int | None,
    photo: int | None,
) -> EntryDraft:
    """What the columns of ``FACTS`` say, in their order."""
    return EntryDraft(
        EntryKind(kind), moment(at), moment_or_none(until), detail, quality, grade, amount_ml, tenths, text,
        note, colour, tuple(steps.split()), None if helper is None else StaffId(helper), photo,
    )  # fmt: skip
