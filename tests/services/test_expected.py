"""Expected today: by contract (full, half, weekdays), by booking, and by the calendar in both layers."""

import datetime as dt

import pytest

from app.domain.modes import CareMode, Tariff
from app.services.booking_card import Wish
from app.services.bookings import Bookings
from app.services.desk import Desk
from app.services.outlook import Outlook
from app.services.pins import Pins
from app.store import bookings, children
from app.store import day as store_day
from app.store.bookings import NewBooking
from app.store.children import Enrolment
from tests.services.world import DAY, add_child


def names(world):
    return [row.name for row in Desk(world.database, world.clock).board(world.desk).expected]


def turn_to(world, day):
    world.clock.now = world.clock.now.replace(year=day.year, month=day.month, day=day.day, hour=8)


def mark(world, day, kind):
    with world.database.unit(None, "x") as unit:
        unit.insert("calendar_day", {"day": day.isoformat(), "kind": kind, "name": "x"})
        unit.audit("x", 1)


@pytest.fixture
def part_time(world):
    """A child of Mondays, Wednesdays and Fridays."""
    with world.database.unit(None, "x") as unit:
        child = add_child(unit, world, "半周娃", dt.date(2023, 6, 1))
        children.add_enrolment(
            unit,
            Enrolment(child, world.dragons, CareMode.FULL_DAY, None, "135", 500, 1040, dt.date(2025, 3, 1)),
        )
    return child


def test_weekdays_and_halves_are_kept(world, part_time):
    assert names(world) == ["张沐阳", "周乐瑶", "曾雨桐", "半周娃", "马思睿"]
    turn_to(world, DAY + dt.timedelta(days=1))
    assert names(world) == ["张沐阳", "周乐瑶", "曾雨桐", "马思睿"]
    row = Desk(world.database, world.clock).board(world.desk).expected[-1]
    assert (row.mode_words, row.expected_minute) == ("半日托（下午）", 840)
    assert part_time


@pytest.mark.parametrize("kind", ["holiday", "closed"])
def test_nobody_is_expected_on_a_closed_day(world, kind):
    mark(world, DAY, kind)
    assert names(world) == []
    assert Outlook(world.database, DAY, world.clock()).plans.every == ()
    assert not Outlook(world.database, DAY, world.clock()).open


def test_a_holiday_of_the_state_needs_no_row(world):
    turn_to(world, dt.date(2025, 10, 1))
    assert names(world) == []


def test_a_make_up_saturday_is_for_who_comes_the_whole_week(world, part_time):
    turn_to(world, dt.date(2025, 10, 11))
    assert names(world) == ["张沐阳", "周乐瑶", "曾雨桐", "马思睿"]
    assert part_time


def test_a_saturday_on_which_the_centre_opens_by_itself_is_one_too(world):
    saturday = dt.date(2025, 12, 6)
    turn_to(world, saturday)
    assert names(world) == []
    mark(world, saturday, "open")
    assert names(world) == ["张沐阳", "周乐瑶", "曾雨桐", "马思睿"]


def test_a_year_of_which_no_notice_is_known_is_monday_to_friday(world):
    turn_to(world, dt.date(2027, 3, 1))
    assert names(world) == ["张沐阳", "周乐瑶", "曾雨桐", "马思睿"]
    turn_to(world, dt.date(2027, 3, 6))
    assert names(world) == []


def test_bookings_stand_beside_the_contracts_until_they_end(world):
    book = Bookings(world.database, world.clock, Pins(world.database, world.clock, world.rng))
    new = Wish(DAY, 600, 700, Tariff.HOURLY, name="糖糖", born_on="2025-02-03", phone="13900001177")
    made = book.book(world.desk, new).value
    assert "糖糖" in names(world)
    assert Outlook(world.database, DAY, world.clock()).plans.at(600)[made.child].tariff is Tariff.HOURLY
    book.cancel(world.desk, made.first, "妈妈", "发热")
    assert "糖糖" not in names(world)


def test_many_days_read_at_once_expect_whom_each_day_alone_expects(world):
    """A contract that begins or ends on the way, a booking, a weekend that is open."""
    days = [DAY + dt.timedelta(days=past) for past in range(14)]
    with world.database.unit(None, "build") as unit:
        late = add_child(unit, world, "晚来", dt.date(2023, 8, 1))
        guest = add_child(unit, world, "客人", dt.date(2023, 8, 2))
        full = CareMode.FULL_DAY
        contract = Enrolment(late, world.dragons, full, None, "12345", 500, 1040, days[5], days[9])
        children.add_enrolment(unit, contract)
        unit.execute("update enrolment set ends_on = '2025-12-05' where id = 1", {})
        for child in (guest, late):
            booking = NewBooking(
                child, world.dragons, CareMode.TEMPORARY, Tariff.TEMP_FULL_DAY, days[6], 540, 900
            )
            bookings.add_booking(unit, booking, world.desk.id)
        unit.audit("child", late)
    mark(world, dt.date(2025, 12, 6), "workday")
    found = store_day.list_expected_on(world.database, days)
    alone = {on: store_day.list_expected(world.database, on) for on in days}
    assert found == alone
    counts = {on: len(rows) for on, rows in found.items()}
    assert counts[dt.date(2025, 12, 6)] > 0 == counts[dt.date(2025, 12, 7)]
    assert [one.who.name for one in found[days[6]]][:2] == ["客人", "晚来"]
    assert sum(one.who.id == late for one in found[days[6]]) == 1
    assert len(set(counts.values())) > 2
