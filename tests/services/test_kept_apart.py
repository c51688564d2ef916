"""Who has a fever that no second reading has refuted goes nowhere with the others."""

import pytest

from app.domain.fever import FeverStepError, NewStep, StepKind
from app.services.day_moves import DayMoveError
from app.services.headcounts import inside_now
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
    with pytest.raises(DayMoveError, match="张沐阳发热处理中，不能去别的班"):
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


def test_who_is_put_apart_while_she_is_on_a_walk_leaves_it_with_the_time(stage, visits):
    walks = stage.services.classes.walks
    stage.clock.at(9, 20)
    walk = go(stage, visits, place="公园").value
    stage.clock.at(9, 50)
    case = stage.health.fevers.begin(stage.teacher, visits["张沐阳"], 385).value
    with pytest.raises(
        FeverStepError, match=r"^张沐阳 09:20 起在公园，还没有返回。请在说明里写谁带她回来"
    ) as caught:
        step(stage, case, StepKind.ISOLATE, whom="孟佳")
    assert caught.value.field == "words"
    done = step(stage, case, StepKind.ISOLATE, whom="孟佳", words="孟佳抱回来")
    assert done.undo.label == "张沐阳 进隔离室，09:50 离开公园的队伍"
    (out,) = walks.sheet(stage.teacher, stage.world.dragons).out
    assert [one.name for one in out.waiting] == ["周乐瑶"]
    outside = {one.name: one.outside for one in inside_now(stage.world.database, stage.clock.now)}
    assert outside == {"张沐阳": "", "周乐瑶": "公园"}
    stage.services.undo(stage.teacher, done.undo)
    (out,) = walks.sheet(stage.teacher, stage.world.dragons).out
    assert len(out.waiting) == 2, "she was not put apart after all"
    step(stage, case, StepKind.ISOLATE, whom="孟佳", words="孟佳抱回来")
    stage.clock.at(10, 20)
    back = walks.back(stage.teacher, walk, (visits["周乐瑶"],), minutes=True)
    assert back.undo.label == "公园返回 1 人，户外 60 分钟 1 人"
    assert "户外" not in stage.services.handover.note(stage.teacher, visits["张沐阳"]).text.prose
