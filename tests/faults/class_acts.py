"""The verbs of a class's log: exceptions, clearances, corrections, photos, phrases, the week's menu."""

import dataclasses
import datetime as dt

from app.domain.logbook import EntryDraft, EntryKind, MealSlot, NoteKind
from app.services.checks import HealthCheck
from app.services.class_views import Answer, Cleared, Except
from app.services.sheet_drafts import SheetKind
from app.services.week_menus import WeekMeal

_JPEG = b"\xff\xd8\xff\xe0" + b"x" * 400


def _two(stage):
    visits = stage.arrive().visit, stage.arrive("周乐瑶").visit
    return visits, EntryDraft(EntryKind.WATER, stage.world.clock.now, amount_ml=120)


def log_with_an_exception(stage):
    visits, draft = _two(stage)
    but = (Except(visits[1], dataclasses.replace(draft, amount_ml=50)),)
    return lambda: stage.services.classroom.log(stage.world.teacher, visits, draft, but=but)


def log_cleared_food(stage):
    visit = stage.arrive().visit
    draft = EntryDraft(
        EntryKind.MEAL, stage.world.clock.now, detail=MealSlot.BREAKFAST, grade=4, text="花生粥"
    )
    looked = Cleared((Answer(visit, frozenset({"花生"}), "已换替餐"),))
    return lambda: stage.services.classroom.log(stage.world.teacher, (visit,), draft, cleared=looked)


def correct_entry(stage):
    visits, draft = _two(stage)
    stage.services.classroom.log(stage.world.teacher, visits[:1], draft)
    entry = stage.services.classroom.timeline(stage.world.teacher, visits[0]).rows[-1].entry
    better = dataclasses.replace(draft, amount_ml=80)
    return lambda: stage.services.classes.corrections.correct(
        stage.world.teacher, entry, better, reason="看错"
    )


def log_photo(stage):
    visit = stage.arrive().visit
    child = stage.world.children["张沐阳"]
    words = {"answer": "given", "signer": "张母", "day": "2025-12-01", "paper": ""}
    stage.services.record_papers.keep_consent(stage.world.desk, child, "photo_inside", words)
    draft = EntryDraft(EntryKind.PHOTO, stage.world.clock.now, text="搭积木")
    photos = stage.services.classes.photos
    return lambda: photos.log_photo(stage.world.teacher, (visit,), draft, _JPEG)


def keep_phrases(stage):
    texts = ("请带雨鞋。", "请剪指甲。")
    return lambda: stage.services.classes.phrases.keep(stage.world.director, NoteKind.NOTICE, texts)


def keep_dish_answers(stage):
    """What two dishes hold, one of them said anew: a row ends and two come."""
    keep, teacher = stage.services.classes.dishes.keep, stage.world.teacher
    keep(teacher, {"快乐饭": "鸡蛋"})
    return lambda: keep(teacher, {"快乐饭": "无", "神仙丸": "牛奶"})


def keep_week_menu(stage):
    monday = dt.date(2025, 12, 1)
    week = stage.services.classes.week_menus
    week.keep(
        stage.world.teacher, monday, [WeekMeal(dt.date(2025, 12, 4), MealSlot.LUNCH, "软米饭 60、虾仁 40")]
    )
    meals = [
        WeekMeal(dt.date(2025, 12, 4), MealSlot.LUNCH, "软米饭 50、鸡丁 60（鸡蛋）"),
        WeekMeal(dt.date(2025, 12, 5), MealSlot.LUNCH, "面条 120"),
    ]
    return lambda: week.keep(stage.world.teacher, monday, meals)


def keep_sheet_draft(stage):
    sheets = stage.services.classes.sheets
    fields = {"seen": "1 2", "reason": ""}
    return lambda: sheets.keep(stage.world.teacher, SheetKind.COUNT, stage.world.dragons, fields)


def end_sheet_draft(stage):
    sheets = stage.services.classes.sheets
    sheets.keep(stage.world.teacher, SheetKind.SHIFT, stage.world.dragons, {"counted": "7"})
    return lambda: sheets.end(stage.world.teacher, SheetKind.SHIFT, stage.world.dragons)


def noon_check(stage):
    visits, check = (stage.arrive().visit,), HealthCheck("noon", 366, note="精神好")
    return lambda: stage.services.classroom.check(stage.world.director, visits, check)


def undo_noon_check(stage):
    noon_check(stage)()
    visit = stage.services.desk.rows(stage.world.desk, [stage.world.children["张沐阳"]])[0].visit
    return lambda: stage.services.classroom.undo_check(stage.world.director, visit)


CLASS_ACTS = (
    noon_check,
    undo_noon_check,
    log_with_an_exception,
    log_cleared_food,
    correct_entry,
    log_photo,
    keep_phrases,
    keep_dish_answers,
    keep_week_menu,
    keep_sheet_draft,
    end_sheet_draft,
)
