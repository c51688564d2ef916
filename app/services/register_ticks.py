"""The grids among the registers (表6): a tick is one doing of an item on a day, with its hour and its way.

One touch ticks what is due every day and was not done often enough; what is done by the week, and the lamp
that needs an empty room, is ticked by whoever did it.
"""

import datetime as dt
from collections.abc import Mapping

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import ClassId, RegisterEntryId
from app.domain.registers import ItemSpec, RegisterError, RegisterSpec, read_answers
from app.domain.staff import Actor, Permission
from app.services.register_grid import cells, hour_of
from app.services.registers import require_past, spec_of
from app.store import registers
from app.store.database import Clock, Database
from app.store.registers import Entry, NewEntry
from app.store.stamps import day_of

_CHANGES = Changes(frozenset({Topic.HEALTH}))
_MOST = 12  # doings of one item on one day; more is a key that was held down
_APART = 30  # minutes since the last time before one touch for the day counts as another time


class Ticks:
    """The verbs of a grid."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def tick(
        self, actor: Actor, key: str, class_id: ClassId, day: dt.date, item: str
    ) -> Done[RegisterEntryId]:
        """Once more, now, in the usual way; of a day that is over nobody knows the hour.

        Raises:
            RegisterError: no such cell, a day to come, noted in this minute already, or as often as is due
                on a day that is over: another time then needs its hour.
        """
        spec, found = self._cell(actor, key, day, item)
        hour = self._hour(day)
        before = self._of(key, class_id, day).get((item, day), ())
        if hour and any(hour_of(one) == hour for one in before):
            msg = f"{found.label} {hour} 已经记过一次。要改时间或做法，按 E。"
            raise RegisterError(msg)
        if not hour and len(before) >= found.times:
            msg = f"{found.label}这一天已经记满 {found.times} 次。还有，按 E 写上时间。"
            raise RegisterError(msg)
        return self._keep(actor, spec, _usual(key, class_id, day, found, hour), before, None)

    def tick_day(self, actor: Actor, key: str, class_id: ClassId, day: dt.date) -> Done[int]:
        """Once more each item of every day that is still due; says how many.

        Raises:
            RegisterError: nothing is due, or a day to come.
        """
        actor.require(Permission.HEALTH_CHECK)
        spec, today = spec_of(key, day), day_of(self._clock())
        require_past(day, today)
        done, hour = self._of(key, class_id, day), self._hour(day)
        left = [
            one
            for one in spec.items
            if one.together and len(ticks := done.get((one.code, day), ())) < one.times
            and self._apart(ticks, day)
        ]  # fmt: skip
        if not left:
            msg = f"每天要做的现在都记好了。一天几次的，隔 {_APART} 分钟再记；每周的和紫外线请单独记。"
            raise RegisterError(msg)
        label = f"{spec.title} {day.month}月{day.day}日 {len(left)} 项"
        with self._database.unit(actor.id, "tick_register") as unit:
            keys = [
                registers.add_entry(unit, _usual(key, class_id, day, one, hour), actor.id) for one in left
            ]
            unit.audit("register", keys[0], label)
        return Done(len(left), _CHANGES, Undo("health.register_day", keys[0], label))

    def untick(
        self, actor: Actor, key: str, class_id: ClassId, day: dt.date, item: str
    ) -> Done[RegisterEntryId]:
        """Take the last tick of a cell off; it stays on file as ended.

        Raises:
            RegisterError: there is none.
        """
        spec, found = self._cell(actor, key, day, item)
        before = self._of(key, class_id, day).get((item, day), ())
        if not before:
            raise RegisterError("这一格还没有打勾。")
        entry, label = before[-1].id, f"{_label(spec, day, found)} 取消"
        with self._database.unit(actor.id, "end_register") as unit:
            registers.end_entry(unit, entry, actor.id)
            unit.audit("register", entry, label)
        return Done(entry, _CHANGES, Undo("health.register_end", entry, label))

    def keep(
        self,
        actor: Actor,
        key: str,
        class_id: ClassId,
        day: dt.date,
        item: str,
        answers: Mapping[str, str],
        replaces: RegisterEntryId | None = None,
    ) -> Done[RegisterEntryId]:
        """A tick as it was really done: hour, method, strength, minutes; in place of another, or one more.

        Raises:
            RegisterError: an answer cannot be; ``field`` names it.
        """
        spec, _ = self._cell(actor, key, day, item)
        kept = read_answers(spec.columns, answers, day_of(self._clock()))
        hour = dict(kept).get("at", "")
        if not hour:
            raise RegisterError("请填几点做的，如 13:05。", field="at")
        if (now := self._hour(day)) and hour > now:
            msg = f"{hour} 还没有到，请核对时间。"
            raise RegisterError(msg, field="at")
        before = self._of(key, class_id, day).get((item, day), ())
        old = next((one for one in before if one.id == replaces), None)
        if replaces is not None and old is None:
            raise RegisterError("这一次已经改过或去掉了，请刷新后再看。")
        if any(hour_of(one) == hour for one in before if one.id != replaces):
            msg = f"{hour} 已经记过一次，请核对时间。"
            raise RegisterError(msg, field="at")
        new = NewEntry(key, day, class_id, kept, None, item)
        if old is not None and old.told == new:
            raise RegisterError("内容和原来一样，没有可保存的改动。")
        return self._keep(actor, spec, new, () if old is not None else before, replaces)

    def _keep(
        self,
        actor: Actor,
        spec: RegisterSpec,
        new: NewEntry,
        before: tuple[Entry, ...],
        replaces: RegisterEntryId | None,
    ) -> Done[RegisterEntryId]:
        if len(before) >= _MOST:
            msg = f"一格一天最多记 {_MOST} 次，请核对。"
            raise RegisterError(msg)
        label = _label(spec, new.day, _item(spec, new.item)) + (" 更正" if replaces else "")
        with self._database.unit(actor.id, "tick_register") as unit:
            entry = registers.add_entry(unit, new, actor.id, replaces)
            unit.audit("register", entry, label)
        return Done(entry, _CHANGES, Undo("health.register", entry, label))

    def _cell(self, actor: Actor, key: str, day: dt.date, item: str) -> tuple[RegisterSpec, ItemSpec]:
        actor.require(Permission.HEALTH_CHECK)
        spec = spec_of(key, day)
        found = _item(spec, item)
        require_past(day, day_of(self._clock()))
        return spec, found

    def _of(self, key: str, class_id: ClassId, day: dt.date) -> dict[tuple[str, dt.date], tuple[Entry, ...]]:
        return cells(registers.list_entries(self._database, key, day, day, class_id))

    def _hour(self, day: dt.date) -> str:
        """The hour of a tick of today; empty for a day that is over."""
        now = self._clock()
        return f"{now:%H:%M}" if day == day_of(now) else ""

    def _apart(self, ticks: tuple[Entry, ...], day: dt.date) -> bool:
        """Whether the last time lies long enough ago to be another one."""
        now = self._clock()
        if day != day_of(now) or not ticks:
            return True
        soonest = f"{now - dt.timedelta(minutes=_APART):%H:%M}" if now.hour or now.minute >= _APART else ""
        return all(hour_of(one) <= soonest for one in ticks)


def _item(spec: RegisterSpec, code: str) -> ItemSpec:
    found = next((one for one in spec.items if one.code == code), None)
    if found is None:
        raise RegisterError("这一天不登记这一项，请核对日期。")
    return found


def _usual(key: str, class_id: ClassId, day: dt.date, item: ItemSpec, hour: str) -> NewEntry:
    answers = (("at", hour), *item.defaults) if hour else item.defaults
    return NewEntry(key, day, class_id, answers, None, item.code)


def _label(spec: RegisterSpec, day: dt.date, item: ItemSpec) -> str:
    return f"{spec.title} {day.month}月{day.day}日 {item.label}"
