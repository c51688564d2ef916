"""``who_is_inside.pdf`` in the data folder: fresh on disk after every arrival and departure.

For the day the power goes: the file is read on a telephone or from the last copy on a stick. Frozen on the
keeper thread, drawn and written on the drawing thread; the desk never waits for it.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from app.domain.changes import Changes, Topic
from app.domain.errors import SurroundingsError
from app.ui.print_store import write_whole
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.services.rollcall import WhoIsInside

NAME = "who_is_inside.pdf"
BANNER = "inside_file"
_TOPICS = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.LOG, Topic.STAFF, Topic.SETTINGS})
_GATHER_MS = 150  # acts that follow one another at once are written once,
_LATEST_MS = 700  # and a busy morning does not put the file off for longer than this
_OLDEST = dt.timedelta(minutes=30)  # a list that has not changed still says when it was looked at

Write = Callable[[Path, bytes], None]


class InsideFile(QObject):
    """Keeps the file: ``look`` writes it where it is not true any more, and sees shifts and days pass.

    ``write`` puts bytes whole in the place of a file.
    """

    def __init__(self, context: RoomContext, parent: QObject, *, write: Write = write_whole) -> None:
        super().__init__(parent)
        self._context, self._write = context, write
        self._written: WhoIsInside | None = None
        self._busy = self._again = self._ended = False
        self._gather = QTimer(self, interval=_GATHER_MS, singleShot=True)
        self._latest = QTimer(self, interval=_LATEST_MS, singleShot=True)
        for timer in (self._gather, self._latest):
            timer.timeout.connect(self.look)
        context.bus.changed.connect(self._on_changed)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._context.data / NAME

    def end(self) -> None:
        """The program ends: ask nothing any more."""
        self._ended = True
        self._stop()

    @Slot()
    def look(self) -> None:
        """See whether the file still says the truth, and write it where it does not."""
        self._stop()
        if self._ended or not self._context.open or not self.path.parent.is_dir():
            return  # a folder that was moved is not begun anew: it would bar the way back
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._context.ask(lambda s: s.rollcall.freeze_inside(), self._on_frozen, self._on_failed)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.topics & _TOPICS and not self._ended:
            self._gather.start()  # anew: drawing takes turns with whoever works at the desk
            if not self._latest.isActive():
                self._latest.start()

    def _stop(self) -> None:
        self._gather.stop()
        self._latest.stop()

    def _on_frozen(self, inside: "WhoIsInside") -> None:
        if self._is_fresh(inside):
            self._settle()
            return

        def draw() -> None:
            from app.services import papers

            self._write(self.path, papers.draw(inside))

        def done(_nothing: Any) -> None:
            self._written = inside
            self._context.messages.end_banner(BANNER)
            self._settle()

        self._context.draw(draw, done=done, failed=self._on_failed)

    def _is_fresh(self, inside: "WhoIsInside") -> bool:
        kept = self._written
        if (
            kept is None
            or not dt.timedelta(0) <= inside.at - kept.at < _OLDEST
            or inside.at.date() != kept.at.date()
        ):
            return False
        return dataclasses.replace(inside, at=kept.at) == kept and self.path.exists()

    def _on_failed(self, error: BaseException) -> None:
        self._written = None
        if isinstance(error, SurroundingsError):
            words = f"在园名单没有写到磁盘（{NAME}）。{error.sentence}每分钟会自动再试；要用时按 F9 看名单。"
            self._context.messages.banner(BANNER, words)
        else:
            self._context.messages.fail(error)
        self._settle()

    def _settle(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.look()
