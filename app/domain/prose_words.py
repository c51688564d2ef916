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
_UNLIKE = re.compile(r"(?:[不没未]|没有)(?:太|够|大|很|能|怎么|再)*$")
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
    return any(_UNLIKE.search(note[: found.start()]) is None for found in re.finditer(mood.label, note))


def with_note(words: str, mood: Mood, note: str) -> str:
    """The teacher's own words beside ours; hers alone where they name the mood already."""
    own = clause(note)
    if names(own, mood):
        return own
    return joined((words, own), "，")


def before_noon(entry: EntryDraft) -> bool:
    """Whether it belongs to the first half of the day."""
    return entry.at.hour < 12


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


def sentence(words: str) -> str:
    """The words with a full stop, where there are any."""
    return f"{words}。" if words else ""
