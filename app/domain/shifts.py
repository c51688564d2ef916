"""交接班: what one shift of a class hands to the next (domain §8 step 6).

Heads must agree: whoever came in and did not go out must be there. Where the count says otherwise a reason is
written. Both teachers sign, two different people. What is open travels to the next sheet until it is closed.
"""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.ids import ClassId, PointId, SheetId
from app.domain.record import record

MOST_HEADS = 99
LONGEST_POINT = 200
EARLY_MINUTES = 30  # who goes so long before her hour has left early


class ShiftError(RuleError):
    """The sheet cannot be signed, or a point not kept, as asked."""


class HeadsDifferError(ShiftError):
    """The count does not agree with in minus out, and no reason is given."""


class Section(StrEnum):
    """The parts of a sheet, in the order of paper and screen."""

    AWAY = "away"
    EARLY = "early"
    MEDICINE = "medicine"
    MOOD = "mood"
    WATCH = "watch"
    INSTRUCTION = "instruction"
    COUNT = "count"
    POINT = "point"

    @property
    def label(self) -> str:
        """没来, 早走, 用药, 情绪, 重点观察, 家长嘱咐, 清点人数, 未了事项."""
        return _LABELS[self.value]

    @property
    def empty(self) -> str:
        """What stands there when there is nothing: said, for an empty line may have been forgotten."""
        return _EMPTY[self.value]


_LABELS = {
    "away": "没来",
    "early": "早走",
    "medicine": "用药",
    "mood": "情绪",
    "watch": "重点观察",
    "instruction": "家长嘱咐",
    "count": "清点人数",
    "point": "未了事项",
}
_EMPTY = {
    "away": "都来了",
    "early": "没有早走的",
    "medicine": "没有登记用药",
    "mood": "没有特别的",
    "watch": "没有要特别观察的",
    "instruction": "没有嘱咐",
    "count": "没有中途清点",
    "point": "没有未了的事",
}


@record
class Figures:
    """The heads of one class on one day. ``guests`` are among ``came``, ``early`` among ``went``.

    Every head has its reason: expected = came - guests + sick + personal + other + later + unheard.
    """

    expected: int
    came: int
    guests: int  # came without being expected in this class
    went: int
    sick: int
    personal: int
    other: int  # away for another reason, or today in another class
    later: int  # her hour has not come
    unheard: int  # expected, not come, and nobody has said why
    early: int

    @property
    def present(self) -> int:
        """In minus out."""
        return self.came - self.went


@record
class Line:
    """One line of a section; ``point`` for an open point, unless the day itself leaves it open."""

    section: Section
    words: str
    point: PointId | None = None


@record
class CheckMark:
    """One item of the safety check list as it was found; what is not good has a note."""

    item: str
    good: bool
    note: str = ""


@record
class Closing:
    """How a point was closed, by whom, when."""

    words: str
    by: str
    at: dt.datetime


@record
class Point:
    """Something to be done or watched. ``sheets`` is on how many sheets it has travelled."""

    id: PointId
    class_id: ClassId
    words: str
    opened_at: dt.datetime
    opened_by: str
    sheets: int = 0
    closing: Closing | None = None


@record
class Sheet:
    """A signed sheet, as it was signed. ``void`` when it was taken back."""

    id: SheetId
    class_id: ClassId
    class_name: str
    day: dt.date
    figures: Figures
    counted: int
    reason: str
    remark: str
    given_by: str
    taken_by: str
    signed_at: dt.datetime
    lines: tuple[Line, ...] = ()
    checks: tuple[CheckMark, ...] = ()
    void: bool = False


def check_heads(present: int, counted: int | None, reason: str) -> None:
    """Pass if the heads counted agree with in minus out, or a reason is written.

    Raises:
        ShiftError: nobody counted, or no such number can be.
        HeadsDifferError: they differ without a reason.
    """
    if counted is None:
        raise ShiftError("请数一数现在班里有几个孩子，把数字填上。", field="counted")
    if not 0 <= counted <= MOST_HEADS:
        msg = f"人数请填 0 到 {MOST_HEADS} 的数字。"
        raise ShiftError(msg, field="counted")
    if counted != present and not reason:
        more = "多" if counted > present else "少"
        msg = (
            f"数到 {counted} 人，按进出应有 {present} 人，{more} {abs(counted - present)} 人。"
            "请再数一遍；确实不一样，写明原因再签。"
        )
        raise HeadsDifferError(msg, field="reason")


def check_marks(items: Sequence[str], marks: Sequence[CheckMark]) -> None:
    """Pass if every item of the list was looked at, and what is not good says what is wrong.

    Raises:
        ShiftError: it names the first item that lacks something.
    """
    found = {mark.item: mark for mark in marks}
    for item in items:
        mark = found.get(item)
        if mark is None:
            msg = f"安全检查“{item}”还没有看。请逐项看过再签。"
            raise ShiftError(msg, field="checks")
        if not mark.good and not mark.note:
            msg = f"“{item}”有问题，请写明是什么问题、怎么处理。"
            raise ShiftError(msg, field="checks")
