"""Families on file, their ranks, and the visits that hold a contract fast."""

import datetime as dt

from app.domain.life import Owner, Step, StepKind
from app.domain.modes import CareMode
from app.store import applicants, life
from app.store.applicants import Applicant
from tests.services.world import DAY, make_world


def test_a_family_is_read_as_it_was_kept(tmp_path):
    world = make_world(tmp_path)
    new = Applicant(
        "陆家宝宝", None, dt.date(2026, 3, 1), "13700001111", "妈妈 陆静", None, CareMode.FULL_DAY, None,
        None, "sibling", "哥哥在抱抱龙", DAY,
    )  # fmt: skip
    with world.database.unit(world.desk.id, "inquire") as unit:
        key = applicants.add_applicant(unit, new, world.desk.id)
        step = life.add_step(unit, Owner(applicant=key), Step(StepKind.WAIT, DAY), world.desk.id)
        unit.audit("applicant", key)
    found = applicants.find_applicant(world.database, key)
    assert found is not None
    assert (found.id, found.due_on, found.birth) == (key, dt.date(2026, 3, 1), dt.date(2026, 3, 1))
    assert applicants.list_applicants(world.database) == {key: found}
    assert life.find_step(world.database, step)[0] == Owner(applicant=key)
    with world.database.unit(world.desk.id, "come") as unit:
        applicants.note_child(unit, key, world.children["张沐阳"])
        unit.audit("applicant", key)
    # The step was hers before she was on file: it stands in one life with her contract.
    owner, whole = life.find_life(world.database, Owner(child=world.children["张沐阳"]))
    assert owner == Owner(key, world.children["张沐阳"])
    assert {one.kind for one in whole.steps} == {StepKind.WAIT, StepKind.ENROL}
    world.database.close()


def test_ranks_come_from_the_table_and_an_unknown_one_is_last():
    ranks = applicants.priorities()
    assert [one.code for one in ranks] == ["staff", "sibling", "relief", "large_family", "none"]
    assert applicants.find_priority("of old").rank > ranks[-1].rank
