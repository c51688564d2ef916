"""Seats held by contract, offer and booking: never more promised than there are (domain §9)."""

import datetime as dt

import pytest

from app.domain.ids import ClassId
from app.domain.life import Life, Step, StepKind
from app.domain.modes import CareMode, HalfDay
from app.domain.seats import Hold, Stay, first_overfull, held_beside, holds_of, seats_held

TODAY = dt.date(2025, 12, 3)
ONE, TWO = ClassId(1), ClassId(2)


def day(ahead):
    return TODAY + dt.timedelta(days=ahead)


def whole(class_id=ONE, first=0, last=None):
    return Hold(class_id, CareMode.FULL_DAY, None, day(first), None if last is None else day(last))


def half(part, class_id=ONE):
    return Hold(class_id, CareMode.HALF_DAY, part, TODAY)


def stay(start, end, class_id=ONE, ahead=0):
    return Stay(class_id, day(ahead), int(start * 60), int(end * 60))


MORNING, AFTERNOON = half(HalfDay.MORNING), half(HalfDay.AFTERNOON)


def test_a_seat_is_held_from_its_first_day_to_its_last():
    assert [whole(first=0, last=2).on(day(ahead)) for ahead in (-1, 0, 2, 3)] == [False, True, True, False]
    assert whole().on(day(9999))


@pytest.mark.parametrize(
    ("holds", "stays", "shared", "apart"),
    [
        ([], [], 0, 0),
        ([whole(), whole(), whole(TWO)], [], 3, 3),
        ([whole(), whole(first=1), whole(first=-2, last=-1)], [], 1, 1),  # of this day alone
        ([whole(), MORNING, AFTERNOON], [], 2, 3),
        ([MORNING, MORNING, AFTERNOON], [], 2, 3),
        ([whole(), AFTERNOON], [], 2, 2),
        ([MORNING, half(HalfDay.AFTERNOON, TWO)], [], 2, 2),
        ([half(None), AFTERNOON], [], 1, 2),
        ([Hold(ONE, CareMode.TEMPORARY, None, TODAY)], [], 0, 0),
        # Bookings: two that do not meet share a seat.
        ([], [stay(8, 9), stay(9, 10)], 1, 1),
        ([], [stay(13, 14), stay(14, 15)], 1, 1),
        ([], [stay(8, 10), stay(9, 11)], 2, 2),
        ([], [stay(8, 9), stay(13, 14)], 1, 1),
        ([], [stay(8, 17), stay(8, 12)], 2, 2),
        ([], [stay(8, 9), stay(8, 9, TWO)], 2, 2),
        ([], [stay(8, 9), stay(8, 9, ahead=1)], 1, 1),
        # Beside contracts, by their halves.
        ([whole()], [stay(8, 9)], 2, 2),
        ([MORNING], [stay(13, 14)], 1, 2),
        ([MORNING], [stay(8, 12)], 2, 2),
        ([MORNING], [stay(12, 14)], 1, 2),
        ([MORNING], [stay(11, 13)], 2, 2),
        ([AFTERNOON], [stay(8, 12)], 1, 2),
        ([AFTERNOON], [stay(11, 13)], 2, 2),
        ([AFTERNOON], [stay(8, 9), stay(13, 14), stay(13, 14)], 3, 3),
    ],
)
def test_seats_are_counted_by_class_and_half(holds, stays, shared, apart):
    assert seats_held(holds, TODAY, shared=True, stays=stays) == shared
    assert seats_held(holds, TODAY, shared=False, stays=stays) == apart


def test_the_first_day_that_does_not_fit_is_named():
    def first(*asked, limit=lambda _: 1, **more):
        return first_overfull([whole(first=5)], asked, limit, shared=True, **more)

    assert first(whole()) == day(5)
    assert first(whole(last=4)) is None
    assert first(whole(), limit=lambda one: 2 if one < day(9) else 1) is None, "nobody says that it changes"
    assert first(whole(), limit=lambda one: 2 if one < day(9) else 1, changes=[day(9)]) == day(9)
    assert first(whole(last=4), stays=[stay(8, 9, ahead=3)]) == day(3)
    assert first_overfull([whole(), whole()], [], lambda _: 1, shared=True) is None, "nothing was asked"


def step(kind, ahead, **parts):
    return Step(StepKind(kind), day(ahead), **{"class_id": ONE, "mode": CareMode.FULL_DAY, **parts})


def seats(*steps):
    return sorted(holds_of(Life(steps), TODAY), key=lambda one: one.first)


@pytest.mark.parametrize(
    ("steps", "held"),
    [
        ([step("enrol", -9)], [whole(first=-9)]),
        ([step("enrol", -9, ends_on=day(9))], [whole(first=-9, last=9)]),
        # The last day in care is the day of leaving, or the contract's end where that comes before.
        ([step("enrol", -9, ends_on=day(9)), step("leave", 5)], [whole(first=-9, last=5)]),
        ([step("enrol", -9, ends_on=day(2)), step("leave", 5)], [whole(first=-9, last=2)]),
        ([step("enrol", 5), step("leave", 5)], [whole(first=5, last=5)]),
        ([step("enrol", 5), step("leave", 4)], []),
        # Another class from the day of the move on.
        ([step("try", -9), step("move", 5, class_id=TWO)], [whole(first=-9, last=4), whole(TWO, 5)]),
        ([step("enrol", 5), step("move", 5, class_id=TWO)], [whole(TWO, 5)]),
        # 停托: the seat is kept where that was agreed, until she comes back.
        ([step("enrol", -9), step("suspend", 5)], [whole(first=-9, last=4)]),
        ([step("enrol", -9), step("suspend", 5, seat_kept=True)], [whole(first=-9, last=4), whole(first=5)]),
        (
            [step("enrol", -9), step("suspend", 5, seat_kept=True), step("resume", 8)],
            [whole(first=-9, last=4), whole(first=5, last=7), whole(first=8)],
        ),
        (
            [step("enrol", -9, ends_on=day(6)), step("suspend", 5, seat_kept=True)],
            [whole(first=-9, last=4), whole(first=5, last=6)],
        ),
        # 候补: an offer holds from the day it is for, as long as it stands.
        ([step("wait", 0)], []),
        ([step("wait", 0), step("notify", 0, starts_on=day(7), deadline=day(1))], [whole(first=7)]),
        ([step("wait", 0), step("notify", 0, deadline=TODAY)], [whole(first=0)]),
        ([step("wait", -5), step("notify", -5, deadline=day(-1))], []),
        ([step("wait", -5), step("notify", -5, deadline=day(-1)), step("confirm", -2)], [whole(first=-5)]),
    ],
)
def test_a_life_holds_its_seats_by_its_steps(steps, held):
    assert seats(*steps) == held


def test_what_is_held_beside_the_contracts_is_no_contract():
    kept = Life((step("enrol", -9), step("suspend", 5, seat_kept=True)))
    assert held_beside(kept, TODAY) == (whole(first=5),)
    assert held_beside(Life((step("enrol", -9),)), TODAY) == ()


def test_halves_and_their_mode_go_along():
    (one,) = seats(step("enrol", 0, mode=CareMode.HALF_DAY, half=HalfDay.AFTERNOON))
    assert one == AFTERNOON
    (one,) = seats(step("enrol", 0, mode=None))
    assert one == whole(), "a contract without a word of it is for the whole day"


def test_no_class_is_no_seat():
    with pytest.raises(ValueError, match="without a class"):
        seats(step("enrol", 0, class_id=None))
