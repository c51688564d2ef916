"""Times and amounts as teachers type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.classroom import words
from tests.ui.classroom import data


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("11:30", (11, 30)), ("1130", (11, 30)), ("930", (9, 30)), ("11：05", (11, 5)), ("9点", (9, 0)),
     ("9点20分", (9, 20)), (" 7:5 ", (7, 5))],
)  # fmt: skip
def test_a_time_is_read_in_every_way_it_is_typed(typed, meant):
    assert words.read_clock(typed) == dt.time(*meant)


@pytest.mark.parametrize("typed", ["", "25:00", "12:60", "下午", "1", "12345", "-1:00"])
def test_what_is_no_time_is_none(typed):
    assert words.read_clock(typed) is None


@given(st.times())
def test_every_minute_of_the_day_reads_back(time):
    assert words.read_clock(f"{time:%H:%M}") == time.replace(second=0, microsecond=0)
    assert words.read_clock(f"{time:%H%M}") == time.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("typed", "meant"), [("95", 95), ("120 ml", 120), ("80毫升", 80), ("", None), ("少", None)]
)
def test_millilitres(typed, meant):
    assert words.read_amount(typed) == meant


def test_a_card_is_spoken_with_its_allergy_and_without_saying_a_thing_twice():
    assert words.spoken_card(data.YUQING) == "朱予晴，2岁3个月，临时托，鸡蛋过敏"


def test_a_sleeping_child_shows_sleep_and_an_unhappy_one_a_warning():
    assert words.mood_icon(data.YUTONG) == ("sleep", "info")
    assert words.mood_icon(data.YUQING) == ("emoticon-sad-outline", "warn")
    assert words.mood_icon(data.MUYANG) == ("emoticon-happy-outline", "ink_2")
