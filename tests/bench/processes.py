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
    """The practice centre at its desk, drawn; with ``rooms`` after a visit to every room."""
    from PySide6.QtCore import QEventLoop

    from app import main
    from app.paths import Places
    from app.practice import DESK_MOMENT, running_clock

    application = main.build_application(Places(Path(folder)), running_clock(DESK_MOMENT), practice=True)
    application.start()
    watch = board_watch(application)
    while not watch.whole:
        application.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    if rooms:
        visit_every_room(application)
    say_ready()


def board_watch(application):
    """Tells by ``whole`` when the desk has been drawn with today's children in it: it can be used now."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QListView

    class Watch(QObject):
        whole = False

        def eventFilter(self, watched, event):  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and not self.whole:
                view = application.window.findChild(QListView, "desk.present")
                self.whole = view is not None and watched is view.viewport() and view.model().rowCount() > 0
            return False

    watch = Watch(application.window)
    application.app.installEventFilter(watch)
    return watch


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
        case ["desk", folder]:
            desk(folder)
        case ["rooms", folder]:
            desk(folder, rooms=True)
