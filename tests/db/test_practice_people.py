"""Who belongs to the practice centre: names nobody shares, ages that fit, and one who must not come."""

import datetime as dt
import itertools
import random

import pytest

from db.practice_book import Book
from db.practice_people import CLASSES, SAPLING, Casting, Kid, add_alumni

TODAY = dt.date(2025, 12, 3)


@pytest.mark.parametrize(
    ("name", "given"),
    [("张沐阳", "沐阳"), ("欧阳㛃", "㛃"), ("尉迟嘉木", "嘉木"), ("单雨桐", "雨桐"), ("王敏", "王敏"),
     ("阿依古丽·买买提", "阿依古丽"), ("Emma 陈", "Emma 陈")],
)  # fmt: skip
def test_a_teacher_says_the_name_without_the_surname_where_it_has_one(name, given):
    assert Kid(1, name, "f", TODAY, 3, "full_day").given == given


def test_names_do_not_run_out_and_phones_are_not_those_of_the_story():
    casting = Casting(Book(), random.Random(1), lambda name: (name, name), TODAY)
    names = [casting.name("f") for _ in range(6000)]
    assert len(set(names)) == 6000
    phones = [casting.phone() for _ in range(10_500)]
    assert len(set(phones)) == 10_500
    assert not [phone for phone in phones if phone.endswith(("6021", "1177"))]
    assert {len(phone) for phone in phones} == {11}


def test_nobody_begins_before_six_months_and_everybody_fits_her_class(centre):
    made = centre()
    for kid in made.kids:
        assert (kid.starts - kid.born).days >= 183, kid.name
        kind, months = CLASSES[kid.class_id - 1][1], (TODAY - kid.born).days / 30.44
        low, high = {"infant": (6, 12), "toddler": (12, 24), "older_toddler": (24, 36), "mixed": (18, 36)}[
            kind
        ]
        assert low <= months <= high, kid.name
    mixed = [kid for kid in made.kids if kid.class_id == SAPLING]
    assert sum((TODAY - kid.born).days >= 731 for kid in mixed) >= 3, "a mixed class is one"


def test_the_barred_father_is_no_guardian_and_rung_by_nobody(centre):
    made = centre()
    ties = [row for _, row in made.book.named("child_adult") if row["barred"]]
    assert len(ties) == 1
    assert (ties[0]["is_guardian"], ties[0]["may_collect"], ties[0]["is_emergency"]) == (0, 0, 0)
    assert made.book.row("child", ties[0]["child_id"])[0] == "胡俊杰"


def test_only_who_is_under_contract_is_enrolled(centre):
    made = centre()
    enrolled = {row["child_id"] for _, row in made.book.named("enrolment")}
    assert enrolled == {kid.id for kid in made.kids}


def test_those_before_leave_the_day_before_the_next_come(centre):
    made = centre()
    casting = Casting(made.book, made.rng, made.keys, TODAY)
    first = TODAY - dt.timedelta(days=800)
    kids = add_alumni(casting, made.rng, first)
    spans = sorted({(kid.starts, kid.ends) for kid in kids})
    assert len(kids) == len(spans) * 77
    for (_, left), (came, _) in itertools.pairwise(spans):
        assert came - left == dt.timedelta(days=1)
    assert spans[0][0] <= first
    assert add_alumni(casting, made.rng, TODAY - dt.timedelta(days=90)) == []
