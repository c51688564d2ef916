import pytest

from tests.services.world import World, make_world


@pytest.fixture
def world(tmp_path) -> World:
    made = make_world(tmp_path)
    yield made
    made.database.close()
