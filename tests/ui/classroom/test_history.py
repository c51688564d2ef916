"""The history reads a page when it is scrolled to, and no page twice."""

import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.ids import EntryId
from app.services.class_history import Cursor, PastLine, PastPage
from app.ui.classroom.history import HistoryModel, HistorySheet
from tests.ui.classroom import data
from tests.ui.support import make_context, settle

PAGES, LONG = 5, 120


def page(number):
    at = data.NOW - dt.timedelta(days=number)
    lines = tuple(
        PastLine(EntryId(number * LONG + one), at.date(), at, "water", "朱予晴", "喝水", f"{one} ml", "许静")
        for one in range(LONG)
    )
    return PastPage(lines, Cursor(at, lines[-1].entry) if number + 1 < PAGES else None)


class FakeHistory:
    def __init__(self):
        self.asked = []

    def page(self, actor, class_id, before=None, *, kind=None, child=None):
        self.asked.append((before, kind, child))
        if kind is not None:
            return PastPage((), None)
        return page(0 if before is None else before.entry // LONG + 1)


@pytest.fixture
def sheet(qtbot):
    history = FakeHistory()
    services = SimpleNamespace(classes=SimpleNamespace(history=history))
    context = make_context(qtbot, services, actor=data.TEACHER, now=data.NOW)
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(1200, 700)
    host = QWidget(frame)
    host.setGeometry(frame.rect())
    with qtbot.waitExposed(frame):
        frame.show()
    context.host = host
    made = HistorySheet(context, host, data.TABS[1], data.YUQING)
    made.present()
    made.history, made.frame = history, frame
    settle(qtbot, context)
    yield made
    context.jobs.close()


def test_the_first_page_is_read_and_the_next_when_its_end_is_reached(sheet, qtbot):
    assert len(sheet.history.asked) == 1
    assert sheet.model.rowCount() == LONG
    for expected in range(2, PAGES + 1):
        sheet.view.scrollToBottom()
        qtbot.waitUntil(lambda wanted=expected: sheet.model.rowCount() == LONG * wanted)
    sheet.view.scrollToBottom()
    settle(qtbot, sheet._context)
    assert len(sheet.history.asked) == PAGES
    rows = [sheet.model.line(row).entry for row in range(sheet.model.rowCount())]
    assert len(set(rows)) == len(rows) == PAGES * LONG


def test_it_is_narrowed_by_child_and_kind_and_says_when_there_is_none(sheet, qtbot):
    sheet.whose.button("child").click()
    settle(qtbot, sheet._context)
    assert sheet.history.asked[-1] == (None, None, data.YUQING.child)
    sheet.kinds.button("food").click()
    settle(qtbot, sheet._context)
    assert sheet.model.rowCount() == 0
    assert "没有这样的记录" in sheet.empty.text()


def test_escape_leaves(sheet):
    QTest.keyClick(sheet.view, Qt.Key.Key_Escape)
    assert sheet.isHidden()


def test_the_model_keeps_the_contract(qtmodeltester):
    model = HistoryModel()
    model.take(page(0))
    qtmodeltester.check(model)
