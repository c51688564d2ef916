"""The week of menus by keys: typed cell by cell, copied, kept, and what cannot be read said at its cell."""

import dataclasses
import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.logbook import MealSlot
from app.services.dish_answers import AskedDish
from app.services.week_menus import WeekMeal, WeekMenu
from app.ui.classroom.dish_sheet import DishSheet
from app.ui.classroom.week_sheet import WeekModel, WeekSheet
from tests.ui.classroom import data
from tests.ui.support import make_context, settle

MONDAY = dt.date(2025, 12, 1)
DAYS = tuple(MONDAY + dt.timedelta(days=past) for past in range(5))
WEEK = WeekMenu(MONDAY, DAYS[2], DAYS, (WeekMeal(DAYS[0], MealSlot.LUNCH, "软米饭 60（大豆）"),))


class FakeWeeks:
    def __init__(self):
        self.kept, self.refuse = [], ""

    def week(self, actor, day):
        return WEEK

    def copy_last(self, actor, monday, typed):
        return WeekMenu(MONDAY, DAYS[2], DAYS, (*typed, WeekMeal(DAYS[3], MealSlot.LUNCH, "面条 120")))

    def keep(self, actor, monday, meals):
        if self.refuse:
            raise RuleError("粥 9999 克不合常理。", field=self.refuse)
        self.kept.append(meals)
        return Done(len(meals), Changes(frozenset({Topic.LOG})))


@pytest.fixture
def sheet(qtbot):
    weeks = FakeWeeks()
    asked = SimpleNamespace(asked=lambda actor, day: (AskedDish("快乐饭"), AskedDish("开心丸", "鸡蛋")))
    services = SimpleNamespace(classes=SimpleNamespace(week_menus=weeks, dishes=asked))
    context = make_context(qtbot, services, actor=data.TEACHER, now=data.NOW)
    frame = QWidget()
    qtbot.addWidget(frame)
    frame.resize(1200, 700)
    host = QWidget(frame)
    host.setGeometry(frame.rect())
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    context.host = host
    made = WeekSheet(context, host, WEEK)
    made.present()
    made.weeks, made.context, made.frame = weeks, context, frame
    yield made
    context.jobs.close()


def press(sheet, *keys):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or sheet.table, key)


def test_model_keeps_the_contract(qtmodeltester):
    model = WeekModel()
    model.show_week(WEEK, as_kept=True)
    qtmodeltester.check(model)


def test_it_begins_today_a_cell_is_typed_and_enter_goes_down_to_the_next_meal(sheet, qtbot):
    assert sheet.table.currentIndex().column() == 2
    press(sheet, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    editor = sheet.table.findChild(QLineEdit, "week_menu.edit")
    editor.setText("番茄面 120（小麦）")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.table.currentIndex().row() == 3)
    assert sheet.model.changed
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.message.text() == "填的内容还没有保存。要离开吗？"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    sheet._on_keep()
    settle(qtbot, sheet.context)
    (meals,) = sheet.weeks.kept
    assert WeekMeal(DAYS[2], MealSlot.LUNCH, "番茄面 120（小麦）") in meals
    assert WEEK.meals[0] in meals


def test_days_past_are_closed_and_delete_empties_a_cell(sheet):
    locked = sheet.model.index(2, 0)
    assert not sheet.model.flags(locked) & Qt.ItemFlag.ItemIsEditable
    sheet.table.setCurrentIndex(locked)
    press(sheet, Qt.Key.Key_Delete)
    press(sheet, Qt.Key.Key_Return)
    assert sheet.table.state() is not QAbstractItemView.State.EditingState
    assert locked.data() == "软米饭 60（大豆）"
    mine = sheet.model.index(0, 3)
    sheet.model.setData(mine, "粥 150")
    sheet.table.setCurrentIndex(mine)
    press(sheet, Qt.Key.Key_Delete)
    assert mine.data() == ""
    assert not sheet.model.changed


def test_last_week_is_copied_onto_the_sheet_and_another_week_waits_until_it_is_kept(sheet, qtbot):
    sheet.model.setData(sheet.model.index(2, 2), "鱼片粥 150（鱼）")
    sheet._copy.click()
    settle(qtbot, sheet.context)
    assert sheet.model.index(2, 3).data() == "面条 120"
    assert sheet.model.index(2, 2).data() == "鱼片粥 150（鱼）", "what was typed for this week stays"
    assert sheet.message.text() == (
        "已照抄上周，填好空着的 1 餐，已有的没有动。12月5日上周没有食谱，请另填。核对后按 Ctrl Enter 保存。"
    )
    assert sheet.model.changed
    sheet._after.click()
    settle(qtbot, sheet.context)
    assert "还没有保存" in sheet.message.text()
    sheet._print.click()
    assert "再打印" in sheet.message.text()


def test_what_cannot_be_read_is_said_and_the_cell_is_gone_to(sheet, qtbot):
    sheet.model.setData(sheet.model.index(2, 4), "粥 9999")
    assert "不合常理" in sheet.model.problem(sheet.model.index(2, 4))
    sheet.weeks.refuse = "2025-12-05.lunch"
    sheet._on_keep()
    settle(qtbot, sheet.context)
    assert "不合常理" in sheet.message.text()
    at = sheet.table.currentIndex()
    assert (at.row(), at.column()) == (2, 4)
    assert sheet._keep.isEnabled()


def test_kept_it_asks_of_the_dishes_that_nobody_has_answered(sheet, qtbot):
    assert not sheet._dishes.isVisible()
    sheet.model.setData(sheet.model.index(2, 3), "快乐饭、开心丸")
    sheet._on_keep()
    settle(qtbot, sheet.context)
    asking = sheet.frame.findChild(DishSheet)
    assert list(asking.fields) == ["快乐饭"]


def test_the_answers_of_a_week_can_be_looked_at_again_once_it_is_kept(sheet, qtbot):
    sheet.show_week(dataclasses.replace(WEEK, speaks_for=True))
    assert sheet._dishes.isVisible()
    sheet.model.setData(sheet.model.index(2, 3), "粥")
    sheet._dishes.click()
    assert "再看菜的过敏原" in sheet.message.text()
    sheet.model.setData(sheet.model.index(2, 3), "")
    sheet._dishes.click()
    settle(qtbot, sheet.context)
    assert {key: field.text() for key, field in sheet.frame.findChild(DishSheet).fields.items()} == {
        "快乐饭": "",
        "开心丸": "鸡蛋",
    }
