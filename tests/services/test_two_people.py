"""Two people are two: nobody is both by a PIN that she chose for a colleague at her own screen."""

import pytest

from app.domain.shifts import CheckMark
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.services.pins import Second, SecondPersonError, keep_pin
from app.services.shifts import ShiftWish
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]


@pytest.fixture
def chosen_here(stage):
    """A colleague whose PIN was set while the teacher was signed in, as older builds allowed."""
    colleague = stage.staff["沈玉洁"]
    with stage.world.database.unit(stage.teacher.id, "choose_pin") as unit:
        keep_pin(unit, stage.world.rng, colleague.id, "4826", by=stage.teacher.id)
        unit.audit("staff", colleague.id)
    return Second(colleague.id, "4826")


def test_no_dose_is_given_by_one_person_with_two_pins(stage, chosen_here):
    request = stage.take()
    stage.clock.at(12, 30)
    with pytest.raises(SecondPersonError, match="须本人登录"):
        stage.give(request, second=chosen_here)
    with pytest.raises(SecondPersonError, match="须本人登录"):
        stage.give(request, giver=chosen_here)
    assert not stage.find(request.id).doses[0].at
    head = Second(stage.staff["周敏"].id, "5927")
    stage.services.pins.choose(stage.staff["沈玉洁"], "6194", "4826", head)
    stage.give(request, second=Second(chosen_here.staff, "6194"))


def test_nor_is_an_injury_or_a_shift_sheet_signed(stage, chosen_here):
    stage.arrive()
    card = InjuryCard(
        child=stage.world.children["张沐阳"], day=DAY, at="9:12", duty=stage.teacher.id, kind="2", place="1",
        activity="1", company="3", handling="1", story="跑的时候摔倒",
    )  # fmt: skip
    injury = stage.health.injuries.note(stage.teacher, card).value
    with pytest.raises(SecondPersonError, match="须本人登录"):
        stage.health.injuries.sign(stage.teacher, injury, chosen_here)
    shifts = stage.services.classes.shifts
    marks = tuple(
        CheckMark(item, good=True) for item in shifts.draft(stage.teacher, stage.world.dragons).items
    )
    with pytest.raises(SecondPersonError, match="须本人登录"):
        shifts.sign(stage.teacher, ShiftWish(stage.world.dragons, 1, marks), chosen_here)


def test_nor_is_an_ill_child_let_in(stage, chosen_here):
    illness = stage.health.illness
    case = illness.note(stage.nurse, CaseCard(stage.world.children["张沐阳"], "hfmd", "12-03")).value
    with pytest.raises(SecondPersonError, match="须本人登录"):
        illness.overrule(stage.world.director, case, "医生说可以", chosen_here)
