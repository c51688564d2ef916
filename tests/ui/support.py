"""What tests of rooms share: a context around fake services, and waiting for the threads to be done."""

import datetime as dt
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintDevice, QPainter

from app.domain.ids import StaffId
from app.domain.staff import Actor, Role
from app.ui.bus import Bus
from app.ui.icons import Icons
from app.ui.jobs import Jobs
from app.ui.messages import Messages
from app.ui.printing import Printing
from app.ui.rooms import RoomContext
from app.ui.theme import Theme

ZONE = dt.timezone(dt.timedelta(hours=8))
#: Threads that tests have begun. ``conftest.py`` ends them before the files they work on are closed.
RUNNING: list[Jobs] = []
STORY = dt.datetime(2025, 12, 3, 13, 52, tzinfo=ZONE)
DESK = Actor(StaffId(1), "林晓", Role.FRONT_DESK)
DIRECTOR = Actor(StaffId(9), "周敏", Role.DIRECTOR)


def make_context(
    qtbot: Any,
    services: Any,
    *,
    actor: Actor | None = DESK,
    folder: Path | None = None,
    now: dt.datetime = STORY,
) -> RoomContext:
    """A signed-in context with its threads, closed at the end of the test.

    Unexpected failures of jobs are raised in the test: they land in ``context.messages.crashed``.
    """
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    messages = Messages()
    jobs = Jobs(messages.fail)
    theme = Theme()
    theme.apply(app, "light", 100)
    context = RoomContext(
        theme=theme, icons=Icons(theme), bus=Bus(), messages=messages, jobs=jobs, clock=lambda: now
    )
    context.printing = Printing(theme, jobs, messages, folder or Path("print_queue"))
    context.crashes = []  # type: ignore[attr-defined]
    messages.crashed.connect(context.crashes.append)
    context.give(services)
    if actor is not None:
        context.sign_in(actor)
    RUNNING.append(jobs)
    return context


def settle(qtbot: Any, context: RoomContext) -> None:
    """Wait until both threads have delivered everything and it is shown; fail on any crash."""
    from PySide6.QtWidgets import QApplication

    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)
    QApplication.processEvents()  # Qt shows what was put into a layout only then
    crashes = context.crashes  # type: ignore[attr-defined]
    if crashes:
        raise crashes[0]


class Heard(QPainter):
    """A painter that keeps the words it was given, each with the room it had for them."""

    def __init__(self, device: QPaintDevice) -> None:
        super().__init__(device)
        self.words: list[tuple[QRectF, str]] = []
        self.cut: list[str] = []  # words that did not fit their room

    def drawText(self, *args: Any) -> None:  # noqa: N802 - Qt's name
        """Keep what is painted."""
        room, words = args[0], args[-1]
        self.words.append((room, words))
        wide = max(QFontMetricsF(self.font()).horizontalAdvance(line) for line in words.split("\n"))
        if wide > room.width() + 0.5 and not int(args[1]) & Qt.TextFlag.TextWordWrap.value:
            self.cut.append(words)
        super().drawText(*args)
