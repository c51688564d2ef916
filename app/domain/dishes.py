"""Whether a dish's own name tells what it is made of, and what somebody said of one whose name does not.

A name tells when it is made up of foods that a table knows and of ways to cook and cut them. 快乐星球饭 does
not: nobody can say from it that there is no egg in it.
"""

import functools
from collections.abc import Iterable, Mapping

from app.domain.allergens import Served, parted
from app.domain.logbook import EntryDraft, EntryKind, MealGrade
from app.domain.record import record

_LONGEST_WORD = 8  # characters; no word of the tables is longer


@record
class DishWords:
    """``foods`` are what dishes are made of, ``ways`` what else may stand in their names (清炒, 小, 丝)."""

    foods: frozenset[str]
    ways: frozenset[str]


@functools.lru_cache(maxsize=4096)
def tells(dish: str, words: DishWords) -> bool:
    """Whether the whole name is foods and ways, with a food among them."""
    # What the first n characters can be read as: None not at all, False ways alone, True with a food.
    read: list[bool | None] = [False, *(None for _ in dish)]
    for end in range(1, len(dish) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            if (before := read[start]) is None:
                continue
            part = dish[start:end]
            if part in words.foods:
                read[end] = True
                break
            if part in words.ways:
                read[end] = before or read[end] or False
    return bool(read[-1])


def untold(text: str, words: DishWords, answers: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The dishes of a meal whose names do not tell and of which nobody has said what they hold."""
    return tuple(one for one in parted(text) if one not in answers and not tells(one, words))


def untold_of(
    draft: EntryDraft, menu: Iterable[Served], words: DishWords, answers: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The same of what was eaten: a meal without dishes is the one on the menu; refused, it harms nobody."""
    if draft.kind not in {EntryKind.MEAL, EntryKind.FOOD} or draft.grade == MealGrade.REFUSED:
        return ()
    text = draft.text.strip()
    if not text and draft.kind is EntryKind.MEAL:
        text = "、".join(one.dishes for one in menu if one.slot == draft.detail)
    return untold(text, words, answers)


def answered(text: str, answers: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What was said that the dishes of a meal hold."""
    return tuple(dict.fromkeys(held for one in parted(text) for held in answers.get(one, ())))


def quoted(dishes: Iterable[str]) -> str:
    """``“快乐星球饭”``."""
    return "".join(f"“{one}”" for one in dishes)
