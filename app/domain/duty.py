"""Who works in which class: stretches by the clock, and who of them counts (58号文 Art 18-20).

Only 保育人员 count in the ratio; trainees, the director, cook, health worker and guard do not. Which post
counts is a table (``resources/tables/carers.toml``). Pure: no clock of its own.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.ids import ClassId, DutyId, StaffId
from app.domain.record import record
from app.domain.staff import Role


class DutyError(RuleError):
    """A clocking that cannot be."""


class AlreadyOnDutyError(DutyError):
    """She is in that class already; the sentence says since when."""


class NotOnDutyError(DutyError):
    """She is not clocked in, or what was clocked was taken back or corrected since."""


class OverlappingDutyError(DutyError):
    """She would be in two classes at one moment; the sentence names the other stretch."""


class DutyKind(StrEnum):
    """在班 or 休息."""

    WORK = "work"
    BREAK = "break"

    @property
    def label(self) -> str:
        """在班, 休息."""
        return {"work": "在班", "break": "休息"}[self.value]


class Source(StrEnum):
    """Whence the carers of a class are known."""

    CLOCK = "clock"
    ROTA = "rota"

    @property
    def label(self) -> str:
        """按打卡, 按排班."""
        return {"clock": "按打卡", "rota": "按排班"}[self.value]


@record
class Post:
    """What somebody does here. ``counts``: whether she is a 保育人员; ``roles`` have it unless told else.

    ``medicine``: whether she may give medicine to a child or check it.
    """

    code: str
    label: str
    counts: bool
    roles: tuple[str, ...] = ()
    valid_from: dt.date = dt.date(2019, 10, 8)
    medicine: bool = True


@record
class Stretch:
    """One person in one class from a moment on, at work or on a break. ``to_at`` is None while it runs.

    ``cover`` says that the class is not her own; ``reason`` is that of a correction.
    """

    id: DutyId
    staff: StaffId
    name: str
    class_id: ClassId
    class_name: str
    day: dt.date
    kind: DutyKind
    cover: bool
    from_at: dt.datetime
    to_at: dt.datetime | None
    entered_by: str = ""
    replaces: DutyId | None = None
    reason: str = ""
    role: Role = Role.TEACHER

    @property
    def open(self) -> bool:
        """Whether it runs."""
        return self.to_at is None

    @property
    def span_words(self) -> str:
        """07:28–12:00, 12:30– while it runs."""
        end = "" if self.to_at is None else f"{self.to_at:%H:%M}"
        return f"{self.from_at:%H:%M}–{end}"


def posts_on(day: dt.date, posts: Iterable[Post]) -> tuple[Post, ...]:
    """The row of each post in force on a day: the newest that has begun, else the first ever."""
    found: dict[str, Post] = {}
    for post in sorted(posts, key=lambda one: one.valid_from):
        if post.valid_from <= day or post.code not in found:
            found[post.code] = post
    return tuple(found.values())


def post_of(role: Role, given: str | None, posts: Iterable[Post]) -> Post:
    """The post of somebody: the one set for her, else that of her role. What no row knows does not count."""
    posts = tuple(posts)
    for post in posts:
        if post.code == given:
            return post
    for post in posts:
        if role.value in post.roles:
            return post
    return Post(given or role.value, role.label, counts=False)


def minutes_of(stretch: Stretch, now: dt.datetime) -> int | None:
    """Whole minutes of a stretch, up to ``now`` while it runs today.

    None for one of an earlier day that nobody ended: an end is never invented.
    """
    if stretch.to_at is None and now.astimezone(stretch.from_at.tzinfo).date() != stretch.day:
        return None
    end = now if stretch.to_at is None else stretch.to_at
    return max(0, int((end - stretch.from_at).total_seconds() // 60))


def require_apart(wanted: tuple[dt.datetime, dt.datetime | None], others: Iterable[Stretch]) -> None:
    """Pass if the span shares no time with the person's other stretches; touching ends do not.

    Raises:
        OverlappingDutyError: it does; the sentence names the other one.
    """
    start, end = wanted
    for other in others:
        if (other.to_at is None or start < other.to_at) and (end is None or other.from_at < end):
            msg = (
                f"{other.name} {other.span_words} 已经在{other.class_name}{other.kind.label}，时间重叠。"
                "一个人同时只能在一个班，请先更正那一段。"
            )
            raise OverlappingDutyError(msg, field="from")
