"""The tables of the children's health: illnesses with the centre's own numbers, code lists, registers."""

import datetime as dt
import functools
from typing import Any

from app.domain.illness import Disease
from app.domain.injuries import Code, InjuryCodes
from app.domain.registers import ColumnSpec, ItemSpec, RegisterSpec
from app.domain.rules import RuleSpec
from app.store import tables
from app.store.database import Database, Unit

PREFIX = "ill."
# The numbers of a disease that a centre may set: label, kind, unit, least, most.
_NUMBERS = (
    ("days", "离园天数", "days", "天", 0, 90, "从“{basis}”算起；0 就是当天。"),
    ("least", "最少离园", "days", "天", 0, 120, "从发病算起至少这么多天，和上一项比，取晚的。"),
    ("observe", "班级观察", "days", "天", 0, 120, "最后一例离班后，班里这么多天不收新、不转班；0 不观察。"),
    ("cases", "聚集例数", "count", "例", 1, 60, "这么多天里有这么多例就报警（{scope}）。"),
    ("window", "聚集天数", "days", "天", 1, 90, "数最近这么多天的病例（{scope}）。"),
)
_SCOPES = {"class": "同一个班", "centre": "全园"}
_ITEM = {"code", "label", "often"}


@functools.cache
def exclusion_defaults() -> dict[str, str]:
    """What each number is where the centre never set it: ``ill.hfmd.days`` → ``0``."""
    return {
        f"{PREFIX}{row['code']}.{name}": str(row[name])
        for row in tables.read("exclusions.toml")["disease"]
        for name, *_ in _NUMBERS
    }


@functools.cache
def exclusion_specs() -> tuple[RuleSpec, ...]:
    """Each number as a rule of the page 规则, with its effective dates and its history."""
    data = tables.read_once("exclusions.toml")
    made = []
    for row in data["disease"]:
        for name, label, kind, unit, least, most, note in _NUMBERS:
            words = note.format(basis=data["basis"][row["basis"]], scope=_SCOPES[row["scope"]])
            made.append(
                RuleSpec(
                    f"{PREFIX}{row['code']}.{name}", f"{row['short']} {label}", "传染病", kind, unit, least,
                    most,
                    row["source"], words,
                )
            )  # fmt: skip
    return tuple(made)


def diseases(database: Database | Unit, day: dt.date) -> tuple[Disease, ...]:
    """Every illness of the table with the numbers in force on a day."""
    rows = database.rows(
        "select name, value from setting where name like 'ill.%' and valid_from <= :day and ended_at is null"
        " order by name, valid_from, set_at, id",
        {"day": day.isoformat()},
    )
    values = dict(exclusion_defaults())
    values.update((row["name"], row["value"]) for row in rows)
    data = tables.read_once("exclusions.toml")
    made = []
    for row in data["disease"]:
        numbers = {name: int(values[f"{PREFIX}{row['code']}.{name}"]) for name, *_ in _NUMBERS}
        made.append(
            Disease(
                code=row["code"],
                label=row["label"],
                short=row["short"],
                words=tuple(row["words"]),
                basis=row["basis"],
                basis_words=data["basis"][row["basis"]],
                scope=row["scope"],
                needs=row["needs"],
                source=row["source"],
                fever=row.get("fever", False),
                **numbers,
            )
        )
    return tuple(made)


@functools.cache
def injury_codes() -> InjuryCodes:
    """The code lists of 表9 and the regions of the body."""
    data = tables.read("injuries.toml")
    return InjuryCodes(
        {
            name: tuple(Code(row["code"], row["words"], row.get("kind", "")) for row in rows)
            for name, rows in data.items()
        }
    )


@functools.cache
def registers() -> tuple[RegisterSpec, ...]:
    """Every register kept in rounds, in the order of the table."""
    return tuple(_register(row) for row in tables.read("registers.toml")["register"])


def register(key: str) -> RegisterSpec | None:
    """One register by key."""
    return next((one for one in registers() if one.key == key), None)


def _register(row: dict[str, Any]) -> RegisterSpec:
    return RegisterSpec(
        key=row["key"],
        title=row["title"],
        form=row["form"],
        source=row["source"],
        reference=row.get("reference", False),
        shape=row["shape"],
        shared=row["shared"],
        columns=tuple(_column(one) for one in row["column"]),
        items=tuple(_item(one) for one in row.get("item", ())),
        closes=row.get("closes", ""),
        due=row.get("due", ""),
        closing=row.get("closing", ""),
        hint=row.get("hint", ""),
    )


def _column(row: dict[str, Any]) -> ColumnSpec:
    return ColumnSpec(**{**row, "choices": tuple(row.get("choices", ()))})


def _item(row: dict[str, Any]) -> ItemSpec:
    defaults = tuple((name, str(value)) for name, value in row.items() if name not in _ITEM)
    return ItemSpec(row["code"], row["label"], row.get("often", ""), defaults)
