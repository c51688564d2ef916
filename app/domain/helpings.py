"""A meal and its second helping, told as the one meal it was.

They stand as two entries in the log, for the first was written before anybody asked for more. A family that
reads of two lunches asks which of them is true.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.dayfacts import DayFacts, clause, counted, joined
from app.domain.log_kinds import EATEN_UP
from app.domain.logbook import EntryDraft, EntryKind, MealGrade


def as_meals(facts: DayFacts) -> DayFacts:
    """The day with each second helping told with its meal; nothing else is changed.

    One beside a meal that was not eaten up (an older program kept that) stays what it is: nobody knows which
    of the two is true.
    """
    slots: dict[str, list[EntryDraft]] = {}
    for one in facts.of(EntryKind.MEAL):
        slots.setdefault(one.detail or "", []).append(one)
    told: dict[int, EntryDraft | None] = {}
    for meals in slots.values():
        if len(meals) > 1 and _more(meals) and all(one.grade in EATEN_UP for one in meals):
            told |= {id(one): None for one in meals}
            told[id(meals[0])] = _one_meal(meals)
    if not told:
        return facts
    entries = (told.get(id(one), one) for one in facts.entries)
    return replace(facts, entries=tuple(one for one in entries if one is not None))


def _more(meals: Sequence[EntryDraft]) -> int:
    return sum(one.grade == MealGrade.SECONDS for one in meals)


def _one_meal(meals: Sequence[EntryDraft]) -> EntryDraft:
    """The first of them with a second helping; what was added is named where it was not the same again."""
    first, rest = meals[0], meals[1:]
    dishes = clause(first.text) or next((clause(one.text) for one in rest if clause(one.text)), "")
    added = dict.fromkeys(clause(one.text) for one in rest if clause(one.text) not in {"", dishes})
    more = _more(meals)
    notes = (
        clause(first.note),
        f"添了 {counted(more, '份')}" if more > 1 else "",
        f"添的是{'，'.join(added).replace('、', '和')}" if added else "",
        *dict.fromkeys(clause(one.note) for one in rest if clause(one.note) != clause(first.note)),
    )
    return replace(first, grade=MealGrade.SECONDS.value, text=dishes, note=joined(notes, "，"))
