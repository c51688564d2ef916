"""A small centre, and hands to write into it by one verb of the store at a time."""

import pytest

from app.domain.modes import CareMode, Tariff
from app.store import visits
from app.store.visits import NewVisit
from tests.services.world import DAY, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def keep(world):
    """``keep(verb, *args)``: one verb of the store in a unit of its own, by the desk; what it returned."""

    def _keep(verb, *args, **named):
        with world.database.unit(world.desk.id, "keep") as unit:
            value = verb(unit, *args, **named)
            unit.audit("test", 1)
        return value

    return _keep


@pytest.fixture
def come(world, keep):
    """``come("张沐阳")``: she comes in when the clock says so, by contract unless a tariff is given."""

    def _come(name, tariff=Tariff.CONTRACT, promised=None, place=None):
        mode = CareMode.FULL_DAY if tariff is Tariff.CONTRACT else CareMode.TEMPORARY
        child, code = world.children[name], f"C{world.clock.now:%H%M}{world.children[name]}"
        place = place or world.dragons
        new = NewVisit(child, place, DAY, mode, tariff, code, None, world.desk.id, promised)
        return keep(visits.add_visit, new)

    return _come


@pytest.fixture
def go(world, keep):
    """``go(visit)``: she is handed over when the clock says so."""
    return lambda visit: keep(visits.end_visit, visit, world.adults["张母"], "known", world.desk.id)
