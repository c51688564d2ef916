# ruff: noqa: F811  # the fixtures of another module are asked for by their names
"""What was chosen at the door is asked anew of the next child, of the next person, and after a while."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.ui.desk.holding import HOLDS
from app.ui.rooms import Target
from tests.ui.desk import data
from tests.ui.desk.test_release import SISTER, desk, press, room  # noqa: F401, as fixtures
from tests.ui.support import DIRECTOR, STORY, settle

Key = Qt.Key


@pytest.fixture
def view(room, qtbot):
    """Everything chosen: who takes her, her card looked at, her sister along, and money put off."""
    room.show_yuqing(siblings=(dataclasses.replace(SISTER),))
    press(qtbot, room, Key.Key_1, Key.Key_I, Key.Key_B, Key.Key_C, Key.Key_Z)
    view = room.panel.pickup
    view.later_reason.setText("没带钱")
    assert said(view) == (1, True, 1, "cash", True, "没带钱")
    return view


def said(view):
    return (
        view.adults.chosen,
        view.identity.isChecked(),
        len(view.together),
        view.tender.value(),
        view.later.isChecked(),
        view.later_reason.text(),
    )


NOTHING = (None, False, 0, "", False, "")


def show(room, qtbot, child):
    room.entered(Target(child=child))
    settle(qtbot, room.context)


@pytest.mark.parametrize("other", [data.LEYAO, data.GONE, data.LATE, data.SICK])
def test_another_child_between_takes_it_all_away(room, qtbot, view, other):
    show(room, qtbot, other.child)
    show(room, qtbot, data.YUQING.child)
    assert said(view) == NOTHING


def test_looked_at_again_at_once_it_stands(room, qtbot, view):
    show(room, qtbot, data.YUQING.child)
    room.refresh()
    settle(qtbot, room.context)
    assert said(view)[:3] == (1, True, 1)


def test_the_next_person_at_the_desk_has_seen_nobody(room, qtbot, view, desk):
    room.context.sign_in(DIRECTOR)
    view.confirm()
    settle(qtbot, room.context)
    assert said(view) == NOTHING
    assert desk.calls == []


def test_after_minutes_it_is_asked_again_and_sooner_it_stands(room, qtbot, view):
    def pass_by(minutes):
        room._holding._clock = lambda: STORY + dt.timedelta(minutes=minutes)
        room.refresh()
        settle(qtbot, room.context)

    pass_by(9)
    assert said(view)[:3] == (1, True, 1)
    view.belonging.textEdited.emit("水")  # somebody is still at it
    pass_by(18)
    assert said(view)[:3] == (1, True, 1)
    pass_by(9 + HOLDS.seconds // 60 + 1)
    assert said(view) == NOTHING
    press(qtbot, room, Key.Key_1)
    pass_by(-5)  # the clock was set back: nobody knows how long it has been
    assert said(view) == NOTHING
