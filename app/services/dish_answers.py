"""What dishes hold whose names do not tell: asked once when the menu is written, kept with the dish."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.allergens import parted, read_as
from app.domain.changes import Changes, Done, Topic
from app.domain.dishes import answered, quoted, tells, untold
from app.domain.errors import RuleError
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.record_words import not_eaten
from app.store import menus, tables
from app.store.allergies import list_allergies
from app.store.database import Clock, Database
from app.store.dish_answers import Answers, add_answer, list_answers
from app.store.menus import MenuLine
from app.store.stamps import day_of

NOTHING = "无"
_LONGEST = 200
_WEEK = 7  # days
_GAPS = re.compile(r"[、,，;；\s]+")


class DishError(RuleError):
    """An answer that cannot be kept; ``field`` is the dish."""


@record
class AskedDish:
    """A dish whose name does not tell; ``held`` is None while nobody said what it holds, 无 for nothing."""

    dish: str
    held: str | None = None


@record
class KnownLine:
    """A meal of the menu with what was said of its dishes, and those of which nobody has said anything."""

    line: MenuLine
    untold: tuple[str, ...] = ()


class DishAnswers:
    """The dishes somebody has to speak for."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def asked(self, actor: Actor, date: dt.date) -> tuple[AskedDish, ...]:
        """The dishes of the week of a date whose names do not tell; those nobody has answered first."""
        actor.require(Permission.READ)
        monday, answers = date - dt.timedelta(days=date.weekday()), list_answers(self._database)
        words, found = tables.dish_words(), {}
        for past in range(_WEEK):
            for line in menus.list_menu(self._database, monday + dt.timedelta(days=past)):
                for dish in parted(line.dishes):
                    if not tells(dish, words):
                        held = answers.get(dish)
                        found[dish] = AskedDish(dish, None if held is None else "、".join(held) or NOTHING)
        return tuple(sorted(found.values(), key=lambda one: one.held is not None))

    def keep(self, actor: Actor, told: Mapping[str, str]) -> Done[int]:
        """Keep what each dish holds, 无 for nothing; an empty answer is none. Returns how many were kept.

        Raises:
            DishError: an answer names what no table knows and no child reacts to, or 无 beside another.
            BadTextError: an answer too long or not printable.
        """
        actor.require(Permission.LOG_DAY)
        before = list_answers(self._database)
        own = {one for each in list_allergies(self._database).values() for one in each}
        fresh: Answers = {}
        for dish, words in told.items():
            held = _held(dish, words, own)
            if held is not None and before.get(dish) != held:
                fresh[dish] = held
        if not fresh:
            return Done(0)
        with self._database.unit(actor.id, "keep_dish_answers") as unit:
            for dish, held in fresh.items():
                add_answer(unit, dish, held)
                was = before.get(dish)
                old = "未确认" if was is None else "、".join(was) or NOTHING
                words = f"{dish}：{old} → {'、'.join(held) or NOTHING}"
                unit.audit("menu", int(f"{day_of(self._clock()):%Y%m%d}"), words)
        return Done(len(fresh), Changes(frozenset({Topic.LOG})))


def known_lines(database: Database, lines: Sequence[MenuLine]) -> tuple[KnownLine, ...]:
    """Lay what was said of dishes beside a menu."""
    answers, words = list_answers(database) if lines else {}, tables.dish_words()
    return tuple(
        KnownLine(
            replace(line, allergens=(*line.allergens, *answered(line.dishes, answers))),
            untold(line.dishes, words, answers),
        )
        for line in lines
    )


def unsure_of(substances: Iterable[str], dishes: Sequence[str]) -> tuple[str, ...]:
    """Which of a child's allergies dishes may hold of which nobody knows: all those that are food."""
    if not dishes:
        return ()
    read = (read_as(one, tables.allergens(), not_eaten()) for one in substances)
    return tuple(one.substance for one in read if one.food)


def unsure_words(dishes: Sequence[str]) -> str:
    """``“快乐星球饭”未确认过敏原``."""
    return f"{quoted(dishes)}未确认过敏原"


def _held(dish: str, words: str, own: set[str]) -> tuple[str, ...] | None:
    text = clean_text(words, dish, dish, _LONGEST)
    parts = tuple(dict.fromkeys(part for part in _GAPS.split(text) if part))
    if not parts:
        return None
    if parts == (NOTHING,):
        return ()
    for part in parts:
        if part == NOTHING:
            msg = f"“{dish}”写了“无”又写了别的，请只写一样。"
            raise DishError(msg, field=dish)
        if not tells(part.removesuffix("类"), tables.dish_words()) and part not in own:
            msg = f"“{dish}”的“{part}”看不懂，请写成 鸡蛋、牛奶 的样子；没有就写“无”。"
            raise DishError(msg, field=dish)
    return parts
