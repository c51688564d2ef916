"""带药 of a child who goes home and comes back the same day: what waits is due where she is now."""

import datetime as dt

import pytest

from app.domain.medicine import DoseState, MedicineError
from app.services.arrivals import VisitInUseError
from app.services.collecting import CheckOut
from app.services.medicine import NotUndoneError
from app.services.open_papers import Answer
from tests.services.health_stage import stage

__all__ = ["stage"]


def leave(stage, visit, *answers):
    act = CheckOut(visit, stage.world.adults["张母"], answers=answers)
    return stage.services.pickup.check_out(stage.world.desk, act)


@pytest.fixture
def back(stage):
    """Taken for 10:30 and 15:30; the first was given, then she went at 11 and is back at 13."""
    stage.clock.at(9, 30)
    request = stage.take((10, 30), (15, 30))
    stage.clock.at(10, 30)
    stage.give(request)
    stage.clock.at(11)
    leave(stage, request.visit, Answer("medicine", request.id, "下午还来"))
    stage.clock.at(13)
    return request, stage.arrive()


def test_what_waits_is_due_in_the_stay_that_she_is_in(stage, back):
    request, again = back
    stage.clock.at(15, 20)
    (line,) = stage.health.medicine.due(stage.world.dragons, stage.clock.now)
    assert (line.visit, line.short) == (again, "15:30 喂药")
    (card,) = stage.services.classroom.roster(stage.teacher, stage.world.dragons).cards
    assert "15:30 喂药" in [chip.words for chip in card.chips]
    assert stage.health.counts(stage.nurse).medicine == 1
    stage.clock.at(16, 5)
    alerts = [chip.words for chip in stage.services.desk.board(stage.world.desk).alerts]
    assert "张沐阳 15:30 的药还没喂" in alerts
    asked = [len(stage.services.handover.note(stage.teacher, one).doses) for one in (request.visit, again)]
    assert asked == [0, 1], "the note of the stay that is over waits for nothing"
    stage.give(stage.find(request.id), 1)
    assert stage.find(request.id).doses[1].state is DoseState.GIVEN
    assert stage.health.medicine.due(None, stage.clock.now) == ()


def test_each_note_tells_the_doses_of_its_own_stay(stage, back):
    request, again = back
    stage.clock.at(15, 30)
    stage.give(stage.find(request.id), 1)
    facts = stage.health.medicine.facts
    assert facts(request.visit) == ("10:30 喂布洛芬混悬液 2.5 ml（口服）",)
    assert facts(again) == ("15:30 喂布洛芬混悬液 2.5 ml（口服）",)
    told = [row.words for row in stage.services.classroom.timeline(stage.teacher, again).rows]
    assert len([words for words in told if "布洛芬" in words]) == 1


def test_the_second_paper_of_one_medicine_is_still_refused(stage, back):
    _, again = back
    with pytest.raises(MedicineError, match="已经登记过"):
        stage.take((15, 30), visit=again)


def test_what_her_family_was_told_at_the_door_is_the_directors_to_take_back(stage):
    stage.clock.at(9, 30)
    request = stage.take((10, 30), (15, 30))
    stage.clock.at(10, 30)
    stage.give(request)
    leave(stage, request.visit, Answer("medicine", request.id, "马上回来"))
    stage.clock.at(10, 35)
    stage.arrive()
    act = stage.find(request.id).doses[0].act
    with pytest.raises(NotUndoneError, match="家长已知道"):
        stage.health.medicine.undo_act(stage.teacher, act)
    stage.health.medicine.undo_act(stage.world.director, act)


def test_an_arrival_in_which_a_dose_was_given_is_not_taken_back(stage, back):
    request, again = back
    stage.clock.at(15, 30)
    stage.give(stage.find(request.id), 1)
    with pytest.raises(VisitInUseError, match="服药单"):
        stage.services.arrivals.undo_check_in(stage.world.desk, again)


def test_an_arrival_taken_back_leaves_the_medicine_where_it_was(stage, back):
    request, again = back
    stage.services.arrivals.undo_check_in(stage.world.desk, again)
    kept = stage.find(request.id)
    assert (kept.visit, kept.inside) == (request.visit, False)
    assert stage.health.medicine.due(None, stage.clock.now + dt.timedelta(hours=3)) == ()
