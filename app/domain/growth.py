"""Growth: z scores, percentiles, the verdicts of domain §4.2, and the age of children born too early.

Screening only: whoever shows a verdict says 仅供参考，请咨询医生.
Weight is kept in grams, stature and head in
millimetres; the standards speak of kg and cm. Ages are days for the WHO tables (a month is 30.4375 days).
"""

import datetime as dt
import math
from bisect import bisect_right
from enum import StrEnum
from statistics import NormalDist
from typing import Protocol

from app.domain.ages import month_day, months_between
from app.domain.growth_entry import DoubtfulMeasureError, Measures, cm_words, kg_words
from app.domain.record import record

DAYS_OF_MONTH = 30.4375
STANDING_DAYS = 731  # from here on the WHO tables are of standing height (24 months)
LYING_GAIN_CM = 0.7  # lying is so much longer than standing (WHO 2006)
FULL_TERM_WEEKS = 40
PRETERM_BELOW = 37  # weeks
CORRECTED_UNTIL = 24  # months of age
WARNING_WORDS = "仅供参考，请咨询医生"
_NORMAL = NormalDist()
UNLIKELY = 5.0  # deviations; from there on the WHO flags a measure as a slip of hand or scales
_ENOUGH = 3.0  # beyond ±3 the WHO formula goes on by the last distance between two lines


class Indicator(StrEnum):
    """What is held against a table."""

    WEIGHT = "weight"
    STATURE = "stature"
    HEAD = "head"
    PROPORTION = "proportion"

    @property
    def label(self) -> str:
        """年龄别体重, 年龄别身长/身高, 年龄别头围, 身长/身高别体重."""
        words = {
            "weight": "年龄别体重",
            "stature": "年龄别身长/身高",
            "head": "年龄别头围",
            "proportion": "身长/身高别体重",
        }
        return words[self.value]

    @property
    def by_weight(self) -> bool:
        """Whether the WHO trims it beyond three deviations (weight is skewed)."""
        return self in {Indicator.WEIGHT, Indicator.PROPORTION}


@record
class Lms:
    """One line of a WHO table: the power, the median and the variation at an age or a length."""

    power: float
    median: float
    variation: float

    def value(self, z: float) -> float:
        """The measure that lies ``z`` deviations from the median."""
        if abs(self.power) < 1e-9:
            return self.median * math.exp(self.variation * z)
        return float(self.median * (1 + self.power * self.variation * z) ** (1 / self.power))

    def z(self, value: float, *, trimmed: bool) -> float:
        """How many deviations a measure lies from the median; beyond ±3 as the WHO trims it (§4.3)."""
        if abs(self.power) < 1e-9:
            plain = math.log(value / self.median) / self.variation
        else:
            plain = ((value / self.median) ** self.power - 1) / (self.power * self.variation)
        if not trimmed or abs(plain) <= _ENOUGH:
            return float(plain)
        side = 1 if plain > 0 else -1
        third, second = self.value(3 * side), self.value(2 * side)
        return float(side * _ENOUGH + (value - third) / abs(third - second))


@record
class Bands:
    """One line of WS/T 423: the measures at −3, −2, −1, 0, 1, 2, 3 deviations."""

    at: tuple[float, ...]

    def z(self, value: float) -> float:
        """Piecewise between two neighbours (never (x−M)/SD: the tables are skewed); ±4 stands for beyond."""
        if value < self.at[0]:
            return -4.0
        if value > self.at[-1]:
            return 4.0
        place = min(bisect_right(self.at, value), len(self.at) - 1)
        low, high = self.at[place - 1], self.at[place]
        return place - 4 + (value - low) / (high - low)

    def between(self, other: "Bands", share: float) -> "Bands":
        """The line so far on the way to the next age's."""
        return Bands(tuple(a + (b - a) * share for a, b in zip(self.at, other.at, strict=True)))


@record
class Body:
    """What was measured, of whom. ``days`` is the age; ``lying`` says how the length was taken."""

    sex: str  # f, m
    days: int
    months: int = 0  # completed, as WS/T 423 counts
    weight_g: int | None = None
    stature_mm: int | None = None
    head_mm: int | None = None
    lying: bool = True


class Standard(Protocol):
    """A set of tables: its name is kept with each evaluation."""

    @property
    def name(self) -> str:
        """``WHO 2006``, ``WS/T 423—2022``."""

    def z(self, indicator: Indicator, body: Body) -> float | None:
        """The unrounded z, or None where the tables or the measures do not reach."""

    def line(self, indicator: Indicator, sex: str, at: float, z: float) -> float | None:
        """The measure (kg, cm) at an age in days (or a length in cm), ``z`` deviations from the median."""


@record
class Score:
    """One evaluation. ``corrected``: by the age counted from the term; the rest are words."""

    indicator: Indicator
    z: float
    corrected: bool
    level: str
    finding: str = ""

    @property
    def z_words(self) -> str:
        """``+0.42``; beyond three deviations ``>+3`` or ``<−3``."""
        return z_words(self.z)

    @property
    def percentile_words(self) -> str:
        """``P66``; at the ends ``<P1`` and ``>P99``."""
        share = percentile(self.z)
        return "<P1" if share < 1 else ">P99" if share > 99 else f"P{share:.0f}"


def z_words(z: float) -> str:
    """Two decimals with the sign, ``>+3`` or ``<−3`` beyond."""
    if z > _ENOUGH:
        return ">+3"
    if z < -_ENOUGH:
        return "<−3"
    words = f"{z:+.2f}"
    return "0.00" if words in {"-0.00", "+0.00"} else words.replace("-", "−")


def percentile(z: float) -> float:
    """How many of a hundred children measure less."""
    return _NORMAL.cdf(z) * 100


def level(z: float) -> str:
    """水平 by deviations, half open (domain §4.2)."""
    if z < -2:
        return "下"
    if z < -1:
        return "中下"
    if z < 1:
        return "中"
    return "中上" if z < 2 else "上"


def finding(indicator: Indicator, z: float) -> str:
    """营养 (domain §4.2); empty where nothing is to be said. A head beyond ±2 is for a doctor to see."""
    if indicator is Indicator.HEAD:
        return "头围偏离，请医生看" if abs(z) > 2 else ""
    if z < -2:
        words = {
            Indicator.WEIGHT: "低体重",
            Indicator.STATURE: "生长迟缓",
            Indicator.PROPORTION: "消瘦",
        }
        return ("重度" if z < -3 else "") + words[indicator]
    if indicator is not Indicator.PROPORTION or z < 1:
        return ""
    if z < 2:
        return "超重"
    return "肥胖" if z < 3 else "重度肥胖"


def days_early(weeks: int | None) -> int:
    """How many days before the term a child was born; 0 from 37 weeks on, or when nobody knows."""
    if weeks is None or weeks >= PRETERM_BELOW:
        return 0
    return (FULL_TERM_WEEKS - weeks) * 7


def is_corrected(born: dt.date, weeks: int | None, day: dt.date) -> bool:
    """Whether the age from the term is shown, too: born before 37 weeks, under 24 months."""
    return days_early(weeks) > 0 and months_between(born, day) < CORRECTED_UNTIL


def measured_lying(born: dt.date, day: dt.date) -> bool:
    """Lying under 24 months, standing from then on."""
    return day < month_day(born, CORRECTED_UNTIL)


def evaluate(
    standard: Standard, taken: Measures, sex: str, born: dt.date, day: dt.date, *, lying: bool, early: int = 0
) -> tuple[Score, ...]:
    """Every indicator that the measures allow; ``early`` days add those by the corrected age.

    A weight held against a length knows no age: it stands once.
    """
    found = []
    for indicator in Indicator:
        starts = [born]
        if early and indicator is not Indicator.PROPORTION:
            starts.append(min(day, born + dt.timedelta(days=early)))
        for at, start in enumerate(starts):
            days, months = max(0, (day - start).days), months_between(start, day)
            body = Body(sex, days, months, taken.weight_g, taken.stature_mm, taken.head_mm, lying)
            z = standard.z(indicator, body)
            if z is not None:
                found.append(Score(indicator, z, at == 1, level(z), finding(indicator, z)))
    return tuple(found)


def check_likely(
    standard: Standard, taken: Measures, sex: str, born: dt.date, day: dt.date, *, lying: bool, early: int = 0
) -> None:
    """Pass, or say that a measure hardly can be of a child of this age: a digit too many, two lines changed.

    Args:
        standard: by which to judge; one that goes on beyond three deviations (WHO 2006).
        taken: what was measured.
        sex: f, m, or empty: then a measure is unlikely only if it is so for both.
        born: her birthday.
        day: of the measuring.
        lying: how the length was taken.
        early: days before the term; the likelier of both ages counts.

    Raises:
        DoubtfulMeasureError: ``field`` says which to measure again.
    """
    found: dict[Indicator, float] = {}
    for one in [sex] if sex in {"f", "m"} else ["f", "m"]:
        for score in evaluate(standard, taken, one, born, day, lying=lying, early=early):
            found[score.indicator] = min(found.get(score.indicator, math.inf), abs(score.z))
    words = {
        Indicator.WEIGHT: ("weight", f"体重 {kg_words(taken.weight_g)} kg"),
        Indicator.STATURE: ("stature", f"身长/身高 {cm_words(taken.stature_mm)} cm"),
        Indicator.HEAD: ("head", f"头围 {cm_words(taken.head_mm)} cm"),
        Indicator.PROPORTION: (
            "weight", f"身长/身高 {cm_words(taken.stature_mm)} cm、体重 {kg_words(taken.weight_g)} kg",
        ),
    }  # fmt: skip
    for indicator, z in found.items():
        if z > UNLIKELY:
            field, told = words[indicator]
            months = months_between(born, day)
            msg = f"{told}，{months} 个月的孩子很少见。请再量一次；没错就再按一次 Enter。"
            raise DoubtfulMeasureError(msg, field=field)
