"""New food, time outdoors, washed hands, odd stools and sleep rounds, as a family reads of them."""

import dataclasses

import pytest

from app.domain.alerts import alerts
from app.domain.care_words import outdoor_words, potty_words, washing_words
from app.domain.dayfacts import CheckFact, DayFacts
from app.domain.doorwords import door_sentences
from app.domain.logbook import EntryDraft, EntryKind, Reaction
from app.domain.prose import compose
from app.domain.usual import Before
from app.store import tables
from tests.domain.day import at

MORNING = CheckFact("morning", at(8), 365)


def day(*entries, **parts):
    return DayFacts("予晴", "f", at(8), "奶奶", entries=entries, checks=(MORNING,), **parts)


def food(reaction, grade=1, note=""):
    return EntryDraft(EntryKind.FOOD, at(11, 40), quality=reaction, grade=grade, text="蛋黄泥", note=note)


def outing(hour, minutes, text=""):
    until = at(hour, minutes) if minutes else at(hour)
    return EntryDraft(EntryKind.OUTDOOR, at(hour), until=until, text=text)


def test_a_food_that_was_borne_is_one_clause():
    text = compose(day(food("none")))
    assert "新添的蛋黄泥吃了少量，没有异常反应。" in text.prose
    assert text.food == "新添：蛋黄泥（少量，没有异常）"
    assert text.health == "晨检 36.5℃ · 无异常"
    assert text.notice == ""


def test_what_she_did_not_eat_did_her_neither_good_nor_harm():
    facts = day(food("none", grade=0))  # an older program asked for a reaction all the same
    text = compose(facts)
    assert "新添的蛋黄泥没有吃（拒食）。" in text.prose
    assert text.food == "新添：蛋黄泥（拒食）"
    assert "反应" not in "".join(door_sentences(facts, text))


@pytest.mark.parametrize("reaction", [one for one in Reaction if one not in {"none", "disliked"}])
def test_a_reaction_is_told_everywhere_and_nobody_signs_over_it(reaction):
    facts = day(food(reaction.value, note="嘴边发红"))
    text = compose(facts)
    for part in (text.prose, text.health, text.notice):
        assert "11:40 吃蛋黄泥后" in part
        assert "嘴边发红" in part
    assert "无异常" not in text.health
    assert "没有异常" not in text.prose
    (alert,) = alerts(facts)
    assert alert.grave
    assert not alert.told(dataclasses.replace(text, prose="今天很好。", health="", notice="", food=""))
    assert alert.told(text)
    assert "吃蛋黄泥后" in door_sentences(facts, text)[0]


@pytest.mark.parametrize(("colour", "words"), [("red", "带血"), ("black", "黑色"), ("pale", "灰白")])
def test_an_odd_colour_is_no_ordinary_stool(colour, words):
    stool = EntryDraft(EntryKind.TOILET, at(10), detail="stool", quality="formed", colour=colour)
    text = compose(day(stool))
    assert words in text.prose
    assert words in text.notice
    assert words in text.toilet
    assert "无异常" not in text.health
    assert [alert.grave for alert in alerts(day(stool))] == [True]


def test_a_yellow_stool_is_nothing_to_tell():
    stool = EntryDraft(EntryKind.TOILET, at(10), detail="stool", quality="formed", colour="yellow")
    assert compose(day(stool)).health == "晨检 36.5℃ · 无异常"


def test_a_sleep_round_that_found_something_is_told():
    look = EntryDraft(
        EntryKind.SLEEP_CHECK, at(13, 10), detail="belly", quality="concern", note="呼吸急，已抱起"
    )
    text = compose(day(look))
    assert "13:10 睡眠巡视发现异常：呼吸急，已抱起。" in text.prose
    assert "13:10 睡眠巡视发现异常：呼吸急，已抱起，请在家继续留意" in text.notice
    assert "无异常" not in text.health


def test_outdoors_is_told_by_its_minutes():
    text = compose(day(outing(9, 50), outing(15, 40, "雾霾")))
    assert "上午户外活动 50 分钟。" in text.prose
    assert "下午因雾霾只在户外待了 40 分钟。" in text.prose
    assert text.activity == "户外 9:00–9:50、15:00–15:40，共 1 小时 30 分（时间短：雾霾）"


@pytest.mark.parametrize(
    ("outings", "said"),
    [
        ((outing(9, 40, "雾霾"),), "因雾霾只在户外待了 40 分钟"),
        ((outing(9, 0, "下雨"), outing(9, 30)), "因下雨只在户外待了 30 分钟"),
        ((outing(9, 40, "雾霾"), outing(15, 30, "下雨")), "因雾霾、下雨只在户外待了 1 小时 10 分"),
        ((outing(9, 40, "雾霾"), outing(15, 50)), "户外活动 1 小时 30 分（有一段时间短：雾霾）"),
        ((outing(9, 40, "脚扭了，在室内活动"),), "只在户外待了 40 分钟（原因：脚扭了，在室内活动）"),
    ],
)
def test_a_reason_for_coming_in_is_no_weather_to_be_out_in(outings, said):
    assert outdoor_words(day(*outings), outings, "") == said


def test_who_stayed_in_did_not_go_out_and_the_reason_stands_once():
    text = compose(day(outing(9, 0, "下雨"), outing(15, 0, "下雨")))
    assert text.prose.count("没有到户外") == 1
    assert "今天没有到户外（下雨）。" in text.prose
    later = compose(day(outing(9, 0, "下雨"), outing(15, 40)))
    assert "上午没有到户外（下雨）。" in later.prose
    assert "下午户外活动 40 分钟。" in later.prose
    assert "今天没有到户外" not in later.prose


def test_the_half_day_is_named_once():
    played = EntryDraft(EntryKind.ACTIVITY, at(10), detail="eager", text="绘本")
    assert "上午绘本，她主动参与；户外活动 50 分钟。" in compose(day(played, outing(9, 50))).prose
    cried = EntryDraft(EntryKind.MOOD, at(10, 30), detail="crying")
    assert "10:30 有哭闹；上午户外活动 50 分钟。" in compose(day(cried, outing(9, 50))).prose


def washed(hour, when):
    return EntryDraft(EntryKind.WASHING, at(hour), detail=when)


def test_hands_are_counted_by_when():
    facts = day(washed(9, "after_toilet"), washed(11, "before_food"), washed(14, "before_food"))
    assert "便后、饭前洗手 3 次。" in compose(facts).prose
    assert washing_words(facts) == "洗手 3 次（便后 1 次、饭前 2 次）"
    assert compose(facts).toilet == "洗手 3 次（便后 1 次、饭前 2 次）"


def test_what_she_did_on_the_potty_herself_is_told_in_order():
    steps = [("dressed",), ("undressed", "washed")]
    facts = day(
        *(EntryDraft(EntryKind.TOILET, at(9 + n), detail="wet", steps=one) for n, one in enumerate(steps))
    )
    assert potty_words(facts) == "自己脱裤、提裤、洗手"
    assert compose(facts).toilet == "小便 2 次 · 自己脱裤、提裤、洗手"


def test_new_food_that_holds_her_allergen_is_told():
    facts = day(food("none"), allergies=("蛋黄",))
    assert "11:40 新添的“蛋黄泥”里有蛋黄，予晴对蛋黄过敏" in compose(facts).notice
    assert any(alert.words == "辅食含蛋黄" for alert in alerts(facts))


def test_nothing_logged_says_nothing():
    facts = day()
    assert (washing_words(facts), potty_words(facts)) == ("", "")


def test_one_washing_is_no_sum():
    assert "饭前洗了手。" in compose(day(washed(11, "before_food"))).prose


def test_a_loose_stool_and_its_colour_are_one_thing():
    stool = EntryDraft(EntryKind.TOILET, at(14), detail="stool", quality="loose", colour="red", note="量少")
    text = compose(day(stool))
    assert "14:00 有一次稀便，大便带血，量少。" in text.prose
    assert text.prose.count("带血") == 1


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            EntryDraft(EntryKind.MEAL, at(11), detail="lunch", grade=0, note="哭着推开"),
            "午餐没有吃（拒食，哭着推开）。",
        ),
        (EntryDraft(EntryKind.SLEEP, at(13), note="轻拍入睡"), "13:00 睡下，轻拍入睡，还没有起床。"),
    ],
)
def test_a_note_stands_where_it_reads_well(entry, words):
    assert words in compose(day(entry)).prose


def test_a_mood_that_lasts_is_still_so():
    moods = [EntryDraft(EntryKind.MOOD, at(8, minute), detail="calm") for minute in (10, 40)]
    assert "来时情绪平静，8:40 仍然情绪平静。" in compose(day(*moods)).prose
    alone = DayFacts("予晴", "f", at(8), entries=(EntryDraft(EntryKind.MOOD, at(8, 30), detail="crying"),))
    assert compose(alone).prose.startswith("予晴 8:00 入园，进班后有哭闹。")


def test_another_reaction_is_told_in_the_teachers_words_and_not_by_its_code():
    facts = day(food("other", grade=2, note="嘴角有点红"))
    text = compose(facts)
    assert "11:40 吃蛋黄泥后嘴角有点红。" in text.prose
    assert text.food == "新添：蛋黄泥（一半，嘴角有点红）"
    assert "其他" not in "".join((*dataclasses.astuple(text), *door_sentences(facts, text)))
    assert "有其他反应" in compose(day(food("other"))).prose  # an older program asked for no words


def test_what_is_given_twice_on_a_day_is_new_once():
    twice = (food("none", grade=4), dataclasses.replace(food("none", grade=2), at=at(15)))
    assert "新添的蛋黄泥吃完了，第二次吃了一半，没有异常反应。" in compose(day(*twice)).prose
    unlike = (food("none", grade=4), dataclasses.replace(food("disliked", grade=0), at=at(15)))
    assert "新添的蛋黄泥吃完了，没有异常反应，第二次没有吃（拒食），不爱吃。" in compose(day(*unlike)).prose
    ill = (food("none", grade=4), dataclasses.replace(food("rash", grade=2), at=at(15)))
    said = compose(day(*ill)).prose
    assert "新添的蛋黄泥吃完了，没有异常反应，第二次吃了一半。15:00 吃蛋黄泥后出现皮疹。" in said


def test_how_she_slept_and_what_her_stool_was_like_stand_in_their_sections():
    sleep = EntryDraft(EntryKind.SLEEP, at(12), until=at(13), detail="patted", quality="back", helper=4)
    looks = [
        EntryDraft(EntryKind.SLEEP_CHECK, at(12, minute), detail="back", quality=sign)
        for minute, sign in ((15, "calm"), (30, "turned"), (45, "calm"))
    ]
    stools = [
        EntryDraft(EntryKind.TOILET, at(hour), detail="stool", quality="soft", colour=colour)
        for hour, colour in ((9, "yellow"), (15, "green"))
    ]
    text = compose(day(sleep, *looks, *stools))
    assert text.sleep == "12:00–13:00，共 1 小时；轻拍、仰卧；睡眠巡视 3 次，翻回仰卧 1 次"
    assert "12:00–13:00 午睡 1 小时，轻拍入睡。" in text.prose
    assert text.toilet == "大便 2 次（黄色软便 1 次、绿色软便 1 次）"
    noted = dataclasses.replace(sleep, note="轻拍了十分钟睡着")
    assert compose(day(noted)).prose.count("轻拍") == 1


def test_what_is_not_as_usual_is_told_in_the_order_it_came():
    low = EntryDraft(EntryKind.TEMPERATURE, at(9, 30), tenths=355)
    hot = EntryDraft(EntryKind.TEMPERATURE, at(15), tenths=385)
    stool = EntryDraft(EntryKind.TOILET, at(16), detail="stool", quality="loose")
    look = EntryDraft(EntryKind.SLEEP_CHECK, at(15, 40), detail="back", quality="concern", note="脸色白")
    said = compose(day(stool, look, hot, low, food("rash"))).prose
    places = [said.index(one) for one in ("9:30 体温", "11:40 吃", "15:00 体温", "15:40 睡眠", "16:00 有")]
    assert places == sorted(places)


def test_both_first_steps_are_praised_once():
    both = EntryDraft(EntryKind.TOILET, at(10), detail="wet", steps=("told", "sat"))
    for seed in range(12):
        facts = day(both, before=Before(steps=frozenset()), phrases=tables.phrases(), seed=seed, months=24)
        assert compose(facts).prose.count("值得夸") <= 1
