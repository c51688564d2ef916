"""Who is a child's, on a day: the quick question of each arrival names the same as the whole list."""

import datetime as dt

import pytest

from app.store import people
from app.store.people import Tie
from tests.services.world import DAY, add_adult


@pytest.fixture
def family(world):
    child = world.children["张沐阳"]
    with world.database.unit(None, "x") as unit:
        aunt = add_adult(unit, world, child, "张姑", "姑姑", "13900002211")
        father = add_adult(unit, world, child, "张生父", "爸爸", "13900002212")
        people.end_tie(unit, child, aunt)
        people.add_tie(unit, child, aunt, Tie("姑姑", may_collect=True, only_day=DAY))
        people.end_tie(unit, child, father)
        people.add_tie(unit, child, father, Tie("爸爸", barred=True, only_day=DAY))
        unit.audit("child", child)
    return child, aunt, father


def test_who_is_tied_is_who_is_listed_and_who_is_barred_among_them(world, family):
    child, aunt, father = family
    for day in (DAY, DAY + dt.timedelta(days=1)):
        listed = people.list_adults(world.database, child, day)
        assert people.list_tied(world.database, child, day) == {one.id: one.tie.barred for one in listed}
    assert aunt in people.list_tied(world.database, child, DAY)
    assert aunt not in people.list_tied(world.database, child, DAY + dt.timedelta(days=1))
    assert people.list_tied(world.database, child, DAY + dt.timedelta(days=1))[father] is True


def test_nobody_is_tied_to_a_child_who_is_not_there(world):
    assert people.list_tied(world.database, 99_999, DAY) == {}
