"""The order of the waiting list: priority, then the day of application, then moves by hand (domain §9)."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ids import ApplicantId
from app.domain.record import record


@record
class Priority:
    """One line of ``resources/tables/priorities.toml``; a smaller rank goes first."""

    code: str
    words: str
    rank: int


@record
class Waiting:
    """One family on the list."""

    applicant: ApplicantId
    rank: int
    applied_on: dt.date


@record
class HandMove:
    """A move by hand: this one before that one, or to the end."""

    applicant: ApplicantId
    before: ApplicantId | None


def order_queue(waiting: Iterable[Waiting], moves: Iterable[HandMove]) -> tuple[ApplicantId, ...]:
    """Who is first. Moves are given in the order they were made; one about somebody gone changes nothing."""
    ranked = sorted(waiting, key=lambda one: (one.rank, one.applied_on, one.applicant))
    order = [one.applicant for one in ranked]
    for move in moves:
        if move.applicant not in order or move.before == move.applicant:
            continue
        if move.before is not None and move.before not in order:
            continue
        order.remove(move.applicant)
        at = len(order) if move.before is None else order.index(move.before)
        order.insert(at, move.applicant)
    return tuple(order)
