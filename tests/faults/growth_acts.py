"""Acts of measuring and of the doctor's visits, to be tried with a fault."""

import dataclasses

from app.services.doctor_visits import VisitTyped
from app.services.growth import Typed
from tests.services.growth_norm import norm


def _measured(stage, weight="12.35"):
    child = stage.world.children["张沐阳"]
    return Typed(child, "", weight, "89.5", "48.2", sure=True)


def measure(stage):
    stage.world.database.utils.execute("update child set sex = 'm'")
    return lambda: stage.services.health.growth.keep(stage.world.teacher, _measured(stage))


def correct_measure(stage):
    kept = measure(stage)().value
    typed = dataclasses.replace(_measured(stage, "12.53"), replaces=kept.id)
    return lambda: stage.services.health.growth.keep(stage.world.teacher, typed)


def undo_measure(stage):
    done = correct_measure(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


def load_growth_standard(stage):
    return lambda: stage.services.health.growth_tables.load(stage.world.director, "w.csv", norm().encode())


def end_growth_standard(stage):
    done = load_growth_standard(stage)()
    return lambda: stage.services.undo(stage.world.director, done.undo)


def _visit(stage, conclusion, replaces=None):
    seen = {stage.world.children["张沐阳"]: "多晒太阳"}
    return VisitTyped("今天", "李医生", "社区卫生服务中心", "", conclusion, seen, replaces)


def keep_doctor_visit(stage):
    return lambda: stage.services.health.doctor.keep(stage.world.teacher, _visit(stage, "良好"))


def correct_doctor_visit(stage):
    key = keep_doctor_visit(stage)().value
    return lambda: stage.services.health.doctor.keep(stage.world.teacher, _visit(stage, "复查", key))


def undo_doctor_visit(stage):
    done = correct_doctor_visit(stage)()
    return lambda: stage.services.undo(stage.world.teacher, done.undo)


GROWTH_ACTS = (
    measure,
    correct_measure,
    undo_measure,
    load_growth_standard,
    end_growth_standard,
    keep_doctor_visit,
    correct_doctor_visit,
    undo_doctor_visit,
)
