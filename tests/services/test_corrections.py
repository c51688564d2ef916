"""A correction keeps the old value, who wrote it and when; nothing is overwritten."""

import dataclasses

import pytest

from app.domain.ids import ClassId, VisitId
from app.domain.logbook import EntryDraft, EntryError, EntryKind, OverlapError
from app.domain.staff import Actor, NotPermittedError, Role
from app.services.class_log import AllergyClashError
from app.services.class_views import Answer, Cleared
from app.services.classroom import Classroom, GoneEntryError
from app.services.corrections import Corrections, NothingCorrectedError

TEACHER = Actor(4, "许静", Role.TEACHER, ClassId(3))
OTHER = Actor(5, "孟佳", Role.TEACHER, ClassId(3))


@pytest.fixture
def classroom(database, clock):
    return Classroom(database, clock)


@pytest.fixture
def corrections(database, clock):
    return Corrections(database, clock)


@pytest.fixture
def visit(database):
    row = database.row(
        "select v.id from visit v join child c on c.id = v.child_id where c.name = '朱予晴'"
        " order by v.id desc"
    )
    return VisitId(row["id"])


def last(classroom, visit, kind):
    return [row for row in classroom.timeline(TEACHER, visit).rows if row.kind == kind][-1]


def test_the_old_value_stays_with_who_and_when(classroom, corrections, database, visit, clock):
    classroom.log(TEACHER, (visit,), EntryDraft(EntryKind.WATER, clock(), amount_ml=120))
    wrong = last(classroom, visit, "water")
    clock.advance(minutes=8)
    draft = dataclasses.replace(wrong.draft, amount_ml=80)
    done = corrections.correct(TEACHER, wrong.entry, draft, reason="看错了杯子")
    row = last(classroom, visit, "water")
    assert row.entry == done.value != wrong.entry
    assert row.words == "80 ml · 原记 120 ml（许静 13:52）"
    assert [(one.words, one.by, f"{one.made_at:%H:%M}", one.reason, one.holds) for one in
            corrections.history(TEACHER, done.value)] == [
        ("13:52 120 ml", "许静", "13:52", "", False),
        ("13:52 80 ml", "许静", "14:00", "看错了杯子", True),
    ]  # fmt: skip
    assert corrections.history(TEACHER, wrong.entry) == corrections.history(TEACHER, done.value)
    kept = database.row("select amount_ml, ended_at from log_entry where id = :id", {"id": wrong.entry})
    assert kept["amount_ml"] == 120
    assert kept["ended_at"] is not None
    detail = database.row("select detail from audit order by id desc limit 1")["detail"]
    assert detail == "喝水 120 ml → 80 ml（看错了杯子）"


def test_a_correction_is_taken_back_and_the_old_value_holds_again(classroom, corrections, visit, clock):
    classroom.log(TEACHER, (visit,), EntryDraft(EntryKind.WATER, clock(), amount_ml=120))
    wrong = last(classroom, visit, "water")
    done = corrections.correct(TEACHER, wrong.entry, dataclasses.replace(wrong.draft, amount_ml=80))
    classroom.undo(TEACHER, done.undo.key)
    assert last(classroom, visit, "water").words == "120 ml"
    assert last(classroom, visit, "water").entry == wrong.entry
    with pytest.raises(GoneEntryError):
        classroom.undo(TEACHER, done.undo.key)


def test_a_sleep_is_moved_but_never_onto_another(classroom, corrections, visit, clock):
    slept = last(classroom, visit, "sleep")
    at = slept.draft.at
    shifted = dataclasses.replace(slept.draft, at=at.replace(hour=12, minute=30))
    done = corrections.correct(TEACHER, slept.entry, shifted)
    assert last(classroom, visit, "sleep").words.startswith("12:30–13:35")
    nap = EntryDraft(EntryKind.SLEEP, at.replace(hour=11, minute=22), until=at.replace(hour=11, minute=28))
    classroom.log(TEACHER, (visit,), nap)
    with pytest.raises(OverlapError, match="11:22–11:28"):
        corrections.correct(
            TEACHER, done.value, dataclasses.replace(shifted, at=at.replace(hour=11, minute=25))
        )


def test_what_says_the_same_is_of_another_kind_or_gone_is_refused(classroom, corrections, visit, clock):
    classroom.log(TEACHER, (visit,), EntryDraft(EntryKind.WATER, clock(), amount_ml=120))
    row = last(classroom, visit, "water")
    with pytest.raises(NothingCorrectedError, match="一样"):
        corrections.correct(TEACHER, row.entry, row.draft)
    with pytest.raises(NothingCorrectedError, match="种类"):
        corrections.correct(TEACHER, row.entry, EntryDraft(EntryKind.MOOD, clock(), detail="calm"))
    corrections.correct(TEACHER, row.entry, dataclasses.replace(row.draft, amount_ml=80))
    with pytest.raises(NothingCorrectedError, match="更正过"):
        corrections.correct(TEACHER, row.entry, dataclasses.replace(row.draft, amount_ml=60))
    with pytest.raises(NotPermittedError):
        corrections.correct(Actor(2, "林晓", Role.FRONT_DESK), row.entry, row.draft)


def said(visit, substance, reason):
    return Cleared((Answer(visit, frozenset({substance}), reason),))


def test_a_correction_towards_an_allergen_wants_a_reason(classroom, corrections, visit, clock):
    meal = last(classroom, visit, "meal")
    eggs = dataclasses.replace(meal.draft, text="番茄炒蛋")
    with pytest.raises(AllergyClashError):
        corrections.correct(TEACHER, meal.entry, eggs)
    with pytest.raises(EntryError, match="写清楚"):
        corrections.correct(TEACHER, meal.entry, eggs, cleared=said(visit, "鸡蛋", "好"))
    with pytest.raises(AllergyClashError):
        corrections.correct(TEACHER, meal.entry, eggs, cleared=said(visit, "牛奶", "已换替餐"))
    with pytest.raises(AllergyClashError):
        corrections.correct(TEACHER, meal.entry, eggs, cleared=said(visit + 1, "鸡蛋", "已换替餐"))
    corrections.correct(OTHER, meal.entry, eggs, cleared=said(visit, "鸡蛋", "家长书面同意"))
    assert "过敏已核对：家长书面同意（孟佳）" in last(classroom, visit, "meal").words
