"""The handover as a teacher works it: down the list, into the words, signed."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit

from app.domain.changes import Changes, Topic
from app.ui.handover.page import HandoverRoom
from app.ui.rooms import Target
from tests.ui import walk
from tests.ui.handover import data
from tests.ui.support import make_context, settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class FakeView(QLabel):
    """Stands for the paper: remembers what it was asked to show."""

    def __init__(self):
        super().__init__()
        self.papers = []

    def show_paper(self, paper):
        self.papers.append(paper)

    def clear(self, words=""):
        self.setText(words)


class FakePrinting:
    """Prints at once."""

    def __init__(self):
        self.paper_view = FakeView()
        self.sent = []
        self.previewed = []

    def view(self):
        return self.paper_view

    def send(self, paper, count=None):
        self.sent.append(paper)
        count()

    def preview(self, paper, count=None):
        self.previewed.append(paper)


class Desk:
    """A room on screen, with hands."""

    def __init__(self, qtbot, room, context, services):
        self.qtbot, self.room, self.context = qtbot, room, context
        self.handover, self.papers = services.handover, services.papers
        self.printing = context.printing
        self.prose = room.findChild(QTextEdit, "handover.prose")

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.room, key, modifier)
        self.settle()

    def write(self, words, part="prose"):
        box = self.room.findChild(QTextEdit, f"handover.{part}")
        box.setFocus()
        box.moveCursor(box.textCursor().MoveOperation.End)
        box.insertPlainText(words)

    def settle(self):
        settle(self.qtbot, self.context)

    def finish(self):
        """Let the autosave come."""
        self.qtbot.waitUntil(lambda: not self.room._keep_timer.isActive(), timeout=3000)
        self.settle()
        self.settle()

    def button(self, name):
        found = self.room.findChild(QPushButton, name)
        return found if found is not None else self.top(name)

    def top(self, name):
        """A widget the room puts into the top bar."""
        return next(one for one in self.room.top_widgets() if one.objectName() == name)

    def click(self, name):
        self.button(name).click()
        self.settle()
        self.settle()

    def says(self, words):
        return any(words in label.text() for label in self.room.findChildren(QLabel) if label.isVisible())

    @property
    def state(self):
        return self.room._editor._state.chip.words


@pytest.fixture
def desk(qtbot):
    services = data.make_services()
    context = make_context(qtbot, services, actor=data.TEACHER, now=data.NOW)
    context.printing = FakePrinting()
    room = HandoverRoom(context)
    qtbot.addWidget(room)
    room._keep_timer.setInterval(60)
    room._draw_timer.setInterval(30)
    room.resize(1278, 676)
    with qtbot.waitExposed(room):
        room.show()
    room.activateWindow()
    room.freshen()
    settle(qtbot, context)
    room.entered(None)
    settle(qtbot, context)
    yield Desk(qtbot, room, context, services)
    context.jobs.close()


def test_the_teachers_class_is_listed_and_the_first_note_is_open(desk):
    assert desk.handover.asked[-1] == data.DRAGON
    assert desk.says("朱予晴 的交接单")
    assert desk.says("1 / 3 已签")
    assert desk.state == "齐全，待签"
    assert desk.prose.toPlainText() == data.DRAFTED.prose
    assert desk.printing.paper_view.papers[-1] == data.FakePaper(data.YUQING, data.DRAFTED)


def test_down_shows_the_next_child_and_names_what_is_missing(desk):
    desk.press(Key.Key_Down)
    assert desk.says("何宇轩 的交接单")
    assert desk.state == "缺 情绪"
    asked = []
    desk.context.go_wanted.connect(lambda key, target: asked.append((key, target)))
    desk.click("handover.log")
    assert asked == [("classroom", Target(visit=data.YUXUAN))]


def test_what_is_written_keeps_itself_and_is_on_the_paper(desk):
    desk.press(Key.Key_Return)
    assert desk.prose.hasFocus()
    desk.write("明天见。")
    desk.finish()
    visit, text = desk.handover.kept[-1]
    assert visit == data.YUQING
    assert text.prose.endswith("明天见。")
    assert desk.printing.paper_view.papers[-1].text == text
    assert len(desk.prose.extraSelections()) == 1


def test_every_part_can_be_written_where_it_stands(desk):
    for part in ("activity", "food", "sleep", "mood", "toilet", "health", "notice"):
        desk.write("！", part)
    desk.finish()
    text = desk.handover.kept[-1][1]
    assert all(value.endswith("！") for name, value in dataclasses.asdict(text).items() if name != "prose")


def test_going_to_the_next_child_at_once_loses_nothing(desk):
    desk.write("再见。")
    desk.room._list.step(1)
    desk.settle()
    desk.settle()
    assert desk.handover.kept == [(data.YUQING, desk.handover.texts[data.YUQING])]
    assert desk.handover.texts[data.YUQING].prose.endswith("再见。")
    assert desk.handover.texts[data.YUXUAN] == data.DRAFTED


@pytest.mark.parametrize("way", ["leaving", "hide"])
def test_leaving_the_room_loses_nothing(desk, way):
    desk.write("再见。")
    getattr(desk.room, way)()
    desk.settle()
    assert desk.handover.kept[-1][1].prose.endswith("再见。")


def test_ctrl_enter_signs_with_what_is_on_the_screen_and_the_actors_name(desk):
    assert desk.button("handover.sign").text() == "许静 签字"
    desk.write("明天见。")
    QTest.keyClick(desk.prose, Key.Key_Return, CTRL)
    desk.qtbot.waitUntil(lambda: data.YUQING in desk.handover.signed, timeout=3000)
    desk.settle()
    desk.settle()
    assert desk.handover.signed[data.YUQING].prose.endswith("明天见。")
    assert desk.state == "已签字 许静 13:52"
    assert not desk.button("handover.sign").isEnabled()
    assert desk.says("2 / 3 已签")


def test_writing_in_a_signed_note_begins_a_revision_that_is_signed_again(desk):
    desk.press(Key.Key_Down, Key.Key_Down)
    assert desk.state == "已签字 许静 13:52"
    desk.write("补一句。")
    assert desk.state == "修订中"
    assert desk.button("handover.sign").isEnabled()
    desk.finish()
    assert desk.button("handover.sign").text() == "许静 签字修订"
    desk.click("handover.sign")
    assert desk.handover.signed[data.KEXIN].prose.endswith("补一句。")


def test_what_is_lacking_is_named_before_it_is_signed_over(desk):
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return, modifier=CTRL)
    assert data.YUXUAN not in desk.handover.signed
    assert desk.says("还缺 情绪。可以先去补记")
    desk.press(Key.Key_Return, modifier=CTRL)
    desk.settle()
    assert data.YUXUAN in desk.handover.signed
    assert not desk.says("还缺 情绪")


def test_names_of_other_children_are_asked_about_before_they_go_home(desk):
    desk.write("和乐瑶搭积木。")
    desk.press(Key.Key_Return, modifier=CTRL)
    desk.settle()
    assert data.YUQING not in desk.handover.signed
    assert desk.says("里面写到了乐瑶")
    desk.press(Key.Key_Return, modifier=CTRL)
    desk.settle()
    assert "和乐瑶搭积木" in desk.handover.signed[data.YUQING].prose


def test_a_signed_note_that_the_day_has_overtaken_says_so_and_offers_to_be_signed_again(desk):
    desk.handover.stale[data.KEXIN] = "签字后有新记录：体温 39.0℃"
    desk.room.refresh()
    desk.settle()
    desk.press(Key.Key_Down, Key.Key_Down)
    assert desk.state == "要修订"
    assert desk.says("签字后有新记录：体温 39.0℃。请写进去")
    assert desk.button("handover.sign").text() == "许静 签字修订"
    desk.handover.refuse, desk.handover.field = "交接单里还没有写：体温 39.0℃。", "notice"
    desk.press(Key.Key_Return, modifier=CTRL)
    assert desk.says("还没有写：体温 39.0℃")
    assert QApplication.focusWidget().objectName() == "handover.notice"  # where it can be written
    desk.handover.refuse = ""
    desk.write("体温 39.0℃，请接走后就医。", part="notice")
    desk.press(Key.Key_Return, modifier=CTRL)
    desk.settle()
    assert "39.0" in desk.handover.signed[data.KEXIN].notice
    assert desk.state.startswith("已签字 许静")
    assert not desk.says("签字后有新记录")


def test_a_click_on_the_paper_or_its_key_shows_it_large(desk):
    QTest.mouseClick(desk.printing.paper_view, Qt.MouseButton.LeftButton)
    desk.settle()
    assert [paper.visit for paper in desk.printing.previewed] == [data.YUQING]
    desk.press(Key.Key_F5)
    assert len(desk.printing.previewed) == 2


def test_where_the_paper_has_no_room_the_foot_keeps_the_signature_whole(desk):
    desk.room.resize(900, 676)
    desk.settle()
    assert walk.shown_part(desk.button("handover.sign")) == desk.button("handover.sign").rect()
    acts = desk.room._editor.acts
    tucked = [one.objectName() for one in acts.acts if one.tucked]
    assert acts.more.isVisible()
    assert "handover.save_note" in tucked
    desk.press(Key.Key_P, modifier=CTRL)  # in the list, and yet by its key
    assert len(desk.printing.sent) == 1
    acts.more.click()
    assert desk.button("handover.save_note").isVisible()
    acts.menu.close_list()
    desk.room.resize(1278, 676)
    desk.settle()
    assert desk.button("handover.redraft").isVisible()
    assert not desk.button("handover.show_paper").isVisible()


def test_redrafting_goes_back_to_what_the_log_says(desk):
    assert not desk.button("handover.redraft").isEnabled()
    desk.write("写错了")
    desk.click("handover.redraft")
    assert desk.prose.toPlainText() == data.DRAFTED.prose
    assert desk.handover.texts[data.YUQING] == data.DRAFTED


def test_f8_signs_all_that_lack_nothing(desk):
    sign_all = desk.top("handover.sign_complete")
    assert sign_all.text() == "齐全的都签 1"
    desk.handover.missing.clear()  # nobody lacks anything: nothing stays behind
    said = []
    desk.context.messages.said.connect(lambda notice: said.append(notice.words))
    sign_all.click()
    desk.settle()
    desk.settle()
    assert "已签字 2 份交接单，全部签完。" in said
    assert data.YUQING in desk.handover.signed


def test_a_note_that_cannot_be_kept_says_why_and_stays_on_the_screen(desk):
    desk.handover.refuse = "交接单的一项最多 2000 个字，请写短一些。"
    desk.write("很长")
    desk.finish()
    assert desk.says("最多 2000 个字")
    assert desk.prose.toPlainText().endswith("很长")
    desk.handover.refuse = ""
    desk.write("。")
    desk.finish()
    assert desk.handover.kept[-1][1].prose.endswith("很长。")
    assert not desk.says("最多 2000 个字")


def test_others_acts_do_not_overwrite_what_is_being_written(desk):
    desk.write("正在写")
    desk.handover.texts[data.YUQING] = dataclasses.replace(data.DRAFTED, food="别人改的")
    desk.context.bus.tell(Changes(frozenset({Topic.LOG})))
    desk.settle()
    desk.finish()
    assert desk.prose.toPlainText().endswith("正在写")


def test_printing_sends_what_is_read_and_counts_it_for_that_child(desk):
    desk.write("明天见。")
    desk.click("handover.print")
    assert desk.printing.sent[-1].text.prose.endswith("明天见。")
    assert desk.papers.printed_subjects == [("pickup_report", data.YUQING)]


def test_a_class_without_children_says_so(desk):
    desk.press(Key.Key_PageUp, modifier=CTRL)
    desk.settle()
    assert desk.says("还没有孩子")
    assert desk.says("没有选中孩子")
    assert not desk.button("handover.print").isEnabled()
    desk.press(Key.Key_0, modifier=CTRL)
    assert desk.handover.asked[-1] is None
    assert desk.says("朱予晴 的交接单")


def test_who_may_not_sign_can_read_and_print_only(desk):
    desk.context.sign_in(data.DESK)
    desk.settle()
    desk.settle()
    assert desk.prose.isReadOnly()
    assert not desk.button("handover.sign").isEnabled()
    assert not any(one.isEnabled() for one in desk.room.top_widgets())
    assert desk.button("handover.print").isEnabled()


def test_a_target_opens_that_child(desk):
    desk.room.entered(Target(visit=data.KEXIN))
    desk.settle()
    desk.settle()
    assert desk.says("陈可欣 的交接单")


def test_escape_goes_from_the_words_back_to_the_list(desk):
    desk.press(Key.Key_Return)
    assert desk.room.escape()
    assert not desk.prose.hasFocus()
    assert not desk.room.escape()


def test_with_large_text_on_a_small_screen_the_paper_comes_by_a_key(desk):
    desk.room.resize(900, 676)
    assert not desk.printing.paper_view.isVisible()
    desk.click("handover.show_paper")
    assert desk.printing.previewed[-1].visit == data.YUQING


def test_everything_touched_is_large_enough_and_named(desk):
    for button in desk.room.findChildren(QPushButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= 44, button.objectName()
            assert button.objectName()
            assert button.accessibleName()


def test_the_section_of_what_is_missing_is_edged_in_red(desk):
    boxes = desk.room._editor._boxes
    assert boxes["mood"]._border == "line"
    desk.press(Key.Key_Down)
    assert [part for part, box in boxes.items() if box._border == "bad"] == ["mood"]
    assert boxes["notice"]._ground == "warn_soft"
