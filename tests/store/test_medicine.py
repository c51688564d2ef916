"""Requests and doses as kept: what was undone keeps its row and counts no more."""

import pytest

from app.domain.medicine import DoseState
from app.store import medicine
from tests.services.health_stage import HealthStage
from tests.services.world import DAY, make_world


@pytest.fixture
def stage(tmp_path, monkeypatch):
    world = make_world(tmp_path)
    yield HealthStage(world, monkeypatch)
    world.database.close()


def test_what_was_taken_back_stays_on_file_and_stands_no_more(stage):
    request = stage.take((12, 30))
    database = stage.world.database
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "吐了")
    (kept,) = medicine.list_of_days(database, DAY, DAY)
    act = kept.doses[0].act
    assert medicine.find_by_act(database, act) == (kept, kept.doses[0])
    with database.unit(stage.teacher.id, "undo") as unit:
        assert medicine.reverse_act(unit, act, stage.teacher.id)
        assert not medicine.reverse_act(unit, act, stage.teacher.id)
        unit.audit("medicine", request.id)
    (back,) = medicine.list_of_visit(database, request.visit)
    assert back.doses[0].state is DoseState.WAITING
    assert medicine.find_by_act(database, act) is None
    assert database.row("select count(*) as kept from medicine_act")["kept"] == 1
    assert medicine.list_held(database, request.child) == (back,)
