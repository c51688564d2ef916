"""The menu and the plan of a day."""

import datetime as dt
import sqlite3

import pytest

from app.domain.logbook import MealSlot
from app.store import menus
from app.store.menus import MenuLine, Planned

DAY = dt.date(2025, 12, 3)


def test_the_menu_comes_in_the_order_of_the_meals_with_its_allergens(database):
    lines = menus.list_menu(database, DAY)
    assert [line.slot for line in lines] == [MealSlot.MORNING_SNACK, MealSlot.LUNCH, MealSlot.AFTERNOON_SNACK]
    assert lines[0] == MenuLine(MealSlot.MORNING_SNACK, "苹果、酸奶", ("牛奶",))
    assert lines[1].allergens == ()


def test_a_new_menu_and_plan_are_there_again(database):
    day = dt.date(2026, 1, 5)
    assert menus.list_menu(database, day) == ()
    line = MenuLine(MealSlot.DINNER, "鸡蛋面", ("鸡蛋", "小麦"))
    with database.unit(1, "plan") as unit:
        menus.add_menu(unit, day, line)
        menus.add_plan(unit, day, 3, Planned(600, "绘本"))
        unit.audit("menu", None)
    assert menus.list_menu(database, day) == (line,)
    assert menus.list_plan(database, day, 3) == (Planned(600, "绘本"),)


def test_a_day_has_each_meal_once(database):
    with pytest.raises(sqlite3.IntegrityError), database.unit(1, "plan") as unit:
        menus.add_menu(unit, DAY, MenuLine(MealSlot.LUNCH, "面", ()))


def test_the_plan_is_by_the_clock(database):
    plan = menus.list_plan(database, DAY, 3)
    assert [one.from_minute for one in plan] == [600, 960]
    assert plan[0].name == "手工课：贴雪花"


def test_what_was_taken_away_makes_room_and_leaves_the_rest(database):
    with database.unit(1, "plan") as unit:
        menus.end_menu(unit, DAY, MealSlot.LUNCH)
        menus.end_plan(unit, DAY, 3)
        menus.add_menu(unit, DAY, MenuLine(MealSlot.LUNCH, "面", ()))
        unit.audit("menu", None)
    dishes = {line.slot: line.dishes for line in menus.list_menu(database, DAY)}
    assert dishes[MealSlot.LUNCH] == "面"
    assert dishes[MealSlot.MORNING_SNACK] == "苹果、酸奶"
    assert menus.list_plan(database, DAY, 3) == ()
    assert menus.list_plan(database, DAY, 1) != ()


def test_the_last_day_with_a_menu_is_the_nearest_before(database):
    week = dt.timedelta(days=7)
    monday = dt.date(2025, 12, 1)
    assert menus.find_last_day(database, DAY - week, DAY) == dt.date(2025, 12, 2)
    assert menus.find_last_day(database, monday - week, monday) == dt.date(2025, 11, 28)
    assert menus.find_last_day(database, DAY + week, DAY + 2 * week) is None
