"""Tables a centre types from the printed norm: read row by row, piecewise between lines and between rows."""

import dataclasses

import pytest

from app.domain.growth import DAYS_OF_MONTH, Body, Indicator
from app.domain.growth_bands import (
    HEADS,
    BandError,
    BandRow,
    BandStandard,
    check_complete,
    check_near,
    read_rows,
)
from app.store.growth_tables import WhoStandard

# Made up for the tests, skewed as the norm's tables are; not the norm's numbers.
ROWS = (
    BandRow("weight", "m", 24, (8000, 9000, 10000, 11000, 12500, 14500, 17000)),
    BandRow("weight", "m", 27, (8600, 9600, 10600, 11600, 13100, 15100, 17600)),
    BandRow("length_weight", "m", 800, (7000, 8000, 9000, 10000, 11000, 12000, 13000)),
    BandRow("length_weight", "m", 805, (7100, 8100, 9100, 10100, 11100, 12100, 13100)),
    BandRow("height_weight", "m", 900, (9000, 10000, 11000, 12000, 13000, 14000, 15000)),
    BandRow("head", "m", 24, (440, 450, 460, 470, 480, 490, 500)),
)
WHO = WhoStandard()
OURS = BandStandard("WS/T 423—2022", ROWS)


def boy(months, **more):
    return Body("m", round(months * DAYS_OF_MONTH), months, **more)


def test_z_is_piecewise_between_the_lines():
    assert OURS.z(Indicator.WEIGHT, boy(24, weight_g=11000)) == 0
    assert OURS.z(Indicator.WEIGHT, boy(24, weight_g=13500)) == pytest.approx(1.5)
    assert OURS.z(Indicator.WEIGHT, boy(24, weight_g=8500)) == pytest.approx(-2.5)


def test_ages_between_the_rows_are_interpolated():
    assert OURS.z(Indicator.WEIGHT, boy(25, weight_g=11200)) == pytest.approx(0)
    assert OURS.line(Indicator.WEIGHT, "m", 25 * DAYS_OF_MONTH, 0) == pytest.approx(11.2)
    assert OURS.line(Indicator.WEIGHT, "m", 24 * DAYS_OF_MONTH, 1.5) == pytest.approx(13.5)


def test_beyond_the_last_line_it_says_beyond_and_no_number():
    assert OURS.z(Indicator.WEIGHT, boy(24, weight_g=17010)) == 4
    assert OURS.z(Indicator.WEIGHT, boy(24, weight_g=7990)) == -4


def test_lying_and_standing_have_their_own_rows():
    assert OURS.z(Indicator.PROPORTION, boy(20, weight_g=10050, stature_mm=802, lying=True)) == pytest.approx(
        0.01, abs=0.02
    )
    assert OURS.z(Indicator.PROPORTION, boy(24, weight_g=12000, stature_mm=900, lying=False)) == 0
    assert OURS.line(Indicator.PROPORTION, "m", 80.0, 0) == 10


def test_where_no_row_reaches_nothing_is_said():
    assert OURS.z(Indicator.WEIGHT, boy(23, weight_g=11000)) is None
    assert OURS.z(Indicator.WEIGHT, boy(28, weight_g=11000)) is None
    assert OURS.z(Indicator.STATURE, boy(24, stature_mm=880)) is None
    assert OURS.z(Indicator.PROPORTION, boy(24, weight_g=12000)) is None
    assert OURS.line(Indicator.STATURE, "f", 700, 0) is None


GOOD = ("年龄别体重", "男", "24", "8", "9", "10", "11", "12.5", "14.5", "17")


def read(*rows):
    return read_rows([(1, HEADS), *((number, row) for number, row in enumerate(rows, 2))])


def test_good_rows_are_read_in_grams_and_millimetres():
    good, bad = read(GOOD, ("身长别体重", "女", "80.5", "7", "8", "9", "10", "11", "12", "13"))
    assert bad == ()
    assert good[0] == ROWS[0]
    assert good[1].place == 805


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (GOOD[:-1], "10 格"),
        (("年龄别身高重", *GOOD[1:]), "没有"),
        ((GOOD[0], "M", *GOOD[2:]), "性别"),
        ((*GOOD[:2], "24.5", *GOOD[3:]), "整数"),
        ((*GOOD[:2], "84", *GOOD[3:]), "整数"),
        ((*GOOD[:-1], "一七"), "数字"),
        ((*GOOD[:-1], "14.5"), "从小到大"),
        ((*GOOD, "99"), "多了格子"),
        ((*GOOD[:3], "70", "75", "80", "85", "90", "95", "100"), "1–60 kg"),
        (("年龄别头围", "男", "24", "20", "45", "46", "47", "48", "49", "50"), "25–65 cm"),
        (("年龄别身长身高", "男", "24", "8", "9", "10", "11", "12.5", "14.5", "17"), "35–150 cm"),
        (("身长别体重", "男", "24", *GOOD[3:]), "40–150 cm"),
        ((*GOOD[:2], "27", *GOOD[3:-1], "16.9"), "有的数比 24 月龄那行还小"),
    ],
)
def test_a_bad_row_is_told_with_its_line(row, why):
    good, bad = read(GOOD, row)
    assert len(good) == 1
    assert bad[0].line == 3
    assert why in bad[0].why


def test_empty_cells_at_the_end_of_a_row_are_none():
    assert read((*GOOD, "", " "))[1] == ()


def test_whoever_stands_at_two_is_as_much_shorter_as_standing_makes_one():
    lying = ("年龄别身长身高", "女", "23", "75", "78", "81", "84", "87", "90", "93")
    for less, bad in ((0.7, 0), (0.8, 1)):
        values = (f"{float(value) - less:.1f}" for value in lying[3:])
        standing = ("年龄别身长身高", "女", "24", *values)
        assert len(read(lying, standing)[1]) == bad
        older = ("年龄别身长身高", "女", "25", *standing[3:])
        assert len(read((*lying[:2], "24", *lying[3:]), older)[1]) == 1


def flat(*kinds, places=(12, 15, 18)):
    return tuple(
        BandRow(kind, sex, place, ROWS[0].ends) for kind in kinds for sex in "mf" for place in places
    )


def test_a_table_of_one_row_judges_nobody():
    whole = flat("weight", "stature")
    check_complete(whole)
    with pytest.raises(BandError, match=r"缺“年龄别头围”男孩.*至少两行"):
        check_complete((*whole, ROWS[-1]))


@pytest.mark.parametrize(
    ("kind", "places", "where"),
    [
        ("weight", (0, 1, 3), "“年龄别体重”男孩 1 月龄和 3 月龄之间缺行"),
        ("weight", (9, 12), "9 月龄和 12 月龄之间缺行"),
        ("stature", (24, 27, 36), "“年龄别身长身高”男孩 27 月龄和 36 月龄之间缺行"),
        ("length_weight", (700, 720, 750), "“身长别体重”男孩 72 cm和 75 cm之间缺行"),
    ],
)
def test_no_straight_line_judges_where_rows_are_left_out(kind, places, where):
    rest = flat(*({"weight", "stature"} - {kind}))
    check_complete((*rest, *flat(kind, places=range(places[0], places[-1] + 1))))
    with pytest.raises(BandError, match=where):
        check_complete((*rest, *flat(kind, places=places)))


def follow(indicator, kind, sex, places, scale=1.0, aside=0.0):
    """Rows as WHO has them, ``scale`` times, or those that lie some deviations aside."""
    share, step = {
        "weight": (1000, DAYS_OF_MONTH), "stature": (10, DAYS_OF_MONTH), "head": (10, DAYS_OF_MONTH),
    }.get(kind, (1000, 0.1))  # fmt: skip
    values = {
        place: [WHO.line(indicator, sex, place * step, z + aside) for z in range(-3, 4)] for place in places
    }
    return tuple(
        BandRow(kind, sex, place, tuple(round(scale * share * one) for one in line))
        for place, line in values.items()
    )


def both(kind, sexes="mf", **how):
    """A table of both sexes that follows WHO; ``sexes`` are those whose lines it takes for boys and girls."""
    places = range(61) if kind in _OF_AGE else range(700, 1000, 10)
    pairs = zip("mf", sexes, strict=True)
    return tuple(
        dataclasses.replace(row, sex=sex)
        for sex, taken in pairs
        for row in follow(_OF_AGE.get(kind, Indicator.PROPORTION), kind, taken, places, **how)
    )


_OF_AGE = {"weight": Indicator.WEIGHT, "stature": Indicator.STATURE, "head": Indicator.HEAD}
_TABLES = (*_OF_AGE, "length_weight", "height_weight")


@pytest.mark.parametrize("aside", [0, 0.3, 0.6])
def test_a_table_that_follows_a_norm_or_lies_as_far_above_it_as_the_printed_one_is_near(aside):
    check_near(tuple(row for kind in _TABLES for row in both(kind, aside=aside)), WHO)


def test_what_a_norm_does_not_reach_is_held_against_nothing():
    check_near(tuple(BandRow("weight", "m", month, ROWS[0].ends) for month in (70, 80)), WHO)


@pytest.mark.parametrize("kind", _TABLES)
@pytest.mark.parametrize("aside", [1, -1])
def test_a_table_in_the_columns_beside_its_own_is_refused(kind, aside):
    with pytest.raises(BandError, match="整张表都偏离 WHO"):
        check_near(both(kind, aside=aside), WHO)


@pytest.mark.parametrize("kind", _TABLES)
@pytest.mark.parametrize("aside", [0, 0.4])
@pytest.mark.parametrize("sexes", ["fm", "mm", "ff"])
def test_boys_and_girls_changed_about_or_alike_are_refused(kind, aside, sexes):
    with pytest.raises(BandError, match="男孩的数不比女孩大"):
        check_near(both(kind, sexes, aside=aside), WHO)


@pytest.mark.parametrize("wrong", [0.1, 0.85, 1.15, 10])
def test_a_single_value_in_a_wrong_place_is_named(wrong):
    rows = list(both("weight"))
    at = next(place for place, row in enumerate(rows) if (row.sex, row.place) == ("f", 20))
    ends = list(rows[at].ends)
    ends[3] = round(ends[3] * wrong)
    rows[at] = dataclasses.replace(rows[at], ends=tuple(ends))
    with pytest.raises(BandError, match=r"“年龄别体重”女孩 20 月龄的中位数[\d.]+，和 WHO 2006 差得太多"):
        check_near(tuple(rows), WHO)


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (("weight", "m", (0, 36)), "漏了行|整张表"),  # a straight line over three years
        (("weight", "m", range(61), 1.3), "“年龄别体重”男孩整张表"),
        (("stature", "f", range(61), 0.85), "“年龄别身长身高”女孩整张表"),
        (("length_weight", "f", range(700, 1100, 10), 1.5), "“身长别体重”女孩整张表"),
        (("height_weight", "f", range(700, 1100, 10), 0.5), "“身高别体重”女孩整张表"),
    ],
)
def test_a_table_far_from_a_norm_is_refused(wrong, where):
    with pytest.raises(BandError, match=where):
        check_near(follow(_OF_AGE.get(wrong[0], Indicator.PROPORTION), *wrong), WHO)


def test_a_row_twice_and_another_head():
    _good, bad = read(GOOD, GOOD)
    assert "重复" in bad[0].why
    with pytest.raises(BandError, match="表头"):
        read_rows([(1, GOOD)])
    with pytest.raises(BandError, match="表头"):
        read_rows([])


def test_half_a_standard_must_not_judge():
    with pytest.raises(BandError, match="身长身高"):
        check_complete(
            tuple(BandRow("weight", sex, month, ROWS[0].ends) for sex in "mf" for month in (12, 15))
        )
