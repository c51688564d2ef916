"""What two records both have of one day."""

import pytest

from app.store.merge_days import list_day_pairs, list_doubled, reverse_stay
from tests.services.world import make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def test_only_days_of_which_both_hold_something_are_pairs(world):
    one, other = world.children["张沐阳"], world.children["周乐瑶"]
    with world.database.unit(world.director.id, "build") as unit:
        for child, day, undone in (
            (one, "2025-12-01", None), (other, "2025-12-01", None),
            (one, "2025-12-02", None), (other, "2025-12-02", unit.stamp), (other, "2025-12-03", None),
        ):  # fmt: skip
            row = {"child_id": child, "day": day, "kind": "sick", "reason": f"{child}", "undone_at": undone,
                   "noted_by": world.director.id, "noted_at": unit.stamp}  # fmt: skip
            unit.insert("absence", row)
        unit.audit("child", one)
    (found,) = list_day_pairs(world.database, one, other)
    assert (found.table, f"{found.kept.day}", found.same) == ("absence", "2025-12-01", False)
    assert [found.kept.said[1], found.merged.said[1]] == [f"{one}", f"{other}"]


def test_stays_in_the_same_hours_are_doubled_until_one_is_taken_back(world):
    child = world.children["张沐阳"]
    keys = []
    with world.database.unit(world.director.id, "build") as unit:
        for at, (day, came, left) in enumerate(
            (
                ("2025-12-01", "08:00", "10:00"),
                ("2025-12-01", "10:00", "12:00"),  # one after the other
                ("2025-12-02", "08:00", "12:00"),
                ("2025-12-02", "09:00", "10:00"),
                ("2025-12-03", "08:00", "12:00"),
            )
        ):
            row = {"child_id": child, "class_id": world.dragons, "day": day, "mode": "full_day",
                   "tariff": "contract", "pickup_code": f"C{at}", "arrived_at": f"{day}T{came}:00+08:00",
                   "received_by": world.director.id, "left_at": f"{day}T{left}:00+08:00",
                   "released_by": world.director.id}  # fmt: skip
            keys.append(unit.insert("visit", row))
        unit.audit("child", child)
    assert list_doubled(world.database, child) == (keys[2], keys[3])
    with world.database.unit(world.director.id, "take_back_stay") as unit:
        reverse_stay(unit, keys[3], world.director.id)
        unit.audit("visit", keys[3])
    assert list_doubled(world.database, child) == ()
    row = world.database.row("select left_at, undone_by from visit where id = :id", {"id": keys[3]})
    assert (row["left_at"], row["undone_by"]) == ("2025-12-02T10:00:00+08:00", world.director.id)
