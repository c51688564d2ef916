"""What the log said before: every wording stays, and the history of a class in pages."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import EntryId
from app.domain.logbook import EntryDraft, EntryKind
from app.store import day_moves, log_versions, logbook
from app.store.log_versions import Cursor

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def visit(come):
    return come("张沐阳")


@pytest.fixture
def log(world, keep, visit):
    """``log(draft)``: the key of the entry; ``log(draft, entry, "reason")`` puts it in an entry's place."""

    def _log(draft, instead=None, reason="", of=None):
        def write(unit):
            batch = logbook.add_batch(unit, draft.kind, world.teacher.id)
            if instead is not None:
                return log_versions.supersede(unit, batch, instead, draft, world.teacher.id, reason)
            logbook.add_entries(unit, batch, [of or visit], draft, world.teacher.id)
            return EntryId(unit.row("select max(id) as id from log_entry")["id"])

        world.clock.now += MINUTE
        return keep(write)

    return _log


def water(world, ml):
    return EntryDraft(EntryKind.WATER, world.clock(), amount_ml=ml)


def test_every_wording_is_told_whichever_is_asked_for(world, log):
    draft = water(world, 100)
    first = log(draft)
    second = log(dataclasses.replace(draft, amount_ml=120), first, "看错了刻度")
    third = log(dataclasses.replace(draft, amount_ml=110), second, "再看一次")
    for asked in (first, second, third):
        found = log_versions.list_versions(world.database, asked)
        assert [(v.kept.entry.what.amount_ml, v.reason, v.holds) for v in found] == [
            (100, "", False), (120, "看错了刻度", False), (110, "再看一次", True),
        ]  # fmt: skip
    replaced = log_versions.list_replaced(world.database, [first, second, third])
    assert {key: what.amount_ml for key, what in replaced.items()} == {second: 100, third: 120}
    assert log_versions.list_replaced(world.database, []) == {}


def test_nothing_is_put_in_the_place_of_an_entry_that_is_not_there(world, log):
    with pytest.raises(LookupError):
        log(water(world, 100), EntryId(99), "看错")


def test_a_sleep_that_got_its_end_was_not_corrected_but_one_whose_end_has_a_reason_was(world, log, visit):
    nap = EntryDraft(EntryKind.SLEEP, world.clock())
    log(nap.ending(world.clock.now), log(nap))
    assert log_versions.corrected(world.database, [visit]) == {}
    other = log(nap)
    heir = log(nap.ending(world.clock.now), other, "忘了记起床")
    found = log_versions.corrected(world.database, [visit])
    assert {key: (one.kept.entry.id, one.reason) for key, one in found.items()} == {
        heir: (other, "忘了记起床")
    }
    assert log_versions.corrected(world.database, []) == {}


def test_pages_follow_each_other_without_a_gap_also_within_one_minute(world, log):
    drafts = [water(world, 100 + n) for n in range(5)]
    keys = [log(draft) for draft in drafts]
    seen, before = [], None
    while page := log_versions.page(world.database, world.dragons, before, 2):
        seen += [one.kept.entry.id for one in page]
        before = Cursor(page[-1].kept.entry.what.at, page[-1].kept.entry.id)
    assert seen == keys[::-1]
    assert {one.kept.entry.what.at for one in log_versions.page(world.database, world.dragons, None, 9)} == {
        drafts[0].at
    }


def test_a_page_holds_what_was_written_in_the_class_and_only_what_is_asked_for(world, keep, log, come, visit):
    other = come("周乐瑶")
    here = log(water(world, 100))
    log(EntryDraft(EntryKind.MOOD, world.clock(), detail="happy"), of=other)
    world.clock.now += MINUTE
    keep(day_moves.add, 1, visit, world.dragons, world.stars, "并班", world.teacher.id)
    there = log(water(world, 50))

    def keys(place, **only):
        return [one.kept.entry.id for one in log_versions.page(world.database, place, None, 9, **only)]

    assert keys(world.dragons, kind=EntryKind.WATER) == [here]
    assert keys(world.dragons, child=world.children["周乐瑶"]) == [there - 1]
    assert keys(world.stars) == [there]


def test_why_food_was_given_all_the_same_stands_by_the_entry_that_holds(world, keep, log, visit):
    first = log(water(world, 100))
    second = log(water(world, 90), first, "看错")
    batch = logbook.find_entry(world.database, second).entry.batch
    keep(log_versions.add_clearance, batch, visit, "花生", "换了没有花生的", "swapped", world.teacher.id)
    found = log_versions.list_clearances(world.database, [visit])
    assert {key: (one.words, one.way, one.by) for key, one in found.items()} == {
        second: ("花生", "swapped", "许静")
    }
    assert log_versions.list_clearances(world.database, []) == {}
