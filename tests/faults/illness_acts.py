"""The verbs of injuries, suspected harm, illness and the registers kept in rounds."""

import datetime as dt

from app.services.absences import AbsenceNote
from app.services.collecting import CheckOut
from app.services.concerns import ConcernCard, ReportCard
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.services.open_papers import Answer
from app.services.pins import Second
from app.services.registers import Filled
from tests.services.world import DAY


def _director(stage):
    stage.services.pins.choose(stage.world.director, "5927")
    return Second(stage.world.director.id, "5927")


def _card(stage, story="抢车时咬了左前臂"):
    world = stage.world
    return InjuryCard(
        world.children["张沐阳"], DAY, "9:12", world.teacher.id, "12", "2", "1", "3", "1", story, "bite",
        world.children["周乐瑶"], ("wash",), ("front.left_forearm",),
    )  # fmt: skip


def note_injury(stage):
    stage.arrive()
    return lambda: stage.services.health.injuries.note(stage.world.teacher, _card(stage))


def correct_injury(stage):
    key = note_injury(stage)().value
    return lambda: stage.services.health.injuries.correct(stage.world.teacher, key, _card(stage, "更正"))


def undo_injury(stage):
    done = note_injury(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def tell_of_injury(stage):
    key = note_injury(stage)().value
    return lambda: stage.services.health.injuries.tell(stage.world.teacher, key, "妈妈", "phone")


def sign_injury(stage):
    key, second = note_injury(stage)().value, _director(stage)
    return lambda: stage.services.health.injuries.sign(stage.world.teacher, key, second)


def add_to_injury(stage):
    key = note_injury(stage)().value
    return lambda: stage.services.health.injuries.add_words(stage.world.teacher, key, "好转")


def leave_with_an_injury_told(stage):
    visit = stage.arrive().visit
    key = stage.services.health.injuries.note(stage.world.teacher, _card(stage)).value
    stage.services.health.injuries.sign(stage.world.teacher, key, _director(stage))
    act = CheckOut(visit, stage.world.adults["张母"], answers=(Answer("injury", key),))
    return lambda: stage.services.pickup.check_out(stage.world.desk, act)


def note_concern(stage):
    card = ConcernCard(stage.world.children["张沐阳"], "今天", None, "背上有烫痕")
    return lambda: stage.services.health.concerns.note(stage.world.teacher, card)


_PIN = "7043"


def report_concern(stage):
    stage.services.pins.choose(stage.world.teacher, _PIN)
    stage.world.clock.now += dt.timedelta(minutes=1)  # a first PIN opens what was written after it
    key = note_concern(stage)().value
    card = ReportCard("110", "今天", "9:00")
    return lambda: stage.services.health.concerns.report(stage.world.teacher, _PIN, key, card)


def add_to_concern(stage):
    stage.services.pins.choose(stage.world.teacher, _PIN)
    stage.world.clock.now += dt.timedelta(minutes=1)  # a first PIN opens what was written after it
    key = note_concern(stage)().value
    return lambda: stage.services.health.concerns.add_words(stage.world.teacher, _PIN, key, "补充")


def note_case(stage):
    card = CaseCard(stage.world.children["张沐阳"], "hfmd", "今天")
    return lambda: stage.services.health.illness.note(stage.world.teacher, card)


def correct_case(stage):
    key = note_case(stage)().value
    card = CaseCard(stage.world.children["张沐阳"], "hfmd", "昨天")
    return lambda: stage.services.health.illness.correct(stage.world.teacher, key, card)


def undo_case(stage):
    done = note_case(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def see_certificate(stage):
    key = note_case(stage)().value
    return lambda: stage.services.health.illness.see_certificate(
        stage.world.director, key, "复课证明", "今天"
    )


def undo_certificate(stage):
    done = see_certificate(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def overrule_case(stage):
    key, second = note_case(stage)().value, _director(stage)
    return lambda: stage.services.health.illness.overrule(stage.world.teacher, key, "医生同意", second)


def sick_leave_that_names_an_illness(stage):
    note = AbsenceNote(stage.world.children["张沐阳"], "sick", DAY, DAY, "手足口病", told_by="妈妈")
    return lambda: stage.services.absences.note(stage.world.desk, note)


def undo_sick_leave_with_its_case(stage):
    done = sick_leave_that_names_an_illness(stage)()
    return lambda: stage.services.undo(stage.world.desk, done.undo)


def _denied(stage):
    note = AbsenceNote(stage.world.children["张沐阳"], "sick", DAY, DAY, "排除流感", told_by="妈妈")
    stage.services.absences.note(stage.world.desk, note)


def dismiss_report(stage):
    _denied(stage)
    illness, child = stage.services.health.illness, stage.world.children["张沐阳"]
    return lambda: illness.dismiss(stage.world.director, child, "妈妈发来化验单")


def restore_report(stage):
    done = dismiss_report(stage)()
    return lambda: stage.services.undo(stage.world.director, done.undo)


def keep_register(stage):
    registers = stage.services.health.registers
    answers = registers.presets(stage.world.teacher, "food_sample") | {"dish": "番茄牛腩"}
    return lambda: registers.keep(stage.world.teacher, "food_sample", Filled("今天", answers))


def undo_register(stage):
    done = keep_register(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def end_register(stage):
    key = keep_register(stage)().value
    return lambda: stage.services.health.registers.end(stage.world.teacher, key)


def undo_end_register(stage):
    done = end_register(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def close_register(stage):
    registers, world = stage.services.health.registers, stage.world
    answers = registers.presets(world.teacher, "isolation") | {"signs": "发热"}
    filled = Filled("今天", answers, None, world.children["张沐阳"])
    key = registers.keep(world.teacher, "isolation", filled).value
    return lambda: registers.close(world.teacher, key)


def keep_samples(stage):
    samples, world = stage.services.health.samples, stage.world
    presets = stage.services.health.registers.presets(world.teacher, "food_sample")
    answers = [(name, presets[name]) for name in ("grams", "sampled", "discard_after", "keeper")]
    return lambda: samples.keep(world.teacher, "午餐", ("软米饭", "紫菜汤"), answers)


def tick(stage):
    world = stage.world
    verb = stage.services.health.ticks.tick
    return lambda: verb(world.teacher, "disinfection", world.dragons, DAY, "air")


def tick_day(stage):
    world = stage.world
    return lambda: stage.services.health.ticks.tick_day(world.teacher, "disinfection", world.dragons, DAY)


def untick(stage):
    tick(stage)()
    world = stage.world
    verb = stage.services.health.ticks.untick
    return lambda: verb(world.teacher, "disinfection", world.dragons, DAY, "air")


def mend_tick(stage):
    key = tick(stage)().value
    world, answers = stage.world, {"at": "08:30", "method": "开窗", "minutes": "20"}
    verb = stage.services.health.ticks.keep
    return lambda: verb(world.teacher, "disinfection", world.dragons, DAY, "air", answers, key)


def undo_tick_day(stage):
    done = tick_day(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


ILLNESS_ACTS = (
    note_injury,
    correct_injury,
    undo_injury,
    tell_of_injury,
    sign_injury,
    add_to_injury,
    leave_with_an_injury_told,
    note_concern,
    report_concern,
    add_to_concern,
    note_case,
    correct_case,
    undo_case,
    see_certificate,
    undo_certificate,
    overrule_case,
    sick_leave_that_names_an_illness,
    undo_sick_leave_with_its_case,
    dismiss_report,
    restore_report,
    keep_register,
    undo_register,
    end_register,
    undo_end_register,
    close_register,
    keep_samples,
    tick,
    tick_day,
    untick,
    mend_tick,
    undo_tick_day,
)
