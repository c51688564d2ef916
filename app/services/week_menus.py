"""一周食谱: five meals over the open days of a week, with grams per child, copied, kept, and for the door."""

import datetime as dt
from collections.abc import Iterable

from app.domain.allergens import parted
from app.domain.calendar import workday_kind
from app.domain.changes import Changes, Done, Topic
from app.domain.dishes import answered, tells
from app.domain.errors import SpokenError
from app.domain.logbook import MealSlot
from app.domain.menu_text import Dish, MealText, read_meal, split_dishes
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.reports.menu import MenuCell, MenuPaper, MenuRow
from app.services.menus import MenuError, supersede_meal
from app.store import centre, menus, portions, tables
from app.store.database import Clock, Database, Unit
from app.store.dish_answers import list_answers
from app.store.menus import MenuLine
from app.store.portions import Portion
from app.store.stamps import day_of

_WEEK = dt.timedelta(days=7)


@record
class WeekMeal:
    """One cell: a meal of a day as it is typed."""

    day: dt.date
    slot: MealSlot
    text: str


@record
class WeekMenu:
    """A week. ``days`` are those on which the centre is open; those before ``today`` are closed to change."""

    monday: dt.date
    today: dt.date
    days: tuple[dt.date, ...]
    meals: tuple[WeekMeal, ...]
    speaks_for: bool = False  # whether dishes are kept in it whose names do not tell what they hold

    def text(self, day: dt.date, slot: MealSlot) -> str:
        """What a cell says."""
        return next((one.text for one in self.meals if (one.day, one.slot) == (day, slot)), "")

    @property
    def empty_days(self) -> tuple[dt.date, ...]:
        """The open days from today on for which no meal is written."""
        filled = {one.day for one in self.meals}
        return tuple(day for day in self.days if day >= self.today and day not in filled)


class WeekMenus:
    """The kitchen's week."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def week(self, actor: Actor, date: dt.date) -> WeekMenu:
        """The week of a date."""
        actor.require(Permission.READ)
        monday = date - dt.timedelta(days=date.weekday())
        days = self._days(monday)
        stored, words = self._stored(monday, days), tables.dish_words()
        meals = [WeekMeal(day, slot, one.written()) for (day, slot), one in stored.items()]
        asks = any(not tells(dish, words) for one in stored.values() for dish in parted(one.names))
        return WeekMenu(monday, day_of(self._clock()), days, tuple(meals), asks)

    def copy_last(self, actor: Actor, monday: dt.date, typed: Iterable[WeekMeal] | None = None) -> WeekMenu:
        """The week before as a proposal for what is empty of this one, day by day. Keeps nothing.

        A meal that this week has stays as it is, and its allergens with it: somebody wrote it for this week.
        So do days past. ``typed`` is what the sheet shows, where it is not what is on file.

        Raises:
            MenuError: the week before has no menu.
        """
        here, before = self.week(actor, monday), self.week(actor, monday - _WEEK)
        if not before.meals:
            raise MenuError("上一周没有食谱，没有可以照抄的内容。")
        own = here.meals if typed is None else tuple(one for one in typed if one.text.strip())
        taken = {(one.day, one.slot) for one in own}
        copied = [WeekMeal(one.day + _WEEK, one.slot, one.text) for one in before.meals]
        fresh = [
            one
            for one in copied
            if one.day in here.days and one.day >= here.today and (one.day, one.slot) not in taken
        ]
        return WeekMenu(here.monday, here.today, here.days, (*own, *fresh), here.speaks_for)

    def keep(self, actor: Actor, monday: dt.date, meals: Iterable[WeekMeal]) -> Done[int]:
        """Keep the week: what differs is superseded, meal by meal; returns how many meals changed.

        Grams that go stay on file, ended; the audit keeps both wordings. What was logged keeps its own words.

        Raises:
            MenuError: a past day would change.
            MealTextError: a meal cannot be read; ``field`` is ``2025-12-03.lunch``.
        """
        actor.require(Permission.LOG_DAY)
        monday -= dt.timedelta(days=monday.weekday())
        days, today = self._days(monday), day_of(self._clock())
        stored = self._stored(monday, days)
        changed = []
        typed = {(one.day, one.slot): one.text.strip() for one in meals}
        for day in days:
            for slot in MealSlot:
                old, text = stored.get((day, slot), MealText()), typed.get((day, slot), "")
                new = old if text == old.written() else read_meal(text, f"{day}.{slot}")
                if old != new:
                    changed.append((day, slot, old, new))
        if past := next((day for day, *_ in changed if day < today), None):
            msg = f"{past.month}月{past.day}日已经过去，不能再改，请只改今天和以后的。"
            raise MenuError(msg, field=f"{past}")
        if not changed:
            return Done(0)
        with self._database.unit(actor.id, "keep_week_menu") as unit:
            for day, slot, old, new in changed:
                _supersede(unit, day, slot, old, new)
        return Done(len(changed), Changes(frozenset({Topic.LOG})))

    def paper(self, actor: Actor, date: dt.date) -> MenuPaper:
        """The week for the door.

        Raises:
            MenuError: nobody has entered a menu for it.
        """
        week = self.week(actor, date)
        if not week.meals:
            raise MenuError("这一周还没有录入食谱，请先录入再打印。")
        found = centre.find_centre(self._database)
        if found is None:
            raise SpokenError("还没有设置中心，请先完成设置。")
        stored, rows = self._stored(week.monday, week.days), []
        answers = list_answers(self._database)
        for slot in MealSlot:
            served = [stored.get((day, slot), MealText()) for day in week.days]
            if any(meal.dishes for meal in served):
                cells = tuple(
                    MenuCell(
                        tuple((dish.name, dish.grams) for dish in meal.dishes),
                        tuple(dict.fromkeys((*meal.allergens, *answered(meal.names, answers)))),
                    )
                    for meal in served
                )
                rows.append(MenuRow(slot.label, cells))
        return MenuPaper(found.name, week.monday, week.days, tuple(rows), found.phone, found.practice)

    def _stored(self, monday: dt.date, days: Iterable[dt.date]) -> dict[tuple[dt.date, MealSlot], MealText]:
        """What stands on file for these days."""
        weighed = portions.list_portions(self._database, monday, monday + dt.timedelta(days=6))
        return {
            (day, line.slot): _text(line, weighed.get((day, line.slot), ()))
            for day in days
            for line in menus.list_menu(self._database, day)
        }

    def _days(self, monday: dt.date) -> tuple[dt.date, ...]:
        """The open days of the week, and any other day that has a menu all the same."""
        marked = centre.calendar_marks(self._database, monday, monday + dt.timedelta(days=6))
        every = [monday + dt.timedelta(days=past) for past in range(7)]
        return tuple(
            day for day in every if workday_kind(day, marked).is_open or menus.list_menu(self._database, day)
        )


def _text(line: MenuLine, weighed: tuple[Portion, ...]) -> MealText:
    grams = {one.dish: one.grams for one in weighed}
    return MealText(tuple(Dish(name, grams.get(name)) for name in split_dishes(line.dishes)), line.allergens)


def _supersede(unit: Unit, day: dt.date, slot: MealSlot, old: MealText, new: MealText) -> None:
    before = MenuLine(slot, old.names, old.allergens) if old.dishes else None
    after = MenuLine(slot, new.names, new.allergens) if new.dishes else None
    if before != after:
        supersede_meal(unit, day, slot, before, after)
    else:
        unit.audit("menu", int(f"{day:%Y%m%d}"), f"{day} {slot.label}：{old.written()} → {new.written()}")
    weighed = [Portion(dish.name, dish.grams) for dish in new.dishes if dish.grams is not None]
    portions.set_portions(unit, day, slot, weighed)
