"""The month, counted by hand beside the program's count."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.modes import CareMode, Tariff
from app.domain.money import Money
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.statistics import Attendance, add_up
from app.services import cashier
from app.services.month import Month, UnknownMonthError, _count, expected_on
from app.store.attendance import Attended, Contract, Missed

DIRECTOR = Actor(1, "周敏", Role.DIRECTOR)
MONDAY = dt.date(2025, 11, 3)
WEEK = tuple(MONDAY + dt.timedelta(days=n) for n in range(5))


@pytest.fixture
def month(database, clock):
    return Month(database, clock)


def contract(child=1, weekdays="12345", starts=dt.date(2025, 1, 1), ends=None, mode=CareMode.FULL_DAY, cls=1):
    return Contract(ChildId(child), ClassId(cls), mode, weekdays, starts, ends)


def visit(child, day, tariff=Tariff.CONTRACT, mode=CareMode.FULL_DAY):
    at = dt.datetime.combine(day, dt.time(8), dt.timezone(dt.timedelta(hours=8)))
    return Attended(VisitId(1), ChildId(child), ClassId(1), day, mode, tariff, at, None)


@pytest.mark.parametrize(
    ("given", "day", "expected"),
    [
        (contract(), MONDAY, True),
        (contract(weekdays="135"), MONDAY, True),
        (contract(weekdays="135"), WEEK[1], False),
        (contract(starts=WEEK[1]), MONDAY, False),
        (contract(starts=WEEK[1]), WEEK[1], True),
        (contract(ends=WEEK[1]), WEEK[1], True),
        (contract(ends=WEEK[1]), WEEK[2], False),
        (contract(), dt.date(2025, 10, 11), True),  # a Saturday that makes up for the holidays
        (contract(weekdays="135"), dt.date(2025, 10, 11), False),
        (contract(weekdays="1356"), dt.date(2025, 10, 11), True),
    ],
)
def test_a_contract_expects_by_weekday_and_by_its_dates(given, day, expected):
    assert expected_on(given, day) is expected


def test_one_week_of_three_children_counted_by_hand():
    contracts = (
        contract(1),
        contract(2, weekdays="135", mode=CareMode.HALF_DAY, cls=2),
        contract(3, starts=WEEK[3]),
    )
    visits = (
        *(visit(1, day) for day in WEEK[:3]),  # three of five
        visit(2, WEEK[0]),
        visit(2, WEEK[1]),  # not booked for Tuesday: no rate, but told
        visit(3, WEEK[4]),
        visit(9, WEEK[0], Tariff.TEMP_HALF_DAY, CareMode.TEMPORARY),  # a guest, never in the rate
    )
    missed = (
        Missed(ChildId(1), WEEK[3], "sick"),
        Missed(ChildId(2), WEEK[2], "personal"),
        Missed(ChildId(2), WEEK[3], "sick"),  # a day she was not expected
        Missed(ChildId(3), WEEK[4], "sick"),  # told off, came all the same
    )
    counted = _count(WEEK, contracts, visits, missed)
    assert counted.whole == Attendance(expected=10, actual=5, sick=1, personal=1)
    assert counted.whole.absent == 5
    assert counted.whole.other == 3
    assert counted.by_mode[CareMode.HALF_DAY] == Attendance(3, 1, 0, 1)
    assert counted.by_class[ClassId(1)] == Attendance(7, 4, 1, 0)
    assert counted.by_day[WEEK[0]] == Attendance(2, 2)
    assert counted.extra == 1
    assert len(counted.guests) == 1


@pytest.mark.parametrize(
    ("mode", "hours", "here"),
    [
        (CareMode.FULL_DAY, (9, 10), 1),
        (CareMode.HALF_DAY, (9, 12), 0),  # hers is the afternoon, from 14:00
        (CareMode.HALF_DAY, (9, 14), 0),
        (CareMode.HALF_DAY, (9, 15), 1),
        (CareMode.HALF_DAY, (9, None), 1),
        (CareMode.HALF_DAY, (17, 18), 0),
    ],
)
def test_a_guest_within_the_hours_of_her_own_contract_has_come(mode, hours, here):
    held = dataclasses.replace(contract(mode=mode), from_minute=840, to_minute=1020)
    came, left = (
        None if one is None else dt.datetime.combine(MONDAY, dt.time(one), dt.timezone(dt.timedelta(hours=8)))
        for one in hours
    )
    stay = dataclasses.replace(
        visit(1, MONDAY, Tariff.HOURLY, CareMode.HOURLY), arrived_at=came, left_at=left
    )
    counted = _count(WEEK[:1], (held,), (stay,), (Missed(ChildId(1), MONDAY, "sick"),))
    assert counted.whole == Attendance(1, here, 1 - here, 0)
    assert (len(counted.guests), counted.extra) == (1, 0)


def test_a_child_who_changes_class_counts_once_a_day():
    counted = _count(WEEK, (contract(1, ends=WEEK[1]), contract(1, starts=WEEK[1], cls=2)), (), ())
    assert counted.whole.expected == 5
    assert counted.by_class == {ClassId(1): Attendance(2), ClassId(2): Attendance(3)}


def test_november_agrees_with_a_count_of_the_rows(month, database):
    figures = month.summary(DIRECTOR, "2025-11")
    assert figures.open_days == 20
    came = database.row("select count(*) as n from visit where day like '2025-11-%' and tariff = 'contract'")[
        "n"
    ]
    guests = database.row(
        "select count(*) as n from visit where day like '2025-11-%' and tariff <> 'contract'"
    )["n"]
    fen = database.row("select sum(total_fen) as n from receipt where day like '2025-11-%'")["n"]
    whole = figures.attendance
    assert whole.actual + figures.extra_visits == came
    assert figures.seat_use.percent_words == "92.8%"
    assert whole.expected == sum(one.attendance.expected for one in figures.classes)
    assert whole.actual == sum(one.present for one in figures.days)
    modes = {one.mode: one for one in figures.modes}
    assert modes[CareMode.TEMPORARY].visits + modes[CareMode.HOURLY].visits == guests
    assert guests == sum(one.guests for one in figures.classes) == sum(one.guests for one in figures.days)
    assert modes[CareMode.TEMPORARY].attendance is None
    assert modes[CareMode.FULL_DAY].visits + modes[CareMode.HALF_DAY].visits == whole.actual
    assert figures.kept == Money(fen) == figures.received + figures.refunded
    assert sum((one.amount for one in figures.items), Money(0)) == figures.kept
    assert sum((one.kept for one in figures.tenders), Money(0)) == figures.kept
    assert figures.refunded < Money(0)
    assert f"出勤率 {whole.rate.percent_words}（上月" in figures.sentences[1]
    assert "退 " in figures.sentences[3]


def test_a_class_closed_within_the_month_keeps_its_days(month, database):
    before = month.summary(DIRECTOR, "2025-11")
    closed, goal = (one.id for one in before.classes[-2:])
    last = dt.date(2025, 11, 14)  # as a batch of moves and 关班 leave it
    with database.unit(None, "close") as unit:
        moved = unit.rows(
            "select * from enrolment where class_id = :id and undone_at is null and ends_on is null",
            {"id": closed},
        )
        unit.execute(
            "update enrolment set ends_on = :last where class_id = :id and ends_on is null",
            {"id": closed, "last": last.isoformat()},
        )
        for row in moved:
            begun = {"class_id": goal, "starts_on": (last + dt.timedelta(days=1)).isoformat(), "id": None}
            unit.insert("enrolment", {**dict(row), **begun})
        unit.execute(
            "update class_group set closed_on = :last where id = :id",
            {"id": closed, "last": last.isoformat()},
        )
        unit.audit("class_group", closed)
    after = month.summary(DIRECTOR, "2025-11")
    assert after.attendance == before.attendance
    assert add_up(one.attendance for one in after.classes) == after.attendance
    assert sum(one.guests for one in after.classes) == sum(one.guests for one in before.classes)
    gone = next(one for one in after.classes if one.id == closed)
    assert (gone.seats, gone.enrolled) == (0, 0)
    assert gone.kind_words.endswith("，已关班")
    assert 0 < gone.attendance.expected < before.classes[-2].attendance.expected
    assert after.enrolled == before.enrolled == sum(one.enrolled for one in after.classes)
    december = month.summary(DIRECTOR, "2025-12")
    assert closed not in {one.id for one in december.classes if not one.guests}


def test_make_up_days_are_open_and_holidays_are_not(month):
    days = {one.day for one in month.summary(DIRECTOR, "2025-10").days}
    assert dt.date(2025, 10, 11) in days
    assert not {dt.date(2025, 10, n) for n in range(1, 9)} & days


def test_the_day_in_progress_does_not_count_as_absence(month):
    figures = month.summary(DIRECTOR, "2025-12")
    assert figures.until == dt.date(2025, 12, 2)
    assert figures.open_days == 2
    assert figures.extra_visits == 0
    assert sum(one.guests for one in figures.days) == sum(one.visits for one in figures.modes[2:])
    assert "12 月 2 日" in figures.notes[0]


def test_a_month_with_nothing_over_yet_has_a_dash_for_a_rate(month, clock):
    clock.moment = dt.datetime(2026, 1, 1, 9, 0, tzinfo=clock.moment.tzinfo)
    figures = month.summary(DIRECTOR, "2026-01")
    assert (figures.until, figures.open_days, figures.attendance) == (None, 0, Attendance())
    assert "出勤率 —" in figures.sentences[1]
    assert figures.kept == Money(0)


def test_a_refund_lowers_the_income_and_is_shown(month, database, clock):
    before = month.summary(DIRECTOR, "2025-12")
    receipt = database.row(
        "select id, total_fen from receipt where day like '2025-12-%' and kind = 'receipt' limit 1"
    )
    cashier.Cashier(database, clock).reverse(DIRECTOR, receipt["id"], "家长临时取消")
    after = month.summary(DIRECTOR, "2025-12")
    assert after.kept == before.kept - Money(receipt["total_fen"])
    assert after.received == before.received
    assert sum(one.refunds for one in after.tenders) == sum(one.refunds for one in before.tenders) + 1


def test_a_visit_taken_back_lowers_the_attendance(month, database):
    before = month.summary(DIRECTOR, "2025-11").attendance
    with database.unit(1, "test") as unit:
        unit.execute(
            "update visit set undone_at = left_at, undone_by = 1 where id ="
            " (select min(id) from visit where day = '2025-11-03' and tariff = 'contract')"
        )
        unit.audit("visit", None)
    after = month.summary(DIRECTOR, "2025-11").attendance
    assert (after.expected, after.actual) == (before.expected, before.actual - 1)


def test_the_months_on_file_are_offered_newest_first(month):
    assert month.months(DIRECTOR) == ("2025-12", "2025-11", "2025-10", "2025-09")


@pytest.mark.parametrize(
    "text", ["", "2025-13", "11/2025", "2026-01", "２０２５-11", "2025-1", "0000-01", "0001-01"]
)
def test_what_is_no_month_or_has_not_begun_is_refused(month, text):
    with pytest.raises(UnknownMonthError):
        month.summary(DIRECTOR, text)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.TEACHER, Role.HEALTH_WORKER])
def test_the_month_is_for_the_director_and_the_cashier(month, role):
    other = Actor(9, "某人", role)
    for act in (lambda: month.summary(other, "2025-11"), lambda: month.months(other)):
        with pytest.raises(NotPermittedError):
            act()
    month.summary(Actor(9, "某人", Role.CASHIER), "2025-11")


def test_a_guest_on_a_closed_day_is_told_beside_the_days(month, database):
    assert "不开放的日子" not in "".join(month.summary(DIRECTOR, "2025-11").notes)
    with database.unit(None, "test") as unit:
        unit.execute(
            "update visit set day = '2025-11-08' where id = (select min(id) from visit"
            " where day like '2025-11-%' and tariff = 'temp_half_day')",
            {},
        )
        unit.audit("test", 1)
    figures = month.summary(DIRECTOR, "2025-11")
    guests = sum(one.visits for one in figures.modes[2:])
    assert guests - sum(one.guests for one in figures.days) == 1
    assert "有 1 人次在不开放的日子" in figures.notes[-1]
