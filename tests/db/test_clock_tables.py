"""The tables round a class's day: days that are days, one stretch at a time, a head that is one."""

import sqlite3

import pytest

AT = "2025-12-03T10:00:00+08:00"
POST = {
    "staff_id": 4, "post": "trainee", "starts_on": "2025-12-03", "set_at": AT, "set_by": 1,
}  # fmt: skip
MOVE = {
    "batch": 1, "visit_id": 1, "from_class_id": 3, "to_class_id": 4, "at": AT, "reason": "并班",
    "staff_id": 4,
}  # fmt: skip
OVER = {"undone_at": AT, "undone_by": 1}  # so that no other stretch stands in the way


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("duty", "CHECK", {**OVER, "day": "3 December"}),
        ("duty", "CHECK", {**OVER, "day": "2025-13-01"}),
        ("duty", "CHECK", {**OVER, "kind": "nap"}),
        ("duty", "CHECK", {**OVER, "to_at": AT, "ended_by": None}),
        ("duty", "CHECK", {**OVER, "from_at": AT, "to_at": "2025-12-03T09:59:59+08:00", "ended_by": 4}),
        ("duty", "CHECK", {**OVER, "replaces_id": 1, "reason": ""}),
        ("walk", "CHECK", {"place": ""}),
        ("walk", "CHECK", {"back_at": "2025-01-01T00:00:00+08:00"}),
        ("walk_member", "CHECK", {"visit_id": None, "staff_id": None}),
        ("walk_member", "CHECK", {"visit_id": 1, "staff_id": 4}),
        ("walk_member", "UNIQUE", {}),
        ("head_count", "CHECK", {"found": -1}),
        ("head_count", "CHECK", {"stage": "round", "class_id": None, "walk_id": None}),
        ("head_count", "CHECK", {"stage": "leave", "class_id": None, "walk_id": None}),
        ("head_count_child", "CHECK", {"result": "asleep"}),
        ("head_count_child", "UNIQUE", {"result": "missing"}),
        ("instruction", "CHECK", {"category": "song"}),
        ("instruction", "CHECK", {"from_day": "2025-12-03", "to_day": "2025-12-02"}),
        ("instruction", "CHECK", {"to_day": "tomorrow"}),
        ("instruction", "CHECK", {"words": "长" * 201}),
        ("instruction_read", "UNIQUE", {}),
    ],
)
def test_what_no_day_of_a_class_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


def test_a_wish_of_one_day_and_one_without_end_are_kept(rows):
    assert rows.like_last("instruction", from_day="2025-12-03", to_day="2025-12-03")
    assert rows.like_last("instruction", from_day="2025-12-03", to_day=None)


def test_nobody_has_two_posts_or_is_clocked_in_twice(rows, refused):
    rows.add("staff_post", **POST)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("staff_post", **POST)
    assert rows.add("staff_post", **POST, ended_at=AT, ended_by=1)
    running = rows.one("select staff_id from duty where to_at is null")
    refused("duty", "UNIQUE", staff_id=running, day="2025-12-03", to_at=None, ended_by=None)


@pytest.mark.parametrize("wrong", [{"to_class_id": 3}, {"reason": ""}])
def test_a_move_goes_somewhere_else_and_says_why(rows, wrong):
    assert rows.add("day_move", **MOVE)
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK.*{next(iter(wrong))}"):
        rows.add("day_move", **(MOVE | wrong))
