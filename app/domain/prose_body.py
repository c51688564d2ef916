"""What of a day is not as usual, in clauses of the prose: fevers, findings, illness, hurts, medicine."""

import datetime as dt
import re

from app.domain.care_words import (
    concern_words,
    loose_words,
    odd_colour,
    odd_colours,
    reacted,
    reaction_words,
    sleep_concerns,
)
from app.domain.dayfacts import DayFacts, check_title, clause, counted, joined
from app.domain.ill_words import ill_words
from app.domain.logbook import EntryKind, Toilet, clock_words, degrees
from app.domain.sections import fevers, loose_stools, lows, toilet_finding

_CLOCK = re.compile(r"(\d\d):(\d\d)")


def body_words(facts: DayFacts) -> str:
    """What is not as usual, in the order in which it came: a family reads the course of it."""
    loose = loose_stools(facts)
    said = [(one.at, loose_words(one)) for one in loose]
    said += [
        (one.at, f"{clock_words(one.at)} 如厕：{note}")
        for one in facts.of(EntryKind.TOILET)
        if one not in loose and (note := toilet_finding(one))
    ]
    said += [(one.at, reaction_words(one)) for one in reacted(facts)]
    said += [
        (one.at, f"{clock_words(one.at)} {odd_colour(one)}") for one in odd_colours(facts) if one not in loose
    ]
    said += [(one.at, concern_words(one)) for one in sleep_concerns(facts)]
    said += [
        (at, f"{clock_words(at)} 体温 {degrees(tenths)}，达到发热线")
        for at, tenths in fevers(facts, measured=True)
    ]
    said += [(at, f"{clock_words(at)} 体温 {degrees(tenths)}，偏低") for at, tenths in lows(facts)]
    said += [(_begun(facts, one), f"发热处理：{one}") for one in facts.fever]
    said += [(one.at, f"{clock_words(one.at)} 登记{one.words}") for one in facts.cases]
    said += [(one.at or one.due, one.words) for one in facts.medicine]
    said += [(one.at, f"{clock_words(one.at)} {one.words}") for one in facts.injuries]
    said += [
        (one.entry.at, f"{clock_words(one.entry.at)} {one.words}")
        for one in ill_words(facts)
        if one.entry.kind is EntryKind.PHOTO or (one.entry.kind is EntryKind.NOTE and one.beside)
    ]
    for check in facts.checks:
        found = {"abnormal": "发现异常", "recheck": "做了复测"}.get(check.outcome, "")
        if found or check.note.strip():
            said.append((check.at, joined((f"{check_title(facts, check)}{found}", clause(check.note)), "：")))
    said.sort(key=lambda one: one[0])
    return "；".join(words for _at, words in said)


def little_words(facts: DayFacts) -> str:
    """``小便 5 次，大便 1 次``: all that was logged, where nothing else was: nobody reads of nothing."""
    visits = facts.of(EntryKind.TOILET)
    wet = sum(one.detail in {Toilet.WET, Toilet.BOTH} for one in visits)
    stools = sum(one.detail in {Toilet.STOOL, Toilet.BOTH} for one in visits)
    dry = sum(one.detail == Toilet.DRY for one in visits)
    heats = [degrees(one.tenths) for one in facts.of(EntryKind.TEMPERATURE) if one.tenths is not None]
    looks, photos = len(facts.of(EntryKind.SLEEP_CHECK)), len(facts.of(EntryKind.PHOTO))
    parts = (
        f"小便 {counted(wet)}" if wet else "",
        f"大便 {counted(stools)}" if stools else "",
        f"尿布干爽 {counted(dry)}" if dry else "",
        f"体温 {'、'.join(heats)}" if heats else "",
        f"睡眠巡视 {counted(looks)}" if looks else "",
        f"拍了照片 {counted(photos, '张')}" if photos else "",
    )
    return joined(parts, "，")


def _begun(facts: DayFacts, course: str) -> dt.datetime:
    """When the course of a fever begins: its first clock."""
    found = _CLOCK.match(course)
    if found is None:
        return facts.arrived
    return facts.arrived.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)
