"""The services of the room 卫生 are made when asked for, and each takes back what is its own."""

import pytest

from app.domain.changes import Undo
from app.services.absences import AbsenceNote
from app.services.health_services import HealthServices
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]


def test_nothing_is_made_before_it_is_asked_for_and_nothing_twice(stage):
    made = stage.services.health
    vars(made).pop("forms", None)
    before = set(vars(made))
    forms = made.forms
    assert set(vars(made)) - before == {"forms"}
    assert made.forms is forms


def test_what_is_anothers_to_take_back_is_left_alone(stage):
    visit = stage.arrive()
    done = stage.health.fevers.begin(stage.teacher, visit, 384)
    before = stage.world.database.commits
    for verb in ("check_in", "class.sentence", "health", ""):
        assert stage.health.undo(stage.teacher, Undo(verb, done.undo.key, "")) is None
    assert stage.world.database.commits == before
    assert stage.health.undo(stage.teacher, done.undo) is not None
    assert stage.health.fevers.view(stage.teacher).open == ()


def test_a_report_that_was_put_aside_comes_back_where_it_came_from(stage):
    """An absence and an asking may have one number: the verb says which of the two is meant."""
    note = AbsenceNote(
        stage.world.children["张沐阳"], "sick", DAY, DAY, disease="起疹子", told_by="妈妈", told_at="8:10"
    )
    stage.services.absences.note(stage.world.desk, note)
    illness = stage.health.illness
    (report,) = illness.view(stage.nurse).reports
    done = illness.dismiss(stage.nurse, report.child, "电话核实是湿疹")
    assert illness.view(stage.nurse).reports == ()
    assert done.undo.verb == "health.report_absence"
    stage.services.undo(stage.nurse, done.undo)
    assert illness.view(stage.nurse).reports == (report,)


class Heard:
    """Stands in for a service and tells what it was asked."""

    def __init__(self, name, asked):
        self._name, self._asked = name, asked

    def __getattr__(self, verb):
        return lambda _actor, *key: self._asked.append((self._name, verb, *key))


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        ("health.fever", ("fevers", "undo_case", 12)),
        ("health.fever_step", ("fevers", "undo_step", 12)),
        ("health.medicine", ("medicine", "undo_take", 12)),
        ("health.dose", ("medicine", "undo_act", 12)),
        ("health.medicine_return", ("medicine", "undo_return", 12)),
        ("health.report_follow_up", ("illness", "restore_report", "follow_up", 12)),
        ("health.register_end", ("registers", "undo_end", 12)),
        ("health.register_day", ("registers", "undo_day", 12)),
    ],
)
def test_of_two_like_verbs_the_right_one_is_taken_back(stage, verb, asked):
    world, heard = stage.world, []
    made = HealthServices(world.database, world.clock, world.rng, stage.services.pins)
    names = ("fevers", "medicine", "illness", "registers")
    vars(made).update({name: Heard(name, heard) for name in names})
    made.undo(stage.nurse, Undo(verb, 12, ""))
    assert heard == [asked]
