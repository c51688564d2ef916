"""Departures read again: by day, by child, and by the name of who took her."""

import datetime as dt

from app.store import door_lists

LAST = dt.date(2025, 12, 3)
BEFORE = dt.date(2025, 12, 2)


def test_the_stays_of_before_and_the_releases_of_today_are_read_alike(database):
    old = door_lists.list_leavings(database, BEFORE, BEFORE)
    new = door_lists.list_leavings(database, LAST, LAST)
    assert {one.release is None for one in old} == {True}
    assert {one.release is None for one in new} == {False}
    for one in (*old, *new):
        assert one.left_at is not None
        assert one.who
        assert one.proof
        assert one.released_by
    row = database.row(
        "select count(*) as n from visit where day = :day and left_at is not null and undone_at is null",
        {"day": BEFORE.isoformat()},
    )
    assert len(old) == row["n"] > 50


def test_a_name_finds_whoever_took_her_and_no_sign_stands_for_any(database):
    (one, *_) = door_lists.list_leavings(database, LAST, LAST)
    name = one.who.split()[-1]
    found = door_lists.list_leavings(database, BEFORE, LAST, named=name)
    assert {name in each.who for each in found} == {True}
    assert one in found
    for sign in ("%", "_", "!"):
        assert door_lists.list_leavings(database, BEFORE, LAST, named=sign) == ()
    meant = door_lists.list_leavings(database, LAST, LAST, meant=(one.child,), named="没有这个人")
    assert [each.child for each in meant] == [one.child]
    assert door_lists.list_leavings(database, LAST, LAST, only=(), named=name) == ()


def test_a_day_is_found_by_its_index(database):
    plan = database.rows(
        f"explain query plan {door_lists._LEAVING}", {"first": LAST.isoformat(), "last": LAST.isoformat()}
    )
    scans = [row["detail"] for row in plan if row["detail"].startswith("SCAN")]
    assert scans == []
