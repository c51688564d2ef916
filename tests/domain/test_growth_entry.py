"""What is typed at a measuring round is read, refused or doubted."""

import datetime as dt

import pytest

from app.domain.growth_entry import (
    DoubtfulMeasureError,
    MeasureError,
    Measures,
    check_against,
    cm_words,
    kg_words,
    read_measures,
)

DAY = dt.date(2025, 11, 5)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("12.35", "86.5", "48"), Measures(12350, 865, 480)),
        (("12", "", ""), Measures(12000)),
        (("１２．３", "８６。5", ""), Measures(12300, 865)),
    ],
)
def test_measures_are_read(typed, kept):
    assert read_measures(*typed) == kept


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("", "", ""), "weight"),
        (("0.99", "", ""), "weight"),
        (("30.01", "", ""), "weight"),
        (("123.5", "", ""), "weight"),
        (("12.345", "", ""), "weight"),
        (("十二", "", ""), "weight"),
        (("12", "39.9", ""), "stature"),
        (("12", "86.55", ""), "stature"),
        (("12", "0.865", ""), "stature"),
        (("12", "86", "56.1"), "head"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(typed, field):
    with pytest.raises(MeasureError) as refused:
        read_measures(*typed)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (Measures(11990, 865), "weight"),
        (Measures(12000, 859), "stature"),
        (Measures(12000, 865, 474), "head"),
    ],
)
def test_a_fall_is_doubted_with_both_values(new, field):
    with pytest.raises(DoubtfulMeasureError) as doubted:
        check_against(new, Measures(12000, 865, 480), DAY)
    assert doubted.value.field == field
    assert "11月5日" in doubted.value.sentence


def test_half_a_centimetre_is_within_the_hand():
    check_against(Measures(12000, 860, 475), Measures(12000, 865, 480), DAY)
    check_against(Measures(12000), None, None)


def test_words():
    assert (kg_words(12350), cm_words(865), kg_words(None), cm_words(None)) == ("12.35", "86.5", "", "")
