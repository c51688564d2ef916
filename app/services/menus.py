"""The day's menu (食谱) and a class's plan of activities: read, copied from another day, kept."""

import datetime as dt
import re
from collections.abc import Iterable

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import ClassId
from app.domain.logbook import MealSlot
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.store import centre, menus
from app.store.database import Clock, Database, Unit
from app.store.menus import MenuLine, Planned
from app.store.stamps import day_of

LONGEST = 200
MOST_ACTIVITIES = 12
_LOOK_BACK = dt.timedelta(days=14)
_LAST_MINUTE = 24 * 60 - 1
_GAPS = re.compile(r"[、,，;；\s]+")


class MenuError(RuleError):
    """A menu or a plan that cannot be kept as it is."""


@record
class Meal:
    """What one meal serves. ``allergens`` is a list parted by 、."""

    slot: MealSlot
    dishes: str = ""
    allergens: str = ""


@record
class DayMenu:
    """The meals of a day in their order; one without dishes is not served."""

    day: dt.date
    meals: tuple[Meal, ...] = ()


@record
class Activity:
    """One activity, from a minute after midnight on."""

    minute: int
    name: str


@record
class DayPlan:
    """What one class does on a day, by the clock."""

    day: dt.date
    class_id: ClassId
    activities: tuple[Activity, ...] = ()


class Menus:
    """What is cooked, and what is planned."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def day(self, actor: Actor, date: dt.date) -> DayMenu:
        """The menu of a day; empty where nobody has entered one."""
        actor.require(Permission.READ)
        lines = menus.list_menu(self._database, date)
        return DayMenu(date, tuple(Meal(one.slot, one.dishes, "、".join(one.allergens)) for one in lines))

    def plan(self, actor: Actor, date: dt.date, class_id: ClassId) -> DayPlan:
        """The plan of a class for a day; empty where nobody has made one."""
        actor.require(Permission.READ)
        found = menus.list_plan(self._database, date, class_id)
        return DayPlan(date, class_id, tuple(Activity(one.from_minute, one.name) for one in found))

    def last_before(self, actor: Actor, date: dt.date) -> dt.date | None:
        """The nearest day with a menu before this one: on a Monday the Friday. None in two weeks without."""
        actor.require(Permission.READ)
        return menus.find_last_day(self._database, date - _LOOK_BACK, date)

    def copy_from(
        self, actor: Actor, date: dt.date, source: dt.date, class_id: ClassId | None = None
    ) -> tuple[DayMenu, DayPlan | None]:
        """Menu and plan of another day as proposals for this one. Nothing is kept by it.

        Raises:
            MenuError: that day has neither.
        """
        menu = DayMenu(date, self.day(actor, source).meals)
        plan = None
        if class_id is not None:
            plan = DayPlan(date, class_id, self.plan(actor, source, class_id).activities)
        if not menu.meals and (plan is None or not plan.activities):
            msg = f"{source.month}月{source.day}日没有录入食谱和活动，没有可以照抄的内容。"
            raise MenuError(msg)
        return menu, plan

    def keep_day(self, actor: Actor, menu: DayMenu, plan: DayPlan | None = None) -> Done[None]:
        """Keep the whole menu of a day, and with it the plan of a class, in place of what stood there.

        A meal that is not in ``menu`` is not served any more. What was logged before keeps its own words; the
        audit trail keeps the words of the menu that went.

        Raises:
            MenuError: a past day, a meal or a time named twice, allergens without dishes, an activity
                without a name; ``field`` names the row (``lunch``, ``activity.2``).
            BadTextError: a text too long or not printable.
        """
        actor.require(Permission.LOG_DAY)
        if menu.day < day_of(self._clock()) or (plan is not None and plan.day != menu.day):
            raise MenuError("过去的日子不能再改，请只录入今天和以后的食谱。")
        lines = _clean_meals(menu.meals)
        planned: tuple[Planned, ...] = ()
        if plan is not None:
            self._require_class(plan)
            planned = _clean_activities(plan.activities)
        old = {one.slot: one for one in menus.list_menu(self._database, menu.day)}
        changed = [slot for slot in MealSlot if old.get(slot) != lines.get(slot)]
        before = () if plan is None else menus.list_plan(self._database, menu.day, plan.class_id)
        if not changed and planned == before:
            return Done(None)
        with self._database.unit(actor.id, "keep_menu") as unit:
            for slot in changed:
                supersede_meal(unit, menu.day, slot, old.get(slot), lines.get(slot))
            if plan is not None and planned != before:
                menus.end_plan(unit, menu.day, plan.class_id)
                for one in planned:
                    menus.add_plan(unit, menu.day, plan.class_id, one)
                words = f"{menu.day} {_plan_words(before)} → {_plan_words(planned)}"
                unit.audit("day_plan", plan.class_id, words)
        return Done(None, Changes(frozenset({Topic.LOG})))

    def _require_class(self, plan: DayPlan) -> None:
        if all(group.id != plan.class_id for group in centre.list_classes(self._database, plan.day)):
            raise MenuError("没有找到这个班级，请刷新后再试。")


def _clean_meals(meals: Iterable[Meal]) -> dict[MealSlot, MenuLine]:
    found: dict[MealSlot, MenuLine] = {}
    for meal in meals:
        slot, name = meal.slot.value, meal.slot.label
        dishes = clean_text(meal.dishes, name, slot, LONGEST)
        allergens = clean_text(meal.allergens, f"{name}的过敏原", slot, LONGEST)
        parts = tuple(dict.fromkeys(part for part in _GAPS.split(allergens) if part))
        if parts and not dishes:
            msg = f"{name}写了过敏原，还没有写菜。请写上菜，或清空过敏原。"
            raise MenuError(msg, field=slot)
        if meal.slot in found:
            msg = f"{name}写了两次，请合成一行。"
            raise MenuError(msg, field=slot)
        if dishes:
            found[meal.slot] = MenuLine(meal.slot, dishes, parts)
    return found


def _clean_activities(activities: Iterable[Activity]) -> tuple[Planned, ...]:
    found: dict[int, Planned] = {}
    for number, activity in enumerate(activities, 1):
        field = f"activity.{number}"
        name = clean_text(activity.name, "活动", field, LONGEST)
        if not name:
            raise MenuError("有一项活动只写了时间，请写上做什么，或清空时间。", field=field)
        if not 0 <= activity.minute <= _LAST_MINUTE:
            raise MenuError("活动的时间看不懂，请写成 10:00 的样子。", field=field)
        if activity.minute in found:
            msg = f"{_clock_words(activity.minute)} 写了两项活动，请改一个时间或合成一项。"
            raise MenuError(msg, field=field)
        found[activity.minute] = Planned(activity.minute, name)
    if len(found) > MOST_ACTIVITIES:
        msg = f"一天最多 {MOST_ACTIVITIES} 项活动，请合并几项。"
        raise MenuError(msg)
    return tuple(found[minute] for minute in sorted(found))


def supersede_meal(
    unit: Unit, day: dt.date, slot: MealSlot, old: MenuLine | None, new: MenuLine | None
) -> None:
    """Let another meal stand on a day; the audit keeps both wordings."""
    if old is not None:
        menus.end_menu(unit, day, slot)
    if new is not None:
        menus.add_menu(unit, day, new)
    words = f"{day} {slot.label}：{menu_words(old)} → {menu_words(new)}"
    unit.audit("menu", int(f"{day:%Y%m%d}"), words)


def menu_words(line: MenuLine | None) -> str:
    """``软米饭、紫菜汤（虾）``; （空） for a meal that is not served."""
    if line is None:
        return "（空）"
    return line.dishes + (f"（{'、'.join(line.allergens)}）" if line.allergens else "")


def _plan_words(planned: Iterable[Planned]) -> str:
    return "；".join(f"{_clock_words(one.from_minute)} {one.name}" for one in planned) or "（空）"


def _clock_words(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
