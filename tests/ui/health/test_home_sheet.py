"""先问家长: the answer comes before the dose."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.domain.medicine import MedicineError
from app.ui.health.give_sheet import GiveSheet
from app.ui.health.home_sheet import HomeSheet
from tests.ui.health.test_give_sheet import CLASS, PARTNER, REQUEST, TEACHER, Holder, fill
from tests.ui.support import STORY


@pytest.fixture
def sheet(ground):
    ground.context.sign_in(TEACHER)
    request = dataclasses.replace(REQUEST, since=STORY + dt.timedelta(minutes=30))
    made = ground.lay(HomeSheet(ground.context, ground.host, request, ("妈妈 赵敏", "爸爸 李强")))
    made.answers = []
    made.not_given.connect(lambda *said: made.answers.append(said))
    return made


def test_it_says_why_it_asks_and_wants_both_the_answer_and_whose_it_is(ground, sheet):
    assert "在家时到点，先问家长是否已经喂过" in ground.words()
    ground.finish()
    assert "在家喂过没有" in sheet.message.text()
    sheet.answer.button("not_given").click()
    ground.finish()
    assert sheet.message.text() == "请写是谁说的。"
    assert not sheet.when.isVisible()
    sheet.stops["adult"].button("妈妈 赵敏").click()
    ground.finish()
    assert (sheet.answers, ground.sheet) == ([("妈妈 赵敏", "")], None)
    assert ground.verbs.asked == [("health.medicine.heard", REQUEST.doses[0].id, "妈妈 赵敏", "")]


@pytest.mark.parametrize("answer", ["not_given", "given"])
def test_who_is_not_on_file_is_asked_why_before_it_goes_on(ground, sheet, answer):
    verb = {"not_given": "health.medicine.heard", "given": "health.medicine.at_home"}[answer]
    ground.verbs.refusals[verb] = MedicineError("档案里没有“王叔”。", field="asked_reason")
    sheet.answer.button(answer).click()
    sheet.fields["asked"].set_text("王叔")
    sheet.fields["home_at"].set_text("13:20")
    assert sheet.fields["asked_reason"].isHidden()
    ground.finish()
    assert (sheet.message.text(), sheet.answers) == ("档案里没有“王叔”。", [])
    assert sheet.fields["asked_reason"].edit.hasFocus()
    sheet.fields["asked_reason"].set_text("妈妈托他照看")
    ground.finish()
    assert ground.verbs.said_to(verb)[1][-2:] == ["王叔", "妈妈托他照看"]
    assert sheet.answers == ([("王叔", "妈妈托他照看")] if answer == "not_given" else [])
    assert ground.sheet is None


def test_given_at_home_is_kept_with_its_hour(ground, sheet):
    sheet.answer.button("given").click()
    sheet.fields["asked"].set_text("奶奶")
    sheet.fields["home_at"].set_text("饭后")
    ground.finish()
    assert "看不懂时间" in sheet.message.text()
    sheet.fields["home_at"].set_text("13:20")
    ground.finish()
    at = STORY.replace(hour=13, minute=20)
    assert ground.verbs.said_to("health.medicine.at_home") == [[REQUEST.doses[0].id, at, "奶奶", ""]]
    assert (sheet.answers, ground.sheet) == ([], None)


def test_the_answer_goes_with_the_dose(ground):
    ground.context.sign_in(TEACHER)
    people = [Holder(TEACHER, has_pin=True), Holder(PARTNER, has_pin=True)]
    made = ground.lay(GiveSheet(ground.context, ground.host, REQUEST, people, CLASS, "", "妈妈 赵敏", "托她"))
    assert "妈妈 赵敏说在家没喂" in ground.words()
    fill(made)
    ground.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    ((giving,),) = ground.verbs.said_to("health.medicine.give")
    assert (giving.asked, giving.asked_reason) == ("妈妈 赵敏", "托她")
