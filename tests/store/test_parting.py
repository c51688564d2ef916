"""What stood right after a merging is compared row by row with what stands now."""

import pytest

from app.domain.ids import AdultId, ChildId
from app.store import formers, merge_pairs, merging, parting, record_acts, record_rows
from app.store.people import Tie, add_tie, end_tie
from tests.services.world import add_adult, add_child, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


def merged_pair(world):
    """Two children whose adult is the same, merged by the store alone."""
    with world.database.unit(None, "build") as unit:
        one, other = (add_child(unit, world, name, world.clock.now.date()) for name in ("甲一", "甲二"))
        mother = add_adult(unit, world, one, "甲母", "妈妈", "13600001111", is_guardian=True)
        add_tie(unit, other, mother, Tie("妈妈", is_guardian=True))
        act = record_acts.add_act(unit, "child", one, "合并")
        key = merging.add_merging(unit, "child", one, other, act)
        row = next(each for each in merge_pairs.list_ties(unit, "child", other) if not each.ended)
        merging.end_row(unit, key, "child_adult", row.id)
        merging.move_rows(unit, world.database, key, "child", one, other)
        record_rows.end_record(unit, "child", other, one)
        parting.note_state(unit, world.database, merging.find_merging(unit, key))
        unit.audit("child", one)
    return one, other, mother, merging.find_merging(world.database, key)


def test_nothing_has_changed_until_something_has(world):
    one, _, mother, kept = merged_pair(world)
    assert parting.changed_since(world.database, kept) == frozenset()
    with world.database.unit(None, "build") as unit:
        end_tie(unit, one, mother)
        unit.audit("child", one)
    assert parting.changed_since(world.database, kept) == {"child_adult"}


def test_a_bar_that_came_since_is_told_by_itself(world):
    one, _, _, kept = merged_pair(world)
    with world.database.unit(None, "build") as unit:
        add_adult(unit, world, one, "乙父", "爸爸", "", barred=True)
        unit.audit("child", one)
    assert parting.BARS in parting.changed_since(world.database, kept)


def test_what_a_merging_ended_was_taken_away_by_nobody(world):
    one, other, mother, kept = merged_pair(world)
    assert [row.child for row in merge_pairs.list_ties(world.database, "adult", mother)] == [one]
    with world.database.unit(None, "undo") as unit:
        merging.move_back(unit, kept)
        record_rows.reopen_record(unit, "child", other)
        unit.audit("child", one)
    rows = merge_pairs.list_ties(world.database, "adult", mother)
    assert [(row.child, row.ended) for row in rows] == [(one, False), (other, False)]


def test_the_merged_records_of_an_adult_are_followed_to_who_she_is_now(world):
    first, second, third = (AdultId(world.adults[name]) for name in ("张母", "周母", "马母"))
    with world.database.unit(None, "build") as unit:
        record_rows.end_record(unit, "adult", first, second)
        record_rows.end_record(unit, "adult", second, third)
        unit.audit("adult", third)
    found = formers.list_formers(world.database)
    assert [one.name for one in found[third]] == ["张母", "周母"]
    assert formers.list_formers(world.database, [first]) == {}
    assert [one.id for one in formers.other_phones(found[third], "13700002233")] == [second]


def test_two_records_without_anything_in_common_have_no_pairs(world):
    one, other = ChildId(world.children["张沐阳"]), ChildId(world.children["周乐瑶"])
    assert merge_pairs.pair_consents(world.database, one, other) == ()
    assert merge_pairs.pair_barrings(world.database, "child", one, other) == ()
    assert merge_pairs.list_booked(world.database, one, world.clock.now.date()) == ()


def test_what_goes_with_its_row_is_noted_anew_and_seen_before_it_is_kept(world):
    one, _, mother, kept = merged_pair(world)
    assert [each.id for each in merging.list_standing(world.database, kept.at)] == [kept.id]
    with world.database.unit(None, "build") as unit:
        end_tie(unit, one, mother)
        assert parting.changed_since(world.database, kept, unit) == {"child_adult"}
        parting.note_again(unit, world.database, kept)
        unit.audit("child", one)
    assert parting.changed_since(world.database, kept) == frozenset()
    with world.database.unit(None, "undo") as unit:
        merging.move_back(unit, kept)
        unit.audit("child", one)
    assert merging.list_standing(world.database, kept.at) == ()
