"""A whole class in one act: the exceptions in the same unit of work, allergies left out until cleared."""

import dataclasses
import datetime as dt

import pytest

from app.domain.alerts import alerts
from app.domain.ids import ChildId, ClassId, StaffId, VisitId
from app.domain.logbook import AwakeError, EntryDraft, EntryError, EntryKind, MealTwiceError, OverlapError
from app.domain.needs import Need
from app.domain.prose import compose
from app.domain.staff import Actor, Role
from app.services.checks import HealthCheck
from app.services.class_log import AllergyClashError, NothingChosenError, _logged_words, _whole_facts
from app.services.class_seams import Seams
from app.services.class_views import Answer, Cleared, Except
from app.services.classroom import Classroom
from app.services.corrections import Corrections
from app.services.facts import list_books
from app.services.handover import Handover
from app.store import log_versions, logbook

STAR, DRAGON, TRAIN = ClassId(1), ClassId(3), ClassId(4)
TEACHER = Actor(4, "许静", Role.TEACHER, DRAGON)


@pytest.fixture
def classroom(database, clock):
    return Classroom(database, clock)


def cards(classroom, class_id=TRAIN):
    return classroom.roster(TEACHER, class_id).cards


def visit_of(database, name):
    row = database.row(
        "select v.id from visit v join child c on c.id = v.child_id where c.name = :name"
        " order by v.id desc limit 1",
        {"name": name},
    )
    return VisitId(row["id"])


def wake(classroom, database, clock, visits):
    """Nobody drinks asleep."""
    classroom.log(TEACHER, tuple(logbook.open_sleeps(database, visits)), EntryDraft(EntryKind.SLEEP, clock()))


def water(clock, ml=120):
    return EntryDraft(EntryKind.WATER, clock(), amount_ml=ml)


def test_twenty_children_with_two_exceptions_are_one_unit_of_work(classroom, database, clock):
    visits = tuple(card.visit for card in cards(classroom))
    wake(classroom, database, clock, visits)
    seen = []
    database.tracer = seen.append
    but = (Except(visits[3], water(clock, 50)), Except(visits[7], None))
    done = classroom.log(TEACHER, visits, water(clock), but=but)
    database.tracer = None
    assert [line for line in seen if line.startswith(("begin", "commit"))] == ["begin immediate", "commit"]
    assert len([line for line in seen if line.startswith("insert into log_entry")]) == 2
    assert done.value.count == len(visits) - 1
    assert done.value.words == f"喝水 · 120 ml · {len(visits) - 1} 人（1 人不同）"
    rows = [classroom.timeline(TEACHER, visit).rows[-1] for visit in (visits[0], visits[3], visits[7])]
    assert [row.batch == done.value.batch for row in rows] == [True, True, False]
    assert rows[1].words == "50 ml"
    classroom.undo(TEACHER, done.value.batch)
    assert classroom.timeline(TEACHER, visits[3]).rows[-1].batch != done.value.batch


def test_everybody_left_out_by_hand_is_nobody(classroom, clock):
    visit = cards(classroom)[0].visit
    with pytest.raises(NothingChosenError):
        classroom.log(TEACHER, (visit,), water(clock), but=(Except(visit, None),))


def test_an_exception_that_cannot_be_true_names_the_child_and_keeps_nothing(classroom, database, clock):
    first, second = cards(classroom)[:2]
    count = database.row("select count(*) as n from log_entry")["n"]
    with pytest.raises(EntryError, match=f"^{second.name}：") as caught:
        classroom.log(
            TEACHER,
            (first.visit, second.visit),
            water(clock),
            but=(Except(second.visit, water(clock, 9000)),),
        )
    assert caught.value.field == "amount_ml"
    assert database.row("select count(*) as n from log_entry")["n"] == count


def test_an_allergic_child_is_left_out_of_the_batch_until_somebody_says_why_not(classroom, database, clock):
    clock.set(14, 0)
    yuqing, yinuo = visit_of(database, "朱予晴"), visit_of(database, "孙一诺")
    cake = EntryDraft(EntryKind.MEAL, clock(), detail="afternoon_snack", grade=4, text="番茄炒蛋")
    done = classroom.log(TEACHER, (yinuo, yuqing), cake)
    assert done.value.count == 1
    assert done.value.left_out == ("朱予晴 鸡蛋过敏：午点可能含鸡蛋",)
    assert "未记：朱予晴" in done.undo.label
    assert classroom.timeline(TEACHER, yuqing).rows[-1].title != "午点"
    assert "未记 朱予晴" in database.row("select detail from audit order by id desc limit 1")["detail"]
    with pytest.raises(EntryError, match="写清楚"):
        classroom.log(TEACHER, (yuqing,), cake, cleared=said((yuqing, "鸡蛋", "好")))
    classroom.log(TEACHER, (yuqing,), cake, cleared=said((yuqing, "鸡蛋", "已换替餐")))
    row = classroom.timeline(TEACHER, yuqing).rows[-1]
    assert row.words.endswith("过敏已核对：已换替餐（许静）")
    (kept,) = log_versions.list_clearances(database, [yuqing]).values()
    assert (kept.reason, kept.by) == ("已换替餐", "许静")
    note = Handover(database, clock).note(TEACHER, yuqing).text
    assert "午点：替餐（吃完，鸡蛋过敏，已换替餐）" in note.food
    assert "炒蛋" not in note.food + note.prose
    with pytest.raises(AllergyClashError):  # the next plate is looked at anew
        classroom.log(TEACHER, (yuqing,), dataclasses.replace(cake, grade=5))


def test_a_new_food_that_names_an_allergy_asks_too(classroom, database, clock):
    yuqing = visit_of(database, "朱予晴")
    egg = EntryDraft(EntryKind.FOOD, clock(), text="鸡蛋羹", quality="none")
    with pytest.raises(AllergyClashError):
        classroom.log(TEACHER, (yuqing,), egg)
    classroom.log(TEACHER, (yuqing,), dataclasses.replace(egg, text="猪肝泥"))
    assert classroom.timeline(TEACHER, yuqing).rows[-1].words == "猪肝泥 · 没有异常"


def test_who_sleeps_does_not_eat_and_the_sentence_names_the_sleep(classroom, database, clock):
    sleeper = next(card for card in cards(classroom, DRAGON) if card.asleep_since is not None)
    meal = EntryDraft(EntryKind.MEAL, clock(), detail="afternoon_snack", grade=4)
    with pytest.raises(OverlapError, match="还在睡（12:20 入睡）"):
        classroom.log(TEACHER, (sleeper.visit,), meal)


def test_a_sleep_keeps_how_and_by_whom_she_was_put_down_when_she_wakes(classroom, database, clock):
    card = next(one for one in cards(classroom) if one.asleep_since is None)
    down = EntryDraft(EntryKind.SLEEP, clock(), detail="patted", quality="back", helper=TEACHER.id)
    classroom.log(TEACHER, (card.visit,), down)
    clock.advance(minutes=25)
    classroom.log(TEACHER, (card.visit,), EntryDraft(EntryKind.SLEEP, clock()))
    row = [one for one in classroom.timeline(TEACHER, card.visit).rows if one.kind == "sleep"][-1]
    assert row.words == "13:52–14:17 · 25 分钟 · 轻拍 · 仰卧 · 许静哄睡"


def test_sleeping_infants_are_due_and_overdue_on_their_cards_and_come_first(classroom, clock):
    by_name = {card.name: card for card in cards(classroom, STAR)}
    assert "巡视超时 12 分" in {chip.words for chip in by_name["秦宇轩"].chips}
    assert "13:55 巡视" in {chip.words for chip in by_name["马俊杰"].chips}
    order = [card.need for card in cards(classroom, STAR)]
    assert order == sorted(order)
    assert order[0] is Need.NAP_CHECK
    look = EntryDraft(EntryKind.SLEEP_CHECK, clock(), detail="back", quality="calm")
    classroom.log(TEACHER, (by_name["秦宇轩"].visit,), look)
    after = {card.name: card for card in cards(classroom, STAR)}
    assert "14:07 巡视" in {chip.words for chip in after["秦宇轩"].chips}
    assert all("巡视" not in chip.words for card in cards(classroom, DRAGON) for chip in card.chips)


def test_the_interval_of_looks_is_a_rule_of_the_centre(classroom, database, services, actors, clock):
    services.manage.rules.set_rule(actors[Role.DIRECTOR], "sleep_check_minutes", "30", clock().date())
    by_name = {card.name: card for card in cards(classroom, STAR)}
    assert "13:55 巡视" in {chip.words for chip in by_name["秦宇轩"].chips}


def test_since_when_she_had_milk_a_diaper_and_sleep_stands_on_the_card(classroom, database, clock):
    card = next(one for one in cards(classroom, STAR) if one.name == "王梓萱")
    assert card.since[0] == "上次喝奶 44 分钟前"
    diaper = EntryDraft(EntryKind.TOILET, clock(), detail="wet", note="换尿布")
    classroom.log(TEACHER, (card.visit,), diaper)
    clock.advance(minutes=130)
    card = next(one for one in cards(classroom, STAR) if one.name == "王梓萱")
    assert "上次换尿布 2 小时 10 分前" in card.since
    yuqing = next(one for one in cards(classroom, DRAGON) if one.name == "朱予晴")
    assert "上次睡醒 2 小时 27 分前" in yuqing.since


def test_crying_and_due_medicine_come_first_and_what_parents_asked_for_is_shown(database, clock):
    told = {ChildId(0): ()}

    def medicine(children, now):
        assert now == clock()
        return {children[5]: ("14:00 喂药",)}

    def instructions(children, day, slot):
        assert day == clock().date()
        return {children[0]: ("牛奶要温的",)} if slot in (None, "lunch", "afternoon_snack") else told

    plain = Classroom(database, clock)
    room = Classroom(database, clock, Seams(medicine, instructions))
    crying = plain.roster(TEACHER, TRAIN).cards[9]
    if crying.asleep_since is not None:
        crying = next(card for card in plain.roster(TEACHER, TRAIN).cards if card.asleep_since is None)
    plain.log(TEACHER, (crying.visit,), EntryDraft(EntryKind.MOOD, clock(), detail="crying"))
    shown = room.roster(TEACHER, TRAIN).cards
    assert shown[0].visit == crying.visit
    assert (shown[1].due, shown[1].need) == (("14:00 喂药",), Need.MEDICINE)
    assert shown[1].chips[0].words == "14:00 喂药"
    asked = next(card for card in shown if card.instructions)
    assert asked.instructions == ("牛奶要温的",)
    offer = room.offer(TEACHER, EntryKind.MEAL, (asked.visit,), "lunch")
    assert len(offer.instructions) <= 1
    assert all(not card.instructions and not card.due for card in plain.roster(TEACHER, TRAIN).cards)


def test_last_values_are_offered(classroom, database, clock):
    visit = visit_of(database, "朱予晴")
    milk = EntryDraft(EntryKind.MILK, clock(), detail="formula", amount_ml=95)
    classroom.log(TEACHER, (visit,), milk)
    offer = classroom.offer(TEACHER, EntryKind.MILK, (visit,))
    assert (offer.last_ml, offer.last.detail) == (95, "formula")
    assert classroom.offer(TEACHER, EntryKind.SLEEP, (visit,)).helpers[0][1] == "许静"


def test_the_first_bottle_of_a_day_offers_that_of_an_earlier_stay(classroom, database, clock):
    visit = visit_of(database, "朱予晴")
    kinds = (EntryKind.MILK, EntryKind.TEMPERATURE)
    assert [classroom.offer(TEACHER, kind, (visit,)).last for kind in kinds] == [None, None]
    with database.unit(4, "log") as unit:
        child = unit.row("select child_id from visit where id = :id", {"id": visit})["child_id"]
        for days, kind, facts in (
            (30, "milk", {"detail": "cow", "amount_ml": 60}),
            (2, "milk", {"detail": "breast", "amount_ml": 95}),
            (2, "temperature", {"detail": "ear", "tenths": 366}),
        ):
            at = clock() - dt.timedelta(days=days)
            row = {
                "batch_id": unit.insert("log_batch", {"kind": kind, "staff_id": 4, "made_at": unit.stamp}),
                "visit_id": visit - 1, "child_id": child, "day": at.date().isoformat(), "staff_id": 4,
                "kind": kind, "at": at.isoformat(timespec="seconds"), "text": "", "note": "",
            }  # fmt: skip
            unit.insert("log_entry", {**row, **facts})
        unit.audit("log_batch", None)
    offer = classroom.offer(TEACHER, EntryKind.MILK, (visit,))
    assert (offer.last_ml, offer.last.detail) == (95, "breast")
    assert classroom.offer(TEACHER, EntryKind.TEMPERATURE, (visit,)).last.detail == "ear"
    classroom.log(TEACHER, (visit,), EntryDraft(EntryKind.MILK, clock(), detail="formula", amount_ml=150))
    assert classroom.offer(TEACHER, EntryKind.MILK, (visit,)).last_ml == 150


def serve(database, dishes, allergens=""):
    """The lunch of the day becomes another one."""
    with database.unit(1, "test") as unit:
        unit.execute("delete from menu where day = '2025-12-03' and slot = 'lunch'")
        row = {"day": "2025-12-03", "slot": "lunch", "dishes": dishes, "allergens": allergens}
        unit.insert("menu", row)
        unit.audit("menu", None)


def said(*answers):
    """What was said of each: visit, allergen, reason."""
    return Cleared(tuple(Answer(visit, frozenset({name}), reason) for visit, name, reason in answers))


def lunch(clock, text=""):
    return EntryDraft(EntryKind.MEAL, clock(), detail="lunch", grade=4, text=text)


@pytest.mark.usefixtures("hungry")
@pytest.mark.parametrize("text", ["", "小米粥、软米饭", "小米粥", "小米粥 120g、软米饭"])
def test_what_the_menu_lists_counts_however_the_dishes_are_put(classroom, database, clock, text):
    clock.set(14, 0)
    serve(database, "小米粥、软米饭", "鸡蛋")
    with pytest.raises(AllergyClashError, match="含鸡蛋"):
        classroom.log(TEACHER, (visit_of(database, "朱予晴"),), lunch(clock, text))


@pytest.mark.usefixtures("hungry")
def test_a_meal_of_other_dishes_is_not_the_menus(classroom, database, clock):
    clock.set(14, 0)
    serve(database, "小米粥、软米饭", "鸡蛋")
    assert classroom.log(TEACHER, (visit_of(database, "朱予晴"),), lunch(clock, "南瓜糊")).value.count == 1


@pytest.mark.usefixtures("hungry")
def test_a_reason_clears_only_what_was_looked_at(classroom, database, clock):
    """The menu was changed, or another child came, after somebody had said why."""
    clock.set(14, 0)
    yuqing, zimo = visit_of(database, "朱予晴"), visit_of(database, "周子墨")
    serve(database, "小米粥", "鸡蛋、牛奶")
    looked = said((yuqing, "鸡蛋", "已换替餐"))
    done = classroom.log(TEACHER, (yuqing, zimo), lunch(clock), cleared=looked)
    assert done.value.left_out == ("周子墨 牛奶过敏：午餐含牛奶",)
    assert [one.reason for one in log_versions.list_clearances(database, [yuqing, zimo]).values()] == [
        "已换替餐"
    ]
    with pytest.raises(AllergyClashError) as caught:
        classroom.log(TEACHER, (zimo,), lunch(clock), cleared=looked)
    assert caught.value.looked == {(zimo, "牛奶")}
    classroom.log(TEACHER, (zimo,), lunch(clock), cleared=said((zimo, "牛奶", "已换替餐")))


@pytest.mark.usefixtures("hungry")
def test_each_child_has_her_own_confirmation_with_her_reason_and_her_allergen(classroom, database, clock):
    clock.set(14, 0)
    yuqing, zimo, yinuo = (visit_of(database, name) for name in ("朱予晴", "周子墨", "孙一诺"))
    serve(database, "小米粥", "鸡蛋、牛奶")
    answers = said((yuqing, "鸡蛋", "已换替餐"), (zimo, "牛奶", "家长书面同意"))
    done = classroom.log(TEACHER, (yuqing, zimo, yinuo), lunch(clock), cleared=answers)
    assert (done.value.count, done.value.left_out) == (3, ())
    kept = log_versions.list_clearances(database, [yuqing, zimo, yinuo]).values()
    assert [(one.words, one.reason, one.by) for one in kept] == [
        ("朱予晴 鸡蛋过敏：午餐含鸡蛋", "已换替餐", "许静"),
        ("周子墨 牛奶过敏：午餐含牛奶", "家长书面同意", "许静"),
    ]
    shown = [classroom.timeline(TEACHER, visit).rows[-1].words for visit in (yuqing, zimo)]
    assert shown[0].endswith("过敏已核对：已换替餐（许静）")
    assert shown[1].endswith("过敏已核对：家长书面同意（许静）")
    detail = database.row("select detail from audit order by id desc limit 1")["detail"]
    assert "朱予晴 鸡蛋过敏：午餐含鸡蛋（已换替餐）；周子墨 牛奶过敏：午餐含牛奶（家长书面同意）" in detail


@pytest.mark.usefixtures("hungry")
def test_what_is_said_of_one_child_clears_no_other(classroom, database, clock):
    clock.set(14, 0)
    yuqing, zimo = visit_of(database, "朱予晴"), visit_of(database, "周子墨")
    serve(database, "小米粥", "鸡蛋、牛奶")
    mixed_up = said((yuqing, "牛奶", "已换替餐"), (zimo, "鸡蛋", "已换替餐"))
    with pytest.raises(AllergyClashError):
        classroom.log(TEACHER, (yuqing, zimo), lunch(clock), cleared=mixed_up)
    done = classroom.log(TEACHER, (yuqing, zimo), lunch(clock), cleared=said((zimo, "牛奶", "已换替餐")))
    assert done.value.left_out == ("朱予晴 鸡蛋过敏：午餐含鸡蛋",)


def test_a_new_food_that_names_her_allergen_is_asked_for_as_a_meal_is(classroom, database, clock):
    clock.set(14, 0)
    yuqing = visit_of(database, "朱予晴")
    offer = classroom.offer(TEACHER, EntryKind.FOOD, (yuqing,))
    assert "鸡蛋过敏" in offer.clashes[0].words
    food = EntryDraft(EntryKind.FOOD, clock(), quality="none", grade=1, text="蛋黄泥")
    with pytest.raises(AllergyClashError):
        classroom.log(TEACHER, (yuqing,), food)


def test_what_the_family_wishes_about_meals_is_offered_at_a_new_food_too(database, clock):
    yuqing = visit_of(database, "朱予晴")
    asked = []

    def wishes(children, _day, about):
        asked.append(about)
        return dict.fromkeys(children, ("不吃海鲜",))

    classroom = Classroom(database, clock, Seams(instructions=wishes))
    assert classroom.offer(TEACHER, EntryKind.FOOD, (yuqing,)).instructions == ("朱予晴：不吃海鲜",)
    assert asked[-1] in {"breakfast", "morning_snack", "lunch", "afternoon_snack", "dinner"}


@pytest.mark.usefixtures("hungry")
def test_an_allergen_that_comes_onto_the_menu_after_the_meal_stops_the_signature(classroom, database, clock):
    clock.set(14, 0)
    yuqing = visit_of(database, "朱予晴")
    serve(database, "小米粥、软米饭")
    classroom.log(TEACHER, (yuqing,), lunch(clock, "小米粥、软米饭"))
    told = list_books(database, [yuqing])[yuqing]
    assert not [one for one in alerts(told.facts) if "午餐含鸡蛋" in one.words]
    serve(database, "小米粥、软米饭", "鸡蛋")
    later = list_books(database, [yuqing])[yuqing]
    assert any(one.grave for one in alerts(later.facts) if "午餐含鸡蛋" in one.words)
    assert "午餐的“小米粥、软米饭”里有鸡蛋，予晴对鸡蛋过敏" in compose(later.facts).notice


def test_one_reading_is_no_temperature_of_three_children(classroom, clock):
    yuqing, zimo, yinuo = (card.visit for card in cards(classroom)[:3])
    hot = EntryDraft(EntryKind.TEMPERATURE, clock(), detail="forehead", tenths=365)
    with pytest.raises(EntryError, match="一个一个记"):
        classroom.log(TEACHER, (yuqing, zimo, yinuo), hot)
    with pytest.raises(EntryError, match="一个一个记"):
        classroom.check(TEACHER, (yuqing, zimo), HealthCheck("noon", 365))
    own = Except(zimo, dataclasses.replace(hot, tenths=366)), Except(yinuo, hot)
    classroom.log(TEACHER, (yuqing, zimo, yinuo), hot, but=own)
    taken = [classroom.timeline(TEACHER, one).rows[-1].draft.tenths for one in (yuqing, zimo, yinuo)]
    assert taken == [365, 366, 365]


def test_a_look_at_who_is_awake_is_refused_by_her_name(classroom, database, clock):
    awake = next(card for card in cards(classroom) if card.asleep_since is None)
    asleep = next((card for card in cards(classroom) if card.asleep_since is not None), None)
    look = EntryDraft(EntryKind.SLEEP_CHECK, clock(), detail="back", quality="calm")
    count = database.row("select count(*) as n from log_entry")["n"]
    for visits in ((awake.visit,), (asleep.visit, awake.visit)) if asleep else ((awake.visit,),):
        with pytest.raises(AwakeError, match=f"^{awake.name}：.*没有在睡"):
            classroom.log(TEACHER, visits, look)
    assert database.row("select count(*) as n from log_entry")["n"] == count


def test_a_meal_is_not_logged_twice_for_one_child_and_who_had_it_is_named(classroom, database, clock):
    clock.set(14, 30)
    first, second, third = [one for one in cards(classroom, DRAGON) if one.asleep_since is None][:3]
    snack = EntryDraft(EntryKind.MEAL, clock(), detail="afternoon_snack", grade=4, text="苹果")
    classroom.log(TEACHER, (first.visit, second.visit), snack)
    whole = (first.visit, second.visit, third.visit)
    with pytest.raises(
        MealTwiceError, match=f"^{first.name}、{second.name}：午点已经记过（14:30 苹果 · 吃完）"
    ):
        classroom.log(TEACHER, whole, snack)
    left_out = Except(first.visit, None), Except(second.visit, None)
    assert classroom.log(TEACHER, whole, snack, but=left_out).value.count == 1
    more = dataclasses.replace(snack, grade=5)
    assert classroom.log(TEACHER, (first.visit,), more).value.count == 1
    entry = next(row.entry for row in classroom.timeline(TEACHER, second.visit).rows if row.title == "午点")
    Corrections(database, clock).correct(TEACHER, entry, dataclasses.replace(snack, grade=3))
    assert [row.title for row in classroom.timeline(TEACHER, second.visit).rows].count("午点") == 1


def test_who_sleeps_can_always_be_woken(classroom, database, clock):
    asleep = next(card for card in cards(classroom, DRAGON) if card.asleep_since is not None)
    with database.unit(4, "log") as unit:  # as an older program kept it
        what = EntryDraft(EntryKind.WASHING, clock(), detail="before_food")
        logbook.add_entries(unit, logbook.add_batch(unit, what.kind, 4), [asleep.visit], what, 4)
        unit.audit("log_batch", None)
    clock.set(clock().hour, clock().minute + 5)
    classroom.log(TEACHER, (asleep.visit,), EntryDraft(EntryKind.SLEEP, clock()))
    card = next(card for card in cards(classroom, DRAGON) if card.visit == asleep.visit)
    assert card.asleep_since is None


def test_a_notice_says_whole_facts_or_fewer_of_them(clock):
    def said(**what):
        return _logged_words(EntryDraft(at=clock.moment.replace(hour=12, minute=20), **what), 19, 0, 0)

    until = clock.moment.replace(hour=13, minute=35)
    nap = said(kind=EntryKind.SLEEP, until=until)
    assert nap == "睡眠 · 12:20–13:35 · 1 小时 15 分 · 19 人"
    long = said(kind=EntryKind.SLEEP, until=until, detail="patted", quality="back", helper=StaffId(4))
    assert long == "睡眠 · 12:20–13:35 · 1 小时 15 分 · … · 19 人"


def test_what_fills_a_notice_alone_ends_in_an_ellipsis():
    assert _whole_facts("蒸" * 40) == "蒸" * 23 + "…"
    assert _whole_facts("手工课贴雪花") == "手工课贴雪花"


def test_beef_is_beef_under_the_name_of_its_cut(classroom, database, clock):
    clock.set(14, 0)
    yinuo = visit_of(database, "孙一诺")
    child = database.row("select child_id from visit where id = :id", {"id": yinuo})["child_id"]
    with database.unit(None, "change_child") as unit:
        unit.execute("update child set allergy = 'has' where id = :id", {"id": child})
        unit.insert(
            "child_allergy", {"child_id": child, "substance": "牛肉", "added_at": clock().isoformat()}
        )
        unit.audit("child", child)
    stew = EntryDraft(EntryKind.MEAL, clock(), detail="afternoon_snack", grade=4, text="番茄牛腩饭")
    with pytest.raises(AllergyClashError, match="孙一诺 牛肉过敏：午点可能含牛肉"):
        classroom.log(TEACHER, (yinuo,), stew)
