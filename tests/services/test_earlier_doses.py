"""Doses of earlier days at the door: what was given as asked is no news; late, left out, taken back is."""

import datetime as dt

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.domain.shifts import Section
from app.services.arrivals import MorningCheck
from app.services.class_views import Answer, Cleared
from app.services.collecting import CheckOut
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def visit(stage):
    return stage.arrive(check=MorningCheck(tenths=365))


def home(stage, visit, request=None):
    """She goes home, and comes again the next day: what her mother has not heard of then."""
    mother = stage.world.adults["张母"]
    if request is not None:
        stage.health.medicine.give_back(stage.teacher, request.id, "妈妈 张母")
    stage.services.pickup.check_out(stage.world.desk, CheckOut(visit, mother))
    stage.clock.now = stage.clock.now.replace(hour=9, minute=12) + dt.timedelta(days=1)
    return waiting(stage, stage.arrive(check=MorningCheck(tenths=365)))


def waiting(stage, visit):
    return stage.services.classes.telling.door(stage.teacher, visit).waiting(stage.world.adults["张母"])


def test_a_dose_given_as_asked_is_no_news(stage, visit):
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 31)
    stage.give(request)
    assert home(stage, visit, request) == ()


def test_a_dose_given_late_is(stage, visit):
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(14)
    stage.give(request)
    assert home(stage, visit, request) == ("12月3日 14:00 喂布洛芬混悬液 2.5 ml",)


def test_a_dose_left_out_is(stage, visit):
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 40)
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "孩子吐了")
    (said,) = home(stage, visit, request)
    assert said.startswith("12月3日 12:30 的布洛芬混悬液没喂")


def test_a_dose_taken_back_after_she_went_home_was_not_given(stage, visit):
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 31)
    act = stage.give(request).value
    stage.health.medicine.give_back(stage.teacher, request.id, "妈妈 张母")
    mother = stage.world.adults["张母"]
    stage.services.pickup.check_out(stage.world.desk, CheckOut(visit, mother))
    stage.clock.at(16)
    stage.health.medicine.undo_act(stage.world.director, act)
    stage.clock.now = stage.clock.now.replace(hour=9, minute=12) + dt.timedelta(days=1)
    (said,) = waiting(stage, stage.arrive(check=MorningCheck(tenths=365)))
    assert said.startswith("12月3日 12:30 的布洛芬混悬液没喂")
    assert (
        "没喂：12:31 记过已喂，后来撤销" in stage.services.handover.note(stage.teacher, visit).drafted.health
    )


def test_a_swapped_meal_is_no_news(stage, visit):
    stage.clock.at(12)
    nuts = EntryDraft(EntryKind.MEAL, stage.at(11, 30), detail="lunch", grade=4, text="花生酱拌面")
    cleared = Cleared((Answer(visit, frozenset({"花生"}), "已换替餐", "swapped"),))
    stage.services.classroom.log(stage.teacher, (visit,), nuts, cleared=cleared)
    assert home(stage, visit) == ()


def test_the_sheet_of_a_shift_tells_of_a_dose_in_time_once(stage, visit):
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 31)
    stage.give(request)
    stage.clock.at(13)
    draft = stage.services.classes.shifts.draft(stage.teacher, stage.world.dragons)
    told = [line.section for line in draft.lines if "布洛芬" in line.words]
    assert told == [Section.MEDICINE]
