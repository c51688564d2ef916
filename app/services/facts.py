"""One child's day gathered from the file, for the handover note, the timeline and the paper."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.dayfacts import CheckFact, DayFacts
from app.domain.ids import AdultId, EntryId, VisitId
from app.domain.logbook import EntryKind
from app.domain.names import given_name
from app.domain.prose import TOTAL, missing
from app.store import children, day, logbook, people, settings, tables, visits
from app.store.children import Child
from app.store.database import Database
from app.store.logbook import KeptEntry
from app.store.people import AdultOf
from app.store.stamps import at_minute, minute_of
from app.store.visits import Visit

# Who leaves from half past three on has an afternoon; it begins at half past two. Minutes after midnight.
_LATE_LEAVING, _AFTERNOON = 15 * 60 + 30, 14 * 60 + 30


@dataclass(frozen=True, slots=True)
class DayBook:
    """A visit with all that hangs on it.

    ``leaving`` is when she left, else as promised or by contract; ``standing`` are the entries in the facts.
    """

    visit: Visit
    child: Child
    adults: tuple[AdultOf, ...]
    leaving: dt.datetime | None
    facts: DayFacts
    standing: frozenset[EntryId] = frozenset()

    def adult(self, key: AdultId | None) -> AdultOf | None:
        """An adult of the child by key."""
        return next((adult for adult in self.adults if adult.id == key), None)


def lacking(book: DayBook) -> tuple[str, ...]:
    """What the note still lacks: what the log does not hold, and what of the day is still to come.

    Who sleeps has yet to get up; who stays into the afternoon has an afternoon to be told of. So a note for
    half past five is not complete at two.
    """
    facts = book.facts
    words = list(missing(facts))
    if facts.left is None and any(sleep.until is None for sleep in facts.of(EntryKind.SLEEP)):
        words.append("起床")
    latest = max((minute_of(one.until or one.at) for one in facts.entries), default=0)
    stays_on = book.leaving is not None and minute_of(book.leaving) >= _LATE_LEAVING
    if stays_on and latest < _AFTERNOON:
        words.append("下午")
    return tuple(words[:TOTAL])


def list_books(database: Database, keys: Sequence[VisitId]) -> dict[VisitId, DayBook]:
    """The days of these visits; those taken back or unknown are left out."""
    entries: dict[VisitId, list[KeptEntry]] = {}
    for kept in logbook.list_entries(database, keys):
        entries.setdefault(kept.entry.visit, []).append(kept)
    fever: dict[dt.date, int] = {}
    books: dict[VisitId, DayBook] = {}
    for key in keys:
        visit = visits.find_visit(database, key)
        child = None if visit is None else children.find_child(database, visit.child)
        if visit is None or child is None or visit.undone:
            continue
        if visit.day not in fever:
            fever[visit.day] = settings.current(database, visit.day).fever_tenths
        books[key] = _book(database, visit, child, entries.get(key, []), fever[visit.day])
    return books


def _book(
    database: Database, visit: Visit, child: Child, entries: Sequence[KeptEntry], fever: int
) -> DayBook:
    adults = people.list_adults(database, visit.child, visit.day)
    bringer = next((adult for adult in adults if adult.id == visit.brought_by), None)
    leaving = visit.left_at or visit.promised_at
    if leaving is None:
        enrolled = day.find_enrolment(database, visit.child, visit.day)
        leaving = None if enrolled is None else at_minute(visit.day, enrolled.to_minute)
    facts = DayFacts(
        given_name=given_name(child.name),
        sex=child.sex,
        arrived=visit.arrived_at,
        brought_by_words="" if bringer is None else bringer.tie.relation,
        leaving=leaving,
        entries=tuple(kept.entry.what for kept in entries),
        checks=tuple(
            CheckFact(check.kind, check.at, check.tenths, check.outcome, check.note, check.site)
            for check in visits.list_checks(database, visit.id)
        ),
        allergies=child.substances,
        fever_tenths=fever,
        left=visit.left_at,
        allergens=tables.allergens(),
    )
    standing = frozenset(kept.entry.id for kept in entries)
    return DayBook(visit, child, adults, leaving, facts, standing)
