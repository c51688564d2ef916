"""A whole working life of the window without one warning of Qt, and nothing of it left behind."""

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.practice import DESK_MOMENT, StoryClock
from app.ui.rooms import ROOMS
from tests.ui.stage import DIRECTOR, Stage


@pytest.fixture
def stage(qapp, practice_file, clock):
    opened = Stage(practice_file, clock)
    yield opened
    opened.close()


@pytest.mark.qt_log_level_fail("DEBUG")
def test_a_day_with_every_look_says_nothing(stage):
    """Every room in light and dark at three sizes; the test fails at the first line Qt has to say."""
    stage.sign_in(DIRECTOR)
    for theme in ("light", "dark"):
        for scale in (100, 150, 200):
            stage.wear(theme, scale)
            for spec in ROOMS:
                stage.window.enter(spec.key)
                stage.settle()
                assert stage.window.current_key == spec.key
                assert stage.window.room(spec.key).isVisible()
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not stage.window]


def test_sheets_and_forms_do_not_pile_up(stage):
    """Opening the same scenes again leaves as many widgets as the first time."""
    counts = []
    for _ in range(3):
        for name in ("classroom-meal", "classroom-sleep", "staff", "desk-found", "office-preview", "desk"):
            stage.show(name)
        stage.home()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        counts.append(len(stage.window.findChildren(QObject)))
    assert counts[1] == counts[2]


def _live_and_close(file):
    """Open the program, visit every room, close it; return weak references to what there was."""
    clock = StoryClock(DESK_MOMENT)
    stage = Stage(file, clock)
    stage.sign_in(DIRECTOR)
    for spec in ROOMS:
        stage.window.enter(spec.key)
        stage.settle()
    window = stage.window
    watched = {"window": weakref.ref(window), "application": weakref.ref(stage.application)}
    watched |= {f"room {spec.key}": weakref.ref(window.room(spec.key)) for spec in ROOMS}
    stage.close()
    return watched


def test_a_closed_program_leaves_no_page_behind(qapp, practice_file):
    before = {id(one) for one in QApplication.allWidgets()}
    watched = _live_and_close(practice_file)
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    alive = [name for name, ref in watched.items() if (one := ref()) is not None and isValid(one)]
    assert alive == []
    left = [one for one in QApplication.allWidgets() if id(one) not in before]
    assert [f"{type(one).__name__} {one.objectName()}" for one in left] == []


@pytest.mark.parametrize("key", [spec.key for spec in ROOMS])
def test_a_room_dies_by_reference_count(key, qapp, practice_file, clock):
    """Taken out of the window and deleted, a room is gone at once: no cycle waits for the collector."""
    stage = Stage(practice_file, clock)
    try:
        stage.sign_in(DIRECTOR)
        stage.window.enter(key)
        stage.settle()
        stage.window.enter("settings" if key != "settings" else "desk")
        stage.settle()
        gc.collect()
        room = stage.window._rooms.pop(key)
        ref = weakref.ref(room)
        stage.window._stack.removeWidget(room)
        for one in (*room.left_widgets(), *room.top_widgets(), room):  # the former stand in the top bar
            one.deleteLater()
        del room, one
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert ref() is None
    finally:
        stage.close()
