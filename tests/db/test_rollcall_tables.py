"""The tables of the roll call: one at a time, a head is one person, a mark stands once."""

import pytest

AT = "2025-11-18T10:30:00+08:00"


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("roll_call", "CHECK", {"kind": "test"}),
        ("roll_call", "CHECK", {"plan": "长" * 101}),
        ("roll_call", "CHECK", {"ended_at": "2000-01-01T00:00:00+08:00"}),
        ("roll_call", "CHECK", {"ended_at": None}),
        ("roll_call_person", "CHECK", {"visit_id": None, "staff_id": None}),
        ("roll_call_person", "CHECK", {"visit_id": 1, "staff_id": 1}),
        ("roll_call_person", "FOREIGN KEY", {"visit_id": 10**6, "staff_id": None}),
        ("roll_call_mark", "CHECK", {"state": "missing"}),
        ("roll_call_mark", "CHECK", {"how": "guess"}),
        ("roll_call_mark", "UNIQUE", {"batch": 9999}),
        ("roll_call_note", "UNIQUE", {"course": "another"}),
    ],
)
def test_what_no_call_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_a_second_open_call_is_refused_until_the_first_is_over_or_void(rows, refused):
    still = {"ended_at": None, "ended_by": None}
    first = rows.like_last("roll_call", **still)
    refused("roll_call", "roll_call_open_once", kind="real")
    rows.file.execute("update roll_call set undone_at = ?, undone_by = 1 where id = ?", (AT, first))
    assert rows.like_last("roll_call", undone_at=None, undone_by=None, **still)


def test_a_mark_taken_back_makes_room_for_another_and_a_person_is_on_a_roll_once(rows, refused):
    rows.file.execute("update roll_call_mark set undone_at = ?, undone_by = 1", (AT,))
    assert rows.like_last("roll_call_mark", undone_at=None, undone_by=None, batch=9999)
    refused("roll_call_person", "UNIQUE")
