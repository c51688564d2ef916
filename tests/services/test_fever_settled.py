"""Whatever is taken back or corrected, a fever goes on while a reading of today says that she has one."""

import dataclasses

import pytest

from app.domain.fever import FeverStepError, StepKind
from app.domain.health_round import Mark, RoundKind
from tests.services.health_stage import stage
from tests.services.test_fever_wordings import log, open_ones, step, visit

__all__ = ["stage", "visit"]


def rows(stage, visit):
    found = stage.services.classroom.timeline(stage.teacher, visit).rows
    return {row.draft.tenths: row for row in found if row.kind == "temperature" and row.entry is not None}


def reword(stage, visit, was, tenths):
    row = rows(stage, visit)[was]
    draft = dataclasses.replace(row.draft, tenths=tenths)
    return stage.services.classes.corrections.correct(stage.teacher, row.entry, draft)


@pytest.fixture
def hidden(stage, visit):
    """36.8 at ten and 38.5 a minute later, which begins a fever; then the first is corrected to 39.0."""
    log(stage, visit, 368)
    stage.clock.at(10, 1)
    hot = log(stage, visit, 385)
    stage.clock.at(10, 2)
    reword(stage, visit, 368, 390)
    assert [one.tenths for one in open_ones(stage)] == [385]
    return hot


def taken_back(stage, visit, hot):
    stage.services.undo(stage.teacher, hot.undo)


def one_taken_back(stage, visit, _hot):
    stage.services.classroom.undo_entry(stage.teacher, rows(stage, visit)[385].entry)


def corrected(stage, visit, _hot):
    reword(stage, visit, 385, 365)


@pytest.mark.parametrize("mend", [taken_back, one_taken_back, corrected])
def test_a_reading_that_hid_behind_another_begins_a_fever_when_that_is_gone(stage, visit, hidden, mend):
    mend(stage, visit, hidden)
    (ladder,) = open_ones(stage)
    assert (ladder.tenths, ladder.next_step) == (390, StepKind.RECHECK)
    stage.services.classroom.undo_entry(stage.teacher, rows(stage, visit)[390].entry)
    assert open_ones(stage) == ()


def test_the_check_of_a_round_that_hid_one_lets_it_begin(stage, visit):
    done = stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(tenths=385))
    log(stage, visit, 390)
    stage.services.undo(stage.teacher, done.undo)
    assert [one.tenths for one in open_ones(stage)] == [390]


def test_what_a_fever_that_ended_answered_for_begins_no_other(stage, visit, hidden):
    stage.clock.at(10, 7)
    step(stage, open_ones(stage)[0], StepKind.RECHECK, tenths=366, site="forehead")
    step(stage, open_ones(stage)[0], StepKind.BACK)
    stage.clock.at(11)
    later = log(stage, visit, 384)
    assert [one.tenths for one in open_ones(stage)] == [384]
    stage.services.undo(stage.teacher, later.undo)
    assert open_ones(stage) == ()


def test_a_fever_is_not_called_off_beside_its_reading(stage, visit):
    log(stage, visit, 385)
    (ladder,) = open_ones(stage)
    with pytest.raises(FeverStepError, match=r"10:00 的 38.5℃还记着.*班级日志"):
        stage.health.fevers.undo_case(stage.nurse, ladder.id)
    assert open_ones(stage) == (ladder,)
    stage.services.classroom.undo_entry(stage.teacher, rows(stage, visit)[385].entry)
    assert open_ones(stage) == ()
