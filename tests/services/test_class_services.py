"""The services of a class are made when asked for and once, and each takes back what is its own."""

import random

import pytest

from app.domain.changes import Undo
from app.domain.instructions import Category, NewInstruction, Way
from app.services.bundle import build
from app.services.class_services import ClassServices
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def test_nothing_is_made_before_it_is_asked_for_and_nothing_twice(world):
    made = ClassServices(world.database, world.clock, random.Random(7), pins=None)
    before = set(vars(made))
    band = made.band
    assert set(vars(made)) - before == {"band"}, "the desk's first second pays for no other room"
    assert made.band is band


def test_what_is_anothers_to_take_back_is_left_alone(world, services):
    new = NewInstruction(world.children["张沐阳"], Category.MEAL, "不吃虾", "妈妈", Way.DOOR, DAY, DAY)
    done = services.classes.instructions.add(world.desk, new)
    before = world.database.commits
    for verb in ("check_in", "health.dose", "instruction", ""):
        assert services.classes.undo(world.desk, Undo(verb, done.undo.key, "")) is None
    assert world.database.commits == before
    assert services.classes.undo(world.desk, done.undo) is not None
    assert services.classes.instructions.for_child(world.teacher, world.children["张沐阳"]) == ()


class Heard:
    """Stands in for a service and tells what it was asked."""

    def __init__(self, name, asked):
        self._name, self._asked = name, asked

    def __getattr__(self, verb):
        return lambda _actor, key: self._asked.append((self._name, verb, key))


@pytest.mark.parametrize(
    ("verb", "service", "act"),
    [
        ("duty.in", "duty", "undo_in"),
        ("duty.out", "duty", "undo_out"),
        ("walk.start", "walks", "undo_start"),
        ("walk.back", "walks", "undo_back"),
        ("instruction.end", "instructions", "undo_end"),
        ("shift.point_closed", "shifts", "reopen"),
        ("curriculum.activity_ended", "library", "undo_ended"),
        ("door.sign", "telling", "undo_sign"),
    ],
)
def test_of_two_like_verbs_the_right_one_is_taken_back(world, verb, service, act):
    """Clocking in and out, going and coming back: one taken for the other would undo the wrong deed."""
    made, asked = ClassServices(world.database, world.clock, random.Random(7), pins=None), []
    vars(made).update({name: Heard(name, asked) for name in ("duty", "walks", "shifts", "library")})
    vars(made).update({name: Heard(name, asked) for name in ("instructions", "telling")})
    made.undo(world.teacher, Undo(verb, 12, ""))
    assert asked == [(service, act, 12)]
