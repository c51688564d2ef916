"""转班 in a batch: looked at without a trace, refused as a whole, taken back as a whole."""

import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.life import LifeError, Owner, StepKind
from app.domain.staff import NotPermittedError
from app.services.admission_rules import NoSeatError, WrongAgeForClassError
from app.services.bundle import build
from app.store import day, life
from app.store.life import find_life
from tests.services.world import DAY

MONDAY = dt.date(2025, 12, 8)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def older(world):
    return [world.children[name] for name in ("张沐阳", "周乐瑶", "马思睿")]


def place(world, on_day=MONDAY):
    return {one.who.name: one.class_id for one in day.list_contracted(world.database, on_day)}


def seats(world, count):
    with world.database.unit(None, "small") as unit:
        unit.execute("update class_group set seats = :n where id = :id", {"n": count, "id": world.stars})
        unit.audit("class_group", world.stars)


def test_a_look_leaves_no_trace_and_tells_both_classes_before_and_after(world, services, older):
    before = world.database.commits
    look = services.class_moves.preview(world.desk, older[:2], world.stars, MONDAY)
    assert world.database.commits == before
    told = {one.name: (one.seats_before, one.seats_after) for one in look.effects}
    assert told == {"抱抱龙": (3, 1), "小星星": (1, 3)}
    assert look.warnings[0] == "不在乳儿班月龄段：张沐阳、周乐瑶，需写明理由。"
    assert "小星星 1 → 3 / 10 座（按合同 师生比 1 : 3.0" in look.effects[1].words


def test_one_seat_too_few_moves_nobody_and_the_look_says_the_same_sentence(world, services, older):
    seats(world, 2)  # the two halves share one
    look = services.class_moves.preview(world.desk, older, world.stars, MONDAY, "装修")
    with pytest.raises(NoSeatError) as refused:
        services.class_moves.move(world.desk, older, world.stars, MONDAY, "装修")
    assert (look.refusal, look.effects) == (refused.value.sentence, ())
    assert set(place(world).values()) == {world.dragons, world.stars}
    services.class_moves.move(world.desk, [older[0], older[2]], world.stars, MONDAY, "装修")
    assert list(place(world).values()).count(world.stars) == 3


def test_who_is_ticked_twice_moves_once_and_one_undo_brings_all_back(world, services, older):
    before = place(world)
    done = services.class_moves.move(world.desk, [*older, older[0]], world.stars, MONDAY, "装修")
    assert done.undo.label == "张沐阳等 3 人 转班"
    _, told = find_life(world.database, Owner(child=older[0]))
    assert [one.kind for one in told.steps].count(StepKind.MOVE) == 1
    services.undo(world.desk, done.undo)
    assert place(world) == before


def test_whoever_cannot_move_is_named_and_keeps_the_others_where_they_are(world, services, older):
    before = life.list_lives(world.database)
    chosen = [older[0], world.children["曾雨桐"]]
    with pytest.raises(LifeError, match=r"^曾雨桐："):
        services.class_moves.move(world.desk, chosen, world.stars, MONDAY, "装修")
    assert life.list_lives(world.database) == before


def test_the_wrong_age_wants_a_reason_for_each_and_none_is_moved_without(world, services, older):
    with pytest.raises(WrongAgeForClassError):
        services.class_moves.move(world.desk, older, world.stars, MONDAY, "  ")
    assert place(world)["张沐阳"] == world.dragons


def test_only_who_may_admit_looks_and_moves(world, services, older):
    for act in (services.class_moves.preview, services.class_moves.move):
        with pytest.raises(NotPermittedError):
            act(world.teacher, older, world.stars, MONDAY, "装修")
    with pytest.raises(RuleError):
        services.class_moves.move(world.desk, older, world.stars, DAY - dt.timedelta(days=400), "装修")
