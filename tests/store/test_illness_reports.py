"""Dismissals in the audit trail: the last line about a report says whether it waits."""

import pytest

from app.domain.ids import ChildId
from app.store import illness_reports
from app.store.illness import Report
from tests.services.world import DAY, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def report(words="排除流感", source="absence", root=7):
    return Report(ChildId(1), "张沐阳", None, "", source, root, words, DAY, root)


def test_the_last_line_about_a_report_counts(world):
    def write(verb, act):
        with world.database.unit(world.director.id, verb) as unit:
            act(unit)

    write(illness_reports.DISMISS, lambda unit: illness_reports.dismiss(unit, report(), "甲｜乙"))
    (kept,) = illness_reports.list_dismissed(world.database)
    assert (kept.words, kept.reason, kept.by) == ("排除流感", "甲|乙", world.director.name)
    assert kept.answers(report())
    for other in (report("流感"), report(source="follow_up"), report(root=8)):
        assert not kept.answers(other)
    write(illness_reports.RESTORE, lambda unit: illness_reports.restore(unit, "absence", 7))
    assert illness_reports.list_dismissed(world.database) == ()
    write(illness_reports.DISMISS, lambda unit: illness_reports.dismiss(unit, report("流感｜甲"), "丙"))
    assert [one.words for one in illness_reports.list_dismissed(world.database)] == ["流感｜甲"]
