"""Heads counted as rows: every name with what was found, and what was taken back counts no more."""

import pytest

from app.domain.headcounts import Stage, Tally
from app.domain.ids import CountId
from app.store import headcounts, walks
from tests.services.world import DAY

NAMES = ("张沐阳", "周乐瑶", "马思睿")


@pytest.fixture
def heads(come):
    """The stays of three children, by whom they are."""
    return {come(name): name for name in NAMES}


@pytest.fixture
def count(world, keep, heads):
    """Count: the first child is here, the second missing, the third extra."""

    def _count(stage=Stage.ROUND, result=None, walk=None, place=None):
        here, missing, extra = heads
        found = result or Tally((here,), (missing,), (extra,))
        of = {"walk": walk} if walk else {"class_id": place or world.dragons}
        return keep(headcounts.add, DAY, stage, found, heads, **of, reason="在厕所", by=world.teacher.id)

    return _count


def test_who_was_missing_and_who_was_extra_stay_by_name(world, heads, count):
    kept = headcounts.find(world.database, count())
    assert (kept.missing, kept.extra, kept.expected, kept.found) == (("周乐瑶",), ("马思睿",), 2, 2)
    assert not kept.agrees, "the same number is not the same children"
    assert headcounts.find(world.database, count(result=Tally(tuple(heads), (), ()))).agrees
    assert headcounts.find(world.database, CountId(99)) is None


def test_the_last_round_of_a_class_is_the_last_that_holds(world, keep, count):
    first, second, other = count(), count(), count(place=world.stars)
    assert headcounts.last_of(world.database, world.dragons, DAY).id == second
    assert keep(headcounts.reverse, second, world.teacher.id)
    assert not keep(headcounts.reverse, second, world.teacher.id)
    assert headcounts.last_of(world.database, world.dragons, DAY).id == first
    assert [one.id for one in headcounts.list_day(world.database, DAY)] == [other, first]


def test_the_counts_of_a_walk_go_by_stage_or_all_together(world, keep, count):
    walk, other = (keep(walks.add, DAY, "院子", world.teacher.id) for _ in range(2))
    stages = (Stage.LEAVE, Stage.ARRIVE, Stage.RETURN)
    for stage in stages:
        count(stage, walk=walk)
    kept = count(Stage.LEAVE, walk=other)
    assert headcounts.last_of(world.database, world.dragons, DAY) is None, "a walk is no round of the class"

    def standing():
        return [one.stage for one in headcounts.list_of_walk(world.database, walk)]

    keep(headcounts.reverse_of_walk, walk, Stage.RETURN, world.teacher.id)
    assert standing() == [Stage.LEAVE, Stage.ARRIVE]
    keep(headcounts.reverse_of_walk, walk, None, world.teacher.id)
    assert standing() == []
    assert [one.id for one in headcounts.list_of_walk(world.database, other)] == [kept]
