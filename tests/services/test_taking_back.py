"""What may not be taken back any more: a case, a fever, a reading, by the wrong hands or on a later day."""

import datetime as dt

import pytest

from app.domain.fever import NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.illness import ExcludedError, IllnessError
from app.domain.logbook import EntryDraft, EntryKind
from app.services.arrivals import CheckIn, MorningCheck, VisitInUseError
from app.services.class_log import PastDayError
from app.services.collecting import CheckOut
from app.services.illness import CaseCard
from app.services.open_papers import Answer
from app.store import fever, logbook
from tests.services.health_stage import stage

__all__ = ["stage"]


def leave(stage, visit):
    """Home with the mother; what is open is put off."""
    card = stage.services.pickup.prepare(stage.world.desk, visit)
    answers = tuple(Answer(one.kind, one.subject, "妈妈赶时间") for one in card.papers)
    act = CheckOut(visit, stage.world.adults["张母"], answers=answers)
    stage.services.pickup.check_out(stage.world.desk, act)


def on(stage, days=1):
    stage.clock.now += days * dt.timedelta(days=1)
    stage.clock.at(8)


def log(stage, visit, tenths):
    heat = EntryDraft(EntryKind.TEMPERATURE, stage.clock.now, tenths=tenths, detail="forehead")
    return stage.services.classroom.log(stage.teacher, (visit,), heat).value.batch


# -- a case


def test_a_harmless_correction_opens_no_new_minutes_for_taking_a_case_back(stage):
    illness, child = stage.health.illness, stage.world.children["张沐阳"]
    case = illness.note(stage.nurse, CaseCard(child, "hfmd", "12-03")).value
    stage.clock.now += dt.timedelta(minutes=11)
    illness.correct(stage.teacher, case, CaseCard(child, "hfmd", "12-03", note="妈妈来电"))
    with pytest.raises(IllnessError, match="保健员或园长"):
        illness.undo_note(stage.teacher, case)
    with pytest.raises(IllnessError, match="保健员或园长"):
        illness.correct(stage.teacher, case, CaseCard(child, "fever", "12-03"))
    illness.undo_note(stage.nurse, case)


# -- an arrival


def test_an_arrival_with_a_fever_is_not_taken_back(stage):
    visit = stage.arrive(check=MorningCheck(tenths=365))
    fever_key = stage.health.fevers.begin(stage.teacher, visit, 392).value
    with pytest.raises(VisitInUseError, match="发热处理"):
        stage.services.arrivals.undo_check_in(stage.world.desk, visit)
    stage.health.fevers.undo_case(stage.teacher, fever_key)
    stage.services.arrivals.undo_check_in(stage.world.desk, visit)


def test_an_arrival_with_a_later_check_is_not_taken_back(stage):
    visit = stage.arrive(check=MorningCheck(tenths=365))
    mark = Mark(told="没精神", treatment="通知家长")
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, mark)
    with pytest.raises(VisitInUseError, match="检查"):
        stage.services.arrivals.undo_check_in(stage.world.desk, visit)


# -- an entry


def test_yesterdays_reading_is_not_taken_back_by_a_teacher_nor_corrected(stage):
    visit = stage.arrive()
    batch = log(stage, visit, 385)
    leave(stage, visit)
    on(stage)
    (entry,) = logbook.list_entries(stage.world.database, [visit])
    act = CheckIn(stage.world.children["张沐阳"])
    with pytest.raises(PastDayError, match="园长"):
        stage.services.classroom.undo(stage.teacher, batch)
    with pytest.raises(PastDayError, match="园长"):
        stage.services.classroom.undo_entry(stage.staff["沈玉洁"], entry.entry.id)
    lower = EntryDraft(EntryKind.TEMPERATURE, entry.entry.what.at, tenths=365, detail="forehead")
    with pytest.raises(PastDayError, match="园长"):
        stage.services.classes.corrections.correct(stage.teacher, entry.entry.id, lower, reason="看错了")
    with pytest.raises(ExcludedError):
        stage.services.arrivals.check_in(stage.world.desk, act)


def test_the_director_takes_yesterdays_entry_back_but_no_reading_of_a_fever(stage):
    visit = stage.arrive()
    hot = log(stage, visit, 385)
    stage.services.classroom.log(
        stage.teacher, (visit,), EntryDraft(EntryKind.WATER, stage.clock.now, amount_ml=100)
    )
    leave(stage, visit)
    on(stage)
    with pytest.raises(PastDayError, match="卫生—发热"):
        stage.services.classroom.undo(stage.world.director, hot)
    water = logbook.list_entries(stage.world.database, [visit])[-1]
    stage.services.classroom.undo_entry(stage.world.director, water.entry.id)
    (ladder,) = fever.list_of_visit(stage.world.database, visit)
    stage.health.fevers.undo_case(stage.world.director, ladder.id)
    stage.services.classroom.undo(stage.world.director, hot)


def test_a_fever_step_keeps_no_one_from_taking_todays_entry_back(stage):
    """A slip of the hand of today is mended at once, and its fever goes along unless somebody acted on it."""
    visit = stage.arrive()
    batch = log(stage, visit, 385)
    (ladder,) = fever.list_of_visit(stage.world.database, visit)
    stage.clock.at(9, 20)
    stage.health.fevers.step(stage.teacher, ladder.id, NewStep(StepKind.RECHECK, tenths=384, site="ear"))
    stage.services.classroom.undo(stage.teacher, batch)
    assert fever.list_of_visit(stage.world.database, visit)
