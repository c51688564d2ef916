"""The sheet that asks what dishes hold whose names do not tell: a line for each, answered or left."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.changes import Done
from app.services.dish_answers import AskedDish, DishError
from app.ui.classroom.dish_sheet import DishSheet
from app.ui.classroom.sheets import open_sheet
from tests.ui.classroom import data
from tests.ui.support import make_context, settle


class FakeDishes:
    def __init__(self):
        self.kept, self.refuse = [], None
        self.known = (AskedDish("快乐饭"), AskedDish("神仙丸"), AskedDish("开心丸", "无"))

    def asked(self, actor, day):
        return self.known

    def keep(self, actor, told):
        if self.refuse is not None:
            raise self.refuse
        self.kept.append(told)
        return Done(len(told))


@pytest.fixture
def stage(qtbot):
    dishes = FakeDishes()
    services = SimpleNamespace(classes=SimpleNamespace(dishes=dishes))
    context = make_context(qtbot, services, actor=data.TEACHER, now=data.NOW)
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(1100, 700)
    host = QWidget(frame)
    host.setGeometry(frame.rect())
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    context.host = host

    def open_(**how):
        open_sheet("dishes", context, data.NOW.date(), **how)
        settle(qtbot, context)
        return frame.findChild(DishSheet)

    yield SimpleNamespace(context=context, host=host, dishes=dishes, open=open_)
    context.jobs.close()


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_by_keys_alone_each_dish_is_answered_or_left(stage, qtbot):
    sheet = stage.open(unanswered=True)
    assert list(sheet.fields) == ["快乐饭", "神仙丸"]
    QTest.keyClicks(QApplication.focusWidget(), "egg")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is sheet.fields["神仙丸"].edit
    press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, stage.context)
    assert stage.dishes.kept == [{"快乐饭": "egg", "神仙丸": ""}]
    assert stage.host.isEnabled()


def test_what_was_answered_can_be_answered_anew(stage):
    assert stage.open().text("开心丸") == "无"


def test_nothing_to_ask_opens_nothing(stage):
    stage.dishes.known = stage.dishes.known[2:]
    assert stage.open(unanswered=True) is None
    assert stage.open() is not None


def test_a_wrong_answer_is_said_at_its_line(stage, qtbot):
    sheet = stage.open()
    stage.dishes.refuse = DishError("“神仙丸”的“鸡但”看不懂。", field="神仙丸")
    sheet.finish()
    settle(qtbot, stage.context)
    assert sheet.message.text() == "“神仙丸”的“鸡但”看不懂。"
    assert QApplication.focusWidget() is sheet.fields["神仙丸"].edit
