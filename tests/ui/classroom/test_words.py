"""Times and amounts as teachers type them."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.logbook import EntryKind
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


BOTH, THREE = "睡着的 1 人、发热的 1 人", "全班醒着的 3 人（发热的 1 人不记）"


@pytest.mark.parametrize(
    ("kind", "names", "left", "title"),
    [
        (EntryKind.OUTDOOR, "朱予晴 张沐阳 吴嘉懿", BOTH, THREE),
        (EntryKind.ACTIVITY, "朱予晴 张沐阳 吴嘉懿", BOTH, THREE),
        (EntryKind.MEAL, "朱予晴 张沐阳 孙一诺 吴嘉懿", "睡着的 1 人", "全班醒着的 4 人"),
        (EntryKind.SLEEP_CHECK, "杨雨桐", "", "杨雨桐"),
        (EntryKind.SLEEP, "朱予晴 张沐阳 孙一诺 杨雨桐 吴嘉懿", "", "全班 5 人"),
    ],
)  # fmt: skip
def test_whom_of_a_class_an_act_is_about(kind, names, left, title):
    cards = tuple(replace(card, apart=card.name == "孙一诺") for card in data.CARDS)
    meant, out = words.meant_of_class(kind, cards)
    assert " ".join(card.name for card in meant) == names
    assert (out.words, words.whom_words(meant, whole=True, left=out)) == (left, title)


def test_why_an_act_is_about_nobody():
    (card,) = (card for card in data.CARDS if card.asleep_since is None and card.name == "孙一诺")
    _, out = words.meant_of_class(EntryKind.OUTDOOR, (replace(card, apart=True),))
    assert words.nobody_words(EntryKind.OUTDOOR, out) == "全班只有发热的 1 人，没有要记户外的孩子。"
    assert words.nobody_words(EntryKind.OUTDOOR, words.LeftOut(2)) == "全班都在睡，没有要记户外的孩子。"


def test_on_a_line_how_long_ago_is_short_and_still_ago():
    said = ("上次喝奶 44 分钟前", "上次换尿布 1 小时前", "上次如厕 2 小时 47 分前", "上次睡醒 5 分钟前")
    assert [words.short_since(one) for one in said] == [
        "奶 44 分前", "尿布 1 时前", "厕 2 时 47 分前", "醒 5 分前",
    ]  # fmt: skip
