"""What cannot be true of a child is refused, naming what speaks against it."""

import dataclasses
import datetime as dt

import pytest

from app.domain.log_checks import check_entry, check_looks
from app.domain.logbook import (
    LONGEST_TEXT,
    AwakeError,
    EntryDraft,
    EntryError,
    EntryKind,
    MealTwiceError,
    OverlapError,
    TwiceError,
    title_of,
    words_of,
)

NOW = dt.datetime(2025, 12, 3, 14, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def at(hour, minute=0):
    return NOW.replace(hour=hour, minute=minute)


NAP = EntryDraft(EntryKind.SLEEP, at(12, 20), until=at(13, 35))
ASLEEP = EntryDraft(EntryKind.SLEEP, at(12, 20))
LOOK = EntryDraft(EntryKind.SLEEP_CHECK, at(10), detail="back", quality="calm")
LIVER = EntryDraft(EntryKind.FOOD, at(11), text="肝泥", grade=2, quality="none")
LUNCH = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="牛肉面")
OUT = EntryDraft(EntryKind.OUTDOOR, at(10), until=at(10, 45))


WET = EntryDraft(EntryKind.TOILET, at(13), detail="wet")


@pytest.mark.parametrize(
    ("draft", "here", "refused"),
    [
        # Clocks differ by two minutes.
        (dataclasses.replace(WET, at=at(14, 2)), {}, ""),
        (dataclasses.replace(WET, at=at(14, 3)), {}, "14:03 还没有到（现在 14:00）"),
        (dataclasses.replace(NAP, until=at(14, 2)), {}, ""),
        (dataclasses.replace(NAP, until=at(14, 3)), {}, "14:03 还没有到"),
        # She came at 9:12 and some seconds.
        (dataclasses.replace(WET, at=at(9, 12)), {"arrived": at(9, 12).replace(second=40)}, ""),
        (dataclasses.replace(WET, at=at(9, 11)), {"arrived": at(9, 12)}, "9:11 孩子还没有入园（9:12 入园）"),
        (dataclasses.replace(WET, at=at(9, 11)), {"arrived": at(9, 12), "left": at(12)}, "还没有入园"),
        (dataclasses.replace(WET, at=at(12, 2)), {"left": at(12)}, ""),
        (dataclasses.replace(WET, at=at(12, 3)), {"left": at(12)}, "12:03 孩子已经离园（12:00 离园）"),
        (dataclasses.replace(NAP, at=at(11)), {"left": at(13, 32)}, "13:35 孩子已经离园"),
        (dataclasses.replace(NAP, at=at(11)), {"left": at(13, 33)}, ""),
        (dataclasses.replace(NAP, until=at(12, 20)), {}, ""),
        (dataclasses.replace(NAP, until=at(12, 19)), {}, "结束时间 12:19 早于开始时间 12:20"),
    ],
)
def test_nothing_is_logged_of_a_time_she_was_not_here_or_that_has_not_come(draft, here, refused):
    if refused:
        with pytest.raises(EntryError, match=refused):
            check_entry(draft, NOW, **here)
    else:
        check_entry(draft, NOW, **here)


def test_a_time_is_asked_of_every_child_where_the_values_are_not():
    long = dataclasses.replace(WET, note="字" * (LONGEST_TEXT + 1))
    check_entry(long, NOW, values=False)
    with pytest.raises(EntryError, match="还没有到"):
        check_entry(dataclasses.replace(long, at=at(14, 3)), NOW, values=False)


MILK = EntryDraft(EntryKind.MILK, at(10), detail="formula", amount_ml=1)


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (dataclasses.replace(WET, note="字" * LONGEST_TEXT, text="字" * LONGEST_TEXT), ""),
        (dataclasses.replace(WET, note="字" * (LONGEST_TEXT + 1)), "文字太长"),
        (dataclasses.replace(WET, text="字" * (LONGEST_TEXT + 1)), "文字太长"),
        (MILK, ""),
        (dataclasses.replace(MILK, amount_ml=0), "0 ml 不合常理"),
        (dataclasses.replace(MILK, amount_ml=600), ""),
        (dataclasses.replace(MILK, amount_ml=601), "601 ml 不合常理"),
        (EntryDraft(EntryKind.TEMPERATURE, at(10), detail="ear", tenths=425), ""),
        (EntryDraft(EntryKind.TEMPERATURE, at(10), detail="ear", tenths=426), "体温"),
        (EntryDraft(EntryKind.SLEEP, at(7), until=at(13)), ""),
        (EntryDraft(EntryKind.SLEEP, at(7), until=at(13, 1)), "一觉睡了 6 小时 1 分"),
        (EntryDraft(EntryKind.SLEEP, at(8)), ""),  # six hours ago, and she still sleeps
        (EntryDraft(EntryKind.SLEEP, at(7, 59)), "一觉睡了 6 小时 1 分"),
        (EntryDraft(EntryKind.OUTDOOR, at(8), until=at(13)), ""),
        (EntryDraft(EntryKind.OUTDOOR, at(8), until=at(13, 1)), "一次户外"),
    ],
)
def test_what_no_child_does_at_once_is_asked_about(draft, refused):
    if refused:
        with pytest.raises(EntryError, match=refused):
            check_entry(draft, NOW)
    else:
        check_entry(draft, NOW)


@pytest.mark.parametrize(
    ("draft", "other", "named"),
    [
        (EntryDraft(EntryKind.OUTDOOR, at(10, 30), until=at(11)), OUT, "户外 10:00–10:45"),
        (EntryDraft(EntryKind.OUTDOOR, at(13, 30), until=at(13, 50)), NAP, "睡眠 12:20–13:35"),
        (EntryDraft(EntryKind.SLEEP, at(10, 30), until=at(11)), OUT, "户外 10:00–10:45"),
        (EntryDraft(EntryKind.SLEEP, at(12, 30)), ASLEEP, "睡眠 12:20 入睡"),
        (EntryDraft(EntryKind.MEAL, at(13), detail="lunch", grade=4), NAP, "12:20–13:35"),
        (EntryDraft(EntryKind.MEAL, at(13, 50), detail="lunch", grade=4), ASLEEP, "还在睡（12:20 入睡"),
        (EntryDraft(EntryKind.ACTIVITY, at(13), detail="eager", text="拼图"), NAP, "12:20–13:35"),
        (EntryDraft(EntryKind.WASHING, at(13), detail="before_food"), NAP, "12:20–13:35"),
        (EntryDraft(EntryKind.WATER, at(13), amount_ml=100), NAP, "12:20–13:35"),
        (EntryDraft(EntryKind.MOOD, at(13), detail="happy"), NAP, "12:20–13:35"),
        (
            EntryDraft(EntryKind.TOILET, at(13), detail="wet", steps=("undressed",)),
            ASLEEP,
            "还在睡（12:20 入睡",
        ),
        (NAP, EntryDraft(EntryKind.MOOD, at(13), detail="happy"), "13:00 情绪"),
        (NAP, EntryDraft(EntryKind.MEAL, at(13), detail="lunch", grade=4, text="面"), "13:00 午餐 面"),
        (ASLEEP, EntryDraft(EntryKind.ACTIVITY, at(13), detail="eager", text="拼图"), "13:00 活动 拼图"),
        (NAP, EntryDraft(EntryKind.WASHING, at(13), detail="before_food"), "13:00 洗手"),
        (NAP, dataclasses.replace(LIVER, at=at(13)), "13:00 辅食 肝泥"),
    ],
)
def test_what_cannot_go_together_is_refused_naming_the_other(draft, other, named):
    with pytest.raises(OverlapError, match=named):
        check_entry(draft, NOW, (other,))


STOOL = EntryDraft(EntryKind.TOILET, at(13, 40), detail="stool", quality="loose")


@pytest.mark.parametrize(
    "draft",
    [
        STOOL,
        EntryDraft(EntryKind.MOOD, at(10), detail="happy"),
        EntryDraft(EntryKind.ACTIVITY, at(10), detail="eager", text="体操"),
        EntryDraft(EntryKind.WASHING, at(10), detail="before_food"),
        LIVER,
        EntryDraft(EntryKind.NOTE, at(10), detail="remark", text="自己穿好了鞋"),
    ],
)
def test_the_same_of_the_same_minute_is_no_second_one(draft):
    again = dataclasses.replace(draft)
    with pytest.raises(TwiceError, match="已经记过"):
        check_entry(again, NOW, (draft,))
    check_entry(dataclasses.replace(draft, at=draft.at + dt.timedelta(minutes=1)), NOW, (draft,))
    check_entry(dataclasses.replace(draft, note="又一次"), NOW, (draft,))


@pytest.mark.parametrize(
    ("draft", "change"),
    [
        (EntryDraft(EntryKind.MILK, at(10), detail="formula", amount_ml=100), {"amount_ml": 120}),
        (EntryDraft(EntryKind.TEMPERATURE, at(10), detail="forehead", tenths=366), {"tenths": 380}),
    ],
)
def test_of_one_minute_there_is_one_bottle_and_one_reading_even_where_they_differ(draft, change):
    for other in ({}, change, {"note": "哭过"}):
        with pytest.raises(TwiceError, match=r"^10:00 .*已经记过。要改请更正那一条|不用再记一次"):
            check_entry(dataclasses.replace(draft, **other), NOW, (draft,))
    check_entry(dataclasses.replace(draft, at=at(10, 1), **change), NOW, (draft,))


@pytest.mark.parametrize(
    ("draft", "other"),
    [
        (EntryDraft(EntryKind.TOILET, at(13), detail="wet"), NAP),  # a diaper is changed asleep, too
        (EntryDraft(EntryKind.WATER, at(13, 35), amount_ml=100), NAP),
        (EntryDraft(EntryKind.MOOD, at(12, 20), detail="crying"), ASLEEP),
        (
            EntryDraft(EntryKind.WATER, at(10), amount_ml=100),
            EntryDraft(EntryKind.WATER, at(10), amount_ml=100),
        ),
        (EntryDraft(EntryKind.OUTDOOR, at(10, 45), until=at(11)), OUT),
        (EntryDraft(EntryKind.OUTDOOR, at(13), text="雾霾"), NAP),  # why nobody went out
        (EntryDraft(EntryKind.MEAL, at(13, 35), detail="lunch", grade=4), NAP),
        (EntryDraft(EntryKind.MILK, at(13), detail="breast", amount_ml=90), NAP),
        (NAP, EntryDraft(EntryKind.MEAL, at(12, 20), detail="lunch", grade=4)),
        (NAP, EntryDraft(EntryKind.MEAL, at(13, 35), detail="afternoon_snack", grade=4)),
        (NAP, EntryDraft(EntryKind.MILK, at(13), detail="breast", amount_ml=90)),
        (dataclasses.replace(LUNCH, at=at(10, 30)), dataclasses.replace(LUNCH, detail="breakfast")),
        (
            EntryDraft(EntryKind.MILK, at(13), detail="breast"),  # she is nursed: nobody knows how much
            EntryDraft(EntryKind.MILK, at(13), detail="cow", amount_ml=60),
        ),
        (dataclasses.replace(LUNCH, grade=5), LUNCH),
        (LUNCH, dataclasses.replace(LUNCH, grade=5)),
        (EntryDraft(EntryKind.SLEEP_CHECK, at(13), detail="back", quality="calm"), ASLEEP),
        (EntryDraft(EntryKind.TEMPERATURE, at(13), detail="ear", tenths=366), ASLEEP),
        (
            EntryDraft(EntryKind.TEMPERATURE, at(13), detail="ear", tenths=374),
            EntryDraft(EntryKind.TEMPERATURE, at(13), detail="forehead", tenths=366),
        ),
    ],
)
def test_what_may_stand_beside_something_else(draft, other):
    check_entry(draft, NOW, (other,))


def test_the_same_meal_is_not_had_twice_and_the_other_is_named():
    again = dataclasses.replace(LUNCH, at=at(12, 40), grade=2, text="米饭")
    with pytest.raises(MealTwiceError, match=r"午餐已经记过（11:30 牛肉面 · 吃完）"):
        check_entry(again, NOW, (OUT, LUNCH))


@pytest.mark.parametrize("grade", [0, 1, 2, 3])
def test_nobody_adds_to_what_was_not_eaten_up(grade):
    poor, more = dataclasses.replace(LUNCH, grade=grade), dataclasses.replace(LUNCH, grade=5)
    for draft, other in ((more, poor), (poor, more)):
        with pytest.raises(MealTwiceError, match="吃完的才有“添了一份”"):
            check_entry(draft, NOW, (other,))


def test_of_a_new_food_that_was_refused_no_reaction_is_asked():
    check_entry(EntryDraft(EntryKind.FOOD, at(11), text="猪肝泥", grade=0), NOW)


def test_of_two_looks_of_one_minute_the_second_is_refused_whatever_it_says():
    first = dataclasses.replace(LOOK, at=at(13), detail="belly", note="会自己翻身")
    second = dataclasses.replace(LOOK, at=at(13))
    with pytest.raises(TwiceError, match=r"13:00 已经记过睡眠巡视（俯卧 · 呼吸平稳 · 会自己翻身）"):
        check_entry(second, NOW, (NAP, first))
    check_entry(dataclasses.replace(second, at=at(13, 1)), NOW, (NAP, first))


@pytest.mark.parametrize(
    ("slot", "fine", "off", "hours"),
    [
        ("breakfast", (8, 11), 12, "5:00–11:00"),
        ("morning_snack", (8, 13), 14, "8:00–13:00"),
        ("lunch", (10, 16), 9, "10:00–16:00"),
        ("afternoon_snack", (13, 19), 12, "13:00–19:00"),
        ("dinner", (15, 23), 14, "15:00–24:00"),
    ],
)
def test_a_meal_hours_off_is_asked_about(slot, fine, off, hours):
    late, meal = NOW.replace(hour=23, minute=30), EntryDraft(EntryKind.MEAL, NOW, detail=slot, grade=4)
    for hour in fine:
        check_entry(dataclasses.replace(meal, at=at(hour)), late)
    with pytest.raises(EntryError, match=f"{off}:00 记.*{hours}") as caught:
        check_entry(dataclasses.replace(meal, at=at(off)), late)
    assert caught.value.field == "slot"


def test_what_is_said_of_it_is_enough():
    check_entry(EntryDraft(EntryKind.FOOD, at(11), text="猪肝泥", quality="other", note="嘴边红"), NOW)
    check_entry(dataclasses.replace(LOOK, at=at(13), quality="concern", note="口唇发青"), NOW, (NAP,))


def test_of_a_dry_diaper_nothing_is_wiped():
    dry = EntryDraft(EntryKind.TOILET, at(10), detail="dry", steps=("told", "sat"))
    check_entry(dry, NOW)
    with pytest.raises(EntryError, match="尿布干爽，没有什么要擦的"):
        check_entry(dataclasses.replace(dry, steps=("sat", "wiped")), NOW)


def test_a_sleep_does_not_go_from_under_a_look():
    look = dataclasses.replace(LOOK, at=at(13))
    check_looks(NAP, dataclasses.replace(NAP, until=at(13)), (look,))
    with pytest.raises(EntryError, match=r"13:00 的睡眠巡视（仰卧 · 呼吸平稳）看到还在睡"):
        check_looks(NAP, dataclasses.replace(NAP, until=at(12, 50)), (look,))
    with pytest.raises(EntryError, match=r"这一觉里还有 13:00 的睡眠巡视"):
        check_looks(NAP, None, (look,))


@pytest.mark.parametrize(
    ("hour", "minute", "sleeps"),
    [(12, 19, False), (12, 20, True), (13, 35, True), (13, 36, False)],
)
def test_only_who_sleeps_is_looked_at(hour, minute, sleeps):
    look = dataclasses.replace(LOOK, at=at(hour, minute))
    if sleeps:
        check_entry(look, NOW, (NAP,))
        return
    with pytest.raises(AwakeError, match=f"{hour}:{minute} 没有在睡"):
        check_entry(look, NOW, (NAP, OUT))


@pytest.mark.parametrize(
    ("draft", "lacks"),
    [
        (EntryDraft(EntryKind.FOOD, at(11), quality="none"), "吃了什么"),
        (EntryDraft(EntryKind.FOOD, at(11), text="猪肝泥"), "吃后反应"),
        (EntryDraft(EntryKind.FOOD, at(11), text="猪肝泥", quality="other"), "是什么反应"),
        (EntryDraft(EntryKind.WASHING, at(11)), "洗手时机"),
        (EntryDraft(EntryKind.OUTDOOR, at(11)), "没有出去的原因"),
        (EntryDraft(EntryKind.SLEEP_CHECK, at(11)), "睡姿"),
        (EntryDraft(EntryKind.SLEEP_CHECK, at(11), detail="belly", quality="concern"), "怎么处理"),
        (EntryDraft(EntryKind.PHOTO, at(11)), "照片"),
        (EntryDraft(EntryKind.MEAL, at(11), grade=4), "餐次"),
        (EntryDraft(EntryKind.MEAL, at(11), detail="lunch"), "吃了多少"),
        (EntryDraft(EntryKind.TOILET, at(11)), "如厕"),
        (EntryDraft(EntryKind.MOOD, at(11)), "情绪"),
        (EntryDraft(EntryKind.TEMPERATURE, at(11), detail="ear"), "体温"),
        (EntryDraft(EntryKind.TEMPERATURE, at(11), tenths=366), "量的部位"),
        (EntryDraft(EntryKind.MILK, at(11), amount_ml=100), "奶的种类"),
        (EntryDraft(EntryKind.MILK, at(11), detail="formula"), "喝了多少毫升"),
        (EntryDraft(EntryKind.ACTIVITY, at(11), detail="eager", text=" "), "活动名称"),
        (EntryDraft(EntryKind.NOTE, at(11), detail="remark", text=" "), "备注内容"),
        (EntryDraft(EntryKind.TOILET, at(11), detail="wet", colour="green"), "没有大便"),
        (EntryDraft(EntryKind.TOILET, at(11), detail="wet", quality="loose"), "没有大便"),
        (EntryDraft(EntryKind.OUTDOOR, at(8), until=at(13, 30)), "一次户外"),
        (EntryDraft(EntryKind.OUTDOOR, at(13), until=at(14, 30)), "还没有到"),
    ],
)
def test_what_a_kind_cannot_do_without(draft, lacks):
    with pytest.raises(EntryError, match=lacks):
        check_entry(draft, NOW)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (LIVER, "辅食 肝泥 · 一半 · 没有异常"),
        (EntryDraft(EntryKind.OUTDOOR, at(10), until=at(10, 45)), "户外 10:00–10:45 · 45 分钟"),
        (EntryDraft(EntryKind.OUTDOOR, at(10), text="雾霾"), "户外 今天没有出去 · 雾霾"),
        (EntryDraft(EntryKind.WASHING, at(10), detail="after_toilet"), "洗手 便后"),
        (LOOK, "睡眠巡视 仰卧 · 呼吸平稳"),
        (
            EntryDraft(
                EntryKind.TOILET, at(10), detail="stool", quality="soft", colour="green",
                steps=("sat", "wiped"), note="老师协助",
            ),
            "如厕 大便 · 软便 · 绿色 · 自己坐便、擦净 · 老师协助",
        ),
        (
            EntryDraft(EntryKind.SLEEP, at(10), until=at(10, 40), detail="patted", quality="back"),
            "睡眠 10:00–10:40 · 40 分钟 · 轻拍 · 仰卧",
        ),
        (EntryDraft(EntryKind.PHOTO, at(10), text="第一次自己走路", photo=3), "照片 第一次自己走路"),
    ],
)  # fmt: skip
def test_every_kind_reads_with_all_its_facts(draft, words):
    nap = dataclasses.replace(NAP, at=at(9, 30))
    check_entry(draft, NOW, (nap,) if draft.kind is EntryKind.SLEEP_CHECK else ())
    assert f"{title_of(draft)} {words_of(draft)}" == words


@pytest.mark.parametrize(
    "draft",
    [
        EntryDraft(EntryKind.SLEEP, at(10), detail="sung"),
        EntryDraft(EntryKind.SLEEP_CHECK, at(10), detail="back", quality="odd"),
        EntryDraft(EntryKind.TOILET, at(10), detail="wet", steps=("flew",)),
        EntryDraft(EntryKind.TOILET, at(10), detail="stool", quality="soft", colour="mauve"),
        EntryDraft(EntryKind.FOOD, at(10), text="蛋", quality="fine"),
        EntryDraft(EntryKind.MEAL, at(11), detail="lunch", grade=6),
    ],
)
def test_a_code_nobody_knows_is_our_bug(draft):
    with pytest.raises(ValueError):
        check_entry(draft, NOW)
