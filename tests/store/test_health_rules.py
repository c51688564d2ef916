"""Tables with dates: which line of a code holds on a day, and the centre's own numbers above them."""

import datetime as dt

import pytest

from app.store import health_rules, settings
from app.store.health_rules import DiseaseBook
from tests.services.world import DAY

FIRST, THEN = dt.date(2020, 1, 1), dt.date(2025, 6, 1)
EVE = THEN - dt.timedelta(days=1)
ROWS = [
    {"code": "b", "valid_from": THEN, "words": "new b"},
    {"code": "a", "words": "always a"},
    {"code": "b", "valid_from": FIRST, "words": "old b"},
]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, ["new b", "always a"]),
        (THEN, ["new b", "always a"]),
        (EVE, ["old b", "always a"]),
        (dt.date(1999, 1, 1), ["old b", "always a"]),
    ],
)
def test_a_code_has_one_line_and_before_its_first_day_that_one(day, words):
    assert [row["words"] for row in health_rules.rows_on(ROWS, day)] == words


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (FIRST - dt.timedelta(days=1), ["always"]),
        (FIRST, ["always", "old"]),
        (EVE, ["always", "old"]),
        (THEN, ["always", "new"]),
        (dt.date(2025, 12, 31), ["always", "new"]),
        (dt.date(2026, 1, 1), ["always"]),
    ],
)
def test_what_is_kept_begins_and_ends_with_its_days(day, kept):
    rows = [
        {"name": "x", "words": "always"},
        {"name": "y", "words": "new", "valid_from": THEN, "valid_to": dt.date(2025, 12, 31)},
        {"name": "y", "words": "old", "valid_from": FIRST},
    ]
    assert [row["words"] for row in health_rules.held_on(rows, "name", day)] == kept


def test_who_fell_ill_is_judged_by_the_numbers_of_that_day(world, keep):
    before = DiseaseBook(world.database).on(DAY)["hfmd"]
    keep(settings.add_value, "ill.hfmd.least", "31", DAY)
    book = DiseaseBook(world.database)
    assert book.on(DAY)["hfmd"].least == 31
    assert book.on(DAY - dt.timedelta(days=1))["hfmd"].least == before.least
    assert book.on(DAY)["hfmd"].days == before.days
    assert book.on(DAY)["hfmd"].label == before.label
    others = [one for one in health_rules.diseases(world.database, DAY) if one.least == 31]
    assert [one.code for one in others] == ["hfmd"]


def test_every_number_a_centre_may_set_has_a_default_within_its_bounds_and_says_from_when_it_counts():
    defaults = health_rules.exclusion_defaults()
    for spec in health_rules.exclusion_specs():
        assert spec.least <= int(defaults[spec.name]) <= spec.most, spec.name
        assert "{" not in spec.note, spec.name
        assert spec.source, spec.name


def test_a_register_nobody_keeps_is_none():
    assert health_rules.register("nothing") is None
    assert health_rules.register_over("nothing", FIRST, THEN) is None
    known = health_rules.registers_known(DAY)
    assert [one.key for one in known] == [one.key for one in health_rules.registers(DAY)]
