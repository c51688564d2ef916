"""Half a day as it went: each thing in its order, the word for the time once."""

import dataclasses

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import compose
from app.store import tables
from tests.domain.day import STORY, at


def prose(*entries, **parts):
    text = compose(dataclasses.replace(STORY, entries=entries, checks=(), **parts)).prose
    return text.partition("。")[2]


def mood(hour, minute, kind, note=""):
    return EntryDraft(EntryKind.MOOD, at(hour, minute), detail=kind, note=note)


def played(hour, minute, name, part="joined"):
    return EntryDraft(EntryKind.ACTIVITY, at(hour, minute), detail=part, text=name)


def test_a_mood_stands_with_what_she_was_at_and_not_behind_all_of_it():
    said = prose(
        played(10, 0, "绘本", "eager"),
        mood(10, 10, "happy"),
        played(10, 30, "积木", "watched"),
        mood(11, 10, "calm"),
    )
    assert said == "上午绘本，她主动参与，很开心；积木，在旁边看着，情绪平静。"


def test_a_mood_long_after_what_was_done_came_later():
    said = prose(played(10, 0, "绘本"), mood(11, 10, "happy"), mood(11, 20, "calm"))
    assert said == "上午绘本，她跟着大家一起参与；后来情绪愉快；后来情绪平静。"


def test_what_came_before_the_nap_is_told_before_it():
    said = prose(
        EntryDraft(EntryKind.SLEEP, at(12, 30), until=at(13)),
        mood(12, 10, "crying"),
        played(12, 5, "绘本"),
        EntryDraft(EntryKind.NOTE, at(12, 20), detail="remark", text="自己收了玩具"),
    )
    assert said == ("中午绘本，她跟着大家一起参与；12:10 有哭闹。自己收了玩具。12:30–13:00 午睡 30 分钟。")


def test_the_word_for_the_time_is_not_said_again_after_a_low_mood():
    out = EntryDraft(EntryKind.OUTDOOR, at(15, 40), until=at(16, 10))
    assert prose(mood(15, 0, "happy"), mood(15, 30, "sleepy"), out) == (
        "下午情绪愉快；15:30 有些困倦；户外活动 30 分钟。"
    )
    assert prose(mood(15, 0, "crying"), played(15, 10, "绘本")) == (
        "15:00 有哭闹；下午绘本，她跟着大家一起参与。"
    )


@pytest.mark.parametrize("months", [8, 20, 34])
def test_no_word_of_taking_part_speaks_of_a_mood(months):
    """兴致很高，平平静静的 contradicts itself."""
    for seed in range(40):
        said = prose(
            played(10, 0, "绘本", "eager"),
            mood(10, 20, "calm"),
            phrases=tables.phrases(),
            seed=seed,
            months=months,
        )
        assert "兴致" not in said


def test_who_wakes_drowsy_does_not_grow_sleepy_on_waking():
    nap = EntryDraft(EntryKind.SLEEP, at(12, 20), until=at(13, 35))
    for months in (8, 20, 34):
        for seed in range(20):
            said = prose(nap, mood(13, 40, "sleepy"), phrases=tables.phrases(), seed=seed, months=months)
            assert "犯困" not in said
            assert "还" in said
            assert "困" in said
