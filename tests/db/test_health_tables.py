"""The tables of the health room: medicine by two, a fever step that says what it must, one dose once."""

import sqlite3

import pytest

AT = "2025-12-03T13:00:00+08:00"
OVER = {"undone_at": AT, "undone_by": 3}  # so that no other row stands in the way


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("check_detail", "UNIQUE", {}),
        ("check_detail", "CHECK", {"card": "blue"}),
        ("fever_case", "CHECK", {"tenths": 451}),
        ("fever_case", "CHECK", {"site": "hand"}),
        ("fever_case", "FOREIGN KEY", {"entry_id": 10**9}),
        ("fever_step", "CHECK", {"kind": "dance"}),
        ("fever_step", "CHECK", {"kind": "recheck", "tenths": None}),
        ("fever_step", "CHECK", {"kind": "call", "tenths": 380}),
        ("fever_step", "CHECK", {"reached": 2}),
        ("fever_step", "CHECK", {"whom": "长" * 51}),
        ("medicine_request", "CHECK", {"original_pack": 0}),
        ("medicine_request", "CHECK", {"brought": 10}),
        ("medicine_request", "CHECK", {"dose": ""}),
        ("medicine_request", "CHECK", {"signed_how": "screen", "signature": ""}),
        ("medicine_request", "CHECK", {"signed_how": "paper", "signature": "1,1 2,2"}),
        ("medicine_dose", "UNIQUE", {}),
        ("medicine_act", "CHECK", {**OVER, "kind": "given", "second_id": None}),
        ("medicine_act", "CHECK", {**OVER, "kind": "skipped", "second_id": 5}),
        ("medicine_act", "CHECK", {**OVER, "giver_id": 4, "second_id": 4}),
        ("medicine_act", "CHECK", {**OVER, "late_minutes": -1}),
        ("medicine_act", "UNIQUE", {"at": AT}),
    ],
)
def test_what_the_health_room_cannot_have_done_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_a_dose_that_was_taken_back_can_be_given_again_or_not_given(rows, refused):
    rows.file.execute("update medicine_act set undone_at = ?, undone_by = 3", (AT,))
    given = {"undone_at": None, "undone_by": None}
    rows.like_last("medicine_act", **given, kind="skipped", second_id=None, reason="睡着了")
    refused("medicine_act", "UNIQUE", **given)


def test_what_is_left_goes_back_to_somebody(rows):
    back = {"request_id": 1, "at": AT, "staff_id": 3}
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK.*whom"):
        rows.add("medicine_return", **back, whom="")
    assert rows.add("medicine_return", **back, whom="妈妈 张敏")
