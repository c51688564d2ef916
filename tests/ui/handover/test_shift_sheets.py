"""The sheets of 交接班: what was half filled comes back, secrets never do, nothing is signed by halves."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.ids import PointId, SheetId, StaffId
from app.domain.shifts import CheckMark, Figures, Point
from app.domain.staff import Actor, Role
from app.services.pins import Holder, Second
from app.services.sheet_drafts import SheetDraft
from app.services.shifts import ShiftDraft, ShiftWish
from app.ui.handover.shift_sheets import CheckListSheet, ClosePointSheet, SignShiftSheet
from tests.ui.handover import data

PARTNER = Actor(StaffId(4), "孟佳", Role.TEACHER, data.DRAGON)
FIGURES = Figures(
    expected=18, came=18, guests=0, went=0, sick=0, personal=0, other=0, later=0, unheard=0, early=0
)
DRAFT = ShiftDraft(
    data.DRAGON, "抱抱龙", data.NOW.date(), FIGURES, (), (), (), ("门锁好", "灯关好"),
    (Holder(PARTNER, has_pin=True),), None,
)  # fmt: skip
FIND, KEEP, END = "classes.sheets.find", "classes.sheets.keep", "classes.sheets.end"
SIGN = "classes.shifts.sign"


@pytest.fixture
def open_sheet(ground):
    ground.context.sign_in(data.TEACHER)

    def open_(kept=None):
        ground.verbs.answers[FIND] = kept
        return ground.lay(SignShiftSheet(ground.context, ground.host, DRAFT))

    return open_


def fill(sheet, counted="18"):
    sheet.fields["counted"].set_text(counted)
    sheet.all_good.click()
    sheet.second.pin.edit.setText("5927")


@pytest.mark.parametrize(("typed", "asks"), [("18", False), ("17", True), ("1x", False), ("１８", False)])
def test_only_a_count_that_differs_asks_for_a_reason(ground, open_sheet, typed, asks):
    sheet = open_sheet()
    ground.type(sheet.counted.edit, "17" if not asks else "18")
    assert sheet.reason.isVisible() is not asks
    sheet.counted.edit.clear()
    ground.type(sheet.counted.edit, typed)
    assert sheet.reason.isVisible() is asks


def test_both_sign_with_the_marks_as_they_stand_and_the_half_filled_sheet_is_no_more(ground, open_sheet):
    sheet = open_sheet()
    fill(sheet)
    _item, state, note = sheet._marks[1]
    state.button("bad").click()
    note.set_text(" 走廊灯不亮，已报修 ")
    with ground.qtbot.waitSignal(sheet.signed):
        ground.finish()
    marks = CheckMark("门锁好", good=True), CheckMark("灯关好", good=False, note="走廊灯不亮，已报修")
    wish = ShiftWish(data.DRAGON, 18, marks)
    assert ground.verbs.said_to(SIGN) == [[wish, Second(StaffId(4), "5927")]]
    assert len(ground.verbs.said_to(END)) == 1
    assert ground.sheet is None


def test_a_word_for_a_count_is_not_signed(ground, open_sheet):
    sheet = open_sheet()
    fill(sheet, "十八")
    ground.finish()
    assert sheet.message.text() == "请数一数现在班里有几个孩子，填一个数字。"
    assert sheet.counted.edit.hasFocus()
    assert ground.verbs.said_to(SIGN) == []


def test_leaving_keeps_what_was_filled_in_without_the_pin_and_it_comes_back(ground, open_sheet):
    sheet = open_sheet()
    fill(sheet, "17")
    sheet._marks[0][1].button("bad").click()
    sheet._marks[0][2].edit.setText("锁坏了")
    ground.press(Qt.Key.Key_Escape)
    ((_kind, group, fields),) = ground.verbs.said_to(KEEP)
    assert group == data.DRAGON
    assert "5927" not in fields.values()
    kept = SheetDraft(fields, data.NOW - dt.timedelta(minutes=3))
    again = open_sheet(kept)
    assert "接着 13:49 填到一半的" in again.message.text()
    assert again.reason.isVisible(), "17 of 18: the reason is asked for again"
    assert (again._marks[0][1].value(), again._marks[0][2].text()) == ("bad", "锁坏了")
    assert again._marks[0][2].isVisible()
    assert again.second.pin.text() == ""


def test_a_point_is_not_closed_without_a_word(ground):
    ground.context.sign_in(data.TEACHER)
    leak = Point(PointId(7), data.DRAGON, "水龙头漏水", data.NOW, "许静")
    sheet = ground.lay(ClosePointSheet(ground.context, ground.host, leak))
    assert "水龙头漏水" in ground.words()
    ground.verbs.refusals["classes.shifts.close_point"] = RuleError("请写怎么办结的。", field="outcome")
    ground.finish()
    assert sheet.message.text() == "请写怎么办结的。"
    sheet.fields["outcome"].set_text("师傅修好了")
    ground.finish()
    assert ground.verbs.said_to("classes.shifts.close_point")[-1] == [PointId(7), "师傅修好了"]
    assert ground.sheet is None


def test_the_check_list_has_a_line_for_each_item_and_an_empty_one_goes_as_none(ground):
    sheet = ground.lay(CheckListSheet(ground.context, ground.host, ("门锁好", "灯关好")))
    assert sheet.lines.toPlainText() == "门锁好\n灯关好"
    sheet.lines.clear()
    ground.finish()
    assert ground.verbs.said_to("classes.shifts.set_check_items") == [[[]]]
    assert ground.notices == ["交接班安全检查清单已更新"]


def test_the_sheet_that_was_signed_is_told(ground, open_sheet):
    ground.verbs.answers[SIGN] = Done(SheetId(41))
    sheet = open_sheet()
    fill(sheet)
    with ground.qtbot.waitSignal(sheet.signed) as heard:
        ground.finish()
    assert heard.args == [41]
