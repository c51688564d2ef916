"""Who has changed is noted by the file's own connection, whoever writes."""

import pytest

from app.store import touched
from tests.services.world import make_world


@pytest.fixture
def noted(tmp_path):
    """A world, and a question: who was touched by a statement."""
    world = make_world(tmp_path)
    place = touched.begin(world.database)

    def by(sql, *, fails=False):
        nonlocal place
        before = place
        try:
            with world.database.unit(world.desk.id, "test") as unit:
                unit.execute(sql)
                unit.audit("test", None)
                if fails:
                    raise LookupError
        except LookupError:
            assert fails
        found, place = touched.list_since(world.database, place)
        assert place >= before
        return found

    yield by, world
    world.database.close()


def ids(world, sql):
    return {row["id"] for row in world.database.rows(sql)}


def test_a_child_an_adult_and_a_tie_are_noted(noted):
    by, world = noted
    child = min(ids(world, "select id from child"))
    adult = min(ids(world, f"select adult_id as id from child_adult where child_id = {child}"))
    kin = ids(world, f"select child_id as id from child_adult where adult_id = {adult}")
    assert by(f"update child set nickname = '豆' where id = {child}") == {child}
    assert by(f"update adult set phone = '13900000000' where id = {adult}") == kin
    assert by(f"update child_adult set relation = '姨' where child_id = {child}") == {child}
    assert by(f"update child set note = 'x' where id = {child}") == frozenset()  # nobody is found by that


def test_what_was_rolled_back_is_not_noted_and_hides_nothing_that_follows(noted):
    by, world = noted
    first, second = sorted(ids(world, "select id from child"))[:2]
    assert by(f"update child set nickname = '豆' where id = {first}", fails=True) == frozenset()
    assert by(f"update child set nickname = '豆' where id = {second}") == {second}


def test_nothing_of_it_reaches_the_file(noted):
    _, world = noted
    assert world.database.rows("select name from main.sqlite_schema where name like 'touched%'") == []
