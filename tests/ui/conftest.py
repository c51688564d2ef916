"""What the tests of the windows stand on."""

import contextlib
import sqlite3

import pytest

from tests.ui.support import RUNNING


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown():
    """End the threads before any fixture closes the file they work on."""
    while RUNNING:
        RUNNING.pop().close()


@pytest.fixture(params=["empty", "kept"])
def gate(request, qapp, templates, tmp_path):
    """Starts the program before anybody has signed in, in an empty folder and over a kept centre."""
    from app.practice import DESK_MOMENT, StoryClock
    from tests.conftest import copied
    from tests.ui.stage import Gate

    opened = []

    def start(scale=100):
        kept, folder = request.param == "kept", tmp_path
        if kept:
            file = copied(templates(DESK_MOMENT), tmp_path)
            with contextlib.closing(sqlite3.connect(file)) as centre:
                centre.execute("update centre set practice = 0")
                centre.commit()
            folder = file.parent
        opened.append(Gate(folder, StoryClock(DESK_MOMENT), scale=scale, kept=kept))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


@pytest.fixture
def ground(qtbot):
    """A window to lay a sheet over, 林晓 of the front desk signed in, services that remember."""
    from tests.ui.ground import Ground

    return Ground(qtbot)
