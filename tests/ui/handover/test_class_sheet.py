"""全班一句: what stands already, where the words go, and whom they do not reach any more."""

import pytest
from PySide6.QtCore import Qt

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.ids import SentenceId
from app.services.telling import SentenceAdded
from app.ui.handover.class_sheet import ClassSentenceSheet
from tests.ui.handover import data

ADD = "classes.telling.add_sentence"


@pytest.fixture
def open_sheet(ground):
    def open_(*standing):
        return ground.lay(
            ClassSentenceSheet(ground.context, ground.host, data.DRAGON, "抱抱龙", tuple(standing))
        )

    return open_


def test_what_was_added_today_already_is_read_before_more_is_added(ground, open_sheet):
    open_sheet("明天去公园", "带水壶")
    assert "今天已加：明天去公园\n今天已加：带水壶" in ground.words()


def test_the_words_go_where_they_were_told_to_and_nobody_is_named_who_had_not_signed(ground, open_sheet):
    sheet = open_sheet()
    ground.verbs.answers[ADD] = Done(SentenceAdded(SentenceId(1), 9, ()))
    sheet.fields["words"].set_text("今天试了新积木")
    sheet.part.button("prose").click()
    ground.finish()
    assert ground.verbs.said_to(ADD) == [[data.DRAGON, "今天试了新积木", "prose"]]
    assert ground.sheet is None
    assert ground.notices == []


@pytest.mark.parametrize(
    ("signed", "named"),
    [
        (("甲", "乙", "丙", "丁"), "4 份已签字，没有改动：甲、乙、丙、丁。"),
        (("甲", "乙", "丙", "丁", "戊"), "5 份已签字，没有改动：甲、乙、丙、丁等。"),
    ],
)
def test_four_signed_notes_are_named_and_more_are_counted(ground, open_sheet, signed, named):
    sheet = open_sheet()
    ground.verbs.answers[ADD] = Done(SentenceAdded(SentenceId(1), 9, signed))
    sheet.fields["words"].set_text("明天穿运动鞋")
    ground.finish()
    assert ground.notices == [named]


def test_a_refused_sentence_stays_and_can_be_sent_again(ground, open_sheet):
    sheet = open_sheet()
    ground.verbs.refusals[ADD] = RuleError("这一句太长了。", field="words")
    ground.verbs.answers[ADD] = Done(SentenceAdded(SentenceId(1), 2, ()))
    sheet.fields["words"].set_text("明天穿运动鞋")
    ground.finish()
    assert (sheet.message.text(), sheet.text("words")) == ("这一句太长了。", "明天穿运动鞋")
    assert sheet.fields["words"].edit.hasFocus()
    ground.press(Qt.Key.Key_End)
    ground.finish()
    assert len(ground.verbs.said_to(ADD)) == 2
    assert ground.sheet is None
