"""Garbage is looked for on the GUI thread only.

Python looks for unreachable cycles in whatever thread happens to allocate. Rooms and their lambdas are such
cycles: found on the keeper's thread, their widgets are torn down there while Qt paints them, and the program
crashes. Found while Qt destroys an object (it asks Python whether a method is overridden, which allocates),
they are destroyed in the midst of it, and the two wait for each other for ever. So the automatic search is
off from the first window to the end of the process, and a timer does it here.
"""

import ctypes
import gc
import sys

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 2000
_YOUNG = 700  # new objects that are worth a look, as Python itself has it
_ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
_WHOLE = 150  # looks at the young before one at all of them: five minutes


class Garbage(QObject):
    """Switches the automatic search off, and searches between two events instead."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        _share_one_heap()
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Search the young objects where there are enough, and all of them now and then."""
        if gc.get_count()[0] < _YOUNG:
            return
        self._looks += 1
        gc.collect(2 if self._looks % _WHOLE == 0 else 1)

    def end(self) -> None:
        """The threads have ended, and the widgets are about to be destroyed: nobody may search meanwhile."""
        self._timer.stop()
        gc.unfreeze()


def _share_one_heap() -> None:
    """Let all threads allocate from one heap: what one has freed serves the others, some 3 MB less in all.

    Only one of them runs at a time (Python's lock), so they do not wait for each other.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # glibc's; musl has none
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
