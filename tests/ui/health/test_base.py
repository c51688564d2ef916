"""What pages of the health room share: acts whose key works, a refusal told, one sheet at a time."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.ids import StaffId
from app.domain.staff import Actor, Role
from app.ui.health.base import HealthPage
from app.ui.widgets.records import Record
from tests.ui.support import DESK

CASHIER = Actor(StaffId(7), "方芸", Role.CASHIER)


class Jars(HealthPage):
    """A page that counts how often it read."""

    key = "jars"

    def __init__(self, context):
        super().__init__(context, "药罐", "没有药罐")
        self.reads, self.pressed = 0, []
        for words, name, key in (("喂", "give", "Enter"), ("收药", "take", "Ctrl+N")):
            made = self.button(words, name, key)
            made.clicked.connect(lambda _on=False, name=name: self.pressed.append(name))

    def refresh(self):
        self.reads += 1


@pytest.fixture
def page(ground):
    return ground.put(Jars(ground.context))


def test_an_act_is_pressed_by_its_key_but_enter_belongs_to_the_list(ground, page):
    page.list.show_records([Record(1, "朱予晴", "")])
    page.take_focus()
    page.list.entered.connect(lambda: page.pressed.append("list"))
    ground.press(Qt.Key.Key_Return, Qt.Key.Key_Enter)
    ground.press(Qt.Key.Key_N, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page.pressed == ["list", "list", "take"]
    assert ground.find("health.jars.give").accessibleDescription() == "快捷键 Enter"


def test_what_is_refused_is_said_and_the_page_read_again_for_it_showed_what_is_no_more(ground, page):
    ground.verbs.refusals["health.jars.empty"] = RuleError("这一罐已经空了。")
    page.act(lambda s: s.health.jars.empty(DESK, 1))
    ground.settle()
    assert ground.notices == ["这一罐已经空了。"]
    assert page.reads == 1


def test_who_hears_of_a_refusal_herself_says_it_herself(ground, page):
    heard = []
    ground.verbs.refusals["health.jars.empty"] = RuleError("这一罐已经空了。")
    page.act(lambda s: s.health.jars.empty(DESK, 1), failed=heard.append)
    ground.settle()
    assert [error.sentence for error in heard] == ["这一罐已经空了。"]
    assert (ground.notices, page.reads) == ([], 0)


def test_no_second_sheet_is_laid_over_the_first(ground, page):
    assert page.host() is ground.host
    ground.host.setEnabled(False)  # as a sheet leaves it
    assert page.host() is None
    ground.context.host = None
    assert page.host() is None


def test_the_list_goes_above_what_is_lit_where_it_is_narrow_and_comes_back(qtbot, ground):
    frame = QWidget()
    qtbot.addWidget(frame)
    page = Jars(ground.context)
    QVBoxLayout(frame).addWidget(page)
    frame.show()
    for width, way in (
        (1000, QBoxLayout.Direction.LeftToRight),
        (500, QBoxLayout.Direction.TopToBottom),
        (1000, QBoxLayout.Direction.LeftToRight),
    ):
        frame.resize(width, 600)
        qtbot.waitUntil(lambda way=way: page._body.direction() == way)


@pytest.mark.parametrize(("actor", "may"), [(DESK, True), (CASHIER, False)])
def test_who_may_check_health_may_act(ground, page, actor, may):
    ground.context.sign_in(actor)
    assert page.may_act is may
