"""The week's rota: shifts that must not overlap, and carers hour by hour against the ratio's need.

Minutes are after midnight. Only 保育人员 count, and the need is of the children enrolled for that hour
(58号文 Art 20 counts those present; a rota is made before anybody is).
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from app.domain.classes import NATIONAL_RULES, ClassKind, RatioRule, carers_needed
from app.domain.record import record


@record
class Booked:
    """A child enrolled for part of a weekday, with her age in months."""

    from_minute: int
    to_minute: int
    months: int


@record
class HourNeed:
    """One hour at its worst: carers on shift, carers needed, children enrolled."""

    hour: int
    carers: int
    needed: int
    children: int

    @property
    def short(self) -> int:
        """How many carers are missing."""
        return max(0, self.needed - self.carers)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches share time; touching ends do not."""
    return one[0] < other[1] and other[0] < one[1]


def hour_needs(
    kind: ClassKind,
    carers: Sequence[tuple[int, int]],
    children: Sequence[Booked],
    *,
    opens: int,
    closes: int,
    rules: Iterable[RatioRule] = NATIONAL_RULES,
) -> tuple[HourNeed, ...]:
    """A cell for each hour between opening and closing, each at the moment where most carers are missing."""
    rules = tuple(rules)
    return tuple(
        _worst(kind, hour, (max(opens, hour * 60), min(closes, hour * 60 + 60)), carers, children, rules)
        for hour in range(opens // 60, -(-closes // 60))
    )


def uncovered_day(spans: Iterable[tuple[dt.date, dt.date | None]], first: dt.date) -> dt.date | None:
    """The first day from ``first`` on that no span covers; None when there is none. Ends are included."""
    day = first
    for start, end in sorted(spans, key=lambda span: span[0]):
        if start > day:
            return day
        if end is None:
            return None
        day = max(day, end + dt.timedelta(days=1))
    return day


def _worst(
    kind: ClassKind,
    hour: int,
    span: tuple[int, int],
    carers: Sequence[tuple[int, int]],
    children: Sequence[Booked],
    rules: tuple[RatioRule, ...],
) -> HourNeed:
    edges = {span[0]}
    for begin, end in (*carers, *((one.from_minute, one.to_minute) for one in children)):
        edges |= {edge for edge in (begin, end) if span[0] < edge < span[1]}
    found = []
    for minute in sorted(edges):
        inside = [one.months for one in children if one.from_minute <= minute < one.to_minute]
        here = sum(begin <= minute < end for begin, end in carers)
        found.append(HourNeed(hour, here, carers_needed(kind, inside, rules), len(inside)))
    return max(found, key=lambda need: (need.needed - need.carers, need.needed))
