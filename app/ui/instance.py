"""One window for one data folder: a second start brings the first one's window to the front.

The lock is a plain ``QLockFile``, so that the usual start loads no network library; only a start that finds
the lock held speaks to the other through a local socket.
"""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_CALL = b"front\n"
# How long a starting window may take until it listens, and how long it may take to answer, in milliseconds.
_PATIENCE, _STEP = 3000, 100


class Instance(QObject):
    """This process's claim to be the one window on a data folder."""

    called = Signal()  # another start wants this window at the front

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        with contextlib.suppress(OSError):  # opening the file says what is wrong with the folder
            data.mkdir(parents=True, exist_ok=True)
        self._data = data
        self._lock = QLockFile(str(data / "window.lock"))
        self._lock.setStaleLockTime(0)  # a lock whose process lives is never stale, however old
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Become the one window; False when another process is. Nobody holds a folder without rights."""
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Hear later starts. Called once the window is up: it loads the network library."""
        from PySide6.QtNetwork import QLocalServer

        name = _server_name(self._data)
        QLocalServer.removeServer(name)  # left by a crash; the lock says that nobody listens there
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_called)
        self._server.listen(name)

    def call_other(self) -> bool:
        """Ask the process that holds the folder to show its window; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket

        name, patience = _server_name(self._data), QDeadlineTimer(_PATIENCE)
        while not patience.hasExpired():
            socket = QLocalSocket()
            socket.connectToServer(name)
            if socket.waitForConnected(_STEP):
                socket.write(_CALL)
                return socket.waitForReadyRead(_PATIENCE)
            QThread.msleep(_STEP)
        return False

    def release(self) -> None:
        """Let the folder go."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_server_called(self) -> None:
        if self._server is None or (socket := self._server.nextPendingConnection()) is None:
            return
        socket.disconnected.connect(socket.deleteLater)
        socket.write(_CALL)
        socket.flush()
        self.called.emit()


def _server_name(data: Path) -> str:
    """The name under which a folder's window listens; not asked for at the start: OpenSSL alone is 4 MB."""
    import hashlib

    return "tuodehao-" + hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:16]
