"""The tables of the work with the children's growing up, each read when first wanted."""

import functools
from types import MappingProxyType

from app.domain.curriculum import Activity, Area, Band, DaySlot, TermRule
from app.domain.redaction import Ordinary
from app.store import tables


@functools.cache
def bands() -> tuple[Band, ...]:
    """The bands of age in months, the youngest first."""
    return tuple(Band(row["months_from"], row["months_to"]) for row in tables.read("curriculum.toml")["band"])


@functools.cache
def slots() -> tuple[DaySlot, ...]:
    """The parts of a day in the plan of a week, by the clock."""
    return tuple(
        DaySlot(row["key"], row["label"], row["from_minute"], row["usual"])
        for row in tables.read("curriculum.toml")["slot"]
    )


@functools.cache
def terms() -> tuple[TermRule, ...]:
    """The terms of a year, with the day each rule holds from."""
    return tuple(
        TermRule(row["name"], row["first"], row["last"], row["valid_from"])
        for row in tables.read("curriculum.toml")["term"]
    )


@functools.cache
def area_words() -> tuple[tuple[Area, tuple[str, ...]], ...]:
    """Words in an activity's name that say its area; the first that fits counts."""
    return tuple((Area(row["area"]), tuple(row["words"])) for row in tables.read("curriculum.toml")["words"])


@functools.cache
def shipped_activities() -> tuple[Activity, ...]:
    """The library that comes with the program."""
    return tuple(
        Activity(
            row["name"],
            row["materials"],
            row["steps"],
            tuple(Area(area) for area in row["areas"]),
            *row["months"],
        )
        for row in tables.read("activities.toml")["activity"]
    )


@functools.cache
def prompts() -> MappingProxyType[tuple[int, Area], tuple[str, ...]]:
    """What to look out for, by the first month of a band and by area. 仅供参考."""
    rows = tables.read("milestones.toml")["prompts"]
    return MappingProxyType({(row["months_from"], Area(row["area"])): tuple(row["words"]) for row in rows})


@functools.cache
def ordinary() -> Ordinary:
    """Words that are nicknames as well, and how a thing is told from a child."""
    row = tables.read("curriculum.toml")["ordinary"]
    return Ordinary(frozenset(row["words"]), row["before"], row["after"])


@functools.cache
def starts() -> tuple[str, ...]:
    """How an observation may begin."""
    return tuple(tables.read("milestones.toml")["starts"]["words"])
