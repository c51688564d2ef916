"""带量 as rows: the grams of one meal of one day."""

import datetime as dt
import sqlite3

import pytest

from app.domain.logbook import MealSlot
from app.store import portions
from app.store.portions import Portion
from tests.services.world import DAY

RICE, SOUP = Portion("番茄牛腩饭", 130), Portion("紫菜蛋花汤", 100)
LUNCH = (DAY, MealSlot.LUNCH)


def test_the_dishes_of_a_meal_come_in_their_order_and_a_new_list_replaces_them(world, keep):
    keep(portions.set_portions, *LUNCH, (SOUP, RICE))
    keep(portions.set_portions, DAY, MealSlot.BREAKFAST, (SOUP,))
    keep(portions.set_portions, *LUNCH, (RICE, SOUP))
    found = portions.list_portions(world.database, DAY, DAY)
    assert found == {LUNCH: (RICE, SOUP), (DAY, MealSlot.BREAKFAST): (SOUP,)}
    keep(portions.set_portions, *LUNCH, ())
    assert LUNCH not in portions.list_portions(world.database, DAY, DAY)
    assert world.database.row("select count(*) as rows from menu_portion")["rows"] == 5


def test_both_ends_of_the_days_are_asked_for_and_no_more(world, keep):
    days = [DAY + dt.timedelta(days=past) for past in range(4)]
    for day in days:
        keep(portions.set_portions, day, MealSlot.LUNCH, (RICE,))
    found = portions.list_portions(world.database, days[1], days[2])
    assert [day for day, _ in found] == days[1:3]


@pytest.mark.parametrize("grams", [0, 1001])
def test_grams_that_no_child_is_served_keep_the_list_before(world, keep, grams):
    keep(portions.set_portions, *LUNCH, (RICE,))
    with pytest.raises(sqlite3.IntegrityError):
        keep(portions.set_portions, *LUNCH, (SOUP, Portion("米饭", grams)))
    assert portions.list_portions(world.database, DAY, DAY) == {LUNCH: (RICE,)}
