"""The verbs of the health room: rounds, the steps of a fever, medicine and its way home."""

import datetime as dt

from app.domain.fever import NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.logbook import EntryDraft, EntryKind, Site
from app.domain.medicine import RequestDraft
from app.services.collecting import CheckOut
from app.services.medicine import Giving
from app.services.open_papers import Answer
from app.services.pins import Second
from app.store import people
from tests.services.world import DAY


def round_check(stage):
    visit = stage.arrive().visit
    mark = Mark(366, findings=("cough",))
    return lambda: stage.services.health.rounds.keep(stage.world.teacher, RoundKind.NOON, visit, mark)


def round_fever(stage):
    visit = stage.arrive().visit
    return lambda: stage.services.health.rounds.keep(stage.world.teacher, RoundKind.NOON, visit, Mark(381))


def round_rest(stage):
    stage.arrive()
    stage.arrive("周乐瑶")
    return lambda: stage.services.health.rounds.rest_normal(stage.world.teacher, RoundKind.NOON)


def undo_round(stage):
    done = round_rest(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def undo_round_check(stage):
    key = round_check(stage)().value
    return lambda: stage.services.health.rounds.undo_check(stage.world.teacher, key)


def log_fever(stage):
    visit = stage.arrive().visit
    draft = EntryDraft(EntryKind.TEMPERATURE, stage.world.clock.now, detail=Site.ARMPIT, tenths=381)
    return lambda: stage.services.classroom.log(stage.world.teacher, (visit,), draft)


def begin_fever(stage):
    visit = stage.arrive().visit
    return lambda: stage.services.health.fevers.begin(stage.world.teacher, visit, 381)


def fever_step(stage):
    case = begin_fever(stage)().value
    step = NewStep(StepKind.ISOLATE, whom="许静")
    return lambda: stage.services.health.fevers.step(stage.world.teacher, case, step)


def undo_fever_step(stage):
    key = fever_step(stage)().value
    return lambda: stage.services.health.fevers.undo_step(stage.world.teacher, key)


def undo_fever(stage):
    done = begin_fever(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def fever_at_the_door(stage):
    case = begin_fever(stage)().value
    visit = stage.world.database.row("select visit_id from fever_case")["visit_id"]
    act = CheckOut(visit, stage.world.adults["张母"], answers=(Answer("fever", case),))
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def take_medicine(stage):
    visit = stage.arrive().visit
    now = stage.world.clock.now
    draft = RequestDraft(
        medicine="布洛芬混悬液",
        dose="2.5 ml",
        way="口服",
        reason="遵医嘱",
        allergy="无",
        original_pack=True,
        expires_on=dt.date(2026, 6, 30),
        brought=1,
        times=(now + dt.timedelta(minutes=10),),
        signer="妈妈",
    )
    return lambda: stage.services.health.medicine.take(stage.world.teacher, visit, draft)


def undo_take_medicine(stage):
    done = take_medicine(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def _dose(stage):
    take_medicine(stage)()
    (request,) = stage.services.health.medicine.day(stage.world.teacher).requests
    return request, request.doses[0].id


def give_medicine(stage):
    other = next(one for one in people.list_staff(stage.world.database, DAY) if one.name == "孟佳")
    stage.services.pins.choose(stage.world.teacher, "7043")
    stage.services.pins.choose(other, "2816")
    request, dose = _dose(stage)
    first, second = Second(stage.world.teacher.id, "7043"), Second(other.id, "2816")
    giving = Giving(dose, request.child, "2.5 ml", first, second)
    return lambda: stage.services.health.medicine.give(stage.world.teacher, giving)


def skip_medicine(stage):
    _, dose = _dose(stage)
    return lambda: stage.services.health.medicine.skip(stage.world.teacher, dose, "吐了")


def dose_at_home(stage):
    """Its hour came while she was at home, and her medicine was still here."""
    request, dose = _dose(stage)
    later = (Answer("medicine", request.id, "忘在办公室"),)
    act = CheckOut(request.visit, stage.world.adults["张母"], answers=later)
    stage.services.pickup.check_out(stage.world.desk, act)
    given = stage.world.clock.now + dt.timedelta(minutes=10)
    stage.world.clock.now += dt.timedelta(minutes=30)
    stage.arrive()
    return lambda: stage.services.health.medicine.at_home(stage.world.teacher, dose, given, "妈妈")


def undo_dose(stage):
    done = give_medicine(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def return_medicine(stage):
    skip_medicine(stage)()
    return lambda: stage.services.health.medicine.give_back(stage.world.teacher, 1, "妈妈 张母")


def undo_return_medicine(stage):
    done = return_medicine(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def medicine_at_the_door(stage):
    request, _ = _dose(stage)
    act = CheckOut(request.visit, stage.world.adults["张母"], answers=(Answer("medicine", request.id),))
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


HEALTH_ACTS = (
    round_check,
    round_fever,
    round_rest,
    undo_round,
    undo_round_check,
    log_fever,
    begin_fever,
    fever_step,
    undo_fever_step,
    undo_fever,
    fever_at_the_door,
    take_medicine,
    undo_take_medicine,
    give_medicine,
    skip_medicine,
    dose_at_home,
    undo_dose,
    return_medicine,
    undo_return_medicine,
    medicine_at_the_door,
)
