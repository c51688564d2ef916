"""Classroom and handover together on the practice centre: what is logged is in the note, signed, on paper."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from app.services import bundle
from app.store.database import Database
from app.ui.classroom.page import ClassroomRoom
from app.ui.handover.page import HandoverRoom
from app.ui.paperview import open_pdf
from app.ui.rooms import Target
from tests.ui.support import make_context, settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def context(qtbot, practice_file, clock, tmp_path):
    """The practice centre at 13:52, with 许静 of 抱抱龙 signed in."""
    opened = []

    def open_services():
        opened.append(Database.open(practice_file, clock=clock))
        return bundle.build(opened[0], clock, random.Random(7))

    context = make_context(qtbot, None, actor=None, folder=tmp_path, now=clock())
    context.jobs.run(open_services, done=context.give)
    settle(qtbot, context)
    staff = []
    context.ask(lambda services: services.people.staff(), staff.append)
    settle(qtbot, context)
    context.sign_in(next(actor for actor in staff[0] if actor.name == "许静"))
    yield context
    context.jobs.close(lambda: opened[0].close())


def on_screen(qtbot, context, room_class, target=None):
    room = room_class(context)
    qtbot.addWidget(room)
    room.resize(1278, 676)
    with qtbot.waitExposed(room):
        room.show()
    room.activateWindow()
    room.freshen()
    settle(qtbot, context)
    room.entered(target)
    for _ in range(3):
        settle(qtbot, context)
    return room


def press(qtbot, context, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)
        for _ in range(2):
            settle(qtbot, context)


def text_of(pdf: bytes) -> str:
    with open_pdf(pdf) as document:
        assert isinstance(document, QPdfDocument)
        pages = (document.getAllText(page).text() for page in range(document.pageCount()))
        return "".join("".join(pages).split())


def test_a_glass_of_water_is_in_the_timeline_and_gone_again_after_undo(qtbot, context):
    room = on_screen(qtbot, context, ClassroomRoom)
    yuqing = next(card for card in room._model.items if card.name == "朱予晴")
    room._grid.focus_visit(yuqing.visit)
    settle(qtbot, context)
    before = room._timeline._model.items
    press(qtbot, context, Key.Key_3, Key.Key_3, Key.Key_Return)
    added = [row for row in room._timeline._model.items if row not in before]
    assert [(row.title, row.words) for row in added] == [("喝水", "100 ml")]
    undo = context.messages.next_undo()
    actor = context.actor
    context.act(lambda services: services.undo(actor, undo))
    settle(qtbot, context)
    settle(qtbot, context)
    assert room._timeline._model.items == before


def test_what_was_logged_is_in_the_note_and_the_signed_paper_has_its_number(qtbot, context):
    classroom = on_screen(qtbot, context, ClassroomRoom)
    yuqing = next(card for card in classroom._model.items if card.name == "朱予晴")
    classroom._grid.focus_visit(yuqing.visit)
    press(qtbot, context, Key.Key_3, Key.Key_3, Key.Key_Return)
    classroom.hide()
    room = on_screen(qtbot, context, HandoverRoom, Target(visit=yuqing.visit))
    assert "喝水 340 ml" in room._editor.text().food
    prose = room.findChild(QTextEdit, "handover.prose")
    prose.setFocus()
    prose.moveCursor(prose.textCursor().MoveOperation.End)
    prose.insertPlainText("明天见！")
    press(qtbot, context, Key.Key_Return, modifier=CTRL)
    qtbot.waitUntil(lambda: room._editor.view.signed_at is not None, timeout=5000)
    qtbot.waitUntil(
        lambda: "编号" in text_of(room._view.pdf or b"") if room._view.pdf else False, timeout=5000
    )
    printed = text_of(room._view.pdf)
    assert room._editor.view.number in printed
    assert "明天见！" in printed
    assert "340ml" in printed
