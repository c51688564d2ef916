"""The practice centre as a large one: 190 seats, all taken, and as many on file as asked for."""

import collections
import datetime as dt

import pytest

from db.practice_full import CLASSES, ENROLLED, add_full_house
from db.practice_people import CLASSES as FIRST_FIVE
from db.practice_people import Casting

TODAY = dt.date(2025, 12, 3)


@pytest.fixture
def house(centre):
    """The book of a full house with 260 children on file."""
    made = centre()
    names = {str(row["name"]) for _, row in made.book.named("child")}
    casting = Casting(made.book, made.rng, made.keys, TODAY, names)
    add_full_house(casting, made.rng, TODAY - dt.timedelta(days=500), 260)
    return made.book


def test_as_many_are_enrolled_as_are_licensed_and_no_class_holds_more_than_its_seats(house):
    assert [row["seats"] for _, row in house.named("licensed_seats")][-1] == ENROLLED
    heads = collections.Counter(
        row["class_id"] for _, row in house.named("enrolment") if row["ends_on"] is None
    )
    assert sum(heads.values()) == ENROLLED
    for key, row in house.named("class_group"):
        assert heads[key] <= row["seats"], row["name"]


def test_each_new_class_is_full_of_children_of_its_age_with_three_carers_all_week(house):
    first = len(FIRST_FIVE) + 1
    born = {key: dt.date.fromisoformat(row["born_on"]) for key, row in house.named("child")}
    by_class = collections.defaultdict(list)
    for _, row in house.named("enrolment"):
        if row["ends_on"] is None:
            by_class[row["class_id"]].append((TODAY - born[row["child_id"]]).days / 30.44)
    for key, (name, _, seats, _, (low, high)) in enumerate(CLASSES, first):
        assert len(by_class[key]) == seats, name
        assert all(low <= months <= high + 1 for months in by_class[key]), name
        shifts = [row["staff_id"] for _, row in house.named("shift") if row["class_id"] == key]
        assert list(collections.Counter(shifts).values()) == [5, 5, 5], name


def test_the_rest_on_file_were_here_before_and_are_too_old_by_now(house):
    assert house.count("child") == 260
    ended = {row["child_id"] for _, row in house.named("enrolment") if row["ends_on"] is not None}
    assert len(ended) == 260 - 44 - 8 - 77 - sum(row[2] for row in CLASSES)
    for key, row in house.named("child"):
        if key in ended:
            assert (TODAY - dt.date.fromisoformat(row["born_on"])).days > 36 * 30


def test_nobody_on_file_has_the_name_of_another(house):
    names = collections.Counter(row["name"] for _, row in house.named("child"))
    assert [name for name, count in names.items() if count > 1] == []
