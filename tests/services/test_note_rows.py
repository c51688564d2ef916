"""The rows of the work list: when she leaves in words, and how far a note is."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import VisitId
from app.domain.looks import Tone
from app.services.facts import list_books
from app.services.note_rows import (
    NoteState,
    leave_words,
    leaving_order,
    overdue_words,
    press_of,
    read_words,
    state_of,
)


@pytest.fixture
def book(database):
    row = database.row("select v.id from visit v join child c on c.id = v.child_id where c.name = '朱予晴'")
    key = VisitId(row["id"])
    return list_books(database, [key])[key]


def gone(book):
    left = book.visit.arrived_at + dt.timedelta(hours=2)
    return dataclasses.replace(book, visit=dataclasses.replace(book.visit, left_at=left))


def test_when_she_leaves_and_with_whom(book):
    assert leave_words(book) == "14:00 · 奶奶 王秀兰"
    assert leave_words(dataclasses.replace(book, leaving=None)) == "未约定时间"
    assert leave_words(gone(book)).endswith("已接走")
    assert leaving_order(book) < leaving_order(gone(book))
    assert overdue_words(()) == ""


def test_what_is_missing_presses_by_the_clock(book):
    lead = dt.timedelta(minutes=30)

    def at(minutes):
        return press_of(book, book.leaving - dt.timedelta(minutes=minutes), lead)

    assert [at(minutes) for minutes in (240, 61, 60, 31, 30, -5)] == [
        Tone.PLAIN, Tone.PLAIN, Tone.WARN, Tone.WARN, Tone.BAD, Tone.BAD,
    ]  # fmt: skip
    assert press_of(gone(book), book.visit.arrived_at, lead) is Tone.BAD
    assert press_of(dataclasses.replace(book, leaving=None), book.leaving, lead) is Tone.PLAIN


def test_the_words_for_which_a_note_is_read_are_cut_for_a_row():
    assert read_words(()) == ""
    assert read_words(("额头摔了一下",)) == "额头摔了一下"
    assert (
        read_words(("在滑梯上跑的时候摔了一跤，额头起了个包", "流鼻涕"))
        == "在滑梯上跑的时候摔了一跤… 等 2 处"
    )


def test_a_note_nobody_has_written_is_ready_once_it_lacks_nothing(book):
    states = {"late": False, "later": False}
    assert state_of(book, None, (), "", **states) is NoteState.READY
    assert state_of(book, None, ("情绪",), "x", **states) is NoteState.INCOMPLETE
    assert state_of(book, None, (), "写到了乐瑶", **states) is NoteState.STALE
    assert state_of(book, None, (), "", late=True, later=False) is NoteState.DOSE
