"""Work off the GUI thread: one keeper thread for the file, one for drawing paper and printing.

The keeper owns the one connection to the file: two tasks never touch it at once, and order is kept. Results
come back on the GUI thread as calls of ``done`` or ``failed``. Nobody ever waits for a job on the GUI thread.
"""

import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot


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
_Queued = tuple[Job, Task, Done | None, Failed | None]


class Worker(QObject):
    """One thread and its queue. Tasks run in the order given."""

    _settled = Signal(object, object, object)  # (callback or None, value, job), delivered on the GUI thread

    def __init__(self, name: str, unhandled: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Queued | None] = queue.SimpleQueue()
        self._unhandled = unhandled
        self._settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._pending = 0
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a task is queued, runs, or has not been delivered yet."""
        return self._pending > 0

    def submit(self, job: Job, task: Task, done: Done | None, failed: Failed | None) -> None:
        """Queue a task."""
        self._pending += 1
        self._queue.put((job, task, done, failed))

    def close(self, last: Task | None = None, timeout: float = 20.0) -> bool:
        """Run what is queued, then ``last``, then end the thread. For the end of the program only."""
        if last is not None:
            self._queue.put((Job(), last, None, lambda _exc: None))
        self._queue.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            job, task, done, failed = item
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
            del item, task, done, failed

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


class Jobs(QObject):
    """The two threads of the program.

    ``unhandled`` hears of every failure that no caller took. Set it before the first job.
    """

    def __init__(self, unhandled: Failed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unhandled = unhandled
        self._keeper = Worker("keeper", unhandled, self)
        self._drawer: Worker | None = None

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

    @property
    def busy(self) -> bool:
        """Whether anything is under way (tests wait for this to become false)."""
        return self._keeper.busy or (self._drawer is not None and self._drawer.busy)

    def close(self, last: Task | None = None) -> bool:
        """Finish what is queued, run ``last`` on the keeper (closing the file), end the threads."""
        drawn = self._drawer.close() if self._drawer is not None else True
        return self._keeper.close(last) and drawn
