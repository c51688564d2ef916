"""A page of two columns: what a rule says, what is half typed, and one column where two have no room."""

import types

import pytest
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.ui.widgets.two_columns import TwoColumns
from tests.ui.support import DESK, make_context, settle


class Page(TwoColumns):
    room, key = "room", "page"

    def __init__(self, context):
        super().__init__(context, (1, 1), 8, 8)
        self.line, self.text = QLineEdit(), QPlainTextEdit()
        self.left.addWidget(self.line)
        self.right.addWidget(self.text)
        column = QVBoxLayout(self)
        for part in (self.middle, self.problem, self._foot):
            column.addWidget(part)
        self.reads = 0

    def refresh(self):
        self.reads += 1


@pytest.fixture
def page(qtbot):
    context = make_context(qtbot, types.SimpleNamespace(), actor=DESK)
    room = QWidget()
    room.setObjectName("room")
    qtbot.addWidget(room)
    made = Page(context)
    QVBoxLayout(room).addWidget(made)
    room.resize(1000, 500)
    room.show()
    yield made
    del room


def test_an_act_reads_again_and_nothing_is_half_typed_any_more(page, qtbot):
    qtbot.keyClicks(page.line, "12")
    assert page.typing
    page.act(lambda _services: Done(None))
    settle(qtbot, page.context)
    assert (page.reads, page.typing) == (1, False)
    page.text.insertPlainText("话")
    page.text.document().setModified(True)
    assert page.typing


def test_a_refusal_stands_below_until_the_next_act(page, qtbot):
    def refuse(_services):
        raise RuleError("不行，因为。", field="line")

    page.act(refuse)
    settle(qtbot, page.context)
    assert (page.problem.text(), page.problem.isVisible(), page.reads) == ("不行，因为。", True, 0)
    page.act(lambda _services: Done(None))
    settle(qtbot, page.context)
    assert page.problem.isHidden()


def test_the_names_begin_with_the_room_and_the_page(page):
    assert page.add_button("做", "do", "F2").objectName() == "room.page.do"
    assert page.window_room().objectName() == "room"


def test_two_columns_become_one_where_there_is_no_room(page):
    page.resize(page.context.theme.px(page.roomy) - 1, 400)
    assert page._body.direction() is QBoxLayout.Direction.TopToBottom
    page.resize(page.context.theme.px(page.roomy), 400)
    assert page._body.direction() is QBoxLayout.Direction.LeftToRight
