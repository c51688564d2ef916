"""What families asked for stands beside the entry it is about, in whichever class the child is."""

import pytest

from app.domain.instructions import Category, NewInstruction, Way
from app.domain.logbook import EntryKind, MealSlot
from app.services.arrivals import CheckIn
from app.services.bundle import build
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def test_a_wish_is_offered_with_the_meal_and_the_nap_it_is_about(services, world):
    child = world.children["张沐阳"]
    for category, words in ((Category.MEAL, "不吃虾"), (Category.NAP, "抱着睡"), (Category.PICKUP, "外公来")):
        new = NewInstruction(child, category, words, "妈妈", Way.DOOR, DAY, DAY)
        services.classes.instructions.add(world.desk, new)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit

    def offered(kind):
        return services.classroom.offer(world.teacher, kind, (visit,)).instructions

    assert offered(EntryKind.MEAL) == offered(EntryKind.MILK) == ("张沐阳：不吃虾",)
    assert offered(EntryKind.FOOD) == offered(EntryKind.WATER) == ("张沐阳：不吃虾",)
    assert offered(EntryKind.SLEEP) == ("张沐阳：抱着睡",)
    assert offered(EntryKind.MOOD) == ()
    services.classes.moves.move(world.teacher, [visit], world.stars, "并班")
    assert offered(EntryKind.MEAL) == ("张沐阳：不吃虾",)


def test_what_stands_under_no_heading_is_offered_at_everything_but_the_food(services, world):
    child = world.children["张沐阳"]
    for category, words in (
        (Category.OTHER, "今天别去户外"),
        (Category.MEDICINE, "脚扭了"),
        (Category.PICKUP, "外公来"),
    ):
        new = NewInstruction(child, category, words, "妈妈", Way.DOOR, DAY, DAY)
        services.classes.instructions.add(world.desk, new)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    food = {EntryKind.MEAL, EntryKind.MILK, EntryKind.FOOD}
    for kind in EntryKind:
        offered = services.classroom.offer(world.teacher, kind, (visit,)).instructions
        other = ("张沐阳：今天别去户外",) if kind not in food else ()
        assert set(offered) == {"张沐阳：脚扭了", *other}, kind
        assert len(offered) == len(set(offered))


@pytest.mark.parametrize("kind", [EntryKind.MILK, EntryKind.WATER])
def test_a_drink_counts_to_the_meal_of_its_hour(services, world, kind):
    child = world.children["张沐阳"]
    new = NewInstruction(
        child, Category.MEAL, "牛奶要温的，水也要温的", "妈妈", Way.DOOR, DAY, DAY, slots=(MealSlot.LUNCH,)
    )
    services.classes.instructions.add(world.desk, new)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit

    def offered(hour):
        world.clock.at(hour)
        return services.classroom.offer(world.teacher, kind, (visit,)).instructions

    assert offered(10) == ()
    assert offered(12) == ("张沐阳：牛奶要温的，水也要温的",)
    assert offered(15) == ()
