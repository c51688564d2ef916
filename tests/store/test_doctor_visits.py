"""The doctor's visits as rows: a correction stands in the place of what it corrects."""

import dataclasses
import datetime as dt

import pytest

from app.store import doctor_visits
from app.store.doctor_visits import Advice, NewVisit
from tests.services.world import DAY


@pytest.fixture
def new(world):
    seen = (
        Advice(world.children["周乐瑶"], "周乐瑶", "多晒太阳"),
        Advice(world.children["张沐阳"], "张沐阳", ""),
    )
    return NewVisit(DAY, "李医生", "向阳社区卫生服务中心", "口腔", "总体良好", seen)


def keys(world):
    return [one.id for one in doctor_visits.list_visits(world.database)]


def test_a_visit_comes_back_with_the_children_in_the_order_they_were_seen(world, keep, new):
    key = keep(doctor_visits.add_visit, new, world.teacher.id)
    kept = doctor_visits.find_visit(world.database, key)
    assert (kept.told, kept.noted_by, kept.replaces) == (new, "许静", None)
    assert doctor_visits.find_visit(world.database, 99) is None


def test_a_correction_taken_back_lets_what_it_had_corrected_hold_again(world, keep, new):
    first = keep(doctor_visits.add_visit, new, world.teacher.id)
    better = dataclasses.replace(new, conclusion="两个孩子龋齿", children=new.children[:1])
    second = keep(doctor_visits.add_visit, better, world.teacher.id, first)
    assert keys(world) == [second]
    keep(doctor_visits.reverse_visit, doctor_visits.find_visit(world.database, second), world.teacher.id)
    assert keys(world) == [first]
    assert doctor_visits.find_visit(world.database, first).told == new
    keep(doctor_visits.reverse_visit, doctor_visits.find_visit(world.database, first), world.teacher.id)
    assert keys(world) == []


def test_visits_go_by_the_day_they_were_and_not_by_when_they_were_entered(world, keep, new):
    today = keep(doctor_visits.add_visit, new, world.teacher.id)
    older = dataclasses.replace(new, day=DAY - dt.timedelta(days=30))
    before = keep(doctor_visits.add_visit, older, world.teacher.id)
    assert keys(world) == [today, before]
