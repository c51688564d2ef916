"""What is typed into a rule, and what a rule may be."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rules import (
    RuleSpec,
    RuleValueError,
    bounds_words,
    kept,
    read_value,
    require_order,
    shown,
    words_of,
)

FEVER = RuleSpec("fever_tenths", "发热线", "健康", "tenths", "℃", 370, 385)
OPEN = RuleSpec("opening", "开门", "时间", "clock", "", 300, 720)
GRACE = RuleSpec("grace_minutes", "宽限", "计费", "minutes", "分钟", 0, 60)


@pytest.mark.parametrize(
    ("spec", "typed", "value"),
    [
        (FEVER, "37.3", "373"),
        (FEVER, " 38 ", "380"),
        (OPEN, "7:30", "07:30"),
        (OPEN, "07：30", "07:30"),
        (GRACE, "0", "0"),
    ],
)
def test_what_is_typed_is_read_leniently(spec, typed, value):
    assert read_value(spec, typed) == value


@pytest.mark.parametrize(
    ("spec", "typed"),
    [
        (FEVER, "36.9"),
        (FEVER, "3730"),
        (OPEN, "4:59"),
        (OPEN, "12:01"),
        (OPEN, "730"),
        (GRACE, "-1"),
        (GRACE, "十"),
    ],
)
def test_what_cannot_be_is_refused_with_the_bounds_or_an_example(spec, typed):
    with pytest.raises(RuleValueError, match=r"按|之间"):
        read_value(spec, typed)


@given(number=st.integers(300, 720))
def test_a_clock_time_that_is_shown_is_read_back(number):
    text = kept("clock", number)
    assert read_value(OPEN, shown(OPEN, text)) == text


@given(number=st.integers(370, 385))
def test_a_temperature_that_is_shown_is_read_back(number):
    assert read_value(FEVER, shown(FEVER, str(number))) == str(number)


def test_words_carry_the_unit():
    assert (words_of(FEVER, "373"), words_of(OPEN, "07:30"), words_of(GRACE, "5")) == (
        "37.3 ℃",
        "07:30",
        "5 分钟",
    )


def test_what_comes_first_stays_first():
    day = dt.date(2025, 12, 3)
    require_order({"opening": "07:30", "closing": "18:00"}, day)
    with pytest.raises(RuleValueError, match="2025-12-03"):
        require_order({"lunch_from": "12:30", "lunch_to": "12:30"}, day)


def test_words_are_kept_as_a_list_within_their_length():
    names = RuleSpec("medicine_refused", "不代喂的药", "健康", "words", "", 0, 10)
    assert read_value(names, " 头孢， 钙片;；") == "头孢、钙片"
    assert read_value(names, "") == ""
    assert bounds_words(names) == "0 到 10 个字"
    assert bounds_words(FEVER) == "37.0 ℃ 到 38.5 ℃"
    with pytest.raises(RuleValueError):
        read_value(names, "一二三四五六七八九十一")
    with pytest.raises(RuleValueError):
        read_value(RuleSpec("card_green", "牌", "健康", "words", "", 1, 6), " ")
