"""Seats held by contract, on any day to come: the class's limit and the licensed seats (domain §9).

A full day holds a seat; a half day holds its half, so that a morning and an afternoon child may share one
where the centre's setting says so.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from app.domain.ids import ClassId
from app.domain.life import OPENING, Life, QueueState, Step, StepKind, offer_of, queue_state
from app.domain.modes import CareMode, HalfDay
from app.domain.record import record

_NOON = 12 * 60  # where a morning's seat becomes an afternoon's


@record
class Hold:
    """One seat held from a day to a day (None: no end in sight). Temporary care holds none by contract."""

    class_id: ClassId
    mode: CareMode
    half: HalfDay | None
    first: dt.date
    last: dt.date | None = None

    def on(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.first <= day and (self.last is None or self.last >= day)


@record
class Stay:
    """One day that was promised by a booking. Minutes after midnight."""

    class_id: ClassId
    day: dt.date
    from_minute: int
    to_minute: int


def seats_held(holds: Iterable[Hold], day: dt.date, *, shared: bool, stays: Iterable[Stay] = ()) -> int:
    """How many seats are promised on a day: by contract and offer, and by the hour to those who booked.

    The one count of both rooms: what 招生 may still promise is what neither it nor 预约 has promised.

    Args:
        holds: seats held from a day to a day.
        day: the day looked at.
        shared: halves of one class may be put together.
        stays: bookings of that day and of others; two that do not meet share a seat.
    """
    taken: dict[ClassId, list[int]] = {}
    booked: dict[ClassId, list[Stay]] = {}
    for stay in stays:
        if stay.day == day:
            booked.setdefault(stay.class_id, []).append(stay)
            taken.setdefault(stay.class_id, [0, 0, 0])
    for hold in holds:
        if not hold.on(day):
            continue
        counts = taken.setdefault(hold.class_id, [0, 0, 0])
        if hold.mode is CareMode.FULL_DAY:
            counts[0] += 1
        elif hold.mode is CareMode.HALF_DAY:
            counts[2 if hold.half is HalfDay.AFTERNOON else 1] += 1
    total = 0
    for class_id, (full, morning, afternoon) in taken.items():
        early, late = _most_at_once(booked.get(class_id, ()))
        beside = max(morning + early, afternoon + late) if shared else morning + afternoon + max(early, late)
        total += full + beside
    return total


def _most_at_once(stays: Sequence[Stay]) -> tuple[int, int]:
    """The most who booked one class at one moment before noon, and after it."""
    early = [(one.from_minute, min(one.to_minute, _NOON)) for one in stays if one.from_minute < _NOON]
    late = [(max(one.from_minute, _NOON), one.to_minute) for one in stays if one.to_minute > _NOON]
    return _peak(early), _peak(late)


def _peak(spans: Sequence[tuple[int, int]]) -> int:
    starts = {start for start, _ in spans}
    return max((sum(start <= at < end for start, end in spans) for at in starts), default=0)


def first_overfull(
    holds: Sequence[Hold],
    asked: Sequence[Hold],
    limit: Callable[[dt.date], int],
    *,
    shared: bool,
    changes: Iterable[dt.date] = (),
    stays: Sequence[Stay] = (),
) -> dt.date | None:
    """The first day on which the asked holds would not fit; None when they always do.

    Holds only grow on a day when one begins, so those days are looked at, and those when the limit changes;
    besides, each day on which somebody booked.
    """
    if not asked:
        return None
    together = [*holds, *asked]
    days = {hold.first for hold in together} | set(changes) | {stay.day for stay in stays}
    for day in sorted(days):
        held = any(one.on(day) for one in asked)
        if held and seats_held(together, day, shared=shared, stays=stays) > limit(day):
            return day
    return None


def held_beside(life: Life, today: dt.date) -> tuple[Hold, ...]:
    """What a life holds beside its contracts: an offer that stands, and a seat kept in 停托."""
    found = []
    offer = offer_of(life)
    if queue_state(life, today) in {QueueState.NOTIFIED, QueueState.CONFIRMED} and offer is not None:
        found.append(_hold(offer, offer.starts_on or offer.on_day, None))
    for at, step in enumerate(life.steps):
        place = Life(life.steps[:at]).place()
        if step.kind is StepKind.SUSPEND and step.seat_kept and place is not None:
            found += _until(place, step.on_day, life.steps[at + 1 :])
    return tuple(found)


def holds_of(life: Life, today: dt.date) -> tuple[Hold, ...]:
    """Every seat a life holds: by its contracts, kept in 停托, and offered."""
    found = list(held_beside(life, today))
    for at, step in enumerate(life.steps):
        if step.kind in OPENING:
            found += _until(step, step.on_day, life.steps[at + 1 :])
    return tuple(found)


def _until(place: Step, first: dt.date, after: Sequence[Step]) -> list[Hold]:
    """The place held from a day to the next step, or to the contract's end."""
    ends = [place.ends_on] if place.ends_on is not None else []
    if after:
        step = after[0]
        ends.append(step.on_day if step.kind is StepKind.LEAVE else step.on_day - dt.timedelta(days=1))
    last = min(ends) if ends else None
    return [] if last is not None and last < first else [_hold(place, first, last)]


def _hold(step: Step, first: dt.date, last: dt.date | None) -> Hold:
    if step.class_id is None:
        msg = f"a {step.kind} without a class holds no seat"
        raise ValueError(msg)
    return Hold(step.class_id, step.mode or CareMode.FULL_DAY, step.half, first, last)
