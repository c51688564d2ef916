"""A change of shift and the notes of the afternoon in the real window, by keys: open points travel on."""

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.shifts import Section
from app.practice import DESK_MOMENT, StoryClock
from app.services.handover import NoteState
from app.ui.handover.shift_sheets import ClosePointSheet, SignShiftSheet
from tests.conftest import copied
from tests.ui.stage import TEACHER, Stage

PARTNER, PIN = "孟佳", "5927"
POINT = "热水器报修，等师傅来"
LATE = DESK_MOMENT.replace(hour=16, minute=20)


@pytest.fixture
def opened(qapp, templates, tmp_path):
    """Opens the practice centre at a moment; every key that is pressed is counted."""
    stages = []

    def at(moment):
        stage = Stage(copied(templates(moment), tmp_path), StoryClock(moment))
        stages.append(stage)
        stage.pressed = []
        return stage

    yield at
    for stage in stages:
        stage.close()


def press(stage, *keys):
    for key in keys:
        stage.pressed.append(key)
        stage.hands.key(key)
        stage.settle()


def write(stage, text):
    """What an input method commits to the line that has the focus."""
    stage.pressed += text
    QApplication.focusWidget().insert(text)
    stage.settle()


def up(stage, kind):
    return next((one for one in stage.window.findChildren(kind) if one.isVisible()), None)


def ask(stage, read):
    found = []
    stage.application.context.ask(read, found.append)
    stage.hands.wait(lambda: bool(found), "no answer")
    return found[0]


def view(stage):
    return stage.window.room("handover")._shift


def test_an_open_point_goes_over_with_the_shift_and_is_closed_by_the_next_one(opened):
    stage = opened(DESK_MOMENT)
    staff = {one.name: one for one in ask(stage, lambda s: s.people.staff())}
    ask(stage, lambda s: s.pins.choose(staff[PARTNER], PIN))
    stage.sign_in(TEACHER)
    press(stage, "Alt+3", "Ctrl+2")
    write(stage, POINT)
    press(stage, "Return")
    press(stage, "Ctrl+Return")
    sheet = up(stage, SignShiftSheet)
    write(stage, "17")
    press(stage, "Tab")
    write(stage, "一人在保健室")
    press(stage, "F6")  # everything in the room is good
    press(stage, "Tab", "1")
    sheet.second.pin.edit.setFocus()
    write(stage, PIN)
    press(stage, "Ctrl+Return")
    assert up(stage, SignShiftSheet) is None, sheet.message.text()
    # The next shift: it stands on the signed sheet and is still to be done.
    stage.sign_in(PARTNER)
    press(stage, "Alt+3", "Ctrl+2")
    assert POINT in [one.title for one in view(stage)._points.records if not one.faint]
    view(stage)._points.light(next(one.key for one in view(stage)._points.records if one.title == POINT))
    press(stage, "F4")
    assert up(stage, ClosePointSheet) is not None
    write(stage, "师傅换了加热管")
    press(stage, "Ctrl+Return")
    assert POINT not in [one.title for one in view(stage)._points.records if not one.faint]
    actor, group = stage.application.context.actor, staff[TEACHER].class_id
    newest = ask(stage, lambda s: s.classes.shifts.history(actor, group))[0]
    kept = ask(stage, lambda s: s.classes.shifts.sheet(actor, newest.id))
    assert (kept.given_by, kept.taken_by) == (TEACHER, PARTNER)
    assert (kept.counted, kept.reason) == (17, "一人在保健室")
    assert POINT in [line.words for line in kept.lines if line.section is Section.POINT]
    draft = ask(stage, lambda s: s.classes.shifts.draft(actor, group))
    assert POINT not in [one.words for one in draft.points]
    assert [(one.words, one.closing.by) for one in draft.closed][-1] == (POINT, PARTNER)


def test_twenty_notes_are_finished_by_half_past_four_with_one_key(opened):
    stage = opened(LATE)
    stage.sign_in(TEACHER)
    press(stage, "Alt+3", "Ctrl+0")  # every class
    actor = stage.application.context.actor
    before = ask(stage, lambda s: s.handover.worklist(actor, None))
    ready = [row.visit for row in before if row.state is NoteState.READY]
    assert len(ready) >= 20
    stage.pressed.clear()
    press(stage, "F8")
    after = {row.visit: row.state for row in ask(stage, lambda s: s.handover.worklist(actor, None))}
    assert len(stage.pressed) == 1
    assert all(after[visit] in {NoteState.SIGNED, NoteState.HANDED} for visit in ready)
    # What lacks something is not signed over.
    lacking = [row.visit for row in before if row.state is NoteState.INCOMPLETE]
    assert all(after[visit] is NoteState.INCOMPLETE for visit in lacking)
