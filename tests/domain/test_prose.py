import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import given

from app.domain.alerts import alerts
from app.domain.allergens import Allergen
from app.domain.dayfacts import CheckFact, DayFacts, Looked, clause
from app.domain.doorwords import door_sentences
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    MealSlot,
    Mood,
    NoteKind,
    Part,
    Reaction,
    SleepSign,
    Stool,
    StoolColour,
    Washing,
    degrees,
)
from app.domain.prose import TOTAL, NoteText, compose, missing
from app.domain.sections import activity_name
from tests.domain.day import ILL, NOT_ILL, REASONS, STORY, at, facts, fed, was_swapped
from tests.domain.rare_days import RARE, RARE_ENTRIES, each

# The words by which our sentences speak of each thing; none stands in what teachers type in the tests.
MOOD_WORDS = {
    Mood.HAPPY: ("愉快", "开心"),
    Mood.CALM: ("平静",),
    Mood.SLEEPY: ("困",),
    Mood.HOMESICK: ("想家",),
    Mood.CRYING: ("哭",),
    Mood.ANXIOUS: ("焦虑",),
}
PART_WORDS = {
    Part.EAGER: "主动参与",
    Part.JOINED: "跟着",
    Part.WATCHED: "在旁",
    Part.DECLINED: "没有参加",
}
GRADE_WORDS = {
    MealGrade.REFUSED: ("拒食",),
    MealGrade.LITTLE: ("少量",),
    MealGrade.HALF: ("一半",),
    MealGrade.MOST: ("大半",),
    MealGrade.ALL: ("吃完",),
    MealGrade.SECONDS: ("添了一份",),
}


REACTION_WORDS = {
    Reaction.RASH: "皮疹",
    Reaction.VOMITING: "呕吐",
    Reaction.DIARRHOEA: "腹泻",
    Reaction.SWELLING: "红肿",
    Reaction.OTHER: "其他反应",
}
COLOUR_WORDS = {StoolColour.RED: "带血", StoolColour.BLACK: "黑色", StoolColour.PALE: "灰白"}


def note(*entries, checks=(), **parts):
    given_facts = {
        "given_name": "予晴",
        "sex": "f",
        "arrived": at(9, 12),
        "brought_by_words": "奶奶",
        **parts,
    }
    return compose(DayFacts(entries=entries, checks=checks, **given_facts))


def whole(text):
    return "\n".join(getattr(text, part.name) for part in dataclasses.fields(NoteText))


def test_the_story_as_a_teacher_would_tell_it():
    assert compose(STORY) == NoteText(
        prose=(
            "予晴 9:12 由奶奶送到，起初有点想家，10 分钟后平静下来。"
            "上午手工课“贴雪花”，她主动参与，自己选颜色、贴了五片，很投入。"
            "早点吃完苹果和酸奶，午餐吃完番茄牛腩饭，喝水 240 ml。"
            "12:20–13:35 午睡 1 小时 15 分，起床情绪愉快。"
        ),
        activity="手工课“贴雪花” · 主动参与",
        food="早点：苹果、酸奶（吃完）\n午餐：番茄牛腩饭（吃完）\n喝水 240 ml",
        sleep="12:20–13:35，共 1 小时 15 分",
        mood="想家 → 平静 → 开心",
        toilet="小便 2 次；自己完成",
        health="晨检 36.5℃ 正常 · 午检 36.6℃ 正常",
        notice="鞋子偏小，走路时常踮脚；建议换大半码。",
    )
    assert missing(STORY) == ()


def test_an_empty_log_says_who_came_and_that_nothing_is_logged():
    assert note() == NoteText(prose="予晴 9:12 由奶奶送到。入园以后还没有记录。", health="未晨检")
    assert note(brought_by_words="").prose == "予晴 9:12 入园。入园以后还没有记录。"
    assert note(left=at(11)).prose.endswith("入园以后没有记录，请当面问老师。")


def test_a_settling_told_in_the_note_is_not_told_twice():
    text = note(
        EntryDraft(EntryKind.MOOD, at(9, 40), detail="homesick", note="10分钟后平静"),
        EntryDraft(EntryKind.MOOD, at(9, 50), detail="calm"),
    )
    assert text.prose == "予晴 9:12 由奶奶送到，起初有点想家，10分钟后平静。"
    assert text.mood == "想家（10分钟后平静）→ 平静"


@pytest.mark.parametrize(
    ("moods", "words"),
    [
        ((("calm", 20, ""),), "来时情绪平静"),
        ((("happy", 40, ""),), "入园后情绪愉快"),
        ((("crying", 20, ""),), "来时有哭闹"),
        ((("crying", 20, "抱着妈妈不放"),), "起初有哭闹，抱着妈妈不放"),
        ((("crying", 20, "刚进门哭闹两分钟"),), "刚进门哭闹两分钟"),
        ((("anxious", 20, ""), ("happy", 50, "")), "起初有些焦虑，30 分钟后开心起来"),
        ((("crying", 20, ""), ("crying", 40, "")), "起初有哭闹，9:40 仍有哭闹"),
        ((("happy", 20, ""), ("sleepy", 40, "")), "来时情绪愉快，9:40 有些困倦"),
        ((("homesick", 20, ""), ("crying", 30, "要奶奶")), "起初有点想家，9:30 有哭闹，要奶奶"),
    ],
)
def test_how_she_settled(moods, words):
    entries = [
        EntryDraft(EntryKind.MOOD, at(9, minute), detail=mood, note=own) for mood, minute, own in moods
    ]
    assert note(*entries).prose == f"予晴 9:12 由奶奶送到，{words}。"


@pytest.mark.parametrize(
    ("grade", "dishes", "words"),
    [
        (MealGrade.ALL, "番茄牛腩饭", "午餐吃完番茄牛腩饭"),
        (MealGrade.ALL, "苹果、酸奶", "午餐吃完苹果和酸奶"),
        (MealGrade.ALL, "饭、肉、菜、汤", "午餐都吃完了"),
        (MealGrade.ALL, "", "午餐都吃完了"),
        (MealGrade.SECONDS, "牛肉面", "午餐牛肉面吃完又添了一份"),
        (MealGrade.MOST, "牛肉面", "午餐牛肉面吃了大半"),
        (MealGrade.HALF, "牛肉面", "午餐牛肉面吃了一半"),
        (MealGrade.LITTLE, "", "午餐只吃了少量"),
        (MealGrade.REFUSED, "牛肉面", "午餐牛肉面没有吃（拒食）"),
    ],
)
def test_meals_by_how_much_was_eaten(grade, dishes, words):
    text = note(EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=grade, text=dishes))
    assert text.prose.endswith(f"。{words}。")
    assert grade.label in text.food


def test_three_meals_eaten_up_are_told_together():
    slots = (("morning_snack", 10), ("lunch", 12), ("afternoon_snack", 15))
    meals = [
        EntryDraft(EntryKind.MEAL, at(hour), detail=slot, grade=4, text="饭、菜") for slot, hour in slots
    ]
    text = note(*meals)
    assert "早点、午餐、午点都吃完了。" in text.prose
    assert text.food.count("饭、菜（吃完）") == 3


def test_three_meals_that_went_alike_are_told_once():
    slots = (("morning_snack", 10), ("lunch", 12), ("afternoon_snack", 15))
    meals = [
        EntryDraft(EntryKind.MEAL, at(hour), detail=slot, grade=3, text="饭、菜") for slot, hour in slots
    ]
    assert "早点、午餐、午点都吃了大半。" in note(*meals).prose
    refused = [dataclasses.replace(meal, grade=0) for meal in meals]
    assert note(*refused).prose.count("没有吃（拒食）") == 3


def test_one_thing_done_and_how_she_was_at_it_are_one_sentence():
    text = note(
        EntryDraft(EntryKind.ACTIVITY, at(10, 20), detail="eager", text="手工课：撕纸鱼"),
        EntryDraft(EntryKind.MOOD, at(10, 40), detail="happy"),
    )
    assert "上午手工课“撕纸鱼”，她主动参与，很开心。" in text.prose


def test_drinks_are_summed_and_unknown_amounts_are_counted_not_guessed():
    milk = [EntryDraft(EntryKind.MILK, at(hour), detail="formula", amount_ml=150) for hour in (10, 15)]
    water = (EntryDraft(EntryKind.WATER, at(10), amount_ml=60), EntryDraft(EntryKind.WATER, at(11)))
    assert note(*milk).food == "喝配方奶 2 次共 300 ml"
    assert note(*water).food == "喝水 2 次，其中 1 次 60 ml，另 1 次没有记量"
    assert note(water[1]).food == "喝水 1 次"
    assert note(EntryDraft(EntryKind.MILK, at(10), note="温热")).food == "喝奶 1 次（温热）"


def test_sleeps_are_listed_and_summed():
    text = note(
        EntryDraft(EntryKind.SLEEP, at(9, 55), until=at(10, 35), note="轻拍入睡"),
        EntryDraft(EntryKind.SLEEP, at(12, 20), until=at(13, 35)),
    )
    assert (
        "9:55–10:35 小睡 40 分钟，轻拍入睡；12:20–13:35 午睡 1 小时 15 分；一共睡了 1 小时 55 分。"
        in text.prose
    )
    assert text.sleep == "9:55–10:35、12:20–13:35，共 1 小时 55 分；轻拍入睡"


def test_who_still_sleeps_has_not_got_up():
    text = note(
        EntryDraft(EntryKind.SLEEP, at(13, 10)), EntryDraft(EntryKind.MOOD, at(13, 20), detail="calm")
    )
    assert "13:10 睡下，还没有起床。" in text.prose
    assert "起床情绪" not in text.prose
    assert text.sleep == "13:10 入睡，还没有起床"


def test_activities_of_both_halves_of_the_day():
    text = note(
        EntryDraft(EntryKind.ACTIVITY, at(10), detail="watched", text="绘本：毛毛虫"),
        EntryDraft(EntryKind.ACTIVITY, at(10, 40), detail="declined", text="户外活动", note="风大"),
        EntryDraft(EntryKind.ACTIVITY, at(16), text="自选区角"),
        sex="m",
    )
    assert "上午绘本“毛毛虫”，他在旁边看着；户外活动，这次没有参加，风大。下午自选区角。" in text.prose
    assert text.activity == "绘本“毛毛虫” · 在旁观看\n户外活动 · 没有参加\n自选区角"


def test_the_rest_of_the_moods_have_their_hour():
    text = note(
        EntryDraft(EntryKind.MOOD, at(11), detail="crying", note="抢玩具"),
        EntryDraft(EntryKind.MOOD, at(15), detail="calm"),
        EntryDraft(EntryKind.MOOD, at(16, 30), detail="sleepy"),
    )
    assert "11:00 有哭闹，抢玩具。" in text.prose
    assert "下午情绪平静；16:30 有些困倦。" in text.prose


def test_the_word_for_the_time_stands_once():
    text = note(
        EntryDraft(EntryKind.ACTIVITY, at(15), detail="joined", text="户外活动：拍球"),
        EntryDraft(EntryKind.MOOD, at(15, 30), detail="happy"),
        EntryDraft(EntryKind.MOOD, at(16), detail="sleepy"),
        EntryDraft(EntryKind.MOOD, at(16, 30), detail="calm"),
        EntryDraft(EntryKind.MOOD, at(18, 10), detail="happy", note="见到妈妈"),
    )
    assert text.prose.endswith(
        "下午户外活动“拍球”，她跟着大家一起参与，情绪愉快；"
        "16:00 有些困倦；后来情绪平静；傍晚情绪愉快，见到妈妈。"
    )


def test_what_a_family_has_to_watch_stands_in_prose_health_and_notice():
    text = note(
        EntryDraft(EntryKind.TOILET, at(14), detail="both", quality="loose", note="量少"),
        EntryDraft(EntryKind.TOILET, at(15), detail="stool", quality="watery"),
        EntryDraft(EntryKind.TEMPERATURE, at(15, 30), detail="forehead", tenths=378, note="已告诉妈妈"),
        EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=2, text="番茄鸡蛋面"),
        checks=(
            CheckFact("morning", at(9, 12), 372, "recheck", "5 分钟后 36.8℃"),
            CheckFact("day", at(15), None, "abnormal", "流清涕"),
        ),
        allergies=("鸡蛋",),
    )
    assert (
        "晨检做了复测：5 分钟后 36.8℃；14:00 有一次稀便，量少；15:00 有一次水样便；"
        "全日观察发现异常：流清涕；15:30 体温 37.8℃，达到发热线。" in text.prose
    )
    assert text.toilet == "小便 1 次 · 大便 2 次（稀便 1 次、水样便 1 次）；量少 1 次"
    assert text.health == (
        "晨检 37.2℃ 复测（5 分钟后 36.8℃） · 全日观察 异常（流清涕） · 15:30 额温 37.8℃（发热）（已告诉妈妈）"
    )
    assert text.notice == (
        "今天稀便、水样便 2 次，请在家继续留意；14:00 大便：量少，请在家继续留意；"
        "15:30 体温 37.8℃，请在家继续测量；全日观察异常：流清涕，请在家继续留意；"
        "午餐的“番茄鸡蛋面”里有鸡蛋，予晴对鸡蛋过敏，请当面问清老师。"
    )


def test_a_check_without_a_reading_is_told_as_it_is():
    assert note(checks=(CheckFact("morning", at(9, 12)),)).health == "晨检 正常 · 无异常"


def test_a_refused_meal_is_no_danger_to_an_allergic_child():
    meal = EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=0, text="番茄鸡蛋面")
    assert note(meal, allergies=("鸡蛋",)).notice == ""


MORNING = CheckFact("morning", at(9, 12), 365)


def test_nothing_wrong_is_said_only_where_nothing_speaks_against_it():
    assert note(checks=(MORNING,)).health == "晨检 36.5℃ · 无异常"
    wet = EntryDraft(EntryKind.TOILET, at(11), detail="wet", note="自己完成")
    assert note(wet, checks=(MORNING,)).health == "晨检 36.5℃ · 无异常"


@pytest.mark.parametrize(
    ("entries", "checks", "health"),
    [
        ((), (CheckFact("morning", at(9), None, "normal", "有不适：咳嗽"),), "晨检（有不适：咳嗽）"),
        ((), (CheckFact("morning", at(9), 345),), "晨检 34.5℃（偏低）"),
        ((), (), "未晨检"),
        ((), (CheckFact("noon", at(13), 366),), "未晨检 · 午检 36.6℃ 正常"),
        (
            (EntryDraft(EntryKind.TOILET, at(11), detail="stool", quality="soft", note="带血丝"),),
            (MORNING,),
            "晨检 36.5℃ 正常",
        ),
        (
            (EntryDraft(EntryKind.TEMPERATURE, at(15), tenths=371, note="有点烫"),),
            (MORNING,),
            "晨检 36.5℃ 正常 · 15:00 体温 37.1℃（有点烫）",
        ),
        (
            (EntryDraft(EntryKind.NOTE, at(15), detail="notice", text="摔了一跤，额头起包"),),
            (MORNING,),
            "晨检 36.5℃ 正常",
        ),
    ],
)
def test_a_finding_takes_the_word_away(entries, checks, health):
    assert note(*entries, checks=checks).health == health


def test_blood_in_a_stool_is_told_in_prose_and_notice():
    text = note(EntryDraft(EntryKind.TOILET, at(11), detail="stool", quality="soft", note="带血丝"))
    assert "11:00 如厕：带血丝。" in text.prose
    assert text.notice == "11:00 大便：带血丝，请在家继续留意。"


MEALS = ((10, "morning_snack"), (12, "lunch"))
EGG = (Allergen(("鸡蛋",), ("蛋",)), Allergen(("牛奶",), ("奶",)))


@pytest.mark.parametrize(
    ("entry", "allergy", "notice"),
    [
        (
            EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="番茄炒蛋"),
            "鸡蛋",
            "午餐的“番茄炒蛋”里可能有鸡蛋，予晴对鸡蛋过敏，请当面问清老师。",
        ),
        (
            EntryDraft(EntryKind.MILK, at(10, 15), detail="cow", amount_ml=150),
            "牛奶",
            "10:15 喝的牛奶里有牛奶，予晴对牛奶过敏，请当面问清老师。",
        ),
        (
            EntryDraft(EntryKind.MILK, at(10, 15), detail="formula", amount_ml=150),
            "牛奶",
            "10:15 喝的配方奶里可能有牛奶，予晴对牛奶过敏，请当面问清老师。",
        ),
        (EntryDraft(EntryKind.MILK, at(10, 15), detail="breast", amount_ml=150), "牛奶", ""),
    ],
)
def test_an_allergen_under_another_name_is_told(entry, allergy, notice):
    assert note(entry, allergies=(allergy,), allergens=EGG).notice == notice


def test_a_meal_that_was_swapped_is_told_as_the_teacher_put_it():
    meal = EntryDraft(
        EntryKind.MEAL, at(10), detail="morning_snack", grade=2, text="苹果、酸奶", note="牛奶过敏，已换替餐"
    )
    text = note(meal, allergies=("牛奶",), allergens=EGG)
    assert text.notice == "早点的“苹果、酸奶”里可能有牛奶，老师记的是“牛奶过敏，已换替餐”。"
    assert "早点替餐吃了一半（牛奶过敏，已换替餐）。" in text.prose


def looked_note(entry, reason, allergy="鸡蛋"):
    looked = (Looked(entry, f"予晴 {allergy}过敏：可能含{allergy}", reason),)
    return note(entry, allergies=(allergy,), allergens=EGG, looked=looked)


SNACK = EntryDraft(EntryKind.MEAL, at(15), detail="afternoon_snack", grade=4, text="番茄炒蛋、米饭")


@pytest.mark.parametrize(
    ("reason", "prose", "food", "notice"),
    [
        (
            "已换替餐",
            "午点吃完替餐（鸡蛋过敏，已换替餐）",
            "午点：替餐（吃完，鸡蛋过敏，已换替餐）",
            "予晴吃的是替餐（已换替餐）",
        ),
        (
            "换成豆腐、青菜",
            "午点吃完替餐（鸡蛋过敏，换成豆腐，青菜）",
            "午点：替餐（吃完，鸡蛋过敏，换成豆腐，青菜）",
            "予晴吃的是替餐（换成豆腐、青菜）",
        ),
        (
            "蛋挑出来了",
            "午点吃完其余菜品（鸡蛋过敏，蛋挑出来了）",
            "午点：其余菜品（吃完，鸡蛋过敏，蛋挑出来了）",
            "老师记的是“蛋挑出来了”",
        ),
        (
            "家长书面同意",
            "午点吃完番茄炒蛋和米饭（鸡蛋过敏，已核对：家长书面同意）",
            "午点：番茄炒蛋、米饭（吃完，鸡蛋过敏，已核对：家长书面同意）",
            "老师核对过：“家长书面同意”",
        ),
        (
            "没有换，配料不含",
            "午点吃完番茄炒蛋和米饭（鸡蛋过敏，已核对：没有换，配料不含）",
            "午点：番茄炒蛋、米饭（吃完，鸡蛋过敏，已核对：没有换，配料不含）",
            "老师核对过：“没有换，配料不含”",
        ),
    ],
)
def test_why_an_allergen_was_served_is_told_and_a_swapped_dish_is_not_eaten(reason, prose, food, notice):
    text = looked_note(SNACK, reason)
    assert text.prose.endswith(f"。{prose}。")
    assert text.food == food
    assert text.notice == f"午点的“番茄炒蛋、米饭”里可能有鸡蛋，{notice}。"


@pytest.mark.parametrize("own", ["吃完换了衣服", "没吃完", "吃得不多，没吃几口", "没有换餐"])
def test_a_word_beside_a_meal_that_does_not_speak_of_its_food_swaps_nothing(own):
    text = note(dataclasses.replace(SNACK, note=own), allergies=("鸡蛋",), allergens=EGG)
    assert "替餐" not in text.prose + text.food
    assert "番茄炒蛋、米饭" in text.food
    assert "予晴对鸡蛋过敏，请当面问清老师" in text.notice


def test_what_was_left_on_the_plate_is_told_as_the_teacher_put_it():
    text = note(dataclasses.replace(SNACK, note="蛋没吃"), allergies=("鸡蛋",), allergens=EGG)
    assert "午点：番茄炒蛋、米饭（吃完，蛋没吃）" in text.food
    assert "老师记的是“蛋没吃”" in text.notice


def test_a_swapped_meal_stays_apart_from_those_that_went_alike():
    others = [dataclasses.replace(SNACK, at=at(hour), detail=slot, text="饭") for hour, slot in MEALS]
    day = DayFacts("予晴", "f", at(9), entries=(*others, SNACK), allergies=("鸡蛋",), allergens=EGG)
    said = compose(dataclasses.replace(day, looked=(Looked(SNACK, "鸡蛋过敏", "已换替餐"),))).prose
    assert "早点吃完饭，午餐吃完饭，午点吃完替餐（鸡蛋过敏，已换替餐）。" in said


def test_a_substitute_for_milk_and_for_a_new_food_has_not_their_name():
    milk = EntryDraft(EntryKind.MILK, at(10), detail="formula", amount_ml=150)
    assert looked_note(milk, "已换替餐", "牛奶").food == "喝替餐 150 ml（牛奶过敏，已换替餐）"
    food = EntryDraft(EntryKind.FOOD, at(10), text="蛋黄", grade=4, quality="rash")
    text = looked_note(food, "已换替餐")
    assert "蛋黄" not in text.prose + text.food + text.health
    assert "10:00 吃替餐后出现皮疹" in text.notice


def test_what_the_reason_does_not_speak_of_is_asked_about():
    looked = (Looked(SNACK, "予晴 鸡蛋过敏：午点可能含鸡蛋", "家长书面同意"),)
    text = note(SNACK, allergies=("鸡蛋", "番茄"), allergens=EGG, looked=looked)
    assert "予晴对番茄过敏，请当面问清老师" in text.notice
    assert "予晴对鸡蛋过敏" not in text.notice


def test_a_swapped_meal_is_said_so_at_the_door():
    looked = (Looked(SNACK, "予晴 鸡蛋过敏：午点可能含鸡蛋", "已换替餐"),)
    day = DayFacts("予晴", "f", at(9), entries=(SNACK,), allergies=("鸡蛋",), allergens=EGG, looked=looked)
    said = door_sentences(day, compose(day))
    assert said[0] == "请留意：午点的“番茄炒蛋、米饭”里可能有鸡蛋，予晴吃的是替餐（已换替餐）。"
    assert "午点替餐吃完了" in said[1]


def test_who_was_taken_home_asleep_has_not_got_up():
    text = note(EntryDraft(EntryKind.SLEEP, at(13, 10)), left=at(14))
    assert "13:10 睡下，离园时还在睡。" in text.prose
    assert text.sleep == "13:10 入睡，离园时还在睡"


def test_remarks_stand_as_the_teacher_closed_them():
    text = note(
        EntryDraft(EntryKind.NOTE, at(10), detail="remark", text="会说谢谢了！"),
        EntryDraft(EntryKind.NOTE, at(16), text="排队\n愿意等"),
    )
    assert text.prose.endswith("会说谢谢了！排队 愿意等。")


@given(facts)
def test_the_prose_claims_nothing_the_log_does_not_hold(day):
    text = compose(day)
    said = text.prose.replace(day.given_name, "")
    moods = {one.detail for one in day.of(EntryKind.MOOD)}
    for mood, words in MOOD_WORDS.items():
        if mood not in moods:
            assert not any(word in said for word in words)
            assert mood.label not in text.mood
    slots = {one.detail for one in day.of(EntryKind.MEAL)}
    for slot in MealSlot:
        if slot not in slots:
            assert slot.label not in said + text.food
    grades = {one.grade for one in day.of(EntryKind.MEAL, EntryKind.FOOD)}
    for grade, words in GRADE_WORDS.items():
        if grade not in grades and not (grade is MealGrade.ALL and MealGrade.SECONDS in grades):
            assert not any(word in said + text.food for word in words)
    looks = day.of(EntryKind.SLEEP_CHECK)
    if not day.of(EntryKind.SLEEP):
        assert "睡" not in (said + text.sleep).replace("睡眠巡视", "")
        assert "起床" not in said
    if not any(one.quality == SleepSign.CONCERN for one in looks):
        assert "巡视发现异常" not in whole(text)
        assert "巡视" not in whole(text) or looks
    if not day.of(EntryKind.FOOD):
        assert not any(
            word in whole(text) for word in ("新添", "新食物", "反应", "皮疹", "呕吐", "红肿", "不爱吃")
        )
    borne = {one.quality for one in day.of(EntryKind.FOOD)}
    for reaction, word in REACTION_WORDS.items():
        assert reaction in borne or word not in whole(text)
    outings = day.of(EntryKind.OUTDOOR)
    if not outings and not any("户外" in one.text for one in day.entries):
        assert "户外" not in said.replace("户外回来", "") + text.activity
    if not any(one.until == one.at for one in outings):
        assert "没有到户外" not in whole(text)
    if not any(one.until != one.at for one in outings):
        assert "户外活动" not in whole(text)
    else:
        assert "今天没有到户外" not in said
    if not day.of(EntryKind.WASHING):
        assert "洗手" not in whole(text)
    colours = {one.colour for one in day.of(EntryKind.TOILET)}
    for colour, word in COLOUR_WORDS.items():
        assert colour in colours or word not in whole(text)
    parts = {one.detail for one in day.of(EntryKind.ACTIVITY)}
    for part, words in PART_WORDS.items():
        if part not in parts:
            assert words not in said + text.activity
    if not day.of(EntryKind.ACTIVITY):
        assert "手工课" not in said
        assert "绘本" not in said
    if not day.of(EntryKind.WATER):
        assert "喝水" not in whole(text)
    if not day.of(EntryKind.MILK):
        assert "奶 " not in text.food.replace("酸奶", "")
    if not day.of(EntryKind.TOILET):
        assert "便" not in whole(text).replace("便后", "")
    if not day.checks:
        assert "检" not in whole(text).replace("未晨检", "")
        assert "正常" not in text.health
    if not any(check.kind == "morning" for check in day.checks):
        assert text.health.startswith("未晨检")
        assert "无异常" not in text.health
    held = {degrees(one.tenths) for one in (*day.entries, *day.checks) if one.tenths is not None}
    assert set(re.findall(r"\d+\.\d℃", whole(text))) <= held | {degrees(tenths) for _at, tenths in day.heats}
    assert bool(day.fever) == ("发热处理" in whole(text))
    assert bool(day.cases) == ("登记" in whole(text))
    if not day.injuries:
        assert "伤" not in whole(text)
    for one in day.medicine:
        alike = {dose.given for dose in day.medicine if dose.name == one.name}
        assert (True in alike) == (f" 喂{one.name} " in whole(text))
        assert (False in alike) == (f" 的{one.name}没喂" in whole(text))
    if not day.medicine:
        assert "喂" not in whole(text)
    if not any(was_swapped(one) for one in day.looked):
        assert "替餐" not in re.sub("|".join(map(re.escape, REASONS)), "", whole(text))


GRAVE_PARTS = ("heats", "injuries", "cases")


@given(facts)
def test_nothing_wrong_is_never_said_of_a_day_with_something_wrong(day):
    wrong = any(getattr(day, part) for part in (*GRAVE_PARTS, "fever", "medicine"))
    wrong = wrong or any(one.note and one.note not in NOT_ILL for one in day.entries)
    wrong = wrong or any(one.text in {"甲乙丙", "丁戊！", "壬癸", "子丑"} for one in day.entries)
    wrong = wrong or any(ill in (one.note, one.text) for one in day.entries for ill in ILL)
    wrong = wrong or any(check.outcome != "normal" or check.note.strip() for check in day.checks)
    assert not wrong or "无异常" not in compose(day).health


BLAND = (
    NoteText(prose="今天一切都好，很开心。", health="晨检 36.5℃ · 午检 36.6℃ · 无异常"),
    NoteText(prose="全日观察没有异常，没有皮疹、呕吐和腹泻，没有受伤，额头上贴了小红花。", notice="没有。"),
)


@given(facts)
def test_a_note_that_finds_all_well_tells_no_grave_fact(day):
    for text in BLAND:
        assert not [one.words for one in alerts(day) if one.grave and one.told(text)]
        said = door_sentences(day, text)[0]
        for one in alerts(day):
            if one.grave or one.ill:
                assert one.words in said


def test_every_kind_of_entry_stands_among_the_rare_days():
    """Without them what is exceptional would be asked for only where chance draws it."""
    assert {one.kind for one in RARE_ENTRIES} >= set(EntryKind) - {
        EntryKind.MILK,
        EntryKind.WATER,
        EntryKind.SLEEP,
        EntryKind.PHOTO,
    }
    assert {one.quality for one in RARE_ENTRIES} >= {*Stool, *Reaction, *SleepSign}
    assert {one.colour for one in RARE_ENTRIES} >= set(StoolColour)
    assert {one.grade for one in RARE_ENTRIES if one.kind is EntryKind.MEAL} >= set(MealGrade)
    assert {one.detail for one in RARE_ENTRIES} >= {*Mood, *Part, *NoteKind, *Washing}


@given(facts)
@each(RARE)
def test_every_exceptional_fact_is_told(day):
    text = compose(day)
    everything = whole(text)
    for one in day.entries:
        if one.kind is EntryKind.MEAL and one.grade == MealGrade.REFUSED:
            assert "拒食" in text.food
            assert "拒食" in text.prose
        if one.kind is EntryKind.MOOD:
            assert Mood(one.detail).label in text.mood
            assert (
                any(word in text.prose for word in MOOD_WORDS[one.detail]) or clause(one.note) in text.prose
            )
        if one.quality in {Stool.LOOSE, Stool.WATERY}:
            assert Stool(one.quality).label in text.toilet
            assert Stool(one.quality).label in text.prose
            assert Stool(one.quality).label in text.notice
        if one.kind is EntryKind.FOOD and one.quality in REACTION_WORDS:
            other = one.quality == Reaction.OTHER and one.note
            word = clause(one.note) if other else REACTION_WORDS[one.quality]
            assert word in text.prose
            assert word in text.notice
            assert word in text.health
            assert clause(one.note) in text.prose
            assert "无异常" not in text.health
        if one.kind is EntryKind.FOOD:
            assert clause(one.text) in text.prose
            assert clause(one.text) in text.food
            assert one.quality != Reaction.DISLIKED or "不爱吃" in text.prose
            assert one.grade != MealGrade.REFUSED or "拒食" in text.prose
        if one.colour in COLOUR_WORDS:
            word = COLOUR_WORDS[one.colour]
            assert word in text.prose
            assert word in text.notice
            assert word in text.toilet
            assert "无异常" not in text.health
        if one.kind is EntryKind.SLEEP_CHECK and one.quality == SleepSign.CONCERN:
            assert f"{one.at.hour}:{one.at:%M} 睡眠巡视发现异常" in text.prose
            assert "巡视发现异常" in text.notice
            assert clause(one.note) in text.prose
            assert "无异常" not in text.health
        if one.kind is EntryKind.OUTDOOR:
            assert clause(one.text) in text.prose  # why it was short, or why nobody went
            assert "户外" in text.prose
            assert "户外" in text.activity
        if one.kind is EntryKind.WASHING:
            assert Washing(one.detail).label in text.prose
            assert "洗手" in text.toilet
        if one.kind is EntryKind.TEMPERATURE and one.tenths >= day.fever_tenths:
            assert f"{degrees(one.tenths)}（发热）" in text.health
            assert degrees(one.tenths) in text.prose
            assert "请在家继续测量" in text.notice
        if one.kind is EntryKind.ACTIVITY:
            assert activity_name(one.text) in text.activity
            assert activity_name(one.text) in text.prose
        assert (
            clause(one.text) in everything
            or one.kind in {EntryKind.MEAL, EntryKind.SLEEP_CHECK, EntryKind.PHOTO}
            or "：" in one.text
            or ":" in one.text
        )
    for check in day.checks:
        if check.outcome != "normal" or check.note or not 360 <= (check.tenths or 365) < day.fever_tenths:
            assert "无异常" not in text.health
        assert clause(check.note) in text.prose
        assert check.tenths is None or degrees(check.tenths) in text.health
    for one in day.notes(NoteKind.NOTICE):
        assert clause(one.text) in text.notice
        assert "无异常" not in text.health
    for one in day.of(EntryKind.TOILET, EntryKind.TEMPERATURE):
        if one.note:
            assert "无异常" not in text.health
            assert one.kind is EntryKind.TEMPERATURE or clause(one.note) in text.prose
    for alert in alerts(day):
        assert alert.stands(text)
    hot = [(at, tenths) for at, tenths in day.heats if tenths >= day.fever_tenths]
    for _at, tenths in hot:
        assert degrees(tenths) in text.prose
        assert degrees(tenths) in text.health
        assert "请在家继续测量" in text.notice
    for fact in (*day.injuries, *day.cases):
        assert fact.words in text.prose
        assert fact.words in text.health
        assert fact.words in text.notice
    for dose in day.medicine:
        assert dose.words in text.prose
        assert dose.words in text.health
    for one in day.entries:
        heeded = one.kind is EntryKind.TOILET or one.quality in {*REACTION_WORDS, SleepSign.CONCERN}
        heeded = heeded or one.detail == NoteKind.NOTICE
        for own in (one.note, one.text):
            if own in ILL and not heeded:
                assert clause(own) in text.notice
                assert clause(own) in text.prose + text.food + text.sleep + text.health


@given(fed)
def test_a_swapped_dish_is_never_told_as_eaten(day):
    text, kept = compose(day), [one for one in day.entries if not swap(day, one)]
    for one in day.entries:
        if not swap(day, one):
            continue
        said = re.sub(r"(牛腩|酸奶|蛋黄|和)+过敏", "", text.prose + text.food + text.health)
        said += re.sub(r"(牛腩|酸奶|蛋黄|和)+过敏", "", joined_doors(day, text))
        for dish in one.text.split("、"):
            assert dish not in said or any(dish in other.text for other in kept)
        assert one.grade is None or "替餐" in text.prose
        assert "替餐" in text.food
        looked = day.looked_at(one)
        assert looked is None or clause(looked.reason).replace("、", "，") in text.food


def swap(day, entry):
    looked = day.looked_at(entry)
    return looked is not None and was_swapped(looked)


def joined_doors(day, text):
    return "".join(door_sentences(day, dataclasses.replace(text, notice="")))


@given(facts)
def test_the_prose_is_made_of_closed_sentences(day):
    prose = compose(day).prose
    assert prose.startswith(f"{day.given_name} 8:00 ")
    assert prose.endswith(("。", "！"))
    assert "\n" not in prose
    for slip in ("。。", "，，", "，。", "；。", "。，", "；；", "None", "  "):
        assert slip not in prose.removeprefix(day.given_name)


@given(facts)
def test_the_order_of_the_entries_does_not_matter(day):
    turned = dataclasses.replace(day, entries=tuple(reversed(day.entries)))
    stamps = [one.at for one in day.entries]
    if len(set(stamps)) == len(stamps):
        assert compose(turned) == compose(day)
        assert missing(turned) == missing(day)


def test_what_is_missing_is_named():
    empty = dataclasses.replace(STORY, entries=(), checks=())
    assert missing(empty) == ("活动", "点心", "午餐", "喝水", "睡眠", "情绪", "如厕", "健康")
    assert len(missing(empty)) == TOTAL


@pytest.mark.parametrize(
    ("came", "goes", "not_owed"),
    [
        (at(9, 12), at(11), {"午餐", "睡眠"}),
        (at(13), at(14), {"点心", "午餐", "睡眠"}),
        (at(8), at(17), set()),
        (at(11), at(17), set()),
    ],
)
def test_a_thing_is_owed_only_where_the_stay_covers_its_hour(came, goes, not_owed):
    stay = dataclasses.replace(STORY, entries=(), checks=(), arrived=came, leaving=goes)
    asked = {"活动", "点心", "午餐", "喝水", "睡眠", "情绪", "如厕", "健康"}
    assert set(missing(stay)) == asked - not_owed


def test_milk_feeds_a_baby_and_a_word_about_no_sleep_counts():
    baby = (
        EntryDraft(EntryKind.MILK, at(11, 50), amount_ml=180),
        EntryDraft(EntryKind.NOTE, at(13), detail="remark", text="中午没有睡，安静看书。"),
    )
    left = missing(dataclasses.replace(STORY, entries=baby))
    assert left == ("活动", "情绪", "如厕")


@given(facts)
def test_logging_more_never_leaves_more_missing(day):
    fewer = dataclasses.replace(day, entries=day.entries[:-1])
    assert set(missing(day)) <= set(missing(fewer))
    assert len(missing(day)) <= TOTAL


def test_a_sum_of_sleep_goes_over_the_hour():
    text = note(
        EntryDraft(EntryKind.SLEEP, at(9, 30), until=at(10) + dt.timedelta(minutes=15)),
        EntryDraft(EntryKind.SLEEP, at(12, 30), until=at(13, 45)),
    )
    assert "一共睡了 2 小时。" in text.prose
