"""The window: rail, top bar, the room in front, status line; and over them banners, notices and sheets.

It knows rooms only by the registry and services only through the context. What happens before there is a
room to show (opening the file, the first start, signing in) is ``application.py``.
"""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMainWindow,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Undo
from app.domain.looks import Tone
from app.ui import taborder
from app.ui.rooms import ROOMS, Room, RoomContext, RoomSpec, Target, load_room
from app.ui.shell.banners import Banners, NoticeBar
from app.ui.shell.rail import Rail
from app.ui.shell.statusline import StatusLine
from app.ui.shell.topbar import TopBar
from app.ui.theme import Theme
from app.ui.widgets.basic import label

if TYPE_CHECKING:
    from app.services.seals import Verdict
    from app.ui.shell.finder import Finder

TITLE = "托得好"
_FRAME = 5
# Milliseconds after the first room came to the front, when it has been drawn: the search is then ready.
_FINDER_LATER = 200


class _Frame(QWidget):
    """Everything in the window; amber all round while practising."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.practice = False
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("practice" if self.practice else "bg"))
        painter.end()


class _Ground(QWidget):
    """A widget on the ground colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("bg"))
        painter.end()


class Window(QMainWindow):
    """The one window of the program."""

    staff_wanted = Signal()  # Ctrl+L, or a click on who is here
    roll_call_wanted = Signal()  # the button at the foot of the rail; F9 is bound beside the rooms
    minute_passed = Signal()
    first_searched = Signal()
    closing = Signal()

    def __init__(self, context: RoomContext, *, rooms: tuple[RoomSpec, ...] = ROOMS) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(TITLE)
        self.setMinimumSize(960, 600)
        self.resize(1366, 768)
        self._context, self._specs = context, {spec.key: spec for spec in rooms}
        self._rooms: dict[str, Room] = {}
        self._key, self._turning = "", False
        self._minute: dt.datetime | None = None
        self._frame = _Frame(context.theme)
        self.host = _Ground(context.theme)
        self._build(rooms)
        self._connect()
        self._bind_keys()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()
        self._on_tick()

    # -- building
    # -------------------------------------------------------------------------------------------------

    def _build(self, rooms: tuple[RoomSpec, ...]) -> None:
        theme, icons = self._context.theme, self._context.icons
        self._rail = Rail(theme, icons, [spec for spec in rooms if not spec.hidden])
        self._top = TopBar(theme, icons)
        self._banners = Banners(theme, icons)
        self._stack = QStackedWidget()
        self._opening = label("正在打开…", "muted")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._opening)
        self.status = StatusLine(theme)
        shell = QWidget()
        row = QHBoxLayout(shell)
        column = QVBoxLayout()
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(column, 1)
        for widget, stretch in ((self._top, 0), (self._banners, 0), (self._stack, 1), (self.status, 0)):
            column.addWidget(widget, stretch)
        self._shell = shell
        self._pages = QStackedLayout(self.host)
        self._pages.addWidget(shell)
        around = QVBoxLayout(self._frame)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.host)
        self._around = around
        self.setCentralWidget(self._frame)
        self._notice = NoticeBar(theme, icons, self.host)
        self._notice.clearance = self._foot
        self._notice.shunned, self._notice.area = self._chosen_rows, self._beside_acts
        self.host.installEventFilter(self)
        self._rail.setEnabled(False)
        self._top.search.setEnabled(False)
        first = next(iter(self._specs.values()))
        self._rail.show_room(first.key)
        self._top.show_title(first.title)

    def _connect(self) -> None:
        context = self._context
        context.messages.said.connect(self._notice.show_notice)
        context.messages.banner_raised.connect(self._banners.raise_banner)
        context.messages.banner_ended.connect(self._banners.end_banner)
        context.messages.undo_wanted.connect(self._on_undo_wanted)
        context.go_wanted.connect(self.enter)
        context.saved.connect(self.status.show_saved)
        context.alerts_told.connect(self.status.show_alerts)
        context.actor_changed.connect(self._on_actor_changed)
        self._rail.chosen.connect(self.enter)
        self._rail.roll_call_wanted.connect(self.roll_call_wanted)
        self._top.who_clicked.connect(self.staff_wanted)
        self._top.search.textEdited.connect(self._on_first_search)
        self._top.search.composed.connect(self._on_first_search)
        self._notice.undo_clicked.connect(context.messages.undo)
        context.printing.set_host(self.host)
        context.host = self.host
        context.acts.update(staff=self._on_staff_key, undo=self._on_undo_key)

    def _bind_keys(self) -> None:
        for spec in filter(lambda spec: spec.shortcut, self._specs.values()):
            shortcut = QShortcut(QKeySequence(spec.shortcut), self.host)
            shortcut.setObjectName(f"key.{spec.key}")
            shortcut.activated.connect(self._on_room_key)
        for keys, slot in (
            ("Ctrl+K", self._on_search_key),
            ("Ctrl+L", self._on_staff_key),
            ("Ctrl+Z", self._on_undo_key),
        ):
            QShortcut(QKeySequence(keys), self.host).activated.connect(slot)

    # -- what the application asks
    # ----------------------------------------------------------------------------------

    def set_practice(self, practice: bool) -> None:
        """Frame the window in amber, with 练习 in the top bar and in the title."""
        self._context.practice = practice
        self._frame.practice = practice
        edge = _FRAME if practice else 0
        self._around.setContentsMargins(edge, edge, edge, edge)
        self._top.practice.setVisible(practice)
        self.setWindowTitle(f"练习 · {TITLE}" if practice else TITLE)
        self._frame.update()

    def show_gate(self, page: QWidget) -> None:
        """Show a whole page instead of the shell: the welcome, signing in, a file that does not open."""
        self._drop_gate()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._notice.raise_()

    def show_shell(self) -> None:
        """Back to the rooms."""
        self._pages.setCurrentWidget(self._shell)
        self._notice.raise_()
        self._drop_gate()

    def room(self, key: str) -> Room | None:
        """A room, if it has been built."""
        return self._rooms.get(key)

    @property
    def current_key(self) -> str:
        """The room in front; empty before the first."""
        return self._key

    @Slot(str, object)
    def enter(self, key: str, target: Target | None = None) -> None:
        """Bring a room to the front, building it at its first time."""
        spec = self._specs[key]
        if not self._context.signed_in or not self._context.actor.may(spec.permission):
            self._rail.show_room(self._key or key)
            self._context.messages.say(f"进入“{spec.title}”需要别的岗位，请按 Ctrl+L 换人。", Tone.WARN)
            return
        current = self._rooms.get(self._key)
        if current is not None and self._key != key and not current.leaving():
            self._rail.show_room(self._key)
            return
        room = self._rooms.get(key) or self._load(spec)
        if not self._key:
            QTimer.singleShot(_FINDER_LATER, self, self._on_room_drawn)
        self._key = key
        self._close_finder()
        self._rail.show_room(key)
        self._turning = True
        self._stack.setCurrentWidget(room)
        self._turning = False
        self._notice.raise_()
        self._show_title()
        self._show_top()
        self._show_hints()
        room.setFocus(Qt.FocusReason.OtherFocusReason)
        room.freshen()
        room.entered(target)

    @cached_property
    def finder(self) -> "Finder":
        """What the search box finds; built once the first room has been drawn, or at the first letter."""
        from app.ui.shell.finder import Finder

        rooms = tuple(self._specs.values())
        finder = Finder(self._context, self._top.search, self.host, rooms=rooms)
        finder.chosen.connect(self._on_finder_chosen)
        finder.way_chosen.connect(self.enter)
        finder.first_searched.connect(self.first_searched)
        for typed in (self._top.search.textEdited, self._top.search.composed):
            typed.disconnect(self._on_first_search)
        return finder

    # -- inside
    # -------------------------------------------------------------------------------------------------------

    def _load(self, spec: RoomSpec) -> Room:
        room = load_room(spec, self._context)
        self._rooms[spec.key] = room
        room.title_changed.connect(self._on_room_spoke)
        room.top_changed.connect(self._on_room_spoke)
        room.hints_changed.connect(self._on_room_spoke)
        self._stack.addWidget(room)
        return room

    def _foot(self) -> int:
        room = self._rooms.get(self._key)
        return room.foot() if room is not None else 0

    def _chosen_rows(self) -> list[QRect]:
        """Where the chosen rows of the room in front stand, in the coordinates of the host."""
        room, found = self._rooms.get(self._key), []
        views = [] if room is None else room.findChildren(QAbstractItemView)
        for view in views:
            box = view.visualRect(view.currentIndex()) & view.viewport().rect()
            if view.isVisible() and not box.isEmpty():
                found.append(box.translated(view.viewport().mapTo(self.host, QPoint(0, 0))))
        return found

    def _beside_acts(self) -> QRect:
        """Where a notice covers none of the acts of the room in front: the wider side of where they stand."""
        whole, room = self.host.rect(), self._rooms.get(self._key)
        if room is None or room.apart is None or not room.apart.isVisible():
            return whole
        acts = QRect(room.apart.mapTo(self.host, QPoint(0, 0)), room.apart.size())
        here = QRect(room.mapTo(self.host, QPoint(0, 0)), room.size())
        before, behind = QRect(whole), QRect(whole)
        before.setLeft(here.left())
        before.setRight(acts.left())
        behind.setLeft(acts.right())
        return max(before, behind, key=QRect.width)

    def _drop_gate(self) -> None:
        while self._pages.count() > 1:
            item = self._pages.takeAt(1)
            page = item.widget() if item is not None else None
            if page is not None:
                page.hide()
                page.deleteLater()

    def _show_title(self) -> None:
        room = self._rooms[self._key]
        self._top.show_title(room.title() or self._specs[self._key].title)

    def _show_top(self) -> None:
        room = self._rooms[self._key]
        self._top.show_room_widgets(room.left_widgets(), room.top_widgets(), search=room.wants_search())

    def _show_hints(self) -> None:
        self.status.show_hints(self._rooms[self._key].hints())

    @Slot()
    def _on_room_spoke(self) -> None:
        if self._key and self.sender() is self._rooms.get(self._key):
            self._show_title()
            self._show_top()
            self._show_hints()
            self._notice.place_soon()  # what it must leave free may have changed, too

    @Slot()
    def _on_actor_changed(self) -> None:
        context = self._context
        context.messages.forget_undos()
        self._notice.end_undo()
        signed_in = context.signed_in
        self._rail.setEnabled(signed_in)
        self._top.search.setEnabled(signed_in)
        self._top.show_actor(context.actor if signed_in else None)
        if not signed_in:
            return
        allowed = {key for key, spec in self._specs.items() if context.actor.may(spec.permission)}
        self._rail.allow(allowed)
        if self._key and self._key not in allowed:
            self.enter(next(iter(self._specs)))

    @Slot()
    def _on_room_drawn(self) -> None:
        if self.isVisible():
            _ = self.finder

    def _close_finder(self) -> bool:
        """Close what the search shows; return whether it showed anything."""
        if "finder" not in vars(self):
            return False
        open_before = self.finder.isVisible()
        self.finder.close_sheet()
        return open_before

    @Slot(str)
    def _on_first_search(self, text: str) -> None:
        """Somebody types before the search was ready: what was typed is looked for all the same."""
        self.finder.look_for(text)

    @Slot(object)
    def _on_finder_chosen(self, target: Target) -> None:
        self.enter(next(iter(self._specs)), target)

    def show_verdict(self, verdict: "Verdict") -> None:
        """Say what a code is that was scanned, over whatever room is in front."""
        self.finder.show_verdict(verdict)

    @Slot()
    def _on_room_key(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject) and self._context.signed_in:
            self.enter(sender.objectName().removeprefix("key."))

    @Slot()
    def _on_search_key(self) -> None:
        if self._top.search.isEnabled() and not self._top.search.isVisible() and self._key:
            self.enter(next(iter(self._specs)))
        self._top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._top.search.selectAll()

    @Slot()
    def _on_staff_key(self) -> None:
        if self._context.signed_in:
            self.staff_wanted.emit()

    @Slot()
    def _on_undo_key(self) -> None:
        self._context.messages.undo()

    @Slot(object)
    def _on_undo_wanted(self, undo: Undo) -> None:
        from app.ui.widgets.own_pin import undo_proved  # not before something is taken back

        undo_proved(self._context, undo)

    def follow_clock(self) -> None:
        """Look at the clock now instead of at the next second: it has been set by hand."""
        self._on_tick()

    @Slot()
    def _on_tick(self) -> None:
        now: dt.datetime = self._context.clock()
        minute = now.replace(second=0, microsecond=0)  # and its day: machines sleep for days
        if minute == self._minute:
            return
        first, self._minute = self._minute is None, minute
        self._top.show_moment(now)
        if first:
            return
        for key, room in self._rooms.items():
            if room.follows_clock:
                room.stale = True
                if key == self._key and self.isVisible():
                    room.minute_passed()
        self.minute_passed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the notice in its place when the size changes."""
        if watched is self.host and event.type() == QEvent.Type.Resize:
            self._notice.place()
            self._close_finder()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leads through what is shown in the order in which it is laid out.

        Qt asks for it as well when a room goes out of sight: the next one takes the focus by itself then.
        """
        return not self._turning and taborder.step(self, forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody took goes one step back."""
        room = self._rooms.get(self._key)
        if event.key() == Qt.Key.Key_Escape and self._close_finder():
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and room is not None and room.escape():
            event.accept()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the room in front keep what is unsaved; then the application ends the threads."""
        room = self._rooms.get(self._key)
        if room is not None and not room.leaving():
            event.ignore()
            return
        self._timer.stop()
        self.closing.emit()
        event.accept()
