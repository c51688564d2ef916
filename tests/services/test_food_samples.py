"""食品留样 from today's menu: nothing is typed that the kitchen has written already."""

import pytest

from app.domain.logbook import MealSlot
from app.domain.registers import RegisterError
from app.domain.staff import NotPermittedError
from app.services.bundle import build
from app.services.menus import DayMenu, Meal
from tests.services.world import DAY

SHARED = ("grams", "sampled", "discard_after", "keeper")


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    lunch = Meal(MealSlot.LUNCH, "软米饭、番茄牛腩、紫菜汤")
    made.menus.keep_day(world.teacher, DayMenu(DAY, (Meal(MealSlot.MORNING_SNACK, "小馒头"), lunch)))
    return made


@pytest.fixture
def keep(services, world):
    presets = services.health.registers.presets(world.teacher, "food_sample")

    def kept(meal, *dishes, actor=world.teacher, **more):
        answers = [(name, (presets | more)[name]) for name in SHARED]
        return services.health.samples.keep(actor, meal, dishes, answers)

    return kept


def left(services, world):
    return {one.meal: one.left for one in services.health.samples.today(world.teacher)}


def test_todays_dishes_are_offered_and_each_gets_its_line(services, world, keep):
    assert left(services, world) == {"早点": ("小馒头",), "午餐": ("软米饭", "番茄牛腩", "紫菜汤")}
    done = keep("午餐", "软米饭", "番茄牛腩")
    assert done.value == 2
    assert left(services, world)["午餐"] == ("紫菜汤",)
    lines = services.health.registers.month(world.teacher, "food_sample", "2025-12").entries
    assert {(one.entry.answer("dish"), one.entry.answer("grams"), one.open) for one in lines} == {
        ("软米饭", "125", True),
        ("番茄牛腩", "125", True),
    }
    services.undo(world.teacher, done.undo)
    assert left(services, world)["午餐"] == ("软米饭", "番茄牛腩", "紫菜汤")


def test_too_little_none_at_all_or_one_twice_is_refused(services, world, keep):
    with pytest.raises(RegisterError, match="125 克"):
        keep("午餐", "软米饭", grams="100")
    with pytest.raises(RegisterError, match="至少选一个"):
        keep("午餐")
    with pytest.raises(RegisterError, match="从 早餐、早点"):
        keep("夜宵", "软米饭")
    keep("午餐", "软米饭")
    with pytest.raises(RegisterError, match="软米饭已经留过样"):
        keep("午餐", "软米饭", "紫菜汤")
    assert left(services, world)["午餐"] == ("番茄牛腩", "紫菜汤"), "all or nothing"
    with pytest.raises(NotPermittedError):
        keep("午餐", "紫菜汤", actor=world.cashier)
