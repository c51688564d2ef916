"""The verbs around a class's day: clocking, heads, walks, moves within the day, the family's wishes."""

import datetime as dt

from app.domain.instructions import Category, NewInstruction, Way
from tests.services.world import DAY


def clock_in(stage):
    teacher = stage.world.teacher
    return lambda: stage.services.classes.duty.clock_in(teacher, teacher.id, stage.world.dragons)


def cover(stage):
    clock_in(stage)()
    teacher = stage.world.teacher
    return lambda: stage.services.classes.duty.clock_in(teacher, teacher.id, stage.world.stars)


def take_break(stage):
    clock_in(stage)()
    teacher = stage.world.teacher
    return lambda: stage.services.classes.duty.take_break(teacher, teacher.id)


def clock_out(stage):
    clock_in(stage)()
    teacher = stage.world.teacher
    return lambda: stage.services.classes.duty.clock_out(teacher, teacher.id)


def correct_duty(stage):
    stretch = clock_in(stage)().value
    teacher = stage.world.teacher
    return lambda: stage.services.classes.duty.correct(teacher, stretch, 480, None, "忘了打卡")


def add_missed_duty(stage):
    teacher, dragons = stage.world.teacher, stage.world.dragons
    duty = stage.services.classes.duty
    return lambda: duty.add_missed(teacher, teacher.id, dragons, DAY, (480, 540), "忘了打卡")


def set_post(stage):
    world = stage.world
    return lambda: stage.services.classes.duty.set_post(world.director, world.teacher.id, "trainee", "见习")


def undo_clock_in(stage):
    stretch = cover(stage)().value
    return lambda: stage.services.classes.duty.undo_in(stage.world.teacher, stretch)


def undo_clock_out(stage):
    stretch = clock_out(stage)().value
    return lambda: stage.services.classes.duty.undo_out(stage.world.teacher, stretch)


def undo_duty_correction(stage):
    stretch = correct_duty(stage)().value
    return lambda: stage.services.classes.duty.undo_correction(stage.world.teacher, stretch)


def count_heads(stage):
    visit = stage.arrive().visit
    return lambda: stage.services.classes.counts.close(stage.world.teacher, stage.world.dragons, [visit])


def undo_head_count(stage):
    count = count_heads(stage)().value.id
    return lambda: stage.services.classes.counts.undo(stage.world.teacher, count)


def start_walk(stage):
    visit, teacher = stage.arrive().visit, stage.world.teacher
    return lambda: stage.services.classes.walks.start(teacher, "院子", [visit], [teacher.id])


def _walk(stage):
    visit, teacher = stage.arrive().visit, stage.world.teacher
    walk = stage.services.classes.walks.start(teacher, "院子", [visit], [teacher.id]).value
    return walk, [visit]


def arrive_on_walk(stage):
    walk, seen = _walk(stage)
    return lambda: stage.services.classes.walks.arrive(stage.world.teacher, walk, seen)


def come_back_from_walk(stage):
    walk, seen = _walk(stage)
    stage.world.clock.now += dt.timedelta(minutes=30)  # else there is no minute to log
    return lambda: stage.services.classes.walks.back(stage.world.teacher, walk, seen, minutes=True)


def undo_walk(stage):
    walk, _seen = _walk(stage)
    return lambda: stage.services.classes.walks.undo_start(stage.world.teacher, walk)


def undo_walk_arrival(stage):
    walk, seen = _walk(stage)
    stage.services.classes.walks.arrive(stage.world.teacher, walk, seen)
    return lambda: stage.services.classes.walks.undo_arrive(stage.world.teacher, walk)


def undo_walk_back(stage):
    walk, seen = _walk(stage)
    stage.world.clock.now += dt.timedelta(minutes=30)
    stage.services.classes.walks.back(stage.world.teacher, walk, seen, minutes=True)
    return lambda: stage.services.classes.walks.undo_back(stage.world.teacher, walk)


def move_within_day(stage):
    visit, world = stage.arrive().visit, stage.world
    return lambda: stage.services.classes.moves.move(world.teacher, [visit], world.stars, "并班")


def undo_move_within_day(stage):
    move_within_day(stage)()
    return lambda: stage.services.classes.moves.undo(stage.world.teacher, 1)


def add_instruction(stage):
    new = NewInstruction(stage.world.children["张沐阳"], Category.MEAL, "不吃虾", "妈妈", Way.DOOR, DAY, DAY)
    return lambda: stage.services.classes.instructions.add(stage.world.desk, new)


def _wish(stage):
    return add_instruction(stage)().value


def end_instruction(stage):
    wish = _wish(stage)
    return lambda: stage.services.classes.instructions.end(stage.world.desk, wish, "好了")


def undo_add_instruction(stage):
    wish = _wish(stage)
    return lambda: stage.services.classes.instructions.undo_add(stage.world.desk, wish)


def undo_end_instruction(stage):
    wish = _wish(stage)
    stage.services.classes.instructions.end(stage.world.desk, wish, "好了")
    return lambda: stage.services.classes.instructions.undo_end(stage.world.desk, wish)


def read_instructions(stage):
    wish = _wish(stage)
    return lambda: stage.services.classes.instructions.acknowledge(stage.world.teacher, [wish])


CLOCK_ACTS = (
    clock_in,
    cover,
    take_break,
    clock_out,
    correct_duty,
    add_missed_duty,
    set_post,
    undo_clock_in,
    undo_clock_out,
    undo_duty_correction,
    count_heads,
    undo_head_count,
    start_walk,
    arrive_on_walk,
    come_back_from_walk,
    undo_walk,
    undo_walk_arrival,
    undo_walk_back,
    move_within_day,
    undo_move_within_day,
    add_instruction,
    end_instruction,
    undo_add_instruction,
    undo_end_instruction,
    read_instructions,
)
