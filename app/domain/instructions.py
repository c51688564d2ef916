"""家长嘱咐: what a family asks for today, until a day, or always; it goes where the child goes."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum

from app.domain.allergens import Allergen, named_in
from app.domain.errors import RuleError
from app.domain.ids import ChildId, InstructionId, StaffId
from app.domain.logbook import MealSlot
from app.domain.record import record

# 花生可以吃, 不用避开鸡蛋, 牛奶不过敏了: what a family says of an allergy that it takes for over.
_LIFTED = re.compile(
    r"(?<!不)(?:可以|能|可)(?:[少正照]?[常量样]?)[吃喝尝碰试给加]|(?:不用|不必|无需|别)[^，。；]{0,3}(?:避|忌|挑|换|管)"
    r"|不(?:再|会)?过敏|(?:没有?|不再)[^，。；]{0,2}过敏|过敏[^，。；]{0,3}好了|脱敏|[吃喝试尝]过?[^，。；]{0,4}没(?:事|问题|关系)|没(?:事|问题|关系)"
    r"|(?<![不别没])(?:给|让|喂)[她他]?[^，。；不别没]{0,4}[吃喝尝试]|(?<![不别没])(?:试试|尝尝|多吃|少吃点|吃一?点)|照吃|正常吃"
)
_CLAUSES = re.compile(r"[。；;！!？?\n]+")


class InstructionError(RuleError):
    """An instruction that cannot be kept."""


class GoneInstructionError(InstructionError):
    """It has ended already, or is unknown."""


class Category(StrEnum):
    """What it is about. MEDICINE is free text about health; a dose needs the medicine register."""

    MEAL = "meal"
    NAP = "nap"
    MEDICINE = "medicine"
    PICKUP = "pickup"
    OTHER = "other"

    @property
    def label(self) -> str:
        """饮食, 睡眠, 健康, 接送, 其他."""
        words = {"meal": "饮食", "nap": "睡眠", "medicine": "健康", "pickup": "接送", "other": "其他"}
        return words[self.value]


class Way(StrEnum):
    """How it was told."""

    DOOR = "door"
    PHONE = "phone"
    MESSAGE = "message"
    PAPER = "paper"

    @property
    def label(self) -> str:
        """当面, 电话, 消息, 书面."""
        return {"door": "当面", "phone": "电话", "message": "消息", "paper": "书面"}[self.value]


@record
class Instruction:
    """One wish of a family. ``to_day`` is its last day, None for always.

    ``slots`` are the meals it is about, none for all of them. ``read_by`` are the names of who read it.
    """

    id: InstructionId
    child: ChildId
    child_name: str
    category: Category
    words: str
    slots: tuple[MealSlot, ...]
    from_day: dt.date
    to_day: dt.date | None
    told_by: str
    way: Way
    taken_at: dt.datetime
    taken_by: str
    read_by: tuple[str, ...] = ()
    ended_at: dt.datetime | None = None
    ended_by: str = ""
    end_reason: str = ""
    readers: tuple[StaffId, ...] = ()  # those of read_by, by key

    @property
    def until_words(self) -> str:
        """今天 as the day it is for, 到 12月5日, 一直."""
        if self.to_day is None:
            return "一直"
        if self.to_day == self.from_day:
            return f"{self.to_day.month}月{self.to_day.day}日当天"
        return f"到 {self.to_day.month}月{self.to_day.day}日"

    @property
    def source_words(self) -> str:
        """妈妈 当面说，12月3日 09:12 林晓记."""
        at = self.taken_at
        return f"{self.told_by}{self.way.label}说，{at.month}月{at.day}日 {at:%H:%M} {self.taken_by}记"


@record
class NewInstruction:
    """A wish as it is taken down. ``to_day`` None is for always."""

    child: ChildId
    category: Category
    words: str
    told_by: str
    way: Way
    from_day: dt.date
    to_day: dt.date | None
    slots: tuple[MealSlot, ...] = ()


def against_allergy(words: str, substances: Iterable[str], table: Iterable[Allergen]) -> str:
    """Which allergies of her file a wish goes against: ``花生、鸡蛋``; empty where it goes against none.

    A doubt counts: it costs the question whether a guardian says so.
    """
    told = [one for one in _CLAUSES.split(words) if _LIFTED.search(one)]
    found = (naming.substance for one in told for naming in named_in(substances, one, table))
    return "、".join(dict.fromkeys(found))


def holds_on(one: Instruction, day: dt.date) -> bool:
    """Whether it is to be heeded on a day: it ends by itself after its last one, or when somebody ends it.

    What was ended in the course of a day no longer holds on that day.
    """
    begun = one.from_day <= day
    over = one.to_day is not None and day > one.to_day
    return begun and not over and one.ended_at is None


def reaches(one: Instruction, slot: MealSlot | None) -> bool:
    """Whether it is to be shown at a meal: what is about meals (about this one, or all) and about health.

    Without a slot everything is shown.
    """
    if slot is None:
        return True
    if one.category is Category.MEDICINE:
        return True
    return one.category is Category.MEAL and (not one.slots or slot in one.slots)


def reaches_nap(one: Instruction) -> bool:
    """Whether it is to be shown at the nap: what is about sleep and about health (打了疫苗，留意发热)."""
    return one.category in {Category.NAP, Category.MEDICINE}


def reaches_any(one: Instruction) -> bool:
    """Whether it is to be shown at what is neither a meal nor the nap: 今天别去户外, 脚扭了少跑跳."""
    return one.category in {Category.OTHER, Category.MEDICINE}


def last_day(until: str, today: dt.date, date: dt.date | None) -> dt.date | None:
    """The last day of what is to hold ``today``, to a ``date`` or ``always`` (None).

    Raises:
        InstructionError: no date where one is needed, or one that has passed.
    """
    if until == "always":
        return None
    if until == "today":
        return today
    if date is None:
        raise InstructionError("请填到哪一天为止，如 12-05。", field="date")
    if date < today:
        raise InstructionError("截止日期已经过了，请核对。", field="date")
    return date
