"""Work off the GUI thread: one keeper thread for the file, one for drawing paper, one for the printer.

The keeper owns the one connection to the file: two tasks never touch it at once, and order is kept. Results
come back on the GUI thread as calls of ``done`` or ``failed``. Nobody ever waits for a job on the GUI thread.
"""

import queue
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.ui.garbage import Garbage


class CancelledError(Exception):
    """Raised inside a task whose job was cancelled, at its next ``report``."""


class Job(QObject):
    """One task and its news. ``progressed(done, total)`` comes on the GUI thread."""

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, title: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the task to stop at its next ``report``; a task not yet begun never begins."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int) -> None:
        """For the task, on its own thread: how far it is; raises ``CancelledError`` when to stop."""
        if self._stop.is_set():
            raise CancelledError
        self.progressed.emit(done, total)


Task = Callable[[], Any]
Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]
_PRINTER_PATIENCE = 2.0  # seconds at the end of the program
# Seconds after which a thread that computes lets another go on. The GUI thread gives its turn away at
# nearly every call of Qt: with Python's five milliseconds a sheet being drawn stretches one redraw to a tenth
# of a second.
_TURN = 0.0005
_Queued = tuple[int, Job, Task, Done | None, Failed | None]


class Worker(QObject):
    """One thread and its queue. Tasks run in the order given.

    Tasks and callbacks hold widgets by their closures. They are given up on the GUI thread, after the worker
    has let go of them: a widget whose last reference dies on another thread is torn down there, under Qt's
    feet.
    """

    _freed = Signal(int)  # the worker holds nothing of that task any more
    _settled = Signal(object, object, object)  # (callback or None, value, job), delivered on the GUI thread

    def __init__(self, name: str, unhandled: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Queued | None] = queue.SimpleQueue()
        self._unhandled = unhandled
        self._settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._freed.connect(self._give_up, Qt.ConnectionType.QueuedConnection)
        self._pending = self._number = 0
        self._held: dict[int, _Queued] = {}
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a task is queued, runs, or has not been delivered yet."""
        return self._pending > 0

    def submit(self, job: Job, task: Task, done: Done | None, failed: Failed | None) -> None:
        """Queue a task."""
        self._pending += 1
        self._number += 1
        item = self._held[self._number] = (self._number, job, task, done, failed)
        self._queue.put(item)

    def close(self, last: Task | None = None, timeout: float = 20.0) -> bool:
        """Run what is queued, then ``last``, then end the thread. For the end of the program only."""
        if last is not None:
            self._queue.put((0, Job(), last, None, lambda _exc: None))
        self._queue.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            number, job, task, done, failed = item
            value = None
            try:
                if job.cancelled:
                    raise CancelledError
                value = task()
            except CancelledError:
                self._send(None, None, job)
            except BaseException as exc:  # noqa: BLE001 - handed to the GUI thread, which decides
                self._send(failed or self._unhandled, exc, job)
            else:
                self._send(done, value, job)
            del item, job, task, done, failed, value
            self._say_freed(number)

    def _say_freed(self, number: int) -> None:
        try:
            self._freed.emit(number)
        except RuntimeError:
            return  # as below

    def _send(self, call: Callable[[Any], None] | None, value: Any, job: Job) -> None:
        try:
            self._settled.emit(call, value, job)
        except RuntimeError:
            # The window is gone: the interpreter is ending and nobody is left to tell.
            return

    @Slot(object, object, object)
    def _deliver(self, call: Callable[[Any], None] | None, value: Any, job: Job) -> None:
        self._pending -= 1
        job.ended.emit()
        if call is not None:
            call(value)

    @Slot(int)
    def _give_up(self, number: int) -> None:
        self._held.pop(number, None)


class Jobs(QObject):
    """The threads of the program.

    ``unhandled`` hears of every failure that no caller took. Set it before the first job.
    """

    def __init__(self, unhandled: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN)
        self._unhandled = unhandled
        self._garbage = Garbage(self)
        self._keeper = Worker("keeper", unhandled, self)
        self._drawer: Worker | None = None
        self._printer: Worker | None = None

    def run(
        self,
        task: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        title: str = "",
    ) -> Job:
        """Run on the keeper thread (everything that touches the file)."""
        job = Job(title, self)
        self._keeper.submit(job, lambda: task(*args), done, failed)
        job.ended.connect(job.deleteLater)
        return job

    def draw(
        self,
        task: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        title: str = "",
        progress: bool = False,
    ) -> Job:
        """Run on the drawing thread (paper, printing). With ``progress`` the task gets the job first."""
        if self._drawer is None:
            self._drawer = Worker("drawer", self._unhandled, self)
        job = Job(title, self)
        self._drawer.submit(
            job, (lambda: task(job, *args)) if progress else (lambda: task(*args)), done, failed
        )
        job.ended.connect(job.deleteLater)
        return job

    def print(self, task: Task, *, done: Done | None = None, failed: Failed | None = None) -> Job:
        """Run on the printer's thread: a dead printer holds up nobody else."""
        if self._printer is None:
            self._printer = Worker("printer", self._unhandled, self)
        job = Job("", self)
        self._printer.submit(job, task, done, failed)
        job.ended.connect(job.deleteLater)
        return job

    @property
    def busy(self) -> bool:
        """Whether anything is under way (tests wait for this to become false)."""
        helpers = (self._drawer, self._printer)
        return self._keeper.busy or any(worker is not None and worker.busy for worker in helpers)

    def close(self, last: Task | None = None) -> bool:
        """Finish what is queued, run ``last`` on the keeper (closing the file), end the threads.

        A printer that hangs is not waited for: its paper is on disk and comes up again at the next start.
        """
        if self._printer is not None:
            self._printer.close(timeout=_PRINTER_PATIENCE)
        drawn = self._drawer.close() if self._drawer is not None else True
        ended = self._keeper.close(last) and drawn
        if ended:
            self._garbage.end()
        return ended
