"""Who comes today and as what. A child may come by several plans of one day, one after the other.

A half-day child who has booked her other half stays by contract in her own and as a guest, at a price, in the
other: two stays, or one long one. A guest may have booked several stretches of the day.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.domain.ids import ChildId
from app.domain.modes import Tariff
from app.domain.visits import CHANGE_MINUTES, end_of_run
from app.store.day import Expected, Stay
from app.store.stamps import at_minute, minute_of


class Plans:
    """The plans of one day by child. ``several`` are those with more than one, by their hours."""

    def __init__(self, expected: Iterable[Expected]) -> None:
        self.every: tuple[Expected, ...] = tuple(expected)
        self._one: dict[ChildId, Expected] = {}
        self.several: dict[ChildId, tuple[Expected, ...]] = {}
        for plan in self.every:
            before = self._one.setdefault(plan.who.id, plan)
            if before is not plan:
                own = (*self.several.get(plan.who.id, (before,)), plan)
                self.several[plan.who.id] = tuple(sorted(own, key=lambda one: one.from_minute))

    @property
    def children(self) -> Collection[ChildId]:
        """Who comes at all."""
        return self._one.keys()

    @property
    def maybe_again(self) -> Collection[ChildId]:
        """Who may come by more than one stay: those with a booking or with several plans, few of all."""
        return {one.who.id for one in self.every if one.tariff is not None} | self.several.keys()

    def at(self, minute: int) -> dict[ChildId, Expected]:
        """The plan that each child would come by at a minute: the first that is not over, else the last.

        Hours that go on from it without a break are one with it: it lasts until they are over.
        """
        if not self.several:
            return self._one
        first = {child: _first_open(own, minute) for child, own in self.several.items()}
        return self._one | {child: _joined(self.several[child], one) for child, one in first.items()}

    def of(self, stay: Stay, minute: int) -> tuple[Stay, Expected | None]:
        """A stay with the plan that it is by at a minute.

        Who is still inside when her next plan begins stays on by that: she is promised until its end, and no
        earlier hour agreed before holds. What the stay costs goes by the same (``cashier.quote_of``).
        """
        one = self._one.get(stay.who.id)
        if one is None:
            return stay, None
        own = self.several.get(stay.who.id, (one,))
        first, last = _covered(own, stay, minute)
        if stay.left_at is not None or not (last > first or _came_before(own[first], stay, minute)):
            return stay, own[first]
        end = at_minute(stay.day, own[last].to_minute)
        return replace(stay, promised_at=max(stay.promised_at or end, end)), own[last]

    def told(self, stay: Stay, minute: int) -> tuple[Stay, Expected | None]:
        """The same in words for people: hours that meet are one, and she is fetched when they are over.

        An hour that was agreed besides holds until the next begin. Neither a price nor a seat goes by this.
        """
        stay, plan = self.of(stay, minute)
        if plan is None or stay.left_at is not None or stay.who.id not in self.several:
            return stay, plan
        if stay.promised_at not in {None, at_minute(stay.day, plan.to_minute)}:
            return stay, plan
        whole = _joined(self.several[stay.who.id], plan)
        until = None if stay.promised_at is None else at_minute(stay.day, whole.to_minute)
        return replace(stay, promised_at=until), whole

    def comes_again(self, stays: Sequence[Stay], minute: int) -> bool:
        """Whether a child who has left, after all her stays of the day, is still to come by another plan."""
        stay = stays[-1]
        own, one = self.several.get(stay.who.id), self._one.get(stay.who.id)
        if own is None:
            return one is not None and not any(came_by(one, each, minute) for each in stays)
        at = _covered(own, stay, minute)[1]
        if not came_by(own[at], stay, minute):
            return True  # she was here before her hours
        return at + 1 < len(own) and minute >= min(own[at].to_minute, own[at + 1].from_minute)

    def missed(self, plan: Expected, stays: Sequence[Stay], minute: int) -> Expected | None:
        """The first plan, over before a child's next one, by which she should have come and did not.

        None where she was seen since, or has no earlier plan.
        """
        own = self.several.get(plan.who.id, ())
        seen = max((minute_of(stay.left_at or stay.arrived_at) for stay in stays), default=0)
        used = self.used(stays, minute)
        return next((one for one in own if one.to_minute <= plan.from_minute and one.to_minute > seen
                     and one not in used and one.to_minute <= minute), None)  # fmt: skip

    def used(self, stays: Sequence[Stay], minute: int) -> tuple[Expected, ...]:
        """The plans of one child by which some stays of hers are, or were."""
        if not stays:
            return ()
        child = stays[0].who.id
        own, one = self.several.get(child), self._one.get(child)
        if own is None:
            return (one,) if one is not None and any(came_by(one, each, minute) for each in stays) else ()
        found: dict[int, Expected] = {}
        for stay in stays:
            first, last = _covered(own, stay, minute)
            begun = first if came_by(own[first], stay, minute) else first + 1
            found |= {at: own[at] for at in range(begun, last + 1)}
        return tuple(found.values())


def _first_open(own: Sequence[Expected], minute: int) -> Expected:
    return next((one for one in own if minute < one.to_minute), own[-1])


def _joined(own: Sequence[Expected], plan: Expected) -> Expected:
    """A plan with those that go on from it without a break."""
    until = end_of_run(((one.from_minute, one.to_minute) for one in own), plan.to_minute)
    return plan if until == plan.to_minute else replace(plan, to_minute=until)


def _covered(own: Sequence[Expected], stay: Stay, minute: int) -> tuple[int, int]:
    """From which to which of her plans a stay of a child is: she may have stayed on into later ones.

    It begins by a plan of its kind, contract or guest: the first that was not over when she came.
    """
    came = minute_of(stay.arrived_at)
    fitting = [one for one in own if is_by(one, stay)] or list(own)
    first = last = own.index(_first_open(fitting, came))
    for at in range(first + 1, len(own)):
        begins = own[at].from_minute
        inside = stay.left_at is None and minute >= begins
        if inside or _until(stay) >= at_minute(stay.day, begins + CHANGE_MINUTES + 1):
            last = at
    return first, last


def _until(stay: Stay) -> dt.datetime:
    """Until when a stay lasted, or was promised to; of one that goes on only its beginning is known."""
    if stay.left_at is None:
        return stay.arrived_at
    if stay.tariff is Tariff.CONTRACT:
        return stay.left_at
    return max(stay.left_at, stay.promised_at or stay.left_at)


def _came_before(plan: Expected, stay: Stay, minute: int) -> bool:
    """Whether a guest who was promised no further than her hours by a plan is inside as they have begun."""
    if stay.tariff is Tariff.CONTRACT or stay.promised_at is None:
        return False
    return stay.promised_at <= at_minute(stay.day, plan.from_minute) and minute >= plan.from_minute


def is_by(plan: Expected, stay: Stay) -> bool:
    """Whether a stay is by contract where the plan is, or both are a guest's."""
    return (plan.tariff is None) is (stay.tariff is Tariff.CONTRACT)


def came_by(plan: Expected, stay: Stay, minute: int) -> bool:
    """Whether a stay of a child who has this plan is by it, at a minute (``store.bookings`` asks the same).

    One that was over before the booked hours began, and was not promised to last into them, is another.
    """
    if plan.tariff is None or (stay.left_at is None and stay.promised_at is None):
        return True
    until = stay.left_at or at_minute(stay.day, minute)
    return max(until, stay.promised_at or until) >= at_minute(stay.day, plan.from_minute + 1)
