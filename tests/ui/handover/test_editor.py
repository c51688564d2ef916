"""One note: what it says of itself, and which of its buttons act."""

import dataclasses

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from app.ui.handover.editor import NoteEditor
from tests.ui.handover import data
from tests.ui.support import DESK


@pytest.fixture
def editor(qtbot, context):
    editor = NoteEditor(context.theme, context.icons)
    qtbot.addWidget(editor)
    editor.resize(560, 620)
    editor.show()
    return editor


def view(visit=data.YUQING, **changes):
    return dataclasses.replace(data.FakeHandover().note(data.TEACHER, visit), **changes)


def button(editor, name):
    return editor.findChild(QPushButton, f"handover.{name}")


def says(editor, words):
    return any(words in label.text() for label in editor.findChildren(QLabel) if label.isVisible())


def test_it_gives_back_exactly_what_it_was_given(editor):
    editor.show_note(view(), data.TEACHER)
    assert editor.text() == data.DRAFTED
    assert not editor.dirty
    editor._boxes["mood"].words.insertPlainText("很")
    assert editor.dirty
    assert editor.text().mood == f"很{data.DRAFTED.mood}"


def test_many_missing_things_are_counted_and_all_named_in_the_tooltip(editor):
    editor.show_note(view(missing=("情绪", "午餐", "睡眠")), data.TEACHER)
    assert editor._state.chip.words == "缺 情绪 等 3 项"
    assert editor._state.toolTip() == "缺：情绪、午餐、睡眠"
    assert button(editor, "log").isVisible()
    editor.show_note(view(), data.TEACHER)
    assert editor._state.chip.words == "齐全，待签"
    assert not button(editor, "log").isVisible()


def test_a_signed_note_wants_no_signature_until_the_day_overtakes_it(editor):
    editor.show_note(view(data.KEXIN), data.TEACHER)
    assert editor._state.chip.words == "已签字 许静 13:52"
    assert not button(editor, "sign").isEnabled()
    editor.show_note(view(data.KEXIN, stale="签字后撤销了：午餐 吃完"), data.TEACHER)
    assert editor._state.chip.words == "要修订"
    assert says(editor, "签字后撤销了：午餐 吃完")
    assert button(editor, "sign").isEnabled()
    assert button(editor, "sign").text() == "许静 签字修订"


def test_who_may_not_sign_reads_only_and_is_told_why(editor):
    editor.show_note(view(), DESK)
    assert all(box.words.isReadOnly() for box in editor._boxes.values())
    assert not button(editor, "sign").isEnabled()
    assert "不能签交接单" in button(editor, "sign").toolTip()


def test_a_problem_goes_to_the_part_it_is_about(editor, qtbot):
    editor.show_note(view(), data.TEACHER)
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    editor.show_problem("“给家长的话”还是空的。", "prose")
    assert editor._boxes["prose"].words.hasFocus()
    assert editor.writing()
    assert says(editor, "还是空的")
    editor.show_problem("")
    assert not says(editor, "还是空的")


def test_nobody_chosen_shows_no_note(editor):
    editor.show_note(None, None)
    assert says(editor, "没有选中孩子")
    assert not editor.dirty
