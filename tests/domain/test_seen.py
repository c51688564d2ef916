"""What a note has seen against what holds now: nothing that a day tells goes or changes without a word."""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dayfacts import CaseFact, CheckFact, ClassWord, DayFacts, InjuryFact
from app.domain.dose_facts import DoseFact
from app.domain.ids import EntryId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import NoteText, compose
from app.domain.seen import (
    AROUND,
    Fact,
    Seen,
    Turned,
    clock_of,
    facts_of,
    gone_alerts,
    read_seen,
    turned_entry,
    turned_facts,
)
from tests.domain.day import STORY, at, facts

NOW = "1.0"
FULL = dataclasses.replace(
    STORY,
    medicine=(DoseFact("布洛芬", at(12, 30), given=True, at=at(12, 34), dose="2.5 ml", way="口服"),),
    fever=("10:00 38.3℃，10:05 复测 38.4℃，10:05 电话告诉了妈妈 赵敏",),
    injuries=(InjuryFact(at(9, 30), "跌伤（额头）", ("跌伤",)),),
    cases=(CaseFact(at(11), "手足口病（疑似）", "", ("手足口",)),),
    class_words=(ClassWord("notice", "明天带雨鞋"),),
)
TOLD = [field.name for field in dataclasses.fields(DayFacts) if field.name not in AROUND]


def seen_of(day, wording=NOW):
    return Seen(frozenset({EntryId(3), EntryId(17)}), frozenset({"9:50 体温 38.3℃"}), facts_of(day), wording)


def turned(before, after, wording=NOW):
    return turned_facts(seen_of(before, wording), after, compose(before), NOW)


def test_what_was_seen_is_read_as_it_was_written():
    seen = seen_of(FULL)
    assert read_seen(seen.written()) == seen
    assert json.loads(seen.written())["wording"] == NOW
    assert read_seen("") is None


def test_what_was_written_before_there_were_facts_is_read_too():
    assert read_seen("3 17\n9:50 体温 38.3℃") == Seen(
        frozenset({EntryId(3), EntryId(17)}), frozenset({"9:50 体温 38.3℃"})
    )
    assert read_seen("-") == Seen(frozenset(), frozenset())


def test_the_fullest_day_has_something_of_every_kind_to_be_told():
    assert {one.kind for one in facts_of(FULL)} == set(TOLD)
    assert set(AROUND) <= {field.name for field in dataclasses.fields(DayFacts)}
    assert all("object at" not in one.words and "(" not in one.words for one in facts_of(FULL))


def test_a_kind_of_fact_that_comes_later_is_compared_without_a_word_here():
    later = dataclasses.make_dataclass("Later", [("walks", tuple), ("guest", str)])
    before, after = later((InjuryFact(at(9), "去了公园", ()),), "园长"), later((), "")
    gone = turned_facts(Seen(frozenset(), frozenset(), facts_of(before), NOW), after, NoteText(), NOW)
    assert [one.shown for one in gone] == ["去了公园", "园长"]


@pytest.mark.parametrize("name", TOLD)
def test_whatever_is_taken_out_of_a_day_is_named(name):
    value = getattr(FULL, name)
    empty = () if isinstance(value, tuple) else at(9, 2) if name == "arrived" else ""
    assert turned(FULL, dataclasses.replace(FULL, **{name: empty}))


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("arrived", at(9, 2), "9:12 入园 → 9:02 入园"),
        ("brought_by_words", "妈妈", "由奶奶送来 → 由妈妈送来"),
        (
            "checks",
            (CheckFact("morning", at(9, 12), 368), STORY.checks[1]),
            "晨检 36.5℃ 正常 → 晨检 36.8℃ 正常",
        ),
        (
            "medicine",
            (DoseFact("布洛芬", at(12, 30), given=False, reason="睡着了"),),
            "12:34 喂布洛芬 2.5 ml（口服） → 12:30 的布洛芬没喂：睡着了",
        ),
        ("injuries", (InjuryFact(at(9, 30), "跌伤（左膝）", ()),), "跌伤（额头） → 跌伤（左膝）"),
        ("cases", (CaseFact(at(11), "水痘（疑似）", "", ()),), "手足口病（疑似） → 水痘（疑似）"),
        (
            "fever",
            ("10:00 38.3℃，10:05 复测 38.6℃，10:05 电话告诉了妈妈 赵敏",),
            "发热处理 10:05 复测 38.4℃ → 发热处理 10:05 复测 38.6℃",
        ),
    ],
)
def test_what_was_corrected_is_said_as_it_was_and_as_it_is(name, changed, said):
    assert [one.shown for one in turned(FULL, dataclasses.replace(FULL, **{name: changed}))] == [said]


def test_what_only_comes_to_a_day_takes_nothing_back():
    more = dataclasses.replace(
        FULL,
        fever=("10:00 38.3℃，10:05 复测 38.4℃，10:05 电话告诉了妈妈 赵敏，10:20 起单独照看",),
        injuries=(InjuryFact(at(9, 30), "跌伤（额头），已就诊", ()), InjuryFact(at(15), "夹伤", ())),
        checks=(*FULL.checks, CheckFact("day", at(15))),
        left=at(16),
        class_words=(*FULL.class_words, ClassWord("prose", "下周体检")),
    )
    assert turned(FULL, more) == ()


def test_what_was_not_told_at_all_is_no_correction():
    nobody = dataclasses.replace(FULL, brought_by_words="")
    assert turned(nobody, FULL) == ()
    assert [one.shown for one in turned(FULL, nobody)] == ["由奶奶送来"]


def test_a_sentence_for_the_class_that_the_teacher_left_out_is_not_missed():
    seen = seen_of(FULL)
    without = dataclasses.replace(FULL, class_words=())
    assert turned_facts(seen, without, NoteText(prose="今天很好。"), NOW) == ()
    assert turned_facts(seen, without, NoteText(notice="明天带雨鞋。"), NOW) == (Turned("明天带雨鞋"),)


def test_words_of_another_program_are_no_correction_and_a_fact_that_is_gone_is_known():
    other = dataclasses.replace(FULL, injuries=(InjuryFact(at(9, 30), "摔伤（额头）", ()),))
    assert turned(FULL, other, "0.9") == ()
    none = dataclasses.replace(FULL, injuries=())
    assert [one.was for one in turned(FULL, none, "0.9")] == ["跌伤（额头）"]


def test_an_exceptional_fact_that_is_none_any_more_is_known_by_its_key():
    seen = seen_of(FULL)
    assert gone_alerts(seen, FULL, ["9:50 体温 38.3℃"], NOW) == ()
    assert gone_alerts(seen, FULL, [], NOW) == ("9:50 体温 38.3℃",)
    # What another program called otherwise is known by its hour, and of an entry that stands nothing is said.
    assert gone_alerts(seen, dataclasses.replace(FULL, entries=()), ["9:50 发热 38.3℃"], "2.0") == ()
    assert gone_alerts(seen, FULL, [], "2.0") == ()  # there is a mood at 9:50
    assert gone_alerts(seen, dataclasses.replace(FULL, entries=()), [], "2.0") == ("9:50 体温 38.3℃",)


def test_what_became_of_an_entry():
    lunch = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="番茄面")
    assert turned_entry(lunch, None).shown == "午餐 番茄面 · 吃完"
    refused = dataclasses.replace(lunch, grade=0)
    assert turned_entry(lunch, refused).shown == "午餐 番茄面 · 吃完 → 番茄面 · 拒食"
    later = dataclasses.replace(lunch, at=at(11, 50))
    assert turned_entry(lunch, later).shown == "11:30 午餐 番茄面 · 吃完 → 11:50"
    snack = dataclasses.replace(lunch, detail="afternoon_snack")
    assert turned_entry(lunch, snack).shown == "午餐 番茄面 · 吃完 → 午点 番茄面 · 吃完"
    assert turned_entry(lunch, dataclasses.replace(lunch, helper=3)) is None


def test_a_sleep_that_has_got_its_end_takes_nothing_back():
    asleep = EntryDraft(EntryKind.SLEEP, at(12))
    assert turned_entry(asleep, dataclasses.replace(asleep, until=at(14))) is None
    assert turned_entry(asleep, dataclasses.replace(asleep, at=at(13), until=at(14))) is not None


def test_a_time_outdoors_that_takes_the_place_of_none_is_told():
    inside = EntryDraft(EntryKind.OUTDOOR, at(10), text="雾霾")
    assert turned_entry(inside, dataclasses.replace(inside, until=at(10, 25))) is not None


def test_words_behind_what_was_told_are_news_of_a_hurt_alone():
    doctor = (InjuryFact(at(9, 30), "跌伤（额头），已就诊", ()),)
    assert turned(FULL, dataclasses.replace(FULL, injuries=doctor)) == ()
    ruled_out = (CaseFact(at(11), "手足口病（疑似），已排除", "", ()),)
    assert turned(FULL, dataclasses.replace(FULL, cases=ruled_out)) != ()


def test_a_correction_is_cut_to_a_line():
    long = "字" * 40
    assert Turned(f"{long}甲", f"乙{long}").shown == f"{long} → 乙{long[1:]}"
    assert Turned(f"{long}甲", f"{long}乙").shown == long, "the same as far as it is shown"


def test_the_hour_of_words():
    assert [clock_of(one) for one in ("9:50 体温", "09:50 喂", "00:05 喂", "喂")] == [
        "9:50",
        "9:50",
        "0:05",
        "",
    ]


@given(facts, st.data())
def test_no_fact_of_any_day_goes_unnoticed(day, data):
    assert turned(day, day) == ()
    for name in TOLD:
        value = getattr(day, name)
        if not isinstance(value, tuple) or not value or name == "fever":
            continue
        gone = data.draw(st.integers(0, len(value) - 1))
        less = dataclasses.replace(day, **{name: value[:gone] + value[gone + 1 :]})
        assert turned(day, less), name
        assert turned(less, day) == () or len(value) > 1


@given(facts)
def test_every_key_of_a_day_is_its_own(day):
    found = [(one.kind, one.key) for one in facts_of(day)]
    assert len(found) == len(set(found))
    assert all(isinstance(one, Fact) for one in facts_of(day))
