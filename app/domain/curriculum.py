"""The work with the children's growing up: areas, bands of age, activities, the parts of a day, terms.

Ages are whole months. Nothing here judges a child: bands and prompts only help to find words.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.record import record


class CurriculumError(RuleError):
    """A plan, an activity, an observation or a summary that cannot be kept as it is."""


class Area(StrEnum):
    """A part of growing up (领域)."""

    MOTOR = "motor"
    LANGUAGE = "language"
    COGNITION = "cognition"
    SOCIAL = "social"
    HABIT = "habit"

    @property
    def label(self) -> str:
        """动作, 语言, 认知, 情感社会, 习惯."""
        return ("动作", "语言", "认知", "情感社会", "习惯")[list(Area).index(self)]


@record
class Band:
    """A band of age in whole months, half open."""

    months_from: int
    months_to: int

    @property
    def label(self) -> str:
        """``24–36 月龄``."""
        return f"{self.months_from}–{self.months_to} 月龄"


@record
class DaySlot:
    """A part of the day in the plan of a week, in minutes after midnight."""

    key: str
    label: str
    from_minute: int
    usual: int  # when an activity put there begins unless somebody says another time


@record
class Activity:
    """One activity of the library. ``id`` is None for those the program ships, months half open."""

    name: str
    materials: str
    steps: str
    areas: tuple[Area, ...]
    months_from: int
    months_to: int
    id: int | None = None

    @property
    def ages(self) -> str:
        """``24–36 月龄``."""
        return f"{self.months_from}–{self.months_to} 月龄"

    @property
    def area_words(self) -> str:
        """``动作、认知``."""
        return "、".join(area.label for area in self.areas)


@record
class TermRule:
    """A term as the table has it: month and day of its ends (``09-01``), in force from a day on."""

    name: str
    first: str
    last: str
    valid_from: dt.date


@record
class Term:
    """One term of one year."""

    name: str  # 2025年秋季学期
    first: dt.date
    last: dt.date


def band_of(months: int, bands: Sequence[Band]) -> Band:
    """The band of an age; who is younger or older than all of them is in the nearest."""
    held = [band for band in bands if band.months_from <= months]
    return held[-1] if held else bands[0]


def slot_of(minute: int, slots: Sequence[DaySlot]) -> DaySlot:
    """The part of the day a minute lies in."""
    return [slot for slot in slots if slot.from_minute <= minute][-1]


def fitting(
    activities: Iterable[Activity],
    *,
    band: Band | None = None,
    area: Area | None = None,
    words: str = "",
    months: tuple[int, int] | None = None,
) -> tuple[Activity, ...]:
    """The activities for a band or a span of months, an area, and with some words in any of their texts."""
    low, high = (band.months_from, band.months_to) if band is not None else months or (0, 1000)
    wanted = words.split()
    return tuple(
        one
        for one in activities
        if one.months_from < high
        and one.months_to > low
        and (area is None or area in one.areas)
        and all(word in f"{one.name} {one.materials} {one.steps}" for word in wanted)
    )


def areas_of(
    name: str, library: Iterable[Activity], words: Sequence[tuple[Area, tuple[str, ...]]]
) -> tuple[Area, ...]:
    """What an activity of the log is about: as the library says, else by a word in its name, else nothing."""
    plain = name.strip()
    for one in library:
        if one.name == plain:
            return one.areas
    return next(((area,) for area, signs in words if any(sign in plain for sign in signs)), ())


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(days=day.weekday())


def term_of(day: dt.date, rules: Sequence[TermRule]) -> Term:
    """The term a day lies in, by the rules in force on it; before the first rule, by that one."""
    held = [rule for rule in rules if rule.valid_from <= day] or list(rules)
    newest = max(rule.valid_from for rule in held)
    for rule in held:
        if rule.valid_from != newest:
            continue
        for year in (day.year, day.year - 1):
            term = _term(rule, year)
            if term.first <= day <= term.last:
                return term
    msg = f"no term holds {day}"
    raise ValueError(msg)


def term_before(term: Term, rules: Sequence[TermRule]) -> Term:
    """The term before one."""
    return term_of(term.first - dt.timedelta(days=1), rules)


def _term(rule: TermRule, year: int) -> Term:
    first = dt.date.fromisoformat(f"{year}-{rule.first}")
    ends = year if rule.last >= rule.first else year + 1
    return Term(f"{year}年{rule.name}", first, dt.date.fromisoformat(f"{ends}-{rule.last}"))
