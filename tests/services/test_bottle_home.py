"""The bottle has gone home: a dose taken back is not due for ever, a stranger took it for a reason."""

import pytest

from app.domain.medicine import DoseDoneError, DoseState, MedicineError
from app.domain.shifts import Section
from app.store.medicine import find_request
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def request_(stage):
    """Given at 12:31 and noted so, the bottle handed back; then it turned out that she had nothing."""
    stage.clock.at(9)
    made = stage.take()
    stage.clock.at(12, 31)
    act = stage.give(made).value
    stage.health.medicine.give_back(stage.teacher, made.id, "妈妈 张母")
    stage.health.medicine.undo_act(stage.staff["许静"], act)
    return stage.find(made.id)


def shift_lines(stage):
    draft = stage.services.classes.shifts.draft(stage.teacher, stage.world.dragons)
    return [line.words for line in draft.lines if line.section is Section.MEDICINE]


def test_family_and_next_shift_hear_that_it_was_not_given(stage, request_):
    said = "12:30 的布洛芬混悬液没喂：12:31 记过已喂，后来撤销"
    note = stage.services.handover.note(stage.teacher, request_.visit)
    assert said in note.text.health
    (line,) = shift_lines(stage)
    assert line.endswith("12:30 没喂：12:31 记过已喂，后来撤销，药12:31 交还妈妈 张母")
    assert stage.health.medicine.due(None, stage.clock.now) == ()


def test_it_is_left_out_with_a_reason_and_not_given(stage, request_):
    with pytest.raises(DoseDoneError, match="已经12:31 交还"):
        stage.give(request_)
    done = stage.health.medicine.skip(stage.teacher, request_.doses[0].id, "孩子吐出来了")
    kept = stage.find(request_.id)
    assert (kept.doses[0].state, kept.waiting) == (DoseState.SKIPPED, ())
    assert shift_lines(stage) == ["张沐阳 布洛芬混悬液 2.5 ml 12:30 没喂：孩子吐出来了"]
    assert "没喂：孩子吐出来了" in stage.services.handover.note(stage.teacher, kept.visit).text.health
    with pytest.raises(DoseDoneError, match="不能再记一次"):
        stage.health.medicine.skip(stage.teacher, kept.doses[0].id, "再记一次")
    stage.services.undo(stage.teacher, done.undo)


def test_of_the_bottle_that_is_still_here_it_is_due_again(stage, request_):
    key = find_request(stage.world.database, request_.id).return_key
    stage.health.medicine.undo_return(stage.teacher, key)
    assert shift_lines(stage) == ["张沐阳 布洛芬混悬液 2.5 ml 12:30 待喂"]
    assert [line.short for line in stage.health.medicine.due(None, stage.clock.now)] == ["12:30 喂药"]


def test_a_stranger_is_handed_the_rest_for_a_reason_that_stands_beside_her_name(stage):
    made = stage.take()
    stage.health.medicine.skip(stage.teacher, made.doses[0].id, "退热了")
    with pytest.raises(MedicineError, match="档案里没有“隔壁王叔”。请交给档案里的家长") as refused:
        stage.health.medicine.give_back(stage.teacher, made.id, "隔壁王叔")
    assert refused.value.field == "reason"
    with pytest.raises(MedicineError, match="请写交还给了谁"):
        stage.health.medicine.give_back(stage.teacher, made.id, " ")
    stage.health.medicine.give_back(stage.teacher, made.id, "隔壁王叔", "半瓶", "妈妈来电托他带回")
    assert stage.find(made.id).returned.endswith("交还隔壁王叔（档案里没有：妈妈来电托他带回）")
