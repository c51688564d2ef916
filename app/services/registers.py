"""The registers kept in rounds: one engine for all of them, driven by ``registers.toml``."""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.days import spoken_text
from app.domain.ids import ChildId, ClassId, RegisterEntryId
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.registers import (
    ItemSpec,
    Presets,
    RegisterError,
    RegisterSpec,
    check_order,
    check_past,
    read_answers,
    read_value,
)
from app.domain.staff import Actor, Permission
from app.domain.typed_days import Direction, read_day
from app.services.health_people import require_child
from app.services.isolation_lines import fever_lines, merge
from app.services.month import find_open
from app.store import centre, health_rules, registers
from app.store.centre import ClassGroup
from app.store.class_rows import list_class_rows
from app.store.database import Clock, Database
from app.store.registers import Entry, NewEntry
from app.store.stamps import day_of

__all__ = ["Entry", "EntryView", "Filled", "Grid", "MonthView", "RegisterChoice", "Registers"]

_CHANGES = Changes(frozenset({Topic.HEALTH}))
_FAR = dt.timedelta(days=366)
_SHOWN = 3  # answers in a line of the list
_UNKNOWN = "这个日子没有这个登记册，请核对日期。"


@record
class RegisterChoice:
    """One register of the list at the left, with what is due in it."""

    spec: RegisterSpec
    words: str
    chip: Chip


@record
class EntryView:
    """One line for the screen. ``open`` says that something is still due."""

    entry: Entry
    title: str
    words: str
    chip: Chip
    lines: tuple[tuple[str, str], ...]
    open: bool
    spec: RegisterSpec  # as it was on the day of the line


@record
class Grid:
    """A month of a grid: each item has its ticks of each day, by their hours.

    ``items`` are those of any of the days as they are at the last; ``held`` has them as they are on each day.
    ``open`` are the days on which the centre, and the class, is open.
    """

    items: tuple[ItemSpec, ...]
    days: tuple[dt.date, ...]
    ticks: dict[tuple[str, dt.date], tuple[Entry, ...]]
    held: dict[tuple[str, dt.date], ItemSpec]
    open: frozenset[dt.date]

    def is_missed(self, code: str, day: dt.date, today: dt.date) -> bool:
        """漏记: an open day is over without what is due every day."""
        held = self.item_on(code, day)
        due = held is not None and held.together and day in self.open and day < today
        return due and not self.ticks.get((code, day))

    def item_on(self, code: str, day: dt.date) -> ItemSpec | None:
        """What an item asks on a day; None where it is not asked then."""
        return self.held.get((code, day))


@record
class MonthView:
    """A month of a register, of one class where each keeps its own."""

    spec: RegisterSpec
    month: str
    group: ClassGroup | None
    classes: tuple[ClassGroup, ...]
    entries: tuple[EntryView, ...]
    grid: Grid | None


@record
class Filled:
    """A form as typed."""

    day: str
    answers: Mapping[str, str]
    class_id: ClassId | None = None
    child: ChildId | None = None


class Registers:
    """The verbs of the page 登记."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def choices(self, actor: Actor) -> tuple[RegisterChoice, ...]:
        """Every register with what is due in it and what was noted this month."""
        actor.require(Permission.READ)
        now = self._clock()
        first = day_of(now).replace(day=1)
        left: dict[str, list[Entry]] = {}
        for one in registers.list_open(self._database):
            left.setdefault(one.told.register, []).append(one)
        found = []
        for spec in health_rules.registers_known(day_of(now)):
            kept = self._entries(spec, first, day_of(now))
            due = left.get(spec.key, [])
            if spec.also:  # its lines may begin and end elsewhere
                due = [*(one for one in due if one.told.day < first), *(one for one in kept if one.told.open)]
            found.append(RegisterChoice(spec, f"本月 {len(kept)} 条", self._due_chip(spec, due, now)))
        return tuple(found)

    def overdue(self, actor: Actor) -> int:
        """How many lines of all registers are due by now."""
        actor.require(Permission.READ)
        now = self._clock()
        left = registers.list_open(self._database)
        known = [(health_rules.register(one.told.register, one.told.day), one) for one in left]
        return sum(
            self._entry_chip(spec, one, now).tone is Tone.WARN for spec, one in known if spec is not None
        )

    def month(self, actor: Actor, key: str, month: str, class_id: ClassId | None = None) -> MonthView:
        """A month (``2025-12``) of one register; what is still due of earlier months stands first.

        It has the columns and items of any day of the month, each line as it was on its own.

        Raises:
            RegisterError: there is no such register.
        """
        actor.require(Permission.READ)
        now, (first, last) = self._clock(), month_days(month)
        spec = health_rules.register_over(key, first, last) or health_rules.register(key)
        if spec is None:
            raise RegisterError(_UNKNOWN)
        classes = centre.list_classes_over(self._database, first, max(first, min(last, day_of(now))))
        group = None
        if spec.by_class and classes:
            wanted = class_id or actor.class_id
            group = next((one for one in classes if one.id == wanted), classes[0])
        of_class = None if group is None else group.id
        kept = self._entries(spec, first, last, of_class)
        if spec.shape == "grid":
            days = tuple(first + dt.timedelta(days=at) for at in range((last - first).days + 1))
            specs = ((day, health_rules.register(key, day)) for day in days)
            held = {(one.code, day): one for day, on in specs if on is not None for one in on.items}
            grid = Grid(spec.items, days, cells(kept), held, self._open(days, of_class))
            return MonthView(spec, month, group, classes, (), grid)
        keys = {one.id for one in kept}
        before = [one for one in registers.list_open(self._database, key) if one.id not in keys]
        lines = tuple(self._line(one, now) for one in (*before, *reversed(kept)))
        return MonthView(spec, month, group, classes, lines, None)

    def _open(self, days: tuple[dt.date, ...], of_class: ClassId | None) -> frozenset[dt.date]:
        """The days on which the centre is open, and the class, where it is one class's register."""
        found = find_open(self._database, days)
        kept = next((one for one in list_class_rows(self._database) if one.id == of_class), None)
        if kept is None:
            return found
        return frozenset(
            day
            for day in found
            if kept.opened_on <= day and (kept.closed_on is None or day <= kept.closed_on)
        )

    def _entries(
        self,
        spec: RegisterSpec,
        first: dt.date,
        last: dt.date,
        of_class: ClassId | None = None,
    ) -> tuple[Entry, ...]:
        """The lines of some days, with those that are written elsewhere already."""
        kept = registers.list_entries(self._database, spec.key, first, last, of_class)
        if spec.also != "fever":
            return kept
        return merge(kept, fever_lines(self._database, first, last))

    def form(self, actor: Actor, key: str) -> tuple[RegisterSpec, dict[str, str]]:
        """What a new line of a register asks today, and what it begins with."""
        presets = self.presets(actor, key)
        return spec_of(key, day_of(self._clock())), presets

    def presets(self, actor: Actor, key: str) -> dict[str, str]:
        """What a new line of a register begins with, so that two touches keep it."""
        actor.require(Permission.READ)
        now = self._clock()
        spec, presets = spec_of(key, day_of(now)), Presets(now, actor.name)
        return {one.name: presets.of(one) for one in spec.asked}

    def keep(
        self, actor: Actor, key: str, filled: Filled, replaces: RegisterEntryId | None = None
    ) -> Done[RegisterEntryId]:
        """Keep a line, or a corrected one in place of another, which stays on file.

        Raises:
            RegisterError: an answer is missing or cannot be, ``field`` names the column; or what it replaces
                is a line of another register.
        """
        actor.require(Permission.HEALTH_CHECK)
        today = day_of(self._clock())
        old = None if replaces is None else self._find(replaces)
        if old is not None and old.told.register != key:
            raise RegisterError("要更正的那一条不在这本登记里，请刷新后重新选。")
        day = self._day(filled.day, today)
        spec = spec_of(key, day)
        child = self._child(spec, filled.child)
        group = self._group(spec, filled.class_id, day)
        own = tuple(one for one in spec.columns if one.kind != "child")
        given = dict(filled.answers)
        if old is not None and spec.closes and spec.closes not in given:
            given[spec.closes] = old.answer(spec.closes)
        answers = read_answers(own, given, today)
        check_past(own, dict(answers), self._clock())
        new = NewEntry(key, day, group, answers, child, "", _is_open(spec, dict(answers)))
        if old is not None and old.told == new:
            raise RegisterError("内容和原来一样，没有可保存的改动。")
        label = f"{spec.title} {day.month}月{day.day}日"
        with self._database.unit(actor.id, "keep_register") as unit:
            entry = registers.add_entry(unit, new, actor.id, replaces)
            unit.audit("register", entry, f"{label}{' 更正' if replaces else ''}")
        return Done(entry, _CHANGES, Undo("health.register", entry, label))

    def close(self, actor: Actor, entry: RegisterEntryId, typed: str = "") -> Done[RegisterEntryId]:
        """What was due is done, now or as typed: discarded, left, rechecked, closed.

        Raises:
            RegisterError: nothing is due, or it is too early.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept, now = self._find(entry), self._clock()
        spec = spec_of(kept.told.register, kept.told.day)
        if not spec.closes or not kept.told.open:
            raise RegisterError("这一条没有待办的事。")
        column = spec.column(spec.closes)
        plain = now.date().isoformat() if column.kind == "day" else f"{now:%Y-%m-%d %H:%M}"
        answers = dict(kept.told.answers)
        answers[column.name] = read_value(column, typed or plain, day_of(now))
        check_order(column, answers)
        check_past((column,), answers, now)
        told = kept.told
        new = NewEntry(told.register, told.day, told.class_id, tuple(answers.items()), told.child, told.item)
        label = f"{spec.title} {spec.closing}"
        with self._database.unit(actor.id, "close_register") as unit:
            made = registers.add_entry(unit, new, actor.id, entry)
            unit.audit("register", made, label)
        return Done(made, _CHANGES, Undo("health.register", made, label))

    def end(self, actor: Actor, entry: RegisterEntryId) -> Done[None]:
        """A line was noted by mistake; it stays on file as ended.

        Raises:
            RegisterError: it was before.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(entry)
        label = f"{spec_of(kept.told.register, kept.told.day).title} 移除"
        with self._database.unit(actor.id, "end_register") as unit:
            registers.end_entry(unit, entry, actor.id)
            unit.audit("register", entry, label)
        return Done(None, _CHANGES, Undo("health.register_end", entry, label))

    def undo_keep(self, actor: Actor, entry: RegisterEntryId) -> Done[None]:
        """Take a line back; what it stood in place of stands again.

        Raises:
            RegisterError: it stands no more.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(entry)
        with self._database.unit(actor.id, "undo_register") as unit:
            registers.end_entry(unit, entry, actor.id)
            registers.reopen_replaced(unit, entry)
            unit.audit("register", entry, f"{spec_of(kept.told.register, kept.told.day).title} 撤销")
        return Done(None, _CHANGES)

    def undo_day(self, actor: Actor, entry: RegisterEntryId) -> Done[None]:
        """Take back all ticks of one touch.

        Raises:
            RegisterError: they were taken back before.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = self._find(entry)
        told = kept.told
        with self._database.unit(actor.id, "undo_register") as unit:
            for one in registers.list_entries(unit, told.register, told.day, told.day, told.class_id):
                if one.noted_at == kept.noted_at and one.noted_by == kept.noted_by:
                    registers.end_entry(unit, one.id, actor.id)
            unit.audit("register", entry, f"{spec_of(told.register, told.day).title} 撤销一天")
        return Done(None, _CHANGES)

    def undo_end(self, actor: Actor, entry: RegisterEntryId) -> Done[None]:
        """A line that was ended stands again.

        Raises:
            RegisterError: it stands already.
        """
        actor.require(Permission.HEALTH_CHECK)
        found = registers.find_entry(self._database, entry, ended=True)
        if found is None or registers.find_entry(self._database, entry) is not None:
            raise RegisterError("这一条已经恢复过了。")
        told = found.told
        with self._database.unit(actor.id, "undo_register") as unit:
            registers.reopen(unit, entry)
            unit.audit("register", entry, f"{spec_of(told.register, told.day).title} 恢复")
        return Done(None, _CHANGES)

    def _find(self, entry: RegisterEntryId) -> Entry:
        kept = registers.find_entry(self._database, entry)
        if kept is None:
            raise RegisterError("这一条已经改过或撤销了，请刷新后再看。")
        return kept

    def _day(self, typed: str, today: dt.date) -> dt.date:
        day = read_day(typed, today, Direction.PAST, "day")
        require_past(day, today)
        return day

    def _child(self, spec: RegisterSpec, child: ChildId | None) -> ChildId | None:
        asked = next((one for one in spec.columns if one.kind == "child"), None)
        if asked is None:
            return None
        if child is None:
            if asked.required:
                raise RegisterError("请选孩子。", field=asked.name)
            return None
        require_child(self._database, child)
        return child

    def _group(self, spec: RegisterSpec, class_id: ClassId | None, day: dt.date) -> ClassId | None:
        if not spec.by_class:
            return None
        if class_id is None or class_id not in {one.id for one in centre.list_classes(self._database, day)}:
            raise RegisterError("请选班级。", field="class_id")
        return class_id

    def _line(self, one: Entry, now: dt.datetime) -> EntryView:
        spec = spec_of(one.told.register, one.told.day)
        pairs = _entry_lines(spec, one, now.date())
        texts = [text for _, text in pairs]
        title = f"{one.told.day.month}月{one.told.day.day}日　{texts[0] if texts else ''}"
        words = "　".join(texts[1 : 1 + _SHOWN])
        return EntryView(one, title, words, self._entry_chip(spec, one, now), pairs, one.told.open, spec)

    def _entry_chip(self, spec: RegisterSpec, one: Entry, now: dt.datetime) -> Chip:
        if not spec.closes or not one.told.open:
            return Chip("")
        due = one.answer(spec.due) if spec.due else ""
        if not due:
            return Chip(f"待{spec.closing}", Tone.INFO)
        over = due <= (now.date().isoformat() if len(due) == 10 else f"{now:%Y-%m-%d %H:%M}")
        if over:
            return Chip(f"到期，{spec.closing}", Tone.WARN)
        return Chip(f"{spoken_text(due, now.date())} 后{spec.closing}", Tone.INFO)

    def _due_chip(self, spec: RegisterSpec, left: list[Entry], now: dt.datetime) -> Chip:
        chips = [self._entry_chip(spec, one, now) for one in left]
        over = sum(one.tone is Tone.WARN for one in chips)
        if over:
            return Chip(f"{over} 条到期", Tone.WARN)
        return Chip(f"{len(chips)} 条待办", Tone.INFO) if chips else Chip("")


def _entry_lines(spec: RegisterSpec, one: Entry, today: dt.date) -> tuple[tuple[str, str], ...]:
    """The answers of a line with their labels, in the order of the columns; only what was answered."""
    found = []
    for column in spec.columns:
        value = one.child_name if column.kind == "child" else one.answer(column.name)
        if value and column.kind in {"day", "moment"}:
            value = spoken_text(value, today)
        if value:
            found.append((column.label, f"{value} {column.unit}".strip()))
    return tuple(found)


def month_days(month: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of ``2025-12``."""
    year, number = (int(part) for part in month.split("-"))
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


def spec_of(key: str, day: dt.date) -> RegisterSpec:
    """One register of the table as it is on a day: what was done on it is judged by what was asked then.

    Raises:
        RegisterError: there is none.
    """
    found = health_rules.register(key, day)
    if found is None:
        raise RegisterError(_UNKNOWN)
    return found


def require_past(day: dt.date, today: dt.date) -> None:
    """Pass if a day may still be noted.

    Raises:
        RegisterError: it is to come, or long ago.
    """
    if not today - _FAR <= day <= today:
        raise RegisterError("只能登记今天和以前一年里的，请核对日期。", field="day")


def cells(kept: Iterable[Entry]) -> dict[tuple[str, dt.date], tuple[Entry, ...]]:
    """The ticks of each cell of a grid by their hours; those without one stand last."""
    found: dict[tuple[str, dt.date], list[Entry]] = {}
    for one in kept:
        found.setdefault((one.told.item, one.told.day), []).append(one)
    return {
        key: tuple(sorted(ticks, key=lambda one: (hour_of(one) or "~", one.id)))
        for key, ticks in found.items()
    }


def hour_of(one: Entry) -> str:
    """When it was done: as told, or when it was ticked on the day itself; empty where nobody knows."""
    told = one.answer("at")
    return told or (f"{one.noted_at:%H:%M}" if one.noted_at.date() == one.told.day else "")


def _is_open(spec: RegisterSpec, answers: Mapping[str, str]) -> bool:
    """Something is due while the closing column is empty; without hazards nothing is."""
    if not spec.closes or answers.get(spec.closes):
        return False
    return not spec.due or bool(answers.get(spec.due))
