"""The curves of a child: five lines of the standard, and her points where she was measured, not elsewhere."""

import dataclasses
import datetime as dt

import pytest

from app.domain.growth import DAYS_OF_MONTH, Indicator
from app.domain.growth_entry import Measures
from app.domain.ids import ChildId, ClassId
from app.services.growth_children import GrowingChild
from app.services.growth_curves import draw_curves
from app.store.growth import KeptMeasure
from app.store.growth_tables import WhoStandard

BORN = dt.date(2024, 6, 1)
STANDARD = WhoStandard()


def child(sex="f", weeks=None):
    return GrowingChild(
        ChildId(1), "张沐阳", sex, BORN, ClassId(1), weeks, "", None, "", dt.date(2025, 3, 1), "zhang"
    )


def measure(months, weight=None, stature=None, head=None):
    day = BORN + dt.timedelta(days=round(months * DAYS_OF_MONTH))
    taken = Measures(weight, stature, head)
    return KeptMeasure(1, ChildId(1), day, taken, True, "许静", "WHO 2006", ())


def drawn(*measures, of=None):
    return {one.indicator: one for one in draw_curves(STANDARD, of or child(), measures)}


def test_a_child_whose_sex_nobody_noted_has_no_lines_to_stand_beside():
    assert draw_curves(STANDARD, child(sex=""), (measure(12, 9000, 750),)) == ()
    assert set(drawn()) == set(Indicator)


@pytest.mark.parametrize("indicator", Indicator)
def test_the_lines_never_cross_and_run_over_the_whole_of_her_years(indicator):
    lines = {line.name: dict(line.points) for line in drawn()[indicator].lines}
    for place in lines["P50"]:
        across = [lines[name][place] for name in ("P3", "P15", "P50", "P85", "P97")]
        assert across == sorted(across), place
    first, last = min(lines["P50"]), max(lines["P50"])
    assert (first, last) == ((60.0, 105.0) if indicator is Indicator.PROPORTION else (0.0, 36.0))


def test_what_was_not_measured_has_no_point():
    curves = drawn(measure(12, weight=9000), measure(13, stature=760))
    told = {key: [round(value, 2) for _, value in one.points] for key, one in curves.items()}
    assert told == {
        Indicator.WEIGHT: [9.0],
        Indicator.STATURE: [76.0],
        Indicator.HEAD: [],
        Indicator.PROPORTION: [],
    }
    both = drawn(measure(12, weight=9000, stature=750))[Indicator.PROPORTION]
    assert both.points == ((75.0, 9.0),), "by her length and not by her age"


def test_a_child_born_early_stands_a_second_time_by_her_term_until_two():
    early = child(weeks=32)
    weight = drawn(measure(12, 9000), measure(24.1, 11_000), of=early)[Indicator.WEIGHT]
    assert [round(x, 1) for x, _ in weight.points] == [12.0, 24.1]
    assert [round(x, 1) for x, _ in weight.corrected] == [round(12 - 8 * 7 / DAYS_OF_MONTH, 1)]
    assert drawn(measure(12, 9000))[Indicator.WEIGHT].corrected == ()


def test_before_her_term_she_is_no_age_below_none():
    weight = drawn(measure(1, 3000), of=child(weeks=32))[Indicator.WEIGHT]
    assert weight.corrected == ((0.0, 3.0),)
    assert dataclasses.replace(weight, corrected=()).points[0][0] > 0
