"""The registry of rooms, and what a room is given.

**How to add a room**: a folder in ``app/ui``, a class deriving from ``Room``, one line in ``ROOMS``. A room
talks to services only through its ``RoomContext`` (``ask`` reads, ``act`` does), hears of others' acts
through ``refresh``, and never imports another room.
"""

import datetime as dt
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes, Done, Topic
from app.domain.ids import ApplicantId, ChildId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.ui.answers import is_there, while_there
from app.ui.bus import Bus
from app.ui.icons import Icons
from app.ui.jobs import Job, Jobs
from app.ui.messages import Messages
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.ui.parent_screen import ParentScreen
    from app.ui.preferences import Preferences
    from app.ui.printing import Printing
    from app.ui.scanning.routes import Scans
    from app.ui.standby import Standby

Clock = Callable[[], dt.datetime]


@record
class Target:
    """What a room is asked to show when it is entered from elsewhere (search, scan, another room)."""

    child: ChildId | None = None
    visit: VisitId | None = None
    act: str = ""  # a word the room understands, e.g. "new_temporary"
    applicant: ApplicantId | None = None


@record
class RoomSpec:
    """One line of the registry. ``load`` is ``module:Class``, imported when first shown."""

    key: str
    title: str
    icon: str
    shortcut: str
    permission: Permission
    load: str
    last: bool = False  # stands at the foot of the rail
    hidden: bool = False  # has no button in the rail: entered from another room, whose button stays lit


ROOMS = (
    RoomSpec("desk", "前台", "home-outline", "Alt+1", Permission.READ, "app.ui.desk.page:DeskRoom"),
    RoomSpec(
        "intake",
        "临时托登记",
        "home-outline",
        "",
        Permission.REGISTER_CHILD,
        "app.ui.intake.page:IntakeRoom",
        hidden=True,
    ),
    RoomSpec(
        "classroom",
        "班级",
        "view-grid-outline",
        "Alt+2",
        Permission.SEE_HEALTH,
        "app.ui.classroom.page:ClassroomRoom",
    ),
    RoomSpec(
        "bookings",
        "预约",
        "calendar-month-outline",
        "Alt+3",
        Permission.BOOK,
        "app.ui.bookings.page:BookingsRoom",
    ),
    RoomSpec(
        "handover",
        "交接",
        "clipboard-edit-outline",
        "Alt+4",
        Permission.SEE_HEALTH,
        "app.ui.handover.page:HandoverRoom",
    ),
    RoomSpec(
        "health",
        "卫生",
        "hospital-box-outline",
        "Alt+5",
        Permission.HEALTH_CHECK,
        "app.ui.health.page:HealthRoom",
    ),
    RoomSpec(
        "curriculum",
        "课程",
        "sprout-outline",
        "Alt+6",
        Permission.LOG_DAY,
        "app.ui.curriculum.page:CurriculumRoom",
    ),
    RoomSpec(
        "cards",
        "接送卡",
        "card-account-details-outline",
        "",
        Permission.READ,
        "app.ui.cards.page:CardsRoom",
        hidden=True,
    ),
    RoomSpec(
        "records",
        "档案",
        "folder-account-outline",
        "Alt+7",
        Permission.READ,
        "app.ui.records.page:RecordsRoom",
    ),
    RoomSpec(
        "admissions",
        "招生",
        "account-plus-outline",
        "Alt+8",
        Permission.ADMIT,
        "app.ui.admissions.page:AdmissionsRoom",
    ),
    RoomSpec("office", "园长", "chart-donut", "Alt+9", Permission.SEE_MONTH, "app.ui.office.page:OfficeRoom"),
    RoomSpec(
        "importing",
        "导入名单",
        "cog-outline",
        "",
        Permission.EXPORT,
        "app.ui.importing.page:ImportingRoom",
        hidden=True,
    ),
    RoomSpec(
        "settings",
        "设置",
        "cog-outline",
        "Alt+0",
        Permission.READ,
        "app.ui.settings.page:SettingsRoom",
        last=True,
    ),
)


class RoomContext(QObject):
    """Everything a room may use. Handed to its constructor; one for the whole window."""

    actor_changed = Signal()
    go_wanted = Signal(str, object)  # room key, Target or None
    saved = Signal(object)  # dt.datetime: a unit of work was committed
    alerts_told = Signal(object)  # tuple[Chip, ...] for the status line

    def __init__(
        self,
        *,
        theme: Theme,
        icons: Icons,
        bus: Bus,
        messages: Messages,
        jobs: Jobs,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icons = icons
        self.bus = bus
        self.messages = messages
        self.jobs = jobs
        self.clock = clock
        self.practice = False
        self.preferences: Preferences | None = None  # set by the application; None in tests of rooms
        self.data = Path()
        self.printing = cast("Printing", None)  # set by the window before any room is built
        self.parents: ParentScreen | None = None  # while the screen that faces the parents is open
        self.standby: Standby | None = None  # set by the application; None in tests of rooms
        self.host: QWidget | None = None  # what sheets are laid over; set by the window
        self.acts: dict[str, Callable[[], object]] = {}  # what Ctrl+K can call, by its word in ui/commands.py
        self.scans: Scans | None = None  # set by the application once the first desk has long been drawn
        self._actor: Actor | None = None
        self._services: Services | None = None

    @property
    def actor(self) -> Actor:
        """Who is signed in. Rooms are only built once somebody is."""
        if self._actor is None:
            raise LookupError("nobody is signed in")
        return self._actor

    @property
    def signed_in(self) -> bool:
        """Whether somebody is."""
        return self._actor is not None

    def sign_in(self, actor: Actor | None) -> None:
        """Let somebody else act from now on."""
        self._actor = actor
        self.actor_changed.emit()

    def give(self, services: "Services") -> None:
        """Join the opened services; called on the GUI thread once the keeper has opened the file."""
        self._services = services

    @property
    def open(self) -> bool:
        """Whether the file is open."""
        return self._services is not None

    def ask(
        self,
        read: "Callable[[Services], Any]",
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Read on the keeper thread: ``ask(lambda s: s.desk.board(actor), self._show)``.

        Who has been destroyed when the answer comes, as a sheet that was closed, does not hear it.
        """
        heard = self.messages.fail if failed is None else while_there(failed)
        return self.jobs.run(self._with_services(read), done=while_there(done), failed=heard)

    def act(
        self,
        verb: "Callable[[Services], Done[Any]]",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        words: str = "",
        initiator: QObject | None = None,
    ) -> Job:
        """Do something. ``done`` gets the value; the bus, 已保存 and 撤销 come by themselves.

        ``words`` is the notice; without it an undoable act says the label of its undo, any other says
        nothing. ``initiator`` is the room itself if it has already redrawn: it is then not asked to refresh.
        A failure goes to ``failed``, which may hand it on to ``messages.fail``.
        """

        def settle(result: Done[Any]) -> None:
            if result.also:  # first: whatever becomes of who asked, somebody has to know
                self.messages.tell_also(result.also)
            if result.changes.topics:
                self.saved.emit(self.clock())
                self.messages.saved()
            try:
                if done is not None and is_there(done):
                    done(result.value)
            finally:  # it has been done, whatever became of who asked for it
                self._tell(result, words or (result.undo.label if result.undo is not None else ""))
                self.bus.tell(result.changes, initiator)

        def refused(error: BaseException) -> None:
            if failed is None or not is_there(failed):
                self.messages.fail(error)
            else:
                failed(error)

        return self.jobs.run(self._with_services(verb), done=settle, failed=refused)

    def _tell(self, result: "Done[Any]", said: str) -> None:
        """The notice of what was done, with its way back; and the money that is to be handed back."""
        if said:
            self.messages.say(said, Tone.OK, result.undo)
        if result.refunds:
            from app.ui.refunds import tell_refunds  # seldom

            tell_refunds(self, result.refunds)

    def draw(
        self,
        task: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run something that never touches the file on the drawing thread."""
        return self.jobs.draw(task, *args, done=done, failed=failed or self.messages.fail)

    def tell_alerts(self, alerts: Sequence[Chip]) -> None:
        """Show in the status line what somebody should look at. The desk tells it with each board."""
        self.alerts_told.emit(tuple(alerts))

    def go(self, key: str, target: Target | None = None) -> None:
        """Enter another room, by key."""
        self.go_wanted.emit(key, target)

    def _with_services(self, call: "Callable[[Services], Any]") -> Callable[[], Any]:
        def run() -> Any:
            # Looked up when it runs, not when it is asked: the file may still be opening.
            services = self._services
            if services is None:
                raise LookupError("asked before the file was open")
            return call(services)

        return run


class Room(QWidget):
    """A page behind one button of the rail. Override what you need."""

    title_changed = Signal()
    hints_changed = Signal()
    top_changed = Signal()

    #: Topics that make the room stale.
    topics: frozenset[Topic] = frozenset(Topic)
    #: Whether what it shows grows old by itself (overdue minutes): it is then refreshed with each new minute.
    follows_clock = False
    #: Whether a child whose card was scanned is shown here while this room is in front, by a ``Target``.
    shows_child = False
    #: The part at the side where the acts stand, if there is one: while shown, notices pass beside it.
    apart: QWidget | None = None

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.stale = True
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)
        context.bus.changed.connect(self._on_bus_changed)
        context.actor_changed.connect(self._on_actor_changed)

    def title(self) -> str:
        """The words at the left of the top bar."""
        return ""

    def left_widgets(self) -> list[QWidget]:
        """Widgets beside the date in the top bar (a chip, month arrows). Made once, kept by the room."""
        return []

    def top_widgets(self) -> list[QWidget]:
        """The acts at the right of the top bar. Made once, kept by the room."""
        return []

    def wants_search(self) -> bool:
        """Whether the search box stands in the top bar while this room is shown."""
        return True

    def hints(self) -> str:
        """Keys worth knowing, for the right of the status line: ``F2 临时托 · F3 入园``."""
        return ""

    def foot(self) -> int:
        """How many pixels at the foot of the room a passing notice must leave free: its acts stand there."""
        return 0

    def refresh(self) -> None:
        """Ask for everything again and redraw. Called when shown while stale, and on others' acts."""

    def entered(self, target: Target | None) -> None:
        """The room has come to the front; ``target`` says what to show, if anything in particular."""

    def leaving(self) -> bool:
        """Another room is wanted. Keep what is unsaved; return False to stay."""
        return True

    def escape(self) -> bool:
        """Esc was pressed and nobody took it. Go one step back; return whether there was one."""
        return False

    def freshen(self) -> None:
        """Refresh if stale."""
        if self.stale and self.context.open and self.context.signed_in:
            self.stale = False
            self.refresh()

    def minute_passed(self) -> None:
        """A new minute, while shown, for a room that ``follows_clock``."""
        self.freshen()

    def _on_bus_changed(self, changes: Changes, initiator: QObject | None) -> None:
        if initiator is self or not (changes.topics & self.topics):
            return
        self.stale = True
        if self.isVisible():
            self.freshen()

    def _on_actor_changed(self) -> None:
        self.stale = True
        if self.isVisible():
            self.freshen()


def load_room(spec: RoomSpec, context: RoomContext) -> Room:
    """Import and build a room."""
    module, _, name = spec.load.partition(":")
    room = getattr(importlib.import_module(module), name)(context)
    return cast("Room", room)
