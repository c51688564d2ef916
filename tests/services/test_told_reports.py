"""What was told of an illness and waits: whatever leave it was called, the door hears of it."""

import pytest

from app.services.absences import AbsenceNote, Trace
from tests.services.test_illness import arrive, child, on, services
from tests.services.world import DAY

__all__ = ["child", "services"]


@pytest.mark.parametrize("told", ["弟弟得了手足口，他没事", "上个月得过水痘，今天咳嗽", "妹妹甲流，在家隔离"])
def test_somebody_elses_or_one_of_long_ago_is_asked_about_and_the_door_is_told(services, world, child, told):
    services.absences.note(world.desk, AbsenceNote(child, "sick", DAY, DAY, told, told_by="妈妈"))
    view = services.health.illness.view(world.teacher)
    assert (view.cases, view.observations) == ((), ())
    assert [one.child for one in view.reports] == [child]
    on(world, 1)
    card = services.desk.card(world.desk, child)
    assert told in card.asks
    assert "保健员还没有问清" in card.asks
    arrive(services, world)


@pytest.mark.parametrize("kind", ["personal", "other"])
@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ("昨晚发烧39度", True), ("呕吐两次", True), ("手足口病", True), ("弟弟得了手足口", True),
        ("回老家", False), ("打水痘疫苗", False), ("没发烧，回老家", False),
    ],
)  # fmt: skip
def test_another_leave_that_tells_of_an_illness_waits_for_the_health_worker(
    services, world, child, kind, told, waits
):
    services.absences.note(world.desk, AbsenceNote(child, kind, DAY, DAY, reason=told, told_by="妈妈"))
    view = services.health.illness.view(world.teacher)
    assert (view.cases, [one.kind for one in view.reports]) == ((), [kind] * waits)
    on(world, 1)
    assert (told in services.desk.card(world.desk, child).asks) is waits
    if waits:
        services.health.illness.dismiss(world.director, child, "问过妈妈，没事")
        assert services.desk.card(world.desk, child).asks == ""
        arrive(services, world)


def test_what_was_found_out_by_asking_waits_too_whatever_it_was_called(services, world, child):
    told = Trace(child, world.adults["张母"], "coming", illness="夜里吐了")
    services.absences.trace(world.desk, told)
    (report,) = services.health.illness.view(world.teacher).reports
    assert (report.source, report.kind) == ("follow_up", "coming")
    assert "今天追访时说“夜里吐了”" in services.desk.card(world.desk, child).asks
    arrive(services, world)
    assert services.desk.card(world.desk, child).asks == "", "she is inside"
