"""A step takes no day out of a contract on which she came by it."""

import datetime as dt

import pytest

from app.domain.life import Ending, LifeError, Owner, StepKind
from app.services.admissions import StepWish
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.store import day
from tests.services.world import DAY

DAYS = dt.timedelta(days=1)
NAME, MOTHER = "周乐瑶", "周母"


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def come(services, world):
    return services.arrivals.check_in(
        world.desk, CheckIn(world.children[NAME], brought_by=world.adults[MOTHER])
    )


def go(services, world, visit):
    world.clock.at(16, 30)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults[MOTHER]))


def step(services, world, kind, on_day, **more):
    wish = StepWish(kind, on_day, reason="补登", **more)
    return services.admissions.take_step(world.director, Owner(child=world.children[NAME]), wish)


def leave(services, world, on_day):
    return step(services, world, StepKind.LEAVE, on_day, ending=Ending.WITHDRAWN)


def comes(world, on_day):
    return world.children[NAME] in {one.who.id for one in day.list_expected(world.database, on_day)}


def test_nobody_has_left_before_she_came_last_also_while_she_is_inside(services, world):
    done = come(services, world)
    for gone in (False, True):
        with pytest.raises(
            LifeError, match="周乐瑶 12月3日（周三） 按合同来过，离园的最后一天不能早于那天。"
        ):
            leave(services, world, DAY - DAYS)
        if not gone:
            go(services, world, done.value.visit)
    leave(services, world, DAY)
    assert (comes(world, DAY), comes(world, DAY + DAYS)) == (True, False)


def test_an_arrival_taken_back_is_no_day_she_came(services, world):
    services.undo(world.desk, come(services, world).undo)
    leave(services, world, DAY - DAYS)
    assert not comes(world, DAY)


def test_a_pause_begins_after_the_day_she_came_last(services, world):
    come(services, world)
    for on in (DAY - DAYS, DAY):
        with pytest.raises(LifeError, match="12月3日（周三） 按合同来过，停托要从 12月4日（周四） 起。"):
            step(services, world, StepKind.SUSPEND, on)
    step(services, world, StepKind.SUSPEND, DAY + DAYS)


def test_who_came_yesterday_moves_from_today_on_alone_or_with_others(services, world):
    go(services, world, come(services, world).value.visit)
    world.clock.now += DAYS
    come(services, world)
    chosen = (world.children[NAME],)
    other = world.stars if comes_to(world) != world.stars else world.dragons
    said = "12月3日（周三） 按合同来过，转班要从 12月4日（周四） 起。"
    with pytest.raises(LifeError, match=said) as told:
        step(services, world, StepKind.MOVE, DAY, class_id=other)
    assert told.value.field == "on_day"
    with pytest.raises(LifeError, match=said):
        services.class_moves.move(world.director, chosen, other, DAY, "补登")
    assert said in services.class_moves.preview(world.director, chosen, other, DAY, "补登").refusal
    services.class_moves.move(world.director, chosen, other, DAY + DAYS, "换班")


def comes_to(world):
    return day.find_enrolment(world.database, world.children[NAME], DAY).class_id
