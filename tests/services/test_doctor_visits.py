"""医育结合: a visit a month, kept, corrected, taken back, printed; and who is due."""

import random

import pytest

from app.domain.errors import RuleError
from app.domain.staff import NotPermittedError
from app.reports import registry
from app.services.bundle import build
from app.services.doctor_visits import DoctorVisitError, VisitTyped
from app.store import doctor_visits, record_acts
from app.store.record_acts import Change
from tests.reports.reading import Reading


@pytest.fixture
def all_of(world):
    return build(world.database, world.clock, random.Random(7))


@pytest.fixture
def doctor(all_of):
    return all_of.health.doctor


def typed(world, **more):
    told = {
        "day": "今天",
        "doctor": "李医生",
        "clinic": "向阳社区卫生服务中心",
        "content": "口腔",
        "conclusion": "总体良好",
        "children": {world.children["张沐阳"]: "多晒太阳", world.children["周乐瑶"]: ""},
    }
    return VisitTyped(**(told | more))


def test_a_visit_is_kept_and_ends_the_reminder(world, doctor):
    assert "12 月还没有" in doctor.view(world.teacher).reminder
    doctor.keep(world.teacher, typed(world))
    shown = doctor.view(world.teacher)
    assert shown.reminder == ""
    told = shown.visits[0].told
    assert [(one.name, one.words) for one in told.children] == [("张沐阳", "多晒太阳"), ("周乐瑶", "")]
    assert shown.visits[0].noted_by == "许静"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"day": "2025-12-04"}, "day"),
        ({"day": "昨"}, "day"),
        ({"doctor": " "}, "doctor"),
        ({"clinic": ""}, "clinic"),
        ({"conclusion": ""}, "conclusion"),
        ({"children": {}}, "child"),
        ({"children": {999: ""}}, "child"),
    ],
)
def test_what_is_missing_is_said_at_its_field(world, doctor, more, field):
    with pytest.raises(RuleError) as refused:
        doctor.keep(world.teacher, typed(world, **more))
    assert refused.value.field == field
    assert doctor.view(world.teacher).visits == ()


def test_a_correction_supersedes_and_undo_brings_the_old_back(world, doctor, all_of):
    first = doctor.keep(world.teacher, typed(world))
    second = doctor.keep(world.teacher, typed(world, conclusion="另有一名复查", replaces=first.value))
    assert [one.told.conclusion for one in doctor_visits.list_visits(world.database)] == ["另有一名复查"]
    assert doctor_visits.find_visit(world.database, first.value) is None
    assert len(world.database.rows("select id from doctor_visit")) == 2
    with pytest.raises(DoctorVisitError):
        doctor.keep(world.teacher, typed(world, replaces=first.value))
    all_of.undo(world.teacher, second.undo)
    assert [one.told.conclusion for one in doctor.view(world.teacher).visits] == ["总体良好"]
    all_of.undo(world.teacher, first.undo)
    assert doctor.view(world.teacher).visits == ()
    with pytest.raises(DoctorVisitError):
        all_of.undo(world.teacher, first.undo)


def test_the_cashier_neither_reads_nor_writes(world, doctor):
    for act in (doctor.view, lambda actor: doctor.keep(actor, typed(world))):
        with pytest.raises(NotPermittedError):
            act(world.cashier)


def note(world, name, **values):
    with world.database.unit(world.director.id, "change_child") as unit:
        child = world.children[name]
        act = record_acts.add_act(unit, "child", child, "体检")
        for field, value in values.items():
            record_acts.add_change(unit, act, Change("child", child, field, "", value))
        unit.audit("child", child)


def test_an_exam_is_due_half_a_year_after_the_last_and_a_visit_counts(world, doctor):
    note(world, "张沐阳", exam="fit", exam_on="2025-05-20", vaccination="complete")
    lines = {one.name: one for one in doctor.view(world.teacher).exams}
    assert lines["张沐阳"].late
    assert "11-20" in lines["张沐阳"].words
    assert lines["周乐瑶"].words == "2025-12-03 前定期体检、血红蛋白、听力、眼和视力（没有记录）"
    assert "曾雨桐" not in lines  # ten months old
    doctor.keep(world.teacher, typed(world))
    lines = {one.name: one.words for one in doctor.view(world.teacher).exams}
    assert lines["周乐瑶"] == "2025-12-03 前血红蛋白、听力、眼和视力（没有记录）"


def test_haemoglobin_hearing_and_eyes_are_reminded_of_each_by_its_own_last_day(world, doctor):
    note(
        world, "张沐阳", exam="fit", exam_on="2025-11-20", blood_on="2024-12-20", hearing_on="2025-11-20",
        vision_on="2025-05-01",
    )  # fmt: skip
    lines = {one.name: one for one in doctor.view(world.teacher).exams}
    assert lines["张沐阳"].words == (
        "2025-11-01 前眼和视力（上次 2025-05-01）；2025-12-20 前血红蛋白（上次 2024-12-20）"
    )
    assert lines["张沐阳"].late
    doctor.keep(world.teacher, typed(world, content="血常规、听力筛查，视力"))
    assert not {"张沐阳", "周乐瑶"} & {one.name for one in doctor.view(world.teacher).exams}


def test_what_a_doctor_only_advised_was_not_done(world, doctor):
    doctor.keep(
        world.teacher, typed(world, content="身高体重", conclusion="请家长带去查血红蛋白、听力、视力")
    )
    lines = {one.name: one.words for one in doctor.view(world.teacher).exams}
    assert "血红蛋白" in lines["周乐瑶"]


def test_the_vaccination_book_comes_before_the_hints(world, doctor):
    note(world, "张沐阳", vaccination="complete")
    note(world, "马思睿", vaccination="catch_up")
    lines = {one.name: one.words for one in doctor.view(world.teacher).vaccines}
    assert "张沐阳" not in lines
    assert "需要补种" in lines["马思睿"]
    assert "还没有查验" in lines["周乐瑶"]


def test_the_paper_shows_everybody_seen(world, doctor, qapp):
    key = doctor.keep(world.teacher, typed(world)).value
    text = Reading(registry.draw(doctor.paper(world.teacher, key))).text()
    for words in ("医疗机构巡诊记录", "李医生", "张沐阳", "多晒太阳", "周乐瑶", "无特殊", "参考格式"):
        assert words in text, words
    with pytest.raises(DoctorVisitError):
        doctor.paper(world.teacher, 99)
