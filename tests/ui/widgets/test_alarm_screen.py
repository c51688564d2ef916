"""The words of the alarm: one for who wants to take a child, one for who brings her."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.ids import AlarmId, StaffId
from app.services.alarms import AlarmView
from app.ui.widgets.alarm_screen import AlarmScreen
from tests.ui.support import make_context

AT = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("place", "certain", "button", "words"),
    [
        ("collect", False, "不放行", "叔叔 胡绍华 想接 胡俊杰。"),
        ("bring", False, "不登记", "叔叔 胡绍华 送来 胡俊杰。"),
        ("bring", True, "不登记", "就是档案里被禁止接走的人"),
    ],
)
def test_the_alarm_says_what_the_person_wants_and_sounds(qtbot, place, certain, button, words):
    outer = QWidget()
    qtbot.addWidget(outer)
    host = QWidget(outer)
    outer.resize(1366, 768)
    outer.show()
    view = AlarmView(
        AlarmId(1), "胡俊杰", "爸爸 胡少华", "叔叔 胡绍华", ("姓名同音",), place, AT, StaffId(1), certain,
        ("妈妈 曾美玲 138 0000 6958",),
    )  # fmt: skip
    beeps = []
    screen = AlarmScreen(make_context(qtbot, None), host, view, (), lambda: beeps.append(1))
    screen.present()
    shown = " ".join(one.text() for one in screen.findChildren(QLabel))
    assert words in shown
    assert "妈妈 曾美玲 138 0000 6958" in shown
    assert screen.keep.text() == button
    assert screen.clear.isHidden() is certain
    assert beeps
    screen.leave()
    assert "不能直接关掉" in screen.message.text()
    screen.dismiss()
