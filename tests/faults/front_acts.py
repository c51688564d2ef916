"""What the program does by itself for the front desk: names on file that are read better by now."""

import contextlib

from app.domain.visits import FeverError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.rereading import Rereading


def read_names(stage):
    with stage.world.database.unit(None, "fill") as unit:
        unit.execute("update adult set pinyin = 'ceng''mu' where name = '曾母'", {})
        unit.audit("adult", None)
    return lambda: Rereading(stage.world.database, "adult").go_on()


def refuse_fever(stage):
    return lambda: refuse(stage)


def refuse(stage):
    check = MorningCheck(tenths=382)
    with contextlib.suppress(FeverError):
        stage.services.arrivals.check_in(
            stage.world.desk, CheckIn(stage.world.children["张沐阳"], check=check)
        )


def look_inside(stage):
    return stage.services.rollcall.note_look


FRONT_ACTS = (read_names, refuse_fever, look_inside)
