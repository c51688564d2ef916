"""What the panel says was paid is what the receipts say: all of them, and as they were."""

import datetime as dt

import pytest

from app.domain.modes import Tariff
from app.domain.money import Money
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.cashier import MONEY_KIND
from app.services.collecting import CheckOut
from app.services.open_papers import Answer
from app.services.taken import taken_together
from app.store import people, visits
from app.store.people import Tie
from tests.services.world import DAY, add_child


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def arrive(world, services, child=None):
    at = world.clock.now.replace(hour=14)
    act = CheckIn(
        child or world.children["周乐瑶"], tariff=Tariff.TEMP_HALF_DAY, class_id=world.dragons, promised_at=at
    )
    return services.arrivals.check_in(world.desk, act).value.visit


def test_every_receipt_of_a_departure_is_told_with_the_day_it_is_for(world, services):
    first = arrive(world, services)
    world.clock.at(14)
    mother = world.adults["周母"]
    assert services.pickup.prepare(world.desk, first).taken == ()
    put_off = (Answer(MONEY_KIND, first, "没带手机"),)
    services.pickup.check_out(world.desk, CheckOut(first, mother, answers=put_off))
    assert services.pickup.prepare(world.desk, first).taken == ()
    world.clock.now = world.clock.now.replace(hour=9) + dt.timedelta(days=1)
    again = arrive(world, services)
    world.clock.now = world.clock.now.replace(hour=14)
    paid = (Answer(MONEY_KIND, first),)
    left = services.pickup.check_out(world.desk, CheckOut(again, mother, tender="cash", answers=paid)).value
    taken = services.pickup.prepare(world.desk, again).taken
    assert [one.receipt for one in taken] == [left.receipt, *left.settled]
    assert [(one.stay, one.total) for one in taken] == [(None, Money(9500)), (DAY, Money(9500))]
    assert taken[0].lines


def test_siblings_paid_one_sum_and_one_alone_none(world, services):
    with world.database.unit(None, "sibling") as unit:
        brother = add_child(unit, world, "周乐安", dt.date(2023, 11, 1), sex="m")
        tie = Tie("妈妈", is_guardian=True, may_collect=True)
        people.add_tie(unit, brother, world.adults["周母"], tie)
        unit.audit("child", brother)
    stays = [arrive(world, services), arrive(world, services, brother)]
    world.clock.at(14)
    acts = tuple(CheckOut(one, world.adults["周母"], tender="cash") for one in stays)
    services.pickup.check_out_together(world.desk, acts)
    for stay, other in zip(stays, ("周乐安", "周乐瑶"), strict=True):
        card = services.pickup.prepare(world.desk, stay)
        assert (card.together.names, card.together.total) == ((other,), Money(19000))
        assert len(card.taken) == 1
    alone = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    services.pickup.check_out(world.desk, CheckOut(alone, world.adults["张母"]))
    assert taken_together(world.database, visits.find_visit(world.database, alone)) is None


def test_an_undo_hands_on_every_refund_it_has_booked(world, services):
    stay = arrive(world, services)
    world.clock.at(14)
    services.pickup.check_out(world.desk, CheckOut(stay, world.adults["周母"], tender="cash"))
    done = services.pickup.undo_check_out(world.desk, stay)
    (refund,) = done.refunds
    paper = services.papers.receipt(world.desk, refund)
    assert (paper.refund, paper.total, paper.original) == (True, Money(-9500), "2025-000001")
    contract = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    services.pickup.check_out(world.desk, CheckOut(contract, world.adults["张母"]))
    assert services.pickup.undo_check_out(world.desk, contract).refunds == ()


def test_what_was_put_off_twice_is_paid_once_and_the_departure_can_be_taken_back(world, services):
    mother, stays = world.adults["周母"], []
    for tender in (None, "cash", "cash"):
        stays.append(arrive(world, services))
        world.clock.at(14)
        why = "又没带够" if len(stays) < 3 else ""
        answers = (Answer(MONEY_KIND, stays[0], why),)
        left = services.pickup.check_out(
            world.desk, CheckOut(stays[-1], mother, tender=tender, answers=answers)
        )
        world.clock.now = world.clock.now.replace(hour=9) + dt.timedelta(days=len(stays) < 3)
    world.clock.at(14)
    taken = services.pickup.prepare(world.desk, stays[-1]).taken
    assert [one.stay for one in taken] == [None, DAY]
    services.undo(world.desk, left.undo)
    assert services.pickup.prepare(world.desk, stays[-1]).taken == ()
