"""先问家长: the answer comes before the dose."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt

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
    made.not_given.connect(made.answers.append)
    return made


def test_it_says_why_it_asks_and_wants_both_the_answer_and_whose_it_is(ground, sheet):
    assert "在家时到点，先问家长是否已经喂过" in ground.words()
    ground.finish()
    assert "在家喂过没有" in sheet.message.text()
    sheet.answer.button("not_given").click()
    ground.finish()
    assert sheet.message.text() == "请写是谁说的。"
    assert not sheet.when.isVisible()
    sheet.adults.button("妈妈 赵敏").click()
    ground.finish()
    assert (sheet.answers, ground.sheet) == (["妈妈 赵敏"], None)
    assert ground.verbs.asked == []


def test_given_at_home_is_kept_with_its_hour(ground, sheet):
    sheet.answer.button("given").click()
    sheet.fields["asked"].set_text("奶奶")
    sheet.fields["home_at"].set_text("饭后")
    ground.finish()
    assert "看不懂时间" in sheet.message.text()
    sheet.fields["home_at"].set_text("13:20")
    ground.finish()
    at = STORY.replace(hour=13, minute=20)
    assert ground.verbs.said_to("health.medicine.at_home") == [[REQUEST.doses[0].id, at, "奶奶"]]
    assert (sheet.answers, ground.sheet) == ([], None)


def test_the_answer_goes_with_the_dose(ground):
    ground.context.sign_in(TEACHER)
    people = [Holder(TEACHER, has_pin=True), Holder(PARTNER, has_pin=True)]
    made = ground.lay(GiveSheet(ground.context, ground.host, REQUEST, people, CLASS, asked="妈妈 赵敏"))
    assert "妈妈 赵敏说在家没喂" in ground.words()
    fill(made)
    ground.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    ((giving,),) = ground.verbs.said_to("health.medicine.give")
    assert giving.asked == "妈妈 赵敏"
