"""周计划: theme, goals and activities of a class's week, which become the plans of its days.

What a day's class does stands in the plan of that day, where the log finds it. A plan of the week keeps
besides its theme what stood there before it, so that it can be taken back.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.domain.calendar import DayMark, MarkedDay, workday_kind
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.classes import ClassKind
from app.domain.curriculum import CurriculumError, DaySlot, monday_of, slot_of
from app.domain.ids import ClassId, WeekPlanId
from app.domain.logbook import Part
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.reports.week_plan import PlanDay, PlanRow, WeekPlanPaper
from app.services.activity_library import ActivityLibrary
from app.services.menus import LONGEST, MOST_ACTIVITIES
from app.store import centre, curriculum_rules, growing, menus, tables
from app.store import curriculum as kept
from app.store.curriculum import Item
from app.store.database import Clock, Database, Unit
from app.store.menus import Planned
from app.store.stamps import day_of

__all__ = ["Curriculum", "Item"]  # the page builds its wishes from items

UNDO_WEEK = "curriculum.week"
_WEEK, _DAYS = dt.timedelta(days=7), 7
_FRIDAY = 4
_LONGEST_THEME, _LONGEST_GOALS = 40, 300


class PastWeekError(CurriculumError):
    """Something would change a day that has passed."""


class ChangedSinceError(CurriculumError):
    """A plan that cannot be taken back: something was changed after it."""


@record
class ClassFace:
    """A class to plan for. Ages in months, half open, as its kind takes them."""

    id: ClassId
    name: str
    colour: str
    months: tuple[int, int]


@record
class WeekDay:
    """One day of a week. ``note`` is why it is unlike others: 补班, 元旦."""

    day: dt.date
    is_open: bool
    note: str
    past: bool


@record
class Week:
    """A class's week. ``days`` are Monday to Friday, and a Saturday or Sunday on which the centre is open."""

    class_id: ClassId
    monday: dt.date
    number: int  # ISO week
    days: tuple[WeekDay, ...]
    slots: tuple[DaySlot, ...]
    theme: str
    goals: str
    items: tuple[Item, ...]

    def at(self, day: dt.date, slot: DaySlot) -> tuple[Item, ...]:
        """What stands in one cell."""
        return tuple(one for one in self.items if one.day == day and slot_of(one.minute, self.slots) == slot)


@record
class WeekWish:
    """What a week is to hold. Days that have passed must stay as they are."""

    class_id: ClassId
    monday: dt.date
    theme: str = ""
    goals: str = ""
    items: tuple[Item, ...] = ()


@record
class TakenPart:
    """One activity of a day as the log has it: who took part and how, by how; empty where nobody said."""

    name: str
    planned: bool
    parts: tuple[tuple[str, tuple[str, ...]], ...]  # (主动参与, (朱予晴, …))


class Curriculum:
    """The weeks of the classes."""

    def __init__(self, database: Database, clock: Clock, library: ActivityLibrary) -> None:
        self._database = database
        self._clock = clock
        self._library = library

    def classes(self, actor: Actor) -> tuple[ClassFace, ...]:
        """The classes open today, with the ages they take (58号文 Art 19)."""
        actor.require(Permission.LOG_DAY)
        today = day_of(self._clock())
        rules = {rule.kind: (rule.months_from, rule.months_to or 36) for rule in tables.ratio_rules(today)}
        rules.setdefault(ClassKind.MIXED, (18, 36))
        return tuple(
            ClassFace(one.id, one.name, one.colour, rules.get(one.kind, (6, 36)))
            for one in centre.list_classes(self._database, today)
        )

    def week(self, actor: Actor, class_id: ClassId, day: dt.date) -> Week:
        """The week a day lies in; empty where nobody has planned."""
        actor.require(Permission.LOG_DAY)
        return self._read(class_id, monday_of(day))

    def keep_week(self, actor: Actor, wish: WeekWish) -> Done[Week]:
        """Keep a whole week in place of what stood there. The same again writes nothing.

        Raises:
            PastWeekError: a day that has passed would change, or the theme of a week that has.
            CurriculumError: a time without words or twice on a day, too many on a day, a day that is not of
                the week; ``field`` is ``theme``, ``goals`` or ``item``.
            BadTextError: a text too long or not printable.
        """
        actor.require(Permission.LOG_DAY)
        self._require_class(wish.class_id)
        monday = monday_of(wish.monday)
        theme = clean_text(wish.theme, "主题", "theme", _LONGEST_THEME)
        goals = clean_text(wish.goals, "目标", "goals", _LONGEST_GOALS)
        items = _clean_items(wish.items, monday)
        held = kept.find_week(self._database, wish.class_id, monday)
        before = self._items(wish.class_id, monday)
        said = (held.theme, held.goals) if held is not None else ("", "")
        if items == before and (theme, goals) == said:
            return Done(self._read(wish.class_id, monday))
        self._require_future(monday, changed=(theme, goals) != said, items=set(before) ^ set(items))
        with self._database.unit(actor.id, "keep_week") as unit:
            plan = kept.add_week(unit, wish.class_id, monday, theme, goals, None if held is None else held.id)
            kept.add_items(unit, plan, "before", before)
            kept.add_items(unit, plan, "after", items)
            _write_days(unit, wish.class_id, before, items)
            unit.audit("week_plan", plan, _audit_words(monday, theme, before, items))
        label = f"{self._class_name(wish.class_id)} {monday.month}月{monday.day}日那周的计划"
        return Done(self._read(wish.class_id, monday), _CHANGED, Undo(UNDO_WEEK, plan, label))

    def last_week(self, actor: Actor, class_id: ClassId, monday: dt.date) -> WeekWish:
        """The week before as a wish for this one: its theme, its goals, each activity seven days on.

        Days that have passed keep what stands in them, and days the centre is closed get nothing.

        Raises:
            CurriculumError: the week before holds nothing.
        """
        actor.require(Permission.LOG_DAY)
        this, last = self._read(class_id, monday_of(monday)), self._read(class_id, monday_of(monday) - _WEEK)
        if not last.items and not last.theme and not last.goals:
            msg = f"{last.monday.month}月{last.monday.day}日那一周没有计划，没有可以照抄的内容。"
            raise CurriculumError(msg)
        today = day_of(self._clock())
        open_ = {one.day for one in this.days if one.is_open and one.day >= today}
        moved = [replace(one, day=one.day + _WEEK) for one in last.items]
        items = (
            *(one for one in this.items if one.day not in open_),
            *(one for one in moved if one.day in open_),
        )
        ends = this.monday + dt.timedelta(days=_DAYS - 1)
        theme, goals = (last.theme, last.goals) if ends >= today else (this.theme, this.goals)
        return WeekWish(class_id, this.monday, theme, goals, tuple(sorted(items, key=_order)))

    def undo_week(self, actor: Actor, key: WeekPlanId) -> Done[None]:
        """Take a plan back: what stood there before it stands there again.

        Raises:
            ChangedSinceError: it was taken back or replaced, or a day was changed from elsewhere since.
            PastWeekError: a day it changed has passed meanwhile.
        """
        actor.require(Permission.LOG_DAY)
        plan = kept.find_plan(self._database, key)
        if plan is None or not plan.standing:
            raise ChangedSinceError("这次计划已经撤销过，或后来又改过。请直接改成要的样子。")
        before = kept.list_items(self._database, key, "before")
        after = kept.list_items(self._database, key, "after")
        if self._items(plan.class_id, plan.monday) != after:
            raise ChangedSinceError("这之后有人改过当天的活动，撤不回去。请直接改成要的样子。")
        self._require_future(plan.monday, changed=False, items=set(before) ^ set(after))
        with self._database.unit(actor.id, "undo_week") as unit:
            kept.undo_week(unit, plan)
            _write_days(unit, plan.class_id, after, before)
            unit.audit("week_plan", key, "撤销周计划")
        return Done(None, _CHANGED)

    def taken(self, actor: Actor, class_id: ClassId, day: dt.date) -> tuple[TakenPart, ...]:
        """What the children of a class did on a day by the log; then what was planned and not logged."""
        actor.require(Permission.LOG_DAY)
        planned = [one.name for one in menus.list_plan(self._database, day, class_id)]
        found: dict[str, dict[str, list[str]]] = {}
        for child, one in growing.list_class_activities(self._database, class_id, day):
            found.setdefault(one.name, {}).setdefault(one.detail, []).append(child)
        order = [*(part.value for part in Part), ""]
        taken = [
            TakenPart(
                name,
                name in planned,
                tuple(
                    (Part(part).label if part else "未写参与情况", tuple(parts[part]))
                    for part in order
                    if part in parts
                ),
            )
            for name, parts in found.items()
        ]
        return (*taken, *(TakenPart(name, True, ()) for name in planned if name not in found))

    def paper(self, actor: Actor, class_id: ClassId, day: dt.date) -> WeekPlanPaper:
        """The week to hang at the class's door; parts of the day nobody planned anything for are left out."""
        actor.require(Permission.LOG_DAY)
        week = self._read(class_id, monday_of(day))
        place = centre.find_centre(self._database)
        rows = [
            PlanRow(
                slot.label,
                tuple(
                    "\n".join(
                        f"{one.minute // 60}:{one.minute % 60:02d} {one.name}"
                        for one in week.at(on.day, slot)
                    )
                    for on in week.days
                ),
            )
            for slot in week.slots
        ]
        return WeekPlanPaper(
            centre="" if place is None else place.name,
            class_name=self._class_name(class_id),
            monday=week.monday,
            theme=week.theme,
            goals=week.goals,
            days=tuple(PlanDay(on.day, on.note if on.is_open else on.note or "休息") for on in week.days),
            rows=tuple(row for row in rows if any(row.cells)),
            notes=self._notes(week),
            practice=place is not None and place.practice,
        )

    # -- inside ---------------------------------------------------------------------------------------

    def _read(self, class_id: ClassId, monday: dt.date) -> Week:
        held = kept.find_week(self._database, class_id, monday)
        items = self._items(class_id, monday)
        return Week(
            class_id,
            monday,
            monday.isocalendar().week,
            self._days(monday, {one.day for one in items}),
            curriculum_rules.slots(),
            "" if held is None else held.theme,
            "" if held is None else held.goals,
            items,
        )

    def _notes(self, week: Week) -> tuple[tuple[str, str], ...]:
        """What the library says of the week's activities."""
        library = {one.name: one for one in self._library.all()}
        names = dict.fromkeys(one.name for one in week.items)
        return tuple(
            (name, f"材料：{library[name].materials or '无'}。{library[name].steps}")
            for name in names
            if name in library
        )

    def _days(self, monday: dt.date, used: set[dt.date]) -> tuple[WeekDay, ...]:
        last = monday + dt.timedelta(days=_DAYS - 1)
        marks = centre.calendar_marks(self._database, monday, last)
        today = day_of(self._clock())
        days = []
        for past in range(_DAYS):
            day = monday + dt.timedelta(days=past)
            kind = workday_kind(day, marks)
            if past <= _FRIDAY or kind.is_open or day in used:
                note = kind.name or _mark_words(marks.get(day))
                if past > _FRIDAY and kind.is_open and "补班" not in note:
                    note = "补班" if kind.is_workday else "本园开放"
                days.append(WeekDay(day, kind.is_open, note if note else "", day < today))
        return tuple(days)

    def _items(self, class_id: ClassId, monday: dt.date) -> tuple[Item, ...]:
        return kept.list_planned(self._database, class_id, monday, monday + dt.timedelta(days=_DAYS - 1))

    def _require_class(self, class_id: ClassId) -> None:
        if all(group.id != class_id for group in centre.list_classes(self._database, day_of(self._clock()))):
            raise CurriculumError("没有找到这个班级，请刷新后再试。")

    def _require_future(self, monday: dt.date, *, changed: bool, items: Iterable[Item]) -> None:
        today = day_of(self._clock())
        if changed and monday + dt.timedelta(days=_DAYS - 1) < today:
            raise PastWeekError("这一周已经过去，主题和目标不能再改。", field="theme")
        gone = sorted({one.day for one in items if one.day < today})
        if gone:
            msg = f"{gone[0].month}月{gone[0].day}日已经过去，那天的活动不能再改；做过什么看日志。"
            raise PastWeekError(msg, field="item")

    def _class_name(self, class_id: ClassId) -> str:
        groups = centre.list_classes(self._database, day_of(self._clock()))
        return next((group.name for group in groups if group.id == class_id), "")


_CHANGED = Changes(frozenset({Topic.LOG}))


def _mark_words(mark: MarkedDay | None) -> str:
    if mark is None:
        return ""
    return mark.name or {DayMark.CLOSED: "本园休息", DayMark.HOLIDAY: "放假"}.get(mark.mark, "")


def _order(item: Item) -> tuple[dt.date, int]:
    return item.day, item.minute


def _clean_items(items: Sequence[Item], monday: dt.date) -> tuple[Item, ...]:
    found: dict[tuple[dt.date, int], Item] = {}
    for one in items:
        name = clean_text(one.name, "活动", "item", LONGEST)
        if not name:
            raise CurriculumError("有一项活动只写了时间，请写上做什么，或清空时间。", field="item")
        if not 0 <= (one.day - monday).days < _DAYS or not 0 <= one.minute < 24 * 60:
            raise CurriculumError("活动的日期或时间不在这一周里，请核对。", field="item")
        if _order(one) in found:
            clock = f"{one.minute // 60:02d}:{one.minute % 60:02d}"
            msg = f"{one.day.month}月{one.day.day}日 {clock} 写了两项活动，请改一个时间。"
            raise CurriculumError(msg, field="item")
        found[_order(one)] = replace(one, name=name)
    days = [day for day, _ in found]
    if any(days.count(day) > MOST_ACTIVITIES for day in set(days)):
        msg = f"一天最多 {MOST_ACTIVITIES} 项活动，请合并几项。"
        raise CurriculumError(msg, field="item")
    return tuple(sorted(found.values(), key=_order))


def _write_days(unit: Unit, class_id: ClassId, before: Sequence[Item], after: Sequence[Item]) -> None:
    """Give each day that differs its new plan; what went stands in the kept plan."""
    for day in sorted({one.day for one in set(before) ^ set(after)}):
        menus.end_plan(unit, day, class_id)
        for one in after:
            if one.day == day:
                menus.add_plan(unit, day, class_id, Planned(one.minute, one.name))


def _audit_words(monday: dt.date, theme: str, before: Sequence[Item], after: Sequence[Item]) -> str:
    gone, fresh = sorted(set(before) - set(after), key=_order), sorted(set(after) - set(before), key=_order)
    parts = [f"{monday} 主题：{theme or '（空）'}"]
    for sign, items in (("去掉", gone), ("加上", fresh)):
        if items:
            parts.append(f"{sign} " + "、".join(f"{one.day:%m-%d} {one.name}" for one in items))
    return "；".join(parts)
