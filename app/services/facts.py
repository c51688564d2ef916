"""One child's day gathered from the file, for the handover note, the timeline and the paper."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.ages import months_between
from app.domain.allergens import Served
from app.domain.dayfacts import CheckFact, DayFacts, Looked
from app.domain.firsts import is_whole_day, longest_sleep, steps_done
from app.domain.ids import AdultId, ChildId, ClassId, DoseId, EntryId, VisitId
from app.domain.logbook import EntryKind
from app.domain.medicine import Dose, Request
from app.domain.names import given_name
from app.domain.phrases import seed_of
from app.domain.prose import TOTAL, missing
from app.domain.record import record
from app.domain.usual import LEAST_DAYS, Before, Usual
from app.services.case_facts import case_facts
from app.services.cashier import leaving_of
from app.services.fevers import fever_facts, fever_heats
from app.services.injury_facts import hidden_names, injury_facts
from app.services.medicine_view import medicine_facts
from app.store import (
    children,
    class_words,
    day,
    day_moves,
    firsts,
    history,
    illness,
    injuries,
    log_versions,
    logbook,
    medicine,
    menus,
    people,
    settings,
    tables,
    visits,
)
from app.store import fever as fevers
from app.store.children import Child
from app.store.class_words import Sentence
from app.store.database import Database
from app.store.day_moves import DayMove
from app.store.health_rules import DiseaseBook
from app.store.illness import Case
from app.store.injuries import Injury
from app.store.logbook import KeptEntry
from app.store.people import AdultOf
from app.store.stamps import at_minute, minute_of
from app.store.visits import Visit

# Who leaves from half past three on has an afternoon; it begins at half past two. Minutes after midnight.
_LATE_LEAVING, _AFTERNOON = 15 * 60 + 30, 14 * 60 + 30

# What is on file where nobody has said who somebody is to her.
_NO_RELATION = frozenset({"其他", "其它", "不详", "未知", "联系人", "紧急联系人"})


@record
class WaitingDose:
    """A dose that waits, and what it is of: ``12:30 的布洛芬混悬液 2.5 ml``."""

    id: DoseId
    due_at: dt.datetime
    words: str


@record
class DayBook:
    """A visit with all that hangs on it.

    ``leaving`` is when she left, else as promised or by contract; ``keys`` name the entries in the facts one
    by one, ``waiting`` are the doses of which nothing has become yet.
    ``hidden`` is how the children are called who hurt her, or whom she hurt: no family is told by the centre.
    """

    visit: Visit
    child: Child
    adults: tuple[AdultOf, ...]
    leaving: dt.datetime | None
    facts: DayFacts
    keys: tuple[EntryId, ...] = ()
    hidden: tuple[str, ...] = ()
    waiting: tuple[WaitingDose, ...] = ()

    @property
    def standing(self) -> frozenset[EntryId]:
        """The entries in the facts."""
        return frozenset(self.keys)

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
    found: dict[VisitId, tuple[Visit, Child]] = {}
    for key in keys:
        visit = visits.find_visit(database, key)
        child = None if visit is None else children.find_child(database, visit.child)
        if visit is not None and child is not None and not visit.undone:
            found[key] = visit, child
    cleared = log_versions.list_clearances(database, keys)
    around: dict[dt.date, _Around] = {}
    days: dict[dt.date, list[tuple[Visit, list[KeptEntry]]]] = {}
    for key, (visit, _child) in found.items():
        days.setdefault(visit.day, []).append((visit, entries.get(key, [])))
    books: dict[VisitId, DayBook] = {}
    for key, (visit, child) in found.items():
        if visit.day not in around:
            around[visit.day] = _around(database, visit.day, days[visit.day])
        of_visit = entries.get(key, [])
        looked = tuple(
            Looked(kept.entry.what, said.words, said.reason, said.way)
            for kept in of_visit
            if (said := cleared.get(kept.entry.id)) is not None
        )
        books[key] = _book(database, visit, child, of_visit, around[visit.day], looked)
    return books


@record
class _Around:
    """What of a day concerns several children.

    The fever line, the menu, what is usual, words for a class, who changed the class, who was hurt, who was
    found ill; what the log holds of the days before of those who may have done something for the first time.
    """

    fever: int
    usual: dict[ChildId, Usual]
    sentences: dict[ClassId, tuple[Sentence, ...]]
    moves: dict[VisitId, tuple[DayMove, ...]]
    menu: tuple[Served, ...]
    injuries: tuple[Injury, ...]
    before: dict[ChildId, Before]
    cases: tuple[Case, ...]
    twice: dict[ChildId, VisitId]  # who came more than once, and her first stay of the day
    book: DiseaseBook | None  # None where nobody is ill: it reads a table


def _around(database: Database, on: dt.date, stays: Sequence[tuple[Visit, list[KeptEntry]]]) -> _Around:
    usual = history.list_usual(database, [visit.child for visit, _ in stays], on)
    cases = illness.list_noted(database, on)
    return _Around(
        settings.current(database, on).fever_tenths,
        usual,
        class_words.list_sentences(database, on),
        day_moves.list_days(database, on, on),
        menus.list_served(database, on),
        injuries.list_injuries(database, on, on),
        _before(database, on, stays, usual),
        cases,
        history.list_twice(database, on),
        DiseaseBook(database) if cases else None,
    )


def _before(
    database: Database,
    on: dt.date,
    stays: Sequence[tuple[Visit, list[KeptEntry]]],
    usual: Mapping[ChildId, Usual],
) -> dict[ChildId, Before]:
    """What the log holds of earlier days, of those alone whose day may hold a first time."""
    asked: dict[ChildId, firsts.Asked] = {}
    for visit, kept in stays:
        bare = DayFacts(
            "", None, visit.arrived_at, entries=tuple(one.entry.what for one in kept), left=visit.left_at
        )
        known = usual[visit.child]
        hours, steps = longest_sleep(bare) // 60, steps_done(bare)
        longest = [one.longest for one in known.days if one.longest is not None]
        wish = firsts.Asked(
            foods=bool(bare.of(EntryKind.FOOD)),
            slept=hours > 0 and len(longest) >= LEAST_DAYS and max(longest) < hours * 60,
            steps=bool(steps),
            whole_day=is_whole_day(bare),
        )
        if known.been_before and wish != firsts.Asked():
            asked[visit.child] = wish
    return firsts.list_before(database, asked, on)


def _book(
    database: Database,
    visit: Visit,
    child: Child,
    entries: Sequence[KeptEntry],
    around: _Around,
    looked: tuple[Looked, ...],
) -> DayBook:
    adults = people.list_adults(database, visit.child, visit.day)
    bringer = next((adult for adult in adults if adult.id == visit.brought_by), None)
    leaving = visit.left_at or leaving_of(database, visit, database.clock())
    if leaving is None:
        enrolled = day.find_enrolment(database, visit.child, visit.day)
        leaving = None if enrolled is None else at_minute(visit.day, enrolled.to_minute)
    hurt = [one for one in around.injuries if one.told.child == child.id]
    requests = medicine.list_of_visit(database, visit.id)
    ladders = fevers.list_of_visit(database, visit.id)
    checks = visits.list_checks(database, visit.id)
    logged = [kept.entry.what for kept in entries]
    read = [(one.at, one.tenths) for one in checks if one.tenths is not None]
    read += [(one.at, one.tenths) for one in logged if one.tenths is not None]
    usual, before = _looked_back(around, visit)
    facts = DayFacts(
        given_name=given_name(child.name),
        sex=child.sex,
        arrived=visit.arrived_at,
        brought_by_words=_relation(bringer),
        leaving=leaving,
        entries=tuple(logged),
        checks=tuple(
            CheckFact(check.kind, check.at, check.tenths, check.outcome, check.note, check.site)
            for check in checks
        ),
        allergies=child.substances,
        fever_tenths=around.fever,
        left=visit.left_at,
        allergens=tables.allergens(),
        medicine=medicine_facts(requests),
        fever=fever_facts(ladders, read),
        heats=fever_heats(ladders, read),
        cases=() if around.book is None else case_facts(around.cases, around.book, visit),
        months=months_between(child.born_on, visit.day),
        seed=seed_of(visit.day, child.id),
        phrases=tables.phrases(),
        urgent=tables.urgent(),
        usual=usual,
        class_words=class_words.of_stay(around.sentences, visit.class_id, around.moves.get(visit.id, ())),
        menu=around.menu,
        injuries=injury_facts(hurt),
        looked=looked,
        before=before,
        again=child.id in around.twice,
    )
    keys = tuple(kept.entry.id for kept in entries)
    hidden = hidden_names(database, child.id, around.injuries)
    return DayBook(visit, child, adults, leaving, facts, keys, hidden, _waiting(requests))


def _looked_back(around: _Around, visit: Visit) -> tuple[Usual | None, Before | None]:
    """Her days before this one. What a second stay of the day tells of may have come in the first: nothing of
    it is a first time.
    """
    usual, before = around.usual.get(visit.child), around.before.get(visit.child)
    if around.twice.get(visit.child, visit.id) == visit.id:
        return usual, before
    return None if usual is None else replace(usual, been_before=True), None


def _relation(adult: AdultOf | None) -> str:
    """Who brought her, as a sentence takes it: 由奶奶送到, and not 由其他送到."""
    return "" if adult is None or adult.tie.relation in _NO_RELATION else adult.tie.relation


def _ask(request: Request, dose: Dose) -> str:
    ask = request.ask_words(dose)
    return f"（{ask}）" if ask else ""


def _waiting(requests: Sequence[Request]) -> tuple[WaitingDose, ...]:
    return tuple(
        WaitingDose(dose.id, dose.due_at, f"{dose.due_at:%H:%M} 的{one.medicine} {one.dose}{_ask(one, dose)}")
        for one in requests
        if not one.returned
        for dose in one.waiting
    )
