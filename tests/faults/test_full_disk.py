"""The disk is full at any statement: nothing half is kept, the sentence says so, and doing it again works."""

import ast
import itertools
import sqlite3
import sys
from pathlib import Path

import pytest

from app import services
from app.store import audit
from app.store.database import Database
from app.store.errors import DiskFullError
from tests.faults.acts import ACTS, Stage, everything, register
from tests.services.world import make_world

SERVICES = Path(services.__file__).parent


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


def writers():
    """Every function of the services that opens a unit of work: ``module:Class.verb``, private ones, too."""
    found = set()
    for path in SERVICES.glob("*.py"):
        pending = [(ast.parse(path.read_text("utf-8")), "")]
        while pending:
            node, name = pending.pop()
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.ClassDef):
                    pending.append((child, f"{name}{child.name}."))
                elif isinstance(child, ast.FunctionDef):
                    pending.append((child, f"{name}{child.name}.<locals>."))
                else:
                    pending.append((child, name))
                    call = isinstance(child, ast.Call) and isinstance(child.func, ast.Attribute)
                    if call and child.func.attr == "unit":
                        found.add(f"{path.stem}:{name.removesuffix('.<locals>.')}")
    return found


def test_every_verb_that_writes_is_among_the_acts(tmp_path, monkeypatch):
    """A new verb must be tried with a full disk, too: of its class, by the act and not while preparing it."""
    opened, plain = set(), Database.unit

    def unit(self, *args):
        code = sys._getframe(1).f_code
        opened.add(f"{Path(code.co_filename).stem}:{code.co_qualname}")
        return plain(self, *args)

    for number, prepare in enumerate(ACTS):
        world = make_world(tmp_path / str(number))
        act = prepare(Stage(world))
        with monkeypatch.context() as patched:
            patched.setattr(Database, "unit", unit)
            act()
        world.database.close()
    asked = writers()
    assert len(asked) > 200
    assert sorted(asked - opened) == []


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
            before = everything(world.database)
            stage.services.arrivals.undo_check_in(world.desk, before["visit"][-1][0])
        except DiskFullError:
            refused += 1
            break
        before = everything(world.database)
    assert refused == 1
    assert everything(world.database) == before
    world.database.row(f"pragma max_page_count = {pages + 1000}")
    if (last := before["visit"][-1][0]) and world.database.row(
        "select 1 from visit where id = :id and undone_at is null", {"id": last}
    ):  # it was the taking back that found no room
        stage.services.arrivals.undo_check_in(world.desk, last)
    act()
    assert stage.services.safekeeping.damage() is None
    world.database.close()
