"""Whether words about food name what a child must not eat: one rule for the menu, the log and the note.

A name that is found is a warning. A name that is not found proves nothing, for recipes name few of their
ingredients: so nothing here ever says that a dish is free of something.
"""

import re
import unicodedata
from collections.abc import Iterable

from app.domain.logbook import EntryDraft, EntryKind, MealGrade, Milk
from app.domain.record import record

FOOD = frozenset({EntryKind.MEAL, EntryKind.MILK, EntryKind.FOOD})
_GAPS = re.compile(r"[、,，;；\s]+")
_TAILS = ("过敏", "制品", "类")


@record
class Allergen:
    """A row of the table: how families write a substance, how dishes name it, and what only looks like it."""

    keys: tuple[str, ...]
    words: tuple[str, ...]
    but: tuple[str, ...] = ()


@record
class Naming:
    """A text names a substance by a word; ``literal`` when the word is the family's own."""

    substance: str
    word: str

    @property
    def literal(self) -> bool:
        """Whether the text says the very word, so that 含 is no guess; 蛋 alone may be of another kind."""
        if len(self.word) == 1:
            return self.word == self.substance
        return self.word in self.substance or self.substance in self.word

    @property
    def words(self) -> str:
        """``含鸡蛋``, or ``可能含鸡蛋`` where a dish only sounds like it."""
        return f"{'含' if self.literal else '可能含'}{self.substance}"


@record
class Served:
    """One meal as the day's menu has it: the slot by value, its dishes, and what those hold by the list."""

    slot: str
    dishes: str
    allergens: tuple[str, ...] = ()

    def adds(self, draft: EntryDraft) -> str:
        """What the menu knows of a logged meal beyond its own words.

        A meal without dishes is the one on the menu, whole; one that shares a dish with it holds whatever the
        menu lists. A meal of other dishes (替餐) is not the menu's, and the menu says nothing of it.
        """
        if draft.kind is not EntryKind.MEAL or draft.detail != self.slot:
            return ""
        own, listed = _dishes(draft.text), "、".join(self.allergens)
        if not own:
            return f"{self.dishes} {listed}"
        return listed if own & _dishes(self.dishes) else ""


def names(substance: str, text: str, table: Iterable[Allergen]) -> Naming | None:
    """By which word a text names a substance; None when it does not."""
    wanted, said = _plain(substance), _plain(text)
    for tail in _TAILS:
        wanted = wanted.removesuffix(tail) or wanted
    if not wanted:
        return None
    if wanted in said:
        return Naming(substance, wanted)
    for row in _rows(wanted, table):
        rest = said
        for other in row.but:
            rest = rest.replace(other, " ")
        for word in row.words:
            if word in rest:
                return Naming(substance, word)
    return None


def named_in(substances: Iterable[str], text: str, table: Iterable[Allergen]) -> tuple[Naming, ...]:
    """Every one of these substances that a text names."""
    rows = tuple(table)
    found = (names(substance, text, rows) for substance in substances)
    return tuple(naming for naming in found if naming is not None)


def met(
    substances: Iterable[str], draft: EntryDraft, table: Iterable[Allergen], menu: Iterable[Served] = ()
) -> tuple[Naming, ...]:
    """What a meal, a milk or a new food names of these substances; what was refused harmed nobody.

    ``menu`` is that of the day: what it lists for a meal counts as if the meal said so.
    """
    if draft.kind not in FOOD or draft.grade == MealGrade.REFUSED:
        return ()
    milk = ""
    if draft.kind is EntryKind.MILK:
        milk = Milk(draft.detail).label if draft.detail else "奶"
    told = tuple(substances)
    note = draft.note
    for substance in told:  # 牛奶过敏，已换替餐 names what was kept from her
        note = note.replace(f"{substance}过敏", "")
    more = " ".join(one.adds(draft) for one in menu)
    return named_in(told, f"{milk} {draft.text} {note} {more}", table)


def _rows(substance: str, table: Iterable[Allergen]) -> list[Allergen]:
    """The rows a family's words stand for; what the longest key covers is not read twice."""
    keys = sorted(((key, row) for row in table for key in row.keys), key=lambda pair: -len(pair[0]))
    found: list[Allergen] = []
    for key, row in keys:
        if key in substance:
            substance = substance.replace(key, " ")
            if row not in found:
                found.append(row)
    return found


def _dishes(text: str) -> frozenset[str]:
    """The dishes of a meal one by one, amounts left out: 软米饭 60 is 软米饭."""
    parts = (re.sub(r"[\d.]+\s*(?:g|克|ml|毫升)?$", "", _plain(part)) for part in _GAPS.split(text))
    return frozenset(part for part in parts if part)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
