"""The handover note (交接单) in the words a teacher would use, drafted from the log and nothing else.

``compose`` writes all eight parts; ``missing`` names what the log does not hold yet. The sentences follow the
day: who brought her and how she settled, the morning, food and drink, sleep, the afternoon, then whatever a
family has to know. A mood, a meal or a sleep that was not logged is not spoken of.
"""

import datetime as dt
import itertools
import re
from collections.abc import Sequence

from app.domain.beside import lunch_beside, mood_beside, part_beside, sleep_beside, water_beside
from app.domain.care_words import new_foods, potty_words, washing_sentence
from app.domain.dayfacts import DayFacts, clause, joined, remark
from app.domain.firsts import first_foods, first_nap, first_steps, first_whole_day, longest_sleep
from app.domain.helpings import as_meals
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    MealSlot,
    Mood,
    NoteKind,
    PottyStep,
    SleepWay,
    clock_words,
    duration_words,
    minutes_between,
)
from app.domain.prose_arrival import arrival, first_day
from app.domain.prose_body import body_words, little_words
from app.domain.prose_halves import half_day
from app.domain.prose_words import (
    NAP_FROM,
    NAP_TO,
    SETTLING,
    covers,
    felt,
    kind_of,
    minute,
    noon_of,
    sentence,
    with_note,
)
from app.domain.record import record
from app.domain.sections import (
    activity_section,
    drink_words,
    food_section,
    health_section,
    mood_section,
    notice_section,
    sleep_section,
    slept,
    slot_word,
    still_asleep,
    toilet_section,
)
from app.domain.swaps import as_eaten
from app.domain.usual import Beside

TOTAL = 8
_WAKING = 20  # minutes after a sleep in which a mood belongs to getting up
_MANY_DISHES = 3
_LONG = 60  # minutes
_NO_NAP = re.compile(r"(?:没有?|未|不肯|不愿).{0,3}睡")

_ALIKE = {
    MealGrade.ALL: "都吃完了",
    MealGrade.MOST: "都吃了大半",
    MealGrade.HALF: "都吃了一半",
    MealGrade.LITTLE: "都只吃了少量",
}


# What was refused or hardly touched has no other words: a family must not read past it.
_EATEN = {
    MealGrade.REFUSED: ("", "{slot}{dishes}没有吃（拒食）"),
    MealGrade.LITTLE: ("", "{slot}{dishes}只吃了少量"),
    MealGrade.HALF: ("meal.half", "{slot}{dishes}吃了一半"),
    MealGrade.MOST: ("meal.most", "{slot}{dishes}吃了大半"),
    MealGrade.ALL: ("meal.all", "{slot}吃完{dishes}"),
    MealGrade.SECONDS: ("meal.seconds", "{slot}{dishes}吃完又添了一份"),
}


_LUNCH = {Beside.MORE: "午餐比最近几天吃得多", Beside.LESS: "午餐比最近几天吃得少"}
_WAYS = {
    SleepWay.ALONE: "自己入睡",
    SleepWay.PATTED: "轻拍入睡",
    SleepWay.HELD: "抱着入睡",
    SleepWay.ROCKED: "在推车或摇床里入睡",
}
_SLEPT = {Beside.MORE: "今天比最近几天睡得久", Beside.LESS: "今天比最近几天睡得少"}
_FIRST_BOTH = "第一次自己表示要如厕，第一次自己坐下来如厕"
_FIRST_STEPS = {PottyStep.TOLD: "第一次自己表示要如厕", PottyStep.SAT: "第一次自己坐下来如厕"}


@record
class NoteText:
    """The eight parts of a note. ``prose`` is 给家长的话; the others are the short sections beside it."""

    prose: str = ""
    activity: str = ""
    food: str = ""
    sleep: str = ""
    mood: str = ""
    toilet: str = ""
    health: str = ""
    notice: str = ""


def compose(facts: DayFacts) -> NoteText:
    """Draft all parts of the note from what the file holds."""
    eaten = as_meals(as_eaten(facts))
    return NoteText(
        prose=_prose(eaten),
        activity=activity_section(facts),
        food=food_section(eaten),
        sleep=sleep_section(facts),
        mood=mood_section(facts),
        toilet=toilet_section(facts),
        health=health_section(eaten),
        notice=notice_section(facts),
    )


def missing(facts: DayFacts) -> tuple[str, ...]:
    """What a complete note still lacks, of ``TOTAL`` things: 活动, 点心, 午餐, 喝水, 睡眠, 情绪, 如厕, 健康.

    A thing is asked for only where the stay covers its hour: a child who leaves at eleven owes no lunch.
    """
    logged = {one.kind for one in facts.entries}
    slots = {one.detail for one in facts.of(EntryKind.MEAL)}
    snacks = {MealSlot.MORNING_SNACK, MealSlot.AFTERNOON_SNACK, MealSlot.BREAKFAST}
    fed = facts.of(EntryKind.MILK, EntryKind.FOOD)  # what a baby has for a meal
    milky = EntryKind.MILK in logged
    noon_milk = any(10 * 60 + 30 <= minute(one.at) <= 13 * 60 + 30 for one in fed)
    no_nap = any(_NO_NAP.search(one.text + one.note) for one in facts.entries)
    snack_due = covers(facts, 10 * 60, 10 * 60 + 30) or covers(facts, 15 * 60, 15 * 60 + 30)
    wanted = (
        ("活动", EntryKind.ACTIVITY in logged),
        ("点心", bool(slots & snacks) or bool(fed) or not snack_due),
        ("午餐", MealSlot.LUNCH in slots or noon_milk or not covers(facts, 11 * 60 + 30, 12 * 60 + 30)),
        ("喝水", EntryKind.WATER in logged or milky),
        ("睡眠", EntryKind.SLEEP in logged or no_nap or not covers(facts, 12 * 60 + 30, 13 * 60 + 30)),
        ("情绪", EntryKind.MOOD in logged),
        ("如厕", EntryKind.TOILET in logged),
        ("健康", any(one.kind == "morning" for one in facts.checks)),
    )
    return tuple(name for name, there in wanted if not there)


@record
class _Moods:
    """The moods of a day, each at the one place where the prose speaks of it."""

    settling: tuple[EntryDraft, ...]
    waking: dict[dt.datetime, EntryDraft]  # by the end of the sleep
    rest: tuple[EntryDraft, ...]


def _prose(facts: DayFacts) -> str:
    moods, noon = _place_moods(facts), noon_of(facts)
    early: list[str] = []
    late: list[str] = []
    for one in facts.notes(NoteKind.REMARK):
        (early if minute(one.at) < noon else late).append(remark(one.text))
    own = [remark(one.words) for one in facts.class_words if one.part == "prose"]
    told = joined(
        (
            half_day(facts, moods.rest, noon, before_noon=True),
            *early,
            _food(facts),
            _sleep(facts, moods),
            half_day(facts, moods.rest, noon, before_noon=False),
            sentence(joined((_potty(facts), washing_sentence(facts)), "，")),
            _part_beside(facts),
            _mood_beside(facts),
            _whole_day(facts),
            sentence(body_words(facts)),
            *late,
        ),
        "",
    )
    told = told or sentence(little_words(facts))
    begun = (arrival(facts, moods.settling), first_day(facts), _nothing(facts))
    return joined((*begun, told, *own, _closing(facts)), "")


def _nothing(facts: DayFacts) -> str:
    """A day on which nobody logged anything, and no check found anything, says so."""
    if facts.entries or body_words(facts):
        return ""
    if facts.left is None:
        return sentence(facts.say("nothing.inside", "入园以后还没有记录"))
    return sentence(facts.say("nothing.gone", "入园以后没有记录，请当面问老师"))


def _mood_beside(facts: DayFacts) -> str:
    beside = mood_beside(facts)
    plain = {Beside.MORE: "情绪比最近几天好", Beside.LESS: "比起最近几天，今天情绪起伏多一些"}.get(beside)
    return sentence(facts.say(f"mood.{beside}", plain, who=facts.pronoun)) if plain else ""


def _part_beside(facts: DayFacts) -> str:
    if part_beside(facts) is not Beside.MORE:
        return ""
    return sentence(facts.say("part.more", "今天参加活动比最近几天主动"))


def _potty(facts: DayFacts) -> str:
    """The first time of a step on the way to the potty, else what she did of it herself."""
    if len(first := first_steps(facts)) > 1:
        return facts.say("first.both", _FIRST_BOTH)
    if first:
        return facts.say(f"first.{first[0]}", _FIRST_STEPS[first[0]])
    done = potty_words(facts)
    return facts.say("potty", "如厕时{steps}", steps=done) if done else ""


def _whole_day(facts: DayFacts) -> str:
    if not first_whole_day(facts):
        return ""
    return sentence(facts.say("first.whole_day", "今天是{who}第一次在园里待一整天", who=facts.pronoun))


def _closing(facts: DayFacts) -> str:
    """A word to end with on a day after which a family has more to ask: her first, or a low one."""
    new = facts.usual is not None and not facts.usual.been_before
    if not (new or mood_beside(facts) is Beside.LESS) or len(facts.entries) < _MANY_DISHES:
        return ""
    return sentence(facts.say("closing", ""))


def _place_moods(facts: DayFacts) -> _Moods:
    rest = list(facts.of(EntryKind.MOOD))
    last = facts.arrived + dt.timedelta(minutes=SETTLING)
    settling = tuple(itertools.takewhile(lambda one: one.at <= last, rest))
    del rest[: len(settling)]
    waking: dict[dt.datetime, EntryDraft] = {}
    for sleep in facts.of(EntryKind.SLEEP):
        if sleep.until is None:
            continue
        until, limit = sleep.until, sleep.until + dt.timedelta(minutes=_WAKING)
        found = next((one for one in rest if until <= one.at <= limit), None)
        if found is not None:
            waking[until] = found
            rest.remove(found)
    return _Moods(settling, waking, tuple(rest))


def _food(facts: DayFacts) -> str:
    """Meals in the order they were eaten, then drinks; many that went alike are told together."""
    meals = [one for one in facts.of(EntryKind.MEAL) if one.grade is not None]
    plain = [one for one in meals if not one.note.strip()]
    grades = {one.grade for one in plain}
    alike = _ALIKE.get(MealGrade(plain[0].grade or 0)) if len(grades) == 1 else None
    if len(meals) >= _MANY_DISHES and len(plain) == len(meals) and alike:
        if grades == {MealGrade.ALL}:
            alike = facts.say("meal.alike.all", alike)
        said = ["、".join(slot_word(one) for one in meals) + alike]
    else:
        said = [_meal(facts, one, meals[:at]) for at, one in enumerate(meals)]
    lunch = lunch_beside(facts)
    beside = facts.say(f"lunch.{lunch}", _LUNCH[lunch]) if lunch in _LUNCH else ""
    more = facts.say("drink.more", "比最近几天多") if water_beside(facts) is Beside.MORE else ""
    tried = "、".join(first_foods(facts))
    first = facts.say("first.food", "{food}是第一次在园里吃", food=tried) if tried else ""
    drunk = joined((drink_words(facts, "，", told=True), more), "，")  # water is told last
    return sentence(joined((*said, *new_foods(facts), drunk), "，")) + sentence(first) + sentence(beside)


def _meal(facts: DayFacts, meal: EntryDraft, earlier: Sequence[EntryDraft]) -> str:
    grade = MealGrade(meal.grade if meal.grade is not None else MealGrade.ALL)
    dishes = clause(meal.text)
    if dishes.count("、") == 1:
        dishes = dishes.replace("、", "和")
    if dishes.count("、") >= _MANY_DISHES - 1:
        dishes = ""  # the section beside the prose lists them; a list is no sentence
    key, plain = _EATEN[grade]
    if dishes or grade is not MealGrade.ALL:
        turn = sum(one.grade == meal.grade for one in earlier)
        words = facts.say(key if dishes else "", plain, turn=turn, slot=slot_word(meal), dishes=dishes)
    else:
        words = facts.say("meal.all.plain", "{slot}都吃完了", slot_word(meal), slot=slot_word(meal))
    own = clause(meal.note)
    if own and words.endswith("）"):
        return f"{words.removesuffix('）')}，{own}）"
    return f"{words}（{own}）" if own else words


def _sleep(facts: DayFacts, moods: _Moods) -> str:
    """``12:20–13:35 午睡 1 小时 15 分，起床情绪愉快。`` — several sleeps are summed."""
    sleeps = facts.of(EntryKind.SLEEP)
    said: list[str] = []
    # 一觉睡了 is said of one that deserves it: not of a quarter of an hour, nor of each of three.
    long = ".long" if len(sleeps) == 1 and longest_sleep(facts) >= _LONG else ""
    for one in sleeps:
        own = clause(one.note)
        way = "" if one.detail is None else _WAYS[SleepWay(one.detail)]
        own = own if way[:2] in own else joined((way, own), "，")
        if one.until is None:
            said.append(joined((f"{clock_words(one.at)} 睡下", own, still_asleep(facts.left)), "，"))
            continue
        span = facts.say(
            f"sleep.span{long}" if _lasted(one) else "",
            "{span} {name} {length}" if _lasted(one) else f"{clock_words(one.at)} 睡下后随即起来",
            clock_words(one.at),
            span=f"{clock_words(one.at)}–{clock_words(one.until)}",
            name=_sleep_name(one),
            length=duration_words(one.at, one.until),
        )
        mood = moods.waking.get(one.until)
        woke = "" if mood is None else _waking(facts, mood)
        said.append(joined((span, own, woke), "，"))
    if sum(map(_lasted, sleeps)) > 1 and all(one.until is not None for one in sleeps):
        said.append(facts.say("sleep.sum", "一共睡了 {total}", total=slept(sleeps)))
    if hours := first_nap(facts):
        said.append(facts.say("first.nap", "第一次一觉睡满 {hours} 小时", hours=str(hours)))
    elif (beside := sleep_beside(facts)) in _SLEPT:
        said.append(facts.say(f"sleep.{beside}", _SLEPT[beside]))
    return sentence("；".join(said))


def _lasted(sleep: EntryDraft) -> bool:
    return sleep.until is not None and minutes_between(sleep.at, sleep.until) > 0


def _waking(facts: DayFacts, mood: EntryDraft) -> str:
    if kind_of(mood) is Mood.SLEEPY:
        woke = facts.say("woke.sleepy", "起床时还有些困")
    else:
        woke = facts.say("sleep.woke", "起床{mood}", mood=felt(facts, mood))
    return with_note(woke, kind_of(mood), mood.note)


def _sleep_name(sleep: EntryDraft) -> str:
    """午睡 about noon, 小睡 at other hours."""
    return "午睡" if NAP_FROM <= minute(sleep.at) < NAP_TO else "小睡"
