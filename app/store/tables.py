"""Tables that ship with the program: what a new centre begins with, and the numbers of the law by date."""

import datetime as dt
import functools
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.domain.classes import ClassKind, RatioRule, rules_on

if TYPE_CHECKING:
    from app.domain.allergens import Table
    from app.domain.dayfacts import Sign
    from app.domain.dishes import DishWords
    from app.domain.phrases import Phrases

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "tables"


@functools.cache
def default_settings() -> MappingProxyType[str, str]:
    """The settings a new centre begins with, and where none was ever set."""
    return MappingProxyType({name: str(value) for name, value in read("defaults.toml")["settings"].items()})


def default_value(name: str) -> str | None:
    """What a value is where none was ever set; None for a name that nothing begins with."""
    found = default_settings().get(name)
    if found is None and name.startswith("ill."):
        from app.store import health_rules  # the start of the program needs none of them

        found = health_rules.exclusion_defaults().get(name)
    return found


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
def allergens() -> "Table":
    """How dishes name what children must not eat, read from ``allergens.toml`` once."""
    from app.domain.allergens import Allergen, Table

    kept = read("allergens.toml")

    def row(own: dict[str, str]) -> Allergen:
        parts = [own, *(kept["mixed"][name] for name in own.get("mixed", "").split())]
        words, but = (
            tuple(word.casefold() for part in parts for word in part.get(name, "").split())
            for name in ("words", "but")
        )
        return Allergen(tuple(own["keys"].split()), words, but)

    return Table(row(one) for one in kept["allergen"])


@functools.cache
def not_foods() -> tuple[str, ...]:
    """Words of allergies that no dish is named after (尘螨, 青霉素)."""
    return tuple(read("allergens.toml")["apart"]["words"].split())


@functools.cache
def dish_words() -> "DishWords":
    """By which words the name of a dish tells what it is made of, read from ``allergens.toml`` once."""
    from app.domain.dishes import DishWords

    dish, rows = read("allergens.toml")["dish"], allergens()
    keys = (key for row in rows for key in row.keys if not key.startswith("="))
    known = {*keys, *(word for row in rows for word in row.words)}
    around = {word for row in rows for word in row.but}
    return DishWords(
        frozenset(known | set(dish["plain"].split())), frozenset(around | set(dish["ways"].split()))
    )


@functools.cache
def read_once(name: str) -> MappingProxyType[str, Any]:
    """One of the tables as it stands, read from disk once."""
    return MappingProxyType(read(name))


@functools.cache
def phrases() -> "Phrases":
    """The ways of saying what a log holds, read from ``prose.toml`` once."""
    from app.domain.phrases import OLDEST, Phrase, Phrases

    def phrase(row: str | dict[str, Any]) -> Phrase:
        if isinstance(row, str):
            return Phrase(row)
        return Phrase(row["words"], row.get("since", 0), row.get("until", OLDEST))

    bank = {key: tuple(phrase(row) for row in rows) for key, rows in read("prose.toml")["phrases"].items()}
    return Phrases(MappingProxyType(bank))


@functools.cache
def urgent() -> "tuple[Sign, ...]":
    """What of a day asks for a doctor, the most urgent first, read from ``urgent.toml`` once."""
    from app.domain.dayfacts import Sign

    kept = read("urgent.toml")
    return tuple(
        Sign(
            kept["heed"][row["heed"]],
            row.get("what", ""),
            "|".join(row.get("words", ())),
            row.get("least", 0),
            row.get("until"),
            frozenset(row["letters"] if "words" in row else ""),
        )
        for row in kept["sign"]
    )


def read(name: str) -> dict[str, Any]:
    """One of the tables as it stands."""
    with (FOLDER / name).open("rb") as file:
        return tomllib.load(file)
