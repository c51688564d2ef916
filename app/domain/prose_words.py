"""Words that several parts of the prose share: moods, the half of the day, closed sentences."""

import datetime as dt
import re

from app.domain.dayfacts import DayFacts, clause, joined
from app.domain.logbook import EntryDraft, EntryKind, Mood

_MOODS = {
    Mood.HAPPY: "情绪愉快",
    Mood.CALM: "情绪平静",
    Mood.SLEEPY: "有些困倦",
    Mood.HOMESICK: "有点想家",
    Mood.CRYING: "有哭闹",
    Mood.ANXIOUS: "有些焦虑",
}
_UNLIKE = re.compile(r"(?:[不没未]|没有|无法|没法|难以|很难)(?:太|够|大|很|能|怎么|再|是|会|肯)*$")
_FAILED = ("不下来", "不了")  # 平静不下来
DAY_ENDS = 90  # minutes before she leaves from which on her day may be told as a whole
SETTLING = 45  # minutes after arrival in which a mood still belongs to it
NAP_FROM, NAP_TO = 11 * 60 + 15, 14 * 60 + 30  # a sleep that begins then is a nap at noon, 午睡
_EARLY, _LATE = 8 * 60, 12 * 60  # minutes after midnight


def kind_of(mood: EntryDraft) -> Mood:
    """Which mood an entry notes."""
    return Mood(mood.detail or Mood.CALM)


def felt(facts: DayFacts, mood: EntryDraft) -> str:
    """``情绪愉快``; the same mood later in the day in other words."""
    kind = kind_of(mood)
    turn = sum(
        one.at < mood.at and one.detail == mood.detail for one in facts.entries if one.kind is EntryKind.MOOD
    )
    return facts.say(f"mood.{kind}", _MOODS[kind], turn=turn)


def names(note: str, mood: Mood) -> bool:
    """Whether a note says this mood; 一直不平静 says another."""
    return any(
        _UNLIKE.search(note[: found.start()]) is None and not note.startswith(_FAILED, found.end())
        for found in re.finditer(mood.label, note)
    )


def with_note(words: str, mood: Mood, note: str) -> str:
    """The teacher's own words beside ours; hers alone where they name the mood already."""
    own = clause(note)
    if names(own, mood):
        return own
    return joined((words, own), "，")


def noon_of(facts: DayFacts) -> int:
    """Where the first half of a day ends, in minutes after midnight: when she lay down at noon, else twelve.

    What came before the nap is told before it.
    """
    lay = (minute(one.at) for one in facts.of(EntryKind.SLEEP))
    return next((at for at in lay if NAP_FROM <= at < NAP_TO), 12 * 60)


def half_of(moment: dt.datetime) -> str:
    """上午, 中午, 下午, 傍晚."""
    at = minute(moment)
    if at < 11 * 60 + 30:
        return "上午"
    if at < 13 * 60 + 30:
        return "中午"
    return "下午" if at < 18 * 60 else "傍晚"


def part_of_arrival(moment: dt.datetime) -> str:
    """``.early`` before eight, ``.late`` from noon on: what the keys of an arrival end with."""
    return ".early" if minute(moment) < _EARLY else ".late" if minute(moment) >= _LATE else ""


def minute(moment: dt.datetime) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def covers(facts: DayFacts, start: int, end: int) -> bool:
    """Whether she is here for the whole of that time; unknown leaving means she is."""
    leaves = 24 * 60 if facts.leaving is None else minute(facts.leaving)
    return minute(facts.arrived) <= start and leaves >= end


def is_told(facts: DayFacts) -> bool:
    """Whether the log reaches to the end of her day, or nearly: a day that still runs is not compared.

    It does once she has left, or within ``DAY_ENDS`` minutes of when she is to leave; without that, at four.
    """
    if facts.left is not None:
        return True
    last = max((minute(one.until or one.at) for one in facts.entries), default=0)
    return last >= (16 * 60 if facts.leaving is None else minute(facts.leaving) - DAY_ENDS)


def sentence(words: str) -> str:
    """The words with a full stop, where there are any."""
    return f"{words}。" if words else ""
