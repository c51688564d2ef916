"""What waits behind each tab of the health room, counted where it is kept."""

import datetime as dt

from app.services.absences import AbsenceNote
from app.services.illness import CaseCard
from app.services.registers import Filled
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]


def test_each_page_says_how_much_waits_behind_it(stage):
    def counts():
        return stage.health.counts(stage.teacher)

    before = counts()
    assert (before.fever, before.medicine, before.injuries, before.registers) == (0, 0, 0, 0)
    request = stage.take((12, 30), (16, 0))
    stage.health.fevers.begin(stage.teacher, request.visit, 384)
    answers = stage.health.registers.presets(stage.teacher, "food_sample") | {"dish": "番茄牛腩"}
    stage.health.registers.keep(stage.teacher, "food_sample", Filled("今天", answers))
    now = counts()
    assert (now.fever, now.medicine, now.registers) == (1, 2, 0), "the sample is cold for two days"
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "发热，先就医")
    assert counts().medicine == 1
    stage.clock.now += dt.timedelta(hours=48)
    assert counts().registers == 1


def test_exams_and_vaccination_books_are_counted_as_the_page_lists_them(stage):
    view = stage.health.doctor.view(stage.teacher)
    due = [*view.exams, *(one for one in view.vaccines if one.late)]
    assert stage.health.counts(stage.teacher).doctor == len(due) + bool(view.reminder)
    assert due, "nobody of this centre has an exam on file"


def test_what_was_told_of_an_illness_and_a_fever_are_counted_until_there_is_a_case(stage):
    def count():
        return stage.health.counts(stage.teacher).illness

    child = stage.world.children["张沐阳"]
    before = count()
    told = AbsenceNote(child, "personal", DAY, DAY, reason="弟弟得了手足口", told_by="妈妈")
    stage.services.absences.note(stage.world.desk, told)
    assert count() == before + 1 == len(stage.health.illness.view(stage.teacher).reports)
    stage.health.illness.note(stage.teacher, CaseCard(child, "hfmd", "今天"))
    assert count() == before
