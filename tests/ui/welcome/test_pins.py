"""The directors' PINs while the centre is made: each her own, and going without is insisted on."""

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.domain.staff import Role
from app.services.setup import StaffPlan
from app.ui.welcome.pins import DirectorPins


def plan(*names):
    return [StaffPlan(name, Role.DIRECTOR) for name in names] + [StaffPlan("林晓", Role.FRONT_DESK)]


@pytest.fixture
def pins(ground):
    made = ground.put(DirectorPins(ground.context.theme))
    made.show_staff(plan("周敏"))
    ground.settle()
    return made


def fill(ground, pair, pin="4826", again=None):
    ground.type(pair.pin.edit, pin)
    ground.type(pair.again.edit, pin if again is None else again)


def test_the_lines_are_named_for_whom_they_are_and_hide_what_is_typed(pins):
    pair = pins._pairs[0]
    assert pair.pin.edit.accessibleName() == "周敏（园长）的口令，4–6 位数字"
    assert pair.again.edit.accessibleName() == "周敏的口令，再输一次"
    assert pair.pin.edit.echoMode() is QLineEdit.EchoMode.Password
    pins.show_staff(plan(""))
    assert pins._pairs[0].pin.edit.accessibleName() == "园长的口令，4–6 位数字"
    assert pins.lacking() == ("园长",)


def test_what_one_has_chosen_stays_hers_when_another_comes_or_goes(ground, pins):
    fill(ground, pins._pairs[0])
    pins.show_staff(plan("陈园", "周敏"))
    ground.settle()
    assert [pair.pin.text() for pair in pins._pairs] == ["", "4826"]
    pins.show_staff(plan("陈园"))
    ground.settle()
    assert [pair.pin.text() for pair in pins._pairs] == [""], "nobody inherits a PIN"


def test_a_name_that_is_corrected_keeps_what_was_typed(ground, pins):
    fill(ground, pins._pairs[0])
    pins.show_staff(plan("周 敏敏"))
    assert pins._pairs[0].pin.text() == "4826"
    staff = pins.with_pins(plan("周 敏敏"))
    assert [one.pin for one in staff] == ["4826", ""]


def test_without_one_it_is_said_what_that_means_and_any_letter_begins_anew(ground, pins):
    assert not pins.may_go_on()
    assert "选了周敏的名字，就能当园长用" in ground.words()
    assert pins._pairs[0].pin.edit.hasFocus()
    ground.type(pins._pairs[0].pin.edit, "4")
    ground.type(pins._pairs[0].pin.edit, "")
    pins._pairs[0].pin.edit.clear()
    pins._pairs[0].pin.edit.textEdited.emit("")
    assert not pins.may_go_on(), "it has to be insisted on again"
    assert pins.may_go_on()


def test_of_two_the_one_who_has_none_is_named_and_gone_to(ground, pins):
    pins.show_staff(plan("周敏", "陈园"))
    ground.settle()
    fill(ground, pins._pairs[0])
    assert not pins.may_go_on()
    assert "选了陈园的名字" in ground.words()
    assert pins._pairs[1].pin.edit.hasFocus()


def test_two_that_differ_hold_it_and_the_problem_goes_with_the_next_letter(ground, pins):
    fill(ground, pins._pairs[0], "4826", "4862")
    assert not pins.may_go_on()
    assert pins._pairs[0].again.problem == "两次输的口令不一样，请再输一次。"
    ground.type(pins._pairs[0].again.edit, "4826")
    assert pins._pairs[0].again.problem == ""
    assert pins.may_go_on()
    assert not pins._hint.isVisible()


def test_enter_goes_from_line_to_line_only_while_something_is_typed(ground, pins):
    first, again = pins._pairs[0].pin.edit, pins._pairs[0].again.edit
    assert not pins.walk(first), "an empty line is passed over: the step goes on"
    fill(ground, pins._pairs[0])
    assert pins.walk(first)
    assert QApplication.focusWidget() is again
    assert not pins.walk(again)
    assert not pins.walk(None)


def test_nobody_who_directs_asks_for_nothing(ground, pins):
    pins.show_staff([StaffPlan("林晓", Role.FRONT_DESK)])
    assert pins.may_go_on()
    assert pins.lacking() == ()
    pins.blame("口令太好猜了。")
    assert ground.words() == ""
