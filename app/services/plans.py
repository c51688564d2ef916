"""Who comes today and as what. A half-day child may have booked her other half: then she has two plans.

She stays by contract in her own half and as a guest, at a price, in the other: two stays, or one long one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from app.domain.ids import ChildId
from app.domain.modes import Tariff
from app.store.day import Expected, Stay
from app.store.stamps import at_minute

_CHANGE = 30  # minutes into the other half in which a child may be checked out by the one and in by the other


class Plans:
    """The plans of one day by child. ``doubled`` are those with two, in the order of their hours."""

    def __init__(self, expected: Iterable[Expected]) -> None:
        self.every: tuple[Expected, ...] = tuple(expected)
        self._one: dict[ChildId, Expected] = {}
        self.doubled: dict[ChildId, tuple[Expected, Expected]] = {}
        for plan in self.every:
            before = self._one.setdefault(plan.who.id, plan)
            if before is not plan:
                early, late = sorted((before, plan), key=lambda one: one.from_minute)
                self.doubled[plan.who.id] = early, late

    @property
    def children(self) -> Collection[ChildId]:
        """Who comes at all."""
        return self._one.keys()

    @property
    def maybe_again(self) -> Collection[ChildId]:
        """Who may come by more than one stay: those with a booking or with two plans, few of all."""
        return {one.who.id for one in self.every if one.tariff is not None} | self.doubled.keys()

    def at(self, minute: int) -> dict[ChildId, Expected]:
        """The plan that each child would come by at a minute: the first that is not over, else the last."""
        if not self.doubled:
            return self._one
        late = {child: two[minute >= two[0].to_minute] for child, two in self.doubled.items()}
        return self._one | late

    def of(self, stay: Stay, minute: int) -> tuple[Stay, Expected | None]:
        """A stay with the plan that it is by at a minute.

        Who is still inside when her other half begins stays on by that: no hour agreed before holds.
        """
        two = self.doubled.get(stay.who.id)
        if two is None:
            return stay, self._one.get(stay.who.id)
        if self.stays_on(stay, minute):
            return replace(stay, promised_at=None), two[1]
        return stay, two[0] if is_by(two[0], stay) else two[1]

    def stays_on(self, stay: Stay, minute: int) -> bool:
        """Whether a child has not left between her two plans, and the later one has begun."""
        two = self.doubled.get(stay.who.id)
        inside = two is not None and stay.left_at is None and is_by(two[0], stay)
        return inside and two is not None and minute >= two[1].from_minute

    def comes_again(self, stays: Sequence[Stay], minute: int) -> bool:
        """Whether a child who has left, after all her stays of the day, is still to come by another plan."""
        stay = stays[-1]
        two, one = self.doubled.get(stay.who.id), self._one.get(stay.who.id)
        if two is None:
            return one is not None and not any(came_by(one, each, minute) for each in stays)
        over = two is not None and minute >= two[0].to_minute and is_by(two[0], stay)
        return over and not self.filled_both(stay)

    def filled_both(self, stay: Stay) -> bool:
        """Whether a child stayed on into her other half, and has left."""
        two = self.doubled.get(stay.who.id)
        if two is None or stay.left_at is None or not is_by(two[0], stay):
            return False
        return stay.left_at >= at_minute(stay.day, two[1].from_minute + _CHANGE + 1)


def is_by(plan: Expected, stay: Stay) -> bool:
    """Whether a stay is by contract where the plan is, or both are a guest's."""
    return (plan.tariff is None) is (stay.tariff is Tariff.CONTRACT)


def came_by(plan: Expected, stay: Stay, minute: int) -> bool:
    """Whether a stay of a child with one plan is by it, at a minute (``store.bookings`` asks the same).

    One that was over before the booked hours began, and was not promised to last into them, is another.
    """
    if plan.tariff is None or (stay.left_at is None and stay.promised_at is None):
        return True
    until = stay.left_at or at_minute(stay.day, minute)
    return max(until, stay.promised_at or until) >= at_minute(stay.day, plan.from_minute + 1)
