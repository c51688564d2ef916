"""The plug is pulled at every statement of every act: what was said to be saved is there, nothing half is."""

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
from tests.faults.acts import ACTS, Stage, everything
from tests.services.world import make_world

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL and no fork")

SAVED_BEFORE = "said to be saved"


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


def save_something(database):
    with database.unit(None, SAVED_BEFORE) as unit:
        unit.audit("x", 1)


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


@pytest.mark.parametrize("prepare", ACTS, ids=lambda act: act.__name__)
def test_a_kill_at_any_statement_loses_nothing_and_keeps_nothing_half(tmp_path, prepare):
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
        with contextlib.closing(Database.open(victim, clock=database.clock)) as found:
            assert health.find_damage(found) is None
            after = everything(found)
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
