"""z scores against published values, the verdicts at their edges, and ages counted from the term."""

import csv
import datetime as dt

import pytest

from app.domain.growth import (
    Bands,
    Body,
    Indicator,
    Lms,
    days_early,
    evaluate,
    finding,
    is_corrected,
    level,
    measured_lying,
    percentile,
    z_words,
)
from app.domain.growth_entry import Measures
from app.store.growth_tables import WhoStandard
from app.store.tables import FOLDER

WHO = WhoStandard()


def boy(days, **more):
    return Body("m", days, **more)


def test_published_values_of_a_boy_of_one_year():
    assert WHO.z(Indicator.WEIGHT, boy(365, weight_g=9646)) == pytest.approx(0, abs=1e-9)
    assert WHO.line(Indicator.WEIGHT, "m", 365, 2) == pytest.approx(11.983, abs=0.003)
    assert WHO.line(Indicator.STATURE, "m", 365, 0) == pytest.approx(75.7, abs=0.06)
    assert WHO.line(Indicator.HEAD, "m", 365, 0) == pytest.approx(46.06, abs=0.05)


@pytest.mark.parametrize(
    ("sex", "days", "kilos", "cm", "head", "lying", "zs"),
    [  # children of a published survey with the z that the WHO's own program gave
        ("f", 683, 10.4, 84.8, None, True, (-0.57, -0.07, None, -0.81)),
        ("f", 653, 11.7, 83.5, None, True, (0.53, -0.19, None, 0.83)),
        ("f", 234, 7.2, 67.0, None, True, (-0.72, -0.55, None, -0.49)),
        ("f", 90, 4.5, 60.4, 39.5, True, (-2.02, 0.34, 0.01, -3.26)),
        ("f", 935, 17.4, 87.6, None, False, (2.29, -1.02, None, 3.97)),
        ("m", 269, 6.3, 64.8, None, True, (-3.08, -3.11, None, -1.7)),
        ("m", 0, 5.5, 55.9, 38.2, True, (3.77, 3.18, 2.94, 1.55)),
        ("m", 34, 3.6, 52.1, 39.1, True, (-1.83, -1.59, 1.34, -0.58)),
    ],
)
def test_the_who_program_says_the_same(sex, days, kilos, cm, head, lying, zs):
    body = Body(
        sex, days, 0, round(kilos * 1000), round(cm * 10), None if head is None else round(head * 10), lying
    )
    for indicator, z in zip(Indicator, zs, strict=True):
        found = WHO.z(indicator, body)
        assert found is None if z is None else found == pytest.approx(z, abs=0.0051), indicator


def test_each_line_of_the_tables_is_its_own_inverse():
    for name in ("weight_for_age", "stature_for_age", "head_for_age", "weight_for_length"):
        with (FOLDER / "growth" / f"who_{name}.csv").open(encoding="utf-8") as file:
            for row in list(csv.DictReader(file))[::97]:
                line = Lms(float(row["l"]), float(row["m"]), float(row["s"]))
                for z in (-2.9, -1, 0, 1.5, 2.9):
                    assert line.z(line.value(z), trimmed=True) == pytest.approx(z, abs=1e-6)


def test_beyond_three_deviations_the_last_distance_goes_on():
    line = Lms(0.0645, 9.646, 0.10925)
    third, second = line.value(3), line.value(2)
    assert line.z(third + 2 * (third - second), trimmed=True) == pytest.approx(5)
    assert line.z(third + 2 * (third - second), trimmed=False) != pytest.approx(5, abs=0.05)
    low, lower = line.value(-2), line.value(-3)
    assert line.z(lower - (low - lower), trimmed=True) == pytest.approx(-4)


def test_a_power_of_nought_is_the_logarithm():
    line = Lms(0.0, 10.0, 0.1)
    assert line.z(line.value(1.5), trimmed=False) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("z", "words"),
    [(-2.001, "下"), (-2, "中下"), (-1.001, "中下"), (-1, "中"), (0.999, "中"), (1, "中上"), (2, "上")],
)
def test_levels_are_half_open(z, words):
    assert level(z) == words


@pytest.mark.parametrize(
    ("indicator", "z", "words"),
    [
        (Indicator.WEIGHT, -2, ""),
        (Indicator.WEIGHT, -2.01, "低体重"),
        (Indicator.WEIGHT, -3.01, "重度低体重"),
        (Indicator.WEIGHT, 3.5, ""),
        (Indicator.STATURE, -2.5, "生长迟缓"),
        (Indicator.STATURE, -3.5, "重度生长迟缓"),
        (Indicator.PROPORTION, -2.5, "消瘦"),
        (Indicator.PROPORTION, 0.99, ""),
        (Indicator.PROPORTION, 1, "超重"),
        (Indicator.PROPORTION, 2, "肥胖"),
        (Indicator.PROPORTION, 3, "重度肥胖"),
        (Indicator.HEAD, 2, ""),
        (Indicator.HEAD, -2.1, "头围偏离，请医生看"),
    ],
)
def test_findings_at_their_edges(indicator, z, words):
    assert finding(indicator, z) == words


def test_words_of_a_z():
    assert {z_words(z) for z in (-0.004, 0, 0.004)} == {"0.00"}
    assert [z_words(z) for z in (0.424, -1.5, 3, 3.01, -3.01)] == ["+0.42", "−1.50", "+3.00", ">+3", "<−3"]
    assert percentile(0) == 50
    assert percentile(-1.8808) == pytest.approx(3, abs=0.01)


def test_a_child_born_too_early_is_shown_by_both_ages_until_two_years():
    born = dt.date(2024, 6, 1)
    assert [days_early(weeks) for weeks in (None, 40, 37, 36, 32)] == [0, 0, 0, 28, 56]
    assert is_corrected(born, 32, dt.date(2026, 5, 31))
    assert not is_corrected(born, 32, dt.date(2026, 6, 1))
    assert not is_corrected(born, 37, dt.date(2025, 6, 1))
    day = born + dt.timedelta(days=200)
    scores = evaluate(WHO, Measures(7000, 650), "m", born, day, lying=True, early=56)
    told = [(one.indicator, one.corrected) for one in scores]
    assert told == [
        (Indicator.WEIGHT, False),
        (Indicator.WEIGHT, True),
        (Indicator.STATURE, False),
        (Indicator.STATURE, True),
        (Indicator.PROPORTION, False),
    ]
    assert scores[1].z > scores[0].z


def test_lying_until_two_years_and_the_other_way_is_made_comparable():
    born = dt.date(2023, 12, 3)
    assert measured_lying(born, dt.date(2025, 12, 2))
    assert not measured_lying(born, dt.date(2025, 12, 3))
    stood = WHO.z(Indicator.STATURE, boy(800, stature_mm=880, lying=False))
    lay = WHO.z(Indicator.STATURE, boy(800, stature_mm=887, lying=True))
    assert stood == pytest.approx(lay)


def test_outside_the_tables_nothing_is_said():
    born = dt.date(2020, 1, 1)
    day = born + dt.timedelta(days=1857)
    assert evaluate(WHO, Measures(20000), "m", born, day, lying=False) == ()
    assert WHO.z(Indicator.PROPORTION, boy(100, weight_g=5000, stature_mm=400)) is None
    assert WHO.line(Indicator.PROPORTION, "f", 200, 0) is None


def test_bands_go_piecewise_between_their_lines():
    bands = Bands((7.2, 8.2, 9.1, 10.1, 11.2, 12.4, 13.8))  # skewed, as the norm's are
    assert [bands.z(value) for value in bands.at] == [-3, -2, -1, 0, 1, 2, 3]
    assert bands.z(10.65) == pytest.approx(0.5)
    assert bands.z(8.65) == pytest.approx(-1.5)
    assert (bands.z(7.1), bands.z(13.9)) == (-4, 4)
    half = bands.between(Bands(tuple(value + 1 for value in bands.at)), 0.5)
    assert half.z(10.6) == pytest.approx(0)
