"""T1, T2 and the slip: what is frozen for paper."""

import datetime as dt

import pytest

from app.domain.fever import NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.medicine import MedicineError
from app.domain.registers import RegisterError
from app.services.arrivals import MorningCheck
from tests.services.health_stage import stage
from tests.services.test_medicine import DRAWN

__all__ = ["stage"]


def test_the_month_lists_who_was_abnormal_and_counts_everybody(stage):
    sick = stage.arrive("张沐阳", MorningCheck(365))
    stage.arrive("周乐瑶", MorningCheck(364))
    mark = Mark(381, findings=("hot",), told="昨晚没睡好", treatment="单独照看")
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, sick, mark)
    stage.clock.at(9, 20)
    case = stage.health.fevers.view(stage.teacher).open[0].id
    stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.RECHECK, tenths=384, site="ear"))
    paper = stage.health.papers.rounds_month(stage.teacher, stage.clock.now.date())
    (row,) = paper.rows
    assert row == (
        "12-3",
        "抱抱龙",
        "张沐阳",
        "36.5℃ 正常",
        "",
        "09:12 38.1℃ 家长说昨晚没睡好 额头烫 黄牌",
        "单独照看；09:20 复测 耳温 38.4℃",
        "许静",
    )
    assert paper.summary.startswith("晨检 2 人次，异常 1 人次")
    assert (paper.where, paper.reference, paper.made_by) == ("全园", True, "许静")
    other = stage.health.papers.rounds_month(stage.teacher, stage.clock.now.date(), stage.world.stars)
    assert (other.where, other.rows) == ("小星星班", ())


def test_each_dose_has_its_line_with_both_names(stage):
    request = stage.take((12, 30), (16, 0), signed_how="screen", signature=DRAWN)
    stage.clock.at(13, 5)
    stage.give(request)
    stage.health.medicine.skip(stage.teacher, request.doses[1].id, "烧退了")
    paper = stage.health.papers.medicine_month(stage.teacher, stage.clock.now.date())
    first, second = paper.rows
    assert first[3:] == (
        "布洛芬混悬液",
        "2.5 ml 口服",
        "12:30",
        "妈妈（屏幕签名）",
        "13:05（晚 35 分钟）",
        "许静、孟佳",
    )
    assert second[7:] == ("没喂：烧退了", "许静")
    assert paper.summary == "收药 1 份，应喂 2 次，已喂 1 次。每次由两人核对。"


def test_the_slip_carries_the_signature_as_drawn(stage):
    request = stage.take((12, 30), signed_how="screen", signature=DRAWN)
    stage.clock.at(12, 30)
    stage.give(request)
    slip = stage.health.papers.medicine_slip(stage.teacher, request.id)
    assert slip.drawing[:2] == (600, 200)
    assert len(slip.drawing[2]) == 2
    assert (slip.doses[0].giver, slip.doses[0].second) == ("许静", "孟佳")
    assert slip.number == "M-20251203-0001"
    with pytest.raises(MedicineError):
        stage.health.papers.medicine_slip(stage.teacher, 99)


def test_the_class_prints_the_slip_of_what_is_given_next(stage):
    visit = stage.arrive("张沐阳")
    late = stage.take((16, 0), visit=visit, medicine="止咳糖浆")
    soon = stage.take((12, 30), visit=visit)
    papers = stage.health.papers
    assert papers.medicine_slip_due(stage.teacher, visit) == papers.medicine_slip(stage.teacher, soon.id)
    stage.clock.at(12, 30)
    stage.give(soon)
    assert papers.medicine_slip_due(stage.teacher, visit) == papers.medicine_slip(stage.teacher, late.id)
    stage.health.medicine.skip(stage.teacher, late.doses[0].id, "烧退了")
    with pytest.raises(MedicineError, match="没有等着喂的药"):
        papers.medicine_slip_due(stage.teacher, visit)


def test_a_fever_of_the_class_log_or_begun_by_hand_has_its_line(stage):
    """Her checks were normal, or there were none: the reading stands among what was seen during the day."""
    logged, unchecked = stage.arrive("张沐阳", MorningCheck(365)), stage.arrive("周乐瑶")
    stage.clock.at(10)
    heat = EntryDraft(EntryKind.TEMPERATURE, stage.clock.now, tenths=385, detail="forehead")
    stage.services.classroom.log(stage.teacher, (logged,), heat)
    stage.health.fevers.begin(stage.staff["孟佳"], unchecked, 392, "ear")
    case = next(one.id for one in stage.health.fevers.view(stage.teacher).open if one.visit == logged)
    stage.clock.at(10, 6)
    stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.RECHECK, tenths=386, site="ear"))
    paper = stage.health.papers.rounds_month(stage.teacher, stage.clock.now.date())
    assert paper.rows == (
        ("12-3", "抱抱龙", "张沐阳", "36.5℃ 正常", "", "10:00 38.5℃ 发热", "10:06 复测 耳温 38.6℃", "许静"),
        ("12-3", "抱抱龙", "周乐瑶", "", "", "10:00 39.2℃ 发热", "", "孟佳"),
    )
    assert paper.summary.startswith("晨检 1 人次，异常 2 人次")


@pytest.fixture
def ended(stage):
    """小星星 held its last day on 10 December; it is the 17th."""
    world = stage.world
    stage.arrive("曾雨桐")
    stage.health.ticks.tick_day(stage.teacher, "disinfection", world.stars, stage.clock.now.date())
    with world.database.unit(None, "test") as unit:
        unit.execute("update enrolment set ends_on = '2025-12-10' where class_id = :id", {"id": world.stars})
        unit.execute("update class_group set closed_on = '2025-12-10' where id = :id", {"id": world.stars})
        unit.audit("class", world.stars)
    stage.clock.now = stage.clock.now.replace(day=17)
    return stage


def test_a_class_that_ended_within_the_month_keeps_its_registers(ended):
    world, health, month = ended.world, ended.health, dt.date(2025, 12, 1)
    every = health.attendance.month(world.director, "2025-12")
    assert {row[0] for row in every.rows} == {"抱抱龙", "小星星"}
    own = health.attendance.month(world.director, "2025-12", world.stars)
    assert (own.where, [row[0] for row in own.rows]) == ("小星星班", ["曾雨桐"])
    cleaned = health.forms.register(world.director, "disinfection", "2025-12", world.stars)
    assert cleaned.where == "小星星班"
    assert any("√" in cell for row in cleaned.rows for cell in row)
    for paper in (health.papers.rounds_month, health.papers.medicine_month):
        assert paper(world.director, month, world.stars).where == "小星星班"


def test_a_class_of_another_month_is_refused_and_not_replaced_by_another(ended):
    world, health = ended.world, ended.health
    ended.clock.now = ended.clock.now.replace(year=2026, month=1)
    with pytest.raises(RegisterError, match="已经结束"):
        health.forms.register(world.director, "disinfection", "2026-01", world.stars)
    with pytest.raises(LookupError):
        health.attendance.month(world.director, "2026-01", world.stars)
    assert health.registers.month(world.director, "disinfection", "2026-01", world.stars).group is not None


def test_every_form_of_the_norm_says_its_number(stage):
    director, day = stage.world.director, stage.clock.now.date()
    health = stage.health
    papers = (
        health.papers.rounds_month(director, day),
        health.papers.medicine_month(director, day),
        health.attendance.month(director, "2025-12"),
    )
    assert [paper.form for paper in papers] == ["表1", "表2", "表3"]
