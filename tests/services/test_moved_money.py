"""Whoever is moved for the last hour is paid for, and counted, in the class she came to."""

import datetime as dt

import pytest

from app.domain.modes import Tariff
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.cashier import MONEY_KIND
from app.services.collecting import CheckOut
from app.services.open_papers import Answer
from app.store import receipts
from tests.services.world import add_adult, add_child


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def guest(world, services):
    """By the hour in 抱抱龙, moved to 小星星 at five."""
    with world.database.unit(None, "guest") as unit:
        child = add_child(unit, world, "陆雨", dt.date(2023, 8, 10))
        add_adult(unit, world, child, "陆母", "妈妈", "13700002299", is_guardian=True)
    until = world.clock.now + dt.timedelta(hours=8)
    act = CheckIn(child, class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=until)
    visit = services.arrivals.check_in(world.desk, act).value.visit
    world.clock.at(17, 0)
    services.classes.moves.move(world.teacher, [visit], world.stars, "傍晚并班")
    return visit


def class_of_receipt(world, visit):
    return receipts.find_receipt_of_visit(world.database, visit).class_name


def leave(world, services, visit):
    act = CheckOut(visit, world.adults["陆母"], "known", tender="cash")
    return services.pickup.check_out(world.desk, act)


def test_the_receipt_names_the_class_she_came_to_also_when_it_is_issued_again(world, services, guest):
    leave(world, services, guest)
    first = receipts.find_receipt_of_visit(world.database, guest)
    assert first.class_name == "抱抱龙"
    services.cashier.reverse(world.desk, first.id, "开错了")
    services.cashier.issue(world.desk, guest, "cash")
    assert class_of_receipt(world, guest) == "抱抱龙"


def test_money_put_off_is_of_that_class_too(world, services, guest):
    mother = world.adults["陆母"]
    put_off = (Answer(MONEY_KIND, guest, "没带手机"),)
    services.pickup.check_out(world.desk, CheckOut(guest, mother, answers=put_off))
    world.clock.now += dt.timedelta(days=1)
    world.clock.at(9)
    until = world.clock.now + dt.timedelta(hours=2)
    act = CheckIn(world.children["陆雨"], class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=until)
    again = services.arrivals.check_in(world.desk, act).value.visit
    world.clock.at(11)
    settle = CheckOut(again, mother, tender="cash", answers=(Answer(MONEY_KIND, guest),))
    services.pickup.check_out(world.desk, settle)
    assert class_of_receipt(world, guest) == "抱抱龙"


def test_the_month_counts_her_where_she_came(world, services, guest):
    leave(world, services, guest)
    world.clock.now += dt.timedelta(days=1)
    found = {one.name: one.guests for one in services.month.summary(world.director, "2025-12").classes}
    assert found == {"抱抱龙": 1, "小星星": 0}
