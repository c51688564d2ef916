"""The last days' notes in the words the program itself would draft: who looks at them sees what it writes.

The program says how, for nothing here may know it; a file built without it keeps the plain words of ``db``.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from db.practice_book import Book
from db.practice_people import Kid

REWORDED = 2  # days before the last one: older notes are hardly read, and each costs some milliseconds
Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ToldDay:
    """One stay as far as its note may tell of it, with rows as the file keeps them."""

    kid: Kid
    day: dt.date
    relation: str  # 奶奶
    visit: Row
    entries: tuple[tuple[int, Row], ...]  # by their keys
    checks: tuple[Row, ...]


# The parts of a note by column, and what was ``seen`` for them.
Words = Callable[[ToldDay], Mapping[str, str]]


def reword(book: Book, kids: Iterable[Kid], last: dt.date, words: Words) -> None:
    """Put the notes of the last days into these words; each tells what had been logged when it was signed."""
    since = (last - dt.timedelta(days=REWORDED)).isoformat()
    people = {kid.id: kid for kid in kids}
    visits = {key: row for key, row in book.named("visit") if str(row["day"]) >= since}
    logged: dict[object, list[tuple[int, Row]]] = defaultdict(list)
    checked: dict[object, list[Row]] = defaultdict(list)
    for key, row in book.named("log_entry"):
        if row["visit_id"] in visits and row["ended_at"] is None:
            logged[row["visit_id"]].append((key, row))
    for _key, row in book.named("health_check"):
        if row["visit_id"] in visits and row["undone_at"] is None:
            checked[row["visit_id"]].append(row)
    for key, note in list(book.named("handover_note")):
        visit = visits.get(note["visit_id"])  # type: ignore[call-overload]
        if visit is None:
            continue
        kid = people[visit["child_id"]]
        signed = str(visit["left_at"] or note["signed_at"])
        told = ToldDay(
            kid,
            dt.date.fromisoformat(str(visit["day"])),
            next((one.relation for one in kid.adults if one.id == visit["brought_by"]), ""),
            visit,
            tuple((key, row) for key, row in logged[note["visit_id"]] if str(row["at"]) <= signed),
            tuple(row for row in checked[note["visit_id"]] if str(row["at"]) <= signed),
        )
        book.change_named("handover_note", key, words(told))
