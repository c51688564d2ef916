"""The verbs of the curriculum: weeks, activities, observations, term summaries."""

import dataclasses
import datetime as dt

from app.domain.curriculum import Activity, Area
from app.services.curriculum import Item, WeekWish
from app.services.observations import NoteWish
from tests.services.world import DAY

_MONDAY, _TERM = dt.date(2025, 12, 1), dt.date(2025, 9, 1)
_OWN = Activity("手工课：贴窗花", "红纸", "折一折再剪。", (Area.MOTOR,), 24, 36)


def keep_week(stage, name="手工课：贴雪花"):
    wish = WeekWish(stage.world.dragons, _MONDAY, "雪花飘飘", "敢用胶棒", (Item(DAY, 600, name),))
    return lambda: stage.services.classes.curriculum.keep_week(stage.world.teacher, wish)


def change_week(stage):
    keep_week(stage)()
    return keep_week(stage, "绘本：晚安")


def undo_week(stage):
    done = change_week(stage)()
    return lambda: stage.services.classes.curriculum.undo_week(stage.world.teacher, done.undo.key)


def add_activity(stage):
    return lambda: stage.services.classes.library.add(stage.world.teacher, _OWN)


def change_activity(stage):
    key, other = add_activity(stage)().value, dataclasses.replace(_OWN, materials="彩纸")
    return lambda: stage.services.classes.library.change(stage.world.teacher, key, other)


def undo_activity(stage):
    key = change_activity(stage)().value
    return lambda: stage.services.classes.library.undo_added(stage.world.teacher, key)


def end_activity(stage):
    key = add_activity(stage)().value
    return lambda: stage.services.classes.library.end(stage.world.teacher, key)


def restore_activity(stage):
    done = end_activity(stage)()
    return lambda: stage.services.classes.library.undo_ended(stage.world.teacher, done.undo.key)


def _wish(stage, words):
    return NoteWish((stage.world.children["张沐阳"], stage.world.children["周乐瑶"]), DAY, Area.MOTOR, words)


def note_observation(stage):
    return lambda: stage.services.classes.observations.note(stage.world.teacher, _wish(stage, "会跳"))


def _noted(stage):
    note_observation(stage)()
    return stage.services.classes.observations.search(stage.world.teacher)[0].id


def edit_observation(stage):
    key = _noted(stage)
    return lambda: stage.services.classes.observations.edit(stage.world.teacher, key, _wish(stage, "会跑"))


def end_observation(stage):
    key = _noted(stage)
    return lambda: stage.services.classes.observations.end(stage.world.teacher, key)


def undo_observation(stage):
    done = edit_observation(stage)()
    return lambda: stage.services.classes.observations.undo(stage.world.teacher, done.undo.key)


def _of_term(stage):
    stage.arrive()
    return (
        stage.services.classes.summaries,
        stage.world.teacher,
        stage.world.children["张沐阳"],
        _noted(stage),
    )


def keep_summary(stage):
    summaries, teacher, child, pick = _of_term(stage)
    return lambda: summaries.keep(teacher, child, _TERM, "他很投入。", [pick])


def redraft_summary(stage):
    keep_summary(stage)()
    child = stage.world.children["张沐阳"]
    return lambda: stage.services.classes.summaries.redraft(stage.world.teacher, child, _TERM)


def sign_summary(stage):
    summaries, teacher, child, pick = _of_term(stage)
    return lambda: summaries.sign(teacher, child, _TERM, "他很投入。", [pick])


CURRICULUM_ACTS = (
    keep_week,
    change_week,
    undo_week,
    add_activity,
    change_activity,
    undo_activity,
    end_activity,
    restore_activity,
    note_observation,
    edit_observation,
    end_observation,
    undo_observation,
    keep_summary,
    redraft_summary,
    sign_summary,
)
