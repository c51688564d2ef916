"""What every page of 课程 does: which class it shows, how one turns to the next, what it never reads over."""

import types

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.ids import ClassId, StaffId
from app.domain.staff import Actor, Role
from app.services.curriculum import ClassFace
from app.ui.curriculum.base import CurriculumPage
from tests.ui.support import DIRECTOR, make_context, settle

STAR = ClassFace(ClassId(1), "小星星", "#E07A5F", (6, 12))
DOLPHIN = ClassFace(ClassId(2), "小海豚", "#3D8EB0", (13, 24))
DRAGON = ClassFace(ClassId(3), "抱抱龙", "#6B9A4B", (25, 36))
TEACHER = Actor(StaffId(3), "许静", Role.TEACHER, ClassId(3))
CTRL = Qt.KeyboardModifier.ControlModifier


class Page(CurriculumPage):
    """A page with one line to type in."""

    key = "probe"

    def __init__(self, context):
        super().__init__(context)
        self.line = QLineEdit()
        self.right.addWidget(self.line)
        self.reads, self.turns = [], []
        self.shown = self.walker("上一周", "下一周", self.turns.append)

    def read(self):
        self.reads.append(self.class_id)


@pytest.fixture
def page(qtbot):
    def made(actor=TEACHER, faces=(STAR, DOLPHIN, DRAGON)):
        offered = [faces]
        services = types.SimpleNamespace(
            classes=types.SimpleNamespace(curriculum=types.SimpleNamespace(classes=lambda _actor: offered[0]))
        )
        context = make_context(qtbot, services, actor=actor)
        page = Page(context)
        qtbot.addWidget(page)
        page.resize(1200, 600)
        page.show()
        page.activateWindow()

        def again(*faces):
            if faces:
                offered[0] = faces[0]
            page.refresh()
            settle(qtbot, context)

        page.again, page.settle = again, lambda: settle(qtbot, context)
        again()
        return page

    return made


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)


def test_it_begins_with_the_teachers_own_class_and_else_with_the_first(page):
    assert page().face == DRAGON
    assert page(DIRECTOR).face == STAR


def test_the_class_shown_stays_when_it_is_read_again_until_it_is_closed(page):
    made = page()
    made.classes.setCurrentIndex(1)
    made.again()
    assert made.face == DOLPHIN
    made.again((STAR, DRAGON))
    assert made.face == STAR
    assert made.reads == [DRAGON.id, DOLPHIN.id, DOLPHIN.id, STAR.id]


def test_before_there_is_a_class_it_says_who_opens_one_and_after_that_no_more(page):
    made = page(faces=())
    assert (made.face, made.class_id, made.reads) == (None, None, [])
    assert made.problem.text() == "还没有班级。请园长先在“设置”里开班。"
    made.again((STAR,))
    assert made.reads == [STAR.id]
    assert made.problem.isHidden()


def test_what_a_rule_said_stands_when_others_change_something(page):
    made = page()
    made.complain("这天已经过去，不能再安排。")
    made.again()
    assert made.problem.text() == "这天已经过去，不能再安排。"
    made.classes.setCurrentIndex(0)
    assert made.problem.isHidden()  # it was about another class


def test_ctrl_and_the_page_keys_turn_to_the_next_class_and_stop_at_the_edges(page):
    made = page(DIRECTOR)
    press(made, Qt.Key.Key_PageUp, CTRL)
    assert made.face == STAR
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        press(made, key, CTRL)
    assert made.reads == [STAR.id, DOLPHIN.id, DRAGON.id, DOLPHIN.id]
    assert made.turns == []


def test_the_page_keys_alone_turn_what_is_shown_between_them(page):
    made = page()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        press(made, key)
    assert made.turns == [1, -1]
    assert made.shown.objectName() == "curriculum.probe.shown"


def test_half_typed_words_are_not_read_over_and_another_class_takes_them_as_left(page):
    made = page()
    made.line.setFocus()
    QTest.keyClick(made.line, Qt.Key.Key_A)
    made.freshen()
    made.settle()
    assert made.reads == [DRAGON.id]
    made.classes.setCurrentIndex(0)
    assert not made.typing
    made.freshen()
    made.settle()
    assert made.reads == [DRAGON.id, STAR.id, STAR.id]
