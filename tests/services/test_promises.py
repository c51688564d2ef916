"""One seat is promised once: 招生 heeds the bookings of days to come, 预约 heeds the seats offered."""

import datetime as dt

import pytest

from app.domain.bookings import NoRoomError
from app.domain.capacity import Verdict
from app.domain.life import Owner, StepKind
from app.domain.modes import Tariff
from app.services.admission_rules import NoSeatError
from app.services.admissions import InquiryCard, StepWish
from app.services.booking_card import Wish
from app.services.bundle import build
from tests.services.world import DAY, add_adult, add_child

BORN = dt.date(2023, 8, 1)
FRIDAY = DAY + dt.timedelta(days=2)
NEXT_WEEK = DAY + dt.timedelta(days=7)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def small(world):
    """抱抱龙 has one seat left: three children of its contracts, four seats."""
    with world.database.unit(None, "small") as unit:
        unit.execute("update class_group set seats = 4 where id = :id", {"id": world.dragons})
        unit.audit("class_group", world.dragons)
    return world.dragons


def visitor(world, name="糖糖"):
    with world.database.unit(None, "visitor") as unit:
        child = add_child(unit, world, name, BORN)
        add_adult(unit, world, child, f"{name}妈", "妈妈", "13900001177", is_guardian=True)
    return child


def wish(world, child, day=FRIDAY, **more):
    usual = {"from_minute": 540, "to_minute": 960, "tariff": Tariff.TEMP_FULL_DAY, "class_id": world.dragons}
    return Wish(**{"child": child, "day": day, **usual, **more})


def ask(services, world, name="陆一鸣"):
    card = InquiryCard(name, "13700001111", born_on=BORN, contact="妈妈 陆静")
    return Owner(applicant=services.admissions.inquire(world.desk, card).value)


def offer(services, world, owner, starts_on=DAY):
    services.admissions.take_step(world.desk, owner, StepWish(StepKind.WAIT, DAY))
    notice = StepWish(
        StepKind.NOTIFY, DAY, class_id=world.dragons, starts_on=starts_on, deadline=DAY + dt.timedelta(days=3)
    )
    return services.admissions.take_step(world.desk, owner, notice)


def free(services, world):
    found = next(one for one in services.admission_lists.classes(world.desk) if one.id == world.dragons)
    return found.free, found.booked


def test_a_booking_of_a_day_to_come_takes_a_seat_of_those_that_can_be_promised(world, services, small):
    assert free(services, world) == (1, 0)
    made = services.bookings.book(world.desk, wish(world, visitor(world)))
    assert free(services, world) == (0, 1)
    words = [one.words for one in services.admission_lists.classes(world.desk) if one.id == small]
    assert words == ["抱抱龙 余 0/4（1 个已预约）"]
    with pytest.raises(NoSeatError, match="有 1 个预约"):
        offer(services, world, ask(services, world))
    services.undo(world.desk, made.undo)
    assert free(services, world) == (1, 0)
    offer(services, world, ask(services, world, "陆小小"))


def test_a_seat_that_begins_behind_the_booking_is_free_to_be_promised(world, services, small):
    services.bookings.book(world.desk, wish(world, visitor(world)))
    offer(services, world, ask(services, world), starts_on=NEXT_WEEK)


def test_a_booking_of_another_class_or_the_childs_own_is_not_in_her_way(world, services, small):
    child = visitor(world)
    services.bookings.book(world.desk, wish(world, child))
    enrol = StepWish(StepKind.ENROL, DAY, class_id=world.dragons)
    services.admissions.take_step(world.desk, Owner(child=child), enrol)


def test_an_offer_that_stands_is_not_given_away_by_the_hour(world, services, small):
    child = visitor(world)
    assert services.bookings.ask(world.desk, wish(world, child)).verdict is not Verdict.NO
    done = offer(services, world, ask(services, world), starts_on=FRIDAY)
    assert services.bookings.ask(world.desk, wish(world, child)).verdict is Verdict.NO
    with pytest.raises(NoRoomError):
        services.bookings.book(world.desk, wish(world, child))
    before = wish(world, child, day=DAY + dt.timedelta(days=1))  # the offer begins on Friday
    assert services.bookings.ask(world.desk, before).verdict is not Verdict.NO
    services.undo(world.desk, done.undo)
    assert services.bookings.ask(world.desk, wish(world, child)).verdict is not Verdict.NO


def test_an_offer_whose_time_ran_out_is_a_seat_again(world, services, small):
    child = visitor(world)
    offer(services, world, ask(services, world), starts_on=NEXT_WEEK)
    on = NEXT_WEEK + dt.timedelta(days=1)
    assert services.bookings.ask(world.desk, wish(world, child, day=on)).verdict is Verdict.NO
    world.clock.now += dt.timedelta(days=5)
    assert services.bookings.ask(world.desk, wish(world, child, day=on)).verdict is not Verdict.NO


def test_the_months_ahead_say_what_is_booked(world, services, small):
    january = dt.date(2026, 1, 6)
    services.bookings.book(world.desk, wish(world, visitor(world), day=january))
    dragons = next(
        one for one in services.admission_lists.forecast(world.desk).classes if one.name == "抱抱龙"
    )
    december, month = dragons.months[:2]
    assert (december.free, december.booked) == (0, 1)  # from the end of December on somebody is promised
    assert december.words == "0/4\n约1"
    assert (month.free, month.booked) == (1, 0)  # from the end of January on nobody


def test_two_who_do_not_meet_share_a_seat(world, services, small):
    morning = {"from_minute": 540, "to_minute": 720, "tariff": Tariff.HOURLY}
    services.bookings.book(world.desk, wish(world, visitor(world), **morning))
    assert free(services, world) == (1, 0)  # beside the child who comes in the afternoon
    afternoon = {"from_minute": 780, "to_minute": 960, "tariff": Tariff.HOURLY}
    services.bookings.book(world.desk, wish(world, visitor(world, "豆豆"), **afternoon))
    assert free(services, world) == (0, 1)
