"""A change of shift and the notes of the afternoon in the real window, by keys: open points travel on."""

from app.domain.shifts import Section
from app.practice import DESK_MOMENT
from app.services.handover import NoteState
from app.ui.handover.shift_sheets import ClosePointSheet, SignShiftSheet
from tests.ui.stage import TEACHER

PARTNER, PIN = "孟佳", "5927"
POINT = "热水器报修，等师傅来"
LATE = DESK_MOMENT.replace(hour=16, minute=20)


def view(one):
    return one.window.room("handover")._shift


def test_an_open_point_goes_over_with_the_shift_and_is_closed_by_the_next_one(opened):
    one = opened(DESK_MOMENT)
    one.choose_pin(PARTNER, PIN)
    one.sign_in(TEACHER)
    one.press("Alt+4", "Ctrl+2")
    one.fill(POINT)
    one.press("Ctrl+Return")
    sheet = one.up(SignShiftSheet)
    one.write("17")
    one.press("Tab")
    one.write("一人在保健室")
    one.press("F6")  # everything in the room is good
    one.press("Tab", "1")
    one.focus(sheet.second.pin.edit)
    one.write(PIN)
    one.kept(SignShiftSheet)
    # The next shift: it stands on the signed sheet and is still to be done.
    one.sign_in(PARTNER)
    one.press("Alt+4", "Ctrl+2")
    assert POINT in [each.title for each in view(one)._points.records if not each.faint]
    view(one)._points.light(next(each.key for each in view(one)._points.records if each.title == POINT))
    one.press("F4")
    assert one.up(ClosePointSheet) is not None
    one.write("师傅换了加热管")
    one.press("Ctrl+Return")
    assert POINT not in [each.title for each in view(one)._points.records if not each.faint]
    actor = one.application.context.actor
    group = {each.name: each for each in one.ask(lambda s: s.people.staff())}[TEACHER].class_id
    newest = one.ask(lambda s: s.classes.shifts.history(actor, group))[0]
    kept = one.ask(lambda s: s.classes.shifts.sheet(actor, newest.id))
    assert (kept.given_by, kept.taken_by) == (TEACHER, PARTNER)
    assert (kept.counted, kept.reason) == (17, "一人在保健室")
    assert POINT in [line.words for line in kept.lines if line.section is Section.POINT]
    draft = one.ask(lambda s: s.classes.shifts.draft(actor, group))
    assert POINT not in [each.words for each in draft.points]
    assert [(each.words, each.closing.by) for each in draft.closed][-1] == (POINT, PARTNER)


def test_twenty_notes_are_finished_by_half_past_four_with_one_key(opened):
    one = opened(LATE)
    one.sign_in(TEACHER)
    one.press("Alt+4", "Ctrl+0")  # every class
    actor = one.application.context.actor
    before = one.ask(lambda s: s.handover.worklist(actor, None))
    ready = [row.visit for row in before if row.state is NoteState.READY]
    assert len(ready) >= 20
    one.pressed.clear()
    one.press("F8")
    after = {row.visit: row.state for row in one.ask(lambda s: s.handover.worklist(actor, None))}
    assert len(one.pressed) == 1
    assert all(after[visit] in {NoteState.SIGNED, NoteState.HANDED} for visit in ready)
    # What lacks something is not signed over.
    lacking = [row.visit for row in before if row.state is NoteState.INCOMPLETE]
    assert all(after[visit] is NoteState.INCOMPLETE for visit in lacking)
