"""The list by leaving time: exactly one is lit, and it stays lit while she is there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.services.handover import NoteState
from app.ui.handover.worklist import WorklistPanel
from tests.ui.handover import data

ROWS = (
    data.note_row(data.YUQING, NoteState.READY),
    data.note_row(data.YUXUAN, NoteState.STALE, stale="签字后有新记录：体温 39.0℃"),
    data.note_row(data.KEXIN, NoteState.HANDED),
)


@pytest.fixture
def panel(qtbot, context):
    panel = WorklistPanel(context.theme, context.icons)
    qtbot.addWidget(panel)
    panel.resize(290, 400)
    panel.show()
    panel.heard = []
    panel.chosen.connect(panel.heard.append)
    return panel


def test_the_first_is_lit_then_the_wanted_then_the_same_as_before(panel):
    panel.show_rows(ROWS, None)
    assert panel.visit() == data.YUQING
    panel.show_rows(ROWS, data.KEXIN)
    assert panel.visit() == data.KEXIN
    panel.show_rows(ROWS[::-1], None)
    assert panel.visit() == data.KEXIN
    panel.show_rows(ROWS[:2], None)
    assert panel.visit() in {data.YUQING, data.YUXUAN}
    assert panel.heard[:2] == [data.YUQING, data.KEXIN]


def test_steps_stop_at_the_ends_and_enter_goes_to_the_words(panel):
    panel.show_rows(ROWS, None)
    for _ in range(5):
        panel.step(1)
    assert panel.visit() == data.KEXIN
    panel.step(-1)
    assert panel.visit() == data.YUXUAN
    wished = []
    panel.edit_requested.connect(lambda: wished.append(panel.visit()))
    QTest.keyClick(panel._rows, Qt.Key.Key_Return)
    assert wished == [data.YUXUAN]


def test_an_overtaken_note_counts_as_unsigned_and_is_spoken_with_its_reason(panel):
    panel.show_rows(ROWS, None)
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "1 / 3 已签" in said
    model = panel._rows.model()
    spoken = model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert "要修订" in spoken
    assert "体温 39.0℃" in spoken


def test_nobody_there_shows_the_empty_state(panel):
    panel.show_rows((), None)
    assert panel.visit() is None
    assert not panel._rows.isVisible()
    assert any("还没有孩子" in label.text() for label in panel.findChildren(QLabel) if label.isVisible())
