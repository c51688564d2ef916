"""交接班 as two teachers work it: by keys, on the practice centre."""

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.staff import Role
from app.services import bundle
from app.services.pins import Second
from app.services.sheet_drafts import SheetKind
from app.store.database import Database
from app.ui.handover.page import HandoverRoom
from app.ui.rooms import Target
from app.ui.widgets.overlay import Overlay
from tests.ui.handover.test_page import FakePrinting
from tests.ui.support import make_context, settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """The room on the practice centre at 13:52, with 许静 of 抱抱龙."""

    def __init__(self, qtbot, file, clock, folder):
        self.qtbot, self.clock = qtbot, clock
        self.opened = []

        def open_services():
            self.opened.append(Database.open(file, clock=clock))
            return bundle.build(self.opened[0], clock, random.Random(7))

        self.context = make_context(qtbot, None, actor=None, folder=folder, now=clock())
        self.context.jobs.run(open_services, done=self.context.give)
        settle(qtbot, self.context)
        self.context.printing = FakePrinting()
        self.staff = self.ask(lambda services: services.people.staff())
        self.sign_in("许静")
        self.frame = QWidget()
        self.room = HandoverRoom(self.context)
        self.context.host = self.room
        QVBoxLayout(self.frame).addWidget(self.room)
        qtbot.addWidget(self.frame)
        self.frame.resize(1278, 720)
        with qtbot.waitExposed(self.frame):
            self.frame.show()
        self.frame.activateWindow()
        self.room.freshen()
        self.settle()
        self.room.entered(None)
        self.settle()
        self.strokes = 0

    def sign_in(self, name):
        self.context.sign_in(next(one for one in self.staff if one.name == name))

    def ask(self, read):
        found = []
        self.context.ask(read, found.append)
        settle(self.qtbot, self.context)
        return found[0]

    def settle(self):
        for _ in range(4):
            settle(self.qtbot, self.context)
            QApplication.processEvents()

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.strokes += 1
            QTest.keyClick(QApplication.focusWidget() or self.frame, key, modifier)
            self.settle()

    def type(self, text, name):
        """Letters by an input method into a line."""
        line = next(one for one in self.frame.findChildren(QLineEdit, name) if one.isVisible())
        line.setFocus()
        for letter in text:
            self.strokes += 1
            QTest.keyClick(line, letter)
        line.textEdited.emit(line.text())

    def says(self, words):
        return any(words in one.text() for one in self.frame.findChildren(QLabel) if one.isVisible())

    @property
    def sheet(self):
        return next((one for one in self.frame.findChildren(Overlay) if one.isVisible()), None)

    @property
    def view(self):
        return self.room._shift

    def points(self):
        return [one.title for one in self.view._points.records if not one.faint]

    def history(self):
        actor = self.context.actor
        return self.ask(lambda s: s.classes.shifts.history(actor, self.room._class_id))


@pytest.fixture
def hands(qtbot, practice_file, clock, tmp_path):
    made = Hands(qtbot, practice_file, clock, tmp_path)
    yield made
    made.context.jobs.close(lambda: made.opened[0].close())


@pytest.fixture
def shift(hands):
    hands.press(Key.Key_2, modifier=CTRL)
    return hands


def test_ctrl_2_shows_the_sheet_of_the_class_and_ctrl_1_goes_back(hands):
    hands.press(Key.Key_2, modifier=CTRL)
    assert hands.says("抱抱龙 交接班")
    assert hands.says("上次 12月2日 13:05 许静 → 孟佳")
    assert "F4 办结" in hands.room.hints()
    assert hands.room.top_widgets() == []
    hands.press(Key.Key_1, modifier=CTRL)
    assert hands.says("朱予晴 的交接单")
    assert len(hands.room.top_widgets()) == 2
    hands.press(Key.Key_2, modifier=CTRL)
    assert hands.room.escape()
    assert not hands.room._bar.shift


def test_the_class_is_changed_by_the_keys_of_the_row(shift):
    shift.press(Key.Key_PageDown, modifier=CTRL)
    assert shift.says("不是你的班")
    assert shift.says("只能看自己班的交接班表"), "and not the sheet of before under this tab"
    shift.sign_in("周敏")
    shift.settle()
    shift.press(Key.Key_PageUp, modifier=CTRL)
    shift.press(Key.Key_PageDown, modifier=CTRL)
    assert shift.says("小火车 交接班")
    assert shift.says("没有未了的事")
    shift.press(Key.Key_0, modifier=CTRL)
    assert shift.says("先选一个班")


def test_a_point_is_written_with_enter_and_closed_with_f4(shift):
    assert shift.points() == ["户外柜的门锁坏了，已报修，来人前先用绳子系好"]
    shift.type("uvxi", "shift.new_point")
    shift.press(Key.Key_Return)
    assert len(shift.points()) == 2
    shift.type("uvxi", "shift.new_point")
    shift.press(Key.Key_Return)
    assert shift.says("这件事已经在未了事项里了")
    shift.press(Key.Key_F4)
    assert shift.says("怎么办结的")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.says("请写一句是怎么办结的")
    shift.type("xiuhao", "point.outcome")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.points() == ["uvxi"]
    assert shift.says("未了事项 1")
    assert [one.words for one in shift.view._points.records if one.faint] == ["13:52 许静办结：xiuhao"]


def give_pin(hands):
    partner = next(one for one in hands.staff if one.name == "孟佳")
    head = next(Second(one.id, "5927") for one in hands.staff if one.role is Role.DIRECTOR)
    hands.ask(lambda s: s.pins.choose(partner, "5927", director=head))


def test_two_teachers_sign_in_few_strokes(shift):
    give_pin(shift)
    shift.strokes = 0
    shift.press(Key.Key_Return, modifier=CTRL)
    shift.type("18", "shift.counted")
    shift.press(Key.Key_F6)
    shift.sheet.second.who.setFocus()  # Tab from the remark
    shift.strokes += 1
    shift.press(Key.Key_1)
    shift.type("5927", "shift.pin")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.sheet is None
    assert shift.strokes <= 12
    sheet = shift.history()[0]
    assert (sheet.given_by, sheet.taken_by, sheet.counted) == ("许静", "孟佳", 18)
    assert shift.view._past.records[0].words.startswith("许静 → 孟佳 · 数到 18 人")
    shift.press(Key.Key_F5)
    assert shift.context.printing.previewed[0].sheet.id == sheet.id
    shift.press(Key.Key_P, modifier=CTRL)
    assert shift.context.printing.sent[0].sheet.id == sheet.id


def test_heads_that_differ_ask_for_the_reason(shift):
    give_pin(shift)
    shift.press(Key.Key_Return, modifier=CTRL)
    assert not shift.sheet.reason.isVisible()
    shift.type("17", "shift.counted")
    assert shift.sheet.reason.isVisible()
    shift.press(Key.Key_F6)
    shift.sheet.second.who.setFocus()
    shift.press(Key.Key_1)
    shift.type("5927", "shift.pin")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.says("数到 17 人，按进出应有 18 人，少 1 人")
    assert QApplication.focusWidget().objectName() == "shift.reason"
    shift.type("zai", "shift.reason")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.history()[0].reason == "zai"
    assert shift.view._past.records[0].chips[0].words == "人数有出入"


def test_what_is_not_good_says_why_and_a_wrong_pin_is_typed_again(shift):
    give_pin(shift)
    shift.press(Key.Key_Return, modifier=CTRL)
    shift.type("18", "shift.counted")
    item, state, note = shift.sheet._marks[-1]
    assert item == "监控正常"
    state.button("bad").click()
    shift.press(Key.Key_F6)  # the others are good
    assert state.value() == "bad"
    shift.sheet.second.who.setFocus()
    shift.press(Key.Key_1)
    shift.type("0000", "shift.pin")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.says("“监控正常”有问题，请写明")
    note.set_text("黑屏，已报修")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.says("口令不对")
    shift.type("5927", "shift.pin")
    shift.press(Key.Key_Return, modifier=CTRL)
    key = shift.history()[0].id
    actor = shift.context.actor
    whole = shift.ask(lambda s: s.classes.shifts.sheet(actor, key))
    assert [one.note for one in whole.checks if not one.good] == ["黑屏，已报修"]


def test_who_has_no_pin_yet_is_told_to_choose_one_at_her_own_screen(shift):
    before = len(shift.history())
    shift.press(Key.Key_Return, modifier=CTRL)
    shift.type("18", "shift.counted")
    shift.press(Key.Key_F6)
    shift.sheet.second.who.setFocus()
    shift.press(Key.Key_1)
    shift.type("5927", "shift.pin")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.says("还没有口令，须本人登录")
    assert len(shift.history()) == before


def test_nothing_is_signed_without_a_count_or_a_taker(shift):
    before = len(shift.history())
    shift.press(Key.Key_Return, modifier=CTRL)
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.says("请数一数")
    shift.type("18", "shift.counted")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.says("请另一位同事选自己的名字")
    shift.press(Key.Key_Escape)
    assert len(shift.history()) == before


def test_the_director_keeps_the_check_list(shift):
    assert not shift.view._check_list.isVisible()
    shift.sign_in("周敏")
    shift.settle()
    assert shift.view._check_list.isVisible()
    shift.press(Key.Key_F7)
    shift.sheet.lines.setPlainText("门锁好\n灯关好")
    shift.press(Key.Key_Return, modifier=CTRL)
    assert shift.view._draft.items == ("门锁好", "灯关好")


def test_who_may_not_sign_reads_only(shift):
    shift.sign_in("林晓")
    shift.settle()
    assert not shift.view._sign.isEnabled()
    assert not shift.view._close.isEnabled()
    assert not shift.view._point.edit.isEnabled()
    assert shift.view._show.isEnabled()


def test_a_scan_of_a_child_comes_back_to_the_families(shift):
    rows = shift.ask(lambda s: s.handover.worklist(shift.context.actor))
    visit = next(row.visit for row in rows if row.name == "朱予晴")
    shift.room.entered(Target(visit=visit))
    shift.settle()
    assert not shift.room._bar.shift
    assert shift.says("朱予晴 的交接单")


def test_a_half_filled_shift_sheet_survives_a_crash(shift, qtbot):
    shift.press(Key.Key_Return, modifier=CTRL)
    shift.sheet.counted.set_text("17")
    shift.sheet.counted.edited.emit("17")
    shift.sheet.fields["reason"].set_text("一人在保健室")
    shift.press(Key.Key_F6)
    shift.sheet.fields["remark"].set_text("下午有参观")
    shift.sheet.fields["remark"].edited.emit("下午有参观")
    actor, group = shift.context.actor, shift.room._class_id
    qtbot.waitUntil(
        lambda: (
            (found := shift.ask(lambda s: s.classes.sheets.find(actor, SheetKind.SHIFT, group))) is not None
            and found.fields["remark"] == "下午有参观"
        )
    )
    # The window is gone without a word; what was kept is in the file.
    first = shift.sheet
    first.step_aside()
    first.drop()
    shift.view.take_focus()
    shift.press(Key.Key_Return, modifier=CTRL)
    again = shift.sheet
    assert (again.text("counted"), again.text("reason"), again.text("remark")) == (
        "17", "一人在保健室", "下午有参观",
    )  # fmt: skip
    assert [state.value() for _, state, _ in again._marks] == ["good"] * len(again._marks)
    assert again.message.text().startswith("接着 13:52")
    assert again.second.lacking()  # who takes over and her PIN are never kept
    assert not any("pin" in key for key in again._fields())
