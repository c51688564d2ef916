"""A dish whose name tells nothing: asked once, kept for every week; before, no allergic child eats it."""

import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.ids import ClassId
from app.domain.logbook import EntryDraft, EntryKind, MealSlot
from app.domain.staff import Actor, NotPermittedError, Role
from app.services.class_log import AllergyClashError
from app.services.class_views import Answer, Cleared
from app.services.dish_answers import AskedDish, DishError, unsure_of
from app.services.week_menus import WeekMeal
from app.store import log_versions

WEDNESDAY = dt.date(2025, 12, 3)
MONDAY, THURSDAY = dt.date(2025, 12, 1), dt.date(2025, 12, 4)


@pytest.fixture
def teacher(actors):
    return actors[Role.TEACHER]


@pytest.fixture
def dishes(services):
    return services.classes.dishes


@pytest.fixture
def serve(services, teacher):
    """Today's afternoon snack becomes another one."""

    def _serve(text, day=WEDNESDAY):
        week = services.classes.week_menus
        kept = [one for one in week.week(teacher, day).meals if (one.day, one.slot) != (day, SNACK)]
        week.keep(teacher, day, (*kept, WeekMeal(day, SNACK, text)))

    return _serve


SNACK = MealSlot.AFTERNOON_SNACK


@pytest.fixture
def yuqing(services, teacher, clock):
    clock.set(15, 0)
    cards = services.classroom.roster(teacher, ClassId(3)).cards
    return next(card.visit for card in cards if card.name == "朱予晴")


def snack(clock, text="", grade=4):
    return EntryDraft(EntryKind.MEAL, clock(), detail=SNACK.value, grade=grade, text=text)


def card_words(services, teacher, visit):
    cards = services.classroom.roster(teacher, ClassId(3)).cards
    return [chip.words for card in cards if card.visit == visit for chip in card.chips]


@pytest.mark.usefixtures("yuqing")
def test_a_dish_is_asked_once_for_every_week(services, dishes, teacher, serve):
    assert dishes.asked(teacher, WEDNESDAY) == ()
    assert not services.classes.week_menus.week(teacher, WEDNESDAY).speaks_for
    serve("快乐饭 80、苹果")
    serve("神仙丸、快乐饭", THURSDAY)
    assert dishes.asked(teacher, MONDAY) == (AskedDish("快乐饭"), AskedDish("神仙丸"))
    assert services.classes.week_menus.week(teacher, WEDNESDAY).speaks_for
    assert dishes.keep(teacher, {"快乐饭": "鸡蛋， 牛奶", "神仙丸": ""}).value == 1
    assert dishes.asked(teacher, MONDAY) == (AskedDish("神仙丸"), AskedDish("快乐饭", "鸡蛋、牛奶"))
    assert dishes.keep(teacher, {"快乐饭": "鸡蛋、牛奶", "神仙丸": "无"}).value == 1
    serve("快乐饭、神仙丸", dt.date(2025, 12, 11))
    assert [one.held for one in dishes.asked(teacher, dt.date(2025, 12, 11))] == ["鸡蛋、牛奶", "无"]


@pytest.mark.parametrize(
    ("words", "says"), [("鸡但", "看不懂"), ("无、鸡蛋", "只写一样"), ("长" * 300, "写短一些")]
)
def test_an_answer_that_says_nothing_is_refused_at_its_dish(dishes, teacher, words, says):
    with pytest.raises(RuleError, match=says) as caught:
        dishes.keep(teacher, {"快乐饭": words})
    assert caught.value.field == "快乐饭"


def test_what_only_this_child_reacts_to_is_an_answer(dishes, teacher, database, yuqing):
    with pytest.raises(DishError):
        dishes.keep(teacher, {"快乐饭": "蓝靛果"})
    with database.unit(1, "test") as unit:
        unit.execute("update child_allergy set substance = '蓝靛果' where substance = '鸡蛋'")
        unit.audit("child", None)
    assert dishes.keep(teacher, {"快乐饭": "蓝靛果"}).value == 1


def test_who_may_not_log_answers_nothing(dishes):
    with pytest.raises(NotPermittedError):
        dishes.keep(Actor(5, "收费", Role.CASHIER), {"快乐饭": "无"})


def test_until_it_is_answered_the_card_and_the_meal_say_so_and_the_batch_leaves_her_out(
    services, dishes, teacher, serve, clock, yuqing, database
):
    serve("快乐饭、苹果")
    assert "午点未确认“快乐饭”" in card_words(services, teacher, yuqing)
    (clash,) = services.classroom.offer(teacher, EntryKind.MEAL, (yuqing,), slot=SNACK.value).clashes
    assert (clash.in_menu, clash.named) == (True, ("鸡蛋",))
    assert clash.words == "朱予晴 鸡蛋过敏：今日午点“快乐饭”未确认过敏原！"
    with pytest.raises(AllergyClashError, match="朱予晴 鸡蛋过敏：午点“快乐饭”未确认过敏原"):
        services.classroom.log(teacher, (yuqing,), snack(clock))
    looked = Cleared((Answer(yuqing, frozenset({"鸡蛋"}), "问过厨房没有蛋", "safe"),))
    services.classroom.log(teacher, (yuqing,), snack(clock), cleared=looked)
    (kept,) = log_versions.list_clearances(database, [yuqing]).values()
    assert kept.words == "朱予晴 鸡蛋过敏：午点“快乐饭”未确认过敏原"
    text = services.handover.note(teacher, yuqing).text
    assert "午点：吃完，已核对：问过厨房没有蛋" in text.food
    assert "鸡蛋" not in text.prose + text.notice
    dishes.keep(teacher, {"快乐饭": "无"})


def test_answered_it_is_fed_or_refused_by_what_it_holds(services, dishes, teacher, serve, clock, yuqing):
    serve("快乐饭、苹果")
    dishes.keep(teacher, {"快乐饭": "鸡蛋"})
    assert "午点含鸡蛋" in card_words(services, teacher, yuqing)
    for text in ("", "快乐饭"):
        with pytest.raises(AllergyClashError, match="午点含鸡蛋"):
            services.classroom.log(teacher, (yuqing,), snack(clock, text))
    paper = services.classes.week_menus.paper(teacher, WEDNESDAY)
    assert any("鸡蛋" in cell.allergens for row in paper.rows for cell in row.cells if "快乐饭" in str(cell))
    dishes.keep(teacher, {"快乐饭": "无"})
    assert not [one for one in card_words(services, teacher, yuqing) if "午点" in one]
    assert services.classroom.log(teacher, (yuqing,), snack(clock)).value.count == 1


def test_a_dish_that_is_on_no_menu_is_asked_for_at_the_meal(services, teacher, serve, clock, yuqing):
    serve("苹果")
    with pytest.raises(AllergyClashError, match="“神仙丸”未确认"):
        services.classroom.log(teacher, (yuqing,), snack(clock, "神仙丸"))
    assert services.classroom.log(teacher, (yuqing,), snack(clock, "神仙丸", grade=0)).value.count == 1


def test_an_allergy_to_what_is_no_food_asks_nothing():
    assert unsure_of(("尘螨", "青霉素", "鸡蛋"), ("快乐饭",)) == ("鸡蛋",)
    assert unsure_of(("鸡蛋",), ()) == ()
