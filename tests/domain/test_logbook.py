import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import StaffId
from app.domain.log_checks import check_entry
from app.domain.logbook import (
    EntryDraft,
    EntryError,
    EntryKind,
    MealGrade,
    MealSlot,
    Milk,
    Mood,
    NoteKind,
    Part,
    Position,
    PottyStep,
    Reaction,
    Site,
    SleepOverlapError,
    SleepSign,
    SleepWay,
    Stool,
    StoolColour,
    Toilet,
    Washing,
    degrees,
    duration_words,
    parse_temperature,
    title_of,
    words_among,
    words_of,
)

TZ = dt.timezone(dt.timedelta(hours=8))


def at(hour, minute=0, second=0):
    return dt.datetime(2025, 12, 3, hour, minute, second, tzinfo=TZ)


NOW = at(14)
LUNCH = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="番茄牛腩饭")
NAP = EntryDraft(EntryKind.SLEEP, at(12, 20), until=at(13, 35))


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (LUNCH, "午餐 番茄牛腩饭 · 吃完"),
        (EntryDraft(EntryKind.MILK, at(9), detail="formula", amount_ml=120), "喝奶 配方奶 · 120 ml"),
        (EntryDraft(EntryKind.WATER, at(9), amount_ml=120), "喝水 120 ml"),
        (EntryDraft(EntryKind.WATER, at(9)), "喝水"),
        (NAP, "睡眠 12:20–13:35 · 1 小时 15 分"),
        (EntryDraft(EntryKind.SLEEP, at(12, 5)), "睡眠 12:05 入睡"),
        (EntryDraft(EntryKind.TOILET, at(9), detail="wet", note="自己完成"), "如厕 小便 · 自己完成"),
        (EntryDraft(EntryKind.TOILET, at(9), detail="stool", quality="loose"), "如厕 大便 · 稀便"),
        (
            EntryDraft(EntryKind.MOOD, at(9), detail="homesick", note="10分钟后平静"),
            "情绪 想家 · 10分钟后平静",
        ),
        (
            EntryDraft(EntryKind.ACTIVITY, at(9), detail="eager", text="手工课：贴雪花"),
            "活动 手工课：贴雪花 · 主动参与",
        ),
        (EntryDraft(EntryKind.TEMPERATURE, at(9), detail="forehead", tenths=366), "体温 额温 36.6℃"),
        (EntryDraft(EntryKind.NOTE, at(9), detail="notice", text="鞋子偏小"), "请家长留意 鞋子偏小"),
        (EntryDraft(EntryKind.NOTE, at(9), text="会数到三"), "备注 会数到三"),
    ],
)
def test_entries_in_short_words(draft, words):
    assert f"{title_of(draft)} {words_of(draft)}".strip() == words


@pytest.mark.parametrize("kind", EntryKind)
def test_every_kind_has_words_even_when_nothing_is_filled_in(kind):
    assert title_of(EntryDraft(kind, at(9)))


def test_a_true_entry_passes():
    for draft in (LUNCH, NAP, dataclasses.replace(NAP, until=None), EntryDraft(EntryKind.WATER, NOW)):
        check_entry(draft, NOW, (), arrived=at(9, 12, 30))
    check_entry(EntryDraft(EntryKind.WATER, at(14, 1)), NOW)
    check_entry(EntryDraft(EntryKind.MOOD, at(9, 12), detail="calm"), NOW, arrived=at(9, 12, 30))


@pytest.mark.parametrize(
    ("draft", "field", "says"),
    [
        (EntryDraft(EntryKind.WATER, at(14, 3)), "at", "14:03 还没有到"),
        (dataclasses.replace(NAP, until=at(15)), "at", "15:00 还没有到"),
        (EntryDraft(EntryKind.WATER, at(9)), "at", "还没有入园（9:12 入园）"),
        (EntryDraft(EntryKind.WATER, at(13, 50)), "at", "已经离园（13:45 离园）"),
        (dataclasses.replace(NAP, until=at(12)), "until", "早于开始时间"),
        (EntryDraft(EntryKind.WATER, at(10), amount_ml=0), "amount_ml", "不合常理"),
        (EntryDraft(EntryKind.MILK, at(10), amount_ml=601), "amount_ml", "1 到 600"),
        (EntryDraft(EntryKind.TEMPERATURE, at(10), tenths=300), "tenths", "30.0℃ 不合常理"),
        (EntryDraft(EntryKind.TEMPERATURE, at(10)), "tenths", "体温"),
        (EntryDraft(EntryKind.TEMPERATURE, at(10), tenths=366), "detail", "量的部位"),
        (EntryDraft(EntryKind.MILK, at(10), amount_ml=120), "detail", "奶的种类"),
        (EntryDraft(EntryKind.MILK, at(10), detail="formula"), "amount_ml", "多少毫升"),
        (EntryDraft(EntryKind.MILK, at(10), detail="cow"), "amount_ml", "多少毫升"),
        (EntryDraft(EntryKind.MEAL, at(10), grade=4), "detail", "餐次"),
        (EntryDraft(EntryKind.MEAL, at(10), detail="lunch"), "grade", "吃了多少"),
        (EntryDraft(EntryKind.MOOD, at(10)), "detail", "情绪"),
        (EntryDraft(EntryKind.TOILET, at(10)), "detail", "如厕"),
        (EntryDraft(EntryKind.ACTIVITY, at(10), text=" "), "text", "活动名称"),
        (EntryDraft(EntryKind.NOTE, at(10)), "text", "备注内容"),
        (EntryDraft(EntryKind.NOTE, at(10), text="字" * 10_000), "text", "最多 500"),
        (EntryDraft(EntryKind.TOILET, at(10), detail="wet", quality="loose"), "quality", "没有大便"),
        (EntryDraft(EntryKind.SLEEP, at(9, 20), until=at(15, 40)), "at", "还没有到"),
    ],
)
def test_what_cannot_be_true_is_refused_with_a_sentence(draft, field, says):
    with pytest.raises(EntryError) as caught:
        check_entry(draft, NOW, arrived=at(9, 12), left=at(13, 45))
    assert says in caught.value.sentence
    assert caught.value.field == field


def test_nobody_sleeps_all_day():
    with pytest.raises(EntryError, match="一觉睡了 6 小时 30 分"):
        check_entry(EntryDraft(EntryKind.SLEEP, at(7), until=at(13, 30)), NOW)
    with pytest.raises(EntryError, match="一觉睡了 7 小时"):
        check_entry(EntryDraft(EntryKind.SLEEP, at(7)), NOW)


@pytest.mark.parametrize(
    "draft",
    [
        EntryDraft(EntryKind.MEAL, at(10), detail="brunch", grade=4),
        EntryDraft(EntryKind.MEAL, at(10), detail="lunch", grade=9),
        EntryDraft(EntryKind.TOILET, at(10), detail="stool", quality="blue"),
    ],
)
def test_a_code_nobody_knows_is_a_bug(draft):
    with pytest.raises(ValueError):
        check_entry(draft, NOW)


def test_a_sleep_within_another_is_refused_and_names_it():
    with pytest.raises(SleepOverlapError, match="12:20–13:35"):
        check_entry(EntryDraft(EntryKind.SLEEP, at(13), until=at(13, 50)), NOW, (LUNCH, NAP))
    with pytest.raises(SleepOverlapError, match="12:05 入睡"):
        check_entry(NAP, NOW, (EntryDraft(EntryKind.SLEEP, at(12, 5)),))


spans = st.tuples(st.integers(0, 200), st.integers(1, 90)).map(
    lambda pair: (at(8) + dt.timedelta(minutes=pair[0]), at(8) + dt.timedelta(minutes=sum(pair)))
)


@given(spans, spans)
def test_sleeps_overlap_exactly_when_they_share_a_minute(one, other):
    shared = max(one[0], other[0]) < min(one[1], other[1])
    draft = EntryDraft(EntryKind.SLEEP, one[0], until=one[1])
    standing = EntryDraft(EntryKind.SLEEP, other[0], until=other[1])
    if shared:
        with pytest.raises(SleepOverlapError):
            check_entry(draft, NOW, (standing,))
    else:
        check_entry(draft, NOW, (standing,))


@pytest.mark.parametrize(
    ("text", "tenths"),
    [("36.5", 365), ("36.5℃", 365), ("365", 365), ("36", 360), ("36。5", 365), (" 37.3 度", 373)],
)
def test_temperatures_as_they_are_typed(text, tenths):
    assert parse_temperature(text) == tenths


@pytest.mark.parametrize("text", ["", "热", "3", "36.55", "3650", "33.9", "42.6", "99", "-36", "3" * 10_000])
def test_what_is_no_temperature_is_refused(text):
    with pytest.raises(EntryError) as caught:
        parse_temperature(text)
    assert caught.value.field == "temperature"
    assert len(caught.value.sentence) < 60


def test_lengths_of_time_go_by_the_minutes_on_the_clock():
    assert duration_words(at(12, 20, 50), at(13, 35, 10)) == "1 小时 15 分"
    assert duration_words(at(12), at(12, 40)) == "40 分钟"
    assert duration_words(at(12), at(14)) == "2 小时"
    assert degrees(365) == "36.5℃"


def test_every_code_has_words():
    for codes in (
        *(EntryKind, MealSlot, MealGrade, Milk, Toilet, Stool, Mood, Part, Site, NoteKind, StoolColour),
        *(PottyStep, SleepWay, Position, SleepSign, Reaction, Washing),
    ):
        labels = [code.label for code in codes]
        assert all(labels)
        assert len(set(labels)) == len(labels)


def test_who_was_out_at_another_hour_is_not_said_to_have_stayed_in_all_day():
    why = EntryDraft(EntryKind.OUTDOOR, at(13, 30), text="下雨")
    morning = EntryDraft(EntryKind.OUTDOOR, at(10), until=at(10, 30))
    later = EntryDraft(EntryKind.OUTDOOR, at(15), until=at(15, 30))
    assert words_among(why, (why, NAP)) == words_of(why) == "今天没有出去 · 下雨"
    assert words_among(why, (why, morning)) == "没有再出去 · 下雨"
    assert words_among(why, (why, later)) == "当时没有出去 · 下雨"
    assert words_among(morning, (why, morning)) == "10:00–10:30 · 30 分钟"


def test_an_entry_with_its_end_keeps_all_else():
    full = EntryDraft(
        EntryKind.SLEEP, at(12), None, "patted", "back", 1, 2, 3, "词", "注", "red", ("sat",), StaffId(4), 5
    )
    empty = EntryDraft(EntryKind.SLEEP, at(12))
    named = [one.name for one in dataclasses.fields(EntryDraft) if one.name not in {"kind", "at", "until"}]
    assert [name for name in named if getattr(full, name) == getattr(empty, name)] == [], "a field not tried"
    assert full.ending(at(13)) == dataclasses.replace(full, until=at(13))
