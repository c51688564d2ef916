"""Half-filled sheets come back to who filled them, for a while, until they are finished."""

import datetime as dt

import pytest

from app.domain.staff import NotPermittedError
from app.services.bundle import build
from app.services.sheet_drafts import SheetKind
from app.store import drafts


@pytest.fixture
def sheets(world):
    return build(world.database, world.clock, world.rng).classes.sheets


def test_the_newest_state_comes_back_to_who_filled_it_and_to_that_class(world, sheets):
    sheets.keep(world.teacher, SheetKind.COUNT, world.dragons, {"seen": "1"})
    sheets.keep(world.teacher, SheetKind.COUNT, world.dragons, {"seen": "1 2"})
    found = sheets.find(world.teacher, SheetKind.COUNT, world.dragons)
    assert (dict(found.fields), found.saved_at) == ({"seen": "1 2"}, world.clock.now)
    assert sheets.find(world.director, SheetKind.COUNT, world.dragons) is None
    assert sheets.find(world.teacher, SheetKind.COUNT, world.stars) is None
    assert sheets.find(world.teacher, SheetKind.SHIFT, world.dragons) is None


@pytest.mark.parametrize(("kind", "minutes"), [(SheetKind.COUNT, 10), (SheetKind.SHIFT, 60)])
def test_what_was_seen_long_ago_is_not_seen_now(world, sheets, kind, minutes):
    sheets.keep(world.teacher, kind, world.dragons, {"seen": "1"})
    world.clock.now += dt.timedelta(minutes=minutes)
    assert sheets.find(world.teacher, kind, world.dragons) is not None
    world.clock.now += dt.timedelta(minutes=1)
    assert sheets.find(world.teacher, kind, world.dragons) is None


def test_a_clock_that_was_set_back_offers_nothing_from_the_future(world, sheets):
    sheets.keep(world.teacher, SheetKind.COUNT, world.dragons, {"seen": "1"})
    world.clock.now -= dt.timedelta(minutes=5)
    assert sheets.find(world.teacher, SheetKind.COUNT, world.dragons) is None


def test_what_is_finished_is_gone_and_its_words_with_it(world, sheets):
    key = sheets.keep(world.teacher, SheetKind.SHIFT, world.dragons, {"remark": "甲"}).value
    sheets.end(world.teacher, SheetKind.SHIFT, world.dragons)
    assert sheets.find(world.teacher, SheetKind.SHIFT, world.dragons) is None
    assert drafts.ended_body(world.database, key) == ""
    sheets.end(world.teacher, SheetKind.SHIFT, world.dragons)  # nothing is no fault


def test_a_draft_that_cannot_be_read_is_passed_over_and_said_to_the_log(world, sheets, expect_log):
    with world.database.unit(world.teacher.id, "test") as unit:
        drafts.add_draft(unit, f"sheet count {world.dragons}", world.teacher.id, "", "[1]")
        unit.audit("draft", 1)
    expect_log("cannot be read")
    assert sheets.find(world.teacher, SheetKind.COUNT, world.dragons) is None


def test_who_does_not_sign_shifts_or_run_classes_keeps_no_sheet(world, sheets):
    for kind in SheetKind:
        with pytest.raises(NotPermittedError):
            sheets.keep(world.cashier, kind, world.dragons, {})
        with pytest.raises(NotPermittedError):
            sheets.find(world.cashier, kind, world.dragons)
        with pytest.raises(NotPermittedError):
            sheets.end(world.cashier, kind, world.dragons)
