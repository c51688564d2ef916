"""出勤登记 (T3): a sign a day, and the same sums as the month's summary."""

import datetime as dt

import pytest

from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.modes import CareMode, Tariff
from app.domain.staff import Actor, NotPermittedError, Role
from app.domain.statistics import Attendance, add_up
from app.services.attendance_paper import AttendancePaper, child_months
from app.services.month import Month, MonthRows, UnknownMonthError
from app.store.attendance import Attended, Contract, Missed

DIRECTOR = Actor(1, "周敏", Role.DIRECTOR)
MONDAY = dt.date(2025, 11, 3)
WEEK = tuple(MONDAY + dt.timedelta(days=n) for n in range(5))


@pytest.fixture
def paper(database, clock):
    return AttendancePaper(database, clock)


def contract(child, *, mode=CareMode.FULL_DAY, group=1, starts=dt.date(2025, 1, 1), ends=None, on="12345"):
    return Contract(ChildId(child), ClassId(group), mode, on, starts, ends)


def visit(child, day, group=1, tariff=Tariff.CONTRACT):
    at = dt.datetime.combine(day, dt.time(8), dt.timezone(dt.timedelta(hours=8)))
    return Attended(VisitId(1), ChildId(child), ClassId(group), day, CareMode.FULL_DAY, tariff, at, None)


def signs(one):
    return "".join(one.signs.get(day, "　") for day in WEEK)


def test_every_day_has_its_sign_and_a_sick_day_its_disease():
    rows = MonthRows(
        WEEK,
        (contract(1), contract(2, mode=CareMode.HALF_DAY, on="135")),
        (
            *(visit(child, WEEK[at]) for child, at in ((1, 0), (2, 0), (2, 1))),
            visit(9, WEEK[0], tariff=Tariff.TEMP_HALF_DAY),
        ),
        (
            Missed(ChildId(1), WEEK[0], "sick", "咳嗽"),  # told off, came all the same
            Missed(ChildId(1), WEEK[1], "sick", "发热"),
            Missed(ChildId(1), WEEK[2], "sick", "发热"),
            Missed(ChildId(1), WEEK[3], "personal", "回老家"),
            Missed(ChildId(2), WEEK[2], "sick", ""),
        ),
        "",
    )
    first, second = child_months(rows)
    assert signs(first) == "√○○△×"
    assert signs(second) == "半加○　×"
    assert first.remark == "4、5日 发热", "why a family is away for itself is nobody's business"
    assert second.remark == "5日 病名未写"
    assert (first.whole, second.whole) == (Attendance(5, 1, 2, 1), Attendance(3, 1, 1, 0))


def test_a_child_who_changes_class_has_a_line_in_both():
    moved = (contract(1, ends=WEEK[1]), contract(1, starts=WEEK[1], group=2))
    here = tuple(visit(1, day, 1 if day < WEEK[2] else 2) for day in WEEK)
    old, new = child_months(MonthRows(WEEK, moved, here, (), ""))
    assert (old.class_id, signs(old)) == (1, "√√　　　")
    assert (new.class_id, signs(new)) == (2, "　　√√√")


@pytest.mark.parametrize("month", ["2025-11", "2025-10"])
def test_the_register_agrees_with_the_summary_of_the_month(paper, database, clock, month):
    figures = Month(database, clock).summary(DIRECTOR, month)
    whole = paper.month(DIRECTOR, month)
    sums = [row for row in whole.rows if row[1] == "合计"]
    assert len(sums) == len([one for one in figures.classes if one.attendance.expected])
    for group in figures.classes:
        row = next(row for row in sums if row[0] == group.name)
        expected = group.attendance
        numbers = (expected.expected, expected.actual, expected.sick, expected.personal, expected.other)
        assert tuple(map(int, row[-6:-1])) == numbers
        assert row[-1] == f"出勤率 {expected.rate.percent_words}"
        own = paper.month(DIRECTOR, month, group.id)
        assert list(own.rows) == [row[1:] for row in whole.rows if row[0] == group.name and row[1] != "合计"]
    total = figures.attendance
    assert add_up(one.attendance for one in figures.classes) == total
    assert f"应出勤 {total.expected} 人次，实出勤 {total.actual} 人次" in whole.summary
    assert f"出勤率 {total.rate.percent_words}" in whole.summary
    marks = [sign for row in whole.rows if row[1] != "合计" for sign in row[2:-6]]
    assert marks.count("√") + marks.count("半") == total.actual
    assert marks.count("○") == total.sick
    assert marks.count("△") == total.personal
    assert marks.count("×") == total.other
    assert marks.count("加") == figures.extra_visits


def test_the_month_in_progress_stops_at_yesterday(paper, clock):
    whole = paper.month(DIRECTOR, "2025-12")
    today = clock().day
    days = [row[2:-6] for row in whole.rows]
    assert all(sign == "" for row in days for sign in row[today - 1 :])
    assert f"截至 12 月 {today - 1} 日" in whole.summary


@pytest.mark.parametrize("text", ["2025-13", "11月", "2026-02", ""])
def test_what_is_no_month_or_has_not_begun_is_refused(paper, text):
    with pytest.raises(UnknownMonthError, match="已经开始的月份"):
        paper.month(DIRECTOR, text)


def test_a_class_that_is_not_there_is_refused_and_so_is_who_may_not_read(paper):
    with pytest.raises(LookupError):
        paper.month(DIRECTOR, "2025-11", ClassId(999))
    with pytest.raises(NotPermittedError):
        paper.month(Actor(1, "方芸", Role.CASHIER), "2025-11")


def test_days_off_are_shaded_and_every_day_has_its_weekday(services, actors):
    group = services.classroom.tabs(actors[Role.DIRECTOR])[0].id
    one = services.health.attendance.month(actors[Role.DIRECTOR], "2025-12", group)
    days = [column for column in one.columns if column.title.isdigit()]
    assert [column.title for column in days if column.shaded] == [
        "6",
        "7",
        "13",
        "14",
        "20",
        "21",
        "27",
        "28",
    ]
    assert "".join(column.below for column in days[:7]) == "一二三四五六日"
    assert one.columns[0].title == "姓名"  # one class: its name stands above the table


def test_the_register_of_the_centre_names_the_class_of_each_child(services, actors):
    one = services.health.attendance.month(actors[Role.DIRECTOR], "2025-11")
    assert [column.title for column in one.columns[:2]] == ["班级", "姓名"]
    assert {len(row) for row in one.rows} == {len(one.columns)}
