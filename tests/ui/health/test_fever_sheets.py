"""The sheets of a fever: each step asks what it needs and nothing else, and no call is kept half told."""

import pytest

from app.domain.errors import RuleError
from app.domain.fever import FeverStep, Ladder, NewStep, StepKind
from app.domain.ids import ChildId, ClassId, FeverId, FeverStepId, VisitId
from app.services.fevers import Guardian
from app.services.medicine_view import ChildChoice
from app.ui.health.fever_sheets import BeginSheet, FeverStepSheet
from tests.ui.support import DESK, STORY

STEP, BEGIN = "health.fevers.step", "health.fevers.begin"
AGAIN = FeverStep(FeverStepId(1), StepKind.RECHECK, STORY, "许静", 387, "ear")
LADDER = Ladder(
    FeverId(5), VisitId(7), ChildId(8), "朱予晴", ClassId(3), "抱抱龙", 373, 381, "ear", STORY, "许静", STORY,
    (AGAIN,),
)  # fmt: skip
PEOPLE = (Guardian("妈妈 赵敏", "13700001111"), Guardian("爸爸 朱明", "13700002222"))


@pytest.fixture
def open_step(ground):
    return lambda kind, people=PEOPLE: ground.lay(
        FeverStepSheet(ground.context, ground.host, LADDER, kind, people)
    )


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (StepKind.RECHECK, {"tenths", "words"}),
        (StepKind.CALL, {"whom", "phone", "reason", "words"}),
        (StepKind.ISOLATE, {"whom", "words"}),
        (StepKind.RELEASE, {"words"}),
        (StepKind.COLLECTED, {"whom", "words"}),
        (StepKind.BACK, {"words"}),
    ],
)
def test_each_step_asks_for_its_own_and_says_the_last_temperature(ground, open_step, kind, asked):
    sheet = open_step(kind)
    assert set(sheet.fields) == asked
    assert "上次 38.7℃，发热线 37.3℃。" in ground.words()


def test_a_call_says_whether_it_got_through(ground, open_step):
    sheet = open_step(StepKind.CALL)
    sheet.adults.button("1").click()
    assert (sheet.text("whom"), sheet.text("phone")) == ("爸爸 朱明", "13700002222")
    ground.finish()
    assert sheet.message.text() == "请选接通了没有。"
    assert ground.verbs.asked == []
    sheet.reached.button("0").click()
    ground.finish()
    kept = NewStep(StepKind.CALL, whom="爸爸 朱明", phone="13700002222", reached=False)
    assert ground.verbs.said_to(STEP) == [[FeverId(5), kept]]


def test_who_is_not_on_file_is_rung_with_a_reason_that_is_asked_for_only_then(ground, open_step):
    sheet = open_step(StepKind.CALL)
    ground.type(sheet.fields["whom"].edit, "姑姑 朱红")
    sheet.reached.button("1").click()
    assert not sheet.fields["reason"].isVisible()
    ground.verbs.refusals[STEP] = RuleError("档案里没有这个人，请写明为什么打给她。", field="reason")
    ground.finish()
    assert sheet.fields["reason"].isVisible()
    assert sheet.fields["reason"].edit.hasFocus()
    ground.type(sheet.fields["reason"].edit, "父母都打不通")
    ground.finish()
    (_case, step) = ground.verbs.said_to(STEP)[-1]
    assert (step.whom, step.reason, step.reached) == ("姑姑 朱红", "父母都打不通", True)
    assert ground.sheet is None


def test_whoever_is_signed_in_stays_with_her_until_another_name_is_written(ground, open_step):
    sheet = open_step(StepKind.ISOLATE)
    assert sheet.text("whom") == DESK.name
    ground.type(sheet.fields["whom"].edit, "孟佳")
    ground.finish()
    assert ground.verbs.said_to(STEP) == [[FeverId(5), NewStep(StepKind.ISOLATE, whom="孟佳")]]


def test_where_nobody_is_on_file_names_are_written(ground, open_step):
    sheet = open_step(StepKind.COLLECTED, ())
    assert not sheet.adults.isVisible()
    assert sheet.fields["whom"].edit.hasFocus()


def test_nonsense_is_no_temperature_and_begins_nothing(ground, open_step):
    sheet = open_step(StepKind.RECHECK)
    ground.type(sheet.fields["tenths"].edit, "abc")
    ground.finish()
    assert "看不懂" in sheet.message.text()
    sheet.dismiss()
    child = ChildChoice(VisitId(7), ChildId(8), "朱予晴", ClassId(3), "抱抱龙", (), ())
    begin = ground.lay(BeginSheet(ground.context, ground.host, (child,)))
    begin.pick.hits.button("8").click()
    ground.type(begin.fields["tenths"].edit, "99")
    ground.finish()
    assert "看不懂" in begin.message.text()
    assert ground.verbs.asked == []
    ground.type(begin.fields["tenths"].edit, "382")
    ground.finish()
    assert ground.verbs.said_to(BEGIN) == [[VisitId(7), 382, "forehead"]]
