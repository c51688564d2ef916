"""无异常 stands only beside words that are known for harmless; ordinary good days keep it."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dayfacts import CheckFact, DayFacts, Looked
from app.domain.doorwords import door_sentences
from app.domain.harmless import WORDS, is_harmless
from app.domain.ill_words import speaks_of_illness
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import compose
from app.domain.told_illness import ITEMS
from tests.domain.day import at
from tests.domain.teachers_words import GOOD, ILL, UNCLEAR

WARM, COLD = "晨检 36.5℃ · 无异常", "晨检 36.5℃"
DAY = DayFacts("予晴", "f", at(8), checks=(CheckFact("morning", at(8), 365),))


def beside(kind, own, minute=0):
    """An entry of a kind with words of the teacher's own in it."""
    moment = at(11, minute)
    match kind:
        case EntryKind.NOTE:
            return EntryDraft(kind, moment, detail="remark", text=own)
        case EntryKind.PHOTO:
            return EntryDraft(kind, moment, text=own, photo=1)
        case EntryKind.MEAL:
            return EntryDraft(kind, moment, detail="lunch", grade=4, text="番茄面", note=own)
        case EntryKind.MOOD:
            return EntryDraft(kind, moment, detail="calm", note=own)
        case EntryKind.ACTIVITY:
            return EntryDraft(kind, moment, detail="joined", text="积木", note=own)
        case EntryKind.SLEEP:
            return EntryDraft(kind, moment, until=at(13, minute), note=own)
        case EntryKind.OUTDOOR:
            return EntryDraft(kind, moment, until=at(12), text=own)
        case _:
            return EntryDraft(kind, moment, note=own)


KINDS = (
    EntryKind.NOTE, EntryKind.PHOTO, EntryKind.MEAL, EntryKind.MOOD, EntryKind.ACTIVITY, EntryKind.SLEEP,
    EntryKind.OUTDOOR, EntryKind.WATER, EntryKind.MILK, EntryKind.WASHING,
)  # fmt: skip
kinds, good = st.sampled_from(KINDS), st.sampled_from(GOOD)
entries = st.builds(beside, kinds, good, st.integers(0, 59))


def test_there_are_enough_words_to_tell_by():
    assert len(set(GOOD)) >= 100
    assert len(set(ILL)) >= 121


@pytest.mark.parametrize("own", GOOD)
def test_a_good_day_reads_warmly(own):
    assert is_harmless(own)
    assert not speaks_of_illness(own)
    for kind in KINDS:
        text = compose(dataclasses.replace(DAY, entries=(beside(kind, own),)))
        assert (text.health, text.notice) == (WARM, "")


@pytest.mark.parametrize("own", ILL)
def test_illness_and_hurts_are_told_wherever_they_are_written(own):
    assert not is_harmless(own)
    for kind in KINDS:
        facts = dataclasses.replace(DAY, entries=(beside(kind, own),))
        text = compose(facts)
        assert "无异常" not in text.health
        assert own in text.notice
        assert own in door_sentences(facts, text)[0]


@pytest.mark.parametrize("own", UNCLEAR)
def test_what_nobody_understands_is_no_good_news(own):
    assert not is_harmless(own)
    for kind in KINDS:
        assert "无异常" not in compose(dataclasses.replace(DAY, entries=(beside(kind, own),))).health


def test_where_words_are_not_understood_the_note_says_what_was_measured():
    text = compose(dataclasses.replace(DAY, entries=(beside(EntryKind.NOTE, "今天有些不一般。"),)))
    assert (text.health, text.notice) == (COLD, "")
    assert "今天有些不一般。" in text.prose
    unread = dataclasses.replace(DAY, checks=(), entries=(beside(EntryKind.NOTE, "今天有些不一般。"),))
    assert compose(unread).health == "未晨检"


@given(st.lists(entries, max_size=6), st.sampled_from((*ILL, *UNCLEAR)), kinds, st.data())
def test_one_ill_word_among_good_ones_is_enough(day, own, kind, data):
    """Not even as a piece of a longer text of good words does it leave the claim."""
    warm = dataclasses.replace(DAY, entries=tuple(day))
    assert "无异常" in compose(warm).health
    mark = data.draw(st.sampled_from(("，", "。", "、", "；", " ")))
    first, last = data.draw(good), data.draw(good)
    told = data.draw(st.sampled_from((own, f"{first}{mark}{own}", f"{own}{mark}{last}")))
    assert "无异常" not in compose(dataclasses.replace(warm, entries=(*day, beside(kind, told)))).health


BEFORE = (
    "",
    "今天",
    "上午",
    "她",
    "宝宝",
    "老师说",
    "又",
    "还",
    "有点",
    "午睡后",
    "和乐乐",
    "后来",
    "吃饭时",
)


@given(
    st.sampled_from(BEFORE),
    st.sampled_from((*ILL, *UNCLEAR)),
    st.sampled_from(("", "了", "的", "一会儿", "哦")),
)
def test_no_word_of_the_list_makes_an_ill_one_harmless(before, own, after):
    assert not is_harmless(f"{before}{own}{after}")


@pytest.mark.parametrize(
    "part", [*"不没无未只额眼耳鼻嘴脸口牙舌喉胸肚腿脚膝臂指皮屁便尿血药吐咳疼痛烧烫肿红青紫白黑黄"]
)
def test_no_bare_word_of_the_body_of_a_colour_or_of_denial_is_on_the_list(part):
    assert part not in WORDS
    assert not WORDS.intersection(ITEMS)


@pytest.mark.parametrize(
    ("own", "harmless"),
    [
        ("和乐乐一起搭积木", True),
        ("予晴很开心", True),
        ("浩然很开心", False),  # another's name: nobody knows what it is
        ("唱《我的小肚肚》", True),
        ("没有咳嗽、流鼻涕", True),
        ("没咳嗽，没流鼻涕", True),
        ("没有咳嗽了", False),
        ("没有再咳嗽", False),
        ("没有发热、呕吐两次", False),
        ("吃了积木", False),
        ("吃完饭，玩积木", True),
        ("吃了西兰花", True),
        ("", True),
    ],
)
def test_words_are_understood_from_end_to_end(own, harmless):
    assert is_harmless(own, ("予晴",)) is harmless


def test_what_is_known_of_her_counts_as_understood():
    lunch = EntryDraft(
        EntryKind.MEAL, at(11), detail="lunch", grade=4, text="豆腐饭", note="鸡蛋过敏，已换替餐"
    )
    facts = dataclasses.replace(DAY, entries=(lunch,), allergies=("鸡蛋",))
    assert compose(facts).health == WARM
    assert compose(dataclasses.replace(facts, allergies=())).health == COLD
    odd = dataclasses.replace(facts, looked=(Looked(lunch, "鸡蛋过敏", "嘴边有点点", "swapped"),))
    assert "无异常" not in compose(odd).health
