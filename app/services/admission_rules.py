"""What has to be true before a child is given a place: age, class, and seats on every day to come."""

import datetime as dt
from collections.abc import Callable, Sequence

from app.domain.ages import months_between
from app.domain.classes import Fit, fit, rule_for
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId
from app.domain.life import Life, Owner, Step, check_came, days_without
from app.domain.record import record
from app.domain.seats import Hold, first_overfull, holds_of, seats_held
from app.store import applicants, bookings, centre, settings, tables
from app.store.centre import ClassGroup
from app.store.database import Database, Unit
from app.store.life import list_holds

# What is still missing of a child before she comes (domain §2.1, Art 11). Shown, never a bar.
Gaps = Callable[[Life, ChildId | None], tuple[str, ...]]


class NoSeatError(RuleError):
    """The class or the licence has no seat on some day."""


class WrongAgeForClassError(RuleError):
    """The class is for another age, and nobody said why."""


class NoSuchClassError(RuleError):
    """The class is not open on the day."""


def entry_gaps(life: Life, child: ChildId | None = None) -> tuple[str, ...]:
    """What the law wants before entry, for a child whose entry was made here (58号文 Art 11).

    It knows no record; ``Records.entry_gaps`` says what of it is still missing.
    """
    del child
    place = life.place()
    asked = place is not None and place.id is not None and life.stage.in_care
    return ("预防接种证查验", "入园健康检查") if asked else ()


def require_not_come(
    database: Database, child: ChildId | None, name: str, step: Step, today: dt.date
) -> None:
    """Pass if a step takes no day out of her contract on which she came by it.

    Raises:
        LifeError: it does; the sentence names the day.
    """
    first, last = days_without(step, today)
    if child is not None and first <= last:
        check_came(step, name, applicants.last_came(database, child, first, last))


@record
class Room:
    """Seats of one class from one day on. ``limit`` is what it may hold, by its own size and Art 19.

    ``booked`` are seats beside those taken that days to come have promised to bookings (预约).
    """

    group: ClassGroup
    taken: int
    limit: int
    booked: int = 0

    @property
    def free(self) -> int:
        """How many more can be promised from that day on, and kept; never below none."""
        return max(0, self.limit - self.taken - self.booked)


class Seating:
    """The seats held from today on, without those who ask; ``beside`` are held on trial, for a look ahead."""

    def __init__(
        self,
        database: Database | Unit,
        today: dt.date,
        without: Sequence[Owner] = (),
        *,
        beside: Sequence[Hold] = (),
    ) -> None:
        self._database, self._today = database, today
        self._holds = [*list_holds(database, today, without), *beside]
        own = {one.child for one in without if one.child is not None}
        self._stays = bookings.list_promised(database, today, own)
        self.shared = _is_shared(database, today)
        self._changes = applicants.seat_changes(database)

    def room(self, group: ClassGroup, day: dt.date) -> Room:
        """One class from one day on."""
        held = [hold for hold in self._holds if hold.class_id == group.id]
        stays = [stay for stay in self._stays if stay.class_id == group.id and stay.day >= day]
        taken = seats_held(held, day, shared=self.shared)
        most = max(
            (seats_held(held, on, shared=self.shared, stays=stays) for on in {stay.day for stay in stays}),
            default=taken,
        )
        return Room(group, taken, class_limit(group, day), max(0, most - taken))

    def ending(self, class_id: ClassId, first: dt.date, last: dt.date) -> int:
        """How many holds of a class end within a span: contracts that run out, graduations, moves away."""
        return sum(
            hold.class_id == class_id and hold.last is not None and first <= hold.last <= last
            for hold in self._holds
        )

    def beginning(self, class_id: ClassId, first: dt.date, last: dt.date) -> int:
        """How many holds of a class begin within a span, after today."""
        since = max(first, self._today + dt.timedelta(days=1))
        return sum(hold.class_id == class_id and since <= hold.first <= last for hold in self._holds)

    def licensed(self, day: dt.date) -> tuple[int, int]:
        """Seats held in the whole centre and licensed seats, on one day."""
        held = seats_held(self._holds, day, shared=self.shared)
        return held, centre.licensed_seats(self._database, day)

    def held(self, group: ClassGroup, day: dt.date) -> int:
        """Seats of a class promised on one day, by contract, offer and booking."""
        own = [hold for hold in self._holds if hold.class_id == group.id]
        stays = [stay for stay in self._stays if stay.class_id == group.id]
        return seats_held(own, day, shared=self.shared, stays=stays)

    def first_overfull(self, group: ClassGroup) -> dt.date | None:
        """The first day from today on on which more is promised of a class than it has; None for never."""
        own = [hold for hold in self._holds if hold.class_id == group.id]
        days = {self._today} | {max(hold.first, self._today) for hold in own}
        days |= {stay.day for stay in self._stays if stay.class_id == group.id}
        return next((on for on in sorted(days) if self.held(group, on) > class_limit(group, on)), None)

    def require(self, asked: Sequence[Hold], groups: Sequence[ClassGroup]) -> None:
        """Whether the asked holds fit on every day to come: each class, then the licence.

        Raises:
            NoSeatError: on some day they do not; the sentence names the first one.
        """
        asked = [hold for hold in asked if hold.last is None or hold.last >= self._today]
        names = {group.id: group for group in groups}
        for class_id in dict.fromkeys(hold.class_id for hold in asked):
            group = names.get(class_id)
            if group is None:
                continue
            own = [hold for hold in asked if hold.class_id == class_id]
            held = [hold for hold in self._holds if hold.class_id == class_id]

            def class_seats(day: dt.date, group: ClassGroup = group) -> int:
                return class_limit(group, day)

            stays = [stay for stay in self._stays if stay.class_id == class_id]
            day = first_overfull(held, own, class_seats, shared=self.shared, stays=stays)
            if day is not None:
                booked = sum(stay.day == day for stay in stays)
                most = f"最多 {class_limit(group, day)} 人" + (f"，那天有 {booked} 个预约" if booked else "")
                mend = "请换班级或日期，或先改约，或先排候补。" if booked else "请换班级或日期，或先排候补。"
                msg = f"{group.name} {_when(day, self._today)}满员（{most}）。{mend}"
                raise NoSeatError(msg, field="class_id")
        self._require_licence(asked)

    def take(self, asked: Hold, groups: Sequence[ClassGroup]) -> None:
        """Take one more seat, of a list that is read row by row.

        Raises:
            NoSeatError: there is none; then nothing is taken.
        """
        self.require([asked], groups)
        self._holds.append(asked)

    def _require_licence(self, asked: Sequence[Hold]) -> None:
        def licence(day: dt.date) -> int:
            return centre.licensed_seats(self._database, day) or 10_000  # none on file: nothing to exceed

        day = first_overfull(
            self._holds, asked, licence, shared=self.shared, changes=self._changes, stays=self._stays
        )
        if day is not None:
            msg = f"{_when(day, self._today)}超过备案托位（{licence(day)} 个）。请换日期，或先排候补。"
            raise NoSeatError(msg, field="class_id")


def class_limit(group: ClassGroup, day: dt.date) -> int:
    """The most children of a class: its own seats, and what 58号文 Art 19 allows its kind."""
    return min(group.seats, rule_for(group.kind, tables.ratio_rules(day)).max_seats)


def find_group(database: Database | Unit, class_id: ClassId, day: dt.date) -> ClassGroup:
    """A class that is open on a day.

    Raises:
        NoSuchClassError: it is not.
    """
    for group in centre.list_classes(database, day):
        if group.id == class_id:
            return group
    msg = f"这个班级 {day} 不开班。请换一个班级或日期。"
    raise NoSuchClassError(msg, field="class_id")


def fits_age(group: ClassGroup, born: dt.date, day: dt.date) -> bool:
    """Whether the class is for her age on a day."""
    return fit(group.kind, months_between(born, day), tables.ratio_rules(day)) is Fit.FITS


def require_age(group: ClassGroup, born: dt.date, day: dt.date, reason: str) -> None:
    """A class of another age wants a reason (58号文 Art 19).

    Raises:
        WrongAgeForClassError: there is none.
    """
    if fits_age(group, born, day) or reason.strip():
        return
    months = months_between(born, day)
    msg = f"{day} 时 {months} 个月，不在{group.name}（{group.kind.label}）的月龄段。请换班级，或写明理由。"
    raise WrongAgeForClassError(msg, field="reason")


def require_seats(database: Database | Unit, owner: Owner, life: Life, today: dt.date) -> None:
    """Whether all that a life would hold fits.

    Raises:
        NoSeatError: on some day it does not.
    """
    holds = holds_of(life, today)
    Seating(database, today, [owner]).require(holds, centre.list_classes(database, today))


def _is_shared(database: Database | Unit, day: dt.date) -> bool:
    return settings.find_value(database, "half_share", day) == "1"


def _when(day: dt.date, today: dt.date) -> str:
    return "今天已经" if day <= today else f"{day} 起"
