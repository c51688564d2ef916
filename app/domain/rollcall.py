"""紧急点名: who must be accounted for, when, and what a call or a drill says of itself (58号文 Art 31).

Pure: people and marks come in, groups, counts and words go out.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.ids import ClassId, RollCallId, StaffId, VisitId
from app.domain.record import record

# What is practised: the emergency plans that 58号文 Art 31 asks for; the first is the usual one.
PLANS = ("火灾", "地震", "自然灾害", "食物中毒", "传染病", "踩踏", "暴力侵害", "停电")


class RollCallError(RuleError):
    """A roll call cannot do this now."""


class RollCallOpenError(RollCallError):
    """A roll call is under way already: there is one at a time."""


class NoRollCallError(RollCallError):
    """The roll call is over, declared void, or unknown."""


class NotOnRollError(RollCallError):
    """Who was scanned or tapped is not among those to be counted."""


class CallKind(StrEnum):
    """演练 or 真实."""

    DRILL = "drill"
    REAL = "real"

    @property
    def label(self) -> str:
        """演练, 真实."""
        return {"drill": "演练", "real": "真实"}[self.value]


class HeadState(StrEnum):
    """How one head stands. Only MISSING is not accounted for."""

    MISSING = "missing"
    SAFE = "safe"
    AWAY = "away"  # staff who are not at work today
    LEFT = "left"  # handed to the family after the call began

    @property
    def label(self) -> str:
        """未到, 安全, 不在园, 已接走."""
        words = {"missing": "未到", "safe": "安全", "away": "不在园", "left": "已接走"}
        return words[self.value]


@record
class HeadKey:
    """Who is meant: the stay of a child, or a staff member; exactly one of them."""

    visit: VisitId | None = None
    staff: StaffId | None = None

    def __post_init__(self) -> None:
        """Refuse a key of nobody or of two."""
        if (self.visit is None) == (self.staff is None):
            raise ValueError("a head is a visit or a staff member")


@record
class Contact:
    """An adult to ring. ``phone`` is canonical digits, whole: the list is for an emergency."""

    name: str
    relation: str
    phone: str


@record
class Head:
    """One person to account for. ``age`` of a child, ``role`` of staff; ``at`` and ``by`` of the mark."""

    key: HeadKey
    name: str
    class_id: ClassId | None
    class_name: str
    colour: str = ""
    nickname: str = ""
    age: str = ""
    role: str = ""
    allergies: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    where: str = ""  # 午睡, 昨天未办离园
    state: HeadState = HeadState.MISSING
    at: dt.datetime | None = None
    by: str = ""
    late: bool = False  # came in after the call had begun

    @property
    def is_child(self) -> bool:
        """Whether it is a child."""
        return self.key.visit is not None

    @property
    def accounted(self) -> bool:
        """Whether nobody need look for this one any more."""
        return self.state is not HeadState.MISSING


@record
class HeadGroup:
    """One class with its children, or the staff (``class_id`` None). ``digit`` chooses it; 0 is none."""

    class_id: ClassId | None
    name: str
    colour: str
    digit: int
    heads: tuple[Head, ...]

    @property
    def missing(self) -> int:
        """How many are still to be found."""
        return sum(not head.accounted for head in self.heads)

    @property
    def total(self) -> int:
        """How many there are to count."""
        return len(self.heads)


@record
class CallNote:
    """What the drill register asks beyond numbers: 过程, 问题, 改进, and remarks."""

    course: str = ""
    problems: str = ""
    improvements: str = ""
    remarks: str = ""


@record
class Call:
    """A roll call as kept. ``plan`` is what was practised or what happened (火灾 …)."""

    id: RollCallId
    kind: CallKind
    plan: str
    started_at: dt.datetime
    started_by: str
    ended_at: dt.datetime | None = None
    ended_by: str = ""
    void: bool = False

    @property
    def open(self) -> bool:
        """Whether it is under way."""
        return self.ended_at is None and not self.void


_REAL_LASTS = dt.timedelta(hours=12)


def is_left_over(call: Call, now: dt.datetime) -> bool:
    """Whether nobody is at it any more: a drill of another day, the real thing of half a day ago.

    Its marks say nothing of who is inside now.
    """
    if call.kind is CallKind.DRILL:
        return call.started_at.date() != now.date()
    return now - call.started_at > _REAL_LASTS


def group_heads(heads: Iterable[Head], classes: Sequence[tuple[ClassId, str, str]]) -> tuple[HeadGroup, ...]:
    """Children by class in the order of the classes given as (key, name, colour), the staff last.

    The first nine have a digit. A class without anybody is left out; one that is closed by now is kept.
    """
    known = list(heads)
    order = [(key, name, colour) for key, name, colour in classes]
    seen = {key for key, _, _ in order}
    for head in known:
        if head.is_child and head.class_id is not None and head.class_id not in seen:
            seen.add(head.class_id)
            order.append((head.class_id, head.class_name, head.colour))
    found: list[tuple[ClassId | None, str, str, tuple[Head, ...]]] = []
    for key, name, colour in order:
        own = tuple(head for head in known if head.is_child and head.class_id == key)
        if own:
            found.append((key, name, colour, own))
    if staff := tuple(head for head in known if not head.is_child):
        found.append((None, "教职工", "brand", staff))
    return tuple(
        HeadGroup(key, name, colour, digit if digit <= 9 else 0, own)
        for digit, (key, name, colour, own) in enumerate(found, 1)
    )


def count_missing(groups: Iterable[HeadGroup]) -> int:
    """How many are still to be found in all."""
    return sum(group.missing for group in groups)


def took_minutes(started: dt.datetime, ended: dt.datetime) -> str:
    """How long a call took: ``4 分 12 秒``; a clock set back makes it 0."""
    seconds = max(0, int((ended - started).total_seconds()))
    return f"{seconds // 60} 分 {seconds % 60} 秒"


def clock_words(started: dt.datetime, now: dt.datetime) -> str:
    """The running time as on a stop watch: ``04:12``; from an hour on ``1:04:12``."""
    seconds = max(0, int((now - started).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"
