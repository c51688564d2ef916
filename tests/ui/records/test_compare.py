"""Two records side by side: what weighs is marked, what nobody said is not chosen, sameness is said."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from app.domain.joining import Side
from app.services.merge_sides import SideLine, Sides
from app.ui.records.compare import CompareView
from app.ui.records.photo import Face, jpeg_of

LINES = (
    SideLine("小名", "沐沐", "阳阳", choice="nickname"),
    SideLine("性别", "男", "女", choice="sex", side=None, weighs=True),
    SideLine("过敏", "花生", "牛奶", result="两边的都留下：花生、牛奶", weighs=True),
)
SIDES = Sides("张沐阳（抱抱龙）", "张沐阳（临时）", LINES, ("3 次入园、2 张收据跟过来。",))


@pytest.fixture
def view(ground):
    return ground.put(CompareView(ground.context.theme, "merge"))


def test_what_is_proposed_is_chosen_and_what_somebody_has_to_say_is_not(view):
    view.show_sides(SIDES)
    assert view.choices() == {"nickname": Side.KEPT}
    view._chosen["sex"].button("merged").click()
    view._chosen["nickname"].button("merged").click()
    assert view.choices() == {"nickname": Side.MERGED, "sex": Side.MERGED}
    assert view.first() is view._chosen["nickname"]


def test_both_values_are_read_aloud_with_the_choice(view):
    view.show_sides(SIDES)
    assert view.first().accessibleName() == "小名：左边 沐沐，右边 阳阳"


def test_what_a_childs_safety_hangs_on_is_marked_and_what_is_not_chosen_says_what_becomes_of_it(ground, view):
    view.show_sides(SIDES)
    ground.settle()
    roles = {one.text(): one.property("role") for one in view.findChildren(QLabel)}
    assert (roles["小名"], roles["性别"], roles["过敏"]) == ("muted", "warning", "warning")
    assert "两边的都留下：花生、牛奶" in ground.words()
    assert "3 处不同" in ground.words()
    assert "没有不同的地方" not in ground.words()


def test_two_faces_stand_side_by_side_and_where_there_is_none_that_is_said(ground, view):
    face = jpeg_of(QImage(40, 40, QImage.Format.Format_RGB32))
    two = SideLine("照片", "这一张", "另一张", choice="photo", side=None, weighs=True, faces=(face, face))
    view.show_sides(Sides("甲", "乙", (two,)))
    ground.settle()
    assert [one.has_photo for one in view.findChildren(Face)] == [True, True]
    assert "这一张" not in ground.words()
    view.show_sides(Sides("甲", "乙", (replace(two, kept="—", choice="", faces=(b"", face)),)))
    ground.settle()
    assert [one.has_photo for one in view.findChildren(Face) if one.isVisible()] == [True]
    assert "—" in ground.words()


def test_two_that_are_the_same_say_so_and_another_pair_leaves_nothing_behind(ground, view):
    view.show_sides(SIDES)
    view.show_sides(Sides("甲", "乙", ()))
    ground.settle()
    assert "没有不同的地方，直接合并就行。" in ground.words()
    assert "处不同" not in ground.words()
    assert (view.choices(), view.first()) == ({}, None)
    view.wait()
    ground.settle()
    assert ground.words() == "选好另一份，这里就并排列出不同的地方。"
