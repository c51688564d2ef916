"""Rows round the door: told, signed, and sentences for a class; taken back they stay in the file."""

import datetime as dt

import pytest

from app.domain.dayfacts import ClassWord
from app.domain.ids import ClassId, NoteId, StaffId, VisitId
from app.store import class_words, told

DAY = dt.date(2025, 12, 3)
STAFF, DRAGON = StaffId(4), ClassId(3)


@pytest.fixture
def act(database):
    def _act(verb, *args):
        with database.unit(STAFF, "test") as unit:
            unit.audit("test", None)
            return verb(unit, *args)

    return _act


def test_a_telling_and_its_undo(database, act):
    visit = VisitId(database.row("select max(id) as id from visit")["id"])
    key = act(told.add_told, visit, None, "司机 老周", "一句。", STAFF)
    assert [one.id for one in told.list_told(database, visit)] == [key]
    assert act(told.reverse_told, key, STAFF)
    assert not act(told.reverse_told, key, STAFF)
    assert told.find_told(database, key) is None


def test_one_signature_stands_under_a_note(database, act):
    note = NoteId(database.row("select max(id) as id from handover_note where signed_at is not null")["id"])
    key = act(told.add_signature, note, None, "奶奶", b"\x89PNG", STAFF)
    found = told.find_signature(database, note)
    assert (found.id, found.way, found.png) == (key, "screen", b"\x89PNG")
    with pytest.raises(Exception, match="UNIQUE"):
        act(told.add_signature, note, None, "妈妈", b"", STAFF)
    assert act(told.reverse_signature, key, STAFF)
    other = act(told.add_signature, note, None, "妈妈", b"", STAFF)
    assert told.find_signature_by_id(database, other).way == "paper"
    assert told.find_signature_by_id(database, key) is None


def test_a_sentence_holds_for_its_day_and_class(database, act):
    key = act(class_words.add_sentence, DRAGON, DAY, ClassWord("prose", "明天带雨鞋"), STAFF)
    assert [one.id for one in class_words.list_sentences(database, DAY)[DRAGON]] == [key]
    assert class_words.list_sentences(database, DAY + dt.timedelta(days=1)) == {}
    assert act(class_words.reverse_sentence, key, STAFF)
    assert not act(class_words.reverse_sentence, key, STAFF)
    assert class_words.find_sentence(database, key) is None
