"""Three sentences at the door: what must be known first, nothing that was not logged."""

import dataclasses
import re

import pytest
from hypothesis import given

from app.domain.alerts import alerts
from app.domain.dayfacts import LOW_MOODS
from app.domain.doorwords import door_sentences
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import NoteText, compose
from app.domain.swaps import SWAP
from tests.domain.day import STORY, at, facts


def said(day, *things):
    return door_sentences(day, compose(day), things)


def test_the_story_in_three_sentences():
    assert said(STORY) == (
        "请留意：鞋子偏小，走路时常踮脚；建议换大半码。",
        "今天早点和午餐都吃完了，喝水 240 ml，睡了 1 小时 15 分。",
        "手工课“贴雪花”主动参与；起初有点想家，后来平静、开心。",
    )


def test_no_meal_is_left_out_at_the_door_and_a_refused_one_comes_first():
    slots = ("breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner")
    meals = [EntryDraft(EntryKind.MEAL, at(8 + 2 * i), detail=one, grade=4) for i, one in enumerate(slots)]
    meals[4] = dataclasses.replace(meals[4], grade=0)
    day = dataclasses.replace(STORY, entries=tuple(meals))
    assert said(day)[0] == "今天晚餐没有吃，早餐、早点、午餐和午点都吃完了。"
    meals[0] = dataclasses.replace(meals[0], grade=1)
    day = dataclasses.replace(STORY, entries=tuple(meals))
    assert said(day)[0] == "今天晚餐没有吃，早餐只吃了少量，早点、午餐和午点都吃完了。"


def moods(*kinds):
    return dataclasses.replace(
        STORY, entries=tuple(EntryDraft(EntryKind.MOOD, at(9 + n), detail=one) for n, one in enumerate(kinds))
    )


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("happy",), "情绪愉快。"),
        (("calm", "sleepy", "happy"), "起初平静，后来开心。"),
        (("calm", "sleepy", "calm"), "情绪平静。"),
        (("crying",), "有哭闹。"),
        (("sleepy", "sleepy"), "有些困倦。"),
        (("homesick", "calm"), "起初有点想家，后来平静。"),
        (("happy", "crying"), "起初开心，后来有哭闹。"),
        (("happy", "crying", "calm", "sleepy"), "起初开心，中间有哭闹，后来有些困倦。"),
        (("anxious", "homesick", "crying", "happy"), "起初有些焦虑，中间有点想家、有哭闹，后来开心。"),
    ],
)
def test_how_she_felt_is_said_as_one_speaks(kinds, words):
    assert said(moods(*kinds)) == (words,)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((("crying", 13, "做噩梦"), ("happy", 14, "")), "中午有哭闹（做噩梦），后来开心。"),
        ((("crying", 15, ""), ("happy", 16, "")), "下午有哭闹，后来开心。"),
        ((("happy", 10, "但是一直找妈妈"),), "情绪愉快（但是一直找妈妈）。"),
        ((("calm", 9, "很不平静"), ("happy", 15, "不太笑")), "起初平静（很不平静），后来开心（不太笑）。"),
        ((("calm", 9, ""), ("calm", 10, "想爸爸"), ("happy", 11, "")), "起初平静（想爸爸），后来开心。"),
        ((("homesick", 9, "10 分钟后平静"), ("calm", 10, "")), "起初有点想家，后来平静。"),
        (
            (("calm", 9, ""), ("sleepy", 10, "揉眼睛"), ("happy", 11, "")),
            "起初平静，中间有些困倦（揉眼睛），后来开心。",
        ),
    ],
)  # fmt: skip
def test_a_mood_is_said_of_its_hour_and_with_her_own_words(steps, words):
    entries = tuple(EntryDraft(EntryKind.MOOD, at(hour), detail=one, note=own) for one, hour, own in steps)
    assert said(dataclasses.replace(STORY, entries=entries)) == (words,)


def test_two_meals_that_went_alike_are_one_and_what_she_had_instead_stands_apart():
    meals = tuple(
        EntryDraft(EntryKind.MEAL, at(8 + n), detail=one, grade=4, text=text)
        for n, (one, text) in enumerate((("breakfast", "粥"), ("morning_snack", SWAP), ("lunch", "面")))
    )
    assert said(dataclasses.replace(STORY, entries=meals)) == ("今天早餐和午餐都吃完了，早点替餐吃完了。",)


def test_a_day_of_diapers_alone_is_told_by_them():
    wet = tuple(EntryDraft(EntryKind.TOILET, at(8 + n), detail="wet") for n in range(5))
    day = dataclasses.replace(STORY, entries=wet)
    assert said(day) == ("今天记了小便 5 次，别的请老师当面说。",)
    assert compose(day).prose.endswith("小便 5 次。")
    stool = EntryDraft(EntryKind.TOILET, at(14), detail="stool", quality="watery")
    assert said(dataclasses.replace(STORY, entries=(*wet, stool))) == (
        "请留意：今天水样便 1 次，请在家继续留意。",
        "今天记了小便 5 次，大便 1 次，别的请老师当面说。",
    )


def test_every_watery_stool_is_in_the_count_and_none_is_left_out_of_a_list():
    stools = tuple(
        EntryDraft(EntryKind.TOILET, at(9 + n), detail="stool", quality="watery") for n in range(5)
    )
    day = dataclasses.replace(STORY, entries=stools)
    assert said(day)[0] == "请留意：今天水样便 5 次，请在家继续留意。"
    silent = door_sentences(day, NoteText(prose="很好。", notice="带雨鞋。"))[0]
    assert silent == ("请留意：9:00 水样便、10:00 水样便、11:00 水样便、12:00 水样便、13:00 水样便；带雨鞋。")


def test_where_nothing_is_to_be_heeded_what_goes_home_is_said():
    calm = dataclasses.replace(STORY, entries=STORY.entries[:-1])
    assert said(calm, "水杯", "外套")[2] == "要带回的东西：水杯、外套。"
    assert said(calm)[0].startswith("今天")


def test_a_grave_fact_that_the_note_passes_over_is_said():
    fever = EntryDraft(EntryKind.TEMPERATURE, at(15), tenths=390)
    day = dataclasses.replace(STORY, entries=(*STORY.entries, fever))
    assert door_sentences(day, NoteText(prose="很好。"))[0] == "请留意：体温 39.0℃。"


def test_a_day_without_a_log_says_so():
    empty = dataclasses.replace(STORY, entries=(), checks=())
    assert said(empty) == ("今天予晴入园以后没有记录，请老师当面说。",)


def test_who_still_sleeps_is_said_to_sleep():
    asleep = dataclasses.replace(STORY, entries=(EntryDraft(EntryKind.SLEEP, at(13)),))
    assert said(asleep)[-1] == "今天睡下了，还没有起床。"


@given(facts)
def test_one_to_three_sentences_that_pass_over_nothing_grave(day):
    sentences = said(day)
    assert 1 <= len(sentences) <= 3
    assert all(one.endswith("。") for one in sentences)
    whole = "".join(sentences)
    for alert in alerts(day):
        if alert.grave:
            assert alert.words in sentences[0] or alert.told(NoteText(notice=sentences[0]))
    if not day.of(EntryKind.SLEEP):
        assert "睡" not in whole.replace("睡眠巡视", "")
    if not day.of(EntryKind.MOOD):
        assert not any(word in whole for word in ("情绪", "起初", "后来"))
    assert not any(f"情绪{mood.label}" in whole for mood in LOW_MOODS), "情绪哭闹 is no Chinese"
    assert "从" not in whole
    logged = "".join(f"{one.text}{one.note}" for one in day.entries)
    for name in ("贴雪花", "绘本", "番茄", "苹果"):
        assert name not in whole or name in logged
    assert not re.search(r"None|  ", whole.replace("己庚 辛", ""))
