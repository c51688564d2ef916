"""What a note may not pass over, and what tells nothing of it: denials, swaps, words of illness, hurts."""

import dataclasses

import pytest

from app.domain.alerts import alerts
from app.domain.allergens import Allergen
from app.domain.dayfacts import CaseFact, CheckFact, DayFacts, InjuryFact, Looked
from app.domain.doorwords import door_sentences
from app.domain.dose_facts import DoseFact, tells
from app.domain.ill_words import speaks_of_illness
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import NoteText, compose
from app.domain.said import says
from app.domain.sections import fevers
from tests.domain.day import at

WELL = DayFacts("予晴", "f", at(8), checks=(CheckFact("morning", at(8), 365),))
EGG = (Allergen(("鸡蛋",), ("蛋",)),)


def day(*entries, **parts):
    return dataclasses.replace(WELL, entries=entries, **parts)


def lunch(**parts):
    given = {"detail": "lunch", "grade": 4, "text": "番茄炒蛋、软米饭", **parts}
    return EntryDraft(EntryKind.MEAL, at(11, 30), **given)


# -- fevers


def test_a_fever_that_nobody_logged_is_a_fever():
    facts = day(heats=((at(10), 395), (at(10, 5), 394)), fever=("10:00 39.5℃，10:05 复测 39.4℃",))
    text = compose(facts)
    assert "无异常" not in text.health
    assert text.notice == "10:00 体温 39.5℃，请在家继续测量。"
    assert text.prose.endswith("发热处理：10:00 39.5℃，10:05 复测 39.4℃。")
    assert [one.words for one in alerts(facts)] == ["体温 39.5℃", "体温 39.4℃"]
    assert "39.5℃" in door_sentences(facts, text)[0]
    hidden = NoteText(prose="今天一切都好。", health="晨检 36.5℃ · 无异常")
    assert not any(one.told(hidden) for one in alerts(facts))


def test_the_hottest_reading_is_told_wherever_it_was_taken():
    logged = EntryDraft(EntryKind.TEMPERATURE, at(10), tenths=374)
    facts = day(logged, heats=((at(10), 374), (at(10, 5), 401)), fever=("10:00 37.4℃，10:05 复测 40.1℃",))
    assert fevers(facts) == ((at(10), 374), (at(10, 5), 401))
    assert "10:05 体温 40.1℃，请在家继续测量" in compose(facts).notice
    low = NoteText(prose="10 点量体温 37.4，后来没事。")
    assert [one.words for one in alerts(facts) if not one.told(low)] == ["体温 40.1℃"]


def test_the_sentence_of_a_reading_has_its_own_hour_and_may_lack_its_air():
    reading = EntryDraft(EntryKind.TEMPERATURE, at(9, 30), detail="ear", tenths=385)
    (alert,) = alerts(day(reading))
    for said in ("9:30 耳温 38.5℃。", "09:30体温38.5度", "下午好些了，9:30 38.5"):
        assert alert.stands(NoteText(prose=said))
    for said in ("19:30 耳温 38.5℃。", "体重 38.5 斤", "9:30 户外，量了 38.5"):
        assert not alert.stands(NoteText(prose=said))


# -- denials


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("没有异常反应", "异常", False),
        ("今天都好，没有发现异常", "异常", False),
        ("没有皮疹、红肿和呕吐", "呕吐", False),
        ("无腹泻", "腹泻", False),
        ("没有再呕吐", "呕吐", False),
        ("没有吃完，呕吐了一次", "呕吐", True),
        ("早上没有异常，下午发现异常", "异常", True),
    ],
)
def test_a_denial_is_no_word_of_a_thing(text, word, said):
    assert says(text, word) is said


def test_a_note_that_finds_nothing_wrong_tells_no_finding():
    food = EntryDraft(EntryKind.FOOD, at(11, 40), text="猪肝泥", quality="none", grade=4)
    before = compose(day(food))
    assert "没有异常" in before.prose + before.food
    found = CheckFact("day", at(14), None, "abnormal", "手心有疱疹")
    facts = day(food, checks=(*WELL.checks, found))
    (alert,) = alerts(facts)
    assert not alert.told(before)
    assert not alert.told(NoteText(prose="晨检 36.5℃，今天都好，没有发现异常。全日观察正常。"))
    assert alert.told(NoteText(prose="全日观察发现异常，手上长了东西。"))
    assert alert.told(NoteText(prose="下午看到手心有疱疹。"))
    assert alert.stands(compose(facts))


def test_two_findings_of_one_round_are_told_by_their_own_words():
    checks = tuple(
        CheckFact("day", at(14, n), None, "abnormal", own) for n, own in ((0, "流清涕"), (9, "咳嗽"))
    )
    first, second = alerts(day(checks=checks))
    said = NoteText(prose="全日观察异常：流清涕。")
    assert first.told(said)
    assert not second.told(said)


# -- swaps

EATEN = (
    "来不及换成别的了", "忘记换餐了，已经吃了", "家长说不需要替餐", "无需替换", "不必另做",
    "没能更换，孩子吃了", "不再替餐", "已换餐具", "替换了餐具", "把别人的换成自己的",
    "花生没吃出来，误食了", "面没吃饱，都吃了",
)  # fmt: skip


@pytest.mark.parametrize("reason", EATEN)
def test_words_that_deny_a_change_tell_of_none(reason):
    entry = lunch(text="花生酱拌面、青菜")
    looked = (Looked(entry, "予晴 花生过敏：午餐含花生", reason),)
    facts = day(entry, allergies=("花生",), looked=looked)
    text = compose(facts)
    assert "花生酱拌面、青菜（吃完" in text.food
    assert "替餐" not in (text.prose + text.food).replace(reason, "")
    assert "其余菜品" not in text.prose + text.food
    assert [one.words for one in alerts(facts)] == ["午餐含花生"]


@pytest.mark.parametrize("reason", ["来不及换成别的了", "忘记换餐了，已经吃了", "无需替换", "没吃完"])
def test_what_is_no_check_is_not_told_as_one(reason):
    entry = lunch()
    facts = day(entry, allergies=("鸡蛋",), allergens=EGG, looked=(Looked(entry, "鸡蛋过敏", reason),))
    text = compose(facts)
    assert "核对" not in text.prose + text.food + text.notice
    assert f"老师记的是“{reason}”，请当面问清老师" in text.notice


@pytest.mark.parametrize(
    ("way", "food", "notice"),
    [
        ("swapped", "午餐：替餐（吃完，鸡蛋过敏，豆腐）", "予晴吃的是替餐（豆腐）"),
        ("picked", "午餐：其余菜品（吃完，鸡蛋过敏，豆腐）", "老师记的是“豆腐”"),
        ("safe", "午餐：番茄炒蛋、软米饭（吃完，鸡蛋过敏，已核对：豆腐）", "老师核对过：“豆腐”"),
    ],
)
def test_what_was_chosen_counts_and_not_the_words(way, food, notice):
    entry = lunch()
    looked = (Looked(entry, "鸡蛋过敏", "豆腐", way),)
    text = compose(day(entry, allergies=("鸡蛋",), allergens=EGG, looked=looked))
    assert text.food == food
    assert notice in text.notice


@pytest.mark.parametrize("own", ["没吃青菜", "去掉骨头", "挑掉葱花", "没吃饱，又喝了汤", "没换替餐"])
def test_a_word_about_something_else_answers_no_allergy(own):
    text = compose(day(lunch(note=own), allergies=("鸡蛋",), allergens=EGG))
    assert "予晴对鸡蛋过敏，请当面问清老师" in text.notice
    assert "番茄炒蛋" in text.food


@pytest.mark.parametrize("own", ["蛋没吃", "番茄炒蛋没吃", "蛋挑掉了"])
def test_what_was_left_of_her_allergen_is_told(own):
    assert f"老师记的是“{own}”" in compose(day(lunch(note=own), allergies=("鸡蛋",), allergens=EGG)).notice


# -- words of illness

ILL = (
    "吃完吐了两口", "下午在滑梯边撞到额头，起了个小包", "摔了一跤，膝盖擦破皮", "手上有小水泡", "说肚子疼",
    "睡中咳了好几次", "有点烫", "流鼻涕", "鼻塞，张口呼吸", "被咬了一口手",
    "被乐乐咬了一口", "嘴边红了一圈", "低烧", "手脚凉，出冷汗",
    "呛了一下，拍背后好了", "手指扎了根刺", "被蚊子叮了三个包", "汤洒在手上，有点红",
    "眼睛红，有眼屎", "一直抓耳朵",
)  # fmt: skip
FINE = (
    "吃了两片吐司", "吹泡泡玩得很开心", "面包吃完了", "背小书包", "自己洗澡", "喝了热汤", "心疼妹妹",
    "咬了一大口苹果", "会吐核了", "没有咳嗽，没有流鼻涕", "扎小辫子", "跑得脸红扑扑",
    "手上贴了小红花", "画了红色的手印", "唱叮叮当", "自己包饺子", "天气热，多喝水", "没摔", "摸摸小笼包",
    "伤心了一会儿", "吃完换了衣服",
)  # fmt: skip


@pytest.mark.parametrize("own", ILL)
def test_her_own_words_of_illness_take_the_word_away(own):
    assert speaks_of_illness(own)
    for entry in (
        EntryDraft(EntryKind.MEAL, at(11, 30), detail="lunch", grade=4, text="粥", note=own),
        EntryDraft(EntryKind.MILK, at(11, 30), note=own),
        EntryDraft(EntryKind.SLEEP, at(11, 30), until=at(13), note=own),
        EntryDraft(EntryKind.SLEEP_CHECK, at(11, 30), detail="back", quality="calm", note=own),
        EntryDraft(EntryKind.MOOD, at(11, 30), detail="calm", note=own),
        EntryDraft(EntryKind.NOTE, at(11, 30), detail="remark", text=own),
        EntryDraft(EntryKind.PHOTO, at(11, 30), text="照片", note=own),
    ):
        facts = day(entry)
        text = compose(facts)
        assert "无异常" not in text.health
        assert own in text.notice
        assert own in door_sentences(facts, text)[0]
        (alert,) = alerts(facts)
        assert not alert.grave
        assert alert.told(text)
        assert own in door_sentences(facts, NoteText(prose="今天很好。"))[0]
        assert own in "".join(dataclasses.astuple(text)[:-1])


@pytest.mark.parametrize("own", FINE)
def test_what_only_sounds_like_it_leaves_the_word(own):
    assert not speaks_of_illness(own)
    text = compose(day(EntryDraft(EntryKind.NOTE, at(15), detail="remark", text=own)))
    assert text.health == "晨检 36.5℃ · 无异常"


def test_what_a_look_at_the_sleeper_found_stands_with_the_sleep():
    look = EntryDraft(
        EntryKind.SLEEP_CHECK, at(12, 30), detail="belly", quality="calm", note="趴着，帮她翻了身"
    )
    text = compose(day(EntryDraft(EntryKind.SLEEP, at(12), until=at(14)), look))
    assert text.sleep == "12:00–14:00，共 2 小时；12:30 睡眠巡视：趴着，帮她翻了身"


def test_three_words_of_illness_are_one_line_and_take_a_good_word_of_new_food_back():
    notes = [
        EntryDraft(EntryKind.NOTE, at(n), detail="remark", text=own)
        for n, own in ((10, "咳嗽"), (11, "流鼻涕"))
    ]
    food = EntryDraft(EntryKind.FOOD, at(12), text="虾泥", quality="none", note="嘴角有红疹")
    text = compose(day(*notes, food))
    assert text.notice == "10:00 咳嗽；11:00 流鼻涕；12:00 辅食：嘴角有红疹，请在家继续留意。"
    assert "没有异常" not in text.prose + text.food


def test_nothing_wrong_is_not_said_while_nobody_knows_whether_she_ate_her_allergen():
    well = "晨检 36.5℃ · 无异常"
    for own, way, health in (
        ("忘了换，已经吃了", "", 0),
        ("医生说可以吃", "safe", 1),
        ("已换替餐", "swapped", 1),
    ):
        entry = lunch()
        looked = (Looked(entry, "鸡蛋过敏", own, way),)
        text = compose(day(entry, allergies=("鸡蛋",), allergens=EGG, looked=looked))
        assert (text.health == well) == bool(health)
    assert compose(day(lunch(), allergies=("鸡蛋",), allergens=EGG)).health == "晨检 36.5℃ 正常"
    assert compose(day(lunch(note="蛋没吃"), allergies=("鸡蛋",), allergens=EGG)).health == well


def test_a_low_reading_is_told_in_words():
    assert (
        "12:00 体温 35.8℃，偏低。"
        in compose(day(EntryDraft(EntryKind.TEMPERATURE, at(12), tenths=358))).prose
    )


# -- illness and hurts


def test_illness_registered_of_a_child_who_is_here_is_told_everywhere():
    case = CaseFact(at(10), "手足口病（疑似）", "复课证明", ("手足口", "手足口病"))
    facts = day(cases=(case,))
    text = compose(facts)
    assert text.health == "晨检 36.5℃ 正常 · 10:00 登记手足口病（疑似）"
    assert "10:00 登记手足口病（疑似）。" in text.prose
    assert text.notice == "今天登记手足口病（疑似），请尽快就医，再来园时请带复课证明。"
    (alert,) = alerts(facts)
    assert alert.grave
    assert alert.told(text)
    assert not alert.told(NoteText(prose="今天一切都好，不是手足口。", health="无异常"))


FALL = InjuryFact(at(10, 20), "跌伤（额头），拨打 120", ("跌伤", "受伤", "摔"), ("额头",))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("今天额头上贴了小红花，很开心。", False),
        ("摸摸额头。自己擦桌子。", False),
        ("没有受伤。", False),
        ("额头碰了一下，起了个包。", True),
        ("在院子里摔了一跤。", True),
        ("今天受伤了。", True),
    ],
)
def test_a_hurt_is_told_by_what_happened_and_not_by_the_part_alone(words, told):
    (alert,) = alerts(day(injuries=(FALL,)))
    assert alert.told(NoteText(prose=words)) is told


# -- doses

GIVEN = DoseFact("布洛芬", at(12, 30), given=True, at=at(12, 34), dose="2.5 ml", way="口服")
LEFT = DoseFact("布洛芬", at(12, 30), given=False, reason="已退烧")


@pytest.mark.parametrize(
    ("text", "given", "skipped"),
    [
        ("布洛芬忘了喂", False, True),
        ("布洛芬漏喂一次", False, True),
        ("把布洛芬喂给了别人", False, False),
        ("布洛芬还没到时间，喂了水", False, True),
        ("布洛芬放冰箱，贴了标签", False, False),
        ("带来布洛芬，午饭吃了一半", False, False),
        ("布洛芬差点忘了喂，后来喂了", True, False),
        ("布洛芬，家长说不用喂，最后喂了", True, False),
        ("12:34 按时喂了布洛芬 2.5 ml", True, False),
        ("布洛芬 12:34 吃了", True, False),
        ("布洛芬涂在红屁股上", True, False),
    ],
)
def test_a_dose_is_told_by_words_about_the_medicine(text, given, skipped):
    assert tells(text, GIVEN, (GIVEN,)) is given
    assert tells(text, LEFT, (LEFT,)) is skipped


# -- moods, naps, the door


def test_a_mood_is_not_lost_behind_a_denial_of_it():
    moods = (("homesick", 10, "一直不平静"), ("calm", 30, ""))
    text = compose(day(*(EntryDraft(EntryKind.MOOD, at(8, n), detail=m, note=own) for m, n, own in moods)))
    assert text.prose.endswith("起初有点想家，一直不平静，20 分钟后平静下来。")
    happy = EntryDraft(EntryKind.MOOD, at(10), detail="happy", note="不开心了一会儿")
    assert "情绪愉快，不开心了一会儿" in compose(day(happy)).prose


def test_nothing_takes_no_minutes():
    moods = [EntryDraft(EntryKind.MOOD, at(8, 5), detail=mood) for mood in ("crying", "calm")]
    nap = EntryDraft(EntryKind.SLEEP, at(12), until=at(12))
    facts = day(*moods, nap)
    text = compose(facts)
    assert text.prose.endswith("起初有哭闹，很快平静下来。12:00 睡下后随即起来。")
    assert text.sleep == "12:00 睡下后随即起来"
    assert "0 分" not in "".join(door_sentences(facts, text))


def test_the_door_says_each_thing_once_and_every_nap():
    loose = EntryDraft(EntryKind.TOILET, at(14), detail="stool", quality="loose")
    facts = day(loose, EntryDraft(EntryKind.SLEEP, at(12), until=at(13)), EntryDraft(EntryKind.SLEEP, at(15)))
    said = door_sentences(facts, compose(facts))
    assert said[0] == "请留意：今天稀便 1 次，请在家继续留意。"
    assert said[1] == "今天睡了 1 小时，又睡下了，还没有起床。"
    found = day(checks=(*WELL.checks, CheckFact("day", at(14), None, "abnormal", "流清涕")))
    assert door_sentences(found, compose(found))[0] == "请留意：全日观察异常：流清涕，请在家继续留意。"


def test_two_looks_that_found_different_things_have_their_hours():
    looks = (
        CheckFact("day", at(10), None, "abnormal", "皮疹；涂炉甘石"),
        CheckFact("day", at(15), None, "normal"),
    )
    text = compose(day(checks=(*WELL.checks, *looks)))
    assert "10:00 全日观察 异常（皮疹；涂炉甘石） · 15:00 全日观察 正常" in text.health
    assert "10:00 全日观察发现异常：皮疹；涂炉甘石" in text.prose
    assert "10:00 全日观察异常：皮疹；涂炉甘石，请在家继续留意" in text.notice
    assert "全日观察" in compose(day(checks=(*WELL.checks, looks[0]))).health
    assert "10:00" not in compose(day(checks=(*WELL.checks, looks[0]))).health
