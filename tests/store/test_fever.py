"""Fevers as rows: what was taken back is void with all that rests on it."""

import datetime as dt

import pytest

from app.domain.fever import NewStep, StepKind
from app.store import fever, releases, rounds, settings, visits
from app.store.releases import NewRelease
from app.store.visits import Check
from tests.services.world import DAY

RECHECK = NewStep(StepKind.RECHECK, 379, "ear")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def visit(come):
    return come("张沐阳")


@pytest.fixture
def check(world, keep, visit):
    """``check(379)``: somebody measured her now; the key of the row."""

    def _check(tenths):
        kept = Check("day", world.clock(), tenths, "ear", "recheck", "")
        return keep(visits.add_check, visit, kept, world.teacher.id)

    return _check


@pytest.fixture
def case(world, keep, visit, check):
    found = check(381)
    due = world.clock() + 5 * MINUTE
    return keep(fever.add_case, visit, 381, "ear", due, world.teacher.id, check=found)


def step(world, keep, case, new):
    world.clock.now += MINUTE
    return keep(fever.add_step, case, new, world.teacher.id)


def test_a_fever_goes_with_the_reading_it_began_with_unless_somebody_acted_on_it(world, keep, case):
    (ladder,) = fever.list_open(world.database)
    assert (ladder.id, ladder.name, ladder.tenths, ladder.line) == (case, "张沐阳", 381, 373)
    acted = step(world, keep, case, NewStep(StepKind.ISOLATE, whom="许静"))
    keep(rounds.reverse_check, 1)
    assert [one.id for one in fever.list_open(world.database)] == [case]
    assert keep(fever.reverse_step, acted, world.teacher.id)
    assert not keep(fever.reverse_step, acted, world.teacher.id)
    assert fever.list_open(world.database) == ()
    assert fever.find_case(world.database, case) is None
    assert fever.case_of_step(world.database, acted) == case


def test_the_way_back_to_class_falls_with_the_second_reading(world, keep, visit, case, check):
    world.clock.now += 5 * MINUTE
    second = check(368)
    keep(fever.add_step, case, NewStep(StepKind.RECHECK, 368, "ear"), world.teacher.id)
    step(world, keep, case, NewStep(StepKind.BACK))
    assert fever.list_open(world.database) == ()
    assert fever.list_feverish(world.database) == frozenset()
    keep(rounds.reverse_check, second)
    (ladder,) = fever.list_open(world.database)
    assert ladder.steps == ()
    assert fever.list_feverish(world.database) == {visit}


def test_who_was_collected_is_no_open_fever_but_was_feverish_as_long_as_she_is_inside(
    world, keep, visit, case, go
):
    handed = keep(releases.add_release, NewRelease(visit, "known", "妈妈 张母", world.desk.id))
    step(world, keep, case, NewStep(StepKind.COLLECTED, whom="妈妈 张母", release=handed))
    assert fever.list_open_of(world.database, world.children["张沐阳"]) == ()
    assert fever.list_feverish(world.database) == {visit}
    keep(releases.reverse_release, handed, world.desk.id)
    assert [one.id for one in fever.list_open_of(world.database, world.children["张沐阳"])] == [case]
    go(visit)
    assert fever.list_feverish(world.database) == frozenset()
    assert [one.gone for one in fever.list_since(world.database, DAY)] == [True]
    assert fever.list_since(world.database, DAY + dt.timedelta(days=1)) == ()


def test_a_line_that_is_set_later_calls_off_no_fever(world, keep, case):
    world.clock.now += MINUTE
    keep(settings.add_value, "fever_tenths", "385", DAY)
    world.clock.now += MINUTE
    assert settings.value_at(world.database, "fever_tenths", world.clock()) == "385"
    assert fever.find_case(world.database, case).line == 373


def test_a_fever_is_taken_back_once_and_nothing_asked_about_is_none(world, keep, case, visit):
    assert not fever.began_with(world.database, [])
    assert fever.list_heats(world.database, []) == ()
    assert keep(fever.reverse_case, case, world.teacher.id)
    assert not keep(fever.reverse_case, case, world.teacher.id)
    assert fever.list_of_visit(world.database, visit) == ()
    assert fever.list_of_child(world.database, world.children["张沐阳"], DAY) == ()
    assert fever.case_of_step(world.database, 99) is None
