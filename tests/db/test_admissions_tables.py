"""The tables of admission: an unborn child has a day to come, a notice a deadline, a leave its ending."""

import sqlite3

import pytest

BORN = {"born_on": "2024-05-01", "due_on": None}


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("applicant", "CHECK", {"born_on": "2024-05-01", "due_on": "2026-02-01"}),
        ("applicant", "CHECK", {"born_on": None, "due_on": None}),
        ("applicant", "CHECK", {**BORN, "wish_mode": "half_day", "wish_half": None}),
        ("applicant", "CHECK", {**BORN, "wish_mode": "full_day", "wish_half": "am"}),
        ("applicant", "CHECK", {**BORN, "phone": "1234"}),
        ("life_step", "CHECK", {"kind": "dream", "deadline": None}),
        ("life_step", "CHECK", {"kind": "notify", "deadline": None}),
        ("life_step", "CHECK", {"kind": "wait", "deadline": "2025-12-06"}),
        ("life_step", "CHECK", {"kind": "leave", "ending": None, "deadline": None}),
        ("life_step", "CHECK", {"applicant_id": None, "child_id": None}),
        ("life_step", "CHECK", {"undone_at": "2025-12-03T10:00:00+08:00"}),
        ("life_step", "FOREIGN KEY", {"before_id": 10**6}),
    ],
)
def test_what_no_admission_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_an_effect_on_an_enrolment_belongs_to_a_step_once(rows):
    effect = {"step_id": 1, "enrolment_id": 1, "opened": 1}
    rows.add("life_effect", **effect)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("life_effect", **effect)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        rows.add("life_effect", **{**effect, "enrolment_id": 10**6})


def test_a_leave_may_be_told_of_a_child_who_never_asked(rows):
    leave = {"kind": "leave", "ending": "graduated", "deadline": None}
    assert rows.like_last("life_step", applicant_id=None, child_id=1, **leave)
