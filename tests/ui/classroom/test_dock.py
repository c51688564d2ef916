"""The dock says whom an act is about and asks for a kind."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.domain.logbook import EntryKind
from app.ui.classroom.dock import LogDock
from tests.ui.classroom import data


def make(qtbot, context):
    dock = LogDock(context.theme, context.icons)
    qtbot.addWidget(dock)
    dock.resize(1200, dock.wanted_height())
    dock.show()
    return dock


def words(dock):
    return [label.text() for label in dock.findChildren(QLabel)]


def test_it_names_the_only_child_counts_the_chosen_and_greys_out_for_nobody(qtbot, context):
    dock = make(qtbot, context)
    assert words(dock) == ["没有孩子", ""]
    assert not dock.button(EntryKind.MEAL).isEnabled()
    dock.show_choice((data.YUQING,), chosen=0, allowed=True)
    assert words(dock) == ["朱予晴", "空格 多选"]
    dock.show_choice(data.CARDS, chosen=5, allowed=True)
    assert words(dock) == ["已选 5 人", "Esc 取消"]
    assert dock.button(EntryKind.NOTE).isEnabled()


def test_a_long_name_is_shortened_so_that_the_kinds_keep_their_room(qtbot, context):
    import dataclasses

    dock = make(qtbot, context)
    dock.show_choice((dataclasses.replace(data.YUQING, name="阿卜杜热合曼·麦麦提"),), chosen=0, allowed=True)
    assert words(dock)[0] == "阿卜杜热…"


def test_who_may_not_log_reads_why(qtbot, context):
    dock = make(qtbot, context)
    dock.show_choice((data.YUQING,), chosen=0, allowed=False)
    assert not dock.button(EntryKind.MEAL).isEnabled()
    assert "岗位不能记录" in dock.button(EntryKind.MEAL).toolTip()


def test_a_tap_asks_for_the_kind_and_only_the_open_one_is_lit(qtbot, context):
    dock = make(qtbot, context)
    dock.show_choice((data.YUQING,), chosen=0, allowed=True)
    asked = []
    dock.kind_requested.connect(asked.append)
    QTest.mouseClick(dock.button(EntryKind.WATER), Qt.MouseButton.LeftButton)
    assert asked == [EntryKind.WATER]
    dock.light(EntryKind.MOOD)
    assert [kind for kind in EntryKind if dock.button(kind).isChecked()] == [EntryKind.MOOD]
    assert "".join(dock.button(kind).key for kind in EntryKind) == "123456789FXHSP"


def test_the_kinds_of_the_whole_class_bear_its_mark_until_somebody_is_chosen(qtbot, context):
    dock = make(qtbot, context)

    def marked():
        return {kind for kind in EntryKind if dock.button(kind).for_all}

    dock.show_choice((data.YUQING,), chosen=0, allowed=True, of_class=18)
    assert words(dock) == ["朱予晴", "双人标记的记全班"]
    assert marked() == {kind for kind in EntryKind if kind.of_class}
    assert dock.button(EntryKind.MEAL).accessibleDescription() == "快捷键 1，记全班"
    assert dock.button(EntryKind.TOILET).accessibleDescription() == "快捷键 5"
    dock.show_choice(data.CARDS, chosen=5, allowed=True, of_class=18)
    assert marked() == set()
