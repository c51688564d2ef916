"""The verbs round the handover: told at the door, signed for, a sentence for a class, sheets of a shift."""

import dataclasses

from app.domain.shifts import CheckMark
from app.services.pins import Second
from app.services.shifts import ShiftWish
from app.store import people
from app.store.shifts import list_check_items

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def _classes(stage):
    return stage.services.classes


def tell_day(stage):
    visit = stage.arrive().visit
    return lambda: _classes(stage).telling.tell(
        stage.world.teacher, visit, stage.world.adults["张母"], "", ["一句。"]
    )


def undo_tell(stage):
    key = tell_day(stage)().value
    return lambda: _classes(stage).telling.undo_tell(stage.world.teacher, key)


def _signed(stage):
    visit, handover = stage.arrive().visit, stage.services.handover
    handover.sign(stage.world.teacher, visit, handover.note(stage.world.teacher, visit).text)
    return visit


def family_signs(stage):
    visit = _signed(stage)
    mother = stage.world.adults["张母"]
    return lambda: _classes(stage).telling.sign_for(stage.world.teacher, visit, mother, "", PNG)


def undo_family_signs(stage):
    key = family_signs(stage)().value
    return lambda: _classes(stage).telling.undo_sign(stage.world.teacher, key)


def add_class_sentence(stage):
    """With an edited note that is rewritten in the same unit."""
    visit, handover, teacher = stage.arrive().visit, stage.services.handover, stage.world.teacher
    handover.keep(
        teacher, visit, dataclasses.replace(handover.note(teacher, visit).text, prose="手写的一句。")
    )
    return lambda: _classes(stage).telling.add_sentence(teacher, stage.world.dragons, "明天带雨鞋", "prose")


def undo_class_sentence(stage):
    key = add_class_sentence(stage)().value.id
    return lambda: _classes(stage).telling.undo_sentence(stage.world.teacher, key)


def open_point(stage):
    return lambda: _classes(stage).shifts.add_point(stage.world.teacher, stage.world.dragons, "门锁坏了")


def undo_open_point(stage):
    key = open_point(stage)().value
    return lambda: _classes(stage).shifts.undo_point(stage.world.teacher, key)


def close_point(stage):
    key = open_point(stage)().value
    return lambda: _classes(stage).shifts.close_point(stage.world.teacher, key, "修好了")


def reopen_point(stage):
    key = open_point(stage)().value
    _classes(stage).shifts.close_point(stage.world.teacher, key, "修好了")
    return lambda: _classes(stage).shifts.reopen(stage.world.teacher, key)


def sign_shift(stage):
    world = stage.world
    stage.arrive()
    open_point(stage)()
    today = world.clock().date()
    partner = next(one for one in people.list_staff(world.database, today) if one.name == "孟佳")
    stage.services.pins.choose(partner, "5927")
    marks = tuple(CheckMark(item, good=True) for item in list_check_items(world.database, today))
    wish = ShiftWish(world.dragons, 1, marks)
    return lambda: _classes(stage).shifts.sign(world.teacher, wish, Second(partner.id, "5927"))


def void_shift(stage):
    key = sign_shift(stage)().value
    return lambda: _classes(stage).shifts.void(stage.world.teacher, key)


def set_shift_checks(stage):
    return lambda: _classes(stage).shifts.set_check_items(stage.world.director, ["门锁好", "灯关好"])


HANDOVER_ACTS = (
    tell_day,
    undo_tell,
    family_signs,
    undo_family_signs,
    add_class_sentence,
    undo_class_sentence,
    open_point,
    undo_open_point,
    close_point,
    reopen_point,
    sign_shift,
    void_shift,
    set_shift_checks,
)
