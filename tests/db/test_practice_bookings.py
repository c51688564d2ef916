"""The booking book of the practice centre: next week full, last week with every ending, the day untouched."""

import datetime as dt

import pytest

from db.practice_bookings import _nth

DAY = "2025-12-03"


def test_nothing_is_booked_on_the_day_itself_but_by_the_child_of_the_story(noon):
    names = noon.execute(
        "select c.name from booking b join child c on c.id = b.child_id where b.day = ?", (DAY,)
    ).fetchall()
    assert names == [("单雨桐",)]


def test_a_weekly_booking_has_its_two_weekdays_to_its_last_day(noon):
    weekdays, starts, until, key = noon.execute(
        "select weekdays, starts_on, until, id from booking_series"
    ).fetchone()
    days = [
        dt.date.fromisoformat(day)
        for (day,) in noon.execute("select day from booking where series_id = ? order by day", (key,))
    ]
    assert {str(day.isoweekday()) for day in days} == set(weekdays)
    assert starts <= f"{days[0]}" <= f"{days[-1]}" <= until
    assert len(days) == 8, "four weeks"


def test_of_the_days_before_each_ending_is_there_and_yesterday_waits_for_somebody_to_say_it(noon):
    rows = noon.execute(
        "select outcome, day, ended_at is null, exists (select 1 from visit v where v.child_id = b.child_id"
        " and v.day = b.day) from booking b where day < ? order by outcome",
        (DAY,),
    ).fetchall()
    assert [(outcome, still_open) for outcome, _, still_open, _ in rows] == [
        (None, 1), ("cancelled", 0), ("no_show", 0),
    ]  # fmt: skip
    assert rows[0][1] == "2025-12-02"
    assert not any(came for *_, came in rows)


def test_the_call_about_the_sick_child_is_made_after_the_desk_traces(noon, early):
    calls = "select count(*) from absence_follow_up"
    assert [file.execute(calls).fetchone()[0] for file in (noon, early)] == [1, 0]


@pytest.mark.parametrize(
    ("day", "ahead", "found"),
    [("2025-12-03", 1, "2025-12-04"), ("2025-12-05", 1, "2025-12-08"), ("2025-12-08", -1, "2025-12-05"),
     ("2025-12-06", 0, "2025-12-06"), ("2025-12-03", -5, "2025-11-26")],
)  # fmt: skip
def test_open_days_are_counted_over_the_weekend(day, ahead, found):
    assert f"{_nth(dt.date.fromisoformat(day), ahead)}" == found
