"""Who completes 12, 24 or 36 months: on which day, and into which class, by the seats of that day."""

import datetime as dt

import pytest

from app.domain.classes import ClassKind
from app.domain.life import Life, Owner
from app.services.admission_rules import Seating
from app.services.forecast_turning import graduation_day, list_turnings
from app.store import applicants, centre, life
from tests.services.world import DAY

SPAN = (DAY, dt.date(2026, 6, 3))


@pytest.fixture
def add_class(world):
    def added(name, kind, seats):
        with world.database.unit(None, "class") as unit:
            key = centre.add_class(unit, name, kind, seats, "#3D8EB9", 3, dt.date(2024, 9, 1))
            unit.audit("class", key)
        return key

    return added


def turnings(world, span=SPAN, lives=None):
    database = world.database
    lives = life.list_lives(database) if lives is None else lives
    names = {Owner(child=key): who for key, who in applicants.list_children(database).items()}
    groups = centre.list_classes(database, DAY)
    found = list_turnings(lives, names, groups, Seating(database, DAY), span)
    return [(one.name, one.on_day, one.months, one.target and one.target.group.name) for one in found]


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (dt.date(2022, 8, 31), dt.date(2025, 8, 31)),
        (dt.date(2022, 9, 1), dt.date(2026, 8, 31)),
        (dt.date(2023, 1, 1), dt.date(2026, 8, 31)),
        (dt.date(2024, 2, 29), dt.date(2027, 8, 31)),
    ],
)
def test_a_child_may_stay_to_the_end_of_the_august_after_her_third_birthday(born, last):
    assert graduation_day(born) == last


def test_the_class_of_the_new_age_with_most_free_seats_is_proposed(world, add_class):
    add_class("小海豚", ClassKind.TODDLER, 8)
    add_class("小海星", ClassKind.TODDLER, 12)
    assert ("曾雨桐", dt.date(2026, 2, 3), 12, "小海星") in turnings(world)


def test_who_stays_in_a_right_class_and_who_is_too_old_are_proposed_nothing(world):
    found = {name: (months, target) for name, _, months, target in turnings(world)}
    assert found["周乐瑶"] == (24, None), "she is in the class of her new age already"
    assert found["张沐阳"] == (36, None)
    assert found["曾雨桐"] == (12, None), "there is no class for her"


def test_the_day_itself_counts_once_at_the_end_of_a_span_and_never_at_its_beginning(world):
    birthday = dt.date(2026, 2, 3)
    assert [one[0] for one in turnings(world, (DAY, birthday))] == ["曾雨桐"]
    assert turnings(world, (birthday, birthday + dt.timedelta(days=1))) == []


def test_who_has_no_class_or_no_name_on_file_turns_nothing(world):
    owner = Owner(child=world.children["曾雨桐"])
    assert turnings(world, lives={owner: Life()}) == []
    whole = life.list_lives(world.database)
    stranger = {Owner(child=9999): next(iter(whole.values()))}
    assert turnings(world, lives=stranger) == []
