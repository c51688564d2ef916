"""The tables of bookings, calls and absences: days in their order, and only words the program knows."""

import sqlite3

import pytest

AT = "2025-12-03T10:00:00+08:00"
CALL = {"child_id": 1, "kind": "pickup", "day": "2025-12-03", "reached": 1, "at": AT, "staff_id": 2}
SPELL = {
    "child_id": 1, "kind": "sick", "from_day": "2025-12-03", "to_day": "2025-12-03", "noted_by": 2,
    "noted_at": AT,
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("booking_series", "CHECK", {"weekdays": ""}),
        ("booking_series", "CHECK", {"weekdays": "12345671"}),
        ("booking_series", "CHECK", {"starts_on": "2026-01-01", "until": "2025-12-31"}),
        ("booking", "CHECK", {"outcome": "forgotten"}),
        ("booking", "FOREIGN KEY", {"series_id": 10**6}),
        ("booking", "FOREIGN KEY", {"moved_from_id": 10**6}),
        ("absence_follow_up", "CHECK", {"away_since": "2025-12-04", "day": "2025-12-03"}),
        ("absence_follow_up", "CHECK", {"way": "pigeon"}),
        ("absence_follow_up", "CHECK", {"result": "gone"}),
        ("absence_follow_up", "CHECK", {"infectious": "perhaps"}),
    ],
)
def test_what_no_booking_and_no_call_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


@pytest.mark.parametrize(
    "wrong", [{"kind": "hello"}, {"reached": 2}, {"kind": "taken_back"}, {"takes_back_id": 1}]
)
def test_a_call_says_whether_anybody_was_reached_and_only_a_taking_back_takes_one_back(rows, wrong):
    first = rows.add("contact", **CALL)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        rows.add("contact", **(CALL | wrong | ({"takes_back_id": first} if "takes_back_id" in wrong else {})))
    back = CALL | {"kind": "taken_back", "takes_back_id": first}
    rows.add("contact", **back)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("contact", **back)


@pytest.mark.parametrize("wrong", [{"to_day": "2025-12-02"}, {"kind": "late"}, {"told_how": "drum"}])
def test_a_spell_does_not_end_before_it_begins(rows, wrong):
    assert rows.add("absence_spell", **SPELL)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        rows.add("absence_spell", **(SPELL | wrong))
