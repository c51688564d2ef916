"""What is laid over the handover: the door, a sentence for the class, what finishing all left behind."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import AdultId, DoseId
from app.domain.looks import Tone
from app.services.earlier import Earlier
from app.services.facts import WaitingDose
from app.ui.handover.left_sheet import left_records
from app.ui.handover.page import HandoverRoom
from app.ui.widgets.overlay import Overlay
from tests.ui.handover import data
from tests.ui.handover.test_page import FakePrinting
from tests.ui.support import make_context, settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """The room in a frame, so that sheets can lie over it."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.services = data.make_services()
        self.context = make_context(qtbot, self.services, actor=data.TEACHER, now=data.NOW)
        self.context.printing = FakePrinting()
        self.frame = QWidget()
        self.room = HandoverRoom(self.context)
        self.context.host = self.room
        QVBoxLayout(self.frame).addWidget(self.room)
        self.top = QWidget(self.frame)  # stands for the top bar
        for one in self.room.top_widgets():
            one.setParent(self.top)
        qtbot.addWidget(self.frame)
        self.frame.resize(1278, 720)
        with qtbot.waitExposed(self.frame):
            self.frame.show()
        self.frame.activateWindow()
        self.room.freshen()
        self.settle()
        self.room.entered(None)
        self.settle()

    @property
    def telling(self):
        return self.services.classes.telling

    @property
    def sheet(self):
        return next((one for one in self.frame.findChildren(Overlay) if one.isVisible()), None)

    def settle(self):
        for _ in range(3):
            settle(self.qtbot, self.context)
            QApplication.processEvents()

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.frame, key, modifier)
            self.settle()

    def says(self, words):
        return any(words in one.text() for one in self.frame.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def hands(qtbot):
    made = Hands(qtbot)
    yield made
    made.context.jobs.close()


def test_what_of_earlier_days_she_has_not_heard_is_said_to_her_and_kept(hands):
    hands.telling.earlier = (
        Earlier("12月2日 体温 39.0℃", frozenset({AdultId(1)})),
        Earlier("12月1日 稀便", frozenset()),
    )
    hands.telling.forms = ("12月3日 跌伤的登记表还没第二人签，现在说了不算告知；签好后再说一次。",)
    hands.press(Key.Key_F2)
    assert hands.says("跌伤的登记表还没第二人签")
    assert hands.sheet.earlier.text() == "前几天还没说给这位的：12月1日 稀便。"
    hands.press(Key.Key_2)  # her mother, who was not there yesterday
    assert hands.sheet.earlier.text() == "前几天还没说给这位的：12月2日 体温 39.0℃；12月1日 稀便。"
    hands.press(Key.Key_Return, modifier=CTRL)
    (_, who, said) = hands.telling.told[0]
    assert who == "妈妈 赵敏"
    assert said[-2:] == ("12月2日 体温 39.0℃", "12月1日 稀便")


def test_f2_and_ctrl_enter_keep_to_whom_the_day_was_told(hands):
    assert hands.says("带回：水杯")
    hands.press(Key.Key_F2)
    assert hands.says("1. 请留意：鞋子偏小。")
    assert hands.sheet.who.value() == "1"  # who is likely to fetch her
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.sheet is None
    assert hands.telling.told == [(data.YUQING, "奶奶 王秀兰", ("请留意：鞋子偏小。", "今天午餐吃完了。"))]
    assert hands.says("许静已说给 奶奶 王秀兰")


def test_a_digit_chooses_another_and_somebody_else_is_named(hands):
    hands.press(Key.Key_F2, Key.Key_2)
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.telling.told[-1][1] == "妈妈 赵敏"
    hands.press(Key.Key_F2, Key.Key_3)
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.says("请写上是谁")
    hands.sheet.fields["other"].set_text("司机 老周")
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.telling.told[-1][1] == "司机 老周"


def test_a_refusal_stays_on_the_sheet(hands):
    hands.telling.refuse = "胡某被列为禁止接走，不能把孩子的情况告诉他。"
    hands.press(Key.Key_F2)
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.says("禁止接走")
    assert hands.sheet.keep.isEnabled()
    hands.press(Key.Key_Escape)
    assert hands.sheet is None
    assert hands.telling.told == []


def test_before_the_note_is_signed_nobody_can_sign_for_it(hands):
    hands.press(Key.Key_F2)
    assert hands.says("老师签字后才能请家长签字")
    assert not hands.sheet.way.isVisible()


def test_the_family_signs_on_the_screen(hands):
    hands.telling.number = "H-20251203-0007"
    hands.press(Key.Key_F2)
    sheet = hands.sheet
    sheet.way.button("screen").click()
    hands.settle()
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.says("还没有签名")
    assert hands.telling.told == []
    pad, left = sheet.pad, Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(40, 30))
    QTest.mouseMove(pad, QPoint(pad.width() - 40, 40))
    QTest.mouseRelease(pad, left, pos=QPoint(pad.width() - 40, 40))
    hands.press(Key.Key_Return, modifier=CTRL)
    assert len(hands.telling.told) == 1
    visit, adult, other, png = hands.telling.signed[0]
    assert (visit, adult, other) == (data.YUQING, 1, "")
    assert png.startswith(b"\x89PNG")


def test_what_was_told_is_kept_once_however_often_the_signature_is_refused(hands):
    hands.telling.number, hands.telling.refuse_signature = "H-20251203-0007", "签名没有存上，请重签。"
    hands.press(Key.Key_F2)
    hands.sheet.way.button("paper").click()
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.says("签名没有存上")
    hands.press(Key.Key_Return, modifier=CTRL)
    assert (len(hands.telling.told), hands.telling.signed) == (1, [])
    hands.telling.refuse_signature = ""
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.sheet is None
    assert (len(hands.telling.told), len(hands.telling.signed)) == (1, 1)


def test_a_note_that_is_not_the_whole_day_says_so_where_the_family_signs(hands):
    hands.telling.number, hands.telling.since = "H-20251203-0007", "签字后又记了 3 条"
    hands.press(Key.Key_F2)
    assert hands.says("交接单签字后又记了 3 条，没有写在单子上。")
    assert hands.sheet.way.isVisible()


def test_nobody_signs_for_a_note_that_passes_over_something_grave(hands):
    hands.telling.number, hands.telling.since = "H-20251203-0007", "签字后有新记录：体温 39.0℃"
    hands.telling.stale = True
    hands.press(Key.Key_F2)
    assert hands.says("交接单签字后有新记录：体温 39.0℃。")
    assert hands.says("老师改好、重新签字以后，才能请家长签字。")
    assert not hands.sheet.way.isVisible()


def test_the_family_signs_on_paper(hands):
    hands.telling.number = "H-20251203-0007"
    hands.press(Key.Key_F2)
    hands.sheet.way.button("paper").click()
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.telling.signed == [(data.YUQING, 1, "", b"")]


def test_f3_adds_a_sentence_for_the_class(hands):
    said = []
    hands.context.messages.said.connect(lambda notice: said.append(notice.words))
    hands.press(Key.Key_F3)
    assert hands.says("给抱抱龙全班加一句")
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.says("请写一句要加给全班的话")
    hands.sheet.fields["words"].set_text("明天带雨鞋")
    hands.press(Key.Key_Return, modifier=CTRL)
    assert hands.telling.added == [(data.DRAGON, "明天带雨鞋", "notice")]
    assert "1 份已签字，没有改动：陈可欣。" in said


def test_for_all_classes_together_no_sentence_is_added(hands):
    said = []
    hands.context.messages.said.connect(lambda notice: said.append((notice.words, notice.tone)))
    hands.press(Key.Key_0, modifier=CTRL)
    hands.press(Key.Key_F3)
    assert hands.sheet is None
    assert said == [("请先在上面选一个班，再加全班的话。", Tone.WARN)]


def test_f8_names_what_each_note_that_stays_behind_lacks(hands):
    hands.press(Key.Key_F8)
    assert data.YUQING in hands.services.handover.signed
    assert hands.says("签了 1 份，还有 1 份没有签字")
    assert [(one.title, one.words) for one in hands.sheet.list.records] == [("何宇轩", "缺 情绪")]
    hands.press(Key.Key_Return)
    assert hands.sheet is None
    assert hands.says("何宇轩 的交接单")


def test_f8_names_whose_day_still_runs_and_signs_her_once_that_is_meant(hands):
    hands.services.handover.early.add(data.YUQING)
    hands.room.refresh()
    hands.settle()
    hands.press(Key.Key_F8)
    assert data.YUQING not in hands.services.handover.signed
    assert hands.says("签了 0 份，还有 2 份没有签字")
    assert ("朱予晴", "17:30 才离园，还有要记的") in [
        (one.title, one.words) for one in hands.sheet.list.records
    ]
    assert hands.sheet.early.isVisible()
    hands.press(Key.Key_F4)
    assert data.YUQING in hands.services.handover.signed
    assert hands.says("签了 1 份，还有 1 份没有签字")
    assert not hands.sheet.early.isVisible()


def test_f8_signs_none_in_which_somebody_wrote_of_a_hurt_and_says_whose(hands):
    hands.services.handover.read[data.YUQING] = "额头摔了一下"
    hands.room.refresh()
    hands.settle()
    hands.press(Key.Key_F8)
    assert data.YUQING not in hands.services.handover.signed
    assert hands.says("1 份要先打开看：朱予晴（额头摔了一下）")


def test_what_came_after_the_signature_is_said_and_the_note_can_be_signed_again(hands):
    handover = hands.services.handover
    handover.signed[data.YUQING] = data.DRAFTED
    handover.later[data.YUQING] = "签字后又记了 3 条"
    hands.room.refresh()
    hands.settle()
    assert hands.says("签字后又记了 3 条。还没有写在这张单子上；要写进去，请按记录重新成稿，再签字。")
    assert hands.room._editor._sign.isEnabled()


def test_a_note_the_day_has_overtaken_stays_behind_with_its_reason(hands):
    hands.services.handover.stale[data.KEXIN] = "签字后有新记录：体温 39.0℃"
    rows = hands.services.handover.worklist(data.TEACHER, data.DRAGON)
    words = {one.title: one.words for one in left_records(rows)}
    assert words["陈可欣"] == "签字后有新记录：体温 39.0℃"
    assert words["朱予晴"] == "还没有签字"


LATE = (WaitingDose(DoseId(9), data.NOW, "12:30 的布洛芬混悬液 2.5 ml"),)


class Medicine:
    """Where a dose is left out; her note is free then."""

    def __init__(self, handover):
        self.handover, self.skipped = handover, []

    def skip(self, _actor, dose, reason):
        if not reason:
            raise RuleError("请写为什么没喂。", field="reason")
        self.skipped.append((dose, reason))
        self.handover.doses.clear()
        return Done(1, Changes(frozenset({Topic.LOG})))


@pytest.fixture
def late(hands):
    """朱予晴's note is shown, and a dose of hers is late."""
    hands.services.handover.doses[data.YUQING] = LATE
    hands.services.health = SimpleNamespace(medicine=Medicine(hands.services.handover))
    hands.room.refresh()
    hands.settle()
    return hands


def test_signing_asks_about_a_dose_that_is_late_and_why_it_was_not_given(late):
    handover = late.services.handover
    assert late.says("12:30 的布洛芬混悬液 2.5 ml还没喂")
    late.press(Key.Key_Return, modifier=CTRL)
    assert late.says("12:30 的布洛芬混悬液 2.5 ml，已经过了时间")
    assert data.YUQING not in handover.signed
    late.press(Key.Key_Return, modifier=CTRL)
    assert late.says("请写为什么没喂。")
    assert late.sheet is not None
    assert late.sheet.fields["reason"].edit.hasFocus()
    late.sheet.fields["reason"].set_text("妈妈来电说烧退了")
    late.press(Key.Key_Return, modifier=CTRL)
    assert late.services.health.medicine.skipped == [(DoseId(9), "妈妈来电说烧退了")]
    assert late.sheet is None
    late.press(Key.Key_Return, modifier=CTRL)
    assert data.YUQING in handover.signed


def test_f2_goes_to_where_the_dose_is_given(late):
    went = []
    late.context.go_wanted.connect(lambda room, target: went.append((room, target.visit, target.act)))
    late.press(Key.Key_Return, modifier=CTRL)
    late.press(Key.Key_F2)
    assert late.sheet is None
    assert went == [("health", data.YUQING, "medicine.due")]


def test_f8_leaves_who_waits_for_a_dose_and_names_her(late):
    late.press(Key.Key_F8)
    assert data.YUQING not in late.services.handover.signed
    first = late.sheet.list.records[0]
    assert (first.title, first.words) == ("朱予晴", "12:30 的布洛芬混悬液 2.5 ml还没喂")
    assert [one.words for one in first.chips] == ["待喂药"]
