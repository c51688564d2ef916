"""The disk is full at any statement: nothing half is kept, the sentence says so, and doing it again works."""

import inspect
import itertools
import sqlite3

import pytest

from app.services import (
    absences,
    activity_library,
    alarms,
    altering,
    arrivals,
    belongings,
    bookings,
    calendar_settings,
    cards,
    cashier,
    centre_settings,
    class_log,
    class_photos,
    class_phrases,
    class_settings,
    classroom,
    corrections,
    curriculum,
    day_moves,
    duty,
    exporting,
    grants,
    handover,
    headcounts,
    importing,
    instructions,
    intake,
    menus,
    observations,
    papers,
    pickup,
    pins,
    price_list,
    record_family,
    record_keeping,
    record_merging,
    record_papers,
    ringing,
    rollcall,
    rota,
    rule_settings,
    safekeeping,
    setup,
    staff_settings,
    term_summaries,
    walks,
    week_menus,
)
from app.store import audit
from app.store.errors import DiskFullError
from tests.faults.acts import ACTS, Stage, everything, register
from tests.services.world import make_world

CLASS = (class_log, class_photos, class_phrases, corrections, week_menus)
RECORDS = (record_family, record_keeping, record_merging, record_papers)


def full_at(step):
    """A tracer that fails the given statement as a full disk does."""
    counter = itertools.count(1)

    def trace(_sql):
        if next(counter) == step:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error

    return trace


def pages_of(database):
    """The whole file as the next reader would see it."""
    return database._connection.serialize()


@pytest.mark.parametrize("prepare", ACTS, ids=lambda act: act.__name__)
def test_a_full_disk_at_any_statement_leaves_nothing_half(tmp_path, prepare):
    world = make_world(tmp_path)
    database = world.database
    act = prepare(Stage(world))
    before, pages = everything(database), pages_of(database)
    for step in itertools.count(1):
        database.tracer = full_at(step)
        try:
            act()
            break
        except DiskFullError as error:
            assert "没有保存" in error.sentence  # noqa: PT017 (the loop ends with the call that succeeds)
        finally:
            database.tracer = None
        if pages_of(database) != pages:  # the same pages hold the same rows: those are read where they differ
            assert everything(database) == before, f"statement {step} left something"
    assert step >= 4, "begin, a row, the audit line and commit were all met"
    after = everything(database)
    assert after != before
    assert len(after["audit"]) > len(before["audit"])
    assert audit.first_broken_line(database) is None
    database.close()


def test_every_verb_that_writes_is_among_the_acts():
    """A new verb must be tried with a full disk, too."""
    text = "\n".join(inspect.getsource(act) for act in ACTS) + inspect.getsource(Stage)
    missing = []
    settings = (
        altering,
        calendar_settings,
        centre_settings,
        class_settings,
        price_list,
        rota,
        rule_settings,
        staff_settings,
    )
    day = (
        arrivals,
        cards,
        cashier,
        classroom,
        exporting,
        handover,
        importing,
        intake,
        menus,
        papers,
        pickup,
        rollcall,
        safekeeping,
        setup,
    )
    around = (day_moves, duty, headcounts, instructions, walks)
    door = (absences, alarms, belongings, bookings, grants, pins, ringing)
    growing = (activity_library, curriculum, observations, term_summaries)
    for module in (*day, *door, *settings, *growing, *RECORDS, *around, *CLASS):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ != module.__name__:
                continue
            for name, verb in inspect.getmembers(kind, inspect.isfunction):
                if (
                    not name.startswith("_")
                    and ".unit(" in inspect.getsource(verb)
                    and f".{name}" not in text
                ):
                    missing.append(f"{kind.__name__}.{name}")
    assert missing == []


def test_a_really_full_disk_refuses_the_card_and_keeps_the_file_whole(tmp_path):
    world = make_world(tmp_path)
    stage = Stage(world)
    act = register(stage)
    pages = world.database.row("pragma page_count")[0]
    world.database.row(f"pragma max_page_count = {pages}")
    before = everything(world.database)
    refused = 0
    while True:
        try:
            act()
        except DiskFullError:
            refused += 1
            break
        before = everything(world.database)
        stage.services.arrivals.undo_check_in(world.desk, before["visit"][-1][0])
        before = everything(world.database)
    assert refused == 1
    assert everything(world.database) == before
    world.database.row(f"pragma max_page_count = {pages + 1000}")
    act()
    assert stage.services.safekeeping.damage() is None
    world.database.close()
