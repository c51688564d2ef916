"""What the roster and the timeline say, put together from the file."""

import datetime as dt
import random

import pytest

from app.domain.ids import ClassId, VisitId
from app.domain.logbook import EntryDraft, EntryKind, MealGrade, MealSlot, Mood
from app.domain.looks import Tone
from app.domain.needs import Need
from app.domain.staff import Actor, Role
from app.services.bundle import build
from app.services.classroom import Classroom
from app.services.menus import DayMenu, Meal, Menus
from app.services.roster import make_roster, make_timeline
from app.store.stamps import day_of

TEACHER = Actor(4, "许静", Role.TEACHER, ClassId(3))
NURSE = Actor(2, "顾红", Role.HEALTH_WORKER)  # of all classes


@pytest.fixture
def visit(database):
    row = database.row(
        "select v.id from visit v join child c on c.id = v.child_id"
        " where c.name = '张沐阳' and v.left_at is null"
    )
    return VisitId(row["id"])


@pytest.fixture
def log(database, clock, visit):
    classroom = Classroom(database, clock)

    def _log(kind, **more):
        clock.advance(minutes=1)
        return classroom.log(TEACHER, (visit,), EntryDraft(kind, clock(), **more))

    return _log


def card_of(database, clock, visit):
    roster = make_roster(database, ClassId(3), clock())
    return next(card for card in roster.cards if card.visit == visit)


def test_nobody_knows_the_class_or_the_visit(database, clock):
    assert make_roster(database, ClassId(99), clock()) is None
    assert make_timeline(database, VisitId(10**6)) is None


def test_the_state_is_the_last_mood_and_tells_a_hard_beginning(database, clock, visit, log):
    with database.unit(1, "test") as unit:
        unit.execute(
            "update log_entry set ended_at = at where visit_id = :id and kind in ('mood', 'sleep')",
            {"id": visit},
        )
        unit.audit("log_entry", None)
    assert card_of(database, clock, visit).state_words == ""
    log(EntryKind.MOOD, detail=Mood.CRYING)
    assert card_of(database, clock, visit).state_words == "哭闹"
    log(EntryKind.MOOD, detail=Mood.CALM)
    assert card_of(database, clock, visit).state_words == "起初哭闹，现在平静"
    log(EntryKind.SLEEP)
    card = card_of(database, clock, visit)
    assert card.state_words == f"{clock():%H:%M} 入睡"
    assert card.mood == Mood.CALM


def test_how_long_since_the_toilet_is_counted_on(database, clock, visit, log):
    log(EntryKind.TOILET, detail="wet")
    clock.advance(minutes=130)
    assert card_of(database, clock, visit).since_toilet == "2 小时 10 分前"


def test_a_fever_and_a_finding_are_red_in_the_timeline(database, visit, log):
    log(EntryKind.TEMPERATURE, tenths=372, detail="ear")
    log(EntryKind.TEMPERATURE, tenths=381, detail="ear")
    with database.unit(1, "test") as unit:
        unit.insert(
            "health_check",
            {
                "visit_id": visit,
                "kind": "noon",
                "at": "2025-12-03T13:30:00+08:00",
                "tenths": 379,
                "outcome": "abnormal",
                "note": "咽红",
                "staff_id": 3,
            },
        )
        unit.audit("health_check", None)
    rows = make_timeline(database, visit).rows
    heats = [row.tone for row in rows if row.kind == "temperature"]
    assert heats == [Tone.PLAIN, Tone.BAD]
    check = next(row for row in rows if row.kind == "check")
    assert (check.words, check.tone) == ("37.9℃ 异常（咽红）", Tone.BAD)


def test_an_allergy_nobody_asked_about_is_a_red_chip(database, clock, visit):
    with database.unit(1, "test") as unit:
        unit.execute("update child set allergy = 'unknown' where name = '张沐阳'")
        unit.audit("child", None)
    chips = card_of(database, clock, visit).chips
    assert ("过敏不清", Tone.BAD) in {(chip.words, chip.tone) for chip in chips}


def test_the_timeline_has_medicine_and_injuries(database):
    given = database.row(
        "select q.visit_id from medicine_request q join medicine_dose d on d.request_id = q.id"
        " join medicine_act a on a.dose_id = d.id where q.medicine = '小儿止咳糖浆' and a.kind = 'given'"
    )
    row = next(one for one in make_timeline(database, given["visit_id"]).rows if one.kind == "medicine")
    assert (f"{row.at:%H:%M}", row.title, row.tone, row.entry) == ("12:33", "喂药", Tone.PLAIN, None)
    assert row.words == "小儿止咳糖浆 5 ml 口服 · 许静 喂 · 孟佳 核对"
    hurt = database.row(
        "select v.id from visit v join injury i on i.child_id = v.child_id and i.day = v.day"
        " where v.day = '2025-12-03'"
    )
    row = next(one for one in make_timeline(database, hurt["id"]).rows if one.kind == "injury")
    assert (f"{row.at:%H:%M}", row.tone) == ("10:28", Tone.BAD)
    assert row.words == "被小朋友抓伤（左脸），清水冲洗、消毒擦拭"


def test_a_dose_left_out_is_in_the_timeline_with_its_reason(database, services):
    request = next(one for one in services.health.medicine.day(NURSE).requests if one.waiting)
    services.health.medicine.skip(TEACHER, request.waiting[0].id, "睡着了")
    row = next(one for one in make_timeline(database, request.visit).rows if one.kind == "medicine")
    assert (row.title, row.by, row.tone) == ("没喂药", "许静", Tone.WARN)
    assert row.words == f"{request.words} · 16:00 的没喂：睡着了"


def test_crying_falls_after_a_while_and_at_once_with_another_mood(database, clock, visit, log, actors):
    with database.unit(1, "test") as unit:
        unit.execute(
            "update log_entry set ended_at = at where visit_id = :id and kind = 'sleep'", {"id": visit}
        )
        unit.audit("log_entry", None)
    log(EntryKind.MOOD, detail=Mood.CRYING)
    assert make_roster(database, ClassId(3), clock()).cards[0].visit == visit
    clock.advance(minutes=20)
    assert card_of(database, clock, visit).need is Need.CRYING
    clock.advance(minutes=1)
    assert card_of(database, clock, visit).need is not Need.CRYING
    assert make_roster(database, ClassId(3), clock()).cards[0].visit != visit
    services = build(database, clock, random.Random(1))
    services.manage.rules.set_rule(actors[Role.DIRECTOR], "crying_minutes", "60", clock().date())
    assert card_of(database, clock, visit).need is Need.CRYING
    log(EntryKind.MOOD, detail=Mood.CALM)
    assert card_of(database, clock, visit).need is not Need.CRYING


def test_who_leaves_soon_by_contract_comes_before_who_stays(database, clock):
    """Nobody promised anything: the hours of the contract count, and those promised go before."""
    with database.unit(1, "test") as unit:
        unit.execute(
            "update visit set promised_at = null where day = :day", {"day": clock().date().isoformat()}
        )
        unit.execute(
            "update enrolment set leave_minute = 14 * 60 + 20 where child_id ="
            " (select id from child where name = '张沐阳')"
        )
        unit.audit("visit", None)
    clock.set(14, 0)
    roster = make_roster(database, ClassId(3), clock())
    card = next(one for one in roster.cards if one.name == "张沐阳")
    assert card.need is Need.LEAVING
    assert "14:20 接" in [chip.words for chip in card.chips]
    needs = [one.need for one in roster.cards]
    assert needs == sorted(needs)
    assert set(needs) >= {Need.LEAVING, Need.NOTHING}
    with database.unit(1, "test") as unit:
        unit.execute(
            "update visit set promised_at = :at where id = :id",
            {"at": f"{clock():%Y-%m-%d}T17:30:00+08:00", "id": card.visit},
        )
        unit.audit("visit", None)
    assert card_of(database, clock, card.visit).need is Need.NOTHING


def serve(database, clock, *meals):
    menu = DayMenu(day_of(clock()), tuple(Meal(*one) for one in meals))
    Menus(database, clock).keep_day(TEACHER, menu)


def test_the_card_says_that_the_next_meal_holds_what_she_must_not_eat(database, clock, visit, log):
    def warned():
        return [chip for chip in card_of(database, clock, visit).chips if "含" in chip.words]

    plain = (MealSlot.AFTERNOON_SNACK, "梨水、馒头")
    serve(database, clock, (MealSlot.LUNCH, "花生粥"), plain)
    assert warned() == [], "lunch is over"
    serve(database, clock, (MealSlot.AFTERNOON_SNACK, "花生酥、梨水"), (MealSlot.DINNER, "面条", "花生"))
    assert [(chip.words, chip.tone) for chip in warned()] == [("午点含花生", Tone.BAD)]
    assert card_of(database, clock, visit).chips[0] == warned()[0], "before all else"
    assert "花生过敏" in {chip.words for chip in card_of(database, clock, visit).chips}
    log(EntryKind.SLEEP)  # up again
    log(EntryKind.MEAL, detail=MealSlot.AFTERNOON_SNACK, grade=MealGrade.REFUSED, text="梨水")
    assert [chip.words for chip in warned()] == ["晚餐含花生"]
    serve(database, clock, plain)
    assert warned() == []


def test_the_head_says_when_the_next_dose_is_due_and_how_many(database, clock, services):
    requests = services.health.medicine.day(NURSE).requests
    waiting = [one for one in requests if one.waiting]
    group = waiting[0].class_id
    waiting = [one for one in waiting if one.class_id == group]
    due = min(dose.due_at for one in waiting for dose in one.waiting)
    count = sum(dose.due_at == due for one in waiting for dose in one.waiting)

    def head():
        chips = make_roster(database, group, clock()).chips
        return [chip.words for chip in chips if "待喂药" in chip.words]

    assert head() == [f"{due:%H:%M} 待喂药 {count}"]
    for one in waiting:
        for dose in one.waiting:
            services.health.medicine.skip(TEACHER, dose.id, "不需要了")
    assert head() == []


def test_the_timeline_does_not_say_she_never_was_out_when_she_was(database, clock, visit, log):
    log(EntryKind.SLEEP)  # awake from here on
    clock.advance(minutes=30)
    log(EntryKind.OUTDOOR, until=clock() + dt.timedelta(minutes=2))
    clock.advance(minutes=10)
    log(EntryKind.OUTDOOR, text="下雨")
    rows = [row.words for row in make_timeline(database, visit).rows if row.kind == "outdoor"]
    assert rows[-1] == "没有再出去 · 下雨"
