"""One window for one data folder: a second start brings the first one's window to the front.

The lock is a plain ``QLockFile``; a start that finds it held lays a note into a folder the window watches.
A local socket would do the same, and keep a network library with OpenSSL in memory all day for it, 3 MB.
"""

import contextlib
import os
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QFileSystemWatcher, QLockFile, QObject, QThread, Signal

_NOTE = ".call"
# How long a starting window may take until it watches, and how often a caller looks for its answer, in
# milliseconds.
_PATIENCE, _STEP = 3000, 50


class Instance(QObject):
    """This process's claim to be the one window on a data folder."""

    called = Signal()  # another start wants this window at the front

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        with contextlib.suppress(OSError):  # opening the file says what is wrong with the folder
            data.mkdir(parents=True, exist_ok=True)
        self._calls = data / "cache" / "calls"
        self._mark = data / "window.lock"
        self._lock = QLockFile(str(self._mark))
        self._lock.setStaleLockTime(0)  # a lock whose process lives is never stale, however old
        self._watcher: QFileSystemWatcher | None = None

    def claim(self) -> bool:
        """Become the one window; False when another process is. Nobody holds a folder without rights."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def has_holder(self) -> bool:
        """Whether the mark is whole and names a process."""
        return bool(self._lock.getLockInfo()[0])

    def seize(self) -> bool:
        """Take the folder from a mark that nobody stands behind; False where it cannot be removed.

        For a mark whose holder does not answer, while nobody holds the file either: it came with the folder
        from another computer, or a power cut left it half written. ``QLockFile`` would heed it for ever. The
        lock of the file itself keeps two windows apart whatever a mark says.
        """
        try:
            if self._mark.is_dir():
                self._mark.rmdir()
            else:
                self._mark.unlink(missing_ok=True)
        except OSError:
            return False
        return self.claim()

    def listen(self) -> None:
        """Hear later starts, and those that have called while this window was still starting."""
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._answer)
        self._answer()

    def call_other(self) -> bool:
        """Ask the process that holds the folder to show its window; False when it does not answer."""
        note = self._calls / f"{os.getpid()}{_NOTE}"
        try:
            self._calls.mkdir(parents=True, exist_ok=True)
            note.touch()
        except OSError:
            return False
        patience = QDeadlineTimer(_PATIENCE)
        while note.exists():  # whoever reads it takes it away
            if patience.hasExpired():
                note.unlink(missing_ok=True)
                return False
            QThread.msleep(_STEP)
        return True

    def release(self) -> None:
        """Let the folder go."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        self._lock.unlock()

    def _watch(self, watcher: QFileSystemWatcher) -> None:
        try:
            self._calls.mkdir(parents=True, exist_ok=True)
        except OSError:
            return  # no other start can write there either
        watcher.addPath(str(self._calls))

    def _answer(self) -> None:
        if self._watcher is None:
            return
        if str(self._calls) not in self._watcher.directories():
            self._watch(self._watcher)  # at first, and again where somebody has cleared the cache
        notes = list(self._calls.glob(f"*{_NOTE}"))
        for note in notes:
            note.unlink(missing_ok=True)
        if notes:
            self.called.emit()
