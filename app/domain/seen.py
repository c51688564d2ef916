"""What of a day stood behind a note's words, and what of it does not stand so any more.

A note tells nothing but what ``DayFacts`` holds, so every field of it is taken for facts that may be taken
back, unless ``AROUND`` says why not: a kind of fact that comes later is compared without a word here.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields, replace
from typing import Any

from app.domain.dayfacts import CheckFact, ClassWord, DayFacts, check_name, check_words
from app.domain.dose_facts import DoseFact
from app.domain.ids import EntryId
from app.domain.logbook import EntryDraft, EntryKind, clock_words, title_of, words_of
from app.domain.prose import NoteText
from app.domain.record import record

# What a note takes from a day beside its facts.
AROUND = {
    "given_name": "who she is",
    "sex": "who she is",
    "months": "who she is",
    "seed": "which words are chosen",
    "phrases": "which words are chosen",
    "usual": "days before this one",
    "before": "days before this one",
    "leaving": "a promise",
    "left": "it comes after the note",
    "entries": "known by their keys in the log, and never changed under one",
    "looked": "kept with its entry, and never changed under its key",
    "heats": "measured in the course of a fever, which tells them",
    "allergies": "what the day has of them is an exceptional fact of its own",
    "allergens": "as allergies",
    "menu": "as allergies",
    "urgent": "which words are chosen",
    "again": "another stay of the day, of which its own note tells",
    "fever_tenths": "what is over the line is an exceptional fact of its own",
}
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)")
_CUT = 40


@record
class Fact:
    """One fact: ``kind`` and ``key`` tell which, ``words`` what it says."""

    kind: str  # the field of the day
    key: str  # 12:30 布洛芬混悬液
    words: str  # 12:34 喂布洛芬混悬液 2.5 ml（口服）


@record
class Seen:
    """What of the day stood behind a note's words: its entries, its facts, and the exceptional ones by key.

    ``wording`` is the program that put them into words; another one may say the same in others.
    """

    entries: frozenset[EntryId]
    alerts: frozenset[str]
    facts: tuple[Fact, ...] = ()
    wording: str = ""

    def written(self) -> str:
        """As the file keeps it."""
        parts = {
            "wording": self.wording,
            "entries": sorted(self.entries),
            "alerts": sorted(self.alerts),
            "facts": [astuple(one) for one in self.facts],
        }
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def read_seen(text: str) -> Seen | None:
    """Read what ``Seen.written`` wrote, now or before it knew of facts; None for a note without memory."""
    if not text:
        return None
    if not text.startswith("{"):
        head, *keys = text.split("\n")
        return Seen(frozenset(EntryId(int(key)) for key in head.split() if key != "-"), frozenset(keys))
    parts = json.loads(text)
    facts = tuple(Fact(*one) for one in parts["facts"])
    return Seen(
        frozenset(map(EntryId, parts["entries"])), frozenset(parts["alerts"]), facts, parts["wording"]
    )


def facts_of(facts: DayFacts) -> tuple[Fact, ...]:
    """Every fact of a day beside its entries, each under a key of its own."""
    found: list[Fact] = []
    met: Counter[tuple[str, str]] = Counter()
    for field in fields(facts):
        if field.name in AROUND:
            continue
        for key, words in _told(field.name, getattr(facts, field.name)):
            met[field.name, key] += 1
            nth = met[field.name, key]
            found.append(Fact(field.name, key if nth == 1 else f"{key} #{nth}", words))
    return tuple(found)


def _told(kind: str, value: Any) -> Iterator[tuple[str, str]]:
    if kind == "fever":  # it grows by its steps, and each of them may be taken back
        for course in value:
            for step in course.split("，"):
                yield clock_of(step), f"发热处理 {step}"
    elif isinstance(value, tuple):
        yield from map(_one, value)
    elif kind == "arrived":
        yield "", f"{clock_words(value)} 入园"
    elif kind == "brought_by_words":
        yield "", f"由{value}送来" if value else ""
    else:
        yield "", str(value or "")


def _one(value: Any) -> tuple[str, str]:
    if isinstance(value, CheckFact):
        name = check_name(value.kind)
        return f"{clock_words(value.at)} {value.kind}", f"{name} {check_words(value)}"
    if isinstance(value, DoseFact):
        return f"{clock_words(value.due)} {value.name}", value.words
    if isinstance(value, ClassWord):
        return value.words, value.words
    words = str(getattr(value, "words", value))
    at = getattr(value, "at", None)
    return (words if at is None else clock_words(at)), words


def clock_of(words: str) -> str:
    """``9:50`` of ``9:50 体温 38.3℃`` and of ``09:50 …``; empty where they begin with none."""
    found = _CLOCK.match(words)
    return "" if found is None else f"{int(found[1])}:{found[2]}"


@record
class Turned:
    """A fact that a note rests on and that does not stand so any more; ``now`` is empty where it is gone."""

    was: str
    now: str = ""
    hour: str = ""  # 12:30

    @property
    def shown(self) -> str:
        """``午餐 番茄面 · 吃完 → 番茄面 · 拒食``, cut to be read in a line."""
        was, now = self.was[:_CUT], self.now[:_CUT]
        return f"{was} → {now}" if now and now != was else was


def turned_entry(was: EntryDraft, now: EntryDraft | None) -> Turned | None:
    """What became of a log entry that holds no more; None where what took its place takes nothing back.

    A sleep that has got its end, or who helped with it, is no other fact.
    """
    title, words, hour = title_of(was), words_of(was), clock_words(was.at)
    if now is None:
        return Turned(f"{title} {words}".strip(), hour=hour)
    told = replace(now, helper=was.helper, photo=was.photo)
    woken = was.kind is EntryKind.SLEEP and was.until is None and replace(told, until=None) == was
    if told == was or woken:
        return None
    other = words_of(now) if title_of(now) == title else f"{title_of(now)} {words_of(now)}".strip()
    if other == words:
        return Turned(f"{hour} {title} {words}".strip(), clock_words(now.at), hour)
    return Turned(f"{title} {words}".strip(), other, hour)


def turned_facts(seen: Seen, facts: DayFacts, text: NoteText, wording: str) -> tuple[Turned, ...]:
    """The facts that a note has seen and that are gone or changed, by the kinds of the day."""
    now = {(one.kind, one.key): one.words for one in facts_of(facts)}
    found = []
    for one in seen.facts:
        words = now.get((one.kind, one.key), "")
        if one.kind == "class_words" and not words and one.words not in "\n".join(astuple(text)):
            continue  # its teacher had left that sentence out
        if not one.words:
            continue  # nothing was told of it
        if not words:
            found.append(Turned(one.words, hour=clock_of(one.key)))
        elif words != one.words and seen.wording == wording and not _grown(one, words):
            found.append(Turned(one.words, words, clock_of(one.key)))
    return tuple(found)


def _grown(one: Fact, words: str) -> bool:
    """Whether a doctor's words have come behind a hurt: that is news, and takes nothing back."""
    return one.kind == "injuries" and words.startswith(f"{one.words}，")


def gone_alerts(seen: Seen, facts: DayFacts, keys: Iterable[str], wording: str) -> tuple[str, ...]:
    """The exceptional facts by key that a note has seen and that are none any more.

    What another program put into words is known by its hour alone, and nothing is said of the hour of an
    entry that stands.
    """
    standing = tuple(keys)
    if seen.wording == wording:
        return tuple(sorted(one for one in seen.alerts if not any(key.startswith(one) for key in standing)))
    hours = {clock_of(one) for one in standing} | {clock_words(one.at) for one in facts.entries}
    return tuple(sorted(one for one in seen.alerts if clock_of(one) not in hours))
