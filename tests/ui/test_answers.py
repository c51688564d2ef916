"""An answer that comes after its asker has gone is no error: nobody is left to hear it."""

import threading

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.ui.bookings.pick import ChildPick
from tests.ui.support import make_context, settle

UNDO = Undo("check_in", 1, "朱予晴 入园")


class Slow:
    """Answers when it is let."""

    def __init__(self):
        self.let = threading.Event()
        self.desk = self

    def find(self, _actor, _text, _most):
        self.let.wait(10)
        return ()

    def do(self):
        self.let.wait(10)
        return Done("x", Changes(frozenset({Topic.VISITS})), UNDO)

    def refuse(self):
        self.let.wait(10)
        raise RuleError("不行。")


@pytest.fixture
def slow():
    return Slow()


@pytest.fixture
def context(qtbot, slow):
    return make_context(qtbot, slow)


def destroy(widget):
    widget.deleteLater()
    QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)


def test_what_a_sheet_looked_for_comes_after_the_sheet_was_closed(qtbot, context, slow):
    pick = ChildPick(context, "pick")
    pick.box.setText("周")
    pick._search()
    destroy(pick)
    slow.let.set()
    settle(qtbot, context)


def test_a_slot_of_a_widget_that_is_gone_is_not_called(qtbot, context, slow):
    words = QLabel()
    context.ask(lambda s: str(s.find(None, "", 1)), words.setText)
    destroy(words)
    slow.let.set()
    settle(qtbot, context)


def test_who_is_still_there_hears_the_answer_and_the_refusal(qtbot, context, slow):
    words, heard = QLabel(), []
    context.ask(lambda s: str(s.find(None, "", 1)), words.setText)
    context.ask(lambda s: s.refuse(), heard.append, lambda error: heard.append(error.sentence))
    slow.let.set()
    settle(qtbot, context)
    assert (words.text(), heard) == ("()", ["不行。"])


def test_the_refusal_of_a_gone_asker_is_dropped_but_that_of_nobody_is_said(qtbot, context, slow):
    words, said = QLabel(), []
    context.messages.said.connect(lambda notice: said.append(notice.words))
    context.ask(lambda s: s.refuse(), words.setText, lambda error: words.setText(error.sentence))
    context.ask(lambda s: s.refuse(), lambda _: None)
    destroy(words)
    slow.let.set()
    settle(qtbot, context)
    assert said == ["不行。"]


def test_an_act_is_told_and_can_be_taken_back_though_its_sheet_was_closed(qtbot, context, slow):
    words, told = QLabel(), []
    context.bus.changed.connect(lambda changes, _who: told.append(changes))
    context.act(lambda s: s.do(), words.setText)
    destroy(words)
    slow.let.set()
    settle(qtbot, context)
    assert context.crashes == []
    assert [one.topics for one in told] == [{Topic.VISITS}]
    assert context.messages.next_undo() == UNDO


def test_an_act_is_told_though_its_sheet_fails_to_show_it(qtbot, context, slow):
    def show(_value):
        raise ValueError("our own bug")

    slow.let.set()
    with qtbot.captureExceptions() as caught:
        context.act(lambda s: s.do(), show)
        settle(qtbot, context)
    assert [kind for kind, *_ in caught] == [ValueError]
    assert context.messages.next_undo() == UNDO


def test_an_act_that_is_refused_after_its_sheet_was_closed_is_said(qtbot, context, slow):
    words, said = QLabel(), []
    context.messages.said.connect(lambda notice: said.append(notice.words))
    context.act(lambda s: s.refuse(), failed=lambda error: words.setText(error.sentence))
    destroy(words)
    slow.let.set()
    settle(qtbot, context)
    assert said == ["不行。"]
