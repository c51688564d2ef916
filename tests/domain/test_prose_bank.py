"""Prose with the phrases of the bank: whatever the seed and the age, only what the log holds is said."""

import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.alerts import alerts
from app.domain.beside import lunch_beside, mood_beside, part_beside, sleep_beside, water_beside
from app.domain.dayfacts import ClassWord, clause
from app.domain.doorwords import door_sentences
from app.domain.firsts import STEPS, first_foods, first_nap, first_steps, first_whole_day
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    MealSlot,
    Mood,
    Part,
    PottyStep,
    Reaction,
    Stool,
    degrees,
)
from app.domain.prose import compose
from app.domain.prose_body import body_words
from app.domain.swaps import as_eaten
from app.domain.usual import Before, Beside, PastDay, Usual
from app.store import tables
from tests.domain.day import STORY, at, facts
from tests.domain.rare_days import COMPARED, FIRST, RARE, each
from tests.domain.test_prose import COLOUR_WORDS, REACTION_WORDS, whole

BANK = tables.phrases()
# By which words any phrase of the bank speaks of each thing; no phrase of another thing has them.
MOOD_WORDS = {
    Mood.HAPPY: ("愉快", "开心", "开开心心", "乐呵呵", "心情很好", "情绪不错"),
    Mood.CALM: ("平静", "平稳", "平平静静"),
    Mood.SLEEPY: ("困",),
    Mood.HOMESICK: ("想家",),
    Mood.CRYING: ("哭",),
    Mood.ANXIOUS: ("焦虑",),
}
PART_WORDS = {
    Part.EAGER: ("主动", "积极", "愿意参加"),
    Part.JOINED: ("跟着", "和大家"),
    Part.WATCHED: ("在旁", "在一旁"),
    Part.DECLINED: ("没有参加",),
}
GRADE_WORDS = {
    MealGrade.REFUSED: ("拒食",),
    MealGrade.LITTLE: ("少量",),
    MealGrade.HALF: ("一半",),
    MealGrade.MOST: ("大半",),
    MealGrade.ALL: ("吃完",),
    MealGrade.SECONDS: ("添了一份",),
}
DISHES = ("苹果", "酸奶", "番茄", "牛腩", "软米饭", "炒蛋", "青菜", "汤")
PLAYED = ("手工", "贴雪花", "户外", "绘本", "沙水", "挖一挖")
SOFT = ("不太", "一点点", "稍微", "不要紧", "没事", "不用担心", "放心")

past_days = st.builds(
    PastDay,
    day=st.just(at(8).date()),
    lunch=st.none() | st.integers(0, 5),
    slept=st.none() | st.integers(10, 180),
    moods=st.integers(0, 4),
    low_moods=st.integers(0, 1),
    water=st.none() | st.integers(0, 400),
    longest=st.none() | st.integers(10, 150),
    parts=st.integers(0, 3),
    eager=st.integers(0, 1),
)
befores = st.none() | st.builds(
    Before,
    foods=st.none() | st.sampled_from([(), ("蛋黄粥、青菜",), ("猪肝泥", "蛋黄")]),
    slept=st.none() | st.integers(0, 150),
    steps=st.none() | st.frozensets(st.sampled_from([step.value for step in STEPS])),
    whole_day=st.none() | st.booleans(),
)
usuals = st.none() | st.builds(Usual, st.lists(past_days, max_size=8).map(tuple), st.booleans())
banked = st.builds(
    lambda day, came, seed, months, usual, before, again: dataclasses.replace(
        day,
        arrived=came,
        phrases=BANK,
        seed=seed,
        months=months,
        usual=usual,
        before=before,
        again=again,
        urgent=tables.urgent(),
    ),
    facts,
    st.sampled_from([at(7, 30), at(8)]),
    st.integers(0, 2**32 - 1),
    st.none() | st.integers(3, 40),
    usuals,
    befores,
    st.sampled_from([False, False, True]),
)


def with_bank(days):
    return [dataclasses.replace(day, phrases=BANK, urgent=tables.urgent()) for day in days]


def numbers(text):
    return set(re.findall(r"\d+(?::\d+)?(?:\.\d+)?", text))


def numbers_of(day):
    """Every number that may be told of a day, reckoned from its log."""
    told = numbers(f"{day.arrived.hour}:{day.arrived:%M}")
    moods = [one.at for one in day.of(EntryKind.MOOD)]
    told |= {str(int((b - a).total_seconds() // 60)) for a in moods for b in moods if b >= a}
    slept = 0
    for one in day.entries:
        told |= numbers(one.text) | numbers(one.note)
        for moment in (one.at, one.until):
            if moment is not None:
                told.add(f"{moment.hour}:{moment:%M}")
        if one.tenths is not None:
            told |= numbers(degrees(one.tenths))
        if one.kind is EntryKind.SLEEP and one.until is not None:
            minutes = int((one.until - one.at).total_seconds() // 60)
            slept += minutes
            told |= set(map(str, divmod(minutes, 60)))
    told |= set(map(str, divmod(slept, 60)))
    outings = day.of(EntryKind.OUTDOOR)
    for cut in range(len(outings) + 1):  # the day is told in two halves, that meet about noon
        for some in (outings[:cut], outings[cut:]):
            told |= set(
                map(str, divmod(sum(int((one.until - one.at).total_seconds() // 60) for one in some), 60))
            )
    told.add(str(len(day.of(EntryKind.WASHING))))
    for check in day.checks:
        told |= numbers(check.note) | numbers(f"{check.at.hour}:{check.at:%M}")
        if check.tenths is not None:
            told |= numbers(degrees(check.tenths))
    for dose in day.medicine:
        told |= numbers(dose.words)
    for phrase in day.fever:
        told |= numbers(phrase)
    for when, tenths in day.heats:
        told |= numbers(f"{when.hour}:{when:%M}") | numbers(degrees(tenths))
    for one in (*day.cases, *day.injuries):
        told |= numbers(one.words) | numbers(f"{one.at.hour}:{one.at:%M}")
    for kind in (EntryKind.WATER, EntryKind.MILK):
        by_name = {}
        for one in day.of(kind):
            by_name.setdefault(one.detail, []).append(one.amount_ml)
        for amounts in by_name.values():
            told |= {str(len(amounts)), str(sum(amount or 0 for amount in amounts))}
            told |= {
                str(sum(amount is None for amount in amounts)),
                str(sum(amount is not None for amount in amounts)),
            }
    visits = [one.detail for one in day.of(EntryKind.TOILET)]
    told |= {
        str(sum(one in some for one in visits)) for some in (("wet", "both"), ("stool", "both"), ("dry",))
    }
    return told | {str(len(day.of(kind))) for kind in (EntryKind.SLEEP_CHECK, EntryKind.PHOTO)}


@given(banked)
def test_every_number_in_the_prose_is_in_the_log(day):
    assert numbers(compose(day).prose) <= numbers_of(day)


@given(banked)
def test_every_food_and_activity_in_the_prose_is_in_the_log(day):
    logged = "\n".join(
        f"{one.text} {one.note}"
        for one in day.of(EntryKind.MEAL, EntryKind.FOOD, EntryKind.ACTIVITY, EntryKind.MILK)
    )
    logged += "".join(one.reason for one in day.looked)  # 鸡蛋换成豆腐、青菜
    prose = compose(day).prose.replace("户外回来", "")  # when hands were washed
    if day.of(EntryKind.OUTDOOR):
        logged += "户外"
    assert [word for word in (*DISHES, *PLAYED) if word in prose and word not in logged] == []


@given(banked)
def test_a_thing_not_logged_is_never_spoken_of(day):
    said = compose(day).prose.replace(day.given_name, "").replace("今天情绪更好", "")
    moods = {one.detail for one in day.of(EntryKind.MOOD)}
    for mood, words in MOOD_WORDS.items():
        if mood not in moods:
            assert not any(word in said for word in words)
    slots = {one.detail for one in day.of(EntryKind.MEAL)}
    for slot in MealSlot:
        if slot not in slots:
            assert slot.label not in said
    grades = {one.grade for one in day.of(EntryKind.MEAL, EntryKind.FOOD)}
    for grade, words in GRADE_WORDS.items():
        if grade not in grades and not (grade is MealGrade.ALL and MealGrade.SECONDS in grades):
            assert not any(word in said for word in words)
    parts = {one.detail for one in day.of(EntryKind.ACTIVITY)}
    for part, words in PART_WORDS.items():
        if part not in parts:
            assert not any(word in said for word in words)
    if not day.of(EntryKind.FOOD):
        assert not any(word in said for word in ("新添", "新食物", "反应", "不爱吃"))
    if not any(one.quality == Reaction.NONE for one in day.of(EntryKind.FOOD)):
        assert "没有异常" not in said
    if not any(one.until != one.at for one in day.of(EntryKind.OUTDOOR)):
        assert not any(word in said for word in ("户外活动", "到户外活动"))
    if not day.of(EntryKind.WASHING):
        assert not any(word in said for word in ("洗手", "洗了手"))
    if not day.of(EntryKind.SLEEP):
        said = said.replace("睡眠巡视", "")  # a look is no sleep
        assert "睡" not in said
        assert "起床" not in said
        assert "醒" not in said
    if not moods:
        assert "情绪" not in said
    if not day.of(EntryKind.WATER):
        assert "喝水" not in said
        assert "ml 水" not in said
    if not any(one.steps for one in day.of(EntryKind.TOILET)):
        assert "如厕时" not in said
        assert "要如厕" not in said
        assert "下来如厕" not in said
    if day.entries:
        assert "没有记录" not in said


@given(banked)
@each(with_bank(RARE))
def test_illness_and_allergy_stand_as_hard_as_without_the_bank(day):
    plain = dataclasses.replace(day, phrases=type(BANK)(), usual=None)
    ours, hard = compose(day), compose(plain)
    assert (ours.health, ours.notice, ours.food) == (hard.health, hard.notice, hard.food)
    for one in day.entries:
        clock = f"{one.at.hour}:{one.at:%M}"
        if one.kind is EntryKind.TEMPERATURE and one.tenths >= day.fever_tenths:
            assert f"{clock} 体温 {degrees(one.tenths)}，达到发热线" in ours.prose
        if one.quality in {Stool.LOOSE, Stool.WATERY}:
            assert f"{clock} 有一次{Stool(one.quality).label}" in ours.prose
        if one.kind is EntryKind.FOOD and one.quality in REACTION_WORDS:
            assert f"{clock} 吃{one.text}后" in ours.prose
            assert REACTION_WORDS[one.quality] in ours.prose or one.quality == Reaction.OTHER
        if one.colour in COLOUR_WORDS:
            assert COLOUR_WORDS[one.colour] in ours.prose
    fed = {EntryKind.MEAL, EntryKind.FOOD}
    refused = sum(one.kind in fed and one.grade == 0 for one in day.entries)
    assert ours.prose.count("没有吃（拒食") == refused
    for check in day.checks:
        if check.outcome == "abnormal":
            assert "发现异常" in ours.prose
        assert clause(check.note) in ours.prose
    for alert in alerts(day):
        assert alert.stands(ours)
    assert not any(word in ours.prose for word in SOFT)


@given(banked)
def test_a_food_is_new_once_on_a_day_and_no_code_stands_for_a_reaction(day):
    text = compose(day)
    foods = {clause(one.text) for one in day.of(EntryKind.FOOD)}
    new = len(re.findall("新添|新食物", text.prose))
    assert new == len(foods)
    if all(one.note.strip() for one in day.of(EntryKind.FOOD)):
        assert "其他反应" not in whole(text)
        assert "（其他" not in text.food


@given(banked)
def test_what_is_not_as_usual_is_told_in_its_order(day):
    clocks = []
    for piece in body_words(day).split("；"):
        found = re.match(r"(?:发热处理：)?(\d{1,2}):(\d\d) ", piece)
        clocks += [int(found[1]) * 60 + int(found[2])] if found else []
    assert clocks == sorted(clocks)


@given(banked)
def test_a_part_of_a_day_or_a_day_that_still_runs_is_compared_with_no_whole_one(day):
    prose = compose(day).prose
    if day.again:
        assert "最近几天" not in prose
    last = max((one.until or one.at for one in day.entries), default=at(8))
    if last < (at(16) if day.leaving is None else day.leaving - dt.timedelta(minutes=90)):
        assert not any(one in prose for one in ("睡得少", "睡得短", "情绪更好", "最近几天好", "最近几天主动"))


@given(banked)
def test_the_same_day_gives_the_same_words(day):
    assert compose(day) == compose(dataclasses.replace(day))


def test_every_comparison_stands_among_the_days_that_are_always_asked():
    found = [lunch_beside, sleep_beside, mood_beside, water_beside, part_beside]
    made = {(beside, beside(day)) for beside in found for day in COMPARED}
    assert made == {(beside, way) for beside in found for way in Beside} - {
        (water_beside, Beside.LESS),
        (part_beside, Beside.LESS),
    }


@given(banked)
@each(with_bank(COMPARED))
def test_comparisons_are_said_only_where_the_record_bears_them(day):
    prose = compose(day).prose
    assert ("吃得多" in prose) == (lunch_beside(day) is Beside.MORE)
    assert ("吃得少" in prose) == (lunch_beside(day) is Beside.LESS)
    assert ("睡得久" in prose) == (sleep_beside(day) is Beside.MORE)
    assert (("睡得少" in prose) or ("睡得短" in prose)) == (sleep_beside(day) is Beside.LESS)
    assert ("起伏" in prose) == (mood_beside(day) is Beside.LESS)
    more = re.search(r"水[^。]*，比最近几天多。", prose)
    assert bool(more) == (water_beside(day) is Beside.MORE)
    more = "比最近几天主动" in prose or "主动多了" in prose
    assert more == (part_beside(day) is Beside.MORE)
    if more:
        assert {one.detail for one in day.of(EntryKind.ACTIVITY)} <= {Part.EAGER, None}
        assert not any(one.eager for one in day.usual.days)
    first = day.usual is not None and not day.usual.been_before
    assert ("第一次来" in prose) == first


def test_every_first_time_stands_among_the_days_that_are_always_asked():
    for first in (first_foods, first_nap, first_whole_day):
        assert {bool(first(day)) for day in FIRST} == {True, False}
    assert {step for day in FIRST for step in first_steps(day)} == set(STEPS)


@given(banked)
@each(with_bank(FIRST))
def test_a_first_time_is_told_only_where_the_whole_log_bears_it(day):
    """Reckoned here from the entries alone: what of the prose says 第一次 was in no entry before."""
    prose, before = compose(day).prose, day.before or Before()
    claims = prose.count("第一次") - ("第一次来" in prose)
    said = r"这是第一次在园里吃([^。]*)|([^。]*)是第一次在园里吃|第一次在园里吃([^。]*)"
    tried = ["".join(found) for found in re.findall(said, prose)]
    for name in "、".join(tried).split("、") if tried else ():
        eaten = [one for one in day.of(EntryKind.FOOD) if one.text == name and one.grade != 0]
        assert any(one.quality not in REACTION_WORDS for one in eaten)
        assert not any(name in told for told in before.foods)
    claims -= len(tried)
    if hours := re.findall(r"睡满了? (\d+) 小时", prose):
        claims -= 1
        assert any(
            one.until is not None and one.until - one.at >= dt.timedelta(hours=int(hours[0]))
            for one in day.of(EntryKind.SLEEP)
        )
        assert before.slept < int(hours[0]) * 60
        assert "比最近几天睡" not in prose, "it is said once"
    for words, step in (("第一次自己表示", PottyStep.TOLD), ("第一次自己坐下", PottyStep.SAT)):
        if words in prose:
            claims -= 1
            assert any(step in one.steps and one.detail != "dry" for one in day.of(EntryKind.TOILET))
            assert step.value not in before.steps
    if "一整天" in prose:
        claims -= 1
        last = day.left or max(one.until or one.at for one in day.entries)
        assert day.arrived <= at(9, 30)
        assert last >= at(16)
        assert before.whole_day is False
    assert claims == 0
    assert ("睡满" in prose) == bool(first_nap(day))
    assert ("一整天" in prose) == first_whole_day(day)
    assert ("在园里吃" in prose) == bool(first_foods(as_eaten(day)))


@given(banked)
def test_the_sentences_are_closed(day):
    prose = compose(day).prose
    assert prose.endswith(("。", "！"))
    for slip in ("。。", "，，", "，。", "；。", "。，", "；；", "None", "  ", "{", "}", "。；"):
        assert slip not in prose.removeprefix(day.given_name)


def test_no_two_children_read_the_same():
    proses = {
        compose(dataclasses.replace(STORY, phrases=BANK, seed=seed, months=27)).prose for seed in range(60)
    }
    assert len(proses) > 50


@pytest.mark.parametrize("months", [8, 14, 30])
def test_the_age_changes_the_words(months):
    proses = [
        compose(dataclasses.replace(STORY, phrases=BANK, seed=seed, months=months)).prose
        for seed in range(60)
    ]
    assert any("醒来" in one for one in proses) == (months < 24)
    assert any("很愿意参加" in one for one in proses) == (months < 24)
    assert any("起床" in one for one in proses) == (months >= 12)


def test_what_stands_out_is_told():
    days = tuple(PastDay(at(8).date(), lunch=1, slept=30, moods=2, low_moods=0) for _ in range(4))
    text = compose(dataclasses.replace(STORY, usual=Usual(days, been_before=False)))
    assert "今天是她第一次来园。" in text.prose
    assert "午餐比最近几天吃得多。" in text.prose
    assert "今天比最近几天睡得久。" in text.prose
    assert "今天情绪起伏多一些" in text.prose  # she missed home, as on no day before


FIRSTS = (
    EntryDraft(EntryKind.FOOD, at(11), grade=2, quality="none", text="南瓜泥"),
    EntryDraft(EntryKind.TOILET, at(10), detail="wet", steps=("told", "sat")),
    EntryDraft(EntryKind.SLEEP, at(12), until=at(14, 5)),
    EntryDraft(EntryKind.ACTIVITY, at(16), detail="eager", text="拍球"),
)
NEVER = Before(foods=("米糊",), slept=110, steps=frozenset(), whole_day=False)


def test_first_times_are_told():
    day = dataclasses.replace(STORY, arrived=at(8), entries=FIRSTS, before=NEVER)
    text = compose(day)
    for words in (
        "南瓜泥是第一次在园里吃。",
        "第一次一觉睡满 2 小时。",
        "第一次自己表示要如厕，第一次自己坐下来如厕",
        "今天是她第一次在园里待一整天。",
    ):
        assert words in text.prose
    assert "第一次一觉睡满 2 小时" in "".join(door_sentences(day, text))


def slept(minutes, **parts):
    nap = EntryDraft(EntryKind.SLEEP, at(12, 40), until=at(12, 40) + dt.timedelta(minutes=minutes))
    late = EntryDraft(EntryKind.WATER, at(15, 40), amount_ml=60)
    days = tuple(PastDay(at(8).date(), slept=110, moods=2, low_moods=1) for _ in range(4))
    calm = EntryDraft(EntryKind.MOOD, at(10), detail="calm")
    entries = parts.pop("entries", (calm, nap, late))
    return compose(
        dataclasses.replace(
            STORY, **{"arrived": at(8), "leaving": at(17), "usual": Usual(days), "entries": entries, **parts}
        )
    ).prose


def test_a_part_of_the_day_is_compared_with_no_whole_one():
    assert "今天比最近几天睡得少" in slept(30)
    assert "情绪比最近几天好" in slept(30)
    again = slept(30, again=True)  # she slept in her first stay of the day, too
    assert "最近几天" not in again


@pytest.mark.parametrize(
    "parts",
    [
        {
            "leaving": at(12),
            "left": at(12),
            "entries": (EntryDraft(EntryKind.SLEEP, at(9), until=at(9, 20)),),
        },
        {"entries": (EntryDraft(EntryKind.SLEEP, at(9), until=at(9, 20)),)},  # a draft in the morning
        {"arrived": at(13, 30)},
    ],
)
def test_who_was_not_here_at_noon_or_may_sleep_again_has_not_slept_less(parts):
    assert "睡得" not in slept(30, **parts)


def test_a_day_that_still_runs_is_not_said_to_be_a_better_one():
    calm = EntryDraft(EntryKind.MOOD, at(8, 10), detail="calm")
    assert "最近几天" not in slept(30, entries=(calm,))


@pytest.mark.parametrize(
    "before",
    [
        None,
        Before(),
        Before(("南瓜泥、米粥",), 125, frozenset({"told", "sat"}), whole_day=True),
    ],
)
def test_a_first_time_is_not_told_where_it_was_not_or_nobody_knows(before):
    day = dataclasses.replace(STORY, arrived=at(8), entries=FIRSTS, before=before)
    text = compose(day)
    assert "第一次" not in whole(text) + "".join(door_sentences(day, text))


def test_no_first_time_is_made_of_what_was_refused_not_borne_swapped_or_not_over():
    entries = (
        EntryDraft(EntryKind.FOOD, at(11), grade=0, text="南瓜泥"),
        EntryDraft(EntryKind.FOOD, at(11, 30), grade=2, quality="rash", text="虾泥"),
        EntryDraft(EntryKind.TOILET, at(10), detail="dry", steps=("told", "sat")),
        EntryDraft(EntryKind.SLEEP, at(12)),
        EntryDraft(EntryKind.WATER, at(15, 50), amount_ml=80),
    )
    text = compose(dataclasses.replace(STORY, arrived=at(8), entries=entries, before=NEVER))
    assert "第一次" not in whole(text)


@pytest.mark.parametrize(("came", "words"), [(at(7, 40), "一早"), (at(9), ""), (at(13, 48), "午后")])
def test_the_part_of_the_day_changes_how_she_came(came, words):
    proses = {
        compose(dataclasses.replace(STORY, arrived=came, entries=(), phrases=BANK, seed=seed)).prose
        for seed in range(30)
    }
    assert {one for one in ("一早", "午后") if any(one in prose for prose in proses)} == {words} - {""}


def test_the_same_mood_is_told_in_other_words_the_second_time():
    moods = tuple(EntryDraft(EntryKind.MOOD, at(hour), detail="happy") for hour in (10, 15))
    for seed in range(20):
        day = dataclasses.replace(STORY, entries=moods, phrases=BANK, seed=seed, months=30)
        morning, noon = compose(day).prose.split("。")[1:3]
        assert morning.removeprefix("上午") != noon.removeprefix("下午")


def test_a_low_mood_before_what_was_done_is_told_before_it():
    entries = (
        EntryDraft(EntryKind.ACTIVITY, at(10, 20), detail="joined", text="绘本"),
        EntryDraft(EntryKind.MOOD, at(10, 5), detail="homesick"),
    )
    prose = compose(dataclasses.replace(STORY, entries=entries)).prose
    assert "10:05 有点想家；上午绘本，她跟着大家一起参与。" in prose


def test_a_word_to_end_with_is_for_days_after_which_there_is_more_to_ask():
    first = dataclasses.replace(STORY, phrases=BANK, usual=Usual((), been_before=False))
    assert "随时问" in compose(first).prose
    assert "随时问" not in compose(dataclasses.replace(first, usual=Usual())).prose


def test_a_sentence_for_the_class_stands_in_its_part():
    words = (ClassWord("prose", "今天全班一起包了饺子"), ClassWord("notice", "明天请穿运动鞋。"))
    text = compose(dataclasses.replace(STORY, class_words=words))
    assert text.prose.endswith("起床情绪愉快。今天全班一起包了饺子。")
    assert "明天请穿运动鞋" in text.notice
    assert "运动鞋" not in text.prose


def test_a_day_with_nothing_logged_says_so_plainly():
    empty = dataclasses.replace(STORY, entries=(), checks=(), phrases=BANK)
    assert "入园以后还没有记录。" in compose(empty).prose
    gone = compose(dataclasses.replace(empty, left=at(14)))
    assert "入园以后没有记录，请当面问老师。" in gone.prose
    assert "随时问" not in whole(gone)
    assert (
        "没有记录"
        not in compose(dataclasses.replace(empty, entries=(EntryDraft(EntryKind.WATER, at(10)),))).prose
    )


def test_one_long_sleep_is_told_as_such_and_no_short_one():
    for seed in range(20):
        short = EntryDraft(EntryKind.SLEEP, at(11, 8), until=at(11, 25))
        long = EntryDraft(EntryKind.SLEEP, at(12, 30), until=at(13, 45))
        for entries in ((short,), (short, long)):
            day = dataclasses.replace(STORY, entries=entries, phrases=BANK, seed=seed, months=9)
            assert "一觉" not in compose(day).prose
    proses = [
        compose(dataclasses.replace(STORY, entries=(long,), phrases=BANK, seed=seed, months=9)).prose
        for seed in range(20)
    ]
    assert any("一觉" in one for one in proses)


def test_more_water_than_usual_is_said_behind_how_much_it_was():
    water = EntryDraft(EntryKind.WATER, at(13), amount_ml=400)
    days = tuple(PastDay(at(8).date(), water=200) for _ in range(4))
    day = dataclasses.replace(STORY, entries=(water,), usual=Usual(days))
    assert "喝水 400 ml，比最近几天多。" in compose(day).prose
