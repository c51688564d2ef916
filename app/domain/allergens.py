"""Whether words about food name what a child must not eat: one rule for the menu, the log and the note.

A name that is found is a warning. A name that is not found proves nothing, for recipes name few of their
ingredients: so nothing here ever says that a dish is free of something. What no row of the table knows is
looked for by its own characters, and the record says so (``read_as``).
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

from app.domain.logbook import EntryDraft, EntryKind, MealGrade, Milk
from app.domain.record import record

FOOD = frozenset({EntryKind.MEAL, EntryKind.MILK, EntryKind.FOOD})
_GAPS = re.compile(r"[、,，;；。/／+＋&＆|｜·（）()和与及跟配\s]+")
_TAILS = ("过敏", "制品", "类")
_ALONE = "="  # before a key that counts only where it stands alone: 肉, but not 驴肉
# Around and between the names of food in a family's words: 吃了榴莲会起疹子, 深海鱼等海鲜.
_AROUND = re.compile(
    r"[\W_\d\s和及与或等的了过会后就也都还只对有吃喝碰沾起]|不能|可以|食物|食品|制品|过敏|严重|轻度|重度|中度|疑似|阳性|症状|反应"
)
# 鸭肉 is 鸭 in the name of a dish, 李子 is 李.
_CORE = re.compile(r"(?P<core>[^肉子])[肉子]")


@record
class Allergen:
    """A row of the table: how families write a substance, how dishes name it, and what only looks like it.

    ``words`` also hold what is made of it, what usually holds it, and what may hold all of its kind (果盘).
    """

    keys: tuple[str, ...]
    words: tuple[str, ...]
    but: tuple[str, ...] = ()


class Table(tuple[Allergen, ...]):
    """The rows, one table for the program: known by which it is, for it is asked for at every meal."""

    __slots__ = ()

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@record
class Naming:
    """A text names a substance by a word; ``literal`` when the word is the family's own.

    ``guessed`` is a part of their words alone, where no row of the table knows them.
    """

    substance: str
    word: str
    guessed: bool = False

    @property
    def literal(self) -> bool:
        """Whether the text says the very word, so that 含 is no guess; 蛋 alone may be of another kind."""
        if len(self.word) == 1:
            return self.word == self.substance
        if self.guessed:
            return False
        return self.word in self.substance or self.substance in self.word

    @property
    def words(self) -> str:
        """``含鸡蛋``, or ``可能含鸡蛋`` where a dish only sounds like it."""
        return f"{'含' if self.literal else '可能含'}{self.substance}"


@record
class Served:
    """One meal as the day's menu has it: the slot by value, its dishes, and what those hold by the list.

    Without a slot it is one dish of which somebody said what it holds, at whichever meal.
    """

    slot: str
    dishes: str
    allergens: tuple[str, ...] = ()

    def adds(self, draft: EntryDraft) -> str:
        """What the menu knows of a logged meal beyond its own words.

        A meal without dishes is the one on the menu, whole; one that shares a dish with it, or part of the
        name of one, holds whatever the menu lists: the kitchen writes 三色蛋羹 for 三色汤, a class spells its
        own way. A meal of other dishes (替餐) is not the menu's, and the menu says nothing of it.
        """
        if not self.slot:
            return "、".join(self.allergens) if self.dishes in _dishes(draft.text) else ""
        if draft.kind is not EntryKind.MEAL or draft.detail != self.slot:
            return ""
        own, listed = _dishes(draft.text), "、".join(self.allergens)
        if not own:
            return f"{self.dishes} {listed}"
        return listed if own & _dishes(self.dishes) or _pairs(own) & _pairs(_dishes(self.dishes)) else ""


def names(substance: str, text: str, table: Iterable[Allergen]) -> Naming | None:
    """By which word a text names a substance; None when it does not."""
    wanted, said = _wanted(substance), _plain(text)
    if not wanted:
        return None
    rows, rest = _rows(wanted, _kept(table))
    texts = [_without(said, row.but) for row in rows]
    # One character is often part of another word: 贝 is none of 贝贝南瓜.
    own = texts if len(wanted) == 1 and rows else [said]
    if any(wanted in left for left in own):
        return Naming(substance, wanted)
    for row, left in zip(rows, texts, strict=True):
        for word in row.words:
            if word in left:
                return Naming(substance, word)
    for piece in _pieces(rest):
        if piece in said:
            return Naming(substance, piece, guessed=True)
    return None


@record
class ReadAs:
    """How dishes are read for one allergy; without ``words`` only those of the family are looked for."""

    substance: str
    words: tuple[str, ...] = ()
    food: bool = True  # False for what no dish is named after: 尘螨, 青霉素


def read_as(substance: str, table: Iterable[Allergen], apart: Iterable[str] = ()) -> ReadAs:
    """What is looked for of an allergy; ``apart`` are words of what is no food."""
    wanted = _wanted(substance)
    rows, _ = _rows(wanted, _kept(table))
    words = tuple(dict.fromkeys(word for row in rows for word in row.words))
    return ReadAs(substance, words, bool(words) or not any(word in wanted for word in apart))


def named_in(substances: Iterable[str], text: str, table: Iterable[Allergen]) -> tuple[Naming, ...]:
    """Every one of these substances that a text names."""
    rows = _kept(table)
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
    if not (told := tuple(substances)):
        return ()
    milk = ""
    if draft.kind is EntryKind.MILK:
        milk = Milk(draft.detail).label if draft.detail else "奶"
    note = draft.note
    for substance in told:  # 牛奶过敏，已换替餐 names what was kept from her
        note = note.replace(f"{substance}过敏", "")
    more = " ".join(one.adds(draft) for one in menu)
    return named_in(told, f"{milk} {draft.text} {note} {more}", table)


def _wanted(substance: str) -> str:
    wanted = _plain(substance)
    for tail in _TAILS:
        wanted = wanted.removesuffix(tail) or wanted
    return wanted


def _kept(table: Iterable[Allergen]) -> Table:
    return table if isinstance(table, Table) else Table(table)


@functools.lru_cache(maxsize=256)
def _rows(substance: str, table: Table) -> tuple[tuple[Allergen, ...], str]:
    """The rows a family's words stand for, and what no key covers; what the longest covers is read once.

    A class eats five times a day, and the words of its few allergies are read against a whole table.
    """
    alone = {part for part in _AROUND.split(substance) if part} | {substance}
    there = [
        (key.removeprefix(_ALONE), row)
        for row in table
        for key in row.keys
        if key in substance or (key[0] == _ALONE and key[1:] in alone)
    ]
    there.sort(key=lambda pair: -len(pair[0]))
    found: list[Allergen] = []
    taken: set[str] = set()
    for key, row in there:
        if key in substance or key in taken:  # one key may stand in several rows
            substance = substance.replace(key, " ")
            taken.add(key)
            if row not in found:
                found.append(row)
    return tuple(found), substance


def _without(text: str, others: Iterable[str]) -> str:
    for other in others:
        text = text.replace(other, " ")
    return text


def _pieces(words: str) -> list[str]:
    """By what of words no row knows a dish may be named: every two characters, or the one that matters."""
    found: list[str] = []
    for part in _AROUND.split(words):
        if core := _CORE.fullmatch(part):
            found.append(core["core"])
        found += [part[at : at + 2] for at in range(len(part) - 1)]
    return found


@functools.lru_cache(maxsize=256)
def _pairs(dishes: frozenset[str]) -> frozenset[str]:
    """Every two characters of some dishes: by them a dish is known that is spelt otherwise."""
    return frozenset(one[at : at + 2] for one in dishes for at in range(len(one) - 1))


@functools.lru_cache(maxsize=256)
def parted(text: str) -> tuple[str, ...]:
    """The dishes of a meal one by one, amounts left out: 软米饭 60 is 软米饭."""
    parts = (re.sub(r"[\d.]+\s*(?:g|克|ml|毫升)?$", "", _plain(part)) for part in _GAPS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


@functools.lru_cache(maxsize=256)
def _dishes(text: str) -> frozenset[str]:
    return frozenset(parted(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()
