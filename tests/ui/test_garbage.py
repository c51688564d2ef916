"""Cycles die on the GUI thread, however much the other threads allocate."""

import gc
import threading

import pytest

from app.ui.jobs import Jobs


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs(lambda error: pytest.fail(repr(error)))
    yield jobs
    jobs.close()


class Page:
    """As a room: it is reachable from itself."""

    def __init__(self, died):
        self.died, self.own = died, self

    def __del__(self):
        self.died.append(threading.get_ident())


def allocate():
    return [[[]] for _ in range(20_000)]


def test_no_cycle_is_torn_down_by_the_keeper(qtbot, jobs):
    died = []
    for _ in range(20):
        Page(died)
        jobs.run(allocate)
    qtbot.waitUntil(lambda: not jobs.busy, timeout=5000)
    assert died == []
    kept = [[] for _ in range(2000)]  # so many young objects are worth a look
    jobs._garbage.look()
    assert kept
    assert set(died) == {threading.get_ident()}
    assert len(died) == 20


def test_no_search_begins_by_itself_while_the_widgets_of_the_ended_program_are_destroyed(qtbot):
    jobs = Jobs(lambda error: pytest.fail(repr(error)))
    assert jobs.close()
    died = []
    Page(died)
    allocate()
    assert not gc.isenabled()
    assert died == []
    gc.collect()
    assert died == [threading.get_ident()]
