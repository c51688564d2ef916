"""Who has a fever that no second reading has refuted goes nowhere with the others."""

import pytest

from app.domain.fever import NewStep, StepKind
from app.services.day_moves import DayMoveError
from app.services.walks import WalkError
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def visits(stage):
    return {name: stage.arrive(name) for name in ("张沐阳", "周乐瑶")}


@pytest.fixture
def case(stage, visits):
    stage.clock.at(9, 30)
    return stage.health.fevers.begin(stage.teacher, visits["张沐阳"], 385).value


def step(stage, case, kind, **more):
    return stage.health.fevers.step(stage.teacher, case, NewStep(kind, **more))


def confirmed(stage, case):
    stage.clock.at(9, 40)
    step(stage, case, StepKind.RECHECK, tenths=386, site="ear")


def go(stage, visits, *names, place="院子"):
    keys = tuple(visits[name] for name in names or visits)
    return stage.services.classes.walks.start(stage.teacher, place, keys, (stage.teacher.id,))


def move(stage, visits, *names):
    keys = tuple(visits[name] for name in names or visits)
    return stage.services.classes.moves.move(stage.teacher, keys, stage.world.stars, "身体不适单独照看")


@pytest.mark.parametrize("how", ["measured once", "measured twice", "in the isolation room"])
def test_no_walk_and_no_other_class(stage, visits, case, how):
    if how == "measured twice":
        confirmed(stage, case)
    elif how == "in the isolation room":
        step(stage, case, StepKind.ISOLATE, whom="孟佳")
    with pytest.raises(WalkError, match="张沐阳发热处理中，不能一起外出") as caught:
        go(stage, visits)
    assert caught.value.field == "children"
    with pytest.raises(DayMoveError, match="张沐阳发热处理中，不能换班"):
        move(stage, visits)
    sheet = stage.services.classes.walks.sheet(stage.teacher, stage.world.dragons)
    assert sheet.apart == {visits["张沐阳"]}
    cards = stage.services.classroom.roster(stage.teacher, stage.world.dragons).cards
    assert {card.name: card.apart for card in cards} == {"张沐阳": True, "周乐瑶": False}
    move(stage, visits, "周乐瑶")


def test_she_goes_to_the_sickroom_with_nobody_but_her_like(stage, visits, case):
    confirmed(stage, case)
    with pytest.raises(WalkError):
        go(stage, visits, place="医务室")
    for one in (stage.teacher, stage.staff["孟佳"]):  # somebody stays with the other
        stage.services.classes.duty.clock_in(stage.world.director, one.id, stage.world.dragons)
    go(stage, visits, "张沐阳", place="医务室")


def test_one_that_is_over_or_was_none_keeps_nobody(stage, visits, case):
    stage.clock.at(9, 35)
    cool = step(stage, case, StepKind.RECHECK, tenths=368, site="ear")  # a second reading below the line
    stage.services.undo(stage.teacher, move(stage, visits).undo)
    stage.services.undo(stage.teacher, cool.undo)
    confirmed(stage, case)
    step(stage, case, StepKind.CALL, whom="妈妈 张母", reached=True, words="半小时到")
    step(stage, case, StepKind.ISOLATE, whom="孟佳")
    stage.clock.at(10, 30)
    step(stage, case, StepKind.RECHECK, tenths=368, site="ear")
    step(stage, case, StepKind.RELEASE)
    with pytest.raises(WalkError):
        go(stage, visits)
    step(stage, case, StepKind.BACK)
    go(stage, visits)


def test_no_taking_back_brings_her_among_the_others(stage, visits):
    moved, walk = move(stage, visits, "张沐阳"), go(stage, visits, "周乐瑶")
    stage.services.undo(stage.teacher, walk.undo)
    stage.health.fevers.begin(stage.teacher, visits["张沐阳"], 385)
    with pytest.raises(DayMoveError, match="发热处理中"):
        stage.services.undo(stage.teacher, moved.undo)


def test_a_return_is_not_taken_back_over_a_fever(stage, visits):
    walk = go(stage, visits)
    stage.clock.at(9, 20)
    back = stage.services.classes.walks.back(stage.teacher, walk.value, tuple(visits.values()))
    stage.health.fevers.begin(stage.teacher, visits["张沐阳"], 385)
    with pytest.raises(WalkError, match="张沐阳发热处理中"):
        stage.services.undo(stage.teacher, back.undo)
