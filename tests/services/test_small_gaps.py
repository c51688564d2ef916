"""Small things that a form would not let through and the service has to refuse by itself."""

import datetime as dt

import pytest

from app.domain.illness import ExcludedError
from app.domain.injuries import InjuryError
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.names import BadTextError
from app.domain.registers import RegisterError
from app.domain.shifts import CheckMark, ShiftError
from app.services.collecting import CheckOut
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.services.registers import Filled
from app.services.shifts import ShiftWish
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]


@pytest.mark.parametrize("days", [-3, 366, 10**12])
def test_nobody_rests_more_days_than_a_year(stage, days):
    stage.arrive()
    card = InjuryCard(
        child=stage.world.children["张沐阳"], day=DAY, at="9:12", duty=stage.teacher.id, kind="2", place="1",
        activity="1", company="3", handling="1", story="跑的时候摔倒", rest_days=days,
    )  # fmt: skip
    with pytest.raises(InjuryError, match="0 到 365") as refused:
        stage.health.injuries.note(stage.teacher, card)
    assert refused.value.field == "rest_days"


def test_a_dose_stands_on_the_sheet_of_the_shift_when_the_bottle_has_gone_home(stage):
    request = stage.take()
    stage.clock.at(12, 30)
    stage.give(request)
    stage.health.medicine.give_back(stage.teacher, request.id, "妈妈")
    draft = stage.services.classes.shifts.draft(stage.teacher, stage.world.dragons)
    assert "张沐阳 布洛芬混悬液 2.5 ml 12:30 已喂" in [line.words for line in draft.lines]


def test_a_line_takes_the_place_of_one_of_its_own_register_only(stage):
    keep = stage.health.registers.keep
    talk = {"place": "本园", "audience": "家长", "form": "专栏", "content": "手足口"}
    entry = keep(stage.teacher, "health_talk", Filled("今天", talk)).value
    drill = stage.health.registers.presets(stage.teacher, "drill") | {"people": "20", "course": "疏散"}
    with pytest.raises(RegisterError, match="不在这本登记里"):
        keep(stage.teacher, "drill", Filled("今天", drill), entry)


def test_no_lamp_burns_over_people(stage):
    answers = stage.health.registers.presets(stage.teacher, "uv_lamp") | {"empty": "否"}
    with pytest.raises(RegisterError, match="人走空") as refused:
        stage.health.registers.keep(stage.teacher, "uv_lamp", Filled("今天", answers, stage.world.dragons))
    assert refused.value.field == "empty"


def test_who_was_found_ill_after_she_left_does_not_come_back_by_undo(stage):
    pickup, adult = stage.services.pickup, stage.world.adults["张母"]
    card = CaseCard(stage.world.children["张沐阳"], "hfmd", "12-03")
    done = pickup.check_out(stage.world.desk, CheckOut(stage.arrive(), adult))
    stage.clock.at(9, 30)
    case = stage.health.illness.note(stage.nurse, card).value
    with pytest.raises(ExcludedError, match="离园后登记了病例"):
        stage.services.undo(stage.world.desk, done.undo)
    stage.health.illness.undo_note(stage.nurse, case)
    stage.services.undo(stage.world.desk, done.undo)


@pytest.mark.parametrize("field", ["text", "note"])
def test_no_sign_that_nobody_sees_is_kept_in_a_log(stage, field):
    visit = stage.arrive()
    for sign in ("\x00", "\u202e"):
        draft = EntryDraft(EntryKind.ACTIVITY, stage.clock.now, **{"text": "体操", field: f"体{sign}操"})
        with pytest.raises(BadTextError, match="看不见的符号"):
            stage.services.classroom.log(stage.teacher, (visit,), draft)


def test_a_class_is_handed_over_by_its_own_teachers_and_once(stage):
    shifts, world = stage.services.classes.shifts, stage.world
    other, partner = stage.staff["沈玉洁"], stage.second("孟佳")
    marks = tuple(CheckMark(item, good=True) for item in shifts.draft(stage.teacher, world.dragons).items)
    wish = ShiftWish(world.stars, 0, marks)
    with pytest.raises(ShiftError, match="小星星的老师或园长"):
        shifts.sign(stage.teacher, wish, partner)
    own = ShiftWish(world.dragons, 0, marks)
    sheet = shifts.sign(stage.teacher, own, partner).value
    with pytest.raises(ShiftError, match="刚签过"):
        shifts.sign(stage.teacher, own, partner)
    with pytest.raises(ShiftError, match="许静、孟佳"):
        shifts.void(other, sheet)
    shifts.void(stage.staff["孟佳"], sheet)
    shifts.sign(stage.teacher, own, partner)
    stage.clock.now += dt.timedelta(minutes=1)
    shifts.sign(stage.teacher, own, partner)
