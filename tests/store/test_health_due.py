"""The table of regular exams by day: a later line takes its place from its day on."""

import datetime as dt

import pytest

from app.store import health_due, tables

LATER = dt.date(2027, 1, 1)


@pytest.fixture
def changed(monkeypatch):
    """From 2027 on a child is looked at every three months, and there is a new kind of check."""
    data = tables.read("health_due.toml")
    old = next(row for row in data["exam"] if row["item"] == "check")
    newer = {**old, "valid_from": LATER, "every_months": 3}
    new = {**old, "valid_from": LATER, "item": "teeth", "label": "口腔"}
    rows = [newer, new, *data["exam"]]
    monkeypatch.setattr(tables, "read", lambda _name: {**data, "exam": rows})
    health_due.exam_rules.cache_clear()
    yield
    health_due.exam_rules.cache_clear()


def test_each_kind_has_the_rule_of_its_day(changed):
    assert health_due.exam_rule(LATER - dt.timedelta(days=1)).every_months == 6
    assert health_due.exam_rule(LATER).every_months == 3
    items = [one.item for one in health_due.exam_rules(LATER)]
    assert sorted(items) == sorted(set(items)), "one rule for each kind"


def test_a_day_before_the_first_line_of_a_kind_is_judged_by_that_one(changed):
    long_ago = dt.date(1999, 1, 1)
    assert health_due.exam_rule(long_ago).every_months == 6
    assert next(one for one in health_due.exam_rules(long_ago) if one.item == "teeth").label == "口腔"


def test_lines_for_children_of_one_time_follow_each_other_without_a_day_between():
    lines = [one for one in health_due.vaccine_rules() if one.name == "百白破"]
    ends = sorted(one.born_to for one in lines if one.born_to is not None)
    begins = sorted(one.born_from for one in lines if one.born_from is not None)
    assert ends
    assert [day + dt.timedelta(days=1) for day in ends] == begins
