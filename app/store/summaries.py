"""Summaries of a term (成长小结): drafts until they are signed; a signed one is superseded, never edited."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.growth_words import SummaryText
from app.domain.ids import ChildId, ObservationId, SummaryId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.receipts import next_number
from app.store.stamps import moment_or_none


@record
class Summary:
    """One as kept. Number and signature come together; ``picks`` are the observations chosen for it."""

    id: SummaryId
    child: ChildId
    text: SummaryText
    picks: tuple[ObservationId, ...]
    number: str
    signed_at: dt.datetime | None
    signed_by: str
    version: int


_ROW = (
    "select t.id, t.child_id, t.number, t.attendance, t.activities, t.growth, t.words, t.signed_at,"
    " s.name as signer, (select count(*) from term_summary o where o.child_id = t.child_id"
    " and o.first_day = t.first_day and o.signed_at is not null and o.id < t.id) as earlier"
    " from term_summary t left join staff s on s.id = t.signed_by"
)


def find_current(database: Database | Unit, child: ChildId, first: dt.date) -> Summary | None:
    """The summary of a child's term as it stands: a draft, or the one signed last."""
    row = database.row(
        f"{_ROW} where t.child_id = :child and t.first_day = :first and t.ended_at is null"
        " order by t.id desc limit 1",
        {"child": child, "first": first.isoformat()},
    )
    return None if row is None else _summary(database, row)


def find_signed(database: Database | Unit, child: ChildId, first: dt.date) -> Summary | None:
    """The one signed last, though a draft for the next may have been kept since."""
    row = database.row(
        f"{_ROW} where t.child_id = :child and t.first_day = :first and t.signed_at is not null"
        " order by t.id desc limit 1",
        {"child": child, "first": first.isoformat()},
    )
    return None if row is None else _summary(database, row)


def list_states(
    database: Database | Unit, children: Sequence[ChildId], first: dt.date
) -> dict[ChildId, bool]:
    """Of whom there is a summary of that term, and whether the one that stands is signed."""
    if not children:
        return {}
    params: dict[str, object] = {f"key{at}": int(child) for at, child in enumerate(children)}
    marks = ", ".join(f":{name}" for name in params)
    rows = database.rows(
        "select child_id, signed_at from term_summary where first_day = :first and ended_at is null"
        f" and child_id in ({marks}) order by id",
        {**params, "first": first.isoformat()},
    )
    return {ChildId(row["child_id"]): row["signed_at"] is not None for row in rows}


def add_draft(
    unit: Unit, child: ChildId, first: dt.date, words: str, picks: Sequence[ObservationId]
) -> SummaryId:
    """Keep words that nobody has signed, in the place of what stood; a draft before it is nobody's word."""
    return _add(unit, child, first, SummaryText(words=words), picks, number=None)


def add_signed(
    unit: Unit, child: ChildId, first: dt.date, text: SummaryText, picks: Sequence[ObservationId]
) -> str:
    """Sign; returns the number, ``G-202509-0001``, without gaps in a term."""
    number = f"G-{first:%Y%m}-{next_number(unit, f'summary-{first:%Y%m}'):04d}"
    _add(unit, child, first, text, picks, number=number)
    return number


def end_draft(unit: Unit, child: ChildId, first: dt.date) -> bool:
    """Give a draft up; False where none stands. One signed before holds again."""
    current = find_current(unit, child, first)
    if current is None or current.signed_at is not None:
        return False
    unit.execute(
        "update term_summary set ended_at = :at where id = :id", {"at": unit.stamp, "id": current.id}
    )
    if (signed := find_signed(unit, child, first)) is not None:
        unit.execute("update term_summary set ended_at = null where id = :id", {"id": signed.id})
    return True


def _add(
    unit: Unit,
    child: ChildId,
    first: dt.date,
    text: SummaryText,
    picks: Sequence[ObservationId],
    *,
    number: str | None,
) -> SummaryId:
    current = find_current(unit, child, first)
    if current is not None:
        unit.execute(
            "update term_summary set ended_at = :at where id = :id", {"at": unit.stamp, "id": current.id}
        )
    row = {
        "child_id": child,
        "first_day": first.isoformat(),
        "number": number,
        "attendance": text.attendance,
        "activities": text.activities,
        "growth": text.growth,
        "words": text.words,
        "written_at": unit.stamp,
        "written_by": unit.actor_id,
        "signed_at": None if number is None else unit.stamp,
        "signed_by": None if number is None else unit.actor_id,
        "replaces_id": None if current is None else current.id,
    }
    key = SummaryId(unit.insert("term_summary", row))
    for pick in dict.fromkeys(picks):
        unit.insert("term_summary_pick", {"summary_id": key, "observation_id": pick})
    return key


def _summary(database: Database | Unit, row: sqlite3.Row) -> Summary:
    picks = database.rows(
        "select observation_id from term_summary_pick where summary_id = :id order by observation_id",
        {"id": row["id"]},
    )
    return Summary(
        SummaryId(row["id"]),
        ChildId(row["child_id"]),
        SummaryText(row["attendance"], row["activities"], row["growth"], row["words"]),
        tuple(ObservationId(one["observation_id"]) for one in picks),
        row["number"] or "",
        moment_or_none(row["signed_at"]),
        row["signer"] or "",
        row["earlier"] + 1,
    )
