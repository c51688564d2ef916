"""What two records both have of one day."""

import pytest

from app.store.merge_days import list_day_pairs
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
