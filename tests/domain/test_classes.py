import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.classes import (
    NATIONAL_RULES,
    ClassKind,
    Fit,
    RatioRule,
    carers_needed,
    fit,
    kind_for_age,
    per_carer,
    rule_for,
    rules_on,
)

TABLE = Path(__file__).parents[2] / "resources" / "tables" / "ratios.toml"
kinds = st.sampled_from(ClassKind)


@pytest.mark.parametrize(
    ("kind", "heads", "needed"),
    [
        (ClassKind.INFANT, 10, 4),
        (ClassKind.INFANT, 3, 1),
        (ClassKind.INFANT, 4, 2),
        (ClassKind.TODDLER, 15, 3),
        (ClassKind.TODDLER, 16, 4),
        (ClassKind.OLDER_TODDLER, 20, 3),
        (ClassKind.OLDER_TODDLER, 21, 3),
        (ClassKind.OLDER_TODDLER, 22, 4),
        (ClassKind.INFANT, 0, 0),
    ],
)
def test_carers_needed_by_article_twenty(kind, heads, needed):
    assert carers_needed(kind, [rule_for(kind).months_from] * heads) == needed


@pytest.mark.parametrize(
    ("young", "old", "needed"), [(0, 0, 0), (5, 7, 2), (6, 7, 3), (1, 1, 2), (8, 8, 4), (0, 14, 2)]
)
def test_a_mixed_class_adds_the_needs_of_its_ages(young, old, needed):
    assert carers_needed(ClassKind.MIXED, [20] * young + [30] * old) == needed


@given(kinds, st.lists(st.integers(0, 50), max_size=25), st.integers(0, 50))
def test_one_more_child_never_needs_fewer_carers_and_at_most_one_more(kind, ages, more):
    before, after = carers_needed(kind, ages), carers_needed(kind, [*ages, more])
    assert before <= after <= before + 1


@pytest.mark.parametrize(
    ("months", "kind"),
    [
        (0, ClassKind.INFANT),
        (5, ClassKind.INFANT),
        (11, ClassKind.INFANT),
        (12, ClassKind.TODDLER),
        (23, ClassKind.TODDLER),
        (24, ClassKind.OLDER_TODDLER),
        (27, ClassKind.OLDER_TODDLER),
        (36, ClassKind.OLDER_TODDLER),
        (80, ClassKind.OLDER_TODDLER),
    ],
)
def test_the_kind_for_an_age(months, kind):
    assert kind_for_age(months) is kind


@pytest.mark.parametrize(
    ("kind", "months", "answer"),
    [
        (ClassKind.INFANT, 5, Fit.TOO_YOUNG),
        (ClassKind.INFANT, 6, Fit.FITS),
        (ClassKind.INFANT, 12, Fit.TOO_OLD),
        (ClassKind.MIXED, 17, Fit.TOO_YOUNG),
        (ClassKind.MIXED, 18, Fit.FITS),
        (ClassKind.OLDER_TODDLER, 35, Fit.FITS),
        (ClassKind.OLDER_TODDLER, 36, Fit.TOO_OLD),
    ],
)
def test_ages_are_half_open(kind, months, answer):
    assert fit(kind, months) is answer


def test_a_mixed_class_counts_a_child_by_her_age():
    assert [per_carer(ClassKind.MIXED, months) for months in (20, 30)] == [5, 7]
    assert per_carer(ClassKind.INFANT, 30) == 3


def test_the_newest_rule_that_has_begun_holds():
    strict = RatioRule(ClassKind.INFANT, 6, 12, 8, 2, dt.date(2027, 1, 1))
    table = (strict, *NATIONAL_RULES)
    assert rule_for(ClassKind.INFANT, rules_on(dt.date(2026, 12, 31), table)).per_carer == 3
    assert rule_for(ClassKind.INFANT, rules_on(dt.date(2027, 1, 1), table)).per_carer == 2
    assert rules_on(dt.date(2019, 10, 7), table) == ()


def test_a_kind_without_a_rule_is_a_bug():
    with pytest.raises(KeyError):
        rule_for(ClassKind.MIXED, ())


def test_the_shipped_table_is_the_national_one():
    rows = tomllib.loads(TABLE.read_text("utf-8"))["rule"]
    shipped = {
        RatioRule(
            ClassKind(row["kind"]), row["months_from"], row["months_to"], row["max_seats"],
            row.get("per_carer"), row["valid_from"],
        )
        for row in rows
    }  # fmt: skip
    assert shipped == set(NATIONAL_RULES)


def test_words_of_the_kinds():
    assert [kind.label for kind in ClassKind] == ["乳儿班", "托小班", "托大班", "混合班"]
