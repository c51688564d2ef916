"""Since when a number stands with a guardian of a child, and whether that is long enough."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.callers import (
    Event,
    History,
    Move,
    Span,
    Step,
    Vouch,
    Way,
    find_break,
    find_youth,
    guardian_since,
    number_since,
)
from app.domain.ids import ChildId

ZONE = dt.timezone(dt.timedelta(hours=8))
MIDNIGHT = dt.datetime(2025, 12, 3, tzinfo=ZONE)
OLD = dt.datetime(2024, 9, 1, tzinfo=ZONE)
CHILD, SISTER = ChildId(1), ChildId(2)


def at(hour, minute=0):
    return MIDNIGHT + dt.timedelta(hours=hour, minutes=minute)


def event(when, way=Way.CHANGED):
    return Event(when, way, "林晓")


LONG = History(CHILD, OLD, (Event(OLD, Way.CAME),), (Span(1, OLD, None, guards=True),))


def test_what_has_stood_for_long_speaks():
    assert find_youth(LONG, MIDNIGHT) is None
    assert number_since(LONG).at == OLD
    assert guardian_since(LONG).at == OLD


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (Way.CAME, "张母的号码今天才登记（09:00 林晓）"),
        (Way.FILLED, "张母的号码今天才补上（09:00 林晓）"),
        (Way.CHANGED, "张母的号码今天刚改过（09:00 林晓）"),
        (Way.UNDONE, "张母的号码今天撤销过修改（09:00 林晓）"),
        (Way.JOINED, "张母的号码今天合并档案时换过（09:00 林晓）"),
        (Way.PARTED, "张母的档案今天合并后又分开过（09:00 林晓）"),
    ],
)
def test_a_number_of_today_speaks_for_nobody_by_whatever_way_it_came(way, words):
    young = find_youth(replace(LONG, numbers=(*LONG.numbers, event(at(9), way))), MIDNIGHT)
    assert young.of_number
    assert young.words("张母") == words


def test_the_last_word_counts_and_one_of_yesterday_is_old_enough():
    yesterday = event(MIDNIGHT - dt.timedelta(minutes=1))
    assert find_youth(replace(LONG, numbers=(*LONG.numbers, yesterday)), MIDNIGHT) is None
    back = event(at(9, 5), Way.UNDONE)
    numbers = (*LONG.numbers, event(at(9)), back)
    assert number_since(replace(LONG, numbers=numbers)) == back
    assert number_since(replace(LONG, numbers=numbers), at(9, 1)) == event(at(9))
    assert number_since(replace(LONG, numbers=numbers), OLD - dt.timedelta(days=1)).at == OLD


def test_what_came_with_the_childs_first_record_is_as_old_as_can_be():
    first = History(CHILD, at(9), (Event(at(9), Way.CAME),), (Span(1, at(9), None, guards=True),))
    assert find_youth(first, MIDNIGHT) is None
    assert find_youth(replace(first, child_since=at(8)), MIDNIGHT).of_number
    typed = replace(first, numbers=(*first.numbers, event(at(9))))  # in the same second
    assert find_youth(typed, MIDNIGHT).of_number


def test_a_row_that_took_the_place_of_another_is_as_old_as_that_was():
    spans = (Span(1, OLD, at(9), guards=True), Span(2, at(9), None, guards=True))
    step = Step(7, event(at(9), Way.ADDED), 1, 2)
    assert find_youth(replace(LONG, spans=spans, steps=(step,)), MIDNIGHT) is None
    assert find_youth(replace(LONG, spans=spans), MIDNIGHT) is None  # without a word, at the same moment
    none = (replace(spans[0], guards=False), spans[1])
    young = find_youth(replace(LONG, spans=none, steps=(step,)), MIDNIGHT)
    assert young.words("李大") == "李大今天才登记为监护人（09:00 林晓）"
    assert find_youth(replace(LONG, spans=none), MIDNIGHT) is not None
    later = (spans[0], replace(spans[1], added_at=at(10)))  # a gap
    assert guardian_since(replace(LONG, spans=later)).at == at(10)


def test_a_change_and_its_undo_are_walked_back_through():
    """Row 1 gave way to row 2 and came back."""
    spans = (Span(1, OLD, None, guards=True), Span(2, at(9), at(10), guards=True))
    steps = (Step(7, event(at(9)), 1, 2), Step(8, event(at(10), Way.UNDONE), 2, 1))
    assert guardian_since(replace(LONG, spans=spans, steps=steps)).at == OLD
    between = (spans[0], replace(spans[1], guards=False))
    assert guardian_since(replace(LONG, spans=between, steps=steps)) == event(at(10), Way.UNDONE)
    removed = (Step(8, event(at(10), Way.UNDONE), None, 1),)
    assert guardian_since(replace(LONG, spans=spans[:1], steps=removed)).way is Way.UNDONE


def test_a_row_that_a_merging_brought_began_with_it():
    moved = replace(LONG, moves=(Move(1, event(at(9), Way.JOINED)),))
    assert find_youth(moved, MIDNIGHT).words("张母").startswith("张母今天合并档案才成为监护人")
    joint = (Span(1, OLD, at(9), guards=True), Span(2, at(9), None, guards=True))
    assert guardian_since(replace(moved, spans=joint)).way is Way.JOINED  # no older by what it took over


def test_of_a_row_that_was_moved_and_changed_the_later_counts():
    joined, back = event(at(9), Way.JOINED), event(at(10), Way.UNDONE)
    removed = replace(LONG, moves=(Move(1, joined),), steps=(Step(8, back, None, 1),))
    assert guardian_since(removed) == back  # moved, removed since, and put back
    spans = (Span(1, OLD, at(8), guards=True), Span(2, at(8), None, guards=True))
    changed = replace(LONG, spans=spans, steps=(Step(7, event(at(8)), 1, 2),))
    assert guardian_since(changed).at == OLD
    assert guardian_since(replace(changed, moves=(Move(2, joined),))) == joined  # changed, and moved since
    same = replace(changed, steps=(Step(7, event(at(9)), 1, 2),), moves=(Move(2, joined),))
    assert guardian_since(same) == joined  # the merging itself


def test_of_several_moves_and_changes_of_a_row_the_last_counts_and_none_of_another_row():
    joined, parted = event(at(9), Way.JOINED), event(at(10), Way.PARTED)
    for moves in ((Move(1, joined), Move(1, parted)), (Move(1, parted), Move(1, joined))):
        assert guardian_since(replace(LONG, moves=moves)) == parted
    assert guardian_since(replace(LONG, moves=(Move(2, joined),))).at == OLD
    steps = (Step(8, event(at(9), Way.UNDONE), None, 1), Step(9, event(at(10), Way.UNDONE), None, 1))
    assert guardian_since(replace(LONG, steps=steps)).at == at(10)


def test_of_two_rows_that_became_one_without_a_word_the_older_counts():
    rows = (Span(1, OLD, at(9), guards=True), Span(2, at(8), at(9), guards=True))
    assert guardian_since(replace(LONG, spans=(*rows, Span(3, at(9), None, guards=True)))).at == OLD
    twice = (rows[0], Span(2, at(9), at(9), guards=True), Span(3, at(9), None, guards=True))
    assert guardian_since(replace(LONG, spans=twice)).at == OLD  # two changes in one second


def test_who_is_no_guardian_is_asked_for_her_number_alone():
    assert guardian_since(replace(LONG, spans=())) is None
    assert guardian_since(replace(LONG, spans=(Span(1, OLD, None, guards=False),))) is None
    assert find_youth(replace(LONG, spans=()), MIDNIGHT) is None


def test_the_director_vouches_for_what_stands_then_and_for_a_guardian_of_that_child():
    number = replace(LONG, numbers=(*LONG.numbers, event(at(9))))
    assert find_youth(replace(number, vouches=(Vouch(at(9), SISTER),)), MIDNIGHT) is None
    assert find_youth(replace(number, vouches=(Vouch(at(8, 59), CHILD),)), MIDNIGHT) is not None
    guardian = replace(LONG, spans=(Span(1, at(9), None, guards=True),))
    assert find_youth(replace(guardian, vouches=(Vouch(at(9), SISTER),)), MIDNIGHT) is not None
    assert find_youth(replace(guardian, vouches=(Vouch(at(9), CHILD),)), MIDNIGHT) is None


def test_a_call_is_broken_by_what_is_written_after_it():
    assert find_break(LONG, at(9)) is None
    changed = replace(LONG, numbers=(*LONG.numbers, event(at(9))))
    assert find_break(changed, at(9)).of_number  # in the same second: nobody knows which was first
    assert find_break(changed, at(9, 1)) is None
    assert find_break(changed, at(8), until=at(8, 30)) is None
    first = History(CHILD, at(9), (Event(at(9), Way.CAME),), (Span(1, at(9), None, guards=True),))
    assert find_break(first, at(9)) is None  # she rang about a child who was on file
    moved = replace(LONG, moves=(Move(1, event(at(9), Way.PARTED)),))
    assert not find_break(moved, at(8)).of_number
    assert find_break(moved, at(8), until=at(12)) is None


def test_what_was_vouched_for_is_told_by_the_order_of_the_acts_and_not_by_the_clock():
    """A clock that was set back gives a later act an earlier time."""
    first, again = (replace(event(when), act=act) for when, act in ((at(10), 5), (at(8), 7)))
    vouch = Vouch(at(10, 1), CHILD, act=6)
    once = replace(LONG, numbers=(*LONG.numbers, first), vouches=(vouch,))
    assert find_youth(once, MIDNIGHT) is None
    twice = replace(once, numbers=(*once.numbers, again))
    assert number_since(twice) == again
    assert find_youth(twice, MIDNIGHT).event == again
    assert find_youth(replace(twice, vouches=(Vouch(at(8), CHILD, act=8),)), MIDNIGHT) is None


def test_a_vouching_taken_back_says_nothing_but_of_a_departure_before_that():
    number = replace(LONG, numbers=(*LONG.numbers, event(at(9))))
    gone = replace(number, vouches=(Vouch(at(9, 5), CHILD, ended_at=at(12)),))
    assert find_youth(gone, MIDNIGHT).of_number
    assert find_youth(gone, MIDNIGHT, until=at(11)) is None
    assert find_youth(gone, MIDNIGHT, until=at(9, 1)) is not None  # she had not said it yet
    assert find_youth(gone, MIDNIGHT, until=at(12)) is not None
