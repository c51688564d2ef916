"""The tables of the children's health: illnesses with the centre's own numbers, code lists, registers."""

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.illness import Disease
from app.domain.injuries import Code, InjuryCodes
from app.domain.registers import ColumnSpec, ItemSpec, RegisterSpec, joined
from app.domain.rules import RuleSpec
from app.store import tables
from app.store.database import Database, Unit
from app.store.day import first_open

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
_DAYS = {"valid_from", "valid_to"}
_ITEM = {"code", "label", "often", "times", "every", "alone", *_DAYS}


@functools.cache
def exclusion_defaults() -> dict[str, str]:
    """What each number is where the centre never set it: ``ill.hfmd.days`` → ``0``."""
    return {
        f"{PREFIX}{row['code']}.{name}": str(row[name])
        for row in rows_on(tables.read("exclusions.toml")["disease"])
        for name, *_ in _NUMBERS
    }


@functools.cache
def exclusion_specs() -> tuple[RuleSpec, ...]:
    """Each number as a rule of the page 规则, with its effective dates and its history."""
    data = tables.read_once("exclusions.toml")
    made = []
    for row in rows_on(data["disease"]):
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


def rows_on(rows: Sequence[dict[str, Any]], day: dt.date | None = None) -> tuple[dict[str, Any], ...]:
    """The row of each code that is in force on a day, in the order of the table; without a day the newest.

    A day before the first row of a code is judged by that one.
    """
    codes = dict.fromkeys(row["code"] for row in rows)
    found = []
    for code in codes:
        own = sorted((row for row in rows if row["code"] == code), key=_since)
        held = own if day is None else [row for row in own if _since(row) <= day]
        found.append(held[-1] if held else own[0])
    return tuple(found)


def _since(row: dict[str, Any]) -> dt.date:
    """From when on a row holds; one without a day always did."""
    since: dt.date = row.get("valid_from", dt.date.min)
    return since


class DiseaseBook:
    """The illnesses by day: whoever fell ill is judged by the numbers that were in force then."""

    def __init__(self, database: Database | Unit) -> None:
        self._own = database.rows(
            "select name, value, valid_from from setting where name like 'ill.%' and ended_at is null"
            " order by name, valid_from, set_at, id"
        )
        self._database = database
        self._days: dict[dt.date, dict[str, Disease]] = {}

    def on(self, day: dt.date) -> dict[str, Disease]:
        """Every illness of the table by its code."""
        if day not in self._days:
            own = {row["name"]: row["value"] for row in self._own if row["valid_from"] <= day.isoformat()}
            data = tables.read_once("exclusions.toml")
            self._days[day] = {
                row["code"]: _disease(row, data["basis"][row["basis"]], own)
                for row in rows_on(data["disease"], day)
            }
        return self._days[day]

    def first_open(self, day: dt.date) -> dt.date:
        """When a child who may come from a day on can come: the first day on which the centre is open."""
        return first_open(self._database, day)


def catching_signs() -> tuple[str, ...]:
    """Words for signs that may be catching although they name no illness of the table."""
    return tuple(tables.read_once("exclusions.toml")["signs"]["words"])


def diseases(database: Database | Unit, day: dt.date) -> tuple[Disease, ...]:
    """Every illness of the table with the numbers in force on a day."""
    return tuple(DiseaseBook(database).on(day).values())


def _disease(row: dict[str, Any], basis_words: str, own: Mapping[str, str]) -> Disease:
    numbers = {name: int(own.get(f"{PREFIX}{row['code']}.{name}", row[name])) for name, *_ in _NUMBERS}
    return Disease(
        code=row["code"],
        label=row["label"],
        short=row["short"],
        words=tuple(row["words"]),
        basis=row["basis"],
        basis_words=basis_words,
        scope=row["scope"],
        needs=row["needs"],
        source=row["source"],
        fever=row.get("fever", False),
        unless=tuple(row.get("unless", ())),
        **numbers,
    )


@functools.lru_cache(maxsize=64)
def injury_codes(day: dt.date | None = None) -> InjuryCodes:
    """The code lists of 表9 and the regions of the body, as they read on a day; without one the newest."""
    data = tables.read("injuries.toml")
    return InjuryCodes({name: tuple(_code(row) for row in rows_on(rows, day)) for name, rows in data.items()})


def _code(row: Mapping[str, Any]) -> Code:
    more = (row.get(name, "") for name in ("kind", "told", "heed"))
    return Code(row["code"], row["words"], *more)


def registers(day: dt.date = dt.date.max) -> tuple[RegisterSpec, ...]:
    """Every register kept in rounds as it is on a day, in the order of the table; without one the newest."""
    return _registers(max(one for one in _register_days() if one <= day))


@functools.cache
def _registers(day: dt.date) -> tuple[RegisterSpec, ...]:
    return tuple(_register(row, day) for row in held_on(_register_rows(), "key", day))


@functools.cache
def _register_days() -> tuple[dt.date, ...]:
    """The days on which a line of the table begins or has ended, and the beginning of time."""
    rows = [
        line
        for row in _register_rows()
        for line in (row, *row["column"], *row.get("item", ()))
    ]  # fmt: skip
    began = {row["valid_from"] for row in rows if "valid_from" in row}
    over = {row["valid_to"] + dt.timedelta(days=1) for row in rows if "valid_to" in row}
    return (dt.date.min, *sorted(began | over))


def _register_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tables.read_once("registers.toml")["register"]
    return rows


def held_on(rows: Sequence[dict[str, Any]], name: str, day: dt.date) -> tuple[dict[str, Any], ...]:
    """The line of each name that is in force on a day, in the order of the table.

    A line without days always holds; one that begins later takes the place of those before it. Before its
    first line begins, and after its last one has ended, there is none.
    """
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=_since):
        if _since(row) <= day:
            found[row[name]] = row
    order = dict.fromkeys(row[name] for row in rows)
    return tuple(
        found[key] for key in order if key in found and day <= found[key].get("valid_to", dt.date.max)
    )


def register(key: str, day: dt.date = dt.date.max) -> RegisterSpec | None:
    """One register by key, as it is on a day; None where it is not kept then."""
    return next((one for one in registers(day) if one.key == key), None)


def registers_known(day: dt.date) -> tuple[RegisterSpec, ...]:
    """Every register that is kept on a day, or was before it: what was noted stays to be read."""
    keys = dict.fromkeys(row["key"] for row in _register_rows())
    known = (register(key, day) or register_over(key, dt.date.min, day) for key in keys)
    return tuple(one for one in known if one is not None)


def register_over(key: str, first: dt.date, last: dt.date) -> RegisterSpec | None:
    """One register as it is on the last of some days, with the columns and items of any of them."""
    days = (first, *(one for one in _register_days() if first < one <= last))
    known = [one for one in (register(key, day) for day in reversed(days)) if one is not None]
    return None if not known else joined(known)


def _register(row: dict[str, Any], day: dt.date) -> RegisterSpec:
    return RegisterSpec(
        key=row["key"],
        title=row["title"],
        form=row["form"],
        source=row["source"],
        reference=row.get("reference", False),
        shape=row["shape"],
        shared=row["shared"],
        columns=tuple(_column(one) for one in held_on(row["column"], "name", day)),
        items=tuple(_item(one) for one in held_on(row.get("item", ()), "code", day)),
        closes=row.get("closes", ""),
        due=row.get("due", ""),
        closing=row.get("closing", ""),
        hint=row.get("hint", ""),
        also=row.get("also", ""),
        offers=row.get("offers", ""),
    )


def _column(row: dict[str, Any]) -> ColumnSpec:
    told = {name: value for name, value in row.items() if name not in _DAYS}
    return ColumnSpec(**{**told, "choices": tuple(row.get("choices", ()))})


def _item(row: dict[str, Any]) -> ItemSpec:
    defaults = tuple((name, str(value)) for name, value in row.items() if name not in _ITEM)
    return ItemSpec(
        row["code"], row["label"], row.get("often", ""), defaults,
        row.get("times", 1), row.get("every", 1), row.get("alone", False),
    )  # fmt: skip
