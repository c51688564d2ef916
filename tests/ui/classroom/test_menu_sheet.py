"""The sheet of today's menu and activities: filled by hand or from another day, kept, or left."""

import datetime as dt

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from app.domain.changes import Changes, Done, Topic
from app.domain.logbook import MealSlot
from app.services.dish_answers import AskedDish
from app.services.menus import Activity, DayMenu, DayPlan, Meal, MenuError
from app.store.errors import DiskFullError
from app.ui.classroom.menu_sheet import MenuOpener, MenuSheet
from tests.ui.classroom import data
from tests.ui.stage import CHILD, Stage
from tests.ui.support import settle

TODAY = data.NOW.date()
WEEK_AGO, FRIDAY = TODAY - dt.timedelta(days=7), TODAY - dt.timedelta(days=5)
SNACK = Meal(MealSlot.MORNING_SNACK, "苹果、酸奶", "牛奶")
Key = Qt.Key


class FakeMenus:
    """Two days are entered; remembers what is kept. ``refuse`` makes the next keeping fail."""

    def __init__(self):
        self.kept = []
        self.refuse = None
        self.last = FRIDAY
        self.menus = {TODAY: (SNACK,), WEEK_AGO: (Meal(MealSlot.LUNCH, "饺子", "小麦"),)}
        self.plans = {
            TODAY: (Activity(600, "绘本"),),
            WEEK_AGO: tuple(Activity(540 + 60 * at, f"活动{at}") for at in range(4)),
        }

    def day(self, actor, date):
        return DayMenu(date, self.menus.get(date, ()))

    def plan(self, actor, date, class_id):
        return DayPlan(date, class_id, self.plans.get(date, ()))

    def last_before(self, actor, date):
        return self.last

    def copy_from(self, actor, date, source, class_id=None):
        if source not in self.menus:
            raise MenuError("没有可以照抄的内容。")
        return DayMenu(date, self.menus[source]), DayPlan(date, class_id, self.plans[source])

    def keep_day(self, actor, menu, plan=None):
        if self.refuse is not None:
            raise self.refuse
        self.kept.append((menu, plan))
        return Done(None, Changes(frozenset({Topic.LOG})))


class Hands:
    """The sheet over a window, with hands."""

    def __init__(self, qtbot, context, frame):
        self.qtbot, self.context, self.frame = qtbot, context, frame
        self.told = []
        self.opener = MenuOpener(context, frame)
        self.opener.kept.connect(lambda: self.told.append("kept"))
        self.opener.button.setParent(frame)  # in the window it stands in the top bar
        self.menus = FakeMenus()
        context._services.menus = self.menus

    def open(self, group=data.TABS[1]):
        self.opener.open(group)
        settle(self.qtbot, self.context)

    @property
    def sheet(self):
        found = [one for one in self.frame.findChildren(MenuSheet) if one.isVisible()]
        return found[0] if found else None

    def line(self, name):
        return self.sheet.findChild(QLineEdit, f"menu.{name}")

    def type(self, name, text):
        self.line(name).setFocus()
        self.line(name).selectAll()
        self.line(name).insert(text)  # an input method commits, it presses no keys

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.sheet, key, modifier)
        settle(self.qtbot, self.context)

    def click(self, name):
        QTest.mouseClick(self.sheet.findChild(QPushButton, f"menu.{name}"), Qt.MouseButton.LeftButton)
        settle(self.qtbot, self.context)

    def keep(self):
        self.press(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def says(self):
        message = self.sheet.findChild(QLabel, "menu.message")
        return message.text() if message.isVisible() else ""


@pytest.fixture
def hands(qtbot, context):
    frame = QWidget()
    qtbot.addWidget(frame)
    host = QWidget(frame)
    for widget in (frame, host):
        widget.resize(1278, 720)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    context.host = host
    return Hands(qtbot, context, frame)


def test_it_shows_what_stands_and_begins_at_the_first_meal_without_dishes(hands):
    hands.open()
    assert hands.line("morning_snack").text() == "苹果、酸奶"
    assert hands.line("morning_snack.allergens").text() == "牛奶"
    assert (hands.line("activity.1.time").text(), hands.line("activity.1").text()) == ("10:00", "绘本")
    assert QApplication.focusWidget() is hands.line("breakfast")


def test_ctrl_enter_keeps_the_whole_sheet(hands):
    hands.open()
    hands.type("lunch", "面")
    hands.type("lunch.allergens", "小麦")
    hands.type("activity.3.time", "1530")
    hands.type("activity.3", "户外")
    hands.keep()
    ((menu, plan),) = hands.menus.kept
    assert menu.day == TODAY
    assert [meal for meal in menu.meals if meal.dishes] == [SNACK, Meal(MealSlot.LUNCH, "面", "小麦")]
    assert plan == DayPlan(TODAY, data.DRAGON, (Activity(600, "绘本"), Activity(930, "户外")))
    assert hands.sheet is None
    hands.qtbot.waitUntil(lambda: hands.told == ["kept"])


def test_enter_goes_on_to_the_next_line(hands):
    hands.open()
    hands.press(Key.Key_Return)
    assert QApplication.focusWidget() is hands.line("breakfast.allergens")
    hands.press(Key.Key_Return)
    assert QApplication.focusWidget() is hands.line("morning_snack")
    assert hands.menus.kept == []


def test_esc_leaves_at_once_where_nothing_was_typed(hands):
    hands.open()
    hands.press(Key.Key_Escape)
    assert hands.sheet is None


def test_esc_asks_where_something_was_typed_and_a_second_esc_goes_on(hands):
    hands.open()
    hands.type("dinner", "粥")
    hands.press(Key.Key_Escape)
    assert "还没有保存" in hands.says()
    hands.press(Key.Key_Escape)
    assert hands.says() == ""
    assert hands.line("dinner").text() == "粥"
    hands.press(Key.Key_Escape)
    hands.line("dinner").setFocus()
    hands.press(Key.Key_A)
    assert hands.says() == "", "who writes on has answered"
    hands.press(Key.Key_Escape)
    hands.click("discard")
    assert hands.sheet is None
    assert hands.menus.kept == []


def test_what_was_typed_and_taken_away_again_is_no_change(hands):
    hands.open()
    hands.type("dinner", "粥")
    hands.line("dinner").clear()
    hands.press(Key.Key_Escape)
    assert hands.sheet is None


def test_last_week_is_copied_onto_the_sheet_and_not_to_the_disk(hands):
    hands.open()
    hands.type("breakfast", "粥")
    hands.click("last_week")
    assert hands.line("lunch").text() == "饺子"
    assert hands.line("breakfast").text() == "粥", "what that day does not have stays"
    assert [hands.line(f"activity.{n}").text() for n in (1, 2, 3, 4)] == ["活动0", "活动1", "活动2", "活动3"]
    assert "11月26日" in hands.says()
    assert hands.menus.kept == []
    hands.line("activity.3").setFocus()
    hands.press(Key.Key_Return)
    assert QApplication.focusWidget() is hands.line("activity.4.time"), (
        "a row that came later is in its place"
    )
    hands.press(Key.Key_Escape)
    assert "还没有保存" in hands.says(), "what was copied is not kept yet, too"


def test_the_other_button_names_the_day_it_copies(hands):
    hands.open()
    button = hands.sheet.findChild(QPushButton, "menu.last_day")
    assert button.text() == "照11月28日"
    hands.click("last_day")
    assert "没有可以照抄" in hands.says()
    hands.press(Key.Key_Escape)
    hands.menus.last = TODAY - dt.timedelta(days=1)
    hands.open()
    assert hands.sheet.findChild(QPushButton, "menu.last_day").text() == "照昨天"


def test_a_time_that_cannot_be_read_keeps_nothing_and_has_the_focus(hands):
    hands.open()
    hands.type("activity.2.time", "25点")
    hands.keep()
    assert "第 2 项" in hands.says()
    assert QApplication.focusWidget() is hands.line("activity.2.time")
    assert hands.menus.kept == []


@pytest.mark.parametrize(("field", "line"), [("lunch", "lunch"), ("activity.2", "activity.3")])
def test_what_the_service_refuses_is_said_and_its_row_has_the_focus(hands, field, line):
    hands.open()
    hands.type("activity.3.time", "10:00")
    hands.menus.refuse = MenuError("写了两次，请合成一行。", field=field)
    hands.keep()
    assert hands.says() == "写了两次，请合成一行。"
    assert QApplication.focusWidget() is hands.line(line)
    hands.menus.refuse = None
    hands.keep()
    assert len(hands.menus.kept) == 1


def test_a_full_disk_keeps_the_sheet_with_all_that_was_typed(hands):
    banners = []
    hands.context.messages.banner_raised.connect(banners.append)
    hands.open()
    hands.type("dinner", "粥")
    hands.menus.refuse = DiskFullError("磁盘满了，没有保存。")
    hands.keep()
    assert hands.says() == "磁盘满了，没有保存。"
    assert hands.line("dinner").text() == "粥"
    assert banners


def test_an_answer_that_comes_after_esc_finds_nobody_and_does_no_harm(hands):
    hands.open()
    sheet = hands.sheet
    sheet._last_week.click()
    sheet.dismiss()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle(hands.qtbot, hands.context)
    assert hands.sheet is None


def test_a_sheet_that_was_given_up_while_it_is_kept_tells_a_failure_all_the_same(hands):
    said = []
    hands.context.messages.said.connect(lambda notice: said.append(notice.words))
    hands.open()
    hands.menus.refuse = MenuError("写了两次，请合成一行。", field="lunch")
    hands.sheet.keep.click()
    hands.sheet.dismiss()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle(hands.qtbot, hands.context)
    assert said == ["写了两次，请合成一行。"]


def test_two_presses_open_one_sheet(hands):
    hands.opener.open(data.TABS[1])
    hands.open()
    assert len([one for one in hands.frame.findChildren(MenuSheet) if one.isVisible()]) == 1


def test_without_a_class_there_is_the_menu_alone(hands):
    hands.open(None)
    assert hands.line("activity.1") is None
    hands.keep()
    assert hands.menus.kept[0][1] is None


def test_kept_it_asks_of_dishes_whose_names_do_not_tell(hands, context):
    context._services.classes.unknown = (AskedDish("快乐饭"),)
    hands.open()
    hands.type("lunch", "快乐饭")
    hands.keep()
    assert hands.sheet is None
    assert hands.frame.findChild(QLineEdit, "dishes.1").isVisible()


def test_who_may_not_log_finds_the_button_greyed_out(hands):
    hands.opener.allow(False)
    assert not hands.opener.button.isEnabled()
    assert "换带班老师登录" in hands.opener.button.toolTip()
    hands.opener.allow(True)
    assert hands.opener.button.isEnabled()


def test_the_meal_panel_leads_to_the_sheet_and_shows_what_was_kept(qapp, practice_file, clock):
    stage = Stage(practice_file, clock)
    try:
        stage.show("classroom-meal")
        stage.hands.click("classroom.form.slot.breakfast")
        stage.settle()
        panel = stage.hands.find("classroom.panel")
        assert "今天还没有录入早餐食谱" in [one.text() for one in panel.findChildren(QLabel)]
        stage.hands.click("classroom.enter_menu")
        stage.hands.find("menu.breakfast")
        stage.hands.type("豆浆、鸡蛋饼")
        stage.hands.key("Ctrl+Return")
        stage.settle()
        assert not stage.hands.has("menu.keep")
        assert "食谱：豆浆、鸡蛋饼" in [one.text() for one in panel.findChildren(QLabel)]
        assert stage.hands.find("classroom.keep").text() == f"记录 {CHILD}"
        stage.hands.click("classroom.clear.1.已换替餐")
        assert stage.hands.find("classroom.keep").text() == f"已核对过敏，记录 {CHILD}"
        assert not stage.hands.has("classroom.enter_menu")
    finally:
        stage.close()
