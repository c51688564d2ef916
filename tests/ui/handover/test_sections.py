"""A part of the note: it grows with its words and is written wherever it is clicked."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.ui.handover.sections import SectionBox


def make(qtbot, context):
    box = SectionBox(context.theme, context.icons, "mood", "情绪", icon="sleep")
    qtbot.addWidget(box)
    box.resize(260, 200)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    return box


def test_it_grows_with_its_words_and_shrinks_again(qtbot, context):
    box = make(qtbot, context)
    box.words.show_words("平静", "平静")
    low = box.words.height()
    box.words.show_words("起初想家，十分钟后平静，" * 8, "平静")
    qtbot.waitUntil(lambda: box.words.height() > 2 * low)
    assert box.words.document().size().height() <= box.words.height()
    box.words.show_words("平静", "平静")
    qtbot.waitUntil(lambda: box.words.height() == low)


def test_a_click_beside_the_words_writes_at_their_end(qtbot, context):
    box = make(qtbot, context)
    box.words.show_words("平静", "平静")
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 5, box.height() - 5))
    assert box.words.hasFocus()
    QTest.keyClicks(box.words, "!")
    assert box.words.words() == "平静!"


def test_what_the_teacher_added_is_underlined_and_the_draft_is_not(qtbot, context):
    box = make(qtbot, context)
    box.words.show_words("平静", "平静")
    assert box.words.extraSelections() == []
    box.words.show_words("很平静，愿意说话", "平静")
    marked = [mark.cursor.selectedText() for mark in box.words.extraSelections()]
    assert marked == ["很", "，愿意说话"]


def test_the_same_words_again_leave_the_cursor_where_it_is(qtbot, context):
    box = make(qtbot, context)
    box.words.show_words("平静", "平静")
    cursor = box.words.textCursor()
    cursor.setPosition(1)
    box.words.setTextCursor(cursor)
    box.words.show_words("平静", "平静")
    assert box.words.textCursor().position() == 1
