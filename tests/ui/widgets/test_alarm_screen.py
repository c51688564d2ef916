"""The words of the alarm: one for who wants to take a child, one for who brings her."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.ids import AlarmId, StaffId
from app.domain.staff import Actor, Role
from app.services.alarms import AlarmView
from app.services.pins import Holder
from app.ui.widgets.alarm_screen import AlarmKeeper, AlarmScreen
from tests.ui.support import make_context, settle

AT = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


COLLEAGUE = Actor(StaffId(4), "孟佳", Role.TEACHER)
VIEW = AlarmView(
    AlarmId(1), "胡俊杰", "爸爸 胡少华", "叔叔 胡绍华", ("姓名同音",), "grant", AT, StaffId(1),
    certain=False, inside=True, to_ring=(),
)  # fmt: skip


class Raised:
    """The services of an alarm: who has a PIN is ``held``."""

    def __init__(self, *, held):
        self.held = held
        self.alarms = self.pins = self

    def view(self, _actor, _alarm):
        return VIEW

    def holders(self, _actor):
        return (Holder(COLLEAGUE, self.held),)


@pytest.mark.parametrize(
    ("place", "certain", "inside", "button", "words", "act"),
    [
        ("collect", False, True, "不放行", "叔叔 胡绍华 想接 胡俊杰。", "把孩子留在班里"),
        ("collect", False, False, "不登记", "登记时说由 叔叔 胡绍华 来接 胡俊杰。", "先把孩子带到里面"),
        ("bring", False, False, "不登记", "叔叔 胡绍华 送来 胡俊杰，或替孩子预约", "人在电话里：不要答应"),
        ("bring", True, False, "不登记", "就是档案里被禁止接走的人", "先把孩子带到里面"),
        (
            "grant",
            False,
            True,
            "不授权",
            "来电的人说让 叔叔 胡绍华 来接 胡俊杰。",
            "挂断，按档案里的号码打回去",
        ),
    ],
)
def test_the_alarm_says_what_is_wanted_and_what_to_do_where_the_person_is(
    qtbot, place, certain, inside, button, words, act
):
    outer = QWidget()
    qtbot.addWidget(outer)
    host = QWidget(outer)
    outer.resize(1366, 768)
    outer.show()
    view = AlarmView(
        AlarmId(1), "胡俊杰", "爸爸 胡少华", "叔叔 胡绍华", ("姓名同音",), place, AT, StaffId(1), certain,
        inside, ("妈妈 曾美玲 138 0000 6958",),
    )  # fmt: skip
    beeps = []
    screen = AlarmScreen(make_context(qtbot, None), host, view, (), lambda: beeps.append(1))
    screen.present()
    shown = " ".join(one.text() for one in screen.findChildren(QLabel))
    assert words in shown
    assert act in shown
    assert ("争执" in shown) is (place != "grant")  # nobody is here to quarrel with
    assert "妈妈 曾美玲 138 0000 6958" in shown
    assert screen.keep.text() == button
    assert screen.clear.isHidden() is certain
    assert beeps
    screen.leave()
    assert "不能直接关掉" in screen.message.text()
    screen.dismiss()


@pytest.fixture
def raise_alarm(qtbot):
    windows = []

    def build(*, held):
        outer = QWidget()
        windows.append(outer)
        qtbot.addWidget(outer)
        context = make_context(qtbot, Raised(held=held))
        context.host = QWidget(outer)
        outer.resize(1366, 768)
        outer.show()
        raised = []
        context.messages.banner_raised.connect(raised.append)
        AlarmKeeper(context, lambda: None).raise_(AlarmId(1))
        settle(qtbot, context)
        return outer.findChild(AlarmScreen), raised, lambda: settle(qtbot, context)

    yield build
    windows.clear()


def test_where_nobody_has_a_pin_the_alarm_waits_under_a_banner_and_comes_back(raise_alarm):
    screen, raised, wait = raise_alarm(held=False)
    assert screen.later.isVisible()
    assert "设置—本机" in screen.second._hint.text()
    screen.fields["reason"].set_text("问了妈妈")
    screen.second.pin.set_text("5927")
    screen.keep.click()
    assert "须本人登录" in screen.message.text()
    outer = screen.window()
    screen.later.click()
    assert screen.gone
    (banner,) = raised
    assert "还没有处理" in banner.words
    assert "在此之前不要授权" in banner.words
    banner.act()
    wait()
    again = next(one for one in outer.findChildren(AlarmScreen) if not one.gone)
    again.dismiss()


def test_where_somebody_has_one_nobody_steps_past_the_alarm(raise_alarm):
    screen, raised, _ = raise_alarm(held=True)
    assert screen.later.isHidden()
    assert raised == []
    screen.dismiss()
