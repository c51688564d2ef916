"""Who counts as the guardian who was told: nobody barred, and nobody of whom the file knows nothing."""

import datetime as dt

import pytest

from app.domain.fever import FeverStepError, NewStep, StepKind
from app.domain.injuries import InjuryError
from app.domain.medicine import MedicineError
from app.domain.names import BadTextError
from app.services.collecting import CheckOut
from app.services.injuries import InjuryCard
from app.services.open_papers import Answer
from app.services.told_adults import BarredTellerError, Named, barred_words, with_reason
from app.store import fever
from tests.services.health_stage import stage
from tests.services.world import DAY, add_adult, add_child, own_pin

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
    visit = stage.arrive()
    card = InjuryCard(
        child=stage.world.children["张沐阳"], day=DAY, at="9:12", duty=stage.teacher.id, kind="2", place="1",
        activity="1", company="3", handling="1", story="跑的时候摔倒",
    )  # fmt: skip
    injury = stage.health.injuries.note(stage.teacher, card).value
    with pytest.raises(InjuryError, match="禁止接走") as refused:
        stage.health.injuries.tell(stage.teacher, injury, whom, "phone")
    assert refused.value.field == "whom"
    stage.health.injuries.tell(stage.teacher, injury, "妈妈 张母", "phone")
    request = stage.take(visit=visit)
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "退热了")
    with pytest.raises(MedicineError, match="禁止接走"):
        stage.health.medicine.give_back(stage.teacher, request.id, whom)


# -- by every name he is known by


@pytest.fixture
def child(stage):
    return stage.world.children["张沐阳"]


def bar(stage, child, name, phone, relation="爸爸"):
    with stage.world.database.unit(None, "build") as unit:
        key = add_adult(unit, stage.world, child, name, relation, phone, barred=True)
        unit.audit("child", child)
    return key


def stays_away(stage, child, who):
    return stage.services.arrivals.note_absence(stage.world.desk, child, "personal", "出门", who)


def test_a_barred_man_with_two_records_that_became_one_speaks_by_neither_name(stage, child):
    kept = bar(stage, child, "朱强", "13511112222")
    merged = bar(stage, child, "欧阳国", "13533334444")
    stage.services.merging.merge_adults(stage.world.director, child, kept, merged)
    for who in ("朱强", "欧阳国", "爸爸欧阳国", "孩子的 欧阳 国", "欧阳国先生"):
        with pytest.raises(BarredTellerError, match="被禁止接走"):
            stays_away(stage, child, who)
    told = barred_words(stage.world.database, child, "欧阳国", DAY)
    assert told.startswith("朱强（也叫欧阳国）被列为禁止接走")
    assert barred_words(stage.world.database, child, "朱强", DAY).startswith("朱强被列为禁止接走")


def test_nor_by_the_name_he_had_or_is_called_by(stage, child):
    man, pin = bar(stage, child, "朱强", "13511112222"), own_pin(stage.world)
    director, family = stage.world.director, stage.services.record_keeping.family
    family.change_adult(director, child, man, {"name": "林大海", "paper_kind": "court_order"}, own_pin=pin)
    stage.services.alarms.note_trait(director, man, "nickname", "阿彪")
    stage.services.alarms.note_trait(director, man, "nickname", "强")
    for who in ("林大海", "朱强", "阿彪", "邻居 强"):
        with pytest.raises(BarredTellerError):
            stays_away(stage, child, who)
    stays_away(stage, child, "舅舅 王强生")  # a single sign is part of many names


def test_nor_of_a_child_whom_only_a_record_like_hers_keeps_from_him(stage, child):
    with stage.world.database.unit(None, "build") as unit:
        twin = add_child(unit, stage.world, "张沐洋", dt.date(2023, 6, 1))
        unit.audit("child", twin)
    bar(stage, twin, "朱强", "13511112222")
    with pytest.raises(BarredTellerError):
        stays_away(stage, child, "朱强")
    told = barred_words(stage.world.database, child, "朱强", DAY)
    assert told.startswith("朱强（很像的孩子张沐洋的爸爸）被列为禁止接走")
    stays_away(stage, child, "爸爸")


@pytest.fixture
def kept(stage):
    """What is kept of somebody named, on one child's record."""
    child = stage.world.children["张沐阳"]

    def keep(whom, reason="", child_name="", **beside):
        named = Named(whom, reason, "请告诉家长；只能告诉此人的", InjuryError, "why", child_name)
        return with_reason(stage.world.database, child, named, DAY, **beside)

    return keep


def test_the_reason_stands_beside_a_strangers_name_and_beside_no_other(kept):
    assert kept("妈妈 张母", "不用写") == "妈妈 张母"
    assert kept("妈妈", "不用写", beside="半小时到") == "半小时到"
    assert kept("姑姑 李梅", " 妈妈手术中 ") == "姑姑 李梅（档案里没有：妈妈手术中）"
    assert kept("姑姑", "妈妈手术中", beside="半小时到") == "半小时到（档案里没有：妈妈手术中）"


@pytest.mark.parametrize("reason", ["", " "])
def test_a_stranger_without_a_reason_is_refused_where_the_reason_is_typed(kept, reason):
    with pytest.raises(
        InjuryError, match=r"^孩子的档案里没有“姑姑”。请告诉家长；只能告诉此人的，请写明"
    ) as refused:
        kept("姑姑", reason)
    assert refused.value.field == "why"
    with pytest.raises(InjuryError, match=r"^张沐阳 的档案里没有“姑姑”。"):
        kept("姑姑", reason, "张沐阳")


def test_a_name_and_its_reason_fit_together_into_what_is_kept(kept):
    assert len(kept("姑姑", "因" * 40, longest=50)) == 50
    with pytest.raises(InjuryError, match=r"^姓名和理由太长，一起请少写 1 个字。$") as refused:
        kept("姑姑", "因" * 41, longest=50)
    assert refused.value.field == "why"
    with pytest.raises(BadTextError):
        kept("姑姑", "因" * 101)
