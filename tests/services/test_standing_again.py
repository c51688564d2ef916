"""Undo brings back nothing that the log itself refuses: what speaks against it is named."""

import dataclasses

import pytest

from app.domain.logbook import EntryDraft, EntryError, EntryKind
from app.services.bundle import build
from app.services.class_views import Except
from app.services.outside import OutsideError
from app.services.standing_again import StandsAgainError
from tests.services.class_room import come


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def room(services, world):
    """Two children of one class, at noon; ``log`` keeps something for the first of them."""
    return come(services, world, ("张沐阳", "周乐瑶"), 12)


def meal(room, hour, minute, slot="morning_snack", grade=2):
    return room.log(EntryDraft(EntryKind.MEAL, room.at(hour, minute), detail=slot, grade=grade))


def sleep(room, first, last=None):
    until = None if last is None else room.at(*last)
    return room.log(EntryDraft(EntryKind.SLEEP, room.at(*first), until=until))


def correct(room, kind, **says):
    row = next(one for one in room.rows() if one.kind == kind.value)
    return room.correct(row.entry, dataclasses.replace(row.draft, **says))


def test_a_corrected_sleep_does_not_come_back_over_what_was_eaten_since(room):
    sleep(room, (10, 0), (10, 30))
    done = correct(room, EntryKind.SLEEP, at=room.at(9), until=room.at(9, 30))
    snack = meal(room, 10, 15)
    with pytest.raises(StandsAgainError, match=r"张沐阳：.*睡眠 10:00–10:30.*请先撤销 10:15 早点"):
        room.undo(done)
    assert [row.draft.at for row in room.rows() if row.kind == "sleep"] == [room.at(9)]
    room.undo(snack)
    room.undo(done)
    assert [row.draft.at for row in room.rows()] == [room.at(10)]


def test_a_meal_does_not_come_back_beside_the_one_that_was_logged_in_its_place(room):
    meal(room, 11, 15, "lunch")
    done = correct(room, EntryKind.MEAL, at=room.at(10, 15), detail="morning_snack")
    meal(room, 11, 20, "lunch")
    with pytest.raises(StandsAgainError, match=r"11:15 午餐.*先撤销 11:20 午餐"):
        room.undo(done)
    snack = next(row for row in room.rows() if row.title == "早点")
    with pytest.raises(StandsAgainError, match=r"先撤销 11:20 午餐"):
        room.undo_entry(snack.entry)


def test_nobody_sleeps_on_who_has_eaten_since_she_woke(room):
    sleep(room, (9, 0))
    woken = sleep(room, (9, 30))
    meal(room, 10, 15)
    with pytest.raises(StandsAgainError, match=r"睡眠 9:00 入睡.*先撤销 10:15 早点"):
        room.undo(woken)


def test_of_a_class_that_woke_the_one_is_named_who_has_eaten(room):
    room.log(EntryDraft(EntryKind.SLEEP, room.at(9)), all_of=True)
    woken = room.log(EntryDraft(EntryKind.SLEEP, room.at(9, 30)), all_of=True)
    snack = EntryDraft(EntryKind.MEAL, room.at(10, 15), detail="morning_snack", grade=2)
    room.log(snack, all_of=True, but=(Except(room.visits[0], None),))
    with pytest.raises(StandsAgainError, match=r"^周乐瑶"):
        room.undo(woken)


def test_nobody_sleeps_on_who_has_gone_outside_since_she_woke(room):
    sleep(room, (9, 0))
    woken = sleep(room, (11, 30))
    room.services.classes.walks.start(room.teacher, "院子", room.visits, [room.teacher.id])
    with pytest.raises(OutsideError, match=r"张沐阳还在院子"):
        room.undo(woken)


def test_no_look_comes_back_that_found_her_asleep_before_she_was(room):
    nap = sleep(room, (9, 0), (10, 0))
    look = EntryDraft(EntryKind.SLEEP_CHECK, room.at(9, 10), detail="back", quality="calm")
    room.log(look)
    done = correct(room, EntryKind.SLEEP_CHECK, at=room.at(9, 40))
    later = correct(room, EntryKind.SLEEP, at=room.at(9, 30))
    with pytest.raises(StandsAgainError, match=r"“9:10 睡眠巡视 .*9:10 没有在睡"):
        room.undo(done)
    room.undo(later)
    room.undo(done)
    with pytest.raises(EntryError, match="先撤销或更正那次巡视"):
        room.undo(nap)


def test_what_nothing_speaks_against_comes_back(room):
    sleep(room, (9, 0))
    woken = sleep(room, (9, 30))
    meal(room, 8, 50)
    room.undo(woken)
    assert [row.draft.until for row in room.rows() if row.kind == "sleep"] == [None]
