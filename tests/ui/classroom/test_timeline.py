"""The day of one child: its lines, what can be taken back, and how far the note is."""

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from app.services.classroom import Timeline
from app.ui.classroom.timeline import TimelinePanel
from tests.ui import walk
from tests.ui.classroom import data

DAY = Timeline(data.YUQING.visit, "朱予晴", ("鸡蛋",), data.ROWS, 6, 8, ("午餐", "起床"))


def make(qtbot, context, height=500):
    panel = TimelinePanel(context.theme, context.icons)
    qtbot.addWidget(panel)
    panel.resize(330, height)
    panel.show()
    panel.show_timeline(DAY)
    return panel


def says(panel, words):
    return any(words in label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_it_says_what_the_note_lacks_and_what_she_must_not_eat(qtbot, context):
    panel = make(qtbot, context)
    assert says(panel, "交接单 6/8 项 · 缺：午餐、起床")
    assert panel._allergy.chip.words == "鸡蛋过敏"
    panel.show_timeline(dataclasses.replace(DAY, note_done=8, note_missing=(), allergies=()))
    assert says(panel, "交接单 8/8 项 · 可以签字了")
    assert panel._allergy.chip.words == ""
    panel.show_timeline(None)
    assert says(panel, "还没有选孩子")


def test_only_an_entry_can_be_taken_back(qtbot, context):
    panel = make(qtbot, context)
    asked = []
    panel.undo_requested.connect(lambda entry, words: asked.append((entry, words)))
    for row, line in enumerate(data.ROWS):
        panel.lines().setCurrentIndex(panel.lines().model().index(row))
        QTest.keyClick(panel.lines(), Qt.Key.Key_Delete)
        button = panel.findChild(QPushButton, "classroom.undo_entry")
        assert button.isEnabled() == (line.entry is not None)
    assert [entry for entry, _ in asked] == [line.entry for line in data.ROWS if line.entry is not None]
    assert asked
    assert all(words for _entry, words in asked)


def test_where_it_is_low_the_foot_is_scrolled_to_and_not_squeezed(qtbot, context):
    panel = make(qtbot, context, height=120)
    go = panel.findChild(QPushButton, "classroom.to_handover")

    def seen():
        walk.bring(go)
        return walk.shown_part(go) == go.rect()

    qtbot.waitUntil(seen)  # the layout of what scrolls settles in two rounds
    assert walk.scrolls(go)
    assert go.height() >= 44
    asked = []
    panel.handover_requested.connect(asked.append)
    go.click()
    assert asked == [data.YUQING.visit]


def test_the_slip_of_a_medicine_is_offered_while_one_is_due(qtbot, context):
    panel = make(qtbot, context)
    asked = []
    panel.sheet_requested.connect(lambda name, key: asked.append((name, key)))
    slip = panel.findChild(QPushButton, "classroom.medicine_slip")
    panel.show_card(data.YUQING)
    assert not slip.isVisible()
    panel.show_card(dataclasses.replace(data.YUQING, due=("14:00 喂药",)))
    assert slip.isVisible()
    slip.click()
    assert asked == [("medicine", data.YUQING.visit)]
    panel.show_card(None)
    assert not slip.isVisible()


def test_a_long_day_ends_at_whole_lines(qtbot, context):
    """The latest line stands whole at the foot, and no half one above them all, in whatever room there is."""
    panel = make(qtbot, context)
    rows = tuple(dataclasses.replace(data.ROWS[1], words="开心，" * (at % 4 + 1)) for at in range(24))
    lines = panel.lines()
    for height in (500, 487, 473, 461):
        panel.resize(330, height)
        panel.show_timeline(dataclasses.replace(DAY, rows=rows))
        qtbot.waitUntil(lambda: lines.verticalScrollBar().maximum() > 0)
        assert lines.verticalScrollBar().value() == lines.verticalScrollBar().maximum()
        boxes = [lines.visualRect(lines.model().index(row, 0)) for row in range(len(rows))]
        assert 0 in {box.top() for box in boxes}, height
        assert boxes[-1].bottom() < lines.viewport().height(), height


def test_who_reads_the_morning_is_not_taken_to_the_end_by_another_room(qtbot, context):
    panel = make(qtbot, context)
    panel.show_timeline(dataclasses.replace(DAY, rows=data.ROWS * 8))
    bar = panel.lines().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(5)
    panel.resize(330, 470)
    panel.lines().doItemsLayout()
    assert bar.value() == 5
