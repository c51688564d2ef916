"""Who was in the isolation room is logged neither outdoors nor at play for that time."""

import pytest

from app.domain.fever import NewStep, StepKind
from app.domain.logbook import EntryDraft, EntryKind
from app.services.apart_times import ApartError
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def visits(stage):
    """张沐阳 is in the isolation room from 9:31 on."""
    stage.clock.at(8, 30)
    found = {name: stage.arrive(name) for name in ("张沐阳", "周乐瑶")}
    stage.clock.at(9, 30)
    stage.case = stage.health.fevers.begin(stage.teacher, found["张沐阳"], 385).value
    stage.clock.at(9, 31)
    stage.health.fevers.step(stage.nurse, stage.case, NewStep(StepKind.ISOLATE, whom="顾红"))
    stage.clock.at(10, 40)
    return found


def log(stage, visits, kind, *names, at, until=None, **says):
    draft = EntryDraft(kind, stage.at(*at), until=until and stage.at(*until), **says)
    return stage.services.classroom.log(stage.teacher, tuple(visits[one] for one in names or visits), draft)


def kinds(stage, visits, name="张沐阳"):
    rows = stage.services.classroom.timeline(stage.teacher, visits[name]).rows
    return [row.kind for row in rows if row.kind in {"outdoor", "activity"}]


def test_she_is_left_out_by_name_with_the_reason(stage, visits):
    done = log(stage, visits, EntryKind.OUTDOOR, at=(9, 50), until=(10, 30))
    assert done.value.left_out == ("张沐阳 9:31 起在隔离室",)
    assert done.undo.label.endswith("未记：张沐阳 9:31 起在隔离室")
    log(stage, visits, EntryKind.ACTIVITY, at=(10, 0), detail="eager", text="手工课：贴雪花")
    assert (kinds(stage, visits), kinds(stage, visits, "周乐瑶")) == ([], ["outdoor", "activity"])


def test_alone_she_is_refused_and_a_correction_into_that_time_too(stage, visits):
    with pytest.raises(ApartError, match=r"^张沐阳 9:31 起在隔离室，不会和大家一起"):
        log(stage, visits, EntryKind.OUTDOOR, "张沐阳", at=(9, 50), until=(10, 30))
    log(stage, visits, EntryKind.OUTDOOR, at=(9, 0), until=(9, 31))
    (row,) = [
        one
        for one in stage.services.classroom.timeline(stage.teacher, visits["张沐阳"]).rows
        if one.kind == "outdoor"
    ]
    longer = EntryDraft(EntryKind.OUTDOOR, stage.at(9), until=stage.at(9, 50))
    with pytest.raises(ApartError):
        stage.services.classes.corrections.correct(stage.teacher, row.entry, longer)


def test_before_it_and_after_it_and_what_one_does_alone_is_logged(stage, visits):
    log(stage, visits, EntryKind.ACTIVITY, at=(9, 30), detail="eager", text="晨间活动")
    log(stage, visits, EntryKind.WATER, at=(10, 0), amount_ml=100)
    step = stage.health.fevers.step
    step(stage.nurse, stage.case, NewStep(StepKind.RECHECK, tenths=366, site="ear"))
    step(stage.nurse, stage.case, NewStep(StepKind.RELEASE))
    step(stage.nurse, stage.case, NewStep(StepKind.BACK))
    stage.clock.at(11, 30)
    log(stage, visits, EntryKind.OUTDOOR, at=(10, 40), until=(11, 20))
    assert kinds(stage, visits) == ["activity", "outdoor"]
    with pytest.raises(ApartError, match=r"^张沐阳 9:31 到 10:40 在隔离室"):
        log(stage, visits, EntryKind.OUTDOOR, "张沐阳", at=(10, 0), until=(10, 30))
