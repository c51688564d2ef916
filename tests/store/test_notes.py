"""Handover notes: drafts are overwritten, signed notes are superseded and numbered without gaps."""

import datetime as dt

import pytest

from app.domain.ids import StaffId, VisitId
from app.domain.prose import NoteText
from app.store import notes

STAFF, DAY = StaffId(4), dt.date(2025, 12, 3)
FIRST, SECOND = NoteText(prose="一", mood="开心"), NoteText(prose="二", notice="带伞")


@pytest.fixture
def visit(database):
    row = database.row("select v.id from visit v join child c on c.id = v.child_id where c.name = '朱予晴'")
    return VisitId(row["id"])


@pytest.fixture
def act(database, visit):
    def _act(verb, *args, **named):
        with database.unit(STAFF, "note") as unit:
            unit.audit("visit", visit)
            return verb(unit, visit, *args, **named)

    return _act


def test_edits_are_kept_and_kept_again_in_one_row(database, visit, act):
    assert notes.find_current(database, visit) is None
    key = act(notes.add_draft, FIRST, STAFF)
    assert act(notes.add_draft, SECOND, STAFF) == key
    kept = notes.find_current(database, visit)
    assert kept is not None
    assert (kept.text, kept.edited, kept.number, kept.signed_at, kept.version) == (
        SECOND,
        True,
        None,
        None,
        1,
    )
    assert notes.find_signed(database, visit) is None


def test_signing_gives_the_next_number_of_the_day(database, visit, act, clock):
    number = act(notes.add_signed, DAY, FIRST, STAFF, edited=False)
    assert number == "H-20251203-0007"  # three have left with theirs, three are signed ahead
    kept = notes.find_current(database, visit)
    assert kept is not None
    assert (kept.signed_at, kept.signed_by, kept.version) == (clock(), "许静", 1)
    assert notes.find_by_number(database, number) == kept
    assert notes.find_by_number(database, "H-20251203-9999") is None


def test_a_kept_draft_becomes_the_signed_note(database, visit, act):
    key = act(notes.add_draft, FIRST, STAFF)
    act(notes.add_signed, DAY, SECOND, STAFF, edited=True)
    kept = notes.find_current(database, visit)
    assert kept is not None
    assert (kept.id, kept.text) == (key, SECOND)


def test_a_second_signature_supersedes_the_first_and_both_stay(database, visit, act, clock):
    first = act(notes.add_signed, DAY, FIRST, STAFF, edited=False)
    second = act(notes.add_signed, DAY, SECOND, STAFF, edited=True)
    assert second > first
    old, new = notes.find_by_number(database, first), notes.find_by_number(database, second)
    assert old is not None
    assert new is not None
    assert (old.text, old.ended_at, old.version) == (FIRST, clock(), 1)
    assert (new.text, new.ended_at, new.version) == (SECOND, None, 2)
    assert notes.list_current(database, [visit]) == {visit: new}
    row = database.row("select replaces_id from handover_note where id = :id", {"id": new.id})
    assert row["replaces_id"] == old.id


def test_edits_after_signing_can_be_given_up_and_the_signed_note_holds_again(database, visit, act):
    number = act(notes.add_signed, DAY, FIRST, STAFF, edited=False)
    act(notes.add_draft, SECOND, STAFF)
    draft = notes.find_current(database, visit)
    assert draft is not None
    assert (draft.number, draft.version) == (None, 2)
    signed = notes.find_signed(database, visit)
    assert signed is not None
    assert (signed.number, signed.ended_at) == (number, None)
    assert act(notes.end_draft)
    assert not act(notes.end_draft)
    current = notes.find_current(database, visit)
    assert current is not None
    assert current.number == number
    act(notes.add_draft, SECOND, STAFF)  # and it can be begun again
    assert notes.list_current(database, []) == {}
