"""The centre's own tables: the last that was loaded judges, and without one WHO does."""

import pytest

from app.domain.growth import Body, Indicator
from app.domain.growth_bands import BandRow
from app.store import growth_standards
from app.store.growth_tables import WHO

LIGHT = (6600, 7400, 8300, 9300, 10400, 11600, 13000)
HEAVY = tuple(grams + 1000 for grams in LIGHT)
YEAR_OLD = Body("f", 365, months=12, weight_g=9300)


@pytest.fixture
def load(world, keep):
    def _load(name, ends):
        rows = [BandRow("weight", "f", place, ends) for place in (6, 12)]
        return keep(growth_standards.add_standard, name, rows, world.director.id)

    return _load


def judged(world):
    standard = growth_standards.current(world.database)
    return standard.name, standard.z(Indicator.WEIGHT, YEAR_OLD)


def test_the_tables_loaded_last_judge_and_those_before_are_ended(world, load):
    load("WS/T 423 旧", LIGHT)
    assert judged(world) == ("WS/T 423 旧", 0)
    key = load("WS/T 423 新", HEAVY)
    assert judged(world) == ("WS/T 423 新", -1)
    kept = growth_standards.find_current(world.database)
    assert (kept.id, kept.name, kept.rows) == (key, "WS/T 423 新", 2)
    assert world.database.row("select count(*) as rows from growth_band")["rows"] == 4, "nothing is deleted"


def test_without_tables_of_its_own_a_centre_goes_by_who(world, keep, load):
    assert growth_standards.find_current(world.database) is None
    assert judged(world)[0] == WHO
    keep(growth_standards.end_standard, load("WS/T 423", LIGHT))
    assert growth_standards.find_current(world.database) is None
    assert judged(world)[0] == WHO


def test_a_row_without_all_seven_values_keeps_the_whole_set_out(world, load):
    with pytest.raises(ValueError, match="zip"):
        load("WS/T 423", LIGHT[:6])
    assert growth_standards.find_current(world.database) is None
