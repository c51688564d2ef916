"""Bookings end with what makes them pointless, and come back with it where there is still room."""

import datetime as dt

import pytest

from app.domain.bookings import BookingOverError, NoRoomError, Outcome, day_words
from app.domain.calendar import DayMark
from app.domain.holidays import NoticeDay
from app.domain.life import Ending, Owner, StepKind
from app.domain.modes import CareMode, HalfDay, Tariff
from app.domain.visits import AbsentTodayError, AlreadyCheckedInError, AlreadyLeftError
from app.services.absences import AbsenceNote, Trace
from app.services.admissions import StepWish
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.rows import RowState
from app.store import bookings
from app.store import day as days
from tests.services.world import DAY, add_adult, add_child

FRIDAY = DAY + dt.timedelta(days=2)
MONDAY = DAY + dt.timedelta(days=5)
TENTH = DAY + dt.timedelta(days=7)
UNTIL = dt.date(2026, 1, 30)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def child_of(world, name="糖糖"):
    """A child of ten months with her mother, put on file at her first use."""
    if name not in world.children:
        with world.database.unit(None, "visitor") as unit:
            child = add_child(unit, world, name, dt.date(2025, 2, 3))
            add_adult(unit, world, child, f"{name}妈", "妈妈", "13900001177", is_guardian=True)
    return world.children[name]


def book(world, services, name="糖糖", day=FRIDAY, hours=(540, 660), **more):
    wish = Wish(day, *hours, Tariff.HOURLY, child_of(world, name), **more)
    return services.bookings.book(world.desk, wish).value.first


def weekly(world, services, name="糖糖", **more):
    first = book(world, services, name, weekdays="5", until=UNTIL, **more)
    kept = bookings.find_booking(world.database, first)
    return bookings.list_rest(world.database, kept)


def held(world, keys):
    found = [bookings.find_booking(world.database, getattr(one, "id", one)) for one in keys]
    return [one.day for one in found if one.ended_at is None]


def step(services, world, name, kind, on_day=TENTH, **more):
    wish = StepWish(kind, on_day, reason="妈妈要求", **more)
    return services.admissions.take_step(world.director, Owner(child=child_of(world, name)), wish)


def expected(world, day, name="糖糖"):
    rows = days.list_expected(world.database, day)
    return [(one.tariff, one.from_minute) for one in rows if one.who.name == name]


# -- steps of a life


def test_a_contract_takes_the_place_of_what_was_booked_within_its_hours(services, world):
    made = weekly(world, services)
    done = step(services, world, "糖糖", StepKind.ENROL, class_id=world.stars, mode=CareMode.FULL_DAY)
    assert held(world, made) == [FRIDAY], "the Friday before the contract begins"
    assert expected(world, made[1].day) == [(None, 500)]
    kept = bookings.find_booking(world.database, made[1].id)
    assert (kept.outcome, kept.cancelled_by, kept.cancel_reason) == (
        Outcome.CANCELLED, "园方", "已办正式入托，按合同来园",
    )  # fmt: skip
    assert done.also == (
        f"糖糖约的 12月12日（周五） 9:00–11:00 等 {len(made) - 1} 个预约已随“正式入托”取消："
        "那些时间按合同来园。"
    )
    assert services.bookings.card(world.desk, made[1].id).history == "", "no family cancelled anything"
    back = services.undo(world.desk, done.undo)
    assert (held(world, made), back.also) == ([one.day for one in made], "")
    assert expected(world, made[1].day) == [(Tariff.HOURLY, 540)]


@pytest.mark.parametrize(
    ("half", "weekdays", "stays"),
    [(HalfDay.MORNING, "12345", False), (HalfDay.AFTERNOON, "12345", True), (HalfDay.MORNING, "124", True)],
)
def test_a_half_day_contract_leaves_the_other_half_and_the_other_days(services, world, half, weekdays, stays):
    made = weekly(world, services)
    more = {"mode": CareMode.HALF_DAY, "half": half, "weekdays": weekdays}
    done = step(services, world, "糖糖", StepKind.ENROL, class_id=world.stars, **more)
    assert len(held(world, made)) == (len(made) if stays else 1)
    assert bool(done.also) is not stays


def test_a_contract_that_ends_leaves_what_is_booked_after_it(services, world):
    made = weekly(world, services)
    more = {"class_id": world.stars, "mode": CareMode.FULL_DAY, "ends_on": made[3].day}
    step(services, world, "糖糖", StepKind.TRY, **more)
    assert held(world, made) == [made[0].day, *(one.day for one in made[4:])]


def test_from_half_days_to_whole_ones_the_booked_other_half_is_hers_by_contract(services, world):
    made = weekly(world, services, "曾雨桐", hours=(840, 1000))
    done = step(services, world, "曾雨桐", StepKind.MOVE, class_id=world.stars, mode=CareMode.FULL_DAY)
    assert held(world, made) == [FRIDAY]
    services.undo(world.desk, done.undo)
    assert held(world, made) == [one.day for one in made]


def test_who_has_left_comes_by_no_booking(services, world):
    made = weekly(world, services, "曾雨桐", hours=(840, 1000))
    last = made[1].day
    done = step(services, world, "曾雨桐", StepKind.LEAVE, last, ending=Ending.WITHDRAWN)
    assert held(world, made) == [one.day for one in made[:2]], "up to her last day"
    assert expected(world, made[2].day, "曾雨桐") == []
    assert "已随“离园”取消：离园以后不再来。" in done.also
    services.undo(world.desk, done.undo)
    assert held(world, made) == [one.day for one in made]


def test_who_is_away_for_a_while_is_told_of_her_bookings_and_keeps_them(services, world):
    made = weekly(world, services, "曾雨桐", hours=(840, 1000))
    done = step(services, world, "曾雨桐", StepKind.SUSPEND)
    assert held(world, made) == [one.day for one in made]
    assert f"等 {len(made) - 1} 个预约，没有取消" in done.also


@pytest.mark.parametrize(
    ("kind", "on_day", "label", "more"),
    [
        (StepKind.SUSPEND, DAY, "停托", {}),
        (StepKind.SUSPEND, FRIDAY, "停托", {}),
        (StepKind.LEAVE, DAY, "离园", {"ending": Ending.WITHDRAWN}),
    ],
)
def test_what_was_booked_since_ends_when_the_contract_holds_again(services, world, kind, on_day, label, more):
    """曾雨桐 comes by contract in the morning: a booking of it would hide that, and be paid by the hour."""
    done = step(services, world, "曾雨桐", kind, on_day, **more)
    made = [
        book(world, services, "曾雨桐", day, hours)
        for day, hours in ((FRIDAY, (540, 660)), (MONDAY, (840, 960)))
    ]
    assert expected(world, FRIDAY, "曾雨桐") == [(Tariff.HOURLY, 540)]
    back = services.undo(world.desk, done.undo)
    assert held(world, made) == [MONDAY], "her other half stays booked"
    assert [tariff for tariff, _ in expected(world, FRIDAY, "曾雨桐")] == [None]
    kept = bookings.find_booking(world.database, made[0])
    assert (kept.outcome, kept.cancelled_by, kept.cancel_reason) == (
        Outcome.CANCELLED, "园方", f"已撤销{label}，按合同来园",
    )  # fmt: skip
    assert back.also == (
        f"曾雨桐约的 {day_words(FRIDAY)} 9:00–11:00 的预约已随撤销“{label}”取消：那些时间按合同来园。"
    )


def test_a_family_that_gives_the_waiting_list_up_keeps_its_bookings(services, world):
    made = weekly(world, services)
    for kind, more in ((StepKind.WAIT, {}), (StepKind.LEAVE, {"ending": Ending.GIVEN_UP})):
        done = step(services, world, "糖糖", kind, DAY, **more)
    assert (held(world, made), done.also) == ([one.day for one in made], "")


def test_what_was_cancelled_by_hand_stays_cancelled_when_the_step_is_taken_back(services, world):
    made = weekly(world, services)
    services.bookings.cancel(world.desk, made[2].id, "妈妈", "出门")
    done = step(services, world, "糖糖", StepKind.ENROL, class_id=world.stars, mode=CareMode.FULL_DAY)
    services.undo(world.desk, done.undo)
    assert held(world, made) == [one.day for one in made if one.id != made[2].id]


def test_a_booking_whose_room_is_gone_is_named_when_the_step_is_taken_back(services, world):
    made = weekly(world, services, "曾雨桐", hours=(840, 1000))
    done = step(services, world, "曾雨桐", StepKind.LEAVE, FRIDAY, ending=Ending.WITHDRAWN)
    for name in ("小客0", "小客1", "小客2"):
        book(world, services, name, made[1].day, (840, 1000))
    back = services.undo(world.desk, done.undo)
    assert back.also.startswith("曾雨桐 12月12日（周五） 14:00–16:40 的预约没有恢复：位子已给了别人。")
    assert held(world, made) == [one.day for one in made if one.id != made[1].id]


def test_what_is_booked_is_named_beside_the_steps_that_may_cancel_it(services, world):
    owner = Owner(child=child_of(world, "曾雨桐"))
    assert services.admission_lists.panel(world.desk, owner).booked == ""
    made = weekly(world, services, "曾雨桐", hours=(840, 1000))
    told = services.admission_lists.panel(world.desk, owner).booked
    assert told == f"12月5日（周五） 14:00–16:40 等 {len(made)} 个预约"


# -- absences


def away(world, services, name="糖糖", first=FRIDAY, last=FRIDAY, **more):
    usual = {"kind": "personal", "reason": "走亲戚", "told_by": "妈妈"}
    note = AbsenceNote(child_of(world, name), from_day=first, to_day=last, **{**usual, **more})
    return services.absences.note(world.desk, note)


def test_who_is_said_to_stay_away_is_not_put_down_as_missing(services, world):
    made = weekly(world, services)
    done = away(world, services, last=made[1].day)
    assert held(world, made) == [one.day for one in made[2:]]
    kept = bookings.find_booking(world.database, made[0].id)
    assert (kept.outcome, kept.cancelled_by, kept.cancel_reason) == (Outcome.CANCELLED, "妈妈", "走亲戚")
    assert kept.told_at == world.clock.now
    world.clock.now += dt.timedelta(days=2, hours=3)
    assert services.bookings.week(world.desk, FRIDAY).missed == ()
    assert services.bookings.card(world.desk, made[0].id).history == "取消 2 次"
    world.clock.now -= dt.timedelta(days=2, hours=3)
    services.undo(world.desk, done.undo)
    assert held(world, made) == [one.day for one in made]


def test_an_absence_written_down_after_the_hours_ends_the_booking_all_the_same(services, world):
    key = book(world, services, day=DAY, hours=(600, 720))
    world.clock.at(12, 30)
    away(world, services, first=DAY, last=DAY, told_at="8:10")
    assert (held(world, [key]), services.bookings.week(world.desk, DAY).missed) == ([], ())


def test_the_absence_of_one_tap_ends_the_booking_of_today_and_gives_it_back(services, world):
    today, later = book(world, services, day=DAY, hours=(600, 720)), book(world, services, hours=(600, 720))
    done = services.arrivals.note_absence(world.desk, child_of(world), "personal")
    assert held(world, [today, later]) == [FRIDAY]
    assert bookings.find_booking(world.database, today).cancelled_by == "家长"
    services.undo(world.desk, done.undo)
    assert held(world, [today, later]) == [DAY, FRIDAY]


def test_who_is_back_early_has_the_bookings_of_the_days_to_come_again(services, world):
    made = [book(world, services, day=day) for day in (FRIDAY, MONDAY)]
    away(world, services, last=MONDAY)
    world.clock.now += dt.timedelta(days=5)
    services.arrivals.undo_absence(world.desk, child_of(world))
    assert held(world, made) == [MONDAY]


def crowd(world, services, day, hours, count=2):
    """With 曾雨桐 by contract in the morning, two infants more are all that one carer may have."""
    return [book(world, services, f"小客{at}", day, hours) for at in range(count)]


def test_an_absence_taken_back_asks_whether_the_booking_still_finds_room(services, world):
    key = book(world, services)
    crowd(world, services, FRIDAY, (540, 660), 1)
    done = away(world, services)
    book(world, services, "小客9")
    back = services.undo(world.desk, done.undo)
    assert held(world, [key]) == []
    assert back.also.startswith("糖糖 12月5日（周五） 9:00–11:00 的预约没有恢复：位子已给了别人。9:00–")


def test_an_absence_taken_back_does_not_double_a_booking_made_meanwhile(services, world):
    keys = [book(world, services, day=day) for day in (FRIDAY, MONDAY)]
    done = away(world, services, last=MONDAY)
    other = book(world, services, hours=(600, 720))
    back = services.undo(world.desk, done.undo)
    assert (held(world, [*keys, other]), back.also) == (
        [MONDAY, FRIDAY], "糖糖 12月5日（周五） 9:00–11:00 的预约没有恢复：那天又约了 10:00–12:00。",
    )  # fmt: skip


def test_an_absence_taken_back_gives_the_other_hours_of_a_day_back_beside_a_booking_made_meanwhile(
    services, world
):
    keys = [book(world, services, day=day) for day in (FRIDAY, MONDAY)]
    done = away(world, services, last=MONDAY)
    other = book(world, services, hours=(840, 960))
    back = services.undo(world.desk, done.undo)
    assert (held(world, [*keys, other]), back.also) == ([FRIDAY, MONDAY, FRIDAY], "")


def test_whose_place_by_contract_was_booked_is_told_which_hour_breaks(services, world):
    done = away(world, services, "曾雨桐")
    crowd(world, services, FRIDAY, (540, 660), 3)
    assert services.undo(world.desk, done.undo).also == (
        "曾雨桐回来后，12月5日（周五） 小星星 9:00–10:00 4 人、1 名老师，缺 1 名老师。"
    )


def test_nothing_is_told_where_no_hour_breaks(services, world):
    done = away(world, services, "曾雨桐", last=MONDAY)
    crowd(world, services, FRIDAY, (540, 660), 2)
    assert services.undo(world.desk, done.undo).also == ""


# -- the round of asking


def trace(world, services, name="糖糖", **more):
    mother = f"{name}妈" if name == "糖糖" else f"{name[0]}母"
    wish = Trace(child_of(world, name), world.adults[mother], "personal", **more)
    return services.absences.trace(world.desk, wish)


def test_a_follow_up_taken_back_asks_whether_the_booking_still_finds_room(services, world):
    services.arrivals.check_in(world.desk, CheckIn(world.children["曾雨桐"]))
    key = book(world, services, day=DAY, hours=(600, 690))
    crowd(world, services, DAY, (600, 690), 1)
    world.clock.at(10, 30)
    done = trace(world, services)
    book(world, services, "小客9", DAY, (640, 690))
    with pytest.raises(NoRoomError):
        book(world, services, "小客8", DAY, (640, 690))
    back = services.undo(world.desk, done.undo)
    assert (held(world, [key]), "位子已给了别人" in back.also) == ([], True)


def absent_days(world, name):
    rows = world.database.rows(
        "select day from absence where child_id = :child and undone_at is null order by day",
        {"child": world.children[name]},
    )
    return [dt.date.fromisoformat(row["day"]) for row in rows]


def test_who_misses_her_contract_and_the_booked_other_half_is_both(services, world):
    world.clock.at(8)
    key = book(world, services, "曾雨桐", DAY, (840, 1000))
    world.clock.at(9, 40)
    done = trace(world, services, "曾雨桐")
    assert (held(world, [key]), absent_days(world, "曾雨桐")) == ([], [DAY])
    (row,) = [one for one in services.desk.board(world.desk).absent if one.name == "曾雨桐"]
    assert row.chip.words == "事假"
    services.undo(world.desk, done.undo)
    assert (held(world, [key]), absent_days(world, "曾雨桐")) == ([DAY], [])


def test_who_came_in_the_morning_and_misses_the_booked_afternoon_is_no_absence(services, world):
    key = book(world, services, "曾雨桐", DAY, (840, 1000))
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["曾雨桐"])).value.visit
    with pytest.raises(AlreadyCheckedInError):
        trace(world, services, "曾雨桐")
    world.clock.at(11, 28)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["曾母"]))
    world.clock.at(14, 40)
    assert [one.state for one in services.desk.board(world.desk).expected if one.name == "曾雨桐"] == [
        RowState.EXPECTED
    ]
    words = (
        r"11:28 来过，不是缺勤，不用登记。12月3日（周三） 14:00–16:40 的预约还在，不来的，请到预约里取消。$"
    )
    child = world.children["曾雨桐"]
    for refused in (
        lambda: away(world, services, "曾雨桐", DAY, DAY),
        lambda: services.arrivals.note_absence(world.desk, child, "personal", "下午不来", "妈妈"),
    ):
        with pytest.raises(AlreadyLeftError, match=words):
            refused()
    trace(world, services, "曾雨桐")
    assert (held(world, [key]), absent_days(world, "曾雨桐")) == ([], [])
    with pytest.raises(AlreadyLeftError, match=r"不用登记。$"):
        trace(world, services, "曾雨桐")


@pytest.fixture
def guest_gone(services, world):
    """马思睿, hers are the afternoons from 14:00 on, has come and gone by a booked morning."""
    book(world, services, "马思睿", DAY, (540, 690))
    world.clock.at(9, 12)
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["马思睿"])).value.visit
    world.clock.at(11, 28)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["马母"], tender="cash"))
    world.clock.at(14, 40)
    return visit


def row_of(world, services, name="马思睿"):
    board = services.desk.board(world.desk)
    every = (*board.expected, *board.due, *board.present, *board.just_left, *board.absent)
    return next(one for one in every if one.name == name)


@pytest.mark.parametrize("how", ["spell", "key", "trace"])
def test_who_came_by_a_booked_morning_and_misses_her_contract_is_away_from_that(
    services, world, guest_gone, how
):
    child = world.children["马思睿"]
    row = row_of(world, services)
    assert (row.state, row.awaits.endswith("还要来，不来请登记缺勤")) == (RowState.EXPECTED, True)
    if how == "spell":
        done = away(world, services, "马思睿", DAY, DAY)
    elif how == "key":
        done = services.arrivals.note_absence(world.desk, child, "personal", "下午不来", "妈妈")
    else:
        done = trace(world, services, "马思睿")
    assert (row_of(world, services).state, absent_days(world, "马思睿")) == (RowState.ABSENT, [DAY])
    assert "马思睿" not in [one.name for one in services.absences.round(world.desk).rows]
    with pytest.raises(AbsentTodayError, match=r"登记了缺勤。要撤销离园"):
        services.pickup.undo_check_out(world.desk, guest_gone)
    services.undo(world.desk, done.undo)
    assert (row_of(world, services).state, absent_days(world, "马思睿")) == (RowState.EXPECTED, [])
    services.pickup.undo_check_out(world.desk, guest_gone)


def test_who_came_by_her_contract_too_or_stayed_on_into_it_was_not_away(services, world, guest_gone):
    child = world.children["马思睿"]
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    world.clock.at(15)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["马母"]))
    with pytest.raises(AlreadyLeftError):
        away(world, services, "马思睿", DAY, DAY)
    book(world, services, "马思睿", FRIDAY, (540, 840))
    world.clock.now = world.clock.now.replace(day=FRIDAY.day, hour=9)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    world.clock.at(14, 31)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["马母"], tender="cash"))
    with pytest.raises(AlreadyLeftError):
        trace(world, services, "马思睿")


def test_a_missed_contract_is_noted_the_day_after_too(services, world, guest_gone):
    world.clock.now += dt.timedelta(days=1)
    done = away(world, services, "马思睿", DAY, DAY)
    assert absent_days(world, "马思睿") == [DAY]
    services.undo(world.desk, done.undo)
    assert absent_days(world, "马思睿") == []


def test_the_bookings_until_she_is_back_are_cancelled_with_the_one_of_today(services, world):
    made = [book(world, services, day=day, hours=(840, 960)) for day in (DAY, FRIDAY, MONDAY)]
    world.clock.at(14, 30)
    done = trace(world, services, returns_on=MONDAY)
    assert (held(world, made), absent_days(world, "糖糖")) == ([MONDAY], [])
    services.undo(world.desk, done.undo)
    assert held(world, made) == [DAY, FRIDAY, MONDAY]


# -- closed days


def mark(world, services, first=FRIDAY, last=None, *, is_open=False, reason="台风"):
    return services.manage.calendar.mark(world.director, first, last or first, is_open=is_open, reason=reason)


def test_a_day_that_is_closed_ends_what_is_booked_on_it_and_says_whom_to_tell(services, world):
    made = [book(world, services, name) for name in ("小客0", "小客1")]
    later = book(world, services, "小客0", MONDAY)
    done = mark(world, services)
    assert held(world, [*made, later]) == [MONDAY]
    assert done.also == (
        "这些日子约了的 2 个预约已取消（园方闭园）："
        "小客0 12月5日（周五） 9:00–11:00、小客1 12月5日（周五） 9:00–11:00。请告诉家长。"
    )
    kept = bookings.find_booking(world.database, made[0])
    assert (kept.outcome, kept.cancelled_by, kept.cancel_reason) == (
        Outcome.CANCELLED, "园方", "园方闭园：台风",
    )  # fmt: skip
    assert services.bookings.card(world.desk, made[0]).history == ""
    assert services.bookings.reminders(world.desk, FRIDAY).value == ()
    back = services.undo(world.director, done.undo)
    assert (len(held(world, made)), back.also) == (2, "")


def test_a_day_that_opens_or_is_closed_for_nobody_says_nothing(services, world):
    saturday = FRIDAY + dt.timedelta(days=1)
    assert mark(world, services, saturday, is_open=True, reason="开放日").also == ""
    key = book(world, services, day=saturday)
    assert mark(world, services, MONDAY).also == ""
    assert held(world, [key]) == [saturday]
    assert "1 个预约已取消" in services.manage.calendar.unmark(world.director, saturday).also
    assert held(world, [key]) == []


def test_a_notice_of_days_off_ends_what_is_booked_on_them(services, world):
    key = book(world, services)
    notice = (NoticeDay(FRIDAY, DayMark.HOLIDAY, "抗战纪念日"),)
    services.manage.calendar.keep_notice(world.director, notice)
    assert bookings.find_booking(world.database, key).cancel_reason == "园方闭园：抗战纪念日"


def test_who_is_here_when_the_day_is_closed_has_come(services, world):
    key = book(world, services, day=DAY, hours=(560, 660))
    services.arrivals.check_in(world.desk, CheckIn(child_of(world)))
    assert (mark(world, services, DAY).also, held(world, [key])) == ("", [DAY])


def test_nobody_is_missed_on_a_day_on_which_nobody_could_come(services, world):
    """A file may hold bookings of days that were closed before the program ended them."""
    key = book(world, services)
    mark(world, services)
    with world.database.unit(None, "old") as unit:
        bookings.reverse_end(unit, key)
        unit.audit("booking", key)
    world.clock.now += dt.timedelta(days=2, hours=4)
    assert services.bookings.week(world.desk, FRIDAY).missed == ()
    assert not services.bookings.card(world.desk, key).may_miss
    with pytest.raises(BookingOverError, match="不开园"):
        services.bookings.note_no_show(world.desk, key)
    world.clock.now += dt.timedelta(days=3)
    assert services.bookings.week(world.desk, MONDAY).missed == ()
    services.bookings.cancel(world.desk, key, "园方", "台风")
