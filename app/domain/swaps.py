"""What a child ate in place of food that names her allergy, as her family is told of it.

A meal is logged for the class by the dishes of the menu; that one child had something else stands only in
the reason for which hers was kept. A note that listed the dishes all the same would say that she ate them.
"""

import re
from dataclasses import replace
from enum import StrEnum

from app.domain.allergens import FOOD, Naming, met, names
from app.domain.dayfacts import DayFacts, Looked, clause, joined
from app.domain.logbook import EntryDraft

SWAP, REST = "替餐", "其余菜品"


class Way(StrEnum):
    """What was done with food that names her allergy, as the sheet asks for it."""

    SWAPPED = "swapped"
    PICKED = "picked"
    SAFE = "safe"


# What was written before one chose: a change is believed only of a clause that takes nothing back, that
# speaks of no bowl or spoon, and that does not say that she ate of it all the same.
_CLAUSES = re.compile(r"[，,。；;！!？?、\s]+")
_DOUBTED = re.compile(
    r"[没未不无忘误错]|别人|来不及|餐具|碗|勺|盘|杯|衣|裤|尿|[都已也又才](?:经)?吃了|吃了[才再]"
)
_EATEN = re.compile(
    r"来不及|忘|误食|误吃|吃错|没能|漏了|弄错|别人|(?:都|已|已经|还是|也|又|孩子|自己的)吃了|吃了.{0,2}口"
)
# Only words of a check are passed on as one.
_CHECKED = re.compile(
    r"配料|成分|标签|核对|问过|同意|书面|医生|医嘱|诊断|耐受|脱敏|不含|没有含"
    r"|(?<![不没未可])(?:可以?|能)吃|家长|[妈爸爷]|奶奶"
)
_SWAPPED = re.compile(r"替[餐代换]|换[成了餐掉为]|更换|改[吃喝成用]|另[做备吃]|单独[做备]")
# All of a reason that tells of a change and of nothing that came of the food: 已换替餐, 鸡蛋过敏，换成豆腐.
_PLAIN_SWAP = re.compile(
    r"(?:[\w、]{1,20}过敏，)?(?:已经?|都)?(?:换[了成为]*|改[吃喝用成了]*|吃的?是?|另[做备]了?|单独[做备]了?|准备了?)"
    r"(?:替[餐代]|[^，,。；;\s吐疹肿红痒泻喘咳痛疼]{1,12})(?:了|吃)?"
)
# A word beside a meal may speak of anything (吃完换了衣服): only what names the food counts.
_NOTED = re.compile(r"替[餐代]|换餐|换成|另[做备]|单独[做备]")
# 没吃完, 没吃饱 have eaten of it; 没吃出来 did not notice.
_LEFT = re.compile(
    r"挑[出掉走]|去掉|拿走|(?:没有?(?:给)?|未|不(?:给|让|肯|要)?)(?:她|他)?吃(?![完光几多饱好过得出够])"
)


def as_eaten(facts: DayFacts) -> DayFacts:
    """The day with 替餐 where the dishes were swapped, and beside it why; nothing else is changed."""
    if not (facts.allergies or facts.looked):
        return facts
    return replace(facts, entries=tuple(_eaten(facts, one) for one in facts.entries))


def swap_words(facts: DayFacts, entry: EntryDraft, naming: Naming) -> str:
    """What was done about one allergen of an entry, for the notice; empty where nobody said anything."""
    looked = facts.looked_at(entry)
    own = clause(entry.note)
    if looked is not None and naming.substance in looked.words:
        way, reason = _way(facts, entry, looked), clause(looked.reason)
        if way is Way.SWAPPED:
            return f"{facts.given_name}吃的是{SWAP}（{reason}）"
        if way is Way.PICKED:
            return f"老师记的是“{reason}”"
        if _is_checked(looked):
            return f"老师核对过：“{reason}”"
        return f"老师记的是“{reason}”，请当面问清老师"
    return f"老师记的是“{own}”" if _says_swap(own, _NOTED) or _says_left(facts, entry, own) else ""


def swapped(facts: DayFacts, entry: EntryDraft) -> bool:
    """Whether she had something else than the dishes say (替餐)."""
    return _eaten(facts, entry).text == SWAP


def swapped_plainly(facts: DayFacts, entry: EntryDraft) -> bool:
    """Whether she had something else, and nothing more is said of it (尝了一口就吐，换成了豆腐 says more)."""
    looked = facts.looked_at(entry)
    said, beside = (entry.note, "") if looked is None else (looked.reason, entry.note)
    return swapped(facts, entry) and not clause(beside) and _PLAIN_SWAP.fullmatch(clause(said)) is not None


def in_doubt(facts: DayFacts) -> bool:
    """Whether she may have eaten what names her allergy, and nobody has said that she may.

    The day may be one ``as_eaten``: there what was looked at has other words, and is known by its hour.
    """
    for one in facts.looked:
        if _way(facts, one.entry, one) is Way.SAFE and not _is_checked(one):
            return True
    known = {(one.entry.kind, one.entry.at) for one in facts.looked}
    return any(
        (one.kind, one.at) not in known
        and one.text not in {SWAP, REST}
        and not _says_left(facts, one, one.note)
        for one, _naming in facts.met()
    )


def _eaten(facts: DayFacts, entry: EntryDraft) -> EntryDraft:
    if entry.kind not in FOOD:
        return entry
    looked = facts.looked_at(entry)
    if looked is None and not _NOTED.search(entry.note):
        return entry
    namings = met(facts.allergies, entry, facts.allergens, facts.menu)
    named = [naming.substance for naming in namings]
    if looked is None:
        return replace(entry, text=SWAP) if named and _says_swap(entry.note, _NOTED) else entry
    way = _way(facts, entry, looked)
    instead = {Way.SWAPPED: SWAP, Way.PICKED: REST}.get(way, entry.text)
    said = _reason(named, looked, way)
    return replace(entry, text=instead, note=joined((said, clause(entry.note)), "，"))


def _reason(named: list[str], looked: Looked, way: Way) -> str:
    """``鸡蛋过敏，已换替餐``; without marks that would read as a list of dishes."""
    reason = clause(looked.reason).replace("、", "，")
    whose = "和".join(one for one in named if one in looked.words)
    tail = reason
    if way is Way.SAFE:
        tail = f"{'已核对' if _is_checked(looked) else '老师记的是'}：{reason}"
    return joined((f"{whose}过敏" if whose and "过敏" not in reason else "", tail), "，")


def _is_checked(looked: Looked) -> bool:
    """Whether somebody has looked closer and found that she may; words of a slip say the contrary."""
    checked = bool(looked.way) or _CHECKED.search(looked.reason) is not None
    return checked and _EATEN.search(looked.reason) is None


def _way(facts: DayFacts, entry: EntryDraft, looked: Looked) -> Way:
    """What was chosen; where nobody could choose yet, what the words say beyond doubt."""
    if looked.way:
        return Way(looked.way)
    if _says_swap(looked.reason, _SWAPPED):
        return Way.SWAPPED
    return Way.PICKED if _says_left(facts, entry, looked.reason) else Way.SAFE


def _says_swap(text: str, shape: re.Pattern[str]) -> bool:
    """Whether a clause tells of a change, and no clause takes it back."""
    if _EATEN.search(text):
        return False
    return any(shape.search(one) and not _DOUBTED.search(one) for one in _CLAUSES.split(text))


def _says_left(facts: DayFacts, entry: EntryDraft, text: str) -> bool:
    """Whether clauses say of all that names her allergies that it was left, and no clause takes it back."""
    if _EATEN.search(text):
        return False
    left = [one for one in _CLAUSES.split(text) if _LEFT.search(one)]
    named = met(facts.allergies, entry, facts.allergens, facts.menu)
    return bool(named) and all(_is_left(facts, entry, one.substance, left) for one in named)


def _is_left(facts: DayFacts, entry: EntryDraft, substance: str, left: list[str]) -> bool:
    """Whether clauses speak of what an entry names a substance by; other food that may hold it is not that.

    Of one dish of two they say nothing of the other: 酸奶没吃 leaves the cheese beside it in doubt.
    """
    dishes = [one for one in _CLAUSES.split(entry.text) if one and names(substance, one, facts.allergens)]
    if told := [dish for dish in dishes if any(dish in one for one in left)]:
        return len(told) == len(dishes)
    found = names(substance, f"{entry.text} {entry.note}", facts.allergens)
    words = (substance, *(() if found is None else (found.word,)))
    return any(word in one for one in left for word in words)
