"""What a new centre begins with: settings, the price list, phrases. The start of the program needs it not."""

import functools
from types import MappingProxyType

from app.domain.money import Money
from app.domain.record import record
from app.store import tables


@record
class PresetPrice:
    """One line of the price list a new centre begins with. ``category`` is basic, other or agency."""

    code: str
    name: str
    category: str
    unit: str
    price: Money


@record
class Defaults:
    """What a new centre begins with; ``phrases`` by kind: notice, remark, activities, relations, reasons."""

    settings: MappingProxyType[str, str]
    prices: tuple[PresetPrice, ...]
    phrases: MappingProxyType[str, tuple[str, ...]]


@functools.cache
def defaults() -> Defaults:
    """Read ``defaults.toml``, once."""
    table = tables.read("defaults.toml")
    return Defaults(
        tables.default_settings(),
        tuple(
            PresetPrice(row["code"], row["name"], row["category"], row["unit"], Money(row["fen"]))
            for row in table["price"]
        ),
        MappingProxyType({kind: tuple(words) for kind, words in table["phrases"].items()}),
    )
