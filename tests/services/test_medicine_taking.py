"""Who may sign a slip for a medicine, and how her name stands on it."""

import pytest

from app.domain.medicine import MedicineError, RefusedMedicineError, TooCloseError
from app.domain.names import BadTextError
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.mark.parametrize("signer", ["邻居 张外人", "张外人", "张 外人", "邻居"])
def test_nobody_barred_signs_for_a_medicine(stage, signer):
    with pytest.raises(MedicineError, match="张外人被列为禁止接走，不能替孩子签服药单") as told:
        stage.take(signer=signer, signer_reason="妈妈托他签")
    assert told.value.field == "signer"


def test_who_is_on_no_record_signs_with_a_reason_that_stays_beside_the_name(stage):
    visit = stage.arrive()
    with pytest.raises(MedicineError, match="档案里没有“姑姑 李梅”") as told:
        stage.take(visit=visit, signer="姑姑 李梅")
    assert told.value.field == "signer_reason"
    with pytest.raises(MedicineError, match="请少写 5 个字") as told:
        stage.take(visit=visit, signer="姑姑 李梅", signer_reason="妈" * 42)
    assert told.value.field == "signer_reason"
    with pytest.raises(BadTextError):
        stage.take(visit=visit, signer="姑姑 李梅", signer_reason="妈" * 101)
    request = stage.take(visit=visit, signer="姑姑 李梅", signer_reason="妈妈在手术，电话里同意")
    assert request.signer == "姑姑 李梅（档案里没有：妈妈在手术，电话里同意）"
    (row,) = stage.health.papers.medicine_month(stage.teacher, stage.clock.now.date()).rows
    assert "档案里没有：妈妈在手术" in row[6]


@pytest.mark.parametrize("signer", ["妈妈 张母", "张母", "妈妈"])
def test_who_is_on_file_is_named_as_one_likes(stage, signer):
    assert stage.take(signer=signer, signer_reason="不用写").signer == signer


def test_what_is_not_taken_is_said_before_a_signer_is_asked_about(stage):
    with pytest.raises(RefusedMedicineError):
        stage.take(medicine="阿莫西林颗粒", signer="路人甲")


def test_a_dose_at_home_is_not_lost_with_the_slip_that_told_of_it(stage):
    visit = stage.arrive()
    stage.clock.at(9)
    first = stage.take((12, 0), visit=visit, home_at=stage.at(8, 30))
    stage.health.medicine.undo_take(stage.teacher, first.id)
    for medicine in ("布洛芬混悬液", "美林"):
        with pytest.raises(MedicineError, match="撤销的那张单写着 08:30 在家喂过布洛芬混悬液") as told:
            stage.take((9, 30), visit=visit, medicine=medicine)
        assert told.value.field == "home_at"
    with pytest.raises(TooCloseError):
        stage.take((9, 30), visit=visit, home_at=stage.at(8, 30))
    assert stage.take((9, 30), visit=visit, medicine="开瑞坦").home_at is None  # another substance
    again = stage.take((12, 30), visit=visit, home_at=stage.at(8, 30))
    stage.health.medicine.undo_take(stage.teacher, again.id)
    with pytest.raises(MedicineError, match="撤销的那张单"):
        stage.take((12, 30), visit=visit)
    last = stage.take((9, 30), visit=visit, home_none=True)
    assert last.home_at is None
    (line,) = stage.world.database.rows(
        "select detail from audit where verb = 'take_medicine' and subject_id = :id", {"id": last.id}
    )
    assert line["detail"].endswith("妈妈签字；在家没喂过")
    stage.health.medicine.undo_take(stage.teacher, last.id)
    stage.take((9, 30), visit=visit)  # it was asked, and answered


@pytest.mark.parametrize("dose", ["5", "２．５", "1/2", "2-3", "每次 5", "半", "一次5"])
def test_a_number_without_its_unit_is_no_dose(stage, dose):
    with pytest.raises(MedicineError, match="没有写单位") as told:
        stage.take(dose=dose)
    assert told.value.field == "dose"


@pytest.mark.parametrize("dose", ["5ml", "半片", "1 袋", "每次 3 滴", "薄涂一层", "1/2包", "2.5 毫升"])
def test_a_dose_with_its_unit_is_taken(stage, dose):
    assert stage.take(dose=dose).dose == dose
