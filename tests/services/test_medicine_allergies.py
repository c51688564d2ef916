"""No medicine is taken that the child does not tolerate, whatever name it is sold under."""

import pytest

from app.domain.health_round import RoundKind
from app.domain.looks import Chip, Tone
from app.domain.medicine import (
    AllergicMedicineError,
    DoseDoneError,
    MedicineError,
    TooEarlyError,
    UnclearAllergyError,
)
from app.services.class_joins import joined
from app.services.health_alerts import health_alerts, health_chips
from app.services.medicine_allergies import clashes
from app.services.shift_joins import joined as shift_sources
from app.store import children
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.mark.parametrize(
    "medicine", ["美林", "布洛芬混悬液", "臣功再欣（锌布颗粒）", "头孢克肟颗粒", "希刻劳"]
)
def test_an_allergy_on_file_meets_every_name_of_the_substance(stage, medicine):
    child = stage.world.children["周乐瑶"]
    with stage.world.database.unit(None, "test") as unit:
        children.answer_allergy(unit, child, "has", ("布洛芬", "头孢"))
        unit.audit("child", child)
    with pytest.raises(AllergicMedicineError, match="过敏"):
        stage.take(visit=stage.arrive("周乐瑶"), medicine=medicine)


@pytest.mark.parametrize(
    ("allergy", "medicine"),
    [
        ("布洛芬", "布洛芬混悬液"),
        ("对乙酰氨基酚过敏，起疹子", "对乙酰氨基酚混悬滴剂"),
        ("对扑热息痛过敏", "泰诺林"),
        ("青霉素", "阿莫西林颗粒"),
        ("磺胺、头孢类", "头孢克洛"),
    ],
)
def test_so_does_what_the_slip_itself_says(stage, allergy, medicine):
    with pytest.raises(AllergicMedicineError):
        stage.take(medicine=medicine, allergy=allergy)


@pytest.mark.parametrize("allergy", ["无", "没有", "头孢", "布洛芬不过敏，吃过没事", "对花粉过敏", "药"])
def test_another_allergy_or_none_keeps_no_medicine_out(stage, allergy):
    assert stage.take(allergy=allergy).doses


def test_two_packs_of_one_substance_are_not_taken_for_one_day(stage):
    visit = stage.arrive()
    stage.take(visit=visit, medicine="对乙酰氨基酚混悬滴剂")
    for other in ("小儿氨酚黄那敏颗粒", "感冒灵颗粒", "酚麻美敏混悬液"):
        with pytest.raises(MedicineError, match=r"对乙酰氨基酚混悬滴剂.*同一种成分"):
            stage.take((13, 0), visit=visit, medicine=other)


def note_allergy(stage, *substances):
    child = stage.world.children["张沐阳"]
    with stage.world.database.unit(None, "test") as unit:
        children.answer_allergy(unit, child, "has", substances)
        unit.audit("child", child)
    return child


def test_an_allergy_noted_after_the_slip_was_taken_stops_the_dose(stage):
    request = stage.take((12, 30))
    note_allergy(stage, "花生", "布洛芬")
    with pytest.raises(AllergicMedicineError, match=r"张沐阳 对布洛芬过敏.*不能喂"):
        stage.give(request)  # said also while it is too early
    stage.clock.at(12, 30)
    with pytest.raises(AllergicMedicineError):
        stage.give(request)
    note_allergy(stage, "花生")  # it was another child's
    stage.give(request)
    note_allergy(stage, "布洛芬")
    with pytest.raises(DoseDoneError):
        stage.give(request)
    assert clashes(stage.world.database, [stage.find(request.id)]) == {}


def test_another_allergy_stops_nothing(stage):
    request = stage.take((12, 30))
    note_allergy(stage, "鸡蛋")
    assert stage.health.medicine.day(stage.teacher).clashes == {}
    with pytest.raises(TooEarlyError):
        stage.give(request)


def test_the_stopped_dose_is_marked_on_every_list_until_it_is_left_out(stage):
    request = stage.take((16, 0))
    child, now, file = note_allergy(stage, "布洛芬"), stage.clock.now, stage.world.database
    dragons, day = stage.world.dragons, stage.clock.now.date()
    assert stage.health.medicine.day(stage.teacher).clashes == {request.id: ("布洛芬",)}
    (line,) = stage.health.medicine.due(None, now)
    assert (line.due_words, line.tone, line.short) == ("16:00 · 停喂，对布洛芬过敏", Tone.BAD, "16:00 停喂")
    assert joined(file).due_medicine([child], now) == {child: ("16:00 停喂，对布洛芬过敏",)}
    assert tuple(one.chip for one in health_alerts(file, now)) == (
        Chip("张沐阳 16:00 的药停喂：对布洛芬过敏", Tone.BAD),
    )
    stopped = Chip("16:00 停喂", Tone.BAD)
    assert health_chips(file, dragons, now) == (
        {request.visit: (stopped,)}, (Chip("过敏停喂 1", Tone.BAD),),
    )  # fmt: skip
    assert "停喂，对布洛芬过敏" in shift_sources(file).medicine(dragons, day)[0]
    (row,) = stage.health.rounds.view(stage.teacher, RoundKind.DAY, dragons).rows
    assert row.medicine == "16:00 停喂，过敏"
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "对布洛芬过敏，妈妈知道了")
    assert stage.health.medicine.due(None, now) == ()
    assert (health_alerts(file, now), health_chips(file, dragons, now)) == ((), ({}, ()))


DOUBT = ("除对乙酰氨基酚外都过敏", "只能用对乙酰氨基酚", "蚕豆病", "不清楚")


DENIED = {"allergy_answer": "none", "allergy_teller": "妈妈 张母"}


@pytest.mark.parametrize("line", DOUBT)
def test_a_line_in_doubt_is_read_aloud_before_the_medicine_is_taken(stage, line):
    visit = stage.arrive()
    with pytest.raises(UnclearAllergyError, match=r"念给家长听") as asked:
        stage.take((16, 0), visit=visit, allergy=line)
    assert asked.value.field == "allergy_answer"
    request = stage.take((9, 30), visit=visit, allergy=line, **DENIED)
    assert request.allergy == f"{line}（念给家长听过，妈妈 张母说对这种药不过敏）"
    stage.clock.at(9, 30)
    stage.give(request)


@pytest.mark.parametrize(
    ("answer", "teller", "error", "words", "field"),
    [
        ("has", "妈妈 张母", AllergicMedicineError, "家长说孩子对布洛芬混悬液过敏", "allergy_answer"),
        ("unsure", "妈妈 张母", UnclearAllergyError, "家长也说不清", "allergy_answer"),
        ("妈妈说可以", "妈妈 张母", UnclearAllergyError, "念给家长听", "allergy_answer"),
        ("none", "", UnclearAllergyError, "档案里有的家长", "allergy_teller"),
        ("none", "隔壁王叔", UnclearAllergyError, "档案里有的家长", "allergy_teller"),
        ("none", "邻居 张外人", MedicineError, "禁止接走，孩子对药过不过敏不听此人的", "allergy_teller"),
    ],
)
def test_only_a_denial_by_an_adult_on_file_lets_a_line_in_doubt_pass(
    stage, answer, teller, error, words, field
):
    with pytest.raises(error, match=words) as refused:
        stage.take((16, 0), allergy="不详", allergy_answer=answer, allergy_teller=teller)
    assert refused.value.field == field
    assert stage.health.medicine.day(stage.teacher).requests == ()


def test_the_line_and_who_denied_it_are_kept_whole_or_not_at_all(stage):
    with pytest.raises(MedicineError, match=r"少写 \d+ 个字") as refused:
        stage.take((16, 0), allergy="不清楚" * 30, **DENIED)
    assert refused.value.field == "allergy"


@pytest.mark.parametrize("line", ["吃布洛芬后呼吸不正常", "青霉素没反应布洛芬有反应"])
def test_no_word_of_a_parent_lets_pass_what_the_line_says_for_sure(stage, line):
    with pytest.raises(AllergicMedicineError):
        stage.take((16, 0), allergy=line, **DENIED)


def test_a_slip_in_doubt_that_was_taken_before_is_not_given(stage):
    request = stage.take((9, 30))
    with stage.world.database.unit(None, "older") as unit:
        unit.execute("update medicine_request set allergy = '蚕豆病' where id = :id", {"id": request.id})
        unit.audit("medicine", request.id)
    stage.clock.at(9, 30)
    with pytest.raises(UnclearAllergyError, match=r"先不能喂.*重新收"):
        stage.give(request)
