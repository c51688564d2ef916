"""No medicine is taken that the child does not tolerate, whatever name it is sold under."""

import pytest

from app.domain.medicine import AllergicMedicineError, MedicineError
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
