"""Whether the rostered carers hold, hour by hour, on days to come: as it is, and as a change would make it.

A contract that begins, a move or a smaller class can break an hour that 预约 has promised (58号文 Art 20).
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from app.domain.bookings import day_words
from app.domain.calendar import booked_on
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId
from app.domain.life import Owner
from app.domain.load import HourLoad, hour_words, load_of, worst_of
from app.domain.looks import Tone
from app.domain.record import record
from app.domain.seats import holds_of
from app.domain.staff import Actor, Role
from app.services.outlook import Outlook
from app.store import bookings, children, day, life, tables
from app.store.centre import ClassGroup
from app.store.children import Enrolment
from app.store.database import Database
from app.store.day import Expected, Who
from app.store.stamps import day_of, minute_of

_TOLD = 3  # so many days are named
_WEEK = 7

Plans = Sequence[Expected]
Change = Callable[[dt.date, Plans], Plans]


class NoCarerError(RuleError):
    """At some hour the rostered carers would be too few, and no director says why it is done all the same."""


@record
class Judged:
    """One class on one day as it would be. ``broken`` is the first hour that breaks and did not before.

    ``rostered`` is whether anybody has a shift there that day: where nobody has, the roster is still to come.
    """

    day: dt.date
    group: ClassGroup
    hours: tuple[HourLoad, ...]
    broken: HourLoad | None
    rostered: bool

    @property
    def words(self) -> str:
        """``12月5日（周五） 小星星 9:00–10:00 4 人、1 名老师，缺 1 名老师``; empty where nothing breaks."""
        if self.broken is None:
            return ""
        return f"{day_words(self.day)} {self.group.name} {hour_words(self.broken)}"


def as_it_is(_on: dt.date, plans: Plans) -> Plans:
    """No change at all."""
    return plans


def without_contract(left_out: Collection[ChildId]) -> Change:
    """As if some children did not come by contract."""
    return lambda _on, plans: [one for one in plans if one.who.id not in left_out or one.tariff is not None]


def with_contract(who: Who, contract: Enrolment) -> Change:
    """As if a child came by this contract alone; what she has booked within its hours ends with it."""

    def change(on: dt.date, plans: Plans) -> Plans:
        held = contract.starts_on <= on and (contract.ends_on is None or on <= contract.ends_on)
        if not held:
            return plans
        plan = Expected(
            who, contract.class_id, contract.mode, contract.half, None, contract.arrive_minute,
            contract.leave_minute,
        )  # fmt: skip
        comes = booked_on(contract.weekdays, on)
        rest = [one for one in plans if one.who.id != who.id or _beside(one, plan, comes=comes)]
        return [*rest, plan] if comes else rest

    return change


def moved_to(moved: Collection[ChildId], class_id: ClassId, since: dt.date) -> Change:
    """As if some children came to another class by contract, from a day on."""

    def change(on: dt.date, plans: Plans) -> Plans:
        return [
            replace(one, class_id=class_id)
            if on >= since and one.tariff is None and one.who.id in moved
            else one
            for one in plans
        ]

    return change


def days_to_judge(
    database: Database, classes: Collection[ClassId], since: dt.date, last: dt.date | None = None
) -> tuple[dt.date, ...]:
    """A week of open days, and each later one on which somebody has booked there or a place there begins."""
    first = day.first_open(database, since)
    found = {first + dt.timedelta(days=past) for past in range(_WEEK)}
    found |= {one.day for one in bookings.list_promised(database, since) if one.class_id in classes}
    found |= {
        day.first_open(database, one.first)
        for one in life.list_holds(database, since)
        if one.class_id in classes and one.first >= since
    }
    return tuple(
        on
        for on in sorted(found)
        if on >= since and (last is None or on <= last) and day.is_open(database, on)
    )


def judge(
    database: Database,
    now: dt.datetime,
    days: Sequence[dt.date],
    classes: Collection[ClassId],
    *,
    before: Change = as_it_is,
    after: Change = as_it_is,
    was: ClassGroup | None = None,
    seats: bool = False,
) -> tuple[Judged, ...]:
    """Some classes on some days, by those expected then.

    Args:
        database: the file; within a unit of work it is read as it stands there.
        now: the moment; of today only the hours to come count.
        days: the open days looked at.
        classes: the classes looked at.
        before: who was expected, made of who is.
        after: who would be expected, made of who is.
        was: one of the classes as it was before.
        seats: an hour breaks also where a seat is missing, not only for want of carers.
    """
    expected = day.list_expected_on(database, days) if days else {}
    found: list[Judged] = []
    for on in days:
        old = Outlook(database, on, now, expected=before(on, expected[on]))
        new = Outlook(database, on, now, expected=after(on, expected[on]))
        opens = max(new.kept.opening, minute_of(now)) if on == day_of(now) else new.kept.opening
        rules = tables.ratio_rules(on)
        for group in new.classes:
            if group.id not in classes or opens >= new.kept.closing:
                continue
            made, earlier = new.class_day(group), old.class_day(_earlier(group, was))
            hours = load_of(made, opens=opens, closes=new.kept.closing, rules=rules)
            pairs = zip(
                hours, load_of(earlier, opens=opens, closes=new.kept.closing, rules=rules), strict=True
            )
            broken = next((one for one, other in pairs if _breaks(one, other, seats=seats)), None)
            found.append(Judged(on, group, hours, broken, bool(made.carers)))
    return tuple(found)


def broken_words(found: Iterable[Judged]) -> str:
    """The days that break, in a sentence each, and how many there are; empty for none."""
    told = [f"{one.words}。" for one in found if one.broken is not None]
    more = [f"这样的日子共 {len(told)} 天。"] if len(told) > _TOLD else []
    return "".join([*told[:_TOLD], *more])


def worst_day(found: Iterable[Judged]) -> str:
    """The hour to worry about of all days of one class, with its day; empty where no day was looked at."""
    days = {hour: one.day for one in reversed(tuple(found)) for hour in one.hours}
    worst = worst_of(days)
    return "" if worst is None else f"{day_words(days[worst])} {hour_words(worst)}"


def squeezed(
    database: Database, now: dt.datetime, back: Collection[ChildId], days: Sequence[dt.date] | None = None
) -> str:
    """Where hours break since some children come by contract again; empty where none does.

    Their places are theirs, whoever was booked into them meanwhile: then somebody has to know.
    """
    since = day_of(now)
    kept = [found for one in back if (found := children.find_child(database, one)) is not None]
    classes = {
        hold.class_id
        for one in kept
        for hold in holds_of(life.find_life(database, Owner(child=one.id))[1], since)
        if hold.last is None or hold.last >= since
    }
    if days is None:
        days = days_to_judge(database, classes, since) if classes else ()
    days = [on for on in days if on >= since and day.is_open(database, on)]
    told = broken_words(judge(database, now, days, classes, before=without_contract(back), seats=True))
    return f"{who_words([one.name for one in kept])}回来后，{told}" if told else ""


def who_words(names: Sequence[str]) -> str:
    """``张沐阳``, or ``张沐阳等 3 人``."""
    return names[0] if len(names) == 1 else f"{names[0]}等 {len(names)} 人"


def require_carers(found: Sequence[Judged], who: str, actor: Actor, reason: str) -> str:
    """Pass if no hour breaks for want of carers, or the director says why it may.

    A class without any roster on a day is judged by none: that is told (``unrostered_words``), and no bar.

    Returns:
        What was overruled, for the audit trail; empty where nothing was.

    Raises:
        NoCarerError: an hour breaks; the sentence names the first days and hours.
    """
    told = broken_words(one for one in found if one.rostered)
    if not told:
        return ""
    if actor.role is Role.DIRECTOR and reason.strip():
        return f"{who}来后，{told}理由：{reason.strip()}"
    whose = "请写明理由" if actor.role is Role.DIRECTOR else "须园长登录并写明理由"
    msg = f"{who}来后，{told}请加排老师，或换班级、换日子；确实要办，{whose}。"
    raise NoCarerError(msg, field="reason")


def unrostered_words(found: Iterable[Judged]) -> str:
    """Which classes nobody is rostered in on the first day they need somebody; empty for none."""
    first: dict[ClassId, Judged] = {}
    for one in found:
        if one.broken is not None and not one.rostered:
            first.setdefault(one.group.id, one)
    return "".join(
        f"{one.group.name} {day_words(one.day)}还没有老师排班，请在“设置—排班”排上。"
        for one in first.values()
    )


def _earlier(group: ClassGroup, was: ClassGroup | None) -> ClassGroup:
    return was if was is not None and was.id == group.id else group


def _breaks(new: HourLoad, old: HourLoad, *, seats: bool) -> bool:
    """Whether an hour lacks more carers than it did, or with ``seats`` is bad and was not."""
    worse = new.needed - new.carers > max(0, old.needed - old.carers)
    return worse or (seats and new.tone is Tone.BAD and old.tone is not Tone.BAD)


def _beside(one: Expected, plan: Expected, *, comes: bool) -> bool:
    """Whether what a child has planned on a day goes on beside a contract."""
    if one.tariff is None:
        return False
    return not comes or day.is_other_half(plan, one.from_minute, one.to_minute)
