"""What mends a refused stay: one more carer from-to, another hour, another class. Each is tried."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from app.domain.capacity import (
    ClassDay,
    Moment,
    Presence,
    ShiftSpan,
    Verdict,
    can_take,
    clock,
    moments_of,
)
from app.domain.classes import NATIONAL_RULES, RatioRule
from app.domain.looks import Tone
from app.domain.record import record

_STEP = 30  # minutes between two stays that are tried
_SHORTEST = 60  # minutes; a shorter stay is no help to anybody


class MendKind(StrEnum):
    """Where the help comes from."""

    CARER = "carer"
    HOUR = "hour"
    CLASS = "class"


@record
class Mend:
    """One way to make a stay possible. Minutes after midnight.

    ``carers`` are the shifts to add (CARER), ``stay`` the other hours (HOUR), ``class_name`` the other class.
    """

    kind: MendKind
    words: str
    carers: tuple[ShiftSpan, ...] = ()
    stay: Presence | None = None
    class_name: str = ""


@record
class Breach:
    """The first stretch of a stay in which a seat or a carer is missing. Minutes after midnight."""

    from_minute: int
    to_minute: int
    words: str


def first_breach(
    day: ClassDay, child: Presence, rules: Iterable[RatioRule] = NATIONAL_RULES
) -> Breach | None:
    """The first unbroken stretch that breaks, or None where the whole stay holds."""
    moments = [one for one in moments_of(day, child, tuple(rules)) if one.end > one.start]
    broken = next((at for at, one in enumerate(moments) if one.tone is Tone.BAD), None)
    if broken is None:
        return None
    last = broken
    while last + 1 < len(moments) and moments[last + 1].tone is Tone.BAD:
        last += 1
    start, end = moments[broken].start, moments[last].end
    return Breach(start, end, f"{clock(start)}–{clock(end)}")


def find_mends(
    day: ClassDay,
    child: Presence,
    others: Sequence[ClassDay] = (),
    *,
    opens: int,
    closes: int,
    rules: Iterable[RatioRule] = NATIONAL_RULES,
) -> tuple[Mend, ...]:
    """What would mend a refused stay; nothing where it holds as it is.

    Args:
        day: the class as expected, without the child.
        child: the stay that is refused.
        others: other classes for her age, each as expected.
        opens: the earliest minute at which a stay could begin.
        closes: minute of closing.
        rules: staffing numbers in force.
    """
    rules = tuple(rules)

    def holds(where: ClassDay, stay: Presence) -> bool:
        return can_take(where, stay, opens=opens, closes=closes, rules=rules).verdict is not Verdict.NO

    if child.to_minute <= child.from_minute or holds(day, child):
        return ()
    found = [
        Mend(MendKind.CLASS, f"改去{one.name}班", class_name=one.name) for one in others if holds(one, child)
    ]
    shifts = missing_shifts(moments_of(day, child, rules))
    if shifts and holds(replace(day, carers=(*day.carers, *shifts)), child):
        found.append(Mend(MendKind.CARER, _shift_words(shifts), carers=shifts))
    stay = next((one for one in _other_stays(child, opens, closes) if holds(day, one)), None)
    if stay is not None:
        words = f"改到 {clock(stay.from_minute)}–{clock(stay.to_minute)}"
        found.append(Mend(MendKind.HOUR, words, stay=stay))
    return tuple(found)


def missing_shifts(moments: Iterable[Moment]) -> tuple[ShiftSpan, ...]:
    """The shifts that would be enough: for each unbroken stretch as many as its worst moment lacks."""
    runs: list[list[int]] = []  # start, end, most lacking
    for one in moments:
        if not one.lack:
            continue
        if runs and runs[-1][1] == one.start:
            runs[-1][1], runs[-1][2] = one.end, max(runs[-1][2], one.lack)
        else:
            runs.append([one.start, one.end, one.lack])
    return tuple(ShiftSpan(start, end) for start, end, lack in runs for _ in range(lack))


def _shift_words(shifts: Sequence[ShiftSpan]) -> str:
    spans = dict.fromkeys(shifts)
    parts = [
        f"{clock(one.from_minute)}–{clock(one.to_minute)} 再加 {shifts.count(one)} 名老师" for one in spans
    ]
    return "，".join(parts)


def _other_stays(child: Presence, opens: int, closes: int) -> Iterator[Presence]:
    """Stays of the same length at other hours, the nearest first; then shorter ones within her hours."""
    length = child.to_minute - child.from_minute
    first = -(-opens // _STEP) * _STEP
    starts = sorted(
        range(first, closes - length + 1, _STEP), key=lambda start: abs(start - child.from_minute)
    )
    for start in starts:
        if start != child.from_minute:
            yield replace(child, from_minute=start, to_minute=start + length)
    for cut in range(_STEP, length - _SHORTEST + 1, _STEP):
        yield replace(child, to_minute=child.to_minute - cut)
        if child.from_minute + cut >= opens:
            yield replace(child, from_minute=child.from_minute + cut)
