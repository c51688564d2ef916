"""The curves of a child: percentile lines of the standard and her own points, frozen for screen and paper."""

import datetime as dt
from collections.abc import Iterable

from app.domain.growth import DAYS_OF_MONTH, Indicator, Standard, days_early, is_corrected
from app.domain.record import record
from app.services.growth_children import GrowingChild
from app.store.growth import KeptMeasure

# Percentile and its z: the lines of the WHO's own charts.
LINES = (("P97", 1.8808), ("P85", 1.0364), ("P50", 0.0), ("P15", -1.0364), ("P3", -1.8808))
_MONTHS = 36
_SHORTEST, _LONGEST = 60.0, 105.0  # cm that the curve by length shows


@record
class CurveLine:
    """One percentile line; x is months of age or cm."""

    name: str
    points: tuple[tuple[float, float], ...]


@record
class Curve:
    """One chart. ``points`` are the child's own, ``corrected`` the same by the age from the term."""

    indicator: Indicator
    title: str
    unit: str  # kg, cm
    across: str  # 月龄, 身长/身高 cm
    lines: tuple[CurveLine, ...]
    points: tuple[tuple[float, float], ...]
    corrected: tuple[tuple[float, float], ...]


def draw_curves(
    standard: Standard, child: GrowingChild, measures: Iterable[KeptMeasure]
) -> tuple[Curve, ...]:
    """A chart for each indicator; none for a child whose sex nobody noted."""
    held = tuple(measures)
    if child.sex not in {"f", "m"}:
        return ()
    return tuple(_curve(standard, child, held, indicator) for indicator in Indicator)


def _curve(
    standard: Standard, child: GrowingChild, held: tuple[KeptMeasure, ...], indicator: Indicator
) -> Curve:
    by_length = indicator is Indicator.PROPORTION
    places = (
        [_SHORTEST + step * 2.5 for step in range(round((_LONGEST - _SHORTEST) / 2.5) + 1)]
        if by_length
        else [float(month) for month in range(_MONTHS + 1)]
    )
    lines = []
    for name, z in LINES:
        found = []
        for place in places:
            at = place if by_length else round(place * DAYS_OF_MONTH)
            value = standard.line(indicator, child.sex, at, z)
            if value is not None:
                found.append((place, value))
        lines.append(CurveLine(name, tuple(found)))
    early = days_early(child.weeks)
    own, corrected = [], []
    for one in held:
        value = _value(one, indicator)
        if value is None:
            continue
        if by_length:
            own.append(((one.taken.stature_mm or 0) / 10, value))
            continue
        own.append((_months(child.born_on, one.day), value))
        if is_corrected(child.born_on, child.weeks, one.day):
            term = child.born_on + dt.timedelta(days=early)
            corrected.append((max(0.0, _months(term, one.day)), value))
    unit = "kg" if indicator.by_weight else "cm"
    across = "身长/身高（cm）" if by_length else "月龄"
    return Curve(indicator, indicator.label, unit, across, tuple(lines), tuple(own), tuple(corrected))


def _value(one: KeptMeasure, indicator: Indicator) -> float | None:
    taken = one.taken
    if indicator is Indicator.PROPORTION and taken.stature_mm is None:
        return None
    kept, share = {
        Indicator.WEIGHT: (taken.weight_g, 1000),
        Indicator.PROPORTION: (taken.weight_g, 1000),
        Indicator.STATURE: (taken.stature_mm, 10),
        Indicator.HEAD: (taken.head_mm, 10),
    }[indicator]
    return None if kept is None else kept / share


def _months(start: dt.date, day: dt.date) -> float:
    return (day - start).days / DAYS_OF_MONTH
