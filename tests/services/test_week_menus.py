"""The kitchen's week: copied, kept meal by meal with its grams, and frozen for the door."""

import datetime as dt

import pytest

from app.domain.logbook import MealSlot
from app.domain.menu_text import MealTextError
from app.domain.staff import NotPermittedError, Role
from app.services.menus import MenuError
from app.services.week_menus import WeekMeal
from app.store import portions

MONDAY = dt.date(2025, 12, 1)
THURSDAY, FRIDAY = dt.date(2025, 12, 4), dt.date(2025, 12, 5)


@pytest.fixture
def week(services):
    return services.classes.week_menus


@pytest.fixture
def teacher(actors):
    return actors[Role.TEACHER]


def test_the_week_shows_every_open_day_with_its_dishes_grams_and_allergens(week, teacher):
    shown = week.week(teacher, FRIDAY)
    assert (shown.monday, len(shown.days), shown.today) == (MONDAY, 5, dt.date(2025, 12, 3))
    assert (
        shown.text(dt.date(2025, 12, 3), MealSlot.LUNCH)
        == "软米饭 40、番茄牛腩 80、清炒西兰花 100、紫菜汤 60"
    )
    assert shown.text(MONDAY, MealSlot.MORNING_SNACK).endswith("（牛奶）")
    assert shown.text(THURSDAY, MealSlot.LUNCH) == ""


def test_a_make_up_saturday_is_a_column_and_a_holiday_is_none(week, teacher):
    days = week.week(teacher, dt.date(2025, 10, 11)).days
    assert dt.date(2025, 10, 11) in days
    assert dt.date(2025, 10, 8) not in days


def test_a_make_up_sunday_eats_what_was_planned_for_it_and_no_fridays_menu(
    week, teacher, services, actors, clock
):
    """What the week before did not serve on a Sunday stays empty, and the sheet names the day."""
    eaten = week.week(teacher, dt.date(2025, 9, 28))
    sunday, *fridays = (eaten.text(day, MealSlot.LUNCH) for day in (dt.date(2025, 9, 28), *eaten.days))
    assert sunday
    assert fridays.count(sunday) == 1
    sunday = dt.date(2025, 12, 7)
    assert sunday not in week.week(teacher, MONDAY).days
    marks = services.manage.calendar
    marks.mark(actors[Role.DIRECTOR], sunday, sunday, is_open=True, reason="调休上班")
    copied = week.copy_last(teacher, MONDAY)
    assert sunday in copied.days
    assert copied.text(sunday, MealSlot.LUNCH) == ""
    assert copied.empty_days == (sunday,)


def test_last_week_is_copied_for_the_days_still_to_come_and_nothing_is_kept_by_it(week, teacher, database):
    before = database.row("select count(*) as n from menu")["n"]
    copied = week.copy_last(teacher, MONDAY)
    last = week.week(teacher, MONDAY - dt.timedelta(days=7))
    assert copied.text(THURSDAY, MealSlot.LUNCH) == last.text(dt.date(2025, 11, 27), MealSlot.LUNCH) != ""
    here = week.week(teacher, MONDAY)
    assert copied.text(MONDAY, MealSlot.LUNCH) == here.text(MONDAY, MealSlot.LUNCH)  # past days stay
    assert database.row("select count(*) as n from menu")["n"] == before
    done = week.keep(teacher, MONDAY, copied.meals)
    assert done.value > 0
    assert week.week(teacher, MONDAY).text(FRIDAY, MealSlot.LUNCH) == copied.text(FRIDAY, MealSlot.LUNCH)
    assert week.keep(teacher, MONDAY, copied.meals).value == 0


def test_what_this_week_has_stays_when_last_week_is_copied(week, teacher, database):
    """The week before had a holiday: its Thursday has no menu, and Friday's lunch is another one."""
    with database.unit(1, "holiday") as unit:
        unit.execute("delete from menu where day = '2025-11-27'")
        unit.audit("menu", None)
    mine = (
        WeekMeal(THURSDAY, MealSlot.LUNCH, "鱼片粥 150（鱼）"),
        WeekMeal(FRIDAY, MealSlot.LUNCH, "面条 120（小麦）"),
    )
    week.keep(teacher, MONDAY, (*week.week(teacher, MONDAY).meals, *mine))
    copied = week.copy_last(teacher, MONDAY)
    assert [copied.text(one.day, one.slot) for one in mine] == [one.text for one in mine]
    assert copied.text(FRIDAY, MealSlot.MORNING_SNACK) != ""
    assert copied.empty_days == ()
    cells = [(one.day, one.slot) for one in copied.meals]
    assert len(cells) == len(set(cells)), "no cell says two things"
    typed = [one for one in week.week(teacher, MONDAY).meals if one.day != THURSDAY]  # emptied on the sheet
    typed.append(WeekMeal(FRIDAY, MealSlot.DINNER, "粥 100"))
    copied = week.copy_last(teacher, MONDAY, typed)
    assert copied.empty_days == (THURSDAY,)
    assert copied.text(FRIDAY, MealSlot.DINNER) == "粥 100"


def test_what_changes_is_superseded_and_its_grams_stay_on_file(week, teacher, database, services):
    meals = [
        *week.week(teacher, MONDAY).meals,
        WeekMeal(THURSDAY, MealSlot.LUNCH, "软米饭 60、虾仁 40（虾）"),
    ]
    assert week.keep(teacher, MONDAY, meals).value == 1
    meals[-1] = WeekMeal(THURSDAY, MealSlot.LUNCH, "软米饭 50、虾仁 40（虾）")
    assert week.keep(teacher, MONDAY, meals).value == 1
    held = portions.list_portions(database, THURSDAY, THURSDAY)[THURSDAY, MealSlot.LUNCH]
    assert [(one.dish, one.grams) for one in held] == [("软米饭", 50), ("虾仁", 40)]
    gone = database.rows("select grams from menu_portion where ended_at is not null order by id")
    assert [row["grams"] for row in gone] == [60, 40]
    detail = database.row("select detail from audit order by id desc limit 1")["detail"]
    assert "软米饭 60、虾仁 40（虾） → 软米饭 50、虾仁 40（虾）" in detail
    day = services.menus.day(teacher, THURSDAY)
    assert (day.meals[0].dishes, day.meals[0].allergens) == ("软米饭、虾仁", "虾")
    assert week.keep(teacher, MONDAY, meals[:-1]).value == 1  # an emptied cell is not served any more
    assert services.menus.day(teacher, THURSDAY).meals == ()


def test_past_days_unreadable_meals_and_strangers_are_refused_and_nothing_is_kept(
    week, teacher, actors, database
):
    count = database.row("select count(*) as n from menu_portion")["n"]
    meals = week.week(teacher, MONDAY).meals
    with pytest.raises(MenuError, match="12月1日已经过去") as caught:
        week.keep(teacher, MONDAY, [*meals, WeekMeal(MONDAY, MealSlot.DINNER, "粥 100")])
    assert caught.value.field == "2025-12-01"
    bad = [*meals, WeekMeal(THURSDAY, MealSlot.LUNCH, "粥 100"), WeekMeal(FRIDAY, MealSlot.LUNCH, "粥 9999")]
    with pytest.raises(MealTextError) as caught:
        week.keep(teacher, MONDAY, bad)
    assert caught.value.field == "2025-12-05.lunch"
    assert database.row("select count(*) as n from menu_portion")["n"] == count
    with pytest.raises(NotPermittedError):
        week.keep(actors[Role.FRONT_DESK], MONDAY, meals)
    with pytest.raises(MenuError, match="上一周没有食谱"):
        week.copy_last(teacher, dt.date(2026, 3, 2))


def test_the_paper_for_the_door_freezes_the_week(week, teacher):
    paper = week.paper(teacher, FRIDAY)
    assert [row.meal for row in paper.rows] == ["早点", "午餐", "午点"]
    assert paper.rows[1].cells[2].dishes[1] == ("番茄牛腩", 80)
    assert paper.rows[0].cells[0].allergens == ("牛奶",)
    assert len(paper.rows[0].cells) == len(paper.days) == 5
    with pytest.raises(MenuError, match="还没有录入食谱"):
        week.paper(teacher, dt.date(2026, 3, 2))
