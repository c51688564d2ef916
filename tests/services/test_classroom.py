"""The class's day through its service: one act for many, its limits, and taking it back."""

import dataclasses
import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.ids import BatchId, ClassId, EntryId, VisitId
from app.domain.logbook import EntryDraft, EntryError, EntryKind, MealSlot, Mood, SleepOverlapError
from app.domain.looks import Tone
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.visits import NotTodayError, UnknownAllergyError
from app.services.class_joins import joined
from app.services.class_log import PastDayError
from app.services.class_views import Answer, Cleared
from app.services.classroom import (
    UNDO_LOG,
    AllergyClashError,
    Classroom,
    GoneEntryError,
    NothingChosenError,
    UnknownClassError,
)
from app.services.handover import Handover
from app.services.offers import holds, meal_by_clock
from app.store import logbook
from app.store.menus import MenuLine

DRAGON, TRAIN = ClassId(3), ClassId(4)
TEACHER = Actor(4, "许静", Role.TEACHER, DRAGON)


@pytest.fixture
def classroom(database, clock):
    return Classroom(database, clock, joined(database))


@pytest.fixture
def visit_of(database):
    def _visit_of(name):
        row = database.row(
            "select v.id from visit v join child c on c.id = v.child_id where c.name = :name"
            " order by v.id desc limit 1",
            {"name": name},
        )
        return VisitId(row["id"])

    return _visit_of


def inside(classroom, class_id=TRAIN):
    return tuple(card.visit for card in classroom.roster(TEACHER, class_id).cards)


def at(clock, hour, minute):
    return clock().replace(hour=hour, minute=minute)


def test_what_is_logged_after_midnight_of_who_is_still_here_is_taken_back_at_once(classroom, clock, visit_of):
    visit = visit_of("朱予晴")
    before = classroom.log(TEACHER, (visit,), EntryDraft(EntryKind.MOOD, clock(), detail=Mood.CALM)).value
    clock.moment = at(clock, 0, 10) + dt.timedelta(days=1)
    done = classroom.log(TEACHER, (visit,), EntryDraft(EntryKind.MOOD, clock(), detail=Mood.CRYING))
    classroom.undo(TEACHER, done.value.batch)
    with pytest.raises(PastDayError):
        classroom.undo(TEACHER, before.batch)


def wake(classroom, database, clock, visits):
    """Nobody drinks asleep."""
    classroom.log(TEACHER, tuple(logbook.open_sleeps(database, visits)), EntryDraft(EntryKind.SLEEP, clock()))


def test_the_tabs_count_who_is_inside(classroom):
    assert [(tab.name, tab.present) for tab in classroom.tabs(TEACHER)] == [
        ("小星星", 8),
        ("小海豚", 13),
        ("抱抱龙", 18),
        ("小火车", 20),
        ("小树苗", 16),
    ]


def test_the_roster_says_of_each_child_what_the_teacher_must_know(classroom):
    roster = classroom.roster(TEACHER, DRAGON)
    assert roster.ratio.words == "师生比 1 : 6.0 合规（3 人在岗）"
    assert roster.chips[0].words == "过敏 3"
    cards = {card.name: card for card in roster.cards}
    guest = cards["朱予晴"]
    assert guest.state_words == "起初想家，现在开心"
    assert guest.mood == Mood.HAPPY
    assert [chip.words for chip in guest.chips] == ["临时托", "鸡蛋过敏", "14:00 接", "嘱咐 1"]
    assert (guest.leaving, cards["张沐阳"].leaving) == ("14:00 接", "")
    assert guest.since_toilet == "10 分钟前"
    assert [chip.words for chip in cards["张沐阳"].chips] == ["花生过敏", "嘱咐 1"]
    asleep = [card for card in roster.cards if card.asleep_since is not None]
    assert asleep
    assert all(card.state_words.endswith("入睡") for card in asleep)
    assert f"午睡 {len(asleep)}" in {chip.words for chip in roster.chips}


def test_an_unknown_class_is_said_so(classroom):
    with pytest.raises(UnknownClassError):
        classroom.roster(TEACHER, ClassId(99))


def test_a_class_short_of_carers_is_red(classroom):
    assert classroom.roster(TEACHER, ClassId(5)).ratio.tone is Tone.BAD


def test_the_timeline_tells_her_day_in_order(classroom, visit_of):
    timeline = classroom.timeline(TEACHER, visit_of("朱予晴"))
    assert timeline.allergies == ("鸡蛋",)
    assert [row.at for row in timeline.rows] == sorted(row.at for row in timeline.rows)
    first = timeline.rows[0]
    assert (first.kind, first.title, first.words) == ("arrival", "入园", "奶奶送到 · 晨检 36.5℃ 正常")
    words = {(row.title, row.words) for row in timeline.rows}
    assert ("活动", "手工课：贴雪花 · 主动参与 · 自己选颜色、贴了五片") in words
    assert ("如厕", "小便 · 自己完成") in words
    assert ("午检", "36.6℃ 正常") in words
    assert (timeline.note_done, timeline.note_total, timeline.note_missing) == (8, 8, ())


def test_the_timeline_of_one_who_left_ends_with_who_took_her(classroom, visit_of):
    last = classroom.timeline(TEACHER, visit_of("陈可欣")).rows[-1]
    assert (last.kind, last.title) == ("departure", "离园")
    assert last.words.endswith("接走")


def test_one_act_logs_for_the_whole_class_and_is_taken_back_whole(classroom, database, clock):
    visits = inside(classroom)
    wake(classroom, database, clock, visits)
    before = [classroom.timeline(TEACHER, visit) for visit in visits]
    done = classroom.log(TEACHER, visits, EntryDraft(EntryKind.WATER, clock(), amount_ml=120))
    assert done.value.count == 20
    assert done.value.words == "喝水 · 120 ml · 20 人"
    assert done.changes.topics == {Topic.LOG}
    assert len(done.changes.children) == 20
    assert done.undo is not None
    assert (done.undo.verb, done.undo.key) == (UNDO_LOG, done.value.batch)
    assert all(classroom.timeline(TEACHER, visit).rows[-1].batch == done.value.batch for visit in visits)
    classroom.undo(TEACHER, done.value.batch)
    assert [classroom.timeline(TEACHER, visit) for visit in visits] == before
    with pytest.raises(GoneEntryError):
        classroom.undo(TEACHER, done.value.batch)
    with pytest.raises(GoneEntryError):
        classroom.undo(TEACHER, BatchId(10**6))


def test_the_whole_class_costs_a_handful_of_statements(classroom, database, clock):
    visits, seen = inside(classroom), []
    wake(classroom, database, clock, visits)
    database.tracer = seen.append
    classroom.log(TEACHER, visits, EntryDraft(EntryKind.WATER, clock(), amount_ml=120))
    database.tracer = None
    assert len(seen) == 5, seen  # begin, batch, entries, audit, commit


def test_one_entry_is_taken_back_alone(classroom, database, clock):
    visits = inside(classroom)[:2]
    wake(classroom, database, clock, visits)
    classroom.log(TEACHER, visits, EntryDraft(EntryKind.WATER, clock(), amount_ml=120))
    entry = classroom.timeline(TEACHER, visits[0]).rows[-1].entry
    classroom.undo_entry(TEACHER, entry)
    assert classroom.timeline(TEACHER, visits[0]).rows[-1].entry != entry
    assert classroom.timeline(TEACHER, visits[1]).rows[-1].kind == "water"
    with pytest.raises(GoneEntryError):
        classroom.undo_entry(TEACHER, entry)
    with pytest.raises(GoneEntryError):
        classroom.undo_entry(TEACHER, EntryId(10**9))


def test_logging_sleep_again_wakes_those_who_sleep_and_puts_the_others_to_bed(classroom, clock):
    roster = classroom.roster(TEACHER, TRAIN).cards
    sleeper = next(card for card in roster if card.asleep_since is not None)
    awake = next(card for card in roster if card.asleep_since is None)
    done = classroom.log(TEACHER, (sleeper.visit, awake.visit), EntryDraft(EntryKind.SLEEP, clock()))
    assert done.value.words == "入睡 · 1 人，起床 · 1 人"
    now = {card.visit: card for card in classroom.roster(TEACHER, TRAIN).cards}
    assert now[sleeper.visit].asleep_since is None
    assert now[awake.visit].asleep_since == clock()
    slept = [row for row in classroom.timeline(TEACHER, sleeper.visit).rows if row.kind == "sleep"]
    assert (slept[-1].at, slept[-1].until) == (sleeper.asleep_since, clock())
    classroom.undo(TEACHER, done.value.batch)
    again = {card.visit: card for card in classroom.roster(TEACHER, TRAIN).cards}
    assert again[sleeper.visit].asleep_since == sleeper.asleep_since
    assert again[awake.visit].asleep_since is None


def test_a_sleep_that_has_ended_is_taken_back_from_its_end(classroom, clock):
    awake = next(card for card in classroom.roster(TEACHER, TRAIN).cards if card.asleep_since is None)
    slept = classroom.log(TEACHER, (awake.visit,), EntryDraft(EntryKind.SLEEP, clock())).value.batch
    clock.advance(minutes=20)
    woke = classroom.log(TEACHER, (awake.visit,), EntryDraft(EntryKind.SLEEP, clock())).value.batch
    with pytest.raises(GoneEntryError, match="先撤销后面"):
        classroom.undo(TEACHER, slept)
    rows = len(classroom.timeline(TEACHER, awake.visit).rows)
    classroom.undo(TEACHER, woke)
    classroom.undo(TEACHER, slept)
    assert len(classroom.timeline(TEACHER, awake.visit).rows) == rows - 1


def test_a_sleep_within_another_is_refused_and_named(classroom, visit_of, clock):
    draft = EntryDraft(EntryKind.SLEEP, at(clock, 13, 0), until=at(clock, 13, 20))
    with pytest.raises(SleepOverlapError, match="12:20–13:35"):
        classroom.log(TEACHER, (visit_of("朱予晴"),), draft)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": EntryKind.WATER, "amount_ml": 9000}, "amount_ml"),
        ({"kind": EntryKind.TEMPERATURE, "detail": "ear", "tenths": 999}, "tenths"),
        ({"kind": EntryKind.MEAL, "grade": 4}, "detail"),
        ({"kind": EntryKind.NOTE, "text": "字" * 10_000}, "text"),
        ({"kind": EntryKind.NOTE, "text": "   "}, "text"),
    ],
)
def test_what_cannot_be_true_is_refused_and_nothing_is_kept(classroom, database, clock, change, field):
    visits = inside(classroom)[:2]
    count = database.row("select count(*) as n from log_entry")["n"]
    with pytest.raises(EntryError) as caught:
        classroom.log(TEACHER, visits, EntryDraft(at=clock(), **change))
    assert caught.value.field == field
    assert "：" in caught.value.sentence  # it names the child
    assert database.row("select count(*) as n from log_entry")["n"] == count


@pytest.mark.parametrize(("hour", "word"), [(15, "还没有到"), (6, "还没有入园")])
def test_times_outside_her_stay_are_refused(classroom, visit_of, clock, hour, word):
    with pytest.raises(EntryError, match=word):
        classroom.log(
            TEACHER, (visit_of("朱予晴"),), EntryDraft(EntryKind.WATER, at(clock, hour, 0), amount_ml=90)
        )


def test_nothing_is_logged_after_she_left_but_what_was_before_may_be_added(classroom, visit_of, clock):
    gone = visit_of("陈可欣")
    with pytest.raises(EntryError, match="已经离园"):
        classroom.log(TEACHER, (gone,), EntryDraft(EntryKind.WATER, clock(), amount_ml=90))
    classroom.log(TEACHER, (gone,), EntryDraft(EntryKind.WATER, at(clock, 13, 30), amount_ml=90))


def test_nobody_chosen_and_visits_of_other_days_are_refused(classroom, database, clock):
    draft = EntryDraft(EntryKind.WATER, clock(), amount_ml=90)
    with pytest.raises(NothingChosenError):
        classroom.log(TEACHER, (), draft)
    old = database.row("select id from visit where day < '2025-12-03' order by id limit 1")
    for visit in (VisitId(old["id"]), VisitId(10**6)):
        with pytest.raises(NotTodayError):
            classroom.log(TEACHER, (visit,), draft)
    with pytest.raises(NotTodayError):
        classroom.timeline(TEACHER, VisitId(10**6))


def test_no_food_for_a_child_whose_allergies_nobody_asked_about(classroom, database, visit_of, clock):
    visit = visit_of("张沐阳")
    with database.unit(1, "test") as unit:
        unit.execute("update child set allergy = 'unknown' where name = '张沐阳'")
        unit.audit("child", None)
    lunch = EntryDraft(EntryKind.MEAL, clock(), detail=MealSlot.LUNCH, grade=4)
    with pytest.raises(UnknownAllergyError, match="张沐阳"):
        classroom.log(TEACHER, (visit, visit_of("孙一诺")), lunch)
    classroom.log(TEACHER, (visit,), EntryDraft(EntryKind.WATER, at(clock, 11, 0), amount_ml=90))
    (clash,) = classroom.offer(TEACHER, EntryKind.MEAL, (visit,)).clashes
    assert "先不进食" in clash.words


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CASHIER])
def test_who_does_not_look_after_children_does_not_log(classroom, clock, role):
    other = Actor(2, "林晓", role)
    draft = EntryDraft(EntryKind.WATER, clock(), amount_ml=90)
    for act in (
        lambda: classroom.log(other, inside(classroom), draft),
        lambda: classroom.undo(other, BatchId(1)),
        lambda: classroom.undo_entry(other, EntryId(1)),
    ):
        with pytest.raises(NotPermittedError):
            act()


def test_the_offer_for_lunch_shows_the_menu_and_who_must_not_eat_what(classroom, visit_of, clock):
    clock.set(11, 36)
    visits = (visit_of("朱予晴"), visit_of("周子墨"), visit_of("孙一诺"))
    offer = classroom.offer(TEACHER, EntryKind.MEAL, visits)
    assert (offer.slot, offer.dishes) == ("lunch", "软米饭、番茄牛腩、清炒西兰花、紫菜汤")
    assert [slot for slot, _ in offer.menus] == ["morning_snack", "lunch", "afternoon_snack"]
    assert {clash.words for clash in offer.clashes} == {
        "朱予晴 鸡蛋过敏：午餐食谱未写鸡蛋，请核对配料",
        "周子墨 牛奶过敏：午餐食谱未写牛奶，请核对配料",
    }
    snack = classroom.offer(TEACHER, EntryKind.MEAL, visits, slot="morning_snack")
    assert snack.clashes[0].words == "周子墨 牛奶过敏：今日早点含牛奶！"
    assert snack.clashes[0].in_menu
    milk = classroom.offer(TEACHER, EntryKind.MILK, visits)
    assert [clash.name for clash in milk.clashes] == ["周子墨"]


def test_without_a_menu_the_teacher_is_asked_to_look(classroom, database, visit_of):
    with database.unit(1, "test") as unit:
        unit.execute("delete from menu where day = '2025-12-03'")
        unit.audit("menu", None)
    (clash,) = classroom.offer(TEACHER, EntryKind.MEAL, (visit_of("朱予晴"),)).clashes
    assert "没有录入" in clash.words


def test_the_other_offers_are_what_the_kind_needs(classroom, visit_of, clock):
    visits = (visit_of("朱予晴"),)
    assert classroom.offer(TEACHER, EntryKind.ACTIVITY, visits).activities[0] == "手工课：贴雪花"
    assert classroom.offer(TEACHER, EntryKind.WATER, visits).last_ml == 120
    assert classroom.offer(TEACHER, EntryKind.NOTE, visits).phrases
    sleepers = [card for card in classroom.roster(TEACHER, TRAIN).cards if card.asleep_since]
    offer = classroom.offer(TEACHER, EntryKind.SLEEP, inside(classroom))
    assert set(offer.asleep) == {card.visit for card in sleepers}


def test_an_allergen_hides_in_a_dish_but_not_from_us():
    line = MenuLine(MealSlot.LUNCH, "番茄蛋汤、馒头", ())
    assert [one.substance for one in holds(line, ("花生", "鸡蛋", "小麦"))] == ["鸡蛋", "小麦"]
    assert holds(MenuLine(MealSlot.LUNCH, "沙拉", ("芒果",)), ("芒果",))


def rename_allergy(database, name, substance):
    with database.unit(1, "test") as unit:
        unit.execute(
            "update child_allergy set substance = :substance where child_id ="
            " (select id from child where name = :name)",
            {"substance": substance, "name": name},
        )
        unit.audit("child", None)


def serve(database, slot, dishes, allergens=""):
    with database.unit(1, "test") as unit:
        unit.execute(
            "update menu set dishes = :dishes, allergens = :allergens"
            " where day = '2025-12-03' and slot = :slot",
            {"dishes": dishes, "allergens": allergens, "slot": slot},
        )
        unit.audit("menu", None)


@pytest.mark.parametrize(
    ("substance", "dishes", "words"),
    [
        ("坚果", "核桃小米粥", "朱予晴 坚果过敏：今日午餐可能含坚果！"),
        ("牛奶蛋白", "鲜奶馒头", "朱予晴 牛奶蛋白过敏：今日午餐可能含牛奶蛋白！"),
        ("坚果", "小米粥", "朱予晴 坚果过敏：午餐食谱未写坚果，请核对配料"),
    ],
)
def test_the_menu_never_says_that_a_dish_is_free_of_something(
    classroom, database, visit_of, clock, substance, dishes, words
):
    clock.set(11, 36)
    rename_allergy(database, "朱予晴", substance)
    serve(database, "lunch", dishes)
    (clash,) = classroom.offer(TEACHER, EntryKind.MEAL, (visit_of("朱予晴"),)).clashes
    assert clash.words == words
    assert clash.in_menu == words.endswith("！")


def lunch(clock, dishes, **parts):
    return EntryDraft(EntryKind.MEAL, clock(), detail="lunch", grade=4, text=dishes, **parts)


@pytest.mark.usefixtures("hungry")
def test_food_that_names_an_allergy_is_kept_only_when_somebody_says_it_was_looked_at(
    classroom, database, visit_of, clock
):
    visits = (visit_of("孙一诺"), visit_of("朱予晴"))
    with pytest.raises(AllergyClashError, match="朱予晴 鸡蛋过敏：午餐可能含鸡蛋") as caught:
        classroom.log(TEACHER, visits[1:], lunch(clock, "番茄炒蛋"))
    assert caught.value.field == "allergy"
    looked = Cleared((Answer(visits[1], frozenset({"鸡蛋"}), "已换替餐"),))
    done = classroom.log(TEACHER, visits, lunch(clock, "番茄炒蛋"), cleared=looked)
    assert done.value.count == 2
    line = database.row("select detail from audit order by id desc limit 1")
    assert "已核对过敏：朱予晴 鸡蛋过敏" in line["detail"]
    note = Handover(database, clock).note(TEACHER, visits[1])
    assert "番茄炒蛋" in note.text.notice


@pytest.mark.usefixtures("hungry")
def test_what_the_menus_own_list_names_asks_too(classroom, database, visit_of, clock):
    serve(database, "lunch", "蒸糕", "鸡蛋")
    with pytest.raises(AllergyClashError):
        classroom.log(TEACHER, (visit_of("朱予晴"),), lunch(clock, "蒸糕"))
    classroom.log(TEACHER, (visit_of("朱予晴"),), lunch(clock, "米饭"))


@pytest.mark.usefixtures("hungry")
def test_milk_asks_by_its_kind_and_what_was_refused_does_not_ask(classroom, visit_of, clock):
    milk = EntryDraft(EntryKind.MILK, clock(), detail="cow", amount_ml=150)
    with pytest.raises(AllergyClashError, match="牛奶"):
        classroom.log(TEACHER, (visit_of("周子墨"),), milk)
    classroom.log(TEACHER, (visit_of("周子墨"),), dataclasses.replace(milk, detail="breast"))
    refused = dataclasses.replace(lunch(clock, "番茄炒蛋"), grade=0)
    classroom.log(TEACHER, (visit_of("朱予晴"),), refused)


@pytest.mark.parametrize(
    ("minute", "served", "slot"),
    [
        (8 * 60, (), MealSlot.BREAKFAST),
        (8 * 60, (MealSlot.MORNING_SNACK, MealSlot.LUNCH), MealSlot.MORNING_SNACK),
        (12 * 60, (MealSlot.LUNCH,), MealSlot.LUNCH),
        (17 * 60, (MealSlot.LUNCH, MealSlot.AFTERNOON_SNACK), MealSlot.AFTERNOON_SNACK),
        (23 * 60, (), MealSlot.DINNER),
    ],
)
def test_the_meal_by_the_clock_is_one_that_is_served(minute, served, slot):
    assert meal_by_clock(minute, [MenuLine(one, "", ()) for one in served]) is slot


def test_a_future_by_seconds_passes_because_clocks_differ(classroom, visit_of, clock):
    draft = EntryDraft(EntryKind.WATER, clock() + dt.timedelta(seconds=90), amount_ml=90)
    assert classroom.log(TEACHER, (visit_of("朱予晴"),), draft).undo.label == "朱予晴 喝水 · 90 ml · 1 人"
