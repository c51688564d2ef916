"""合并: nothing is merged that was not shown side by side, and an answer that comes too late finds nobody."""

import pytest
from PySide6.QtCore import Qt

from app.domain.joining import Side
from app.services.merge_sides import SideLine, Sides
from app.ui.records.merge_sheet import MergeSheet, TwinsSheet

NICKNAME = SideLine("小名", "沐沐", "阳阳", choice="nickname")


def sides(name, refusal=""):
    return Sides("张沐阳", name, (NICKNAME,), (), refusal)


@pytest.fixture
def rows(filed):
    return [filed[name].row for name in ("周乐瑶", "马思睿", "曾雨桐")]


class Asked:
    """Who searches and compares: the answers come when the test says so."""

    def __init__(self):
        self.searched, self.compared = [], []

    def search(self, text, done):
        self.searched.append((text, done))

    def compare(self, child, done):
        self.compared.append((child, done))


@pytest.fixture
def asked():
    return Asked()


@pytest.fixture
def sheet(ground, asked):
    made = ground.lay(MergeSheet(ground.context, ground.host, "张沐阳", asked.search, asked.compare))
    made.heard = []
    made.merge_requested.connect(lambda child, choices: made.heard.append((child, choices)))
    return made


def test_the_first_that_is_alike_is_compared_and_merged_with_what_was_chosen(ground, sheet, asked, rows):
    sheet.show_rows(rows)
    child, done = asked.compared[-1]
    assert child == rows[0].child
    ground.finish()
    assert sheet.heard == [], "it has not been shown yet"
    done(sides("周乐瑶"))
    sheet.sides.first().button("merged").click()
    ground.finish()
    ground.finish()
    assert sheet.heard == [(rows[0].child, {"nickname": Side.MERGED})], "once"


def test_a_comparison_that_comes_late_is_not_taken_for_that_of_the_one_now_lit(ground, sheet, asked, rows):
    sheet.show_rows(rows)
    sheet.box.setFocus()
    ground.press(Qt.Key.Key_Down)
    (_first, late), (_second, done) = asked.compared[-2:]
    late(sides("周乐瑶"))
    assert not sheet.keep.isEnabled()
    done(sides("马思睿"))
    ground.finish()
    assert [child for child, _choices in sheet.heard] == [rows[1].child]


def test_two_who_cannot_be_one_say_why_and_the_next_may(ground, sheet, asked, rows):
    sheet.show_rows(rows)
    asked.compared[-1][1](sides("周乐瑶", "两个孩子今天都在园，不能合并。"))
    assert sheet._message.text() == "两个孩子今天都在园，不能合并。"
    assert not sheet.keep.isEnabled()
    sheet.refuse("还没有保存，请再试一次。")
    assert not sheet.keep.isEnabled(), "what may not be merged may not be tried again"
    sheet.box.setFocus()
    ground.press(Qt.Key.Key_Down)
    assert not sheet._message.isVisible()


def test_what_the_service_refused_may_be_tried_again(ground, sheet, asked, rows):
    sheet.show_rows(rows)
    asked.compared[-1][1](sides("周乐瑶"))
    ground.finish()
    assert not sheet.keep.isEnabled()
    sheet.refuse("先说一说性别用哪边的。")
    assert sheet._message.isVisible()
    ground.finish()
    assert len(sheet.heard) == 2


def test_nobody_alike_says_how_to_find_one_and_leaves_no_comparison(ground, sheet, asked, rows):
    sheet.show_rows(rows)
    asked.compared[-1][1](sides("周乐瑶"))
    ground.type(sheet.box, "zzz")
    text, done = asked.searched[-1]
    assert text == "zzz"
    done(())
    ground.settle()
    assert "没有看着像的档案。请输入姓名、拼音或电话尾号找。" in ground.words()
    assert "选好另一份" in ground.words()
    assert (sheet.chosen(), sheet.keep.isEnabled()) == (None, False)


def test_answers_that_come_after_esc_find_nobody(ground, sheet, asked, rows):
    sheet.show_rows(rows)
    sheet.box.setFocus()
    ground.press(Qt.Key.Key_Escape)
    asked.compared[-1][1](sides("周乐瑶"))
    sheet.show_rows(rows)
    sheet.refuse("太晚了。")
    assert ground.sheet is None
    assert (sheet.keep.isEnabled(), sheet._message.text()) == (False, "")


def test_of_two_adults_the_first_choice_has_the_focus_and_without_one_the_button(ground):
    wanted = []
    sheet = ground.lay(TwinsSheet(ground.context, ground.host, "张沐阳"))
    sheet.merge_requested.connect(wanted.append)
    sheet.show_sides(sides("张母"))
    assert sheet.sides.first().isAncestorOf(ground.frame.focusWidget())
    sheet.show_sides(Sides("张母", "张妈妈", ()))
    assert sheet.keep.hasFocus()
    ground.finish()
    assert wanted == [{}]


def test_what_only_the_younger_record_gives_is_proposed_to_nobody(ground):
    """The service asks; the wish tells nothing until somebody has said."""
    wanted = []
    sheet = ground.lay(TwinsSheet(ground.context, ground.host, "张沐阳"))
    sheet.merge_requested.connect(wanted.append)
    line = SideLine("权限", "可接", "监护人 可接", "", "rights.1", None, weighs=True)
    sheet.show_sides(Sides("李丽", "王芳", (line,)))
    ground.finish()
    sheet.refuse("请选好“权限”用哪边的。")
    sheet.sides.first().set_value(Side.MERGED.value)
    ground.finish()
    assert wanted == [{}, {"rights.1": Side.MERGED}]
