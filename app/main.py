"""The only place where the parts are joined: file, services, window, clock, chance."""

import datetime as dt
import gc
import logging
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app import journal
from app.paths import Places
from app.practice import DESK_MOMENT, TOUR_MOMENT, ZONE, StoryClock, lay_out, running_clock

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.store.database import Database
    from app.ui.application import Application
    from app.ui.instance import Instance

Clock = Callable[[], dt.datetime]
# Milliseconds after the start, when the desk has long been usable: what may wait until then.
_LATER = 1500


def wall_clock() -> dt.datetime:
    """The time of the machine, in the centre's zone."""
    return dt.datetime.now(ZONE)


def build_application(
    places: Places,
    clock: Clock,
    *,
    practice: bool = False,
    prepare: Callable[[], None] = lambda: None,
    rng: random.Random | None = None,
) -> "Application":
    """Join everything around the file in ``places``. Nothing is shown yet.

    ``prepare`` runs on the keeper thread before the file is opened; ``rng`` draws pick-up codes.
    """
    # What is made while starting is here to stay: looking through it for garbage costs a fifth of the start.
    gc.disable()
    _prepare_qt()
    from PySide6.QtCore import QTimer

    from app.ui import support
    from app.ui.application import Application

    opened: list[Database] = []

    def open_services() -> "Services":
        from app.services import bundle
        from app.store.database import Database

        prepare()
        database = Database.open(places.centre_file, create=True, clock=clock)
        opened.append(database)
        return bundle.build(database, clock, rng or random.SystemRandom())

    def close_services() -> None:
        for database in opened:
            database.close()

    def restore(copy: Path) -> str:
        from app.services.safekeeping import restore_file

        return restore_file(copy, places.centre_file, clock)

    application = Application(
        open_services, close_services=close_services, data=places.data, clock=clock, practice=practice,
        restore=restore,
    )  # fmt: skip
    application.messages.crashed.connect(_log_bug)
    QTimer.singleShot(_LATER, application, support.keep_copy)
    QTimer.singleShot(_LATER, application, gc.freeze)  # what the start has made need not be looked at again
    return application


def open_window(places: Places, *, practice: bool, theme: str | None) -> int:
    """Serve in the window until it is closed; a second start shows the first one's window instead."""
    code, practice_wanted = _serve(places, practice=practice, theme=theme)
    return _serve(places, practice=True, theme=theme)[0] if practice_wanted else code


def _serve(places: Places, *, practice: bool, theme: str | None) -> tuple[int, bool]:
    """Serve once; return the exit code, and whether the welcome's other door (practice) was taken."""
    gc.disable()  # as above: the imports are part of the start
    _prepare_qt()
    from PySide6.QtCore import QTimer

    from app.ui.application import make_app
    from app.ui.instance import Instance

    here = places.practice if practice else places
    make_app()
    instance = Instance(here.data)
    if not instance.claim():
        if instance.call_other():
            return 0, False
        if _is_somebodys(instance, here) or not instance.seize():
            raise in_use(here)
    doors: list[str] = []
    try:
        journal.keep(here.logs)
        application = _practice_application(places) if practice else build_application(here, wall_clock)
        application.practice_wanted.connect(lambda: doors.append("practice"))
        application.practice_wanted.connect(application.window.close)
        instance.called.connect(application.to_front)
        QTimer.singleShot(_LATER, instance, instance.listen)
        if theme is not None and theme != application.theme.name:
            application.theme.apply(application.app, theme, application.preferences.choices.font_scale)
        return application.run(), bool(doors)
    finally:
        instance.release()


def play_tour(out: Path) -> str:
    """Play the story of 2025-12-03; leave pictures, papers, the data folder and tour.json in ``out``.

    Returns what was done in a sentence. Raises ``FileInUseError`` while another tour plays there.
    """
    from app.ui.application import make_app
    from app.ui.instance import Instance
    from app.ui.tour import story

    # The papers of the tour go to files, whatever printer hangs on this machine.
    os.environ["TUODEHAO_PRINTER"] = "none"
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    make_app()
    places = Places(out / "data")
    instance = Instance(places.data)
    if not instance.claim():
        raise in_use(places)
    clock = StoryClock(TOUR_MOMENT)
    try:
        application = build_application(
            places,
            clock,
            practice=True,
            prepare=lambda: lay_out(places.cache, places.centre_file, TOUR_MOMENT),
            rng=random.Random(TOUR_MOMENT.toordinal()),  # noqa: S311 (the same codes in every tour)
        )
        try:
            return story.play(application, clock, out)
        finally:
            application.close()
    finally:
        instance.release()


def _is_somebodys(instance: "Instance", places: Places) -> bool:
    """Whether a window that does not answer holds the folder: the file's own lock knows.

    Before there is a file only the mark can tell.
    """
    from app.store.database import is_held  # hardly ever

    return is_held(places.centre_file) if places.centre_file.is_file() else instance.has_holder()


def in_use(places: Places) -> Exception:
    """The error for a data folder that another process holds without showing a window."""
    from app.store import errors

    return errors.in_use(places.centre_file)


def _practice_application(places: Places) -> "Application":
    here = places.practice
    return build_application(
        here,
        running_clock(DESK_MOMENT),
        practice=True,
        prepare=lambda: lay_out(places.cache, here.centre_file, DESK_MOMENT),
    )


def _prepare_qt() -> None:
    """Before anything of Qt is imported: our own mending of PySide, and where its modules are kept."""
    import app.ui  # noqa: F401


def _log_bug(error: BaseException) -> None:
    """Name the bug in the log; the crash report beside it says where. An error's words may name a child."""
    logging.getLogger(__name__).critical("a bug: %s", type(error).__qualname__)
