"""What a child ate in place of food that names her allergy, as her family is told of it.

A meal is logged for the class by the dishes of the menu; that one child had something else stands only in
the reason for which hers was kept. A note that listed the dishes all the same would say that she ate them.
"""

import re
from dataclasses import replace

from app.domain.allergens import FOOD, Naming, met
from app.domain.dayfacts import DayFacts, Looked, clause, joined
from app.domain.logbook import EntryDraft

SWAP, REST = "替餐", "其余菜品"
_NOT = r"(?<![没未不])(?<!没有)(?<!不用)(?<!不要)(?<!不需)"
# The answer to why she may eat it: any word of a change speaks of the food.
_SWAPPED = re.compile(rf"{_NOT}(?:替[餐代换]|换[成了餐掉为]|更换|改[吃喝成用]|另[做备吃]|单独[做备])")
# A word beside a meal may speak of anything (吃完换了衣服): only what names the food counts.
_NOTED = re.compile(rf"{_NOT}(?:替[餐代]|换餐|换成|另[做备]|单独[做备])")
# 没吃完 has eaten of it.
_LEFT = re.compile(
    r"挑[出掉走]|去掉|拿走|(?:没有?(?:给)?|未|不(?:给|让|肯|要)?)(?:她|他)?吃(?![完光几多饱好过得])"
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
        instead, reason = _instead(looked.reason), clause(looked.reason)
        if instead == SWAP:
            return f"{facts.given_name}吃的是{SWAP}（{reason}）"
        return f"老师记的是“{reason}”" if instead else f"老师核对过：“{reason}”"
    return f"老师记的是“{own}”" if _NOTED.search(own) or _LEFT.search(own) else ""


def swapped(facts: DayFacts, entry: EntryDraft) -> bool:
    """Whether she had something else than the dishes say (替餐)."""
    return _eaten(facts, entry).text == SWAP


def _eaten(facts: DayFacts, entry: EntryDraft) -> EntryDraft:
    if entry.kind not in FOOD:
        return entry
    namings = met(facts.allergies, entry, facts.allergens, facts.menu)
    named = [naming.substance for naming in namings]
    looked = facts.looked_at(entry)
    if looked is None:
        return replace(entry, text=SWAP) if named and _NOTED.search(entry.note) else entry
    said = _reason(named, looked)
    instead = _instead(looked.reason)
    return replace(entry, text=instead or entry.text, note=joined((said, clause(entry.note)), "，"))


def _reason(named: list[str], looked: Looked) -> str:
    """``鸡蛋过敏，已换替餐``; without marks that would read as a list of dishes."""
    reason = clause(looked.reason).replace("、", "，")
    whose = "和".join(one for one in named if one in looked.words)
    tail = reason if _instead(reason) else f"已核对：{reason}"
    return joined((f"{whose}过敏" if whose and "过敏" not in reason else "", tail), "，")


def _instead(reason: str) -> str:
    if _SWAPPED.search(reason):
        return SWAP
    return REST if _LEFT.search(reason) else ""
