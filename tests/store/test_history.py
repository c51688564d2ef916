"""A child's last days as the file holds them."""

import datetime as dt

from app.domain.ids import ChildId
from app.store import history

DAY = dt.date(2025, 12, 3)


def child_of(database, name):
    return ChildId(database.row("select id from child where name = :n", {"n": name})["id"])


def test_the_last_days_are_summed_and_today_is_not_among_them(database):
    child = child_of(database, "张沐阳")
    usual = history.list_usual(database, [child], DAY)[child]
    assert usual.been_before
    assert 5 <= len(usual.days) <= 12
    assert all(dt.date(2025, 11, 17) <= one.day < DAY for one in usual.days)
    newest = usual.days[0]
    key = {"c": child, "d": newest.day.isoformat()}
    rows = database.rows(
        "select kind, detail, grade, at, until from log_entry where child_id = :c and day = :d"
        " and ended_at is null",
        key,
    )
    lunches = [row["grade"] for row in rows if (row["kind"], row["detail"]) == ("meal", "lunch")]
    assert newest.lunch == max(lunches)
    assert newest.moods == sum(row["kind"] == "mood" for row in rows)
    slept = sum(
        (dt.datetime.fromisoformat(row["until"]) - dt.datetime.fromisoformat(row["at"])).seconds // 60
        for row in rows
        if row["kind"] == "sleep" and row["until"]
    )
    assert (newest.slept or 0) == slept


def test_a_guest_who_was_never_here_is_known_as_such(database):
    guest = child_of(database, "朱予晴")
    assert history.list_usual(database, [guest], DAY)[guest] == history.Usual((), been_before=False)
    tomorrow = history.list_usual(database, [guest], DAY + dt.timedelta(days=1))[guest]
    assert tomorrow.been_before
    assert len(tomorrow.days) == 1
    assert history.list_usual(database, [], DAY) == {}


def test_a_day_with_a_sleep_of_no_known_end_says_nothing_of_how_long_she_slept(database):
    child = child_of(database, "张沐阳")
    newest = history.list_usual(database, [child], DAY)[child].days[0]
    assert newest.slept
    with database.unit(None, "test") as unit:
        unit.execute(
            "insert into log_entry (batch_id, visit_id, child_id, day, kind, at, staff_id)"
            " select batch_id, visit_id, child_id, day, kind, until, staff_id from log_entry"
            " where child_id = :c and day = :d and kind = 'sleep' and ended_at is null limit 1",
            {"c": child, "d": newest.day.isoformat()},
        )
        unit.audit("log_batch", None)
    after = history.list_usual(database, [child], DAY)[child].days[0]
    assert (after.day, after.slept, after.longest) == (newest.day, None, newest.longest)


def test_who_came_twice_on_a_day_is_known_by_her_first_stay(database):
    assert history.list_twice(database, DAY) == {}
    first = database.row(
        "select * from visit where day = :d and left_at is not null limit 1", {"d": "2025-12-03"}
    )
    times = {"arrived_at": "2025-12-03T15:00:00+08:00", "left_at": "2025-12-03T16:00:00+08:00"}
    row = {**dict(first), **times, "pickup_code": "ZZZZ"}
    row.pop("id")
    with database.unit(None, "test") as unit:
        second = unit.insert("visit", row)
        unit.audit("visit", second)
    assert history.list_twice(database, DAY) == {first["child_id"]: first["id"]}
    assert history.list_twice(database, DAY - dt.timedelta(days=1)) == {}
