"""Illness that was registered of a child while she is here: for her note, her card and the door.

Who is registered ill before she comes is kept out at the door; who is inside already has to be put apart, and
her family has to hear of it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from app.domain.dayfacts import CaseFact
from app.domain.ids import VisitId
from app.domain.illness import Disease
from app.domain.looks import Chip, Tone
from app.services.illness_gate import refusal_of
from app.store import illness
from app.store.database import Database
from app.store.day import Stay
from app.store.health_rules import DiseaseBook
from app.store.illness import Case
from app.store.visits import Visit


def noted_during(
    cases: Iterable[Case], book: DiseaseBook, stay: Visit | Stay, until: dt.datetime | None = None
) -> tuple[Case, ...]:
    """Of the cases noted on a day those of one child that came up during her stay, and keep her home since.

    What cleared one of them on a later day changes nothing of this one.
    """
    child = stay.child if isinstance(stay, Visit) else stay.who.id
    left = stay.left_at if until is None else until
    found = []
    for case in cases:
        seen = tuple(one for one in case.clearances if one.day <= stay.day)
        inside = stay.arrived_at <= case.first_at and (left is None or case.first_at <= left)
        if case.told.child != child or case.told.onset_on > stay.day or not inside:
            continue
        if refusal_of(replace(case, clearances=seen), book, stay.day):
            found.append(case)
    return tuple(sorted(found, key=lambda one: one.first_at))


def case_facts(cases: Iterable[Case], book: DiseaseBook, visit: Visit) -> tuple[CaseFact, ...]:
    """The cases of a stay, as its note tells them."""
    return tuple(_fact(case, _disease(case, book)) for case in noted_during(cases, book, visit))


def case_chips(database: Database, stays: Iterable[Stay], today: dt.date) -> dict[VisitId, tuple[Chip, ...]]:
    """``手足口病（疑似）· 请隔离、通知家长`` for the cards of children who are inside."""
    cases = illness.list_noted(database, today)
    if not cases:
        return {}
    book = DiseaseBook(database)
    found: dict[VisitId, tuple[Chip, ...]] = {}
    for stay in stays:
        if own := noted_during(cases, book, stay):
            words = "、".join(case_words(case, _disease(case, book)) for case in own)
            found[stay.visit] = (Chip(f"{words} · 请隔离、通知家长", Tone.BAD),)
    return found


def case_words(case: Case, disease: Disease | None) -> str:
    """``手足口病（疑似）``, ``水痘（确诊）``; a fever is no guess."""
    name = case.told.detail or ("" if disease is None else disease.label) or "传染病"
    if disease is not None and disease.fever:
        return name
    return f"{name}（{'确诊' if case.told.confirmed else '疑似'}）"


def _disease(case: Case, book: DiseaseBook) -> Disease | None:
    return book.on(case.told.onset_on).get(case.told.disease)


def _fact(case: Case, disease: Disease | None) -> CaseFact:
    told = () if disease is None else (disease.short, disease.label, *disease.words)
    detail = (case.told.detail,) if case.told.detail else ()
    needs = "" if disease is None else disease.needs
    return CaseFact(case.first_at, case_words(case, disease), needs, tuple(dict.fromkeys((*detail, *told))))
