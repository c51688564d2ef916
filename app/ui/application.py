"""The program as a whole: opens the file behind the window, lets somebody sign in, and ends in good order."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QObject, QTimer, QTranslator, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.domain.changes import Changes, Topic
from app.domain.errors import SpokenError, SurroundingsError
from app.domain.ids import StaffId
from app.domain.staff import Actor, Role
from app.ui.bus import Bus
from app.ui.display import on_display
from app.ui.icons import Icons
from app.ui.jobs import Jobs
from app.ui.messages import Messages
from app.ui.preferences import Preferences
from app.ui.printing import Printing
from app.ui.rooms import Clock, RoomContext
from app.ui.standby import Standby
from app.ui.theme import Theme
from app.ui.window import TITLE, Window

if TYPE_CHECKING:
    from app.domain.looks import Chip
    from app.services.bundle import Services
    from app.services.centre_info import CentreInfo
    from app.services.safekeeping import KeepingStatus
    from app.ui.crash import CrashReports

Opened = tuple["Services", "CentreInfo | None", tuple[Actor, ...], "KeepingStatus"]


_ALARMING = frozenset(
    {Topic.VISITS, Topic.HEALTH, Topic.LOG, Topic.DUTY, Topic.STAFF, Topic.CHILDREN, Topic.SETTINGS}
)
_OWN_WORDS = "qt_words"  # property of the application: its words have been given to Qt
_PLAIN = "tuodehao_plain_style"
_LISTEN_AFTER = 20  # ms after which it is asked again whether the first desk stands
_DESK_DRAWN = 200  # milliseconds: what the desk shows first is drawn before anything else is loaded
_BUG = "程序打开数据时出了一个错，是我们的问题。请再试一次；还是这样，请联系维护的人。"
_NOBODY = (
    "电脑上是 {day.year}年{day.month}月{day.day}日，那一天这里还没有人在册，"
    "多半是电脑的日期不对（比如主板电池没电）。请先把电脑的日期和时间调对，再按“再试一次”；日期不对，每一笔都会记在错的日子上。"
)
_TRAIL = "trail"  # the banner about the audit trail


class Application(QObject):
    """Joins window, threads and services.

    Args:
        open_services: opens the file and builds the services; called on the keeper thread while the window
        builds. close_services: closes the file; called on the keeper thread at the end.
        data: the data folder; preferences and the print queue lie there.
        clock: the clock of the whole program.
        practice: amber frame, and somebody of the front desk is signed in without being asked.
        restore: puts a back-up in the place of a file that does not open and says what was done; called on
        the keeper thread.
    """

    practice_wanted = Signal()  # the welcome's other door: open the practice centre instead

    def __init__(
        self,
        open_services: "Callable[[], Services]",
        *,
        close_services: Callable[[], None],
        data: Path,
        clock: Clock,
        practice: bool = False,
        restore: "Callable[[Path], str] | None" = None,
    ) -> None:
        self.app = make_app()
        super().__init__()
        self._open_services, self._close_services = open_services, close_services
        self._restore = restore
        self._data, self._practice = data, practice
        self._opened: Services | None = None  # the keeper thread's own
        self._entered = self._closed = False
        self._centre = self._warning = ""
        self._crashes: CrashReports | None = None
        self.preferences = Preferences(data / "preferences.json")
        self.messages = Messages(self)
        self.messages.crashed.connect(self._on_crashed)
        self.jobs = Jobs(self.messages.fail, self)
        self.theme = Theme(self)
        # The file opens while the window builds: the keeper's imports and the GUI's overlap.
        self._start_opening()
        choices = self.preferences.choices
        self.theme.apply(self.app, choices.theme, choices.font_scale)
        self.context = RoomContext(
            theme=self.theme,
            icons=Icons(self.theme, self),
            bus=Bus(self),
            messages=self.messages,
            jobs=self.jobs,
            clock=clock,
            parent=self,
        )
        self.context.preferences = self.preferences
        self.context.data = data
        self.context.printing = Printing(
            self.theme, self.jobs, self.messages, data / "print_queue", self, clock=clock
        )
        self.window = Window(self.context)
        self.window.set_practice(practice)
        self.window.staff_wanted.connect(self._on_staff_wanted)
        self.window.minute_passed.connect(self._on_minute_passed)
        self.window.first_searched.connect(self._add_acts)
        self.window.closing.connect(self.close)
        self.theme.changed.connect(self._on_theme_changed)
        self.standby = Standby(self.context, self.window)
        self._alerts = QTimer(self, singleShot=True, interval=0)  # behind the room's own reading
        self._alerts.timeout.connect(self._read_alerts)
        self.context.bus.changed.connect(self._on_changes)

    # -- life
    # -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window. The desk appears in it as soon as the file is open."""
        self.window.show()

    def run(self) -> int:
        """Show the window, serve until it is closed, and return the exit code."""
        sys.excepthook = self._on_exception
        self.start()
        code = int(self.app.exec())
        self.close()
        return code

    @property
    def ready(self) -> bool:
        """Whether somebody is signed in, a room is in front, and nothing is under way."""
        return self._entered and not self.jobs.busy

    @Slot()
    def close(self) -> None:
        """Finish what is queued, close the file, end the threads. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        self.standby.end()
        self.window.close()
        self.jobs.close(self._close_services)
        # Timers of rooms must not ask threads that have ended.
        self.window.deleteLater()

    def to_front(self) -> None:
        """Bring the window to the front: a second start on the same data asked for it."""
        window = self.window
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    # -- opening
    # ----------------------------------------------------------------------------------------------------

    def _start_opening(self) -> None:
        self.jobs.run(self._open, done=self._on_opened, failed=self._on_not_opened)
        # While the window makes its desk. What goes wrong here does so again when the desk asks, and is told.
        self.jobs.run(self._look_ahead, failed=lambda _error: None)

    def _look_ahead(self) -> None:
        if self._opened is not None:
            self._opened.look_ahead()

    def _open(self) -> Opened:
        services = self._opened = self._open_services()
        return services, services.centre_info(), services.people.staff(), services.safekeeping.status()

    def _on_opened(self, opened: Opened) -> None:
        services, centre, staff, status = opened
        self.context.give(services)
        self._show_status(status)
        if centre is None:
            self._show_welcome()
            return
        self._centre = centre.name
        self.window.set_practice(self._practice or centre.practice)
        if not staff:
            self._show_nobody()
        elif self._practice or centre.practice:
            desk = next((actor for actor in staff if actor.role is Role.FRONT_DESK), staff[0])
            self._sign_in(desk)
        else:
            self._show_staff(staff)

    def _on_not_opened(self, error: BaseException) -> None:
        if isinstance(error, SpokenError):
            sentence = error.sentence
            self.messages.suffered.emit(error)
        else:
            sentence = _BUG
            self.messages.fail(error)
        from app.ui.welcome.failure import FailurePage

        copy = error.copy if isinstance(error, SurroundingsError) and self._restore is not None else ""
        back_up = Path(copy) if copy else None
        page = FailurePage(self.theme, self.context.icons, sentence, self._data, back_up)
        page.restore_wanted.connect(self._on_restore_wanted)
        page.again_wanted.connect(self._on_again_wanted)
        page.quit_wanted.connect(self.window.close)
        self.window.show_gate(page)

    @Slot(object)
    def _on_restore_wanted(self, copy: Path) -> None:
        def done(said: str) -> None:
            self._start_opening()
            self.messages.say(said)

        self.window.show_shell()
        if self._restore is not None:
            self.jobs.run(self._restore, copy, done=done, failed=self._on_not_opened)

    @Slot()
    def _on_again_wanted(self) -> None:
        self.window.show_shell()
        self._start_opening()

    # -- the gate
    # -----------------------------------------------------------------------------------------------------

    def _show_welcome(self) -> None:
        from app.ui.welcome.page import WelcomePage

        page = WelcomePage(self.context)
        page.finished.connect(self._ask_staff)
        page.practice_wanted.connect(self.practice_wanted)
        self.window.show_gate(page)
        page.begin()

    @Slot()
    def _ask_staff(self) -> None:
        def read(services: "Services") -> "tuple[CentreInfo | None, tuple[Actor, ...]]":
            return services.centre_info(), services.people.staff()

        def done(found: "tuple[CentreInfo | None, tuple[Actor, ...]]") -> None:
            centre, staff = found
            self._centre = centre.name if centre is not None else ""
            if staff:
                self._show_staff(staff)
            else:
                self._show_nobody()

        self.context.ask(read, done)

    def _show_nobody(self) -> None:
        """A clock years behind, as with a dead battery: nobody works here yet, and all would be dated so."""
        from app.ui.welcome.failure import FailurePage

        sentence = _NOBODY.format(day=self.context.clock())
        title = "请先看一下电脑的日期"
        page = FailurePage(self.theme, self.context.icons, sentence, self._data, title=title)
        page.again_wanted.connect(self._ask_staff)
        page.quit_wanted.connect(self.window.close)
        self.window.show_gate(page)

    def _show_staff(self, staff: Sequence[Actor]) -> None:
        from app.ui.shell.staff import StaffPage

        last = StaffId(self.preferences.choices.last_actor)
        page = StaffPage(self.theme, self.window.host, self._centre, staff, last)
        page.chosen.connect(self._sign_in)
        self.window.show_gate(page)
        page.focus_first()

    @Slot(object)
    def _sign_in(self, actor: Actor) -> None:
        self.context.sign_in(actor)
        if not self._practice:
            self.preferences.choose(last_actor=int(actor.id))
        if self._entered:
            self.context.tell_alerts(())  # what another may see is not hers
            self._ask_alerts()
            return
        self.window.show_shell()
        self.window.enter("desk")
        self._entered = True
        self._await_desk()
        QTimer.singleShot(1500, self, self._on_idle)

    @Slot()
    def _on_staff_wanted(self) -> None:
        self.context.ask(lambda s: s.people.staff(), self._choose_staff)

    def _choose_staff(self, staff: Sequence[Actor]) -> None:
        from app.ui.shell.staff import StaffOverlay

        overlay = StaffOverlay(self.theme, self.window.host, self._centre, staff, self.context.actor.id)
        overlay.chosen.connect(self._sign_in)
        overlay.present()

    # -- keeping
    # -------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_idle(self) -> None:
        if not self._closed:
            self.context.ask(_keep, self._show_status)
            self._read_names()
            self.standby.begin()
            self._add_acts()
            self._begin_scanning()

    def _read_names(self) -> None:
        """Names on file that are read better by now, a few at a time: an act at the desk comes in between."""
        self.context.ask(lambda s: s.finding.reread(), self._on_names_read)

    def _on_names_read(self, more: bool) -> None:
        if self._closed:
            return
        if more:
            self._read_names()
        else:
            self.context.ask(lambda s: s.warm(), lambda _: None)

    @Slot()
    def _add_acts(self) -> None:
        from app.ui.command_acts import add_acts

        add_acts(self.context, self.standby)

    @Slot()
    def _await_desk(self) -> None:
        """Listen for scanners once the first desk stands. Not earlier: it needs nothing of this."""
        if self.ready:
            QTimer.singleShot(_DESK_DRAWN, self, self._begin_scanning)
        elif not self._closed and self.context.scans is None:
            QTimer.singleShot(_LISTEN_AFTER, self, self._await_desk)

    def _begin_scanning(self) -> None:
        """Listen for scanners."""
        if self.context.scans is None and not self._closed:
            from app.ui.scanning.routes import Scans

            self.context.scans = Scans(self.context, self.window, self.window)
            self.context.scans.follow(self.app)

    @Slot()
    def _on_minute_passed(self) -> None:
        if self._entered and not self._closed:
            self.context.ask(_keep, self._show_status)
            self._read_alerts()

    @Slot(object)
    def _on_changes(self, changes: Changes) -> None:
        if changes.topics & _ALARMING:
            self._alerts.start()

    @Slot()
    def _read_alerts(self) -> None:
        """What the status line says after an act in another room; the desk reads it with its board."""
        if (
            self._entered
            and not self._closed
            and self.context.signed_in
            and self.window.current_key != "desk"
        ):
            self._ask_alerts()

    def _ask_alerts(self) -> None:
        actor = self.context.actor
        self.context.ask(
            lambda s: s.desk.board(actor).alerts, lambda alerts: self._tell_alerts(actor, alerts)
        )

    def _tell_alerts(self, actor: Actor, alerts: "tuple[Chip, ...]") -> None:
        if self.context.signed_in and self.context.actor == actor:
            self.context.tell_alerts(alerts)

    def _show_status(self, status: "KeepingStatus") -> None:
        if self._closed:
            return  # asked while the program was still open: its window is gone by now
        self.window.status.show_saved(status.saved_at)
        self.window.status.show_backup(status.words, calm=status.fresh)
        if status.warning == self._warning:
            return
        self._warning = status.warning
        if status.warning:
            self.messages.banner(_TRAIL, status.warning)
        else:
            self.messages.end_banner(_TRAIL)

    @Slot()
    def _on_theme_changed(self) -> None:
        self.preferences.choose(theme=self.theme.name, font_scale=round(self.theme.metrics.scale * 100))

    # -- our own bug
    # -----------------------------------------------------------------------------------------------------

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.window.close()
            return
        self.messages.crashed.emit(error.with_traceback(trace))

    @Slot(object)
    def _on_crashed(self, error: BaseException) -> None:
        from app.ui.crash import CrashReports

        if self._crashes is None:
            self._crashes = CrashReports(self.window, self._data, self.context.clock, TITLE)
        self._crashes.tell(error)


def _keep(services: "Services") -> "KeepingStatus":
    status: KeepingStatus = services.safekeeping.keep()
    return status


def _speak_chinese(app: QApplication) -> None:
    """Let Qt's own words (file dialogs, context menus of text fields) be Chinese, too."""
    if app.property(_OWN_WORDS):
        return
    app.setProperty(_OWN_WORDS, True)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def make_app() -> QApplication:
    """The one QApplication, with its names and the plain style the sheet builds on."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        app = found
        if not app.property(_PLAIN):  # Qt polishes every widget there is, even for the same style
            app.setProperty(_PLAIN, True)
            app.setStyle("fusion")
    else:
        # As if on the command line: setStyle hands the style back, and PySide then names all it can draw.
        app = on_display(lambda: QApplication([TITLE, "-style", "fusion"]))
    app.setApplicationName("tuodehao")
    app.setApplicationDisplayName(TITLE)
    _speak_chinese(app)
    return app
