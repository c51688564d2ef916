"""Words that only sound like what came to the day are not signed for it, unless their teacher means it."""

import dataclasses

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.services.arrivals import MorningCheck
from app.services.handover import NoteState
from app.services.injuries import InjuryCard
from app.services.note_errors import AskedError, LooseWordsError, OtherNamesError, UntoldFactError
from tests.services.health_stage import HealthStage
from tests.services.world import DAY

NAME = "张沐阳"
MORNING = (
    {"kind": EntryKind.ACTIVITY, "detail": "eager", "text": "涂色"},
    {"kind": EntryKind.MEAL, "detail": "morning_snack", "grade": 4, "text": "梨"},
    {"kind": EntryKind.WATER, "amount_ml": 100},
    {"kind": EntryKind.MOOD, "detail": "happy"},
    {"kind": EntryKind.TOILET, "detail": "wet"},
)
STOOL = {"kind": EntryKind.TOILET, "detail": "stool", "quality": "soft"}
REMARK = {"kind": EntryKind.NOTE, "detail": "remark"}
HOT = {"kind": EntryKind.TEMPERATURE, "detail": "ear", "tenths": 385}
SICK = {"kind": EntryKind.FOOD, "text": "虾粥", "grade": 3, "quality": "vomiting"}
LOOSE = [
    ("早点大口咬了苹果。", "小朋友咬伤", {"kind": "12", "subtype": "bite"}),
    ("上午玩了摔跤游戏。", "跌伤", {"kind": "2"}),
    ("鸭血粉丝都吃了。", "大便带血", {**STOOL, "colour": "red"}),
    ("画了黑色的汽车。", "大便呈黑色", {**STOOL, "colour": "black"}),
    ("昨天拉肚子，今天好了。", "水样便", {**STOOL, "quality": "watery"}),
    ("量了身高，体重 38.5 斤。", "体温 38.5℃", HOT),
    ("学会吐葡萄籽，吐了三颗。", "呕吐", SICK),
    ("看了小狗抽搐了两分钟的动画片。", "抽搐了两分钟", {**REMARK, "text": "抽搐了两分钟"}),
]  # fmt: skip


@pytest.fixture
def stage(world, monkeypatch):
    return HealthStage(world, monkeypatch)


@pytest.fixture
def visit(stage):
    stage.clock.at(8, 30)
    key = stage.arrive(NAME, MorningCheck(tenths=365))
    stage.clock.at(11)
    for parts in MORNING:
        log(stage, key, (10, 0), **parts)
    return key


def log(stage, visit, hour, **parts):
    return stage.services.classroom.log(stage.teacher, (visit,), EntryDraft(at=stage.at(*hour), **parts))


def happen(stage, visit, parts):
    """What came to the day at twenty past two."""
    stage.clock.at(14, 40)
    log(stage, visit, (11, 30), kind=EntryKind.MEAL, detail="lunch", grade=4, text="米饭")
    stage.services.classroom.log(
        stage.teacher, (visit,), EntryDraft(EntryKind.SLEEP, stage.at(12), until=stage.at(14))
    )
    if isinstance(parts["kind"], EntryKind):
        log(stage, visit, (14, 20), **parts)
    else:
        card = InjuryCard(
            child=stage.world.children[NAME], day=DAY, at="14:20", duty=stage.teacher.id, place="2",
            activity="1", company="3", handling="1", regions=("front.left_forearm",), story="见登记。",
            **{"other": None, **parts},
        )  # fmt: skip
        stage.health.injuries.note(stage.teacher, card)
    stage.clock.at(16, 30)
    log(stage, visit, (15, 30), kind=EntryKind.MOOD, detail="happy")


def row(stage, visit):
    rows = stage.services.handover.worklist(stage.teacher, stage.world.dragons)
    return next(one for one in rows if one.visit == visit)


def keep(stage, visit, more, **parts):
    text = stage.services.handover.note(stage.teacher, visit).text
    text = dataclasses.replace(text, prose=text.prose + more, **parts)
    stage.services.handover.keep(stage.teacher, visit, text)
    return text


def sign(stage, visit, text, **more):
    return stage.services.handover.sign(stage.teacher, visit, text, **more).value


@pytest.mark.parametrize(("own", "words", "parts"), LOOSE)
def test_kept_words_are_not_signed_over_what_came_to_the_day_after_them(stage, visit, own, words, parts):
    kept = keep(stage, visit, own)
    assert kept.health.endswith("无异常")
    happen(stage, visit, parts)
    shown = row(stage, visit)
    assert (shown.missing, shown.state) == ((), NoteState.STALE)
    assert shown.stale.startswith("成稿后有新记录：")
    assert words in shown.stale
    assert visit not in stage.services.handover.sign_complete(stage.teacher).value
    with pytest.raises(UntoldFactError, match="无异常") as belied:
        sign(stage, visit, kept)
    assert belied.value.field == "health"
    without = dataclasses.replace(kept, health=kept.health.removesuffix(" · 无异常"))
    with pytest.raises(LooseWordsError, match=words) as asked:
        sign(stage, visit, without)
    keep(stage, visit, "很棒。", health=without.health)  # edits beside it do not tell it either
    assert "写清楚了吗？请看过再签" in row(stage, visit).stale
    assert visit not in stage.services.handover.sign_complete(stage.teacher).value
    other = dataclasses.replace(without, prose=without.prose.replace(own, f"又{own}"))
    with pytest.raises(LooseWordsError):  # what was meant was the sentence as it stood
        sign(stage, visit, other, meant=asked.value.meant)
    assert sign(stage, visit, without, meant=asked.value.meant).number is not None
    more = dataclasses.replace(without, prose=f"{without.prose}明天见。")
    assert sign(stage, visit, more).number is not None  # nothing is asked twice
    drafted = stage.services.handover.note(stage.teacher, visit).drafted
    assert sign(stage, visit, drafted).number is not None


@pytest.mark.parametrize(("own", "words", "parts"), LOOSE)
def test_the_sentence_of_the_fact_itself_is_asked_about_no_more(stage, visit, own, words, parts):
    happen(stage, visit, parts)
    drafted = stage.services.handover.note(stage.teacher, visit).drafted
    for part in ("prose", "notice"):
        text = dataclasses.replace(drafted, **{"prose": own, "notice": "", part: getattr(drafted, part)})
        assert sign(stage, visit, dataclasses.replace(text, prose=f"{text.prose}{own}")).number is not None
    hidden = dataclasses.replace(drafted, prose="今天很开心。", notice="", health="", food="", toilet="")
    with pytest.raises(UntoldFactError, match=words):
        sign(stage, visit, hidden)


@pytest.mark.parametrize("own", ["吐了两口，没精神", "抽搐了两分钟"])
def test_a_day_is_not_called_well_that_was_not(stage, visit, own):
    kept = keep(stage, visit, "很开心。")
    happen(stage, visit, {"kind": EntryKind.NOTE, "detail": "remark", "text": own})
    with pytest.raises(UntoldFactError, match=own[:4]):
        sign(stage, visit, kept)
    told = dataclasses.replace(kept, notice=f"14:20 {own}，请马上就医。")
    with pytest.raises(UntoldFactError, match="无异常"):
        sign(stage, visit, told)
    assert sign(stage, visit, dataclasses.replace(told, health="晨检 36.5℃")).number is not None


def test_what_is_asked_about_is_one_kind_of_refusal():
    asked = OtherNamesError("写到了沐阳。", "prose", frozenset({"沐阳"}))
    assert isinstance(asked, AskedError)
    assert (asked.field, asked.meant) == ("prose", {"沐阳"})
