"""At the door: nothing is kept before it is clear to whom it was said, and a signature is asked for once."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from app.domain.errors import RuleError
from app.domain.ids import AdultId, NoteId, SignatureId
from app.services.telling import Adult, Door, Signature
from app.ui.handover.door_sheet import DoorSheet
from tests.ui.handover import data

TELL, SIGN = "classes.telling.tell", "classes.telling.sign_for"
SENTENCES = ("请留意：鞋子偏小。", "今天午餐吃完了。")
GRANDMOTHER = Adult(AdultId(1), "奶奶 王秀兰", likely=False)
MOTHER = Adult(AdultId(2), "妈妈 赵敏", likely=False, guardian=True)
DOOR = Door(data.YUQING, "朱予晴", SENTENCES, (), (GRANDMOTHER, MOTHER), (), "H-20251203-0007", None)


@pytest.fixture
def open_door(ground):
    ground.context.sign_in(data.TEACHER)
    return lambda **changed: ground.lay(
        DoorSheet(ground.context, ground.host, dataclasses.replace(DOOR, **changed))
    )


def test_where_nobody_is_likely_to_fetch_her_it_is_asked_to_whom_it_was_said(ground, open_door):
    sheet = open_door()
    ground.finish()
    assert sheet.message.text() == "请选说给了谁。"
    assert ground.verbs.asked == []
    ground.press(Qt.Key.Key_2)
    ground.finish()
    assert ground.verbs.said_to(TELL) == [[data.YUQING, 2, "", SENTENCES]]


def test_who_is_on_file_is_never_kept_with_the_name_of_somebody_else(ground, open_door):
    sheet = open_door()
    ground.press(Qt.Key.Key_3)
    sheet.fields["other"].set_text("邻居 刘阿姨")
    sheet.who.button("1").click()
    assert not sheet.other.isVisible()
    ground.finish()
    assert ground.verbs.said_to(TELL) == [[data.YUQING, 1, "", SENTENCES]]


def test_a_note_that_was_signed_for_says_how_and_asks_no_second_signature(ground, open_door):
    signed = Signature(SignatureId(1), NoteId(1), "妈妈 赵敏", "paper", b"", data.NOW, "许静")
    sheet = open_door(signature=signed)
    assert "13:52 妈妈 赵敏在纸上签过字" in ground.words()
    assert not sheet.way.isVisible()
    ground.press(Qt.Key.Key_1)
    ground.finish()
    assert [verb for verb, *_ in ground.verbs.asked] == [TELL]


def test_after_a_refused_signature_another_adult_is_told_herself(ground, open_door):
    sheet = open_door()
    sheet.way.button("paper").click()
    ground.press(Qt.Key.Key_1)  # the digit of 说给谁 has the focus no more
    sheet.who.button("1").click()
    ground.verbs.refusals[SIGN] = RuleError("奶奶不能签字，请监护人签。")
    ground.finish()
    assert sheet.message.text() == "奶奶不能签字，请监护人签。"
    sheet.who.button("2").click()
    ground.finish()
    assert [asked[1] for asked in ground.verbs.said_to(TELL)] == [1, 2]
    assert [asked[1] for asked in ground.verbs.said_to(SIGN)] == [1, 2]


def test_what_goes_home_with_her_and_a_form_nobody_signed_stand_below_the_sentences(ground, open_door):
    open_door(things=("水杯", "未用完的布洛芬"), forms=("12月3日的受伤单还没有第二人签字。",))
    lines = ground.words().split("\n")
    assert lines.index("带回：水杯、未用完的布洛芬") > lines.index("2. 今天午餐吃完了。")
    assert "12月3日的受伤单还没有第二人签字。" in lines
