"""招生 by keys, in the real window on the practice centre."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from app.domain.life import Stage, StepKind
from app.services.admission_lists import Line
from app.services.forecast_lines import ClassOutlook
from app.ui.admissions import panel, sheets
from app.ui.admissions.page import AdmissionsRoom
from app.ui.rooms import Target

KEYS = {"CTRL": Qt.KeyboardModifier.ControlModifier, "ALT": Qt.KeyboardModifier.AltModifier}


class Hands:
    """Presses keys in the window and waits for the threads."""

    def __init__(self, qtbot, application):
        self.qtbot, self.application, self.window = qtbot, application, application.window
        self.window.activateWindow()
        self.press(Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
        self.room = self.window.findChild(AdmissionsRoom)

    def settle(self):
        for _ in range(3):
            QTest.qWait(5)
            self.qtbot.waitUntil(lambda: not self.application.jobs.busy, timeout=5000)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def type(self, name, words):
        edit = self.window.findChild(QLineEdit, name)
        edit.setFocus()
        edit.selectAll()
        edit.insert(words)  # as an input method does: there is no key for a Chinese character
        self.settle()

    def finish(self):
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def find(self, name):
        return self.window.findChild(QWidget, name)

    def names(self):
        return [one.name for one in self.room._model.items]

    def words(self):
        return [line.words for _, line in self.room._life._model.items]

    def light(self, name):
        at = next(at for at, one in enumerate(self.names()) if one.endswith(name))
        self.room._list.setFocus()
        self.room._list.setCurrentIndex(self.room._model.index(at))
        self.settle()


@pytest.fixture
def hands(qtbot, application):
    return Hands(qtbot, application)


def test_everybody_in_care_is_there_and_each_filter_has_its_own(hands):
    assert len(hands.names()) == 77
    hands.find("admissions.filter").button("asks").click()
    hands.settle()
    assert {one.stage for one in hands.room._model.items} == {Stage.INQUIRY, Stage.WAITING}
    hands.find("admissions.filter").button("away").click()
    hands.settle()
    assert hands.names() == []
    assert hands.room._stack.currentIndex() == 0


def test_a_call_is_put_down_and_walked_to_a_place_by_keys(hands):
    hands.press(Qt.Key.Key_F2)
    hands.type("inquiry.name", "陆一鸣")
    hands.type("inquiry.born_on", "2023-08-03")
    hands.finish()
    assert "手机号" in hands.window.findChild(sheets.InquirySheet)._parts["phone"].problem
    hands.type("inquiry.phone", "13700001111")
    hands.finish()
    assert hands.words() == ["咨询"]
    hands.press(Qt.Key.Key_1)
    hands.finish()
    assert hands.words() == ["咨询", "排候补"]
    hands.press(Qt.Key.Key_2, KEYS["CTRL"])
    assert "陆一鸣" in " ".join(hands.names())
    hands.light("陆一鸣")
    hands.press(Qt.Key.Key_1)
    hands.find("step.class_id.3").click()
    hands.finish()
    assert hands.words()[-1] == "通知入园 抱抱龙 全日托"
    hands.press(Qt.Key.Key_1)
    hands.finish()
    assert hands.words()[-1] == "确认入园"
    assert hands.room._panel.chip.words == "已确认"
    at = hands.room._panel.next.index(StepKind.ENROL) + 1
    hands.press(Qt.Key(Qt.Key.Key_0 + at))
    hands.finish()
    hands.press(Qt.Key.Key_1, KEYS["CTRL"])
    hands.find("admissions.filter").button("care").click()
    hands.settle()
    assert "陆一鸣" in hands.names()
    hands.light("陆一鸣")
    assert "还缺" in hands.find("admissions.gaps").text()
    hands.press(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert "陆一鸣" not in hands.names()


def test_a_refusal_stands_at_its_field_and_esc_leaves(hands):
    hands.light("刘安然")
    hands.press(Qt.Key.Key_2)
    hands.finish()
    sheet = hands.window.findChild(sheets.StepSheet)
    assert sheet._parts["reason"].problem == "请写明理由。"
    hands.type("step.on_day", "哪天")
    hands.finish()
    assert "看不懂日期" in sheet._parts["on_day"].problem
    hands.press(Qt.Key.Key_Escape)
    assert hands.find("step") is None or hands.find("step").isHidden()
    assert hands.words() == ["正式入托 小星星 全日托"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [(StepKind.LEAVE, "最后在园日以后的，会随这一步取消。"), (StepKind.SUSPEND, "停托不会取消它们")],
)
def test_a_step_says_beforehand_what_becomes_of_what_is_booked(hands, kind, words):
    hands.light("刘安然")
    digit = Qt.Key(Qt.Key.Key_1 + hands.room._panel.next.index(kind))
    hands.press(digit)
    assert hands.find("step.booked") is None
    hands.press(Qt.Key.Key_Escape)
    hands.room._panel = replace(hands.room._panel, booked="12月12日（周五） 9:00–11:00 等 8 个预约")
    hands.press(digit)
    told = hands.find("step.booked").text()
    assert told.startswith("她还约了 12月12日（周五） 9:00–11:00 等 8 个预约。")
    assert words in told


def test_several_are_moved_only_after_a_look_and_taken_back_at_once(hands):
    hands.press(Qt.Key.Key_4, KEYS["CTRL"])
    hands.light("秦宇轩")
    hands.press(Qt.Key.Key_Space)
    assert "已选 1 人：秦宇轩" in [one.text() for one in hands.room._moves.findChildren(QLabel)]
    assert not hands.find("moves.keep").isEnabled()
    hands.press(Qt.Key.Key_F4)
    assert "请先选要转到的班级" in hands.find("moves.effects").text()
    hands.find("moves.class.2").click()
    hands.type("moves.on_day", "2025-12-22")
    hands.press(Qt.Key.Key_F4)
    assert "那天有 1 个预约" in hands.find("moves.effects").text(), "a seat that is booked is not given twice"
    hands.type("moves.on_day", "2026-01-05")
    hands.press(Qt.Key.Key_F4)
    assert "小海豚 14 → 15 / 15 座" in hands.find("moves.effects").text()
    hands.finish()
    assert hands.room._model.marked() == ()
    hands.press(Qt.Key.Key_1, KEYS["CTRL"])
    hands.light("秦宇轩")
    assert hands.words()[-1] == "转班 小海豚 全日托"
    hands.press(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert hands.words() == ["正式入托 小星星 全日托"]


def test_the_forecast_stands_by_class_with_seats_of_seats_and_esc_goes_back(hands):
    hands.press(Qt.Key.Key_3, KEYS["CTRL"])
    items = hands.room._model.items
    heads = [one.name for one in items if isinstance(one, ClassOutlook)]
    assert heads == ["小星星", "小海豚", "抱抱龙", "小火车", "小树苗"]
    dolphins = next(one for one in items if isinstance(one, ClassOutlook) and one.name == "小海豚")
    assert {one.class_id for one in dolphins.lines} == {dolphins.class_id}
    at = items.index(dolphins)
    assert items[at + 1 : at + 1 + len(dolphins.lines)] == dolphins.lines
    assert "73 / 83" in hands.find("admissions.licence").text()
    assert "小海豚 缺 2" in hands.find("admissions.proposed").accessibleName()
    assert hands.room._side.currentWidget().__class__ is panel.SeatsCard
    hands.press(Qt.Key.Key_Escape)
    hands.press(Qt.Key.Key_Escape)
    assert hands.room._tab == "roster"


def test_the_forecast_is_walked_class_by_class_with_the_arrow_keys(hands):
    hands.press(Qt.Key.Key_3, KEYS["CTRL"])
    model, view = hands.room._model, hands.room._list

    def here():
        return model.item_at(view.currentIndex())

    view.setCurrentIndex(model.index(1))
    first = here()
    hands.press(Qt.Key.Key_Right)
    assert here().class_id != first.class_id
    assert model.items[view.currentIndex().row() - 1].class_id == here().class_id
    hands.press(Qt.Key.Key_Up)
    assert here().class_id == first.class_id, "a heading is walked over"
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Left)
    assert here() == first
    hands.press(Qt.Key.Key_Left)
    assert here() == first
    hands.press(Qt.Key.Key_1, KEYS["CTRL"])
    assert all(isinstance(one, Line) for one in model.items)
    hands.press(Qt.Key.Key_Right)
    assert isinstance(here(), Line)


@pytest.mark.parametrize(
    ("text", "span"), [("", (None, None)), ("08:20-17:20", (500, 1040)), ("8：30 到 12：00", (510, 720))]
)
def test_hours_are_read_as_written(text, span):
    assert sheets.read_hours(text) == span


@pytest.mark.parametrize("text", ["早上", "17:20-08:20", "8", "8-9-10", "8:20-25:00"])
def test_hours_that_are_none_are_refused(text):
    with pytest.raises(sheets.DayTextError):
        sheets.read_hours(text)


def test_a_list_may_be_named_from_elsewhere_and_each_list_goes_out_by_itself(hands):
    room, out = hands.room, "admissions.export"
    assert out not in [one.objectName() for one in room.top_widgets()]
    hands.application.context.go("admissions", Target(act="queue"))
    hands.settle()
    assert room._tab == "queue"
    assert hands.find(out).isVisible()
    hands.press(Qt.Key.Key_1, KEYS["CTRL"])
    assert not hands.find(out).isVisible()
    assert hands.find(f"{out}.roster").isVisible()
    hands.application.context.go("admissions", Target(act="new"))
    hands.settle()
    assert hands.window.findChild(sheets.InquirySheet) is not None


def test_a_family_found_by_the_search_is_lit_among_all_who_ask(hands):
    hands.press(Qt.Key.Key_F2)
    hands.type("inquiry.name", "陆一鸣")
    hands.type("inquiry.born_on", "2024-02-03")
    hands.type("inquiry.phone", "13700001111")
    hands.finish()
    hands.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert not hands.room.isVisible()
    hands.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), "luyiming")
    hands.press(Qt.Key.Key_Return)
    assert hands.room.isVisible()
    assert hands.room._panel.name == "陆一鸣"
    assert hands.room._model.item_at(hands.room._list.currentIndex()).name == "陆一鸣"


def test_the_whole_number_of_a_family_who_asks_is_shown_by_a_key(hands):
    hands.press(Qt.Key.Key_F2)
    hands.type("inquiry.name", "陆一鸣")
    hands.type("inquiry.born_on", "2024-02-03")
    hands.type("inquiry.phone", "13700001111")
    hands.finish()
    said = []
    hands.application.context.messages.said.connect(said.append)
    assert "137****1111" in hands.room._life._words.text()
    assert hands.find("admissions.phone").isVisible()
    hands.press(Qt.Key.Key_F8)
    assert [one.words for one in said] == ["陆一鸣：137 0000 1111（已记录）"]


def test_who_is_called_as_somebody_on_file_is_asked_about(hands):
    services, actor = hands.application.context._services, hands.application.context.actor
    card = services.records.card(actor, services.records.find(actor, "朱予晴")[0].child)
    hands.press(Qt.Key.Key_F2)
    hands.type("inquiry.name", "朱予晴")
    hands.type("inquiry.born_on", f"{card.born_on}")
    hands.type("inquiry.phone", "13700001111")
    hands.finish()
    inquiry = hands.window.findChild(sheets.InquirySheet)
    assert "就是这个孩子吗" in inquiry._parts["same_reason"].problem
    hands.type("inquiry.same_reason", "妈妈说从没来过")
    hands.type("inquiry.name", "朱雨晴")
    assert inquiry.read().same_reason == ""  # it was said of another name
    hands.type("inquiry.name", "朱予晴")
    assert inquiry.read().same_reason == "妈妈说从没来过"
    hands.finish()
    kinds = hands.room._panel.next
    hands.press(getattr(Qt.Key, f"Key_{kinds.index(StepKind.TRY) + 1}"))
    step = hands.window.findChild(sheets.StepSheet)
    places = step._parts["class_id"].widget
    places.set_value(next(str(one.id) for one in hands.room._classes if one.free > 0 and "苗" in one.name))
    hands.type("step.reason", "月龄由老师看过")
    hands.finish()
    assert "手足口病" in step._parts["class_id"].problem, "until the class is out of observation"
    hands.type("step.on_day", "2025-12-17")
    hands.finish()
    assert step._parts["same"].problem.startswith("档案里已有像朱予晴")
    assert step._parts["same"].widget.hasFocus() or step._parts["same"].widget.isAncestorOf(
        QApplication.focusWidget()
    )
    assert "另一个孩子" in step._parts["same"].widget.button("other").text()
    step._parts["same"].widget.set_value("other")
    hands.finish()
    assert len(services.records.find(actor, "朱予晴")) == 2
