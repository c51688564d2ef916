"""Who needs a teacher first: the order of the cards in a class."""

from collections.abc import Iterable
from enum import IntEnum
from typing import TypeVar

T = TypeVar("T")


class Need(IntEnum):
    """What a child needs now, the most pressing first."""

    FINDING = 0
    CRYING = 1
    MEDICINE = 2
    NAP_CHECK = 3
    LEAVING = 4
    NOTHING = 5


def most_pressing(*, finding: bool, crying: bool, medicine: bool, nap_check: bool, leaving: bool) -> Need:
    """The first of a child's needs."""
    for need, holds in (
        (Need.FINDING, finding),
        (Need.CRYING, crying),
        (Need.MEDICINE, medicine),
        (Need.NAP_CHECK, nap_check),
        (Need.LEAVING, leaving),
    ):
        if holds:
            return need
    return Need.NOTHING


def by_need(items: Iterable[tuple[Need, T]]) -> tuple[T, ...]:
    """The items in order of need; those alike stay as they came."""
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))
