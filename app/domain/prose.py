"""The handover note (交接单) in the words a teacher would use, drafted from the log and nothing else.

``compose`` writes all eight parts; ``missing`` names what the log does not hold yet. The sentences follow the
day: who brought her and how she settled, the morning, food and drink, sleep, the afternoon, then whatever a
family has to know. A mood, a meal or a sleep that was not logged is not spoken of.
"""

import datetime as dt
import itertools
import re
from collections.abc import Sequence

from app.domain.beside import lunch_beside, mood_beside, sleep_beside
from app.domain.care_words import new_foods, outdoor_words, washing_sentence
from app.domain.dayfacts import LOW_MOODS, DayFacts, clause, joined, remark
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    MealSlot,
    Mood,
    NoteKind,
    Part,
    clock_words,
    duration_words,
    minutes_between,
)
from app.domain.prose_body import body_words
from app.domain.record import record
from app.domain.sections import (
    activity_name,
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
_SETTLING = 45  # minutes after arrival in which a mood still belongs to it
_WAKING = 20  # minutes after a sleep in which a mood belongs to getting up
_MANY_DISHES = 3
_NO_NAP = re.compile(r"(?:没有?|未|不肯|不愿).{0,3}睡")

_UNLIKE = re.compile(r"(?:[不没未]|没有)(?:太|够|大|很|能|怎么|再)*$")

_MOODS = {
    Mood.HAPPY: "情绪愉快",
    Mood.CALM: "情绪平静",
    Mood.SLEEPY: "有些困倦",
    Mood.HOMESICK: "有点想家",
    Mood.CRYING: "有哭闹",
    Mood.ANXIOUS: "有些焦虑",
}
_PARTS = {
    Part.EAGER: "主动参与",
    Part.JOINED: "跟着大家一起参与",
    Part.WATCHED: "在旁边看着",
    Part.DECLINED: "这次没有参加",
}

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
    eaten = as_eaten(facts)
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
    noon_milk = any(10 * 60 + 30 <= _minute(one.at) <= 13 * 60 + 30 for one in fed)
    no_nap = any(_NO_NAP.search(one.text + one.note) for one in facts.entries)
    snack_due = _covers(facts, 10 * 60, 10 * 60 + 30) or _covers(facts, 15 * 60, 15 * 60 + 30)
    wanted = (
        ("活动", EntryKind.ACTIVITY in logged),
        ("点心", bool(slots & snacks) or bool(fed) or not snack_due),
        ("午餐", MealSlot.LUNCH in slots or noon_milk or not _covers(facts, 11 * 60 + 30, 12 * 60 + 30)),
        ("喝水", EntryKind.WATER in logged or milky),
        ("睡眠", EntryKind.SLEEP in logged or no_nap or not _covers(facts, 12 * 60 + 30, 13 * 60 + 30)),
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
    moods = _place_moods(facts)
    remarks = facts.notes(NoteKind.REMARK)
    own = [remark(one.words) for one in facts.class_words if one.part == "prose"]
    paragraphs = (
        _arrival(facts, moods.settling),
        _first_day(facts),
        _nothing(facts),
        _half_day(facts, moods.rest, before_noon=True),
        "".join(remark(one.text) for one in remarks if _before_noon(one)),
        _food(facts),
        _sleep(facts, moods),
        _half_day(facts, moods.rest, before_noon=False),
        _sentence(washing_sentence(facts)),
        _mood_beside(facts),
        _sentence(body_words(facts)),
        "".join(remark(one.text) for one in remarks if not _before_noon(one)),
        "".join(own),
        _closing(facts),
    )
    return joined(paragraphs, "")


def _first_day(facts: DayFacts) -> str:
    if facts.usual is None or facts.usual.been_before:
        return ""
    return _sentence(
        facts.say("first_day", "今天是{who}第一次来园", who=facts.pronoun, name=facts.given_name)
    )


def _nothing(facts: DayFacts) -> str:
    """A day on which nobody logged anything, and no check found anything, says so."""
    if facts.entries or body_words(facts):
        return ""
    if facts.left is None:
        return _sentence(facts.say("nothing.inside", "入园以后还没有记录"))
    return _sentence(facts.say("nothing.gone", "入园以后没有记录，请当面问老师"))


def _mood_beside(facts: DayFacts) -> str:
    beside = mood_beside(facts)
    plain = {Beside.MORE: "情绪比最近几天好", Beside.LESS: "比起最近几天，今天情绪起伏多一些"}.get(beside)
    return _sentence(facts.say(f"mood.{beside}", plain, who=facts.pronoun)) if plain else ""


def _closing(facts: DayFacts) -> str:
    """A word to end with, where the centre's phrases have one and there was a day to tell of."""
    return _sentence(facts.say("closing", "")) if len(facts.entries) >= _MANY_DISHES else ""


def _place_moods(facts: DayFacts) -> _Moods:
    rest = list(facts.of(EntryKind.MOOD))
    last = facts.arrived + dt.timedelta(minutes=_SETTLING)
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


def _arrival(facts: DayFacts, moods: Sequence[EntryDraft]) -> str:
    """``予晴 9:12 由奶奶送到，起初有点想家，10 分钟后平静下来。``"""
    slots = {"name": facts.given_name, "time": clock_words(facts.arrived), "who": facts.brought_by_words}
    if facts.brought_by_words:
        words = [facts.say("arrival.brought", "{name} {time} 由{who}送到", **slots)]
    else:
        words = [facts.say("arrival.came", "{name} {time} 入园", **slots)]
    last: EntryDraft | None = None
    for mood in moods:
        if not _told_already(last, mood):
            words.append(_settling(facts, last, mood, alone=len(moods) == 1))
        last = mood
    return joined(words, "，") + "。"


def _told_already(last: EntryDraft | None, mood: EntryDraft) -> bool:
    """Whether the note of the mood before says this one (想家: 10 分钟后平静, then 平静)."""
    return last is not None and not mood.note.strip() and _names(last.note, Mood(mood.detail or Mood.CALM))


def _names(note: str, mood: Mood) -> bool:
    """Whether a note says this mood; 一直不平静 says another."""
    return any(_UNLIKE.search(note[: found.start()]) is None for found in re.finditer(mood.label, note))


def _settling(facts: DayFacts, last: EntryDraft | None, mood: EntryDraft, *, alone: bool) -> str:
    kind = Mood(mood.detail or Mood.CALM)
    if last is None:
        turned = kind in LOW_MOODS and (not alone or bool(mood.note))
        lead = "起初" if turned else "来时" if minutes_between(facts.arrived, mood.at) <= 15 else ""
        lead = lead or ("入园后" if facts.brought_by_words else "进班后")  # 入园，入园后 says it twice
        return _with_note(f"{lead}{_felt(facts, kind)}", kind, mood.note)
    if kind == last.detail:
        felt = _felt(facts, kind)
        still = "仍" if felt.startswith("有") else "仍然"
        return _with_note(f"{clock_words(mood.at)} {still}{felt}", kind, mood.note)
    settled = last.detail in LOW_MOODS
    turn = {Mood.CALM: "平静下来", Mood.HAPPY: "开心起来"}.get(kind) if settled else None
    if turn is None:
        return _with_note(f"{clock_words(mood.at)} {_felt(facts, kind)}", kind, mood.note)
    became = facts.say(f"turn.{kind}", turn)
    minutes = minutes_between(last.at, mood.at)
    when = f"{minutes} 分钟后" if minutes else "很快"
    return _with_note(f"{when}{became}", kind, mood.note)


def _felt(facts: DayFacts, mood: Mood) -> str:
    return facts.say(f"mood.{mood}", _MOODS[mood])


def _with_note(words: str, mood: Mood, note: str) -> str:
    """The teacher's own words beside ours; hers alone where they name the mood already."""
    own = clause(note)
    if _names(own, mood):
        return own
    return joined((words, own), "，")


def _half_day(facts: DayFacts, moods: Sequence[EntryDraft], *, before_noon: bool) -> str:
    """``上午手工课“贴雪花”，她主动参与，自己选颜色；情绪愉快。`` The word for the time stands once."""
    activities = [one for one in facts.of(EntryKind.ACTIVITY) if _before_noon(one) == before_noon]
    said: list[str] = []
    lead = ""
    for place, one in enumerate(activities):
        who = facts.pronoun if not place and facts.sex else ""
        said.append(_activity(facts, one, who, "" if _half(one.at) == lead else _half(one.at)))
        lead = _half(one.at)
    here = [mood for mood in moods if _before_noon(mood) == before_noon]
    felt = _mood_words(facts, here, lead)
    if len(said) == 1 and felt and here[0].detail not in LOW_MOODS and _half(here[0].at) == lead:
        # One thing done, and how she was at it; the morning says it in other words than the afternoon.
        mood = felt.pop(0)
        said[0] = f"{said[0]}，{mood.replace('情绪愉快', '很开心') if before_noon else mood}"
    outings = [one for one in facts.of(EntryKind.OUTDOOR) if _before_noon(one) == before_noon]
    last = lead if not here else "" if here[-1].detail in LOW_MOODS else _half(here[-1].at)
    half = "" if not outings or _half(outings[0].at) == last else _half(outings[0].at)
    return _sentence(joined([*said, *felt, outdoor_words(facts, outings, half)], "；"))


def _activity(facts: DayFacts, activity: EntryDraft, who: str, lead: str) -> str:
    part = ""
    if activity.detail:
        part = who + facts.say(f"part.{activity.detail}", _PARTS[Part(activity.detail)])
    return joined((f"{lead}{activity_name(activity.text)}", part, clause(activity.note)), "，")


def _mood_words(facts: DayFacts, moods: Sequence[EntryDraft], lead: str) -> list[str]:
    """Moods in their order; a low one is told with its time, a good one after another is 后来."""
    said: list[str] = []
    told = ""
    for _, group in itertools.groupby(moods, key=lambda one: (one.detail, _half(one.at))):
        same = list(group)
        kind, half = Mood(same[0].detail or Mood.CALM), _half(same[0].at)
        if kind in LOW_MOODS:
            when = "、".join(clock_words(one.at) for one in same) + " "
        else:
            when = "后来" if told == half else "" if lead == half else half
            lead = half
        told = half
        notes = joined(dict.fromkeys(clause(one.note) for one in same), "；")
        said.append(joined((f"{when}{_felt(facts, kind)}", notes), "，"))
    return said


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
        said = [_meal(facts, one) for one in meals]
    beside = {Beside.MORE: "比最近几天吃得多", Beside.LESS: "比最近几天吃得少"}.get(lunch_beside(facts))
    if beside:
        beside = facts.say(f"lunch.{lunch_beside(facts)}", f"午餐{beside}")
    return _sentence(joined((*said, *new_foods(facts), drink_words(facts, "，")), "，")) + _sentence(
        beside or ""
    )


def _meal(facts: DayFacts, meal: EntryDraft) -> str:
    grade = MealGrade(meal.grade if meal.grade is not None else MealGrade.ALL)
    dishes = clause(meal.text)
    if dishes.count("、") == 1:
        dishes = dishes.replace("、", "和")
    if dishes.count("、") >= _MANY_DISHES - 1:
        dishes = ""  # the section beside the prose lists them; a list is no sentence
    key, plain = _EATEN[grade]
    if dishes or grade is not MealGrade.ALL:
        words = facts.say(key if dishes else "", plain, slot_word(meal), slot=slot_word(meal), dishes=dishes)
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
    for one in sleeps:
        own = clause(one.note)
        if one.until is None:
            said.append(joined((f"{clock_words(one.at)} 睡下", own, still_asleep(facts.left)), "，"))
            continue
        span = facts.say(
            "sleep.span" if _lasted(one) else "",
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
    beside = {Beside.MORE: "今天比最近几天睡得久", Beside.LESS: "今天比最近几天睡得少"}.get(
        sleep_beside(facts)
    )
    if beside:
        said.append(facts.say(f"sleep.{sleep_beside(facts)}", beside))
    return _sentence("；".join(said))


def _lasted(sleep: EntryDraft) -> bool:
    return sleep.until is not None and minutes_between(sleep.at, sleep.until) > 0


def _waking(facts: DayFacts, mood: EntryDraft) -> str:
    kind = Mood(mood.detail or Mood.CALM)
    woke = facts.say("sleep.woke", "起床{mood}", mood=_felt(facts, kind))
    return _with_note(woke, kind, mood.note)


def _sleep_name(sleep: EntryDraft) -> str:
    """午睡 about noon, 小睡 at other hours."""
    return "午睡" if 11 * 60 + 15 <= _minute(sleep.at) < 14 * 60 + 30 else "小睡"


def _covers(facts: DayFacts, start: int, end: int) -> bool:
    """Whether she is here for the whole of that time; unknown leaving means she is."""
    leaves = 24 * 60 if facts.leaving is None else _minute(facts.leaving)
    return _minute(facts.arrived) <= start and leaves >= end


def _before_noon(entry: EntryDraft) -> bool:
    return entry.at.hour < 12


def _half(moment: dt.datetime) -> str:
    minute = _minute(moment)
    if minute < 11 * 60 + 30:
        return "上午"
    if minute < 13 * 60 + 30:
        return "中午"
    return "下午" if minute < 18 * 60 else "傍晚"


def _minute(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


def _sentence(words: str) -> str:
    return f"{words}。" if words else ""
