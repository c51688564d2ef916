"""What the log holds of a child before a day, against the rows of the file; whose log is whole."""

import datetime as dt

from app.domain.ids import ChildId
from app.store import firsts, history
from app.store.firsts import Asked

DAY = dt.date(2025, 12, 3)
EVERYTHING = Asked(foods=True, slept=True, steps=True, whole_day=True)


def child_of(database, name):
    return ChildId(database.row("select id from child where name = :n", {"n": name})["id"])


def rows_of(database, child):
    return database.rows(
        "select kind, at, until, text from log_entry where child_id = :c and day < :d and ended_at is null",
        {"c": child, "d": DAY.isoformat()},
    )


def came_late(database, child):
    """The first day of the log lies months after the first day of the contract, or with it."""
    with database.unit(None, "test") as unit:
        first = unit.row("select min(day) as day from visit where child_id = :c", {"c": child})["day"]
        unit.execute("update enrolment set starts_on = :d where child_id = :c", {"c": child, "d": first})
        unit.audit("child", child)


def test_everything_before_a_day_is_known_of_a_child_whose_log_is_whole(database):
    child = child_of(database, "张沐阳")
    came_late(database, child)
    before = firsts.list_before(database, {child: EVERYTHING}, DAY)[child]
    rows = rows_of(database, child)
    assert set(before.foods) == {row["text"] for row in rows if row["kind"] in ("meal", "food")} - {""}
    naps = [
        (dt.datetime.fromisoformat(row["until"]) - dt.datetime.fromisoformat(row["at"])).seconds // 60
        for row in rows
        if row["kind"] == "sleep" and row["until"]
    ]
    assert before.slept == max(naps)
    assert before.steps is not None
    assert before.whole_day is True
    told = firsts.list_before(database, {child: Asked(slept=True)}, DAY)[child]
    assert (told.foods, told.slept, told.steps, told.whole_day) == (None, before.slept, None, None)


def test_who_was_here_before_there_was_a_log_has_no_first_times(database):
    """A centre begins with the program in the midst of her time: 第一次 would be a guess."""
    child = child_of(database, "张沐阳")
    with database.unit(None, "test") as unit:
        unit.execute("update enrolment set starts_on = '2024-03-01' where child_id = :c", {"c": child})
        unit.audit("child", child)
    assert firsts.list_before(database, {child: EVERYTHING}, DAY) == {}
    assert history.list_usual(database, [child], DAY)[child].been_before
    first = dt.date(2024, 3, 20)  # before any visit: she has been here all the same
    assert history.list_usual(database, [child], first)[child].been_before
    assert not history.list_usual(database, [child], dt.date(2024, 3, 1))[child].been_before


def test_a_guest_has_not_stayed_a_whole_day_yet(database):
    guest = child_of(database, "朱予晴")
    tomorrow = DAY + dt.timedelta(days=1)
    assert firsts.list_before(database, {guest: EVERYTHING}, DAY) == {}, "it is her first day"
    with database.unit(None, "test") as unit:  # she was fetched at two
        unit.execute(
            "update visit set left_at = :at, released_by = received_by where child_id = :c",
            {"c": guest, "at": "2025-12-03T14:00:00+08:00"},
        )
        unit.audit("visit", guest)
    before = firsts.list_before(database, {guest: Asked(whole_day=True)}, tomorrow)[guest]
    assert before.whole_day is False
    assert firsts.list_before(database, {}, DAY) == {}


def test_steps_on_a_dry_potty_do_not_count(database):
    child = child_of(database, "张沐阳")
    came_late(database, child)
    with database.unit(None, "test") as unit:
        key = unit.row(
            "select max(id) as id from log_entry where child_id = :c and kind = 'toilet' and day < :d",
            {"c": child, "d": DAY.isoformat()},
        )["id"]
        unit.execute("update log_entry set steps = '' where child_id = :c", {"c": child})
        unit.execute("update log_entry set steps = 'told sat', detail = 'dry' where id = :id", {"id": key})
        unit.audit("log_batch", None)
    wish = {child: Asked(steps=True)}
    assert firsts.list_before(database, wish, DAY)[child].steps == frozenset()
    with database.unit(None, "test") as unit:
        unit.execute("update log_entry set detail = 'wet' where id = :id", {"id": key})
        unit.audit("log_batch", None)
    assert firsts.list_before(database, wish, DAY)[child].steps == {"told", "sat"}


def test_who_was_fetched_asleep_had_slept_till_then(database):
    """A sleep without an end is a sleep: a later, shorter one is no first time."""
    child = child_of(database, "张沐阳")
    came_late(database, child)
    wish = Asked(slept=True)
    before = firsts.list_before(database, {child: wish}, DAY)[child].slept
    row = database.row(
        "select e.id, v.id as visit from log_entry e join visit v on v.id = e.visit_id where e.child_id = :c"
        " and e.kind = 'sleep' and e.until is not null and e.day < :d and v.left_at is not null limit 1",
        {"c": child, "d": DAY.isoformat()},
    )
    with database.unit(None, "test") as unit:
        unit.execute(
            "update log_entry set until = null, at = substr(at, 1, 11) || '11:00:00+08:00' where id = :id",
            {"id": row["id"]},
        )
        unit.execute(
            "update visit set left_at = substr(left_at, 1, 11) || '16:30:00+08:00' where id = :id",
            {"id": row["visit"]},
        )
        unit.audit("log_batch", None)
    assert before < 330
    assert firsts.list_before(database, {child: wish}, DAY)[child].slept == 330
    with database.unit(None, "test") as unit:
        unit.execute(
            "update visit set left_at = arrived_at, released_by = received_by"
            " where child_id = :c and left_at is null",
            {"c": child},
        )
        unit.execute(
            "update visit set left_at = null, released_by = null where id = :id", {"id": row["visit"]}
        )
        unit.audit("log_batch", None)
    assert firsts.list_before(database, {child: wish}, DAY)[child].slept == 24 * 60  # nobody knows


def test_who_was_fetched_after_midnight_stayed_the_whole_day(database):
    child = child_of(database, "张沐阳")
    came_late(database, child)
    with database.unit(None, "test") as unit:
        stays = unit.rows(
            "select id, day, arrived_at from visit where child_id = :c and day < :d and undone_at is null",
            {"c": child, "d": DAY.isoformat()},
        )
        for row in stays:
            night = dt.datetime.fromisoformat(row["arrived_at"]).replace(hour=0, minute=5) + dt.timedelta(
                days=1
            )
            unit.execute(
                "update visit set left_at = :at where id = :id", {"at": night.isoformat(), "id": row["id"]}
            )
        unit.audit("child", child)
    assert firsts.list_before(database, {child: EVERYTHING}, DAY)[child].whole_day is True
