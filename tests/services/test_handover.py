"""Handover notes through their service: drafted, edited, signed, superseded."""

import dataclasses

import pytest

from app.domain.changes import Topic
from app.domain.ids import ClassId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import NoteText
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.visits import NotTodayError
from app.services.classroom import Classroom
from app.services.facts import list_books
from app.services.handover import EmptyNoteError, Handover, LongNoteError, NoteState

DRAGON, TRAIN = ClassId(3), ClassId(4)
TEACHER = Actor(4, "许静", Role.TEACHER, DRAGON)


@pytest.fixture
def handover(database, clock):
    return Handover(database, clock)


@pytest.fixture
def guest(database):
    row = database.row("select v.id from visit v join child c on c.id = v.child_id where c.name = '朱予晴'")
    return VisitId(row["id"])


def said(view, prose):
    return dataclasses.replace(view.text, prose=prose)


def test_the_worklist_goes_by_the_hour_they_leave_and_names_what_is_missing(handover):
    rows = handover.worklist(TEACHER, DRAGON)
    assert len(rows) == 19
    assert (rows[0].name, rows[0].leave_words) == ("朱予晴", "14:00 · 奶奶 王秀兰")
    assert (rows[0].state, rows[0].done, rows[0].total) == (NoteState.READY, 8, 8)
    assert (rows[1].name, rows[1].leave_words) == ("何宇轩", "14:30")
    assert (rows[-1].name, rows[-1].leave_words) == ("徐梦洁", "12:50 已接走")
    assert rows[-1].state is NoteState.HANDED
    assert all(row.missing for row in rows if row.state is NoteState.INCOMPLETE)


def test_all_classes_together_are_the_sum_of_each(handover):
    every = handover.worklist(TEACHER)
    assert len(every) == 78  # 75 inside, 3 gone
    assert sum(len(handover.worklist(TEACHER, ClassId(key))) for key in range(1, 6)) == 78


def test_the_note_drafts_itself_from_the_log_and_follows_it(handover, database, clock, guest):
    view = handover.note(TEACHER, guest)
    assert "由奶奶送到" in view.text.prose
    assert view.text == view.drafted
    assert (view.edited, view.number, view.version, view.missing) == (False, None, 1, ())
    assert view.entries == 12
    assert "鞋子偏小" in view.text.notice
    note = EntryDraft(EntryKind.NOTE, clock(), detail="remark", text="给小布偶盖了被子。")
    Classroom(database, clock).log(TEACHER, (guest,), note)
    assert "小布偶" in handover.note(TEACHER, guest).text.prose


def test_edits_are_kept_and_given_up(handover, guest):
    view = handover.note(TEACHER, guest)
    done = handover.keep(TEACHER, guest, said(view, "今天很开心。"))
    assert done.changes.topics == {Topic.NOTES}
    kept = handover.note(TEACHER, guest)
    assert (kept.text.prose, kept.edited, kept.drafted) == ("今天很开心。", True, view.drafted)
    again = handover.redraft(TEACHER, guest).value
    assert (again.text, again.edited) == (view.drafted, False)
    assert handover.redraft(TEACHER, guest).changes.topics == frozenset()


def test_keeping_what_is_there_writes_nothing(handover, database, guest):
    seen = []
    database.tracer = seen.append
    handover.keep(TEACHER, guest, handover.note(TEACHER, guest).text)
    assert seen == []


def test_signing_numbers_the_note_and_shows_in_the_list(handover, clock, guest):
    view = handover.note(TEACHER, guest)
    signed = handover.sign(TEACHER, guest, view.text).value
    assert (signed.number, signed.signed_by, signed.signed_at) == ("H-20251203-0007", "许静", clock())
    assert not signed.edited
    assert handover.worklist(TEACHER, DRAGON)[0].state is NoteState.SIGNED


def test_signing_other_words_supersedes_and_the_same_words_do_not(handover, guest):
    view = handover.note(TEACHER, guest)
    first = handover.sign(TEACHER, guest, view.text).value
    assert handover.sign(TEACHER, guest, view.text).value == first
    second = handover.sign(TEACHER, guest, said(view, "换一句话。")).value
    assert (second.number, second.version, second.edited) == ("H-20251203-0008", 2, True)


def test_edits_after_the_signature_wait_for_the_next_one(handover, guest):
    view = handover.note(TEACHER, guest)
    handover.sign(TEACHER, guest, view.text)
    handover.keep(TEACHER, guest, said(view, "补充一句。"))
    kept = handover.note(TEACHER, guest)
    assert (kept.number, kept.version, kept.text.prose) == (None, 2, "补充一句。")
    signed = handover.sign(TEACHER, guest, kept.text).value
    assert (signed.number, signed.version) == ("H-20251203-0008", 2)


def test_redrafting_a_signed_note_with_own_words_prepares_the_next_version(handover, guest):
    view = handover.note(TEACHER, guest)
    handover.sign(TEACHER, guest, said(view, "我自己写的。"))
    again = handover.redraft(TEACHER, guest).value
    assert (again.text, again.number, again.version) == (view.drafted, None, 2)


def test_every_complete_note_is_signed_at_once_and_no_other(handover, database, clock):
    clock.set(16, 0)
    visits = tuple(
        row.visit for row in handover.worklist(TEACHER, TRAIN) if row.state is not NoteState.HANDED
    )
    classroom = Classroom(database, clock)
    asleep = tuple(card.visit for card in classroom.roster(TEACHER, TRAIN).cards if card.asleep_since)
    wake = EntryDraft(EntryKind.SLEEP, clock().replace(hour=14, minute=20))
    classroom.log(TEACHER, asleep, wake)
    classroom.log(TEACHER, visits[:12], EntryDraft(EntryKind.WATER, clock(), amount_ml=90))
    before = {row.visit: row.state for row in handover.worklist(TEACHER, TRAIN)}
    ready = {visit for visit, state in before.items() if state is NoteState.READY}
    assert 5 < len(ready) < len(visits)
    done = handover.sign_complete(TEACHER, TRAIN)
    assert set(done.value) == ready
    assert len(done.changes.children) == len(ready)
    after = {row.visit: row.state for row in handover.worklist(TEACHER, TRAIN)}
    assert {visit for visit in after if after[visit] is NoteState.SIGNED} == ready
    assert all(after[visit] is before[visit] for visit in before if visit not in ready)
    assert handover.sign_complete(TEACHER, TRAIN).value == ()


def test_a_note_for_the_evening_is_not_complete_at_two(handover):
    rows = {row.name: row for row in handover.worklist(TEACHER, DRAGON)}
    assert rows["张沐阳"].state is NoteState.INCOMPLETE
    assert rows["张沐阳"].missing[-1] == "下午"
    assert (rows["张沐阳"].done, rows["张沐阳"].total) == (8 - len(rows["张沐阳"].missing), 8)
    assert rows["丁清禾"].missing == ("起床", "下午")
    assert rows["何宇轩"].missing == ("情绪",)  # leaves at half past two


def test_kept_words_are_the_ones_signed_with_the_rest(handover, guest):
    handover.keep(TEACHER, guest, said(handover.note(TEACHER, guest), "手写的一句。"))
    handover.sign_complete(TEACHER, DRAGON)
    view = handover.note(TEACHER, guest)
    assert (view.text.prose, view.edited) == ("手写的一句。", True)
    assert view.number is not None


def test_empty_and_endless_notes_are_not_signed(handover, guest):
    with pytest.raises(EmptyNoteError):
        handover.sign(TEACHER, guest, NoteText(prose="  ", mood="开心"))
    for act in (handover.sign, handover.keep):
        with pytest.raises(LongNoteError):
            act(TEACHER, guest, NoteText(prose="字" * 10_000))
    assert handover.note(TEACHER, guest).number is None


def test_a_visit_nobody_knows_is_said_so(handover, database):
    with pytest.raises(NotTodayError):
        handover.note(TEACHER, VisitId(10**6))
    assert list_books(database, [VisitId(10**6)]) == {}


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CASHIER, Role.HEALTH_WORKER])
def test_only_teachers_and_the_director_sign(handover, guest, role):
    other = Actor(2, "林晓", role)
    text = handover.note(other, guest).text
    for act in (
        lambda: handover.keep(other, guest, text),
        lambda: handover.redraft(other, guest),
        lambda: handover.sign(other, guest, text),
        lambda: handover.sign_complete(other, DRAGON),
    ):
        with pytest.raises(NotPermittedError):
            act()
    handover.sign(Actor(1, "周敏", Role.DIRECTOR), guest, text)
