"""Half a day in the prose: what was done and how she felt, one after the other, then the time outdoors."""

import itertools
from collections.abc import Iterator, Sequence

from app.domain.care_words import outdoor_words
from app.domain.dayfacts import LOW_MOODS, DayFacts, clause, joined
from app.domain.logbook import EntryDraft, EntryKind, Part, clock_words, minutes_between
from app.domain.prose_words import felt, half_of, kind_of, minute, sentence
from app.domain.sections import activity_name

_AT_IT = 45  # minutes after something was begun in which a good mood is taken for how she was at it
_PARTS = {
    Part.EAGER: "主动参与",
    Part.JOINED: "跟着大家一起参与",
    Part.WATCHED: "在旁边看着",
    Part.DECLINED: "这次没有参加",
}


def half_day(facts: DayFacts, moods: Sequence[EntryDraft], noon: int, *, before_noon: bool) -> str:
    """``上午手工课“贴雪花”，她主动参与，自己选颜色，很开心；10:40 有点想家；户外活动 50 分钟。``

    In the order of time. The word for the time stands once; a low mood has its hour, a good one is said with
    what she was at, or as 后来.
    """

    def here(one: EntryDraft) -> bool:
        return (minute(one.at) < noon) == before_noon

    done = [one for one in facts.of(EntryKind.ACTIVITY) if here(one)]
    said: list[str] = []
    lead = last = ""
    begun, busy = False, None  # whether anything was said of this part of the day; what she was at
    for group in _groups([*done, *(mood for mood in moods if here(mood))]):
        first, half = group[0], half_of(group[0].at)
        begun = begun and half == last
        last = half
        if first.kind is EntryKind.ACTIVITY:
            who = facts.pronoun if first is done[0] and facts.sex else ""
            said.append(_activity(facts, first, who, "" if half == lead else half))
            lead, begun, busy = half, True, first
            continue
        notes = joined(dict.fromkeys(clause(one.note) for one in group), "；")
        words = felt(facts, first)
        if kind_of(first) in LOW_MOODS:
            said.append(joined((f"{'、'.join(clock_words(one.at) for one in group)} {words}", notes), "，"))
        elif busy is not None and half_of(busy.at) == half and minutes_between(busy.at, first.at) <= _AT_IT:
            # One thing done, and how she was at it; the morning says it in other words than the afternoon.
            mood = words.replace("情绪愉快", "很开心") if before_noon else words
            said[-1] = joined((said[-1], mood, notes), "，")
        else:
            when = "后来" if begun else "" if half == lead else half
            said.append(joined((f"{when}{words}", notes), "，"))
            lead = half
        begun, busy = True, None
    outings = [one for one in facts.of(EntryKind.OUTDOOR) if here(one)]
    half = "" if not outings or half_of(outings[0].at) == lead else half_of(outings[0].at)
    return sentence(joined([*said, outdoor_words(facts, outings, half)], "；"))


def _groups(events: list[EntryDraft]) -> Iterator[list[EntryDraft]]:
    """By time: each activity by itself, the same mood in the same part of the day together."""
    events.sort(key=lambda one: (one.at, one.kind is EntryKind.MOOD))
    for key, same in itertools.groupby(events, key=_alike):
        if key is None:
            yield from ([one] for one in same)
        else:
            yield list(same)


def _alike(one: EntryDraft) -> tuple[str | None, str] | None:
    return None if one.kind is EntryKind.ACTIVITY else (one.detail, half_of(one.at))


def _activity(facts: DayFacts, activity: EntryDraft, who: str, lead: str) -> str:
    part = ""
    turn = sum(one.at < activity.at and one.detail == activity.detail for one in facts.of(EntryKind.ACTIVITY))
    if activity.detail:
        part = who + facts.say(f"part.{activity.detail}", _PARTS[Part(activity.detail)], turn=turn)
    name = activity_name(activity.text)
    if lead:
        name = facts.say("activity", "{half}{name}", name, half=lead, name=name)
    return joined((name, part, clause(activity.note)), "，")
