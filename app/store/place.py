"""Whether the file that is open still lies where its people look for it.

Where a folder is moved, renamed or deleted while its file is open, Linux and macOS go on writing into what
has lost its name: all would be "saved" and gone with the window. Windows keeps an open file where it is.
"""

import os
from pathlib import Path

from app.store import errors

_MOVES = os.name == "posix"


class Place:
    """Remembers which file lay at a path when it was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mark = self._look() if _MOVES else None

    def require(self) -> None:
        """Pass while the same file lies there.

        Raises:
            MovedFileError: another one does, or none.
        """
        if self._mark is not None and self._look() != self._mark:
            raise errors.moved(self._path)

    def _look(self) -> tuple[int, int]:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - before every unit of work, and Path takes thrice as long
        except OSError:
            return 0, 0  # gone, or the disk with it
        return found.st_dev, found.st_ino
