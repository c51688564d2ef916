"""What of the health room is open at the door: medicine still here, a fever nobody has ended."""

from app.services.health_open import HeldMedicine, OpenFever
from app.services.open_papers import SOURCES
from app.store import visits
from tests.services.health_stage import stage

__all__ = ["stage"]


def test_both_are_asked_when_a_child_is_handed_back():
    names = {name.partition(":")[2] for name in SOURCES}
    assert {HeldMedicine.__name__, OpenFever.__name__} <= names


def test_what_is_open_names_the_medicine_and_the_heat(stage):
    request = stage.take((12, 30))
    stage.health.fevers.begin(stage.teacher, request.visit, 381)
    database = stage.world.database
    visit = visits.find_visit(database, request.visit)
    (held,) = HeldMedicine(database).open(visit)
    (hot,) = OpenFever(database).open(visit)
    assert held.words == "布洛芬混悬液 2.5 ml 口服，12:30 还没喂"
    assert hot.words == "发热 38.1℃（09:12 起），处理还没结束"
    stage.health.medicine.skip(stage.teacher, request.doses[0].id, "发热，先就医")
    stage.health.medicine.give_back(stage.teacher, request.id, "妈妈")
    assert HeldMedicine(database).open(visit) == ()
