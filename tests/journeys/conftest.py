"""Opens the practice centre for a journey."""

import pytest

from tests.conftest import copied
from tests.journeys.journey import Journey


@pytest.fixture
def opened(qapp, templates, tmp_path):
    """Opens the practice centre at a moment."""
    journeys = []

    def at(moment):
        journeys.append(Journey(copied(templates(moment), tmp_path), moment))
        return journeys[-1]

    yield at
    for one in journeys:
        one.close()
