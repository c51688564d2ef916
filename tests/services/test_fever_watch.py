"""A reading at the fever line begins a ladder, and what follows of the same child is its next reading."""

import datetime as dt

import pytest

from app.domain.fever import FeverStepError, StepKind
from app.domain.staff import Permission, Role
from app.domain.thermometer import HOTTEST
from app.services.fever_watch import (
    note_refused,
    notice_fever,
    notice_reading,
    require_fever_slip,
)
from app.store import fever
from tests.services.health_stage import stage

__all__ = ["stage"]

LINE = 373


@pytest.fixture
def visit(stage):
    return stage.arrive()


@pytest.fixture
def read(stage, visit):
    """A reading (tenths) of now, or of another moment, as some act of the class keeps it."""

    def kept(tenths, at=None):
        with stage.world.database.unit(stage.teacher.id, "reading") as unit:
            notice_reading(unit, visit, tenths, "ear", stage.teacher, at=at)
            unit.audit("visit", visit)

    return kept


def ladders(stage, visit):
    with stage.world.database.unit(None, "look") as unit:
        unit.audit("visit", visit)
        return fever.list_of_visit(unit, visit)


def test_the_line_itself_is_a_fever_and_a_tenth_below_is_none(stage, visit, read):
    read(LINE - 1)
    assert ladders(stage, visit) == ()
    read(LINE)
    (ladder,) = ladders(stage, visit)
    assert ladder.recheck_at == stage.clock.now + dt.timedelta(minutes=5)


def test_before_the_minutes_are_over_a_reading_is_no_recheck_and_then_it_is(stage, visit, read):
    read(384)
    (ladder,) = ladders(stage, visit)
    read(385, at=ladder.recheck_at - dt.timedelta(minutes=1))
    assert ladders(stage, visit)[0].of(StepKind.RECHECK) == ()
    read(382, at=ladder.recheck_at)
    assert [one.tenths for one in ladders(stage, visit)[0].of(StepKind.RECHECK)] == [382]


def test_the_same_reading_in_other_words_counts_once(stage, visit, read):
    read(384)
    due = ladders(stage, visit)[0].recheck_at
    read(382, at=due)
    read(382, at=due)
    read(381, at=due)
    assert [one.tenths for one in ladders(stage, visit)[0].of(StepKind.RECHECK)] == [382, 381]


def test_one_stay_has_one_ladder_and_a_ladder_of_another_stay_hides_no_fever(stage, visit, read):
    read(384)
    with stage.world.database.unit(stage.teacher.id, "again") as unit:
        assert notice_fever(unit, visit, 390, "ear", stage.teacher) is None
        unit.audit("visit", visit)
    other = stage.arrive("周乐瑶")
    with stage.world.database.unit(stage.teacher.id, "other") as unit:
        assert notice_fever(unit, other, 390, "ear", stage.teacher) is not None


def test_a_fever_is_taken_back_within_ten_minutes_or_by_who_answers_for_it(stage):
    database, since = stage.world.database, stage.clock.now
    stage.clock.now = since + dt.timedelta(minutes=10)
    require_fever_slip(database, stage.teacher, "张沐阳", LINE, since)
    stage.clock.now += dt.timedelta(seconds=1)
    with pytest.raises(FeverStepError, match="张沐阳"):
        require_fever_slip(database, stage.teacher, "张沐阳", LINE, since)
    require_fever_slip(database, stage.nurse, "张沐阳", LINE, since)
    require_fever_slip(database, stage.teacher, "张沐阳", LINE - 1, since)
    everybody = (*stage.staff.values(), stage.nurse)
    keepers = {one.role for one in everybody if one.may(Permission.ANSWER_FOR_HEALTH)}
    assert keepers == {Role.HEALTH_WORKER, Role.DIRECTOR}


def test_a_fever_at_the_door_is_kept_though_the_arrival_is_refused_and_a_slip_of_the_key_is_not(stage):
    database, child = stage.world.database, stage.world.children["张沐阳"]
    before = database.commits
    for tenths in (None, HOTTEST + 1):
        note_refused(database, stage.teacher, child, "张沐阳", tenths)
    assert database.commits == before
    note_refused(database, stage.teacher, child, "张沐阳", HOTTEST)
    assert database.commits == before + 1
