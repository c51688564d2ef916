"""What each rule of the centre is called, and its bounds: ``settings.toml``, read when first shown."""

import functools

from app.domain.rules import RuleSpec
from app.store import health_rules, tables


@functools.cache
def rule_specs() -> tuple[RuleSpec, ...]:
    """Every rule, in the order of the page; those of illnesses come from their own table."""
    own = tuple(
        RuleSpec(
            row["name"],
            row["label"],
            row["group"],
            row["kind"],
            row["unit"],
            row["least"],
            row["most"],
            row.get("source", ""),
            row.get("note", ""),
        )
        for row in tables.read("settings.toml")["rule"]
    )
    return (*own, *health_rules.exclusion_specs())
