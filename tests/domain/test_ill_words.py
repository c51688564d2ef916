"""Words of illness or of a hurt among what people wrote: which of them a note is read for."""

import datetime as dt

import pytest

from app.domain.dayfacts import DayFacts
from app.domain.ill_words import speaks_of_illness, words_to_read
from app.domain.logbook import EntryDraft, EntryKind
from app.store import tables

AT = dt.datetime(2025, 12, 3, 10, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def facts(*entries):
    return DayFacts("予晴", "f", AT, entries=entries, urgent=tables.urgent())


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (EntryKind.NOTE, {"detail": "remark", "text": "额头摔了个包"}),
        (EntryKind.NOTE, {"detail": "notice", "text": "额头摔了个包"}),
        (EntryKind.MEAL, {"detail": "lunch", "grade": 3, "text": "米饭", "note": "额头摔了个包"}),
        (EntryKind.TOILET, {"detail": "wet", "note": "额头摔了个包"}),
    ],
)
def test_a_hurt_is_found_wherever_it_was_written(kind, says):
    assert words_to_read(facts(EntryDraft(kind, AT, **says))) == ("额头摔了个包",)


@pytest.mark.parametrize("text", [
        "自己穿了鞋", "没有摔跤", "心疼妹妹", "鞋子偏小", "搭积木推倒了又搭，哈哈大笑", "搭高楼，推倒又搭",
        "抽了纸巾自己擦手", "抽奖游戏抽了一只小鸭", "汤不烫",
    ],
)  # fmt: skip
def test_what_harms_nobody_is_not(text):
    assert words_to_read(facts(EntryDraft(EntryKind.NOTE, AT, detail="remark", text=text))) == ()


@pytest.mark.parametrize(
    "text", ["被推倒了又搭积木", "乐乐推倒了予晴", "发烧抽了", "抽了两分钟", "汤烫到手", "抽奖时抽了筋，腿疼"]
)
def test_the_same_letters_of_a_hurt_are_still_read(text):
    assert words_to_read(facts(EntryDraft(EntryKind.NOTE, AT, detail="remark", text=text))) == (text,)


@pytest.mark.parametrize(("own", "ill"), [
    ("嘴边没红", False), ("嘴唇没有红", False), ("身上没起疹", False), ("脸上没发红", False), ("眼睛不红",
    False),
    ("嘴边没红，后来红了", True), ("嘴边红了", True), ("身上起疹了", True), ("脸没洗，有点红", True),
])  # fmt: skip
def test_redness_that_is_denied_is_none_and_one_that_came_later_is(own, ill):
    assert speaks_of_illness(own) is ill
