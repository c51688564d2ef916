"""The checks of the rounds as rows: one act is one batch, and what was taken back counts nobody."""

import datetime as dt

import pytest

from app.domain.health_round import Card
from app.domain.ids import CheckId
from app.store import rounds, visits
from app.store.visits import Check
from tests.services.world import DAY


@pytest.fixture
def check(world, keep, come):
    """``check(visit)``: looked at in the morning; the key of the row."""

    def _check(visit, kind="morning", staff=None):
        kept = Check(kind, world.clock(), 366, "forehead", "normal", "")
        return CheckId(keep(visits.add_check, visit, kept, (staff or world.teacher).id))

    return _check


def test_a_check_without_a_round_has_no_card_and_one_with_it_tells_what_was_found(world, keep, come, check):
    visit = come("张沐阳")
    plain, round_ = check(visit), check(visit, "noon")
    batch = keep(rounds.next_batch)
    keep(rounds.add_detail, round_, batch, Card.YELLOW, ("red_eye", "rash"), "告诉妈妈", "多喝水")
    found = rounds.list_of_visits(world.database, [visit])
    assert [(one.id, one.card, one.findings, one.batch) for one in found] == [
        (plain, None, (), 0), (round_, Card.YELLOW, ("red_eye", "rash"), batch),
    ]  # fmt: skip
    assert (found[1].told, found[1].treatment, found[1].by) == ("告诉妈妈", "多喝水", "许静")
    assert rounds.list_of_visits(world.database, []) == ()


def test_each_act_has_a_number_of_its_own(world, keep, come, check):
    keys = [check(come(name)) for name in ("张沐阳", "周乐瑶", "马思睿")]
    first = keep(rounds.next_batch)
    for key in keys[:2]:
        keep(rounds.add_detail, key, first, Card.GREEN)
    second = keep(rounds.next_batch)
    keep(rounds.add_detail, keys[2], second, Card.GREEN)
    assert [one.id for one in rounds.list_batch(world.database, first)] == keys[:2]
    assert [one.id for one in rounds.list_batch(world.database, second)] == keys[2:]


def test_what_was_taken_back_is_in_no_list_and_so_is_the_check_of_a_visit_that_was_none(
    world, keep, come, check
):
    stays = [come(name) for name in ("张沐阳", "周乐瑶")]
    keys = [check(stay) for stay in stays]
    assert rounds.count_children(world.database, DAY, DAY) == 2
    assert keep(rounds.reverse_check, keys[0])
    assert not keep(rounds.reverse_check, keys[0])
    assert rounds.find_check(world.database, keys[0]) is None
    assert [one.id for one in rounds.list_of_days(world.database, DAY, DAY)] == [keys[1]]
    keep(visits.reverse_visit, stays[1], world.desk.id)
    assert rounds.find_check(world.database, keys[1]) is None
    assert rounds.count_children(world.database, DAY, DAY) == 0


def test_a_stay_looked_at_twice_is_one_and_only_the_morning_counts(world, come, check):
    stay, other = come("张沐阳"), come("周乐瑶")
    for key in (stay, stay):
        check(key)
    check(other, "noon")
    assert rounds.count_children(world.database, DAY, DAY) == 1
    assert rounds.count_children(world.database, DAY, DAY, world.desk.id) == 0
    assert rounds.count_children(world.database, DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1)) == 0
