"""A real centre enters its menu and its plans; the log then offers them."""

import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.logbook import EntryKind, MealSlot
from app.domain.names import BadTextError
from app.domain.staff import NotPermittedError
from app.services.arrivals import Arrivals, CheckIn, MorningCheck
from app.services.classroom import Classroom
from app.services.menus import Activity, DayMenu, DayPlan, Meal, MenuError, Menus
from tests.services.world import DAY

LUNCH = Meal(MealSlot.LUNCH, "软米饭、番茄牛腩", "")
SNACK = Meal(MealSlot.AFTERNOON_SNACK, "鸡蛋饼", "鸡蛋、小麦")


@pytest.fixture
def menus(world):
    return Menus(world.database, world.clock)


def lines(world, subject):
    found = world.database.rows("select detail from audit where subject = :s order by id", {"s": subject})
    return [row["detail"] for row in found]


def test_a_menu_is_kept_in_the_order_of_the_meals(world, menus):
    assert menus.day(world.teacher, DAY) == DayMenu(DAY)
    messy = Meal(MealSlot.AFTERNOON_SNACK, " 鸡蛋饼\n", "鸡蛋，小麦 鸡蛋")
    done = menus.keep_day(world.teacher, DayMenu(DAY, (messy, LUNCH)))
    assert Topic.LOG in done.changes.topics
    assert menus.day(world.desk, DAY).meals == (LUNCH, SNACK)


def test_the_log_offers_what_was_entered(world, menus):
    """The way of a real centre: nobody but the teacher has put anything there."""
    child = CheckIn(world.children["张沐阳"], check=MorningCheck(tenths=365))
    visit = Arrivals(world.database, world.clock, world.rng).check_in(world.desk, child).value.visit
    classroom = Classroom(world.database, world.clock)
    world.clock.at(11, 40)
    before = classroom.offer(world.teacher, EntryKind.MEAL, (visit,))
    assert (before.slot, before.dishes) == ("lunch", "")
    plan = DayPlan(DAY, world.dragons, (Activity(600, "手工课：贴窗花"),))
    menus.keep_day(world.teacher, DayMenu(DAY, (LUNCH, SNACK)), plan)
    offer = classroom.offer(world.teacher, EntryKind.MEAL, (visit,))
    assert offer.dishes == LUNCH.dishes
    assert dict(offer.menus)["afternoon_snack"] == "鸡蛋饼"
    assert "手工课：贴窗花" in classroom.offer(world.teacher, EntryKind.ACTIVITY, (visit,)).activities


def test_what_went_stands_in_the_audit(world, menus):
    menus.keep_day(world.teacher, DayMenu(DAY, (LUNCH, SNACK)))
    menus.keep_day(world.teacher, DayMenu(DAY, (Meal(MealSlot.LUNCH, "面"),)))
    assert menus.day(world.teacher, DAY).meals == (Meal(MealSlot.LUNCH, "面"),)
    assert lines(world, "menu")[2:] == [
        "2025-12-03 午餐：软米饭、番茄牛腩 → 面",
        "2025-12-03 午点：鸡蛋饼（鸡蛋、小麦） → （空）",
    ]


def test_a_plan_is_of_one_class_and_by_the_clock(world, menus):
    plan = DayPlan(DAY, world.dragons, (Activity(960, "户外"), Activity(600, "绘本")))
    menus.keep_day(world.teacher, DayMenu(DAY), plan)
    menus.keep_day(world.teacher, DayMenu(DAY), DayPlan(DAY, world.stars, (Activity(600, "音乐"),)))
    kept = menus.plan(world.desk, DAY, world.dragons)
    assert kept.activities == (Activity(600, "绘本"), Activity(960, "户外"))
    menus.keep_day(world.teacher, DayMenu(DAY), DayPlan(DAY, world.dragons))
    assert menus.plan(world.desk, DAY, world.dragons).activities == ()
    assert menus.plan(world.desk, DAY, world.stars).activities == (Activity(600, "音乐"),)
    assert lines(world, "day_plan")[-1] == "2025-12-03 10:00 绘本；16:00 户外 → （空）"


def test_a_menu_without_a_plan_leaves_the_plan(world, menus):
    plan = DayPlan(DAY, world.dragons, (Activity(600, "绘本"),))
    menus.keep_day(world.teacher, DayMenu(DAY), plan)
    menus.keep_day(world.teacher, DayMenu(DAY, (LUNCH,)))
    assert menus.plan(world.teacher, DAY, world.dragons) == plan


def test_keeping_the_same_again_writes_nothing(world, menus):
    plan = DayPlan(DAY, world.dragons, (Activity(600, "绘本"),))
    menus.keep_day(world.teacher, DayMenu(DAY, (LUNCH, SNACK)), plan)
    before = world.database.row("select count(*) as n from audit")["n"]
    done = menus.keep_day(world.teacher, DayMenu(DAY, (SNACK, LUNCH)), plan)
    assert done.changes.topics == frozenset()
    assert world.database.row("select count(*) as n from audit")["n"] == before


def test_copying_proposes_and_keeps_nothing(world, menus):
    plan = DayPlan(DAY, world.dragons, (Activity(600, "绘本"),))
    menus.keep_day(world.teacher, DayMenu(DAY, (LUNCH,)), plan)
    later = DAY + dt.timedelta(days=7)
    menu, activities = menus.copy_from(world.teacher, later, DAY, world.dragons)
    assert menu == DayMenu(later, (LUNCH,))
    assert activities == DayPlan(later, world.dragons, plan.activities)
    assert menus.day(world.teacher, later).meals == ()
    menus.keep_day(world.teacher, menu, activities)
    assert menus.day(world.teacher, later) == menu
    with pytest.raises(MenuError, match="12月2日没有录入"):
        menus.copy_from(world.teacher, DAY, DAY - dt.timedelta(days=1), world.dragons)


def test_the_last_day_with_a_menu_may_lie_behind_a_weekend(world, menus):
    assert menus.last_before(world.teacher, DAY) is None
    menus.keep_day(world.teacher, DayMenu(DAY, (LUNCH,)))
    assert menus.last_before(world.teacher, DAY + dt.timedelta(days=5)) == DAY
    assert menus.last_before(world.teacher, DAY + dt.timedelta(days=15)) is None
    assert menus.last_before(world.teacher, DAY) is None


@pytest.mark.parametrize(
    ("meals", "field", "words"),
    [
        ((Meal(MealSlot.LUNCH, "", "鸡蛋"),), "lunch", "还没有写菜"),
        ((LUNCH, Meal(MealSlot.LUNCH, "面")), "lunch", "写了两次"),
        ((Meal(MealSlot.DINNER, "面" * 201),), "dinner", "最多 200 个字"),
        ((Meal(MealSlot.DINNER, "面", "蛋" * 201),), "dinner", "晚餐的过敏原最多 200 个字"),
        ((Meal(MealSlot.BREAKFAST, "面\x07"),), "breakfast", "看不见的符号"),
    ],
)
def test_a_menu_that_cannot_be_kept_names_its_row(world, menus, meals, field, words):
    with pytest.raises((MenuError, BadTextError), match=words) as caught:
        menus.keep_day(world.teacher, DayMenu(DAY, meals))
    assert caught.value.field == field
    assert menus.day(world.teacher, DAY).meals == ()


def test_two_hundred_characters_are_kept(world, menus):
    menus.keep_day(world.teacher, DayMenu(DAY, (Meal(MealSlot.DINNER, "面" * 200),)))
    assert len(menus.day(world.teacher, DAY).meals[0].dishes) == 200


@pytest.mark.parametrize(
    ("activities", "field", "words"),
    [
        ((Activity(600, " "),), "activity.1", "做什么"),
        ((Activity(600, "绘本"), Activity(600, "手工")), "activity.2", "10:00 写了两项"),
        ((Activity(1440, "绘本"),), "activity.1", "看不懂"),
        ((Activity(600, "绘" * 201),), "activity.1", "最多 200 个字"),
        (tuple(Activity(600 + at, "绘本") for at in range(13)), None, "最多 12 项"),
    ],
)
def test_a_plan_that_cannot_be_kept_keeps_no_menu_either(world, menus, activities, field, words):
    plan = DayPlan(DAY, world.dragons, activities)
    with pytest.raises((MenuError, BadTextError), match=words) as caught:
        menus.keep_day(world.teacher, DayMenu(DAY, (LUNCH,)), plan)
    assert caught.value.field == field
    assert menus.day(world.teacher, DAY).meals == ()


def test_a_past_day_and_an_unknown_class_are_refused(world, menus):
    with pytest.raises(MenuError, match="过去的日子"):
        menus.keep_day(world.teacher, DayMenu(DAY - dt.timedelta(days=1), (LUNCH,)))
    with pytest.raises(MenuError, match="没有找到这个班级"):
        menus.keep_day(world.teacher, DayMenu(DAY), DayPlan(DAY, 999, (Activity(600, "绘本"),)))


def test_who_logs_the_day_and_the_director_may_keep_it(world, menus):
    menus.keep_day(world.director, DayMenu(DAY, (LUNCH,)))
    for actor in (world.desk, world.cashier):
        with pytest.raises(NotPermittedError):
            menus.keep_day(actor, DayMenu(DAY))
    assert menus.day(world.cashier, DAY).meals == (LUNCH,)
