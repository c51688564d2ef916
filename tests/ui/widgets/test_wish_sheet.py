"""家长嘱咐 for a child and for a class: whose wish it is, until when it holds, and who has read it."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, InstructionId
from app.domain.instructions import Category, Instruction, NewInstruction, Way
from app.domain.looks import Tone
from app.services.instructions import ToHeed
from app.ui.widgets.wish_sheet import WishSheet, WishSubject, open_wishes
from tests.ui.support import STORY

ADD, END, READ = (f"classes.instructions.{verb}" for verb in ("add", "end", "acknowledge"))
FOR_CHILD, FOR_CLASS = "classes.instructions.for_child", "classes.instructions.for_class"
CHILD = WishSubject(ChildId(8), "朱予晴")
CLASS = WishSubject(None, "", ClassId(3), "抱抱龙")
TODAY = STORY.date()
MILK = ToHeed(
    Instruction(
        InstructionId(5), ChildId(8), "朱予晴", Category.MEAL, "牛奶只喝温的", (), TODAY, TODAY, "妈妈",
        Way.DOOR, STORY, "许静", read_by=("孟佳",),
    ),
    read=False,
)  # fmt: skip
SEEN = ToHeed(dataclasses.replace(MILK.instruction, id=InstructionId(6), words="午睡要小毯子"), read=True)

MUYANG, YINUO = (
    ToHeed(
        dataclasses.replace(MILK.instruction, id=InstructionId(key), child=ChildId(key), child_name=name),
        read=True,
    )
    for key, name in ((11, "张沐阳"), (12, "孙一诺"))
)
YUQING = WishSubject(ChildId(8), "朱予晴", ClassId(3), "抱抱龙")


@pytest.fixture
def open_sheet(ground):
    ground.verbs.answers |= {FOR_CHILD: (), FOR_CLASS: ()}
    return lambda subject, *found: ground.lay(WishSheet(ground.context, ground.host, subject, found))


def test_among_a_class_each_wish_says_whose_it_is_and_for_one_child_it_need_not(open_sheet):
    assert open_sheet(CHILD, MILK).list.records[0].title == "牛奶只喝温的"
    record = open_sheet(CLASS, MILK).list.records[0]
    assert record.title == "朱予晴 · 牛奶只喝温的"
    assert record.words.endswith(" · 已读 孟佳")
    assert [(chip.words, chip.tone) for chip in record.chips][1] == ("未读", Tone.WARN)


def test_only_what_was_not_read_is_acknowledged_and_then_there_is_nothing_to(ground, open_sheet):
    sheet = open_sheet(CLASS, MILK, SEEN)
    assert sheet.read.text() == "我都看到了（1 条没看）"
    ground.verbs.answers[FOR_CLASS] = (SEEN,)
    ground.press(Qt.Key.Key_F6)
    assert ground.verbs.said_to(READ) == [[(5,)]]
    assert (sheet.read.text(), sheet.read.isEnabled()) == ("都看过了", False)


def test_without_a_wish_there_is_nothing_to_end_and_writing_begins_at_once(ground, open_sheet):
    sheet = open_sheet(CHILD)
    assert "现在没有嘱咐。" in ground.words()
    assert sheet.words.edit.hasFocus()
    assert not sheet.end.isEnabled()
    ground.press(Qt.Key.Key_Escape)
    assert open_sheet(CHILD, MILK).list.view.hasFocus()


@pytest.mark.parametrize(
    ("until", "day"), [("today", TODAY), ("always", None), ("date", dt.date(2025, 12, 5))]
)
def test_it_holds_until_what_was_chosen_whatever_day_was_once_typed(ground, open_sheet, until, day):
    sheet = open_sheet(CHILD)
    sheet.until.button("date").click()
    sheet.fields["date"].set_text("12-05" if until == "date" else "下周吧")
    sheet.until.button(until).click()
    sheet.fields["words"].set_text("牛奶只喝温的")
    sheet.fields["told_by"].set_text("妈妈")
    sheet.way.button("phone").click()
    ground.finish()
    new = NewInstruction(ChildId(8), Category.MEAL, "牛奶只喝温的", "妈妈", Way.PHONE, TODAY, day)
    assert ground.verbs.said_to(ADD) == [[new]]
    assert (sheet.text("words"), sheet.text("date"), sheet.text("told_by")) == ("", "", "妈妈")
    assert ground.sheet is sheet, "it stays to show what was taken down"


def test_a_day_that_has_passed_is_said_at_its_field(ground, open_sheet):
    sheet = open_sheet(CHILD)
    sheet.until.button("date").click()
    sheet.fields["date"].set_text("2025-12-02")
    ground.finish()
    assert sheet.message.text() == "截止日期已经过了，请核对。"
    assert sheet.date.edit.hasFocus()
    assert ground.verbs.said_to(ADD) == []


def by_keys(ground, sheet, row):
    """Walk to a line of the list."""
    sheet.list.view.setFocus()
    ground.press(Qt.Key.Key_Home, *[Qt.Key.Key_Down] * row)


def by_click(ground, sheet, row):
    """Point at a line of the list."""
    view = sheet.list.view
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    ground.settle()


@pytest.mark.parametrize("choose", [by_keys, by_click])
def test_among_a_class_it_is_written_for_the_child_whose_line_is_lit(ground, open_sheet, choose):
    sheet = open_sheet(YUQING, MUYANG, YINUO, MILK)
    choose(ground, sheet, 1)
    assert sheet.heading.text() == "给 孙一诺 记一条"
    assert sheet.keep.text() == "记给 孙一诺"
    sheet.fields["words"].set_text("今天不要给他花生")
    sheet.fields["told_by"].set_text("妈妈")
    ground.verbs.answers[FOR_CLASS] = (MUYANG, YINUO, MILK)
    ground.finish()
    assert [new.child for (new,) in ground.verbs.said_to(ADD)] == [12]
    assert sheet.list.key() == 12


def test_her_own_line_is_lit_at_first_and_without_one_none_so_that_she_can_be_written_for(ground, open_sheet):
    sheet = open_sheet(YUQING, MUYANG, MILK)
    assert (sheet.list.key(), sheet.keep.text()) == (5, "记给 朱予晴")
    ground.press(Qt.Key.Key_Escape)
    sheet = open_sheet(YUQING, MUYANG, YINUO)
    assert (sheet.list.key(), sheet.keep.text(), sheet.end.isEnabled()) == (None, "记给 朱予晴", False)
    assert sheet.words.edit.hasFocus(), "a list that takes the focus lights a line"
    sheet.list.view.setFocus()
    assert sheet.list.key() == 11, "as Qt will have it; then it is lit, and she is named"
    assert sheet.list.view.selectedIndexes()
    assert sheet.keep.text() == "记给 张沐阳"


def test_what_was_begun_for_one_child_and_goes_to_another_is_said(ground, open_sheet):
    sheet = open_sheet(YUQING, MUYANG, MILK)
    sheet.fields["told_by"].set_text("奶奶")
    by_click(ground, sheet, 0)
    assert (sheet.message.text(), sheet.text("told_by")) == ("", ""), "another child's grandmother"
    sheet.fields["words"].set_text("多喝水")
    sheet.fields["told_by"].set_text("妈妈")
    by_click(ground, sheet, 1)
    assert sheet.message.text() == "写好的这条改记给 朱予晴 了，请核对。"
    assert (sheet.text("words"), sheet.text("told_by")) == ("多喝水", "妈妈")


def test_after_one_has_ended_the_next_is_still_for_the_same_child(ground, open_sheet):
    sheet = open_sheet(YUQING, MUYANG, YINUO)
    by_click(ground, sheet, 1)
    ground.verbs.answers[FOR_CLASS] = (MUYANG,)
    ground.press(Qt.Key.Key_Delete)
    assert ground.verbs.said_to(END) == [[12, ""]]
    assert (sheet.list.key(), sheet.keep.text(), sheet.end.isEnabled()) == (None, "记给 孙一诺", False)


def test_in_large_type_a_long_name_stands_whole_on_the_button(ground, open_sheet):
    ground.context.theme.apply(QApplication.instance(), "light", 200)
    ground.frame.resize(1366, 768)
    sheet = open_sheet(dataclasses.replace(YUQING, name="迪丽热巴·迪力木拉提"), MILK)
    assert sheet.card.layout().minimumSize().width() <= sheet.card.width()
    assert sheet.keep.fits


def test_for_a_class_somebody_is_chosen_in_the_roster_first(open_sheet):
    sheet = open_sheet(CLASS, MILK)
    assert not sheet.keep.isEnabled()
    sheet.finish()
    assert sheet.message.text() == "先在名单里选一个孩子，再记嘱咐。"


def test_a_wish_that_cannot_be_ended_stays_with_the_reason(ground, open_sheet):
    sheet = open_sheet(CHILD, MILK, SEEN)
    sheet.list.light(6)
    ground.verbs.refusals[END] = RuleError("这一条已经结束了。")
    ground.press(Qt.Key.Key_Delete)
    assert ground.verbs.said_to(END) == [[6, ""]]
    assert sheet.message.text() == "这一条已经结束了。"
    assert len(sheet.list.records) == 2


def test_it_is_laid_over_nothing_that_lies_there_already(ground):
    ground.verbs.answers[FOR_CHILD] = (MILK,)
    open_wishes(ground.context, CHILD)
    ground.host.setEnabled(False)  # another sheet comes up before the answer
    ground.settle()
    assert ground.sheet is None
    open_wishes(ground.context, CHILD)
    ground.settle()
    assert len(ground.verbs.said_to(FOR_CHILD)) == 1
    ground.host.setEnabled(True)
    open_wishes(ground.context, CHILD)
    ground.settle()
    assert [one.title for one in ground.sheet.list.records] == ["牛奶只喝温的"]


def test_of_nobody_at_all_nothing_is_read(ground):
    open_wishes(ground.context, WishSubject(None, ""))
    ground.settle()
    assert ground.verbs.asked == []
    assert ground.sheet.list.records == ()
