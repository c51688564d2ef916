"""What was agreed since goes before a booking that comes back, and what nobody meant stays away."""

import datetime as dt

import pytest

from app.domain.absences import AbsenceError
from app.domain.bookings import BookedAlreadyError, BookingOverError, NoRoomError
from app.domain.life import StepKind
from app.domain.modes import CareMode, Tariff
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.store import absences, visits
from tests.services.test_booking_ends import (
    FRIDAY,
    MONDAY,
    away,
    book,
    child_of,
    expected,
    held,
    step,
    weekly,
)
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def enrol(services, world, on_day=DAY):
    return step(services, world, "糖糖", StepKind.ENROL, on_day, class_id=world.stars, mode=CareMode.FULL_DAY)


def test_an_absence_taken_back_gives_no_booking_back_beside_a_contract(services, world):
    key = book(world, services)
    done = away(world, services)
    enrol(services, world)
    back = services.undo(world.desk, done.undo)
    assert (held(world, [key]), expected(world, FRIDAY)) == ([], [(None, 500)])
    assert back.also == "糖糖 12月5日（周五） 9:00–11:00 的预约没有恢复：那天按合同 8:20–17:20 来园。"


def test_a_day_that_opens_again_gives_no_booking_back_beside_a_contract_or_an_absence(services, world):
    keys = [book(world, services), book(world, services, "小客0")]
    closed = services.manage.calendar.mark(world.director, FRIDAY, FRIDAY, is_open=False, reason="台风")
    enrol(services, world)
    with world.database.unit(None, "x") as unit:
        key = visits.add_absence(unit, child_of(world, "小客0"), FRIDAY, "other", "", "妈妈", world.desk.id)
        unit.audit("absence", key, "")
    back = services.undo(world.director, closed.undo)
    assert (held(world, keys), expected(world, FRIDAY)) == ([], [(None, 500)])
    assert "小客0 12月5日（周五） 9:00–11:00 的预约没有恢复：那天登记了缺勤（妈妈说）。" in back.also


def test_a_cancelled_booking_does_not_come_back_beside_a_contract(services, world):
    key = book(world, services)
    done = services.bookings.cancel(world.desk, key, "妈妈", "发热")
    enrol(services, world)
    with pytest.raises(BookedAlreadyError, match="的预约不能恢复：那天按合同 8:20–17:20 来园。"):
        services.undo(world.desk, done.undo)
    assert held(world, [key]) == []


def test_a_cancelled_other_half_comes_back_beside_a_half_day_contract(services, world):
    key = book(world, services, "曾雨桐", hours=(840, 960))
    done = services.bookings.cancel(world.desk, key, "妈妈", "发热")
    services.undo(world.desk, done.undo)
    assert held(world, [key]) == [FRIDAY]


def test_a_cancelled_booking_does_not_come_back_on_a_day_she_stays_away(services, world):
    key = book(world, services, "曾雨桐", hours=(840, 960))
    done = services.bookings.cancel(world.desk, key, "妈妈", "有事")
    away(world, services, "曾雨桐")
    with pytest.raises(BookedAlreadyError, match="那天登记了事假（妈妈说）。"):
        services.undo(world.desk, done.undo)


def test_a_cancelled_booking_does_not_come_back_on_a_closed_day_and_the_words_say_why(services, world):
    key = book(world, services)
    done = services.bookings.cancel(world.desk, key, "妈妈", "发热")
    services.manage.calendar.mark(world.director, FRIDAY, FRIDAY, is_open=False, reason="台风")
    with pytest.raises(NoRoomError, match="糖糖 12月5日（周五） 9:00–11:00 的预约不能恢复：那天不开园。"):
        services.undo(world.desk, done.undo)


def move(world, services, key, day):
    return services.bookings.move(world.desk, key, Wish(day, 540, 660, Tariff.HOURLY, child_of(world)))


def test_a_move_is_not_taken_back_when_what_it_led_to_has_ended(services, world):
    made = weekly(world, services)
    moved = move(world, services, made[1].id, MONDAY)
    rest = services.bookings.cancel(world.desk, made[0].id, "妈妈", "出门", rest=True)
    with pytest.raises(BookingOverError, match="改期后的 12月8日（周一） 9:00–11:00 已取消，不能撤销改期"):
        services.undo(world.desk, moved.undo)
    services.undo(world.desk, rest.undo)
    assert sorted(held(world, [*made, moved.value.first])) == sorted(
        [MONDAY, *(one.day for one in made if one.id != made[1].id)]
    )
    services.undo(world.desk, moved.undo)
    assert held(world, [*made, moved.value.first]) == [one.day for one in made]


def test_of_two_moves_the_later_one_is_taken_back_first(services, world):
    key = book(world, services)
    first = move(world, services, key, MONDAY)
    second = move(world, services, first.value.first, MONDAY + dt.timedelta(days=1))
    with pytest.raises(BookingOverError, match="已改期，不能撤销改期"):
        services.undo(world.desk, first.undo)
    for done in (second, first):
        services.undo(world.desk, done.undo)
    assert held(world, [key, first.value.first, second.value.first]) == [FRIDAY]
    again = move(world, services, key, MONDAY)
    services.undo(world.desk, again.undo)
    assert held(world, [key, again.value.first]) == [FRIDAY]


def test_a_series_nobody_meant_does_not_come_back_with_an_absence(services, world):
    made = weekly(world, services)
    away(world, services)
    services.bookings.undo_made(world.desk, made[1].id)
    world.clock.now += dt.timedelta(days=2)
    back = services.arrivals.undo_absence(world.desk, child_of(world))
    assert held(world, made) == []
    assert back.also.endswith("的预约没有恢复：每周的预约已经整个撤销。")


def test_a_series_nobody_meant_does_not_come_back_by_an_older_cancellation_or_move(services, world):
    made = weekly(world, services)
    moved = move(world, services, made[0].id, MONDAY)
    gone = services.bookings.cancel(world.desk, made[2].id, "妈妈", "出门")
    services.bookings.undo_made(world.desk, made[1].id)
    for done in (moved, gone):
        with pytest.raises(BookingOverError, match="已经整个撤销"):
            services.undo(world.desk, done.undo)
    assert held(world, [*made, moved.value.first]) == []


def test_a_booking_nobody_meant_does_not_come_back_by_an_older_cancellation(services, world):
    child_of(world)
    done = services.bookings.book(world.desk, Wish(FRIDAY, 540, 660, Tariff.HOURLY, child_of(world)))
    gone = services.bookings.cancel(world.desk, done.value.first, "妈妈", "出门")
    services.undo(world.desk, gone.undo)
    services.undo(world.desk, done.undo)
    with pytest.raises(BookingOverError, match="已经撤销，请重新预约"):
        services.undo(world.desk, gone.undo)
    assert held(world, [done.value.first]) == []


# -- a booking for a day of leave


def wish(world, day=FRIDAY, hours=(600, 720), name="糖糖", **more):
    return Wish(day, *hours, Tariff.HOURLY, child_of(world, name), **more)


def noted(world, name="糖糖"):
    return sorted(absences.noted_days(world.database, child_of(world, name), DAY, MONDAY))


def is_told(world, services, child="糖糖"):
    return services.bookings.ask(world.desk, wish(world, name=child)).leave_words


def test_who_books_a_day_of_her_leave_is_told_that_it_ends_and_it_does(services, world):
    old = book(world, services)
    leave = away(world, services)
    assert is_told(world, services) == "约了就撤销12月5日（周五）的事假（妈妈说）。"
    done = services.bookings.book(world.desk, wish(world))
    assert done.also == "12月5日（周五）的事假（妈妈说）已随预约撤销。"
    assert (noted(world), expected(world, FRIDAY)) == ([], [(Tariff.HOURLY, 600)])
    with pytest.raises(AbsenceError, match="已经撤销过"):
        services.undo(world.desk, leave.undo)
    services.undo(world.desk, done.undo)
    assert (noted(world), expected(world, FRIDAY)) == ([FRIDAY], [])
    services.undo(world.desk, leave.undo)
    assert (noted(world), held(world, [old])) == ([], [FRIDAY])
    assert is_told(world, services) == ""


def test_only_the_booked_day_of_a_leave_ends_and_not_when_nothing_fits(services, world):
    keys = [book(world, services, day=day) for day in (FRIDAY, MONDAY)]
    leave = away(world, services, last=MONDAY)
    assert noted(world) == [FRIDAY, MONDAY]
    full = wish(world, hours=(540, 660))
    for at in range(2):
        book(world, services, f"小客{at}")
    assert services.bookings.ask(world.desk, full).leave_words == ""
    with pytest.raises(NoRoomError):
        services.bookings.book(world.desk, full)
    done = services.bookings.book(world.desk, wish(world, hours=(840, 960)))
    assert noted(world) == [MONDAY]
    world.clock.at(9, 20)
    services.undo(world.desk, leave.undo)
    assert (noted(world), held(world, keys)) == ([], [MONDAY])
    services.undo(world.desk, done.undo)
    assert noted(world) == [], "the leave was taken back since"


def test_a_booking_moved_onto_a_day_of_leave_ends_it_and_gives_it_back(services, world):
    book(world, services)
    away(world, services)
    key = book(world, services, day=MONDAY)
    done = services.bookings.move(world.desk, key, wish(world))
    assert (noted(world), done.also) == ([], "12月5日（周五）的事假（妈妈说）已随预约撤销。")
    services.undo(world.desk, done.undo)
    assert (noted(world), held(world, [key])) == ([FRIDAY], [MONDAY])


def test_who_stays_away_from_her_contract_is_not_booked_for_the_other_half(services, world):
    away(world, services, "曾雨桐")
    asked = wish(world, name="曾雨桐", hours=(840, 960))
    assert services.bookings.ask(world.desk, asked).leave_words == ""
    with pytest.raises(BookedAlreadyError, match="登记了12月5日（周五）的事假（妈妈说），那天不来园。"):
        services.bookings.book(world.desk, asked)
    assert noted(world, "曾雨桐") == [FRIDAY]


def test_no_leave_comes_back_of_a_day_on_which_she_was_here(services, world):
    book(world, services, day=DAY)
    away(world, services, first=DAY, last=DAY)
    done = services.bookings.book(world.desk, wish(world, DAY, (840, 960)))
    mother, until = world.adults["糖糖妈"], world.clock.now.replace(hour=11)
    act = CheckIn(child_of(world), brought_by=mother, promised_at=until)
    visit = services.arrivals.check_in(world.desk, act).value.visit
    world.clock.at(10)
    services.pickup.check_out(world.desk, CheckOut(visit, mother, tender="cash"))
    services.undo(world.desk, done.undo)
    assert noted(world) == []
