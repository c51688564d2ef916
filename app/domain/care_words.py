"""Sentences about new food, time outdoors, washed hands, and what a stool or a sleep round showed.

What was borne well has phrases in the bank; what speaks of illness is told in one way only.
"""

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from app.domain.dayfacts import DayFacts, clause, counted, joined
from app.domain.harmless import is_harmless
from app.domain.log_kinds import Washing
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    PottyStep,
    Reaction,
    SleepSign,
    Stool,
    StoolColour,
    clock_words,
    duration_words,
    minutes_between,
)

_BORNE = frozenset({None, Reaction.NONE.value, Reaction.DISLIKED.value})
_REACTIONS = {
    Reaction.RASH: "出现皮疹",
    Reaction.VOMITING: "呕吐",
    Reaction.DIARRHOEA: "腹泻",
    Reaction.SWELLING: "出现红肿",
    Reaction.OTHER: "有其他反应",
}
_COLOURS = {
    StoolColour.BLACK: "大便呈黑色",
    StoolColour.RED: "大便带血",
    StoolColour.PALE: "大便呈灰白色",
}
_EATEN = {
    MealGrade.REFUSED: "没有吃（拒食）",
    MealGrade.LITTLE: "吃了少量",
    MealGrade.HALF: "吃了一半",
    MealGrade.MOST: "吃了大半",
    MealGrade.ALL: "吃完了",
    MealGrade.SECONDS: "吃完又添了一份",
}

_NTH = ("第二次", "第三次", "第四次")  # that a new food was given on one day
_SHORT_REASON = 8  # letters: 寒冷大风, 活动调整
_MARKS = re.compile(r"[^\w]")


# -- what a family has to know


def borne(food: EntryDraft) -> bool:
    """Whether a new food was borne, or nobody has said otherwise."""
    return food.quality in _BORNE


def reacted(facts: DayFacts) -> tuple[EntryDraft, ...]:
    """New foods that were not borne."""
    return tuple(one for one in facts.of(EntryKind.FOOD) if not borne(one))


def reaction_words(food: EntryDraft) -> str:
    """``11:40 吃鸡蛋羹后出现皮疹，嘴边发红``; of another reaction the teacher's own words alone."""
    after, own = f"{clock_words(food.at)} 吃{clause(food.text)}后", clause(food.note)
    reaction = Reaction(food.quality or Reaction.OTHER)
    if reaction is Reaction.OTHER and own:
        return f"{after}{own}"
    return joined((f"{after}{_REACTIONS[reaction]}", own), "，")


def odd_colour(toilet: EntryDraft) -> str:
    """``大便带血``; empty for a colour that tells nothing."""
    return "" if toilet.colour is None else _COLOURS.get(StoolColour(toilet.colour), "")


def odd_colours(facts: DayFacts) -> tuple[EntryDraft, ...]:
    """Stools that are black, bloody or pale."""
    return tuple(one for one in facts.of(EntryKind.TOILET) if odd_colour(one))


def loose_words(stool: EntryDraft) -> str:
    """``14:00 有一次稀便，大便带血，量少``."""
    form = Stool(stool.quality or "").label
    return joined((f"{clock_words(stool.at)} 有一次{form}", odd_colour(stool), clause(stool.note)), "，")


def sleep_concerns(facts: DayFacts) -> tuple[EntryDraft, ...]:
    """Looks at a sleeping child that found something wrong."""
    return tuple(one for one in facts.of(EntryKind.SLEEP_CHECK) if one.quality == SleepSign.CONCERN)


def concern_words(look: EntryDraft) -> str:
    """``13:10 睡眠巡视发现异常：呼吸急促，已叫醒``."""
    return joined((f"{clock_words(look.at)} 睡眠巡视发现异常", clause(look.note)), "：")


def findings(facts: DayFacts) -> list[str]:
    """New food that was not borne, odd colours of stools, and what sleep rounds found, by kind and time."""
    colours = [f"{clock_words(one.at)} {odd_colour(one)}" for one in odd_colours(facts)]
    foods = [reaction_words(one) for one in reacted(facts)]
    return [*foods, *colours, *(concern_words(one) for one in sleep_concerns(facts))]


def may_be_finding(facts: DayFacts) -> bool:
    """Whether anything here speaks against 无异常; a word beside a new food or a look may, too."""
    looked = facts.of(EntryKind.FOOD, EntryKind.SLEEP_CHECK)
    return bool(findings(facts)) or any(one.note.strip() for one in looked)


# -- new food


def new_foods(facts: DayFacts) -> list[str]:
    """``新添的南瓜泥吃了一半，没有异常反应``; a bad reaction stands apart, as hard as it is.

    What was given again on the same day is not new any more: ``新添的南瓜泥吃完了，第二次吃了一半``.
    """
    groups: dict[str, list[EntryDraft]] = {}
    for one in facts.of(EntryKind.FOOD):
        groups.setdefault(clause(one.text), []).append(_as_borne(one))
    return [_new_food(facts, name, foods) for name, foods in groups.items()]


def food_line(food: EntryDraft) -> str:
    """``新添：南瓜泥（一半，没有异常，第二天）`` for the section beside the prose."""
    food = _as_borne(food)
    grade = "" if food.grade is None else MealGrade(food.grade).label
    borne = "" if food.quality is None else Reaction(food.quality).label
    if food.quality == Reaction.OTHER and food.note.strip():
        borne = ""  # what it was stands in her own words
    if food.quality == Reaction.NONE and not is_harmless(food.note):
        borne = ""  # her own words may say otherwise
    inner = joined((grade, borne, clause(food.note)), "，")
    return f"新添：{clause(food.text)}" + (f"（{inner}）" if inner else "")


def _new_food(facts: DayFacts, name: str, foods: Sequence[EntryDraft]) -> str:
    """All of one food; what was borne alike each time is said once, at the end."""
    first, *more = foods
    if first.grade is None:
        said = [facts.say("food.new.plain", "新添了{food}", name, food=name)]
    else:
        eaten = _EATEN[MealGrade(first.grade)]
        said = [facts.say("food.new", "新添的{food}{eaten}", name, food=name, eaten=eaten)]
    for place, one in enumerate(more):
        nth = _NTH[place] if place < len(_NTH) else "后来"
        said.append(f"{nth}{'又吃了' if one.grade is None else _EATEN[MealGrade(one.grade)]}")
    tails = [_borne_words(one) for one in foods]
    if len(set(tails)) == 1:
        return joined(said, "，") + tails[0]
    return joined((f"{words}{tail}" for words, tail in zip(said, tails, strict=True)), "，")


def _borne_words(food: EntryDraft) -> str:
    """``，没有异常反应``, ``，不爱吃（推开了）``; nothing of what stands apart."""
    if not borne(food):
        return ""
    own = f"（{clause(food.note)}）" if food.note.strip() else ""
    if food.quality == Reaction.DISLIKED:
        return f"，不爱吃{own}"
    plain = food.quality == Reaction.NONE and is_harmless(food.note)
    return ("，没有异常反应" if plain else "") + own


def _as_borne(food: EntryDraft) -> EntryDraft:
    """Of what she did not eat nobody can say that she bore it, though an older program asked for that."""
    nothing = food.grade == MealGrade.REFUSED and food.quality == Reaction.NONE
    return dataclasses.replace(food, quality=None) if nothing else food


# -- outdoors


def outdoor_words(facts: DayFacts, outings: Sequence[EntryDraft], half: str) -> str:
    """``上午户外活动 50 分钟``, ``因雾霾只在户外待了 30 分钟``, ``今天没有到户外（下雨）`` of some entries.

    ``half`` is the word for the time, empty where it was said. Why nobody went out is told of the whole day
    only where there was no outing at all.
    """
    out = [one for one in outings if not _stayed(one)]
    if out:
        return _outing(facts, out, outings, half) + _aside(one.note for one in outings)
    every = facts.of(EntryKind.OUTDOOR)
    if not outings or (all(_stayed(one) for one in every) and outings[0] is not every[0]):
        return ""  # that nobody went out is said once
    if all(_stayed(one) for one in every):
        return f"今天没有到户外{_why(every)}"
    return f"{half}没有到户外{_why(outings)}"


def _outing(facts: DayFacts, out: Sequence[EntryDraft], outings: Sequence[EntryDraft], half: str) -> str:
    """How long they were out; a reason for coming in again is no weather that they were out in."""
    reasons, length = _reasons(outings), _length(out)
    why = "、".join(reasons)
    if not why or (len(out) > 1 and not all(one.text.strip() for one in out)):
        told = facts.say("outdoor", "{half}户外活动 {length}", half=half, length=length)
        return f"{told}（有一段时间短：{why}）" if why else told
    if any(len(one) > _SHORT_REASON or _MARKS.search(one) for one in reasons):
        return f"{half}只在户外待了 {length}（原因：{why}）"
    return f"{half}因{why}只在户外待了 {length}"


def outdoor_line(facts: DayFacts) -> str:
    """``户外 9:30–10:20、15:00–15:40，共 1 小时 30 分（时间短：雾霾）``, or why nobody went out."""
    entries = facts.of(EntryKind.OUTDOOR)
    out = [one for one in entries if not _stayed(one)]
    if not entries:
        return ""
    if not out:
        return f"没有到户外{_why(entries)}"
    spans = "、".join(f"{clock_words(one.at)}–{clock_words(one.until or one.at)}" for one in out)
    why = "、".join(_reasons(entries))
    short = f"时间短：{why}" if why else ""
    return f"户外 {spans}，共 {_length(out)}" + _aside((short, *(one.note for one in entries)))


def outdoor_minutes(outings: Sequence[EntryDraft]) -> int:
    """Minutes outdoors together."""
    return sum(minutes_between(one.at, one.until or one.at) for one in outings)


def _stayed(outing: EntryDraft) -> bool:
    return (outing.until or outing.at) == outing.at


def _length(outings: Sequence[EntryDraft]) -> str:
    start = outings[0].at.replace(hour=0, minute=0, second=0, microsecond=0)
    return duration_words(start, start + dt.timedelta(minutes=outdoor_minutes(outings)))


def _reasons(outings: Sequence[EntryDraft]) -> tuple[str, ...]:
    """Why it was short: 雾霾, each reason once."""
    return tuple(dict.fromkeys(clause(one.text) for one in outings if one.text.strip()))


def _why(outings: Sequence[EntryDraft]) -> str:
    """Why nobody went out, and whatever was written beside it, each once."""
    return _aside(part for one in outings for part in (one.text, one.note))


def _aside(texts: Iterable[str]) -> str:
    said = joined(dict.fromkeys(clause(one) for one in texts), "；")
    return f"（{said}）" if said else ""


# -- hands and potty


def washing_words(facts: DayFacts) -> str:
    """``洗手 4 次（饭前 2 次、便后 2 次）``, with what was written beside it."""
    washed = facts.of(EntryKind.WASHING)
    if not washed:
        return ""
    times = Counter(Washing(one.detail).label for one in washed if one.detail)
    when = "、".join(
        label if len(washed) == 1 else f"{label} {counted(count)}" for label, count in times.items()
    )
    if len(times) == 1 and sum(times.values()) == len(washed):
        when = next(iter(times))
    inner = joined((when, *dict.fromkeys(clause(one.note) for one in washed)), "；")
    return f"洗手 {counted(len(washed))}" + (f"（{inner}）" if inner else "")


def washing_sentence(facts: DayFacts) -> str:
    """``饭前、便后洗手共 4 次``: when, and how often in all."""
    washed = facts.of(EntryKind.WASHING)
    if not washed:
        return ""
    when = "、".join(dict.fromkeys(Washing(one.detail).label for one in washed if one.detail))
    own = joined(dict.fromkeys(clause(one.note) for one in washed), "；")
    count = counted(len(washed))
    if len(washed) == 1:
        words = f"{when}洗了手"
    else:
        words = facts.say("washing", "{when}洗手 {count}", when=when, count=count)
    return words + (f"（{own}）" if own else "")


def potty_words(facts: DayFacts) -> str:
    """``自己脱裤、提裤``: what she did herself on the potty at least once today."""
    done = {step for one in facts.of(EntryKind.TOILET) for step in one.steps}
    steps = "、".join(step.label for step in PottyStep if step.value in done)
    return f"自己{steps}" if steps else ""
