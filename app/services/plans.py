"""Who comes today and as what. A half-day child may have booked her other half: then she has two plans.

She stays by contract in her own half and as a guest, at a price, in the other: two stays, or one long one.
"""

from collections.abc import Collection, Iterable
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

    def comes_again(self, stay: Stay, minute: int) -> bool:
        """Whether a child who has left is still to come by her other plan."""
        two = self.doubled.get(stay.who.id)
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
