"""Handing back at the practice centre: PINs that work, a call of this morning, two sisters."""

import random

import pytest

from app.services.pins import Pins
from db.practice_release import PINS

DAY = "2025-12-03"


@pytest.mark.parametrize(("name", "pin"), PINS)
def test_the_program_takes_the_pins_that_the_practice_centre_tells(database, clock, name, pin):
    staff = database.row("select id from staff where name = :name", {"name": name})["id"]
    assert Pins(database, clock, random.Random(7)).verify(staff, pin).name == name


def test_every_departure_of_the_day_is_a_release_by_the_one_who_took_her(noon):
    rows = noon.execute(
        "select r.who, t.relation || ' ' || a.name, r.at = v.left_at from visit v"
        " left join release r on r.visit_id = v.id join adult a on a.id = v.collected_by"
        " join child_adult t on t.child_id = v.child_id and t.adult_id = a.id"
        " where v.day = ? and v.left_at is not null", (DAY,),
    ).fetchall()  # fmt: skip
    assert len(rows) == 3
    for who, told, at_once in rows:
        assert (who, at_once) == (told, 1)


def test_a_mother_rang_for_a_child_who_is_still_inside(noon, early):
    rows = noon.execute(
        "select t.is_guardian, g.made_at < ?, v.left_at is null from pickup_grant g"
        " join pickup_grant_child c on c.grant_id = g.id"
        " join visit v on v.child_id = c.child_id and v.day = g.day"
        " join child_adult t on t.child_id = c.child_id and t.adult_id = g.caller_id", (f"{DAY}T13:52",),
    ).fetchall()  # fmt: skip
    assert rows == [(1, 1, 1)]
    assert early.execute("select count(*) from pickup_grant").fetchone() == (0,), "she rings at 8:42"


def test_one_mother_is_of_two_children_of_one_class_and_both_are_here(noon):
    rows = noon.execute(
        "select t.adult_id, count(distinct v.class_id), count(*) from child_adult t"
        " join visit v on v.child_id = t.child_id and v.day = ? and v.left_at is null"
        " group by t.adult_id having count(*) > 1",
        (DAY,),
    ).fetchall()
    assert [(classes, children) for _, classes, children in rows] == [(1, 2)]


def test_only_the_barred_one_is_known_by_more_than_his_name(noon):
    traits = noon.execute(
        "select b.kind, b.value, t.barred from barred_trait b join child_adult t on t.adult_id = b.adult_id"
    ).fetchall()
    assert traits == [("nickname", "大壮", 1)]
