"""An act that asks for the PIN of who is signed in: once more with it, or told that it was not done."""

import types

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Done, Undo
from app.domain.errors import RuleError
from app.domain.pins import WrongPinError
from app.services.pins import SecondPersonError
from app.ui.widgets.own_pin import OwnPinSheet, act_proved, undo_proved
from tests.ui.support import DIRECTOR, make_context, settle


class Acts:
    """A verb that wants 5927, and what became of it."""

    def __init__(self, refusal=None):
        self.pins, self.done, self.failed, self.refusal = [], [], [], refusal

    def go(self, pin):
        self.pins.append(pin)
        if self.refusal is not None:
            raise self.refusal
        if not pin:
            raise SecondPersonError("放行要园长自己输。", field="own_pin")
        if pin != "5927":
            error = WrongPinError("口令不对，再错 4 次锁 5 分钟。")
            error.field = "own_pin"
            raise error
        return Done("入园")


@pytest.fixture
def ask(qtbot):
    frames = []

    def act(acts):
        context = make_context(qtbot, types.SimpleNamespace(acts=acts), actor=DIRECTOR)
        frame = QWidget()
        frames.append(frame)
        qtbot.addWidget(frame)
        frame.resize(900, 640)
        context.host = QWidget()
        QVBoxLayout(frame).addWidget(context.host)
        frame.show()
        act_proved(context, lambda s, pin: s.acts.go(pin), acts.done.append, acts.failed.append)
        settle(qtbot, context)
        return context, next(iter(frame.findChildren(OwnPinSheet)), None)

    return act


def test_the_pin_is_asked_for_and_the_act_done_with_it(qtbot, ask):
    acts = Acts()
    context, sheet = ask(acts)
    assert sheet is not None
    assert (acts.failed, sheet.focusWidget()) == ([], sheet.fields["own_pin"].edit)
    sheet.keep.click()
    settle(qtbot, context)
    assert (acts.pins, "请周敏输自己的口令" in sheet.message.text()) == ([""], True)
    qtbot.keyClicks(sheet.fields["own_pin"].edit, "7043")
    sheet.keep.click()
    settle(qtbot, context)
    assert ("口令不对" in sheet.message.text(), sheet.text("own_pin"), acts.failed) == (True, "", [])
    qtbot.keyClicks(sheet.fields["own_pin"].edit, "5927")
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context)
    assert (acts.pins, acts.done, acts.failed, sheet.gone) == (["", "7043", "5927"], ["入园"], [], True)


def test_who_types_none_is_told_that_it_was_not_done(qtbot, ask):
    acts = Acts()
    context, sheet = ask(acts)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, context)
    assert (acts.done, [type(one) for one in acts.failed]) == ([], [SecondPersonError])


def test_another_refusal_asks_for_nothing(qtbot, ask):
    acts = Acts(RuleError("这个班没有开。"))
    _context, sheet = ask(acts)
    assert (sheet, len(acts.failed)) == (None, 1)


def test_what_frees_somebody_barred_is_taken_back_with_the_pin_and_the_notice_says_so(qtbot, ask):
    acts, said = Acts(), []
    context, sheet = ask(acts)
    sheet.leave()
    context.messages.said.connect(lambda notice: said.append(notice.words))
    context.give(types.SimpleNamespace(undo=lambda actor, undo, pin: acts.go(pin)))
    undo_proved(context, Undo("records.act", 7, "添加家人 张强"))
    settle(qtbot, context)
    sheet = next(one for one in context.host.parent().findChildren(OwnPinSheet) if not one.gone)
    qtbot.keyClicks(sheet.fields["own_pin"].edit, "5927")
    sheet.keep.click()
    settle(qtbot, context)
    assert (acts.pins[-1], said) == ("5927", ["已撤销：添加家人 张强"])
