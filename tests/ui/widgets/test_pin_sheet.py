"""Setting, changing and taking back a PIN, over a window."""

import types

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Done
from app.domain.pins import WrongPinError
from app.services.pins import Holder, Second
from app.ui.widgets.pin_sheet import PinSheet, open_pins
from tests.ui.support import DESK, DIRECTOR, make_context, settle


class FakePins:
    def __init__(self):
        self.calls, self.refusal = [], None

    def holders(self, _actor):
        return (Holder(DESK, has_pin=True), Holder(DIRECTOR, has_pin=True))

    def choose(self, actor, new, old, head):
        return self._done(("choose", actor.name, new, old, *([head] if head else ())))

    def reset(self, actor, own, staff):
        return self._done(("reset", actor.name, own, staff))

    def _done(self, call):
        if self.refusal is not None:
            raise self.refusal
        self.calls.append(call)
        return Done(None)


@pytest.fixture
def pins():
    return FakePins()


@pytest.fixture
def make(qtbot, pins):
    frames = []  # held here: one held only by its own sheet would be torn down in the middle of it

    def build(actor, holders):
        context = make_context(qtbot, types.SimpleNamespace(pins=pins), actor=actor)
        frame = QWidget()
        frames.append(frame)
        qtbot.addWidget(frame)
        frame.resize(900, 640)
        host = QWidget()
        QVBoxLayout(frame).addWidget(host)
        frame.show()
        context.host = host
        sheet = PinSheet(context, host, holders)
        sheet.present()
        return sheet

    return build


def test_the_first_pin_is_typed_twice(make, qtbot, pins):
    sheet = make(DESK, (Holder(DESK, has_pin=False),))
    assert sheet.fields["old"].isHidden()
    qtbot.keyClicks(sheet.fields["new"].edit, "3816")
    qtbot.keyClick(sheet.keep, Qt.Key.Key_Return)
    assert "不一样" in sheet.message.text()
    qtbot.keyClicks(sheet.fields["again"].edit, "3816")
    qtbot.keyClick(sheet.keep, Qt.Key.Key_Return)
    settle(qtbot, sheet.context)
    assert pins.calls == [("choose", "林晓", "3816", "")]
    assert sheet.gone


@pytest.mark.parametrize("own", [Holder(DESK, has_pin=False), Holder(DESK, has_pin=True, elsewhere=True)])
def test_the_director_vouches_for_the_first_one_with_hers(make, qtbot, pins, own):
    sheet = make(DESK, (own, Holder(DIRECTOR, has_pin=True)))
    for key in ("new", "again"):
        qtbot.keyClicks(sheet.fields[key].edit, "3816")
    sheet.keep.click()
    assert "请周敏输口令" in sheet.message.text()
    qtbot.keyClicks(sheet.vouching.pin.edit, "5927")
    sheet.keep.click()
    settle(qtbot, sheet.context)
    assert pins.calls == [("choose", "林晓", "3816", "", Second(DIRECTOR.id, "5927"))]


def test_a_wrong_old_one_is_said_at_its_line(make, qtbot, pins):
    sheet = make(DESK, (Holder(DESK, has_pin=True),))
    pins.refusal = WrongPinError("口令不对，再错 4 次锁 5 分钟。")
    for key in ("new", "again"):
        qtbot.keyClicks(sheet.fields[key].edit, "3816")
    sheet.keep.click()
    settle(qtbot, sheet.context)
    assert "再错 4 次" in sheet.message.text()
    assert sheet.fields["old"].edit.hasFocus()
    assert sheet.keep.isEnabled()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.gone


def test_the_director_takes_a_colleagues_back_with_her_own(make, qtbot, pins):
    sheet = make(DIRECTOR, pins.holders(None))
    qtbot.keyClicks(sheet.fields["old"].edit, "5927")
    sheet.whose.button(str(DESK.id)).click()
    qtbot.keyClicks(sheet.fields["new"].edit, "1")
    sheet.keep.click()
    assert "留空" in sheet.message.text()
    sheet.fields["new"].edit.clear()
    sheet.keep.click()
    settle(qtbot, sheet.context)
    assert pins.calls == [("reset", "周敏", "5927", DESK.id)]


def test_it_is_opened_over_the_window(make, qtbot, pins):
    sheet = make(DESK, pins.holders(None))
    context, frame = sheet.context, sheet.parentWidget()
    sheet.dismiss()
    open_pins(context)
    settle(qtbot, context)
    assert [one.title.text() for one in frame.findChildren(PinSheet) if one.isVisible()] == ["林晓的口令"]
