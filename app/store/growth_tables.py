"""The WHO 2006 tables that ship with the program, read when the first child is evaluated."""

import csv
import functools

from app.domain.growth import LYING_GAIN_CM, STANDING_DAYS, Body, Indicator, Lms
from app.store.tables import FOLDER

WHO = "WHO 2006"
_FILES = {
    Indicator.WEIGHT: "who_weight_for_age",
    Indicator.STATURE: "who_stature_for_age",
    Indicator.HEAD: "who_head_for_age",
}
_LENGTH, _HEIGHT = "who_weight_for_length", "who_weight_for_height"


class WhoStandard:
    """WHO 2006 by days of age and tenths of a centimetre."""

    name = WHO

    def z(self, indicator: Indicator, body: Body) -> float | None:
        """The unrounded z; None outside 0–1856 days, 45–110 cm lying, 65–120 cm standing."""
        weight = None if body.weight_g is None else body.weight_g / 1000
        stature = None if body.stature_mm is None else body.stature_mm / 10
        if indicator is Indicator.PROPORTION:
            if weight is None or stature is None:
                return None
            found = _proportion(body.sex, stature, body.lying)
            return None if found is None else found.z(weight, trimmed=True)
        value = {
            Indicator.WEIGHT: weight,
            Indicator.STATURE: None if stature is None else stature + _stand_or_lie(body),
            Indicator.HEAD: None if body.head_mm is None else body.head_mm / 10,
        }[indicator]
        row = _rows(_FILES[indicator]).get((body.sex, body.days))
        return None if row is None or value is None else row.z(value, trimmed=indicator.by_weight)

    def line(self, indicator: Indicator, sex: str, at: float, z: float) -> float | None:
        """The measure at an age in days, or the weight at a length in cm."""
        if indicator is Indicator.PROPORTION:
            row = _proportion(sex, at, lying=True)
        else:
            row = _rows(_FILES[indicator]).get((sex, round(at)))
        return None if row is None else row.value(z)


def _stand_or_lie(body: Body) -> float:
    """What makes a length taken the other way comparable with the table (WHO 2006)."""
    standing_age = body.days >= STANDING_DAYS
    if body.lying and standing_age:
        return -LYING_GAIN_CM
    return LYING_GAIN_CM if not body.lying and not standing_age else 0.0


def _proportion(sex: str, stature_cm: float, lying: bool) -> Lms | None:
    return _rows(_LENGTH if lying else _HEIGHT).get((sex, round(stature_cm * 10)))


@functools.cache
def _rows(name: str) -> dict[tuple[str, int], Lms]:
    """Rows by sex and place: days, or tenths of a centimetre."""
    by_length = name in {_LENGTH, _HEIGHT}
    with (FOLDER / "growth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["sex"], round(float(row["at"]) * 10) if by_length else int(row["at"])): Lms(
                float(row["l"]), float(row["m"]), float(row["s"])
            )
            for row in csv.DictReader(file)
        }
