"""The second person: a name, a PIN, and the first PIN of who has none."""

import pytest
from PySide6.QtCore import Qt

from app.domain.ids import StaffId
from app.domain.staff import Actor, Role
from app.services.pins import Holder, Second
from app.ui.widgets.second_person import SecondPerson
from tests.ui.support import make_context

DIRECTOR = Holder(Actor(StaffId(1), "周敏", Role.DIRECTOR), has_pin=True)
TEACHER = Holder(Actor(StaffId(2), "许静", Role.TEACHER), has_pin=False)


@pytest.fixture
def make(qtbot):
    def build(*holders, practice=False, own=False):
        context = make_context(qtbot, None)
        made = SecondPerson(context.theme, "t", "确认", holders, practice=practice, own=own)
        qtbot.addWidget(made)
        made.show()
        return made

    return build


def test_the_only_one_is_chosen_at_once_and_types_a_pin(make, qtbot):
    view = make(DIRECTOR)
    assert view.chosen == DIRECTOR
    assert "输口令" in view.lacking()
    qtbot.keyClicks(view.pin.edit, "5927")
    assert view.lacking() == ""
    assert view.second() == Second(StaffId(1), "5927")
    assert view.first_pin() is None
    with qtbot.waitSignal(view.entered):
        qtbot.keyClick(view.pin.edit, Qt.Key.Key_Return)
    view.clear_pin()
    assert view.pin.text() == ""


def test_who_is_signed_in_and_has_none_chooses_one_twice(make, qtbot):
    view = make(TEACHER, own=True)
    assert view.again.isVisible()
    assert "还没有口令" in view._hint.text()
    qtbot.keyClicks(view.pin.edit, "7043")
    qtbot.keyClick(view.pin.edit, Qt.Key.Key_Return)
    assert "不一样" in view.lacking()
    qtbot.keyClicks(view.again.edit, "7043")
    assert view.lacking() == ""
    assert view.first_pin() == "7043"
    view.mark_kept()
    assert view.first_pin() is None
    assert view.again.isHidden()


def test_another_name_forgets_what_was_typed(make, qtbot):
    view = make(DIRECTOR, TEACHER)
    assert view.chosen is None
    assert view.second() is None
    assert "选自己的名字" in view.lacking()
    view.who.button("1").click()
    qtbot.keyClicks(view.pin.edit, "59")
    view.who.button("2").click()
    assert view.pin.text() == ""
    assert view.pin.edit.echoMode() == view.pin.edit.EchoMode.Password


def test_nobody_to_confirm_is_said_and_practice_tells_its_pins(make):
    assert "没有能确认的同事" in make()._hint.text()
    assert "5927" in make(DIRECTOR, practice=True)._hint.text()


def test_nobody_chooses_the_first_pin_of_a_colleague_and_it_is_said_what_to_do(make, qtbot):
    elsewhere = Holder(Actor(StaffId(3), "孟佳", Role.TEACHER), has_pin=True, elsewhere=True)
    view = make(TEACHER, elsewhere)
    assert not view.can_confirm
    assert "在“设置—本机”设好口令" in view._hint.text()
    for key, words in (("2", "还没有口令，须本人登录"), ("3", "在同事登录时设的")):
        view.who.button(key).click()
        assert view.again.isHidden()
        view.pin.set_text("7043")
        assert words in view.lacking()
        assert words in view._hint.text()
        assert view.first_pin() is None
    assert make(DIRECTOR, TEACHER).can_confirm
