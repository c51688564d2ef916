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


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("甲流", "influenza"),
        ("医院说乙流", "influenza"),
        ("甲型流行感冒", "influenza"),
        ("疱疹性咽颊炎", "herpangina"),
        ("秋季腹泻", "diarrhoea"),
        ("菌痢", "dysentery"),
        ("急性乙肝", "hepatitis_b"),
        ("手脚口", "hfmd"),
        ("百日咳", "other"),
        ("没精神、发烧39度", "fever"),
        ("昨晚没睡好、发烧39度", "fever"),
        ("没胃口、手足口", "hfmd"),
        ("没去上学、水痘", "varicella"),
        ("发低烧", "fever"),
        ("体温38.5", "fever"),
        ("烧到39", "fever"),
        ("39度", "fever"),
        ("三十八度五", "fever"),
    ],
)
def test_an_illness_by_the_name_that_families_use_makes_its_case(stage, said, code):
    child = stage.world.children["张沐阳"]
    stage.services.arrivals.note_absence(stage.world.desk, child, "sick", said, "妈妈")
    (view,) = stage.health.illness.view(stage.nurse).cases
    assert view.case.told.disease == code
    on(stage, 1)
    with pytest.raises(ExcludedError, match="在家"):
        stage.arrive()


@pytest.mark.parametrize("said", ["没发烧、没咳嗽", "没有发烧和咳嗽", "不是手足口", "打乙肝疫苗"])
def test_what_is_denied_waits_for_the_health_worker_and_keeps_nobody_out(stage, said):
    stage.services.arrivals.note_absence(
        stage.world.desk, stage.world.children["张沐阳"], "sick", said, "妈妈"
    )
    view = stage.health.illness.view(stage.nurse)
    assert (view.cases, [one.words for one in view.reports]) == ((), [said])
    on(stage, 1)
    stage.arrive()


@pytest.mark.parametrize("said", ["红眼圈，没睡好", "荨麻疹"])
def test_what_only_sounds_like_an_illness_opens_no_case(stage, said):
    stage.services.arrivals.note_absence(
        stage.world.desk, stage.world.children["张沐阳"], "sick", said, "妈妈"
    )
    assert stage.health.illness.view(stage.nurse).cases == ()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("上吐下泻", True),
        ("医生说是疱疹", True),
        ("新冠阳性", True),
        ("支原体肺炎", True),
        ("幼儿急疹", True),
        ("拉肚子三次", True),
        ("咳嗽，没有呕吐", False),
        ("有点咳", False),
    ],
)
def test_signs_that_may_be_catching_wait_for_the_health_worker_until_she_is_back(stage, said, told):
    child = stage.world.children["张沐阳"]
    stage.services.arrivals.note_absence(stage.world.desk, child, "sick", said, "妈妈")
    view = stage.health.illness.view(stage.nurse)
    assert view.cases == ()
    assert [one.words for one in view.reports] == ([said] if told else [])
    on(stage, 1)
    stage.arrive()
    on(stage, 1)
    assert stage.health.illness.view(stage.nurse).reports == ()
