"""The two threads: order, delivery on the GUI thread, failure, cancelling, ending."""

import threading

import pytest
from PySide6.QtCore import QThread

from app.ui.jobs import CancelledError, Jobs


@pytest.fixture
def failures():
    return []


@pytest.fixture
def jobs(qtbot, failures):
    jobs = Jobs(failures.append)
    yield jobs
    jobs.close()


def settle(qtbot, jobs):
    qtbot.waitUntil(lambda: not jobs.busy, timeout=3000)


def test_tasks_run_in_order_on_one_thread_and_results_come_back_on_the_gui_thread(qtbot, jobs):
    ran, came = [], []
    for number in range(20):
        jobs.run(
            lambda n=number: ran.append((n, threading.get_ident())) or n,
            done=lambda n: came.append((n, QThread.currentThread())),
        )
    settle(qtbot, jobs)
    assert [n for n, _ in ran] == [n for n, _ in came] == list(range(20))
    assert len({thread for _, thread in ran}) == 1
    assert ran[0][1] != threading.get_ident()
    assert {id(thread) for _, thread in came} == {id(QThread.currentThread())}


def test_a_failure_goes_to_the_caller_or_else_to_whoever_hears_all(qtbot, jobs, failures):
    taken = []
    jobs.run(lambda: 1 / 0, failed=taken.append)
    jobs.run(lambda: {}["x"])
    settle(qtbot, jobs)
    assert [type(error) for error in taken] == [ZeroDivisionError]
    assert [type(error) for error in failures] == [KeyError]


def test_a_job_reports_and_stops_when_cancelled(qtbot, jobs, failures):
    gate, seen = threading.Event(), []

    def task(job):
        job.report(1, 3)
        gate.wait(3)
        job.report(2, 3)
        return "whole"

    came = []
    job = jobs.draw(task, done=came.append, progress=True)
    job.progressed.connect(lambda done, total: seen.append((done, total)))
    job.cancel()
    gate.set()
    settle(qtbot, jobs)
    assert came == []
    assert failures == []
    assert (2, 3) not in seen


def test_a_cancelled_report_raises_inside_the_task(qtbot, jobs):
    job = jobs.run(lambda: None)
    job.cancel()
    with pytest.raises(CancelledError):
        job.report(0, 1)


def test_closing_finishes_what_is_queued_and_then_the_last_task(qtbot, failures):
    jobs, done = Jobs(failures.append), []
    for number in range(5):
        jobs.run(done.append, number)
    assert jobs.close(lambda: done.append("closed"))
    assert done == [0, 1, 2, 3, 4, "closed"]


def test_what_tasks_and_callbacks_hold_dies_on_the_gui_thread(qtbot, jobs):
    """A widget torn down on the keeper's thread would crash the program at its next painting."""
    died = []

    class Held:
        def __del__(self):
            died.append(threading.get_ident())

    def give(fails):
        by_task, by_done = Held(), Held()

        def task():
            assert by_task
            if fails:
                raise RuntimeError
            return 1

        jobs.run(task, done=lambda _value: bool(by_done), failed=lambda _error: bool(by_done))

    for number in range(300):
        give(number % 3 == 0)
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: len(died) == 600, timeout=3000)
    assert set(died) == {threading.get_ident()}
