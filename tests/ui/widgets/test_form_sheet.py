"""A sheet with a form: how it is walked, where it says what is wrong, and what a late answer finds."""

import types

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.typed_days import Direction
from app.ui.widgets.form_sheet import FormSheet
from tests.ui.support import DESK, make_context, settle


class Asked(FormSheet):
    """Two lines and a choice; ``answer`` is what the service does."""

    def __init__(self, context, host):
        super().__init__(context, host, "asked", "问一问", "保存")
        self.name = self.add_field("name", "名字", "陆静")
        self.day = self.add_field("day", "日子", field="on_day")
        self.kind = self.choice("kind", "种类", (("a", "甲"), ("b", "乙")), "a")
        self.lines = self.row(self.name, self.day)
        self.form.addWidget(self.labelled("种类", self.kind))
        self.refusal = None
        self.asked = 0

    def finish(self):
        self.submit(self._ask)

    def _ask(self, _services):
        self.asked += 1
        if self.refusal is not None:
            raise self.refusal
        return Done("kept")


@pytest.fixture
def make(qtbot):
    frames = []  # held here: one held only by its own sheet would be torn down in the middle of it

    def build(width=1000):
        context = make_context(qtbot, types.SimpleNamespace(), actor=DESK)
        frame = QWidget()
        frames.append(frame)
        qtbot.addWidget(frame)
        frame.resize(width, 640)
        host = QWidget()
        QVBoxLayout(frame).addWidget(host)
        frame.show()
        sheet = Asked(context, host)
        sheet.present()
        return sheet

    return build


@pytest.fixture
def sheet(make):
    return make()


def enter():
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    return QApplication.focusWidget()


def test_enter_walks_and_never_stops_at_what_throws_away(sheet):
    sheet.name.edit.setFocus()
    assert enter() is sheet.day.edit
    assert enter() is sheet.kind.button("a")
    assert enter() is sheet.keep, "not 取消: one more Enter would lose what was typed"


def test_enter_passes_a_row_of_ticks_whichever_of_them_has_the_cursor(sheet):
    row = sheet.choice("aid", "急救", (("a", "冲洗"), ("b", "冷敷"), ("c", "观察")), many=True)
    last = sheet.add_field("story", "经过")
    sheet.form.addWidget(sheet.labelled("急救", row))
    sheet.form.addWidget(last)
    QApplication.processEvents()  # a layout shows what comes late only when the loop is idle
    for value in "ac":
        row.button(value).setFocus()
        QTest.keyClick(row.button(value), Qt.Key.Key_Space)
        assert enter() is last.edit
    assert row.values() == ("a", "c")


def test_it_is_asked_for_once_and_goes_when_it_is_kept(sheet, qtbot):
    heard = []
    sheet.kept.connect(heard.append)
    sheet.finish()
    sheet.finish()
    settle(qtbot, sheet.context)
    assert (sheet.asked, heard, sheet.gone) == (1, ["kept"], True)


def test_a_refusal_is_said_with_the_cursor_where_it_is_mended(sheet, qtbot):
    sheet.refusal = RuleError("看不懂日子。", field="on_day")
    sheet.finish()
    settle(qtbot, sheet.context)
    assert (sheet.message.text(), sheet.message.isVisible()) == ("看不懂日子。", True)
    assert sheet.day.edit.hasFocus()
    assert sheet.day.edit.accessibleDescription() == "看不懂日子。"
    assert sheet.keep.isEnabled()
    qtbot.keyClicks(sheet.day.edit, "1")
    assert sheet.message.isHidden(), "it is being mended"
    sheet.refusal = RuleError("选一种。", field="kind")
    sheet.finish()
    settle(qtbot, sheet.context)
    assert sheet.kind.button("a").hasFocus()


def test_an_answer_after_esc_opens_nothing_again(sheet, qtbot):
    heard = []
    sheet.kept.connect(heard.append)
    sheet.finish()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, sheet.context)
    assert (sheet.asked, heard) == (1, [])


def test_an_answer_that_comes_when_the_sheet_is_dead_harms_nothing(sheet, qtbot):
    """Sheets that go by themselves when they are answered may have gone by Esc, and been torn down."""
    sheet.dismiss()
    settle(qtbot, sheet.context)
    QApplication.sendPostedEvents(sheet, QEvent.Type.DeferredDelete)
    assert not isValid(sheet)
    sheet.dismiss()


@pytest.mark.parametrize(("width", "way"), [(1000, "LeftToRight"), (600, "TopToBottom")])
def test_what_stands_beside_each_other_is_stacked_in_a_narrow_window(make, width, way):
    assert make(width).lines.direction() is QBoxLayout.Direction[way]


def test_a_day_makes_room_for_what_it_says_and_is_refused_once(make, qtbot):
    sheet = make()
    sheet.window().activateWindow()
    day = sheet.add_day("since", "从哪天", Direction.PAST)
    sheet.form.addWidget(day)
    QApplication.processEvents()  # a part that comes late is shown with the next event
    sheet.fit()
    low = sheet._scroll.height()
    day.edit.setFocus()
    QTest.keyClicks(day.edit, "12-3")
    assert day.said == "2025年12月3日 周三"
    assert sheet._scroll.height() > low
    QTest.keyClick(day.edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(day.edit, "99")
    day.edit.editingFinished.emit()
    assert "不是一个可用的日期" in day.problem
    sheet.say(day.problem, "since")
    assert day.problem == ""
    assert "不是一个可用的日期" in sheet.message.text()
    assert day.edit.hasFocus()
