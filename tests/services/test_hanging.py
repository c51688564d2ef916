"""What hangs on a stay is named with the way to take it back; a stay on which nothing hangs goes at once."""

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.services.arrivals import VisitInUseError
from app.services.hanging import words_of
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def visit(stage):
    return stage.arrive()


def words(stage, visit):
    return words_of(stage.world.database, visit)


def test_on_a_stay_of_a_moment_ago_nothing_hangs(stage, visit):
    assert words(stage, visit) == ""
    stage.services.arrivals.undo_check_in(stage.world.desk, visit)


def test_entries_are_counted_and_gone_when_they_are_taken_back(stage, visit):
    log = stage.services.classroom
    drink = EntryDraft(EntryKind.WATER, stage.clock.now, amount_ml=80)
    first = log.log(stage.teacher, (visit,), drink).value.batch
    log.log(stage.teacher, (visit,), EntryDraft(EntryKind.MOOD, stage.clock.now, detail="calm"))
    assert words(stage, visit).startswith("2 条日志，不能撤销入园。请先在班级里撤销日志")
    log.undo(stage.teacher, first)
    assert words(stage, visit).startswith("1 条日志")


def test_a_fever_is_named_before_all_else_and_a_medicine_before_the_log(stage, visit):
    drink = EntryDraft(EntryKind.WATER, stage.clock.now, amount_ml=80)
    stage.services.classroom.log(stage.teacher, (visit,), drink)
    stage.take((12, 30), visit=visit)
    assert words(stage, visit).startswith("服药单")
    stage.health.fevers.begin(stage.teacher, visit, 384)
    assert words(stage, visit).startswith("发热处理")
    assert "卫生—发热" in words(stage, visit), "it says where"


def test_the_arrival_refuses_in_these_words(stage, visit):
    drink = EntryDraft(EntryKind.WATER, stage.clock.now, amount_ml=80)
    stage.services.classroom.log(stage.teacher, (visit,), drink)
    with pytest.raises(VisitInUseError, match="1 条日志") as refused:
        stage.services.arrivals.undo_check_in(stage.world.desk, visit)
    assert words(stage, visit) in refused.value.sentence
