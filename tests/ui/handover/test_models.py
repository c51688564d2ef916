"""Chips of the work list, and what an edit added."""

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.looks import Chip, Tone
from app.services.handover import NoteState
from app.ui.handover.models import NoteListModel, chip_of, settled_count
from app.ui.handover.sections import added_spans
from tests.ui.handover import data


@pytest.mark.parametrize(
    ("state", "missing", "chip"),
    [
        (NoteState.READY, (), Chip("待签", Tone.INFO)),
        (NoteState.INCOMPLETE, ("情绪",), Chip("缺 情绪")),
        (NoteState.INCOMPLETE, ("情绪", "午餐", "睡眠"), Chip("缺 3 项")),
        (NoteState.SIGNED, (), Chip("已签", Tone.OK)),
        (NoteState.STALE, (), Chip("要修订", Tone.BAD)),
        (NoteState.HANDED, (), Chip("已交付", Tone.OK)),
        (NoteState.LATER, (), Chip("又记 0 条", Tone.WARN)),
    ],
)
def test_a_row_says_how_far_its_note_is(state, missing, chip):
    assert chip_of(data.note_row(data.YUQING, state, missing=missing)) == chip


def test_what_is_missing_is_as_loud_as_the_hour_not_as_few_as_it_is():
    row = data.note_row(data.YUQING, NoteState.INCOMPLETE, missing=("起床", "下午"))
    assert chip_of(row) == Chip("缺 起床、下午")
    assert chip_of(row, brief=True) == Chip("缺 2 项")
    assert chip_of(dataclasses.replace(row, press=Tone.WARN)) == Chip("缺 起床、下午", Tone.WARN)
    assert chip_of(dataclasses.replace(row, press=Tone.BAD)) == Chip("缺 起床、下午", Tone.BAD)


def test_signed_and_handed_both_count_as_settled(qtmodeltester):
    rows = (
        data.note_row(data.YUQING, NoteState.READY),
        data.note_row(data.YUXUAN, NoteState.SIGNED),
        data.note_row(data.KEXIN, NoteState.HANDED, "13:41 已接走"),
    )
    assert settled_count(rows) == 2
    model = NoteListModel()
    model.replace(rows)
    qtmodeltester.check(model)
    assert model.words_of(rows[2]) == "陈可欣，13:41 已接走，已交付"
    later = dataclasses.replace(
        rows[1], state=NoteState.LATER, later="签字后又记了 3 条", more=3, waits="家长已经签过"
    )
    assert settled_count((later,)) == 0
    assert model.words_of(later) == "何宇轩，14:00，又记 3 条，签字后又记了 3 条，家长已经签过"


def test_only_what_the_teacher_added_is_marked():
    assert added_spans("很投入。", "自己选颜色，很投入。") == [(0, 6)]
    assert added_spans("很投入。", "很投入。") == []


@given(st.text(max_size=30), st.text(max_size=30))
def test_marks_lie_inside_the_text_as_qt_counts_it(drafted, text):
    whole = len(text.encode("utf-16-le", "surrogatepass")) // 2
    spans = added_spans(drafted, text)
    assert all(0 <= start < end <= whole for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
