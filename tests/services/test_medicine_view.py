"""What the page of medicine and the cards show: a dose that is due, one that is stopped, who may sign."""

import datetime as dt

import pytest

from app.domain.looks import Tone
from app.services.medicine_view import ask_form, due_line
from app.services.pickup import CheckOut
from app.store import visits
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def line(stage):
    request = stage.take((14, 30), allergy="无")
    (dose,) = request.doses

    def at(hour, minute, *, held=()):
        return due_line(request, dose, stage.at(hour, minute), 15, held)

    return at


def test_a_dose_is_called_by_its_minutes_and_late_only_beyond_those_of_the_rule(line):
    ahead, late, grave = line(14, 10), line(14, 45), line(14, 46)
    assert ahead.due_words == "14:30 · 还有 20 分钟"
    assert ahead.short == "14:30 喂药"
    assert late.tone is not Tone.BAD
    assert grave.tone is Tone.BAD


def test_what_she_does_not_tolerate_stops_it_whatever_the_hour(line):
    stopped = line(14, 10, held=("布洛芬",))
    assert (stopped.short, stopped.tone, stopped.stopped) == ("14:30 停喂", Tone.BAD, True)
    assert stopped.due_words.startswith("14:30 · 停喂，")
    assert "布洛芬" in stopped.due_words
    assert "还有" not in stopped.due_words, "nobody waits for a dose that must not come"


def test_only_who_is_inside_can_be_asked_for_by_class_and_name(stage):
    visit = stage.arrive("曾雨桐")
    stage.arrive("周乐瑶")
    stage.arrive("张沐阳")
    found = ask_form(stage.world.database, stage.clock.now)
    assert [(one.class_name, one.name) for one in found] == [
        ("抱抱龙", "周乐瑶"), ("抱抱龙", "张沐阳"), ("小星星", "曾雨桐"),
    ]  # fmt: skip
    stage.services.pickup.check_out(stage.world.desk, CheckOut(visit, stage.world.adults["曾母"]))
    assert "曾雨桐" not in {one.name for one in ask_form(stage.world.database, stage.clock.now)}


def test_her_allergies_stand_beside_her_and_the_barred_one_signs_for_nothing(stage):
    stage.arrive("张沐阳")
    (choice,) = ask_form(stage.world.database, stage.clock.now)
    assert (choice.allergies, choice.adults) == (("花生",), ("妈妈 张母",))
    assert (choice.id, choice.keys) == (choice.child, "张沐阳")


def test_who_was_forgotten_yesterday_is_not_here_today(stage):
    stage.arrive("张沐阳")
    stage.clock.now += dt.timedelta(days=1)
    assert ask_form(stage.world.database, stage.clock.now) == ()


def test_what_was_taken_of_late_is_offered_once_for_each_medicine_the_last_first(stage):
    def go(visit):
        with stage.world.database.unit(stage.world.desk.id, "test") as unit:
            visits.end_visit(unit, visit, stage.world.adults["张母"], "known", stage.world.desk.id)
            unit.audit("visit", visit)

    stage.take((9, 30), (14, 30), reason="咳嗽")
    visit = stage.find(stage.health.medicine.day(stage.teacher).requests[0].id).visit
    stage.take((12, 0), visit=visit, medicine="沐舒坦", dose="5 ml")
    wrong = stage.take((13, 0), visit=visit, medicine="开瑞坦")
    stage.health.medicine.undo_take(stage.teacher, wrong.id)
    assert [one.before for one in ask_form(stage.world.database, stage.clock())] == [()], "not of today"
    go(visit)
    stage.clock.now += dt.timedelta(days=1)
    visit = stage.arrive()
    (child,) = [one for one in ask_form(stage.world.database, stage.clock()) if one.name == "张沐阳"]
    assert [(one.medicine, one.dose) for one in child.before] == [
        ("沐舒坦", "5 ml"),
        ("布洛芬混悬液", "2.5 ml"),
    ]
    assert [f"{dose.due_at:%H:%M}" for dose in child.before[1].doses] == ["09:30", "14:30"]
    go(visit)
    stage.clock.now += dt.timedelta(days=14)
    stage.arrive()
    assert [one.before for one in ask_form(stage.world.database, stage.clock())] == [()]
