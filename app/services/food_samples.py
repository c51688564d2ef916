"""食品留样 from the day's menu: every dish that is served is offered, and one act keeps a line for each."""

from collections.abc import Sequence

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.menu_text import split_dishes
from app.domain.record import record
from app.domain.registers import RegisterError, check_past, read_answers
from app.domain.staff import Actor, Permission
from app.services.registers import spec_of
from app.store import menus, registers
from app.store.database import Clock, Database
from app.store.registers import NewEntry
from app.store.stamps import day_of

KEY = "food_sample"


@record
class MealDishes:
    """One meal of today: its dishes, and those of which a sample was put away already."""

    meal: str  # 午餐, as the register says it
    dishes: tuple[str, ...]
    done: frozenset[str]

    @property
    def left(self) -> tuple[str, ...]:
        """Dishes without a sample."""
        return tuple(one for one in self.dishes if one not in self.done)


class FoodSamples:
    """Reading what is to be kept, and keeping it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def today(self, actor: Actor) -> tuple[MealDishes, ...]:
        """The meals of today's menu in their order."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        kept = registers.list_entries(self._database, KEY, today, today)
        meals = spec_of(KEY, today).column("meal").choices
        return tuple(
            MealDishes(
                line.slot.label,
                split_dishes(line.dishes),
                frozenset(one.answer("dish") for one in kept if one.answer("meal") == line.slot.label),
            )
            for line in menus.list_menu(self._database, today)
            if line.slot.label in meals
        )

    def keep(
        self, actor: Actor, meal: str, dishes: Sequence[str], answers: Sequence[tuple[str, str]]
    ) -> Done[int]:
        """A line for each dish, all with the same weight, times and keeper; says how many.

        Raises:
            RegisterError: no dish, a dish that was kept before, or an answer that cannot be.
        """
        actor.require(Permission.HEALTH_CHECK)
        today = day_of(self._clock())
        spec = spec_of(KEY, today)
        wanted = tuple(dict.fromkeys(dishes))
        if not wanted:
            raise RegisterError("请至少选一个菜。", field="dish")
        offered = next((one for one in self.today(actor) if one.meal == meal), None)
        if offered is not None and (twice := [one for one in wanted if one in offered.done]):
            msg = f"{meal}的{twice[0]}已经留过样了。"
            raise RegisterError(msg, field="dish")
        lines = [
            read_answers(spec.columns, dict(answers) | {"meal": meal, "dish": dish}, today) for dish in wanted
        ]
        check_past(spec.columns, dict(lines[0]), self._clock())
        label = f"{spec.title} {meal} {len(wanted)} 个菜"
        with self._database.unit(actor.id, "keep_register") as unit:
            keys = [
                registers.add_entry(unit, NewEntry(KEY, today, None, line, open=True), actor.id)
                for line in lines
            ]
            unit.audit("register", keys[0], label)
        return Done(
            len(keys), Changes(frozenset({Topic.HEALTH})), Undo("health.register_day", keys[0], label)
        )
