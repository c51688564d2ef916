"""Tables that ship with the program: what a new centre begins with, and the numbers of the law by date."""

import datetime as dt
import functools
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.domain.classes import ClassKind, RatioRule, rules_on

if TYPE_CHECKING:
    from app.domain.allergens import Allergen

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "tables"


@functools.cache
def default_settings() -> MappingProxyType[str, str]:
    """The settings a new centre begins with, and where none was ever set."""
    return MappingProxyType({name: str(value) for name, value in read("defaults.toml")["settings"].items()})


@functools.cache
def ratio_rules(day: dt.date) -> tuple[RatioRule, ...]:
    """The staffing numbers in force on a day (58号文 Art 19-20 since 2019-10-08).

    A day before the first norm is judged by the first one.
    """
    rules = tuple(
        RatioRule(
            kind=ClassKind(row["kind"]),
            months_from=row["months_from"],
            months_to=row["months_to"],
            max_seats=row["max_seats"],
            per_carer=row.get("per_carer"),
            valid_from=row["valid_from"],
        )
        for row in read("ratios.toml")["rule"]
    )
    return rules_on(max(day, min(rule.valid_from for rule in rules)), rules)


@functools.cache
def allergens() -> "tuple[Allergen, ...]":
    """How dishes name what children must not eat, read from ``allergens.toml`` once."""
    from app.domain.allergens import Allergen

    return tuple(
        Allergen(tuple(row["keys"]), tuple(row["words"]), tuple(row["but"]))
        for row in read("allergens.toml")["allergen"]
    )


def read(name: str) -> dict[str, Any]:
    """One of the tables as it stands."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)
