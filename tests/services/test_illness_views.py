"""A case on the screen: until when she stays at home, what has to be seen, and from what it counts."""

import datetime as dt

import pytest

from app.domain.looks import Tone
from app.services.absences import AbsenceNote
from app.services.illness import CaseCard
from app.services.illness_views import case_view
from app.services.pins import Second
from app.store import centre, illness
from app.store.health_rules import DiseaseBook
from tests.services.health_stage import PINS, stage
from tests.services.world import DAY

__all__ = ["stage"]


@pytest.fixture
def note(stage):
    def noted(disease, onset="今天", **more):
        card = CaseCard(stage.world.children["张沐阳"], disease, onset, **more)
        return stage.health.illness.note(stage.nurse, card).value

    return noted


def shown(stage, case, today=DAY):
    kept = next(one for one in illness.list_cases(stage.world.database, DAY, DAY) if one.id == case)
    return case_view(kept, DiseaseBook(stage.world.database), today)


def chip(view):
    (one,) = view.chips
    return one.words, one.tone


def test_the_word_goes_from_the_earliest_day_to_the_paper_to_the_door(stage, note):
    case = note("hfmd")
    assert chip(shown(stage, case)) == ("最早 12月17日", Tone.BAD)
    on = DAY + dt.timedelta(days=14)
    assert chip(shown(stage, case, on - dt.timedelta(days=1))) == ("最早 12月17日", Tone.BAD)
    assert chip(shown(stage, case, on)) == ("待看证明", Tone.WARN)
    assert shown(stage, case, on).home
    stage.health.illness.see_certificate(stage.nurse, case, "市妇幼 复课证明", "今天")
    seen = shown(stage, case, on)
    assert (chip(seen), seen.home) == (("可以来园", Tone.OK), False)
    assert dict(seen.lines)["证明"] == "市妇幼 复课证明（顾红 12月3日 09:12）"


def test_let_in_for_one_day_is_told_with_both_who_answer_for_it_and_ends_with_the_day(stage, note):
    case = note("hfmd")
    second = Second(stage.staff["周敏"].id, PINS["周敏"])
    stage.health.illness.overrule(stage.teacher, case, "医生说可以", second)
    view = shown(stage, case)
    assert chip(view) == ("今天园长放行", Tone.WARN)
    assert dict(view.lines)["放行"] == "12月3日 许静、周敏：医生说可以"
    assert chip(shown(stage, case, DAY + dt.timedelta(days=1)))[1] is Tone.BAD


def test_a_suspicion_is_marked_a_diagnosis_is_not_and_a_fever_is_no_guess(stage, note):
    suspected = shown(stage, note("varicella"))
    assert suspected.title == "张沐阳　水痘（疑似）"
    assert "还不知道" in dict(suspected.lines)["最早返园"]
    sure = shown(stage, note("mumps", diagnosed="今天", diagnosed_by="市妇幼", basis="今天"))
    assert "疑似" not in sure.title
    assert dict(sure.lines)["诊断"] == "12月3日 市妇幼"
    assert "还不知道" not in dict(sure.lines)["最早返园"]
    assert "疑似" not in shown(stage, note("fever")).title


def test_an_illness_of_no_line_is_called_as_it_was_written_and_empty_lines_are_left_out(stage, note):
    view = shown(stage, note("other", detail="百日咳"))
    assert view.title == "张沐阳　百日咳（疑似）"
    assert dict(view.lines)["病种"] == "百日咳（疑似）"
    assert not {"证明", "放行", "返园", "备注", "诊断"} & set(dict(view.lines))
    assert view.words == "抱抱龙　12月3日发病"


def test_a_report_that_waits_says_of_which_class_she_is(stage):
    child = stage.world.children["张沐阳"]
    told = AbsenceNote(child, "personal", DAY, DAY, reason="弟弟得了手足口", told_by="妈妈")
    stage.services.absences.note(stage.world.desk, told)
    (report,) = stage.health.illness.view(stage.nurse).reports
    group = next(one for one in centre.list_classes(stage.world.database, DAY) if one.id == report.class_id)
    assert (report.child, report.class_name) == (child, group.name)
