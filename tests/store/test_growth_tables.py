"""The WHO tables at their edges: the last day, the shortest and the tallest child they speak of."""

import pytest

from app.domain.growth import Body, Indicator
from app.store.growth_tables import WhoStandard

WHO = WhoStandard()


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (1856, True), (1857, False)])
@pytest.mark.parametrize("sex", ["f", "m"])
def test_ages_are_told_from_the_day_of_birth_to_the_last_of_the_tables(sex, days, told):
    body = Body(sex, days, weight_g=9000, stature_mm=900, head_mm=470)
    for indicator in (Indicator.WEIGHT, Indicator.STATURE, Indicator.HEAD):
        assert (WHO.z(indicator, body) is not None) is told, indicator


@pytest.mark.parametrize(
    ("lying", "millimetres", "told"),
    [
        (True, 449, False),
        (True, 450, True),
        (True, 1100, True),
        (True, 1101, False),
        (False, 649, False),
        (False, 650, True),
        (False, 1200, True),
        (False, 1201, False),
    ],
)
def test_lengths_are_told_as_far_as_their_own_table_reaches(lying, millimetres, told):
    body = Body("f", 700, weight_g=9000, stature_mm=millimetres, lying=lying)
    assert (WHO.z(Indicator.PROPORTION, body) is not None) is told


def test_who_stands_before_two_is_taken_for_longer_and_who_lies_after_it_for_shorter():
    def z(days, millimetres, lying):
        return WHO.z(Indicator.STATURE, Body("m", days, stature_mm=millimetres, lying=lying))

    for days, length in ((730, 87.7), (731, 87.0)):  # the table is of lengths, then of heights
        assert z(days, 870, lying=False) == z(days, 877, lying=True)
        assert WHO.line(Indicator.STATURE, "m", days, z(days, 870, lying=False)) == pytest.approx(length)


@pytest.mark.parametrize("indicator", Indicator)
def test_what_was_not_measured_is_not_judged(indicator):
    assert WHO.z(indicator, Body("m", 365)) is None


def test_a_line_of_the_chart_is_where_the_z_says():
    kilos = WHO.line(Indicator.WEIGHT, "m", 364.6, 2)
    assert WHO.z(Indicator.WEIGHT, Body("m", 365, weight_g=round(kilos * 1000))) == pytest.approx(
        2, abs=0.001
    )
    heavy = WHO.line(Indicator.PROPORTION, "f", 80.0, -2)
    child = Body("f", 500, weight_g=round(heavy * 1000), stature_mm=800)
    assert WHO.z(Indicator.PROPORTION, child) == pytest.approx(-2, abs=0.001)
    assert WHO.line(Indicator.WEIGHT, "x", 365, 0) is None
