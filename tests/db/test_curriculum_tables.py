"""The tables of growing up: one activity of a name, one plan of a week, a summary signed by somebody."""

import sqlite3

import pytest

AT = "2025-12-03T10:00:00+08:00"
ACTIVITY = {
    "name": "贴窗花",
    "areas": "motor",
    "months_from": 24,
    "months_to": 36,
    "added_by": 4,
    "added_at": AT,
}
SUMMARY = {"child_id": 1, "first_day": "2025-09-01", "written_at": AT, "written_by": 4}


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("week_plan", "UNIQUE", {}),
        ("week_plan", "FOREIGN KEY", {"class_id": 99, "ended_at": AT}),
        ("observation_act", "CHECK", {"kind": "guess"}),
        ("observation", "CHECK", {"area": "mathematics"}),
        ("observation", "CHECK", {"words": ""}),
        ("observation", "CHECK", {"words": "长" * 301}),
        ("observation", "CHECK", {"months": -1}),
    ],
)
def test_what_no_observation_and_no_plan_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


@pytest.mark.parametrize(
    "wrong",
    [{"months_to": 24}, {"months_to": 61}, {"months_from": -1}, {"areas": ""}, {"name": "长" * 41},
     {"ended_at": AT}],
)  # fmt: skip
def test_an_activity_is_for_some_ages_and_some_part_of_growing_up(rows, wrong):
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK.*{next(iter(wrong))}"):
        rows.add("activity", **(ACTIVITY | wrong))


def test_a_name_is_free_again_when_its_activity_has_ended(rows):
    first = rows.add("activity", **ACTIVITY)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("activity", **ACTIVITY)
    rows.file.execute("update activity set ended_at = ?, ended_by = 4 where id = ?", (AT, first))
    assert rows.add("activity", **ACTIVITY)


@pytest.mark.parametrize(
    "half",
    [{"signed_at": AT, "number": "T-1"}, {"signed_by": 4}, {"number": "T-1"},
     {"signed_at": AT, "signed_by": 4}],
)  # fmt: skip
def test_a_summary_is_signed_with_a_name_and_a_number_or_not_at_all(rows, half):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        rows.add("term_summary", **SUMMARY, **half)
    key = rows.add("term_summary", **SUMMARY, signed_at=AT, signed_by=4, number="T-1")
    pick = {"summary_id": key, "observation_id": 1}
    rows.add("term_summary_pick", **pick)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("term_summary_pick", **pick)


def test_a_plan_says_of_an_hour_what_stood_and_what_stands(rows):
    item = {"plan_id": 1, "day": "2025-12-01", "from_minute": 600, "name": "绘本"}
    rows.add("week_plan_item", stood="before", **item)
    rows.add("week_plan_item", stood="after", **item)
    for wrong, why in (
        ({"stood": "after"}, "UNIQUE"),
        ({"stood": "between"}, "CHECK"),
        ({"stood": "after", "name": ""}, "CHECK"),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=why):
            rows.add("week_plan_item", **(item | wrong))
