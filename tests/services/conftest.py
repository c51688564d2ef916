import pytest

from tests.services.world import World, make_world


@pytest.fixture
def world(tmp_path) -> World:
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def hungry(database):
    """Nobody has had lunch yet, so that it can be logged."""
    with database.unit(None, "hungry") as unit:
        unit.execute(
            "update log_entry set ended_at = :now"
            " where kind = 'meal' and detail = 'lunch' and ended_at is null",
            {"now": unit.stamp},
        )
        unit.audit("log_batch", None)
