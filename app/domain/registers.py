"""Registers kept in rounds: what a register asks is a table, and this reads what was answered.

A new register needs no code: a block in ``resources/tables/registers.toml`` makes its form, list, table and
paper.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from app.domain.errors import RuleError
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.typed_days import Direction, read_day
from app.domain.visits import read_clock

_MOMENT = re.compile(r"(?:(?P<day>.*?)\s+)?(?P<clock>\S+)")
_LONG, _SHORT = 1000, 200
T = TypeVar("T")


class RegisterError(RuleError):
    """An answer that the register cannot keep; ``field`` names the column."""


@record
class ColumnSpec:
    """One column. ``kind``: text, long, day, time, moment, number, choice, many, child, staff."""

    name: str
    label: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    preset: str = ""
    unit: str = ""
    least: int | None = None
    most: int | None = None
    after: str = ""  # a moment may not lie before that of another column …
    hours: int = 0  # … and so many hours
    unless: str = ""  # ``hazard=无``: needed unless another column says so
    refuse: str = ""  # said when a bound is broken
    must: str = ""  # the one answer with which the line may be kept; else ``refuse`` is said
    past: bool = False  # a moment that has been: it may not lie ahead of the clock


@record
class ItemSpec:
    """One row of a grid, with what a tick keeps.

    It is due ``times`` on a day, every so many days; ``alone`` is not ticked together with the others of a
    day: whoever did it says so herself.
    """

    code: str
    label: str
    often: str
    defaults: tuple[tuple[str, str], ...]
    times: int = 1
    every: int = 1
    alone: bool = False

    @property
    def together(self) -> bool:
        """Whether one touch for the day ticks it, too."""
        return self.every == 1 and not self.alone


@record
class RegisterSpec:
    """One register. ``closes`` is the column whose filling ends a line, ``due`` says by when.

    ``also`` names where more of its lines come from (fever), ``offers`` what fills one in (menu).
    """

    key: str
    title: str
    form: str
    source: str
    reference: bool
    shape: str  # list or grid
    shared: str  # class or centre
    columns: tuple[ColumnSpec, ...]
    items: tuple[ItemSpec, ...] = ()
    closes: str = ""
    due: str = ""
    closing: str = ""
    hint: str = ""
    also: str = ""
    offers: str = ""

    @property
    def by_class(self) -> bool:
        """Whether each class keeps its own."""
        return self.shared == "class"

    @property
    def name(self) -> str:
        """``表6 班级卫生消毒检查``."""
        return f"{self.form} {self.title}".strip()

    def column(self, name: str) -> ColumnSpec:
        """One column by name."""
        return next(one for one in self.columns if one.name == name)

    @property
    def of_children(self) -> bool:
        """Whether its lines name a child: they are then read as everything of her health is."""
        return any(one.kind == "child" for one in self.columns)

    @property
    def asked(self) -> tuple[ColumnSpec, ...]:
        """The columns of the form: what closes an entry comes later."""
        return tuple(one for one in self.columns if one.name != self.closes)


def joined(specs: Sequence[RegisterSpec]) -> RegisterSpec:
    """The first of some states of one register, with the columns and items that only the others have.

    Each stands behind the one that it stood behind.
    """
    newest = specs[0]
    columns, items = list(newest.columns), list(newest.items)
    for spec in specs[1:]:
        columns = _with(columns, spec.columns, lambda one: one.name)
        items = _with(items, spec.items, lambda one: one.code)
    return replace(newest, columns=tuple(columns), items=tuple(items))


def _with(known: list[T], more: Sequence[T], key: Callable[[T], str]) -> list[T]:
    at, there = 0, [key(one) for one in known]
    for one in more:
        if key(one) in there:
            at = there.index(key(one)) + 1
        else:
            known.insert(at, one)
            there.insert(at, key(one))
            at += 1
    return known


@record
class Presets:
    """What ``@`` words stand for."""

    now: dt.datetime
    actor: str

    def fill(self, preset: str) -> str:
        """What a form begins with."""
        match preset:
            case "@today":
                return self.now.date().isoformat()
            case "@now":
                return f"{self.now:%H:%M}"
            case "@actor":
                return self.actor
        if (shape := re.fullmatch(r"@\+(\d+)([hd])", preset)) is not None:
            count = int(shape[1])
            if shape[2] == "d":
                return (self.now.date() + dt.timedelta(days=count)).isoformat()
            return f"{self.now + dt.timedelta(hours=count):%Y-%m-%d %H:%M}"
        return preset

    def of(self, column: ColumnSpec) -> str:
        """The same for a column: a moment carries its day."""
        if column.preset == "@now" and column.kind == "moment":
            return f"{self.now:%Y-%m-%d %H:%M}"
        return self.fill(column.preset)


def read_answers(
    columns: tuple[ColumnSpec, ...], answers: Mapping[str, str], today: dt.date
) -> tuple[tuple[str, str], ...]:
    """What was typed, as it is kept: only what was answered, in the order of the columns.

    Raises:
        RegisterError: something needed is missing, unreadable, or out of its bounds.
    """
    kept: dict[str, str] = {}
    for column in columns:
        value = read_value(column, answers.get(column.name, ""), today)
        if value:
            kept[column.name] = value
    for column in columns:
        if column.name not in kept and (column.required or _is_needed(column, kept)):
            words = column.refuse if column.unless and column.refuse else f"请填“{column.label}”。"
            raise RegisterError(words, field=column.name)
    for column in columns:
        check_order(column, kept)
        if column.must and kept.get(column.name, column.must) != column.must:
            raise RegisterError(column.refuse, field=column.name)
    return tuple(kept.items())


def read_value(column: ColumnSpec, typed: str, today: dt.date) -> str:
    """One answer as it is kept; empty for none.

    Raises:
        RegisterError: it cannot be read, or lies beyond the bounds.
    """
    text = clean_text(typed, column.label, column.name, _LONG if column.kind == "long" else _SHORT)
    if not text:
        return ""
    match column.kind:
        case "day":
            return read_day(text, today, Direction.NEAR, column.name).isoformat()
        case "time":
            return f"{_clock(text, column):%H:%M}"
        case "moment":
            return f"{read_moment(column, text, today):%Y-%m-%d %H:%M}"
        case "number":
            return _number(text, column)
        case "choice":
            if text not in column.choices:
                msg = f"“{column.label}”请从 {'、'.join(column.choices)} 里选。"
                raise RegisterError(msg, field=column.name)
            return text
        case "many":
            chosen = [one for one in column.choices if one in text.split("、")]
            return "、".join(chosen)
    return text


def read_moment(column: ColumnSpec, text: str, today: dt.date) -> dt.datetime:
    """``12-3 11:40``, or a time alone, which is of today.

    Raises:
        RuleError: the day or the time cannot be read.
    """
    shape = _MOMENT.fullmatch(text.strip())
    head, time = (shape["day"], shape["clock"]) if shape is not None else ("", "")
    day = read_day(head, today, Direction.NEAR, column.name) if head else today
    return dt.datetime.combine(day, _clock(time, column))


def check_order(column: ColumnSpec, kept: Mapping[str, str]) -> None:
    """Pass if a moment lies as late as it must after another one.

    Raises:
        RegisterError: it does not.
    """
    if not column.after or column.name not in kept or column.after not in kept:
        return
    first, then = kept[column.after], kept[column.name]
    soonest = dt.datetime.fromisoformat(first) + dt.timedelta(hours=column.hours)
    if dt.datetime.fromisoformat(then) < soonest:
        raise RegisterError(column.refuse or f"“{column.label}”早了，请核对。", field=column.name)


def check_past(columns: Iterable[ColumnSpec], kept: Mapping[str, str], now: dt.datetime) -> None:
    """Pass if no moment that has been lies ahead of the clock.

    Raises:
        RegisterError: one does.
    """
    for column in columns:
        value = kept.get(column.name, "") if column.past else ""
        if value > f"{now:%Y-%m-%d %H:%M}":
            msg = f"“{column.label}”{value[5:]} 还没有到（现在 {now:%H:%M}），请核对。"
            raise RegisterError(msg, field=column.name)


def _is_needed(column: ColumnSpec, kept: Mapping[str, str]) -> bool:
    if not column.unless:
        return False
    name, _, value = column.unless.partition("=")
    return kept.get(name, value) != value


def _clock(text: str, column: ColumnSpec) -> dt.time:
    if (time := read_clock(text)) is None:
        msg = f"看不懂“{column.label}”，请填 8:10 这样的时间。"
        raise RegisterError(msg, field=column.name)
    return time


def _number(text: str, column: ColumnSpec) -> str:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        msg = f"“{column.label}”请填整数。"
        raise RegisterError(msg, field=column.name)
    number = int(text)
    low, high = column.least, column.most
    if (low is not None and number < low) or (high is not None and number > high):
        bounds = f"“{column.label}”应在 {low or 0} 到 {high or '不限'} 之间，请核对。"
        raise RegisterError(column.refuse or bounds, field=column.name)
    return str(number)
