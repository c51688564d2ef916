"""A sheet brings the alarm of its refusal up, and goes on only when a second person has cleared it."""

from types import SimpleNamespace

from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleError
from app.services.alarms import BarredAlarmError
from app.ui.widgets import alarm_screen
from app.ui.widgets.alarm_raising import raise_alarm_of
from tests.ui.support import make_context


def test_only_an_alarm_is_raised_and_only_its_clearing_goes_on(qtbot, monkeypatch):
    raised, again = [], []

    def keeper(_context):
        return SimpleNamespace(raise_=lambda alarm, done: raised.append((alarm, done)))

    monkeypatch.setattr(alarm_screen, "AlarmKeeper", keeper)
    host = QWidget()
    qtbot.addWidget(host)
    context = make_context(qtbot, None)
    raise_alarm_of(context, RuleError("请填姓名。"), lambda: again.append(1))
    assert raised == []
    raise_alarm_of(context, BarredAlarmError("被禁止接走。", 7), lambda: again.append(1))
    ((alarm, done),) = raised
    assert alarm == 7
    done("refused")
    assert again == []
    done("cleared")
    assert again == [1]
