"""A form that a second person confirms: what lacks is said, and only wrong PINs are typed again."""

import pytest
from PySide6.QtCore import Qt

from app.domain.errors import RuleError
from app.domain.ids import StaffId
from app.domain.staff import Actor, Role
from app.services.pins import Holder
from app.ui.widgets.confirmed_sheet import ConfirmedSheet
from tests.ui.support import DESK, DIRECTOR

OTHERS = tuple(
    Holder(Actor(StaffId(at), name, Role.TEACHER), has_pin=True) for at, name in ((4, "孟佳"), (5, "许静"))
)
LETTING = "desk.release.let_go"


class Letting(ConfirmedSheet):
    """A reason, two who may confirm, and the PIN of who is signed in where the right is hers."""

    def __init__(self, context, host):
        super().__init__(context, host, "letting", "放行", "放行")
        self.form.addWidget(self.add_field("reason", "为什么"))
        self.add_second("另一位同事", OTHERS)
        self.add_own_pin()

    def finish(self):
        if self.confirmed():
            actor, second, own = self.context.actor, self.second.second(), self.own_pin()
            self.submit(lambda s: s.desk.release.let_go(actor, second, own))


@pytest.fixture
def open_sheet(ground):
    def open_(actor):
        ground.context.sign_in(actor)
        sheet = ground.lay(Letting(ground.context, ground.host))
        if "own_pin" in sheet.fields:
            sheet.form.addWidget(sheet.fields["own_pin"])
        sheet.fields["reason"].set_text("家长来电")
        return sheet

    return open_


def fill(sheet, pin="5927"):
    sheet.second.who.button("4").click()
    sheet.second.pin.edit.setText(pin)


def test_what_lacks_is_said_and_the_cursor_is_where_it_is_mended(ground, open_sheet):
    sheet = open_sheet(DESK)
    ground.finish()
    assert sheet.message.text() == "请另一位同事选自己的名字，再输口令。"
    assert sheet.second.who.isAncestorOf(ground.frame.focusWidget())
    sheet.second.who.button("5").click()
    ground.finish()
    assert sheet.message.text() == "请许静输口令。"
    assert sheet.second.pin.edit.hasFocus()
    assert ground.verbs.asked == []


def test_her_own_pin_is_asked_only_of_whose_right_it_is(ground, open_sheet):
    assert "own_pin" not in open_sheet(DESK).fields
    ground.sheet.dismiss()
    sheet = open_sheet(DIRECTOR)
    assert sheet.fields["own_pin"]._label.text() == "周敏本人的口令（确认的不是园长时）"
    fill(sheet)
    sheet.fields["own_pin"].set_text("8642")
    ground.finish()
    ((second, own),) = ground.verbs.said_to(LETTING)
    assert (second.staff, second.pin, own) == (4, "5927", "8642")


@pytest.mark.parametrize(
    ("field", "pin", "own"),
    [("pin", "", "8642"), ("second", "", "8642"), ("own_pin", "5927", ""), ("reason", "5927", "8642")],
)
def test_only_the_pin_that_was_wrong_is_typed_again(ground, open_sheet, field, pin, own):
    sheet = open_sheet(DIRECTOR)
    fill(sheet)
    sheet.fields["own_pin"].set_text("8642")
    ground.verbs.refusals[LETTING] = RuleError("不行。", field=field)
    ground.finish()
    assert sheet.message.text() == "不行。"
    assert (sheet.second.pin.text(), sheet.text("own_pin")) == (pin, own)
    assert sheet.text("reason") == "家长来电"


def test_enter_after_the_pin_goes_to_what_is_still_asked_and_then_to_the_button(ground, open_sheet):
    sheet = open_sheet(DIRECTOR)
    fill(sheet)
    sheet.second.pin.edit.setFocus()
    ground.press(Qt.Key.Key_Return)
    assert sheet.fields["own_pin"].edit.hasFocus()
    ground.press(Qt.Key.Key_Return)
    assert sheet.keep.hasFocus()
    sheet.dismiss()
    plain = open_sheet(DESK)
    fill(plain)
    plain.second.pin.edit.setFocus()
    ground.press(Qt.Key.Key_Return)
    assert plain.keep.hasFocus()
