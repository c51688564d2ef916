"""A half-day child books her other half: two plans of one day, two stays, one seat."""

import datetime as dt

import pytest

from app.domain.bookings import BookedAlreadyError, BookingOverError, NoRoomError
from app.domain.capacity import Verdict
from app.domain.classes import ClassKind
from app.domain.errors import RuleError
from app.domain.modes import CareMode, Tariff
from app.domain.staff import Role
from app.domain.visits import MoneyDueError
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.cashier import quote_of
from app.services.collecting import CheckOut
from app.services.outlook import Outlook
from app.services.plans import Plans, came_by
from app.services.rows import RowState
from app.services.slots import Slots
from app.store import bookings, centre, people, settings, stamps, visits
from app.store import day as days
from tests.services.world import DAY, add_adult, add_child, own_pin

FRIDAY = DAY + dt.timedelta(days=2)
MORNING, AFTERNOON = (510, 690), (840, 1020)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def wish(world, name, hours, **more):
    usual = {"day": FRIDAY, "from_minute": hours[0], "to_minute": hours[1], "tariff": Tariff.TEMP_HALF_DAY}
    return Wish(**{**usual, "child": world.children[name], **more})


def test_a_half_day_child_books_her_other_half_with_her_own_class(world, services):
    asked = services.bookings.ask(world.desk, wish(world, "马思睿", MORNING))
    assert (asked.verdict, asked.problems) == (Verdict.YES, ())
    assert [one.name for one in asked.classes if one.chosen] == ["抱抱龙"]
    made = services.bookings.book(world.desk, wish(world, "马思睿", MORNING)).value
    kept = bookings.find_booking(world.database, made.first)
    assert (kept.tariff, kept.class_id) == (Tariff.TEMP_HALF_DAY, world.dragons)
    own = [one for one in days.list_expected(world.database, FRIDAY) if one.who.id == made.child]
    assert [(one.tariff, one.mode, one.from_minute) for one in own] == [
        (Tariff.TEMP_HALF_DAY, CareMode.TEMPORARY, 510), (None, CareMode.HALF_DAY, 840),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hours", "words"),
    [
        ("马思睿", (780, 900), "按合同 14:00–17:20 来园，不用预约；要加另外半天，请约这段时间以外的。"),
        ("马思睿", AFTERNOON, "按合同 14:00–17:20 来园"),
        ("张沐阳", (1045, 1075), "按合同 8:20–17:20 来园，不用预约；要延长请改合同或当天延时。"),
        ("张沐阳", MORNING, "要延长请改合同"),
    ],
)
def test_her_own_hours_and_a_whole_day_are_refused_with_a_sentence(world, services, name, hours, words):
    asked = wish(world, name, hours, override_reason="要")
    with pytest.raises(BookedAlreadyError, match=words):
        services.bookings.book(world.director, asked)


def test_the_other_half_is_judged_by_seats_and_carers(world, services):
    for number in range(3):
        guest = Wish(
            FRIDAY, 840, 1020, Tariff.HOURLY, name=f"小客{'甲乙丙'[number]}", born_on=f"2025-02-1{number}",
            phone=f"1390000117{number}", class_id=world.stars,
        )  # fmt: skip
        services.bookings.book(world.desk, guest)
    asked = wish(world, "曾雨桐", AFTERNOON)
    with pytest.raises(NoRoomError, match="园长写明理由"):
        services.bookings.book(world.desk, asked)
    assert services.bookings.book(
        world.director, wish(world, "曾雨桐", AFTERNOON, override_reason="约好了"), own_pin(world)
    ).value


def test_her_own_class_is_proposed_though_another_has_more_room(world, services):
    with world.database.unit(None, "larger") as unit:
        opened = dt.date(2025, 1, 1)
        train = centre.add_class(unit, "小火车", ClassKind.OLDER_TODDLER, 24, "#6B9A4B", 3, opened)
        carer = people.add_staff(unit, "顾红", Role.TEACHER, train, opened)
        for weekday in range(1, 6):
            people.add_shift(unit, carer, train, weekday, 450, 1080)
        unit.audit("class_group", train)
    stranger = Wish(FRIDAY, *MORNING, name="石榴", born_on="2023-07-09", phone="13900001177")
    chosen = [
        [one.name for one in services.bookings.ask(world.desk, asked).classes if one.chosen]
        for asked in (stranger, wish(world, "马思睿", MORNING))
    ]
    assert chosen == [["小火车"], ["抱抱龙"]]


def test_she_fills_one_seat_at_any_hour(world, services):
    with world.database.unit(None, "no halves") as unit:
        settings.add_value(unit, "half_share", "0", DAY)
        unit.audit("setting", None)
    services.bookings.book(world.desk, wish(world, "曾雨桐", AFTERNOON))
    slots = Slots(world.database, world.clock(), on=FRIDAY)
    group = next(one for one in slots.outlook.classes if one.id == world.stars)
    found = slots.outlook.class_day(group)
    for minute in range(450, 1080, 10):
        filled = [one for one in (*found.children, *found.held) if one.from_minute <= minute < one.to_minute]
        assert len(filled) <= 1


def test_the_morning_is_by_contract_and_the_afternoon_at_its_price(world, services):
    made = services.bookings.book(world.desk, wish(world, "曾雨桐", AFTERNOON, day=DAY)).value
    child, mother = world.children["曾雨桐"], world.adults["曾母"]
    first = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    assert visits.find_visit(world.database, first).tariff is Tariff.CONTRACT
    (stay,) = days.list_stays(world.database, DAY)
    plans = Plans(days.list_expected(world.database, DAY))
    assert (plans.of(stay, 700)[1].to_minute, plans.at(700)[child].to_minute) == (690, 1020)
    row = next(one for one in services.desk.board(world.desk).present if one.child == child)
    assert f"{row.promised_at:%H:%M}" == "11:30"
    world.clock.at(11, 28)
    services.pickup.check_out(world.desk, CheckOut(first, mother))
    assert child not in {one.child for one in services.desk.board(world.desk).expected}
    world.clock.at(13, 40)
    row = next(one for one in services.desk.board(world.desk).expected if one.child == child)
    assert (row.mode_words, row.expected_minute) == (Tariff.TEMP_HALF_DAY.label, 840)
    assert not bookings.find_booking(world.database, made.first).came
    world.clock.at(14, 0)
    second = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    kept = visits.find_visit(world.database, second)
    assert (kept.tariff, f"{kept.promised_at:%H:%M}") == (Tariff.TEMP_HALF_DAY, "17:00")
    assert bookings.find_booking(world.database, made.first).came
    with pytest.raises(BookingOverError):
        services.bookings.cancel(world.desk, made.first, "妈妈", "不来了")
    world.clock.at(16, 50)
    assert quote_of(world.database, kept, world.clock()).total.fen > 0
    services.pickup.check_out(world.desk, CheckOut(second, mother, tender="cash"))
    left = [one for one in services.desk.board(world.desk).just_left if one.child == child]
    assert [one.state for one in left] == [RowState.LEFT]


def test_a_booked_morning_goes_before_the_afternoon_by_contract(world, services):
    child, mother = world.children["马思睿"], world.adults["马母"]
    services.bookings.book(world.desk, wish(world, "马思睿", (560, 690), day=DAY))
    first = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    assert visits.find_visit(world.database, first).tariff is Tariff.TEMP_HALF_DAY
    world.clock.at(11, 30)
    services.pickup.check_out(world.desk, CheckOut(first, mother, tender="cash"))
    world.clock.at(13, 50)
    second = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    assert visits.find_visit(world.database, second).tariff is Tariff.CONTRACT

    def halves(day):
        places = Outlook(world.database, day, world.clock())._places
        return [one.class_id for one in places if one.halves]

    assert world.dragons in halves(FRIDAY), "by contract alone she leaves a half to another"
    assert world.dragons not in halves(DAY), "her seat is hers the whole day"


def test_who_stays_on_into_the_booked_half_is_not_overdue_and_pays_for_it(world, services):
    made = services.bookings.book(world.desk, wish(world, "曾雨桐", AFTERNOON, day=DAY)).value
    child, mother = world.children["曾雨桐"], world.adults["曾母"]
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    kept = visits.find_visit(world.database, visit)

    def row():
        board = services.desk.board(world.desk)
        return next(one for one in (*board.due, *board.present) if one.child == child)

    world.clock.at(12, 0)
    assert row().overdue_minutes == 30
    world.clock.at(14, 10)
    assert (row().overdue_minutes, f"{row().promised_at:%H:%M}") == (0, "17:00")
    (place,) = [
        one for one in Outlook(world.database, DAY, world.clock())._places if one.class_id == world.stars
    ]
    assert place.stay.to_minute == 1020
    assert quote_of(world.database, kept, world.clock()) is None, "within the grace"
    world.clock.at(16, 55)
    due = quote_of(world.database, kept, world.clock())
    assert [(line.code, line.purpose) for line in due.lines] == [("temp_half_day", "半日临时托 14:00–16:55")]
    with pytest.raises(MoneyDueError):
        services.pickup.check_out(world.desk, CheckOut(visit, mother))
    services.pickup.check_out(world.desk, CheckOut(visit, mother, tender="cash"))
    assert bookings.find_booking(world.database, made.first).came
    assert child not in {one.child for one in services.desk.board(world.desk).expected}
    places = Outlook(world.database, DAY, world.clock())._places
    assert [one for one in places if one.class_id == world.stars] == []


def test_who_is_inside_in_the_booked_hours_has_come(world, services):
    """Nobody says of a child who plays in the class that she never came: her fee would go with it."""
    done = services.bookings.book(world.desk, wish(world, "曾雨桐", AFTERNOON, day=DAY))
    key = done.value.first
    services.arrivals.check_in(world.desk, CheckIn(world.children["曾雨桐"]))
    world.clock.at(13, 59)
    assert not bookings.find_booking(world.database, key).came
    world.clock.at(14, 1)
    assert bookings.find_booking(world.database, key).came
    with pytest.raises(BookingOverError):
        services.bookings.cancel(world.desk, key, "妈妈", "记错了")
    with pytest.raises(RuleError):
        services.undo(world.desk, done.undo)
    world.clock.at(17, 5)
    assert services.bookings.week(world.desk, DAY).missed == ()
    with pytest.raises(BookingOverError):
        services.bookings.note_no_show(world.desk, key)


def test_who_stays_on_from_the_booked_half_into_her_own_pays_until_then(world, services):
    child = world.children["马思睿"]
    services.bookings.book(world.desk, wish(world, "马思睿", (560, 840), day=DAY))
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    kept = visits.find_visit(world.database, visit)
    world.clock.at(17, 15)
    board = services.desk.board(world.desk)
    row = next(one for one in (*board.due, *board.present) if one.child == child)
    assert (row.overdue_minutes, f"{row.promised_at:%H:%M}") == (0, "17:20")
    until_two = quote_of(world.database, kept, kept.promised_at)
    assert quote_of(world.database, kept, world.clock()) == until_two


def test_a_guests_stay_beside_is_not_paid_twice(world, services):
    services.bookings.book(world.desk, wish(world, "曾雨桐", AFTERNOON, day=DAY))
    child, mother = world.children["曾雨桐"], world.adults["曾母"]
    first = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    world.clock.at(14, 5)
    services.pickup.check_out(world.desk, CheckOut(first, mother))
    services.arrivals.check_in(world.desk, CheckIn(child))
    assert (
        quote_of(world.database, visits.find_visit(world.database, first), world.clock.now.replace(hour=17))
        is None
    )


def test_a_day_that_is_not_hers_by_contract_is_a_guests_as_before(world, services):
    with world.database.unit(None, "part") as unit:
        unit.execute(
            "update enrolment set weekdays = '124' where child_id = :id", {"id": world.children["曾雨桐"]}
        )
        unit.audit("child", world.children["曾雨桐"])
    services.bookings.book(world.desk, wish(world, "曾雨桐", AFTERNOON, day=DAY))  # a Wednesday
    world.clock.at(10, 30)  # while her contract would still hold
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["曾雨桐"])).value.visit
    assert visits.find_visit(world.database, visit).tariff is Tariff.TEMP_HALF_DAY


def test_most_children_have_one_plan_at_any_hour(world):
    plans = Plans(days.list_expected(world.database, DAY))
    assert plans.several == {}
    assert plans.at(0) == plans.at(1079)
    assert set(plans.at(0)) == set(plans.children)


# -- a booking of later hours beside a stay of the same day


def guest(world, name="糖糖"):
    with world.database.unit(None, "guest") as unit:
        child = add_child(unit, world, name, dt.date(2025, 2, 3))
        add_adult(unit, world, child, f"{name}妈", "妈妈", "13900001177", is_guardian=True)
        unit.audit("child", child)
    return child


def hourly(world, child, hours):
    return Wish(day=DAY, from_minute=hours[0], to_minute=hours[1], tariff=Tariff.HOURLY, child=child)


def places_of(world, class_id):
    found = Outlook(world.database, DAY, world.clock())._places
    return [one for one in found if one.class_id == class_id]


def walk_in(world, services, child, until):
    act = CheckIn(child, tariff=Tariff.HOURLY, class_id=world.stars, promised_at=until)
    return services.arrivals.check_in(world.desk, act).value.visit


@pytest.mark.parametrize("booked", ["before", "while inside"])
def test_a_stay_that_ends_before_the_booked_hours_leaves_them_to_come(world, services, booked):
    child, until = guest(world), world.clock.now.replace(hour=11, minute=0)
    if booked == "while inside":
        visit = walk_in(world, services, child, until)
    key = services.bookings.book(world.desk, hourly(world, child, (840, 960))).value.first
    if booked == "before":
        visit = walk_in(world, services, child, until)
    assert not bookings.find_booking(world.database, key).came
    starts = [one.stay.from_minute for one in places_of(world, world.stars)]
    assert (starts.count(0), starts.count(840)) == (1, 1), "her seat now, and the one at two o'clock"
    world.clock.at(11)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["糖糖妈"], tender="cash"))
    assert not bookings.find_booking(world.database, key).came
    (row,) = [one for one in services.desk.board(world.desk).expected if one.child == child]
    assert (row.chip.words, row.expected_minute) == ("14:00", 840)
    assert services.bookings.card(world.desk, key).history == ""
    assert 840 in [one.stay.from_minute for one in places_of(world, world.stars)]
    world.clock.at(14, 2)
    second = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    assert f"{visits.find_visit(world.database, second).promised_at:%H:%M}" == "16:00"
    assert bookings.find_booking(world.database, key).came
    assert child not in {one.child for one in services.desk.board(world.desk).expected}


def test_who_was_booked_again_while_inside_takes_her_place_from_others(world, services):
    """Three infants beside one carer at the hour for which a fourth has a booking of her own."""
    child, until = guest(world), world.clock.now.replace(hour=11, minute=0)
    services.bookings.book(world.desk, hourly(world, child, (840, 960)))
    visit = walk_in(world, services, child, until)
    world.clock.at(11)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["糖糖妈"], tender="cash"))
    for name in ("小一", "小二"):
        services.bookings.book(world.desk, hourly(world, guest(world, name), (840, 960)))
    with pytest.raises(NoRoomError):
        services.bookings.book(world.desk, hourly(world, guest(world, "小三"), (840, 960)))


@pytest.mark.parametrize(
    ("came", "promised", "left"),
    [((9, 12), (12, 0), (9, 50)), ((9, 12), (9, 40), (10, 20)), ((12, 10), (13, 0), (12, 40))],
)
def test_who_comes_early_or_late_by_her_booking_has_come(world, services, came, promised, left):
    child = guest(world)
    key = services.bookings.book(world.desk, hourly(world, child, (600, 720))).value.first
    world.clock.at(*came)
    until = world.clock.now.replace(hour=promised[0], minute=promised[1])
    visit = walk_in(world, services, child, until)
    world.clock.at(*left)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["糖糖妈"], tender="cash"))
    assert bookings.find_booking(world.database, key).came
    assert child not in {one.child for one in services.desk.board(world.desk).expected}
    assert services.bookings.week(world.desk, DAY).missed == ()


@pytest.mark.parametrize("promised", ["10:00", "17:30"])
def test_a_stay_that_went_on_past_midnight_was_there_in_the_booked_hours(world, services, promised):
    child = guest(world)
    key = services.bookings.book(world.desk, hourly(world, child, (840, 1020))).value.first
    hour, _, minute = promised.partition(":")
    visit = walk_in(world, services, child, world.clock.now.replace(hour=int(hour), minute=int(minute)))
    with world.database.unit(None, "late") as unit:
        late = stamps.stamp(stamps.at_minute(DAY, 24 * 60 + 5))
        unit.execute(
            "update visit set left_at = :at, released_by = received_by where id = :id",
            {"at": late, "id": visit},
        )
        unit.audit("visit", visit)
    assert bookings.find_booking(world.database, key).came
    (stay,) = days.list_stays(world.database, DAY)
    assert came_by(days.list_expected(world.database, DAY)[0], stay, 5)
