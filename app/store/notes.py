"""Handover notes (交接单): one current note a visit; a signed one is superseded, never edited."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.ids import NoteId, StaffId, VisitId
from app.domain.prose import NoteText
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.receipts import next_number
from app.store.stamps import moment, moment_or_none


@record
class Note:
    """A note as kept. Number and signature come together; ``version`` counts the signed ones up to it.

    ``ended_at`` is when another signed note took its place; edits kept for a next one do not end it. ``seen``
    is what of the day stood behind its words, as the service wrote it.
    """

    id: NoteId
    visit: VisitId
    number: str | None
    text: NoteText
    edited: bool
    written_at: dt.datetime
    signed_at: dt.datetime | None
    signed_by: str
    version: int
    ended_at: dt.datetime | None
    seen: str = ""


_NOTE = (
    "select n.id, n.visit_id, n.number, n.prose, n.activity, n.food, n.sleep, n.mood, n.toilet, n.health,"
    " n.notice, n.edited, n.written_at, n.signed_at, n.seen, s.name as signer,"
    " (select min(l.signed_at) from handover_note l where l.visit_id = n.visit_id and l.id > n.id"
    " and l.signed_at is not null) as ended_at,"
    " (select count(*) from handover_note o where o.visit_id = n.visit_id and o.id < n.id"
    " and o.signed_at is not null) as earlier"
    " from handover_note n left join staff s on s.id = n.signed_by"
)


def find_current(database: Database | Unit, visit: VisitId) -> Note | None:
    """The note of a visit as it stands: a draft kept, or the last one signed."""
    row = database.row(f"{_NOTE} where n.visit_id = :visit and n.ended_at is null", {"visit": visit})
    return None if row is None else _note(row)


def find_signed(database: Database | Unit, visit: VisitId) -> Note | None:
    """The note signed last, though edits for the next version may have been kept since."""
    row = database.row(
        f"{_NOTE} where n.visit_id = :visit and n.signed_at is not null order by n.id desc limit 1",
        {"visit": visit},
    )
    return None if row is None else _note(row)


def find_by_number(database: Database | Unit, number: str) -> Note | None:
    """The signed note that carries a number; ``ended_at`` tells whether a later one took its place."""
    row = database.row(f"{_NOTE} where n.number = :number", {"number": number})
    return None if row is None else _note(row)


def list_current(database: Database | Unit, visits: Sequence[VisitId]) -> dict[VisitId, Note]:
    """The notes of these visits as they stand."""
    if not visits:
        return {}
    params = {f"key{place}": int(visit) for place, visit in enumerate(visits)}
    marks = ", ".join(f":{name}" for name in params)
    rows = database.rows(f"{_NOTE} where n.ended_at is null and n.visit_id in ({marks})", params)
    return {VisitId(row["visit_id"]): _note(row) for row in rows}


def add_draft(unit: Unit, visit: VisitId, text: NoteText, staff: StaffId, *, seen: str = "") -> NoteId:
    """Keep edited words that are not signed yet, in place of what was kept before.

    A draft is overwritten, for it is nobody's word yet; a signed note is superseded and stays on file.
    """
    current = find_current(unit, visit)
    if current is not None and current.signed_at is None:
        unit.execute(
            "update handover_note set prose = :prose, activity = :activity, food = :food, sleep = :sleep,"
            " mood = :mood, toilet = :toilet, health = :health, notice = :notice, edited = 1,"
            " seen = :seen, written_at = :at, written_by = :staff where id = :id",
            {**_parts(text), "seen": seen, "at": unit.stamp, "staff": staff, "id": current.id},
        )
        return current.id
    return _add(unit, visit, text, staff, current, number=None, edited=True, seen=seen)


def end_draft(unit: Unit, visit: VisitId) -> bool:
    """Give kept edits up; False when there are none. A note signed before holds again."""
    current = find_current(unit, visit)
    if current is None or current.signed_at is not None:
        return False
    row = unit.row("select replaces_id from handover_note where id = :id", {"id": current.id})
    unit.execute(
        "update handover_note set ended_at = :at, replaces_id = null where id = :id",
        {"at": unit.stamp, "id": current.id},
    )
    if row is not None and row["replaces_id"] is not None:
        unit.execute("update handover_note set ended_at = null where id = :id", {"id": row["replaces_id"]})
    return True


def add_signed(
    unit: Unit,
    visit: VisitId,
    day: dt.date,
    text: NoteText,
    staff: StaffId,
    *,
    edited: bool,
    seen: str = "",
) -> str:
    """Sign: the draft becomes the note, or a new one takes the signed one's place; returns the number."""
    number = f"H-{day:%Y%m%d}-{next_number(unit, f'handover-{day:%Y%m%d}'):04d}"
    current = find_current(unit, visit)
    if current is not None and current.signed_at is None:
        unit.execute(
            "update handover_note set prose = :prose, activity = :activity, food = :food, sleep = :sleep,"
            " mood = :mood, toilet = :toilet, health = :health, notice = :notice, edited = :edited,"
            " seen = :seen, number = :number, signed_at = :at, signed_by = :staff where id = :id",
            {
                **_parts(text),
                "edited": int(edited),
                "seen": seen,
                "number": number,
                "at": unit.stamp,
                "staff": staff,
                "id": current.id,
            },
        )
    else:
        _add(unit, visit, text, staff, current, number=number, edited=edited, seen=seen)
    return number


def _add(
    unit: Unit,
    visit: VisitId,
    text: NoteText,
    staff: StaffId,
    current: Note | None,
    *,
    number: str | None,
    edited: bool,
    seen: str,
) -> NoteId:
    if current is not None:
        unit.execute(
            "update handover_note set ended_at = :at where id = :id", {"at": unit.stamp, "id": current.id}
        )
    row = {
        "visit_id": visit,
        "number": number,
        **_parts(text),
        "edited": int(edited),
        "seen": seen,
        "written_at": unit.stamp,
        "written_by": staff,
        "signed_at": None if number is None else unit.stamp,
        "signed_by": None if number is None else staff,
        "replaces_id": None if current is None else current.id,
    }
    return NoteId(unit.insert("handover_note", row))


def _parts(text: NoteText) -> dict[str, str]:
    return {
        "prose": text.prose,
        "activity": text.activity,
        "food": text.food,
        "sleep": text.sleep,
        "mood": text.mood,
        "toilet": text.toilet,
        "health": text.health,
        "notice": text.notice,
    }


def _note(row: sqlite3.Row) -> Note:
    text = NoteText(
        row["prose"],
        row["activity"],
        row["food"],
        row["sleep"],
        row["mood"],
        row["toilet"],
        row["health"],
        row["notice"],
    )
    return Note(
        NoteId(row["id"]),
        VisitId(row["visit_id"]),
        row["number"],
        text,
        bool(row["edited"]),
        moment(row["written_at"]),
        moment_or_none(row["signed_at"]),
        row["signer"] or "",
        row["earlier"] + 1,
        moment_or_none(row["ended_at"]),
        row["seen"],
    )
