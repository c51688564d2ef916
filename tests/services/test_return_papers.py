"""Which paper lets a child come back who was ill: not one of the day on which she fell ill."""

import datetime as dt

import pytest

from app.domain.illness import ExcludedError, IllnessError
from app.services.arrivals import CheckIn
from app.services.illness import CaseCard
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def case(stage):
    card = CaseCard(stage.world.children["张沐阳"], "varicella", "12-03")
    return stage.health.illness.note(stage.nurse, card).value


def on(stage, days):
    stage.clock.now += dt.timedelta(days=days)


def test_a_paper_of_the_first_days_is_none_without_the_day_the_days_count_from(stage, case):
    with pytest.raises(IllnessError, match="疱疹全部结痂") as refused:
        stage.health.illness.see_certificate(stage.nurse, case, "门诊病历：水痘")
    assert refused.value.field == "basis"
    on(stage, 9)
    stage.health.illness.see_certificate(stage.nurse, case, "结痂证明", "昨天")
    on(stage, 5)
    stage.arrive()


def test_one_kept_by_an_older_release_opens_the_door_only_once_that_day_is_known(stage, case):
    with stage.world.database.unit(stage.nurse.id, "see_certificate") as unit:
        unit.execute(
            "insert into illness_clearance (case_id, kind, day, words, seen_by, at)"
            " values (:case, 'certificate', '2025-12-03', '门诊病历：水痘', :by, :at)",
            {"case": case, "by": stage.nurse.id, "at": unit.stamp},
        )
        unit.audit("illness", case)
    on(stage, 14)
    act = CheckIn(stage.world.children["张沐阳"])
    with pytest.raises(ExcludedError, match=r"更正.*起算日"):
        stage.services.arrivals.check_in(stage.world.desk, act)
    card = CaseCard(stage.world.children["张沐阳"], "varicella", "12-03", basis="12-12")
    stage.health.illness.correct(stage.nurse, case, card)
    stage.services.arrivals.check_in(stage.world.desk, act)


def test_a_paper_seen_when_she_comes_back_needs_no_such_day(stage, case):
    on(stage, 14)
    stage.health.illness.see_certificate(stage.nurse, case, "市妇幼 复课证明")
    stage.arrive()
