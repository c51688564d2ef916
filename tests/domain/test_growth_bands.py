"""Tables a centre types from the printed norm: read row by row, piecewise between lines and between rows."""

import pytest

from app.domain.growth import DAYS_OF_MONTH, Body, Indicator
from app.domain.growth_bands import (
    HEADS,
    BandError,
    BandRow,
    BandStandard,
    check_complete,
    read_rows,
)

# Made up for the tests, skewed as the norm's tables are; not the norm's numbers.
ROWS = (
    BandRow("weight", "m", 24, (8000, 9000, 10000, 11000, 12500, 14500, 17000)),
    BandRow("weight", "m", 27, (8600, 9600, 10600, 11600, 13100, 15100, 17600)),
    BandRow("length_weight", "m", 800, (7000, 8000, 9000, 10000, 11000, 12000, 13000)),
    BandRow("length_weight", "m", 805, (7100, 8100, 9100, 10100, 11100, 12100, 13100)),
    BandRow("height_weight", "m", 900, (9000, 10000, 11000, 12000, 13000, 14000, 15000)),
    BandRow("head", "m", 24, (440, 450, 460, 470, 480, 490, 500)),
)
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
    ],
)
def test_a_bad_row_is_told_with_its_line(row, why):
    good, bad = read(GOOD, row)
    assert len(good) == 1
    assert bad[0].line == 3
    assert why in bad[0].why


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
            tuple(BandRow("weight", sex, month, ROWS[0].ends) for sex in "mf" for month in (0, 24))
        )
