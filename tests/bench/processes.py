"""Whole processes to be timed: ``python -m tests.bench.processes bare``, ``desk FOLDER``, ``rooms FOLDER``.

Each says ``ready`` once its window is drawn and can be used, with its resident memory in MB, and ends.
"""

import os
import sys
from pathlib import Path


def resident():
    """Resident memory of this process in MB, as ``ps`` and the task manager count them."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


def say_ready():
    sys.stdout.write(f"ready {resident():.1f}\n")
    sys.stdout.flush()
    os._exit(0)


def bare():
    """The floor: a PySide6 window with one label, drawn."""
    from PySide6.QtWidgets import QApplication, QLabel

    application = QApplication([])
    label = QLabel("托得好")
    label.resize(1366, 768)
    label.show()
    application.processEvents()
    say_ready()


def desk(folder, *, rooms=False):
    """The practice centre at its desk, drawn, by the command itself; with ``rooms`` after a visit to each.

    The clock and the folder alone are others, and nobody closes the window. All else is what a start without
    a word does, the lock of the folder and the log included.
    """
    from app import cli, main
    from app.practice import DESK_MOMENT, running_clock

    build, platform_folder = main.build_application, cli.default_data_folder

    def built(places, _clock, **more):
        application = build(places, running_clock(DESK_MOMENT), **more)
        application.run = lambda: serve(application, Path(folder), rooms=rooms)
        return application

    main.build_application = built
    cli.default_data_folder = lambda: platform_folder() and Path(folder)
    cli.main([])


def serve(application, folder, *, rooms):
    """Show the window as ``Application.run`` does, until the desk can be used."""
    application.start()
    from PySide6.QtCore import QEventLoop

    watch = BoardWatch(application.window)
    while not watch.whole:
        application.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        watch.look()
    if rooms:
        visit_every_room(application)
    (folder / "window.lock").unlink()  # as a window that is closed leaves the folder
    say_ready()


def keep():
    """What the program does after its first start: PySide's own modules are kept for the next."""
    import app.ui  # noqa: F401
    from app.ui import support

    support.keep_copy()
    say_ready()


class BoardWatch:
    """Tells by ``whole`` when the desk has been drawn with today's children in it: it can be used now.

    It listens to that one list. A filter on the application would hand every event of the start to Python,
    a third of the time to be measured.
    """

    def __init__(self, window):
        self._window, self._view, self.whole = window, None, False

    def look(self):
        """Begin to listen as soon as the list is there: its own painting, called through this watch.

        Not an event filter on its viewport: asking for that makes PySide look through every class of widget
        there is, 13 ms that no start of the program spends.
        """
        if self._view is not None or (room := self._window.room("desk")) is None:
            return
        view = self._view = room.present.view

        def paint(event):
            type(view).paintEvent(view, event)
            self.whole = self.whole or view.model().rowCount() > 0

        view.paintEvent = paint


def visit_every_room(application):
    """Enter each room of the registry as the director, and let it fill."""
    from app.domain.staff import Role
    from app.ui.rooms import ROOMS

    staff = []
    application.context.ask(lambda services: services.people.staff(), staff.extend)
    settle(application)
    application.context.sign_in(next(actor for actor in staff if actor.role is Role.DIRECTOR))
    for spec in ROOMS:
        application.window.enter(spec.key)
        settle(application)


def settle(application):
    while not application.ready:
        application.app.processEvents()
    application.app.processEvents()
    while application.jobs.busy:
        application.app.processEvents()
    application.app.processEvents()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare"]:
            bare()
        case ["keep"]:
            keep()
        case ["desk", folder]:
            desk(folder)
        case ["rooms", folder]:
            desk(folder, rooms=True)
