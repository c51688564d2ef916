"""Several stays a day by booking: each hour of its own, each stay by its own, none twice."""

import datetime as dt

import pytest

from app.domain.bookings import BookedAlreadyError
from app.domain.modes import Tariff
from app.services.absences import Trace
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.cashier import quote_of
from app.services.collecting import CheckOut
from app.services.intake_card import IntakeCard
from app.services.outlook import Outlook
from app.services.papers import Papers
from app.services.plans import Plans
from app.services.rows import RowState
from app.store import bookings, visits
from app.store import day as days
from tests.services.world import DAY, add_adult, add_child

FRIDAY = DAY + dt.timedelta(days=2)
EARLY, LATE = (540, 660), (900, 1020)  # 9:00–11:00, 15:00–17:00


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def child(world):
    with world.database.unit(None, "guest") as unit:
        key = add_child(unit, world, "糖糖", dt.date(2025, 2, 3))
        add_adult(unit, world, key, "糖糖妈", "妈妈", "13900001177", is_guardian=True)
        unit.audit("child", key)
    return key


def wish(child, hours, day=DAY, **more):
    return Wish(day, *hours, more.pop("tariff", Tariff.HOURLY), child, **more)


def book(world, services, child, *hours, day=DAY):
    return [services.bookings.book(world.desk, wish(child, one, day)).value.first for one in hours]


def come(world, services, child):
    return services.arrivals.check_in(world.desk, CheckIn(child)).value.visit


def leave(world, services, visit):
    act = CheckOut(visit, world.adults["糖糖妈"], tender="cash")
    services.pickup.check_out(world.desk, act)


def came(world, keys):
    return [bookings.find_booking(world.database, key).came for key in keys]


def row_of(world, services, child):
    board = services.desk.board(world.desk)
    every = (*board.expected, *board.due, *board.present, *board.just_left, *board.absent)
    return next(one for one in every if one.child == child)


def stays(world, child):
    """Where her seat is filled today, as 能不能收 has it."""
    found = Outlook(world.database, DAY, world.clock())
    every = {(one.stay.from_minute, one.stay.to_minute) for one in found._places}
    rest = Outlook(world.database, DAY, world.clock(), child)._places
    return sorted(every - {(one.stay.from_minute, one.stay.to_minute) for one in rest})


def test_two_stretches_of_a_day_to_come_are_booked_and_meet_nowhere(world, services, child):
    keys = book(world, services, child, EARLY, LATE, (660, 720), day=FRIDAY)
    plans = [one for one in days.list_expected(world.database, FRIDAY) if one.who.id == child]
    assert [(one.from_minute, one.to_minute) for one in plans] == [EARLY, (660, 720), LATE]
    for hours in ((600, 700), (500, 1030), LATE, (1019, 1050)):
        with pytest.raises(
            BookedAlreadyError, match=r"已约 .*要改时间请打开那一条预约；要加约，请约这段时间以外的"
        ):
            services.bookings.book(world.desk, wish(child, hours, FRIDAY))
    moved = services.bookings.move(world.desk, keys[1], wish(child, (930, 1050), FRIDAY))
    services.undo(world.desk, moved.undo)
    services.bookings.cancel(world.desk, keys[0], "妈妈", "改天")
    held = bookings.list_on(world.database, child, FRIDAY)
    assert [one.id for one in held] == [keys[2], keys[1]]


def test_she_comes_by_each_of_them_and_pays_for_each(world, services, child):
    keys = book(world, services, child, EARLY, LATE)
    assert row_of(world, services, child).expected_minute == 540
    first = come(world, services, child)
    assert (came(world, keys), stays(world, child)) == ([True, False], [(0, 660), (900, 1020)])
    world.clock.at(11)
    leave(world, services, first)
    row = row_of(world, services, child)
    assert (row.state, row.expected_minute) == (RowState.EXPECTED, 900)
    assert stays(world, child) == [(900, 1020)]
    world.clock.at(14, 55)
    second = come(world, services, child)
    kept = visits.find_visit(world.database, second)
    assert (kept.tariff, f"{kept.promised_at:%H:%M}") == (Tariff.HOURLY, "17:00")
    world.clock.at(15, 30)
    assert (came(world, keys), stays(world, child)) == ([True, True], [(0, 1020)])
    world.clock.at(17)
    paid = [quote_of(world.database, visits.find_visit(world.database, one), world.clock()).total.fen
            for one in (first, second)]  # fmt: skip
    assert min(paid) > 0
    leave(world, services, second)
    assert row_of(world, services, child).state is RowState.LEFT
    assert services.bookings.week(world.desk, DAY).missed == ()


def test_who_was_here_may_be_booked_again_for_later_hours_and_is_told_from_when(world, services, child):
    (key,) = book(world, services, child, EARLY)
    visit = come(world, services, child)
    world.clock.at(10)
    leave(world, services, visit)
    words = "12月3日（周三） 已按 9:00–11:00 的预约来过（小星星），再来请约 11:00 以后的时间。"
    with pytest.raises(BookedAlreadyError) as refused:
        services.bookings.book(world.desk, wish(child, (630, 720)))
    assert refused.value.sentence == words
    (later,) = book(world, services, child, (660, 720))  # what the sentence says works
    assert came(world, [key, later]) == [True, False]
    world.clock.at(11, 1)
    assert child in {one.child for one in services.desk.board(world.desk).expected}


def test_who_came_only_for_the_later_hours_missed_the_earlier(world, services, child):
    keys = book(world, services, child, (570, 660), LATE)
    world.clock.at(11, 30)
    assert (row_of(world, services, child).expected_minute, came(world, keys)) == (900, [False, False])
    world.clock.at(15, 2)
    come(world, services, child)
    assert came(world, keys) == [False, True]
    assert [one.id for one in services.bookings.week(world.desk, DAY).missed] == [keys[0]]
    services.bookings.note_no_show(world.desk, keys[0])


def test_who_stays_on_into_her_later_hours_is_not_overdue_and_takes_one_seat(world, services, child):
    keys = book(world, services, child, EARLY, (720, 1020))
    visit = come(world, services, child)
    world.clock.at(11, 45)
    assert row_of(world, services, child).overdue_minutes == 45
    world.clock.at(12, 10)
    row = row_of(world, services, child)
    assert (row.overdue_minutes, f"{row.promised_at:%H:%M}") == (0, "17:00")
    assert (came(world, keys), stays(world, child)) == ([True, True], [(0, 1020)])
    world.clock.at(16, 30)
    leave(world, services, visit)
    assert (row_of(world, services, child).state, stays(world, child)) == (RowState.LEFT, [])


@pytest.mark.parametrize("left", [(11, 5), (11, 20), (11, 30)])
def test_who_is_fetched_when_her_next_hours_have_just_begun_may_be_said_not_to_come_again(
    world, services, child, left
):
    keys = book(world, services, child, EARLY, (660, 780))
    visit = come(world, services, child)
    world.clock.at(*left)
    leave(world, services, visit)
    world.clock.at(12)
    assert (came(world, keys), row_of(world, services, child).expected_minute) == ([True, False], 660)
    done = services.bookings.cancel(world.desk, keys[1], "妈妈", "不来了")
    assert row_of(world, services, child).state is RowState.LEFT
    services.undo(world.desk, done.undo)
    mother = world.adults["糖糖妈"]
    told = services.absences.trace(world.desk, Trace(child, mother, result="personal"))
    assert (row_of(world, services, child).state, stays(world, child)) == (RowState.LEFT, [])
    services.undo(world.desk, told.undo)
    world.clock.at(13)
    services.bookings.note_no_show(world.desk, keys[1])
    assert child not in {one.child for one in services.desk.board(world.desk).expected}


def test_who_is_still_there_half_an_hour_into_her_next_hours_has_come_by_both(world, services, child):
    keys = book(world, services, child, EARLY, (660, 780))
    visit = come(world, services, child)
    world.clock.at(11, 31)
    leave(world, services, visit)
    assert (came(world, keys), row_of(world, services, child).state) == ([True, True], RowState.LEFT)


def test_who_was_promised_into_her_next_hours_and_is_fetched_sooner_has_come_by_both(world, services, child):
    keys = book(world, services, child, EARLY, (660, 780))
    until = world.clock.now.replace(hour=12, minute=30, second=0)
    visit = services.arrivals.check_in(world.desk, CheckIn(child, promised_at=until)).value.visit
    world.clock.at(11, 10)
    leave(world, services, visit)
    assert (came(world, keys), row_of(world, services, child).state) == ([True, True], RowState.LEFT)


def test_hours_that_meet_are_awaited_as_one(world, services, child):
    world.clock.at(8, 50)
    book(world, services, child, EARLY, (660, 840))
    row = row_of(world, services, child)
    assert (row.chip.words, f"{row.promised_at:%H:%M}") == ("09:00", "14:00")
    world.clock.at(9)
    come(world, services, child)
    assert stays(world, child) == [(0, 660), (660, 840)]  # no hour is filled twice
    card = services.desk.card(world.desk, child)
    assert (f"{card.row.promised_at:%H:%M}", "预计 14:00 接" in card.day_words) == ("14:00", True)
    world.clock.at(10, 45)
    row = row_of(world, services, child)
    assert (row.state, row.to_ring) == (RowState.PRESENT, False)


def test_an_earlier_hour_that_was_agreed_holds_until_the_hours_that_meet_it(world, services, child):
    book(world, services, child, EARLY, (660, 840))
    until = world.clock.now.replace(hour=10, minute=30, second=0)
    services.arrivals.check_in(world.desk, CheckIn(child, promised_at=until))
    assert f"{row_of(world, services, child).promised_at:%H:%M}" == "10:30"


def test_each_paper_has_the_hour_of_its_own_stay_and_the_agreement_tells_the_whole_day(
    world, services, child
):
    book(world, services, child, EARLY, LATE)
    papers, told = Papers(world.database, world.clock), "9:00–11:00、15:00–17:00"
    first = come(world, services, child)
    assert f"{papers.slip(world.desk, first).promised:%H:%M}" == "11:00"
    agreed = papers.agreement(world.desk, first)
    assert (f"{agreed.promised:%H:%M}", agreed.stretches) == ("11:00", told)
    world.clock.at(11)
    leave(world, services, first)
    world.clock.at(14, 55)
    second = come(world, services, child)
    assert f"{papers.slip(world.desk, second).promised:%H:%M}" == "17:00"
    agreed = papers.agreement(world.desk, second)
    assert (f"{agreed.promised:%H:%M}", agreed.stretches) == ("17:00", told)
    assert f"{papers.slip(world.desk, first).promised:%H:%M}" == "11:00"  # printed again later


def test_the_papers_of_hours_that_meet_say_the_last_and_its_price(world, services, child):
    book(world, services, child, EARLY, (660, 840))
    papers = Papers(world.database, world.clock)
    visit = come(world, services, child)
    agreed = papers.agreement(world.desk, visit)
    assert f"{papers.slip(world.desk, visit).promised:%H:%M} {agreed.promised:%H:%M}" == "14:00 14:00"
    assert agreed.stretches == "9:00–11:00、11:00–14:00"
    kept, at = visits.find_visit(world.database, visit), agreed.promised
    assert agreed.total == quote_of(world.database, kept, at).total


def test_the_slip_of_who_stays_on_into_her_later_hours_says_until_when(world, services, child):
    book(world, services, child, EARLY, LATE)
    visit = come(world, services, child)
    world.clock.at(15, 1)
    papers = Papers(world.database, world.clock)
    assert f"{papers.slip(world.desk, visit).promised:%H:%M}" == "17:00"


def test_a_guest_who_goes_on_by_contract_agrees_to_pay_until_it_begins(world, services):
    child = world.children["马思睿"]  # of the afternoons, from 14:00 to 17:20
    book(world, services, child, (570, 840))
    visit = come(world, services, child)
    agreed = Papers(world.database, world.clock).agreement(world.desk, visit)
    assert (f"{agreed.promised:%H:%M}", agreed.stretches) == ("17:20", "9:30–14:00、14:00–17:20（按合同）")
    assert agreed.fees[0].purpose.endswith("–14:00")


@pytest.mark.parametrize(
    ("name", "hours", "words"),
    [("糖糖", (EARLY, (660, 840)), ("14:00", "14:00")), ("糖糖", (EARLY, (720, 1020)), ("11:00", "17:00")),
     ("曾雨桐", ((690, 780),), ("13:00", "13:00")), ("曾雨桐", ((720, 1020),), ("11:30", "17:00")),
     ("糖糖", (EARLY,), ("11:00", "11:00"))],
)  # fmt: skip
def test_the_note_waits_for_the_end_of_her_day(world, services, child, name, hours, words):
    """A note is signed when little of the day is left: not at noon for who stays on until five."""
    book(world, services, world.children[name], *hours)
    come(world, services, world.children[name])

    def told():
        rows = services.handover.worklist(world.teacher)
        return next(row.leave_words.partition(" ")[0] for row in rows if row.name == name)

    found = [told()]
    world.clock.at(12, 10)
    assert (*found, told()) == words


def test_one_stretch_is_told_once(world, services, child):
    book(world, services, child, EARLY)
    agreed = Papers(world.database, world.clock).agreement(world.desk, come(world, services, child))
    assert agreed.stretches == ""


def test_a_half_day_child_fetched_late_from_her_contract_has_not_come_by_the_booking(world, services):
    child = world.children["曾雨桐"]  # of the mornings, until 11:30
    (key,) = book(world, services, child, (690, 780))
    visit = come(world, services, child)
    world.clock.at(11, 35)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["曾母"], tender="cash"))
    assert (came(world, [key]), row_of(world, services, child).state) == ([False], RowState.EXPECTED)
    services.bookings.cancel(world.desk, key, "妈妈", "不来了")
    assert row_of(world, services, child).state is RowState.LEFT


def test_a_half_day_child_books_two_stretches_of_her_other_half(world, services):
    child = world.children["曾雨桐"]  # of the mornings, until 11:30
    keys = book(world, services, child, (780, 840), (900, 960))
    plans = Plans(days.list_expected(world.database, DAY))
    assert [one.tariff for one in plans.several[child]] == [None, Tariff.HOURLY, Tariff.HOURLY]
    first = come(world, services, child)
    assert visits.find_visit(world.database, first).tariff is Tariff.CONTRACT
    act = CheckOut(first, world.adults["曾母"])
    world.clock.at(11, 30)
    services.pickup.check_out(world.desk, act)
    for at, minute in ((13, 780), (15, 900)):
        world.clock.at(at)
        assert row_of(world, services, child).expected_minute == minute
        visit = come(world, services, child)
        assert visits.find_visit(world.database, visit).tariff is Tariff.HOURLY
        world.clock.at(at, 50)
        services.pickup.check_out(world.desk, CheckOut(visit, world.adults["曾母"], tender="cash"))
    assert (came(world, keys), row_of(world, services, child).state) == ([True, True], RowState.LEFT)


def test_who_stays_on_from_her_contract_into_two_booked_stretches_pays_from_the_first(world, services):
    child = world.children["曾雨桐"]
    book(world, services, child, (780, 840), (900, 960))
    kept = visits.find_visit(world.database, come(world, services, child))
    world.clock.at(16)
    (line,) = quote_of(world.database, kept, world.clock()).lines
    assert line.purpose.endswith("13:00–16:00")


def test_a_walk_in_before_either_is_none_of_them(world, services, child):
    world.clock.at(7, 40)
    keys = book(world, services, child, EARLY, LATE)
    until = world.clock.now.replace(hour=8, minute=30)
    act = CheckIn(child, tariff=Tariff.HOURLY, class_id=world.stars, promised_at=until)
    visit = services.arrivals.check_in(world.desk, act).value.visit
    assert (came(world, keys), stays(world, child)) == ([False, False], [(0, 510), EARLY, LATE])
    world.clock.at(8, 30)
    leave(world, services, visit)
    assert (came(world, keys), stays(world, child)) == ([False, False], [EARLY, LATE])
    assert child in {one.child for one in services.desk.board(world.desk).expected}


def test_the_seat_of_each_stretch_is_taken_and_between_them_it_is_free(world, services, child):
    book(world, services, child, EARLY, LATE, day=FRIDAY)
    week = services.bookings.week(world.desk, DAY - dt.timedelta(days=2))
    line = next(one for one in week.lines if one.name == "小星星")
    present = {hour.hour: hour.present for hour in line.cells[4].hours}
    assert [present[hour] for hour in (9, 12, 13, 15, 17)] == [2, 0, 0, 1, 0]


def test_two_series_of_one_child_stand_beside_each_other(world, services, child):
    until = FRIDAY + dt.timedelta(days=14)
    for hours in (EARLY, LATE):
        made = services.bookings.book(world.desk, wish(child, hours, FRIDAY, weekdays="5", until=until)).value
        assert len(made.days) == 3
    assert len(bookings.list_held(world.database, child, FRIDAY)) == 6


def test_the_registration_of_who_comes_back_is_by_the_booking_not_over(world, services, child):
    book(world, services, child, EARLY, LATE)
    for at, promised in ((10, "11:00"), (14, "17:00"), (17, "17:00")):
        world.clock.at(at)
        card = services.intake.card_for(world.desk, child)
        assert (isinstance(card, IntakeCard), card.promised) == (True, promised)


def test_the_registration_of_hours_that_meet_is_until_the_last(world, services, child):
    book(world, services, child, EARLY, (660, 840), LATE)
    assert services.intake.card_for(world.desk, child).promised == "14:00"


def test_a_day_away_ends_both_and_back_again_gives_both(world, services, child):
    keys = book(world, services, child, (570, 660), LATE)
    services.arrivals.note_absence(world.desk, child, "sick")
    assert bookings.list_on(world.database, child, DAY) == ()
    services.arrivals.undo_absence(world.desk, child)
    assert [one.id for one in bookings.list_on(world.database, child, DAY)] == keys


def test_records_with_different_hours_of_one_day_are_merged(world, services, child):
    with world.database.unit(None, "twin") as unit:
        other = add_child(unit, world, "唐糖", dt.date(2025, 2, 3))
        add_adult(unit, world, other, "唐母", "妈妈", "13900001178", is_guardian=True)
        unit.audit("child", other)
    keys = book(world, services, child, EARLY, LATE, day=FRIDAY)
    again = book(world, services, other, EARLY, (1020, 1075), day=FRIDAY)
    from app.services.merge_checks import double_bookings

    assert [one.id for one in double_bookings(world.database, (child, other), DAY)] == again[:1]
    assert keys[0] != again[0]
