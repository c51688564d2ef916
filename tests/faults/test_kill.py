"""The plug is pulled at every statement of every act: what was said to be saved is there, nothing half is.

A killed process leaves its files as they stood at that moment: what it has written stays with the system,
what it had in memory is gone. So one run of an act shows every moment at which it could be killed, if the
files are pictured before each statement; moments with the same bytes are one moment. The acts of the door are
also killed for real, each time anew: that proves that the pictures tell the truth.
"""

import contextlib
import itertools
import os
import shutil
import signal
import sys
import traceback
import warnings

import pytest

from app.store import health
from app.store.database import Database
from tests.faults.acts import ACTS, Stage, check_in, check_out, everything, log_for_two, register
from tests.services.world import make_world

DOOR = (check_in, register, log_for_two, check_out)
SAVED_BEFORE = "said to be saved"
PARTS = ("", "-wal")  # the index beside them is made anew by whoever comes after a kill


class Album:
    """The distinct pictures of a file, in their order, each with the statement before which it stood."""

    def __init__(self, path):
        self._path = path
        self._counter = itertools.count(1)
        self.pictures = []

    def take(self, _sql=""):
        step = next(self._counter)
        parts = tuple(
            file.read_bytes() if (file := self._path.with_name(self._path.name + part)).exists() else b""
            for part in PARTS
        )
        if not self.pictures or self.pictures[-1][1] != parts:
            self.pictures.append((step, parts))

    @property
    def steps(self):
        return next(self._counter) - 1


def lay_out(parts, folder):
    """Write a picture as the files of a database in a folder of its own; return its path."""
    folder.mkdir()
    path = folder / "centre.sqlite3"
    for part, data in zip(PARTS, parts, strict=True):
        if data:
            path.with_name(path.name + part).write_bytes(data)
    return path


def found_in(path, clock):
    """What whoever opens the file afterwards finds in it; it is whole."""
    with contextlib.closing(Database.open(path, clock=clock)) as opened:
        assert health.find_damage(opened) is None
        return everything(opened)


def save_something(database):
    with database.unit(None, SAVED_BEFORE) as unit:
        unit.audit("x", 1)


@pytest.mark.parametrize("prepare", ACTS, ids=lambda act: act.__name__)
def test_a_kill_at_any_statement_loses_nothing_and_keeps_nothing_half(tmp_path, prepare):
    stage = Stage(make_world(tmp_path))
    database = stage.world.database
    act = prepare(stage)
    save_something(database)
    before = everything(database)
    album = Album(database.path)

    database.tracer = album.take
    act()
    database.tracer = None
    album.take()
    database.close()

    found = [
        (step, found_in(lay_out(parts, tmp_path / f"at {step}"), database.clock))
        for step, parts in album.pictures
    ]
    for step, rows in found[:-1]:
        assert rows == before, f"killed at statement {step}: {difference(before, rows)}"
    _, after = found[-1]
    assert album.steps > 3, "begin, the audit line and commit were met"
    assert after != before, "what the act said it had saved is there"
    assert len(after["audit"]) > len(before["audit"])


def killed_at(step):
    """A tracer that pulls the plug before the given statement is carried out."""
    counter = itertools.count(1)

    def trace(_sql):
        if next(counter) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return trace


def reopen(database, path):
    """Let everybody who holds this database go on with another file."""
    vars(database).update(vars(Database.open(path, clock=database.clock)))


def die_in(act, database, path, step, teller):
    """The child: saves something, begins the act and is killed in it, or right after it has said so."""
    try:
        reopen(database, path)
        save_something(database)
        database.tracer = killed_at(step)
        act()
        os.write(teller, b"saved")
        os.kill(os.getpid(), signal.SIGKILL)
    except BaseException:  # noqa: BLE001 (the parent is told and fails)
        os.write(teller, traceback.format_exc().encode())
    finally:
        os._exit(1)


def fork_and_wait(act, database, path, step):
    """Run the act in a process of its own on that file; return what it said before it died."""
    listener, teller = os.pipe()
    with warnings.catch_warnings():
        # The child touches no thread but its own.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        die_in(act, database, path, step, teller)
    os.close(teller)
    with os.fdopen(listener, "rb") as said:
        words = said.read().decode()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), words
    assert os.WTERMSIG(status) == signal.SIGKILL
    return words


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork")
@pytest.mark.parametrize("prepare", DOOR, ids=lambda act: act.__name__)
def test_what_a_real_kill_leaves_is_what_the_pictures_show(tmp_path, prepare):
    stage = Stage(make_world(tmp_path))
    database = stage.world.database
    act = prepare(stage)
    database.close()
    pristine = database.path
    victim = tmp_path / "victim.sqlite3"

    shutil.copyfile(pristine, victim)
    with contextlib.closing(Database.open(victim, clock=database.clock)) as calm:
        save_something(calm)
        before = everything(calm)

    for step in itertools.count(1):
        shutil.copyfile(pristine, victim)
        said = fork_and_wait(act, database, victim, step)
        after = found_in(victim, database.clock)
        if said == "saved":
            break
        assert after == before, f"killed at statement {step}: {difference(before, after)}"
    assert step > 3, "begin, the audit line and commit were met"
    assert after != before, "what the act said it had saved is there"
    assert len(after["audit"]) > len(before["audit"])


def difference(before, after):
    """The tables that are not as they were, with what is new in them or gone from them."""
    return {
        table: set(before[table]) ^ set(after[table]) for table in before if before[table] != after[table]
    }
