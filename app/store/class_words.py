"""Sentences added for every child of a class on one day."""

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence

from app.domain.dayfacts import ClassWord
from app.domain.ids import ClassId, SentenceId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.day_moves import DayMove, class_at
from app.store.stamps import moment


@record
class Sentence:
    """One of them, as kept."""

    id: SentenceId
    class_id: ClassId
    day: dt.date
    what: ClassWord
    written_at: dt.datetime
    by: str


_SENTENCE = (
    "select w.id, w.class_id, w.day, w.part, w.words, w.written_at, s.name as writer"
    " from class_sentence w join staff s on s.id = w.written_by where w.undone_at is null"
)


def add_sentence(unit: Unit, class_id: ClassId, day: dt.date, what: ClassWord, staff: StaffId) -> SentenceId:
    """Add one at the unit's moment."""
    row = {
        "class_id": class_id,
        "day": day.isoformat(),
        "part": what.part,
        "words": what.words,
        "written_at": unit.stamp,
        "written_by": staff,
    }
    return SentenceId(unit.insert("class_sentence", row))


def reverse_sentence(unit: Unit, sentence: SentenceId, staff: StaffId) -> bool:
    """Take one back; False when it was."""
    done = unit.execute(
        "update class_sentence set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": sentence},
    )
    return done.rowcount == 1


def find_sentence(database: Database | Unit, sentence: SentenceId) -> Sentence | None:
    """One that holds."""
    row = database.row(f"{_SENTENCE} and w.id = :id", {"id": sentence})
    return None if row is None else _sentence(row)


def list_sentences(database: Database | Unit, day: dt.date) -> dict[ClassId, tuple[Sentence, ...]]:
    """Those of a day by class, in the order they were written."""
    rows = database.rows(f"{_SENTENCE} and w.day = :day order by w.id", {"day": day.isoformat()})
    found: dict[ClassId, tuple[Sentence, ...]] = {}
    for row in rows:
        one = _sentence(row)
        found[one.class_id] = (*found.get(one.class_id, ()), one)
    return found


def of_stay(
    sentences: Mapping[ClassId, Sequence[Sentence]], current: ClassId, moves: Sequence[DayMove]
) -> tuple[ClassWord, ...]:
    """What was said of the class a child was in when it was said, in that order.

    ``current`` is the class of her stay now, ``moves`` are those of the stay in order.
    """
    said = [
        one
        for group, of_class in sentences.items()
        for one in of_class
        if class_at(current, moves, one.written_at) == group
    ]
    return tuple(one.what for one in sorted(said, key=lambda one: one.id))


def _sentence(row: sqlite3.Row) -> Sentence:
    return Sentence(
        SentenceId(row["id"]),
        ClassId(row["class_id"]),
        dt.date.fromisoformat(row["day"]),
        ClassWord(row["part"], row["words"]),
        moment(row["written_at"]),
        row["writer"],
    )
