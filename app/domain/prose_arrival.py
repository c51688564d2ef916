"""How the prose begins: who brought her and when, how she settled, whether it is her first day."""

from collections.abc import Sequence

from app.domain.dayfacts import LOW_MOODS, DayFacts, joined
from app.domain.logbook import EntryDraft, Mood, clock_words, minutes_between
from app.domain.prose_words import felt, kind_of, names, part_of_arrival, sentence, with_note


def arrival(facts: DayFacts, moods: Sequence[EntryDraft]) -> str:
    """``予晴 9:12 由奶奶送到，起初有点想家，10 分钟后平静下来。``"""
    name, time, who = facts.given_name, clock_words(facts.arrived), facts.brought_by_words
    part = part_of_arrival(facts.arrived)
    if who:
        came = facts.say(f"arrival.brought{part}", "{name} {time} 由{who}送到", name=name, time=time, who=who)
    else:
        came = facts.say(f"arrival.came{part}", "{name} {time} 入园", name=name, time=time)
    words = [came]
    last: EntryDraft | None = None
    for mood in moods:
        if not _told_already(last, mood):
            words.append(_settling(facts, last, mood, alone=len(moods) == 1))
        last = mood
    return joined(words, "，") + "。"


def first_day(facts: DayFacts) -> str:
    """``今天是她第一次来园。``"""
    if facts.usual is None or facts.usual.been_before:
        return ""
    return sentence(facts.say("first_day", "今天是{who}第一次来园", who=facts.pronoun, name=facts.given_name))


def _told_already(last: EntryDraft | None, mood: EntryDraft) -> bool:
    """Whether the note of the mood before says this one (想家: 10 分钟后平静, then 平静)."""
    return last is not None and not mood.note.strip() and names(last.note, kind_of(mood))


def _settling(facts: DayFacts, last: EntryDraft | None, mood: EntryDraft, *, alone: bool) -> str:
    kind = kind_of(mood)
    if last is None:
        turned = kind in LOW_MOODS and (not alone or bool(mood.note))
        lead = "起初" if turned else "来时" if minutes_between(facts.arrived, mood.at) <= 15 else ""
        lead = lead or ("入园后" if facts.brought_by_words else "进班后")  # 入园，入园后 says it twice
        return with_note(f"{lead}{felt(facts, mood)}", kind, mood.note)
    if kind == last.detail:
        words = felt(facts, mood)
        still = "仍" if words.startswith("有") else "仍然"
        return with_note(f"{clock_words(mood.at)} {still}{words}", kind, mood.note)
    settled = last.detail in LOW_MOODS
    turn = {Mood.CALM: "平静下来", Mood.HAPPY: "开心起来"}.get(kind) if settled else None
    if turn is None:
        return with_note(f"{clock_words(mood.at)} {felt(facts, mood)}", kind, mood.note)
    became = facts.say(f"turn.{kind}", turn)
    minutes = minutes_between(last.at, mood.at)
    when = f"{minutes} 分钟后" if minutes else "很快"
    return with_note(f"{when}{became}", kind, mood.note)
