"""What the program does by itself for the front desk: names on file that are read better by now."""

import contextlib
import dataclasses

from app.domain.visits import FeverError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.intake import IntakeCard
from app.services.rereading import Rereading
from tests.services.former import came_before

CARD = IntakeCard(
    name="朱予晴", sex="f", born_on="20230819", allergy="has", allergens="鸡蛋", body="ok",
    bringer="王秀兰", relation="奶奶", phone="13800006021", identity_seen=True, second="赵敏",
    second_phone="13900001177", promised="14:00", temperature="36.5", check_outcome="normal",
)  # fmt: skip


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


def register_one_on_file(stage):
    """The wrong child's card: somebody new may collect her, and an allergy is added."""
    intake, desk = stage.services.intake, stage.world.desk
    stage.world.clock.at(9, 20)
    came_before(stage.world, stage.services, CARD)
    more = {
        "other": "钱大",
        "other_relation": "叔叔",
        "other_phone": "13700009999",
        "collect_reason": "爸爸说的",
    }
    return lambda: intake.register(desk, dataclasses.replace(CARD, allergens="鸡蛋、牛奶", **more))


def undo_registration(stage):
    """A typing error: the record that was made goes with the arrival."""
    made = stage.services.intake.register(stage.world.desk, CARD)
    return lambda: stage.services.undo(stage.world.desk, made.undo)


FRONT_ACTS = (read_names, refuse_fever, look_inside, register_one_on_file, undo_registration)
