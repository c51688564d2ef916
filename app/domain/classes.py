"""Class kinds and staffing by 58号文 (国卫人口发〔2019〕58号) Art 19-20.

The numbers are arguments: they come from ``resources/tables/ratios.toml`` with the day they came into force.
``NATIONAL_RULES`` is what the norm said in 2019, for tests and for a file that is gone.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from app.domain.record import record


class ClassKind(StrEnum):
    """班型."""

    INFANT = "infant"
    TODDLER = "toddler"
    OLDER_TODDLER = "older_toddler"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        """乳儿班, 托小班, 托大班, 混合班."""
        words = {"infant": "乳儿班", "toddler": "托小班", "older_toddler": "托大班", "mixed": "混合班"}
        return words[self.value]


@record
class RatioRule:
    """One line of Art 19-20. Ages are months, half open: ``months_from <= age < months_to``.

    ``per_carer`` is how many children one carer (保育人员) may look after; None for the mixed class, whose
    need is the sum over its ages (the norm sets none).
    """

    kind: ClassKind
    months_from: int
    months_to: int
    max_seats: int
    per_carer: int | None
    valid_from: dt.date = dt.date(2019, 10, 8)


NATIONAL_RULES: tuple[RatioRule, ...] = (
    RatioRule(ClassKind.INFANT, 6, 12, 10, 3),
    RatioRule(ClassKind.TODDLER, 12, 24, 15, 5),
    RatioRule(ClassKind.OLDER_TODDLER, 24, 36, 20, 7),
    RatioRule(ClassKind.MIXED, 18, 36, 18, None),
)


class Fit(StrEnum):
    """How a child's age meets a class kind on the day of care."""

    FITS = "fits"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"


def rules_on(day: dt.date, rules: Iterable[RatioRule]) -> tuple[RatioRule, ...]:
    """The rule of each kind that is in force on ``day``: the newest that has begun."""
    found: dict[ClassKind, RatioRule] = {}
    for rule in sorted(rules, key=lambda one: one.valid_from):
        if rule.valid_from <= day:
            found[rule.kind] = rule
    return tuple(found.values())


def rule_for(kind: ClassKind, rules: Iterable[RatioRule] = NATIONAL_RULES) -> RatioRule:
    """The rule of one kind.

    Raises:
        KeyError: if the table has none; such a table is refused when it is loaded.
    """
    for rule in rules:
        if rule.kind is kind:
            return rule
    raise KeyError(kind)


def kind_for_age(months: int, rules: Iterable[RatioRule] = NATIONAL_RULES) -> ClassKind:
    """The kind for an age in months; under six infant, from thirty-six older toddler (both flagged apart)."""
    ranked = sorted((rule for rule in rules if rule.per_carer is not None), key=lambda rule: rule.months_from)
    for rule in ranked:
        if months < rule.months_to:
            return rule.kind
    return ranked[-1].kind


def fit(kind: ClassKind, months: int, rules: Iterable[RatioRule] = NATIONAL_RULES) -> Fit:
    """Whether a child of so many months belongs in such a class."""
    rule = rule_for(kind, rules)
    if months < rule.months_from:
        return Fit.TOO_YOUNG
    return Fit.TOO_OLD if months >= rule.months_to else Fit.FITS


def per_carer(kind: ClassKind, months: int, rules: Iterable[RatioRule] = NATIONAL_RULES) -> int:
    """How many children like this one a carer of the class may have; in a mixed class by the child's age."""
    rules = tuple(rules)
    own = rule_for(kind, rules).per_carer
    if own is not None:
        return own
    by_age = rule_for(kind_for_age(months, rules), rules).per_carer
    return by_age or 1


def carers_needed(kind: ClassKind, ages: Iterable[int], rules: Iterable[RatioRule] = NATIONAL_RULES) -> int:
    """Carers needed for these children (ages in months) together: ⌈present ÷ ratio⌉.

    A mixed class adds the needs of its ages, ⌈n₁₈₋₂₄/5⌉ + ⌈n₂₄₋₃₆/7⌉ (domain §2.1); no child, no carer.
    """
    rules = tuple(rules)
    ages = tuple(ages)
    if rule_for(kind, rules).per_carer is not None:
        return -(-len(ages) // per_carer(kind, 0, rules))
    heads: dict[int, int] = {}
    for months in ages:
        share = per_carer(kind, months, rules)
        heads[share] = heads.get(share, 0) + 1
    return sum(-(-count // share) for share, count in heads.items())
