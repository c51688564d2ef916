"""Who counts as the guardian who was told: nobody barred, and nobody of whom the file knows nothing."""

import pytest

from app.domain.fever import FeverStepError, NewStep, StepKind
from app.domain.injuries import InjuryError
from app.domain.medicine import MedicineError
from app.services.collecting import CheckOut
from app.services.injuries import InjuryCard
from app.services.open_papers import Answer
from app.store import fever
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]

BARRED = ("邻居 张外人", "张外人", "张 外人", "邻居")


@pytest.fixture
def case(stage):
    key = stage.health.fevers.begin(stage.teacher, stage.arrive(), 385).value
    stage.clock.at(9, 20)
    stage.health.fevers.step(stage.teacher, key, NewStep(StepKind.RECHECK, tenths=386, site="ear"))
    return key


def call(stage, case, whom, **more):
    told = NewStep(StepKind.CALL, whom=whom, reached=True, words="半小时到", **more)
    return stage.health.fevers.step(stage.teacher, case, told)


@pytest.mark.parametrize("whom", BARRED)
def test_a_barred_person_is_no_guardian_who_was_reached(stage, case, whom):
    with pytest.raises(FeverStepError, match="禁止接走"):
        call(stage, case, whom)
    with pytest.raises(FeverStepError, match="禁止接走"):
        call(stage, case, whom, reason="妈妈托他接的")


def test_nor_does_one_take_her_home(stage, case):
    call(stage, case, "妈妈 张母")
    stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.ISOLATE, whom="许静"))
    visit, later = fever.find_case(stage.world.database, case).visit, (Answer("fever", case, "赶着去医院"),)
    act = CheckOut(visit, stage.world.adults["张母"], answers=later)
    stage.services.pickup.check_out(stage.world.desk, act)
    with pytest.raises(FeverStepError, match="禁止接走"):
        stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.COLLECTED, whom="张外人"))


def test_who_is_not_on_file_counts_only_with_a_reason(stage, case):
    with pytest.raises(FeverStepError, match="档案里没有") as refused:
        call(stage, case, "姑姑 李梅")
    assert refused.value.field == "reason"
    call(stage, case, "姑姑 李梅", reason="妈妈手术中，让打给姑姑")
    (step,) = fever.find_case(stage.world.database, case).of(StepKind.CALL)
    assert step.words == "半小时到（档案里没有：妈妈手术中，让打给姑姑）"


@pytest.mark.parametrize("whom", ["妈妈 张母", "张母", "妈妈"])
def test_who_is_on_file_is_named_as_one_likes(stage, case, whom):
    call(stage, case, whom)


def test_nobody_who_was_not_reached_needs_a_reason(stage, case):
    told = NewStep(StepKind.CALL, whom="姑姑 李梅", reached=False)
    stage.health.fevers.step(stage.teacher, case, told)


@pytest.mark.parametrize("whom", BARRED)
def test_nor_is_an_injury_told_to_one_or_medicine_given_to_one(stage, whom):
    card = InjuryCard(
        child=stage.world.children["张沐阳"], day=DAY, at="8:20", duty=stage.teacher.id, kind="2", place="1",
        activity="1", company="3", handling="1", story="跑的时候摔倒",
    )  # fmt: skip
    injury = stage.health.injuries.note(stage.teacher, card).value
    with pytest.raises(InjuryError, match="禁止接走") as refused:
        stage.health.injuries.tell(stage.teacher, injury, whom, "phone")
    assert refused.value.field == "whom"
    stage.health.injuries.tell(stage.teacher, injury, "妈妈 张母", "phone")
    request = stage.take()
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "退热了")
    with pytest.raises(MedicineError, match="禁止接走"):
        stage.health.medicine.give_back(stage.teacher, request.id, whom)
