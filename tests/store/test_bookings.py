"""Bookings as rows: when a stay uses one up, what a series has become, and how each ended."""

import datetime as dt

import pytest

from app.domain.bookings import BY_CENTRE, Outcome
from app.domain.modes import CareMode, Tariff
from app.store import bookings
from app.store.bookings import Counts, Ending, NewBooking
from app.store.stamps import at_minute
from tests.services.world import DAY

HALF, CANCELLED = Tariff.TEMP_HALF_DAY, Ending(Outcome.CANCELLED, "妈妈", "发热")


@pytest.fixture
def book(world, keep):
    """``book("周乐瑶", days=7)``: 14:00–17:00 so many days from now, as a row."""

    def _book(name, days=0, series=None, moved_from=None):
        day = DAY + dt.timedelta(days=days)
        new = NewBooking(
            world.children[name], world.dragons, CareMode.TEMPORARY, HALF, day, 840, 1020,
            series=series, moved_from=moved_from,
        )  # fmt: skip
        return keep(bookings.add_booking, new, world.desk.id)

    return _book


@pytest.mark.parametrize(
    ("tariff", "came", "left", "promised", "used"),
    [
        (HALF, (9, 0), (14, 0), None, False),
        (HALF, (9, 0), (14, 1), None, True),
        (HALF, (9, 0), (11, 0), 840, False),
        (HALF, (9, 0), (11, 0), 841, True),
        (HALF, (17, 30), (18, 0), None, True),
        (Tariff.CONTRACT, (8, 0), (14, 31), None, True),
        (Tariff.CONTRACT, (8, 0), (14, 30), None, False),
        (Tariff.CONTRACT, (17, 0), (17, 30), None, False),
    ],
    ids=[
        "gone",
        "stayed on",
        "gone early",
        "promised into it",
        "late",
        "contract",
        "fetched late",
        "contract after it",
    ],
)
def test_a_stay_uses_a_booking_up_only_if_it_reaches_into_its_hours(
    world, book, come, go, tariff, came, left, promised, used
):
    key = book("周乐瑶")
    world.clock.at(*came)
    visit = come("周乐瑶", tariff, None if promised is None else at_minute(DAY, promised))
    world.clock.at(*left)
    go(visit)
    world.clock.at(20)
    assert bookings.find_booking(world.database, key).came is used
    assert [one.id for one in bookings.list_missed(world.database, DAY, DAY, 1200)] == [key] * (not used)


def test_nobody_is_missed_before_the_booked_hours_are_over(world, book):
    key = book("周乐瑶")
    assert bookings.list_missed(world.database, DAY, DAY, 1019) == ()
    assert [one.id for one in bookings.list_missed(world.database, DAY, DAY, 1020)] == [key]
    assert bookings.list_missed(world.database, DAY + dt.timedelta(days=1), DAY, 1440) == ()


def test_what_was_moved_stays_in_its_series(world, keep, book):
    child, staff = world.children["周乐瑶"], world.desk.id
    series = keep(bookings.add_series, child, "3", DAY, DAY + dt.timedelta(days=14), staff)
    first, second, third = (book("周乐瑶", days, series) for days in (0, 7, 14))
    keep(bookings.end_booking, second, Ending(Outcome.MOVED), staff)
    moved = book("周乐瑶", 8, moved_from=second)
    asked = bookings.find_booking(world.database, first)
    assert [one.id for one in bookings.list_rest(world.database, asked)] == [first, moved, third]
    assert [one.id for one in bookings.list_made_with(world.database, asked)] == [first, moved, third]
    assert bookings.count_made_with(world.database, asked) == 4
    assert bookings.find_moved_to(world.database, second).id == moved
    later = bookings.find_booking(world.database, third)
    assert [one.id for one in bookings.list_rest(world.database, later)] == [third]


def test_a_booking_ends_once_and_its_end_can_be_taken_back(world, keep, book):
    key, staff = book("周乐瑶"), world.desk.id
    assert keep(bookings.end_booking, key, CANCELLED, staff)
    assert not keep(bookings.end_booking, key, CANCELLED, staff)
    kept = bookings.find_booking(world.database, key)
    assert (kept.outcome, kept.cancelled_by, kept.cancel_reason) == (Outcome.CANCELLED, "妈妈", "发热")
    assert bookings.find_on(world.database, kept.child, DAY) is None
    assert keep(bookings.reverse_end, key)
    assert not keep(bookings.reverse_end, key)
    kept = bookings.find_on(world.database, kept.child, DAY)
    assert (kept.outcome, kept.cancelled_by, kept.ended_at) == (None, "", None)


def test_what_nobody_ever_meant_is_in_no_week_and_what_the_centre_cancelled_in_no_count(world, keep, book):
    by_family, by_centre, missed, slip = (book("周乐瑶", days) for days in range(4))
    keep(bookings.end_booking, by_family, CANCELLED, world.desk.id)
    keep(bookings.end_booking, by_centre, Ending(Outcome.CANCELLED, BY_CENTRE), world.desk.id)
    keep(bookings.end_booking, missed, Ending(Outcome.NO_SHOW), world.desk.id)
    keep(bookings.end_booking, slip, Ending(None), world.desk.id)
    shown = bookings.list_between(world.database, DAY, DAY + dt.timedelta(days=6))
    assert [one.id for one in shown] == [by_family, by_centre, missed]
    child = world.children["周乐瑶"]
    assert bookings.count_of(world.database, child) == Counts(came=0, cancelled=1, missed=1)
    assert bookings.count_ever(world.database, child) == 4
    assert bookings.count_of(world.database, world.children["张沐阳"]) == Counts(0, 0, 0)


def test_the_rest_of_a_series_is_cancelled_in_one_act_and_a_single_day_alone(world, keep, book):
    child, staff = world.children["周乐瑶"], world.desk.id
    series = keep(bookings.add_series, child, "3", DAY, DAY + dt.timedelta(days=14), staff)
    keys = [book("周乐瑶", days, series) for days in (0, 7, 14)]
    keep(bookings.end_booking, keys[0], Ending(Outcome.CANCELLED, "爸爸", "出门"), staff)

    def cancel_rest(unit):
        for key in keys[1:]:
            bookings.end_booking(unit, key, CANCELLED, staff)

    keep(cancel_rest)
    together = [
        bookings.list_ended_with(world.database, bookings.find_booking(world.database, k)) for k in keys
    ]
    assert together == [(keys[0],), (keys[1], keys[2]), (keys[1], keys[2])]
    assert bookings.list_promised(world.database, DAY) == ()
