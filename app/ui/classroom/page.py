"""班级: one class at a time, chosen children, one act for all of them, and the day of the one in focus."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Done, Topic
from app.domain.errors import RuleError
from app.domain.ids import ClassId, EntryId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Chip
from app.domain.staff import Permission
from app.services.checks import HealthCheck
from app.services.classroom import AllergyClashError, ClassTab, Logged, Offer, Roster, Timeline
from app.ui.classroom.dock import LogDock
from app.ui.classroom.forms import MealForm
from app.ui.classroom.grid import RosterGrid
from app.ui.classroom.log_panel import LogPanel
from app.ui.classroom.menu_sheet import MenuOpener
from app.ui.classroom.models import RosterModel
from app.ui.classroom.timeline import TimelinePanel
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.basic import ChipLabel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.class_tabs import ClassTabs, TabFace
from app.ui.widgets.states import EmptyState


class _Head(QWidget):
    """Tabs, the state of the class, and 全选; the chips get a line of their own where one is too short."""

    def __init__(self, context: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        space = context.theme.metrics.s2
        self.tabs = ClassTabs(context.theme, "classroom.tab")
        # Not bound to the button: its animated click would come after the digit that follows it.
        self.select_all = KeyButton(
            context.theme, "全选在园", "Ctrl+A", object_name="classroom.select_all", bind=False
        )
        self._chips: list[ChipLabel] = []
        self._state = QWidget()
        self._chips_row = QHBoxLayout(self._state)
        self._chips_row.setContentsMargins(0, 0, 0, 0)
        self._chips_row.setSpacing(space)
        self._first = QHBoxLayout()
        self._first.setSpacing(context.theme.metrics.s3)
        self._first.addWidget(self.tabs)
        self._first.addStretch(1)
        self._first.addWidget(self._state)
        self._first.addWidget(self.select_all)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(space)
        self._column.addLayout(self._first)
        self._folded = False

    def show_chips(self, chips: tuple[Chip, ...]) -> None:
        while len(self._chips) < len(chips):
            chip = ChipLabel(self._theme, None, self._state)
            self._chips.append(chip)
            self._chips_row.addWidget(chip)
        for at, chip in enumerate(self._chips):
            chip.set_chip(chips[at] if at < len(chips) else Chip(""))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        gap = self._first.spacing()
        shown = [chip.sizeHint().width() + gap for chip in self._chips if chip.chip.words]
        needed = self.tabs.wanted_width() + sum(shown) + self.select_all.sizeHint().width() + 2 * gap
        folded = needed > self.width()
        if folded == self._folded:
            return
        self._folded = folded
        if folded:
            self._first.removeWidget(self._state)
            self._column.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._column.removeWidget(self._state)
            self._first.insertWidget(2, self._state)


class ClassroomRoom(Room):
    """Joins grid, dock, panel and timeline with the classroom service."""

    topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.LOG, Topic.NOTES, Topic.STAFF})
    logged = Signal(object)  # Logged, once it is on disk and said

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._tabs: tuple[ClassTab, ...] = ()
        self._class_id: ClassId | None = None
        self._wanted_visit: VisitId | None = None
        self._keep_current: VisitId | None = None
        self._build()

    def _build(self) -> None:
        context, m = self.context, self.context.theme.metrics
        self._model = RosterModel(self)
        self._head = _Head(context)
        self._head.tabs.chosen.connect(self._on_tab_chosen)
        self._head.select_all.clicked.connect(self._on_select_all)
        self._grid = RosterGrid(context.theme, context.icons, self._model)
        self._grid.choice_changed.connect(self._on_choice_changed)
        self._grid.current_changed.connect(self._on_current_changed)
        self._grid.log_requested.connect(self._open_panel)
        self._empty = EmptyState(
            context.theme, context.icons, "teddy-bear", "这个班现在没有孩子在园",
            "孩子在前台入园后就会出现在这里。按 Ctrl 加数字看别的班。",
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._empty)
        self._timeline = TimelinePanel(context.theme, context.icons)
        self._timeline.undo_requested.connect(self._on_undo_entry)
        self._timeline.handover_requested.connect(self._on_handover)
        self._dock = LogDock(context.theme, context.icons)
        self._dock.kind_requested.connect(self._open_panel)
        middle = QHBoxLayout()
        middle.setSpacing(m.s2)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self._timeline)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(480, 360)  # the room bends to the window, never the window to the room
        column.setContentsMargins(m.s5, m.s4, m.s5, m.s3)
        column.setSpacing(m.s2)
        column.addWidget(self._head)
        column.addLayout(middle, 1)
        column.addWidget(self._dock)
        self._panel = LogPanel(context, self)
        self._panel.keep_requested.connect(self._on_keep)
        self._panel.slot_wanted.connect(self._on_slot_wanted)
        self._panel.closed.connect(self._on_panel_closed)
        self._panel.resized.connect(self.hints_changed)  # notices make room for it, too
        self._menu = MenuOpener(context, self)
        self._menu.kept.connect(self._on_menu_kept)
        self._menu.button.clicked.connect(self._open_menu)
        self._panel.menu_wanted.connect(self._open_menu)
        every = QShortcut(QKeySequence("Ctrl+A"), self)
        every.activated.connect(self._on_select_all_key)
        self.setFocusProxy(self._grid)
        for before, after in (
            (self._head.tabs, self._head.select_all),
            (self._head.select_all, self._grid),
            (self._grid, self._timeline.lines()),
        ):
            QWidget.setTabOrder(before, after)
        context.theme.changed.connect(self._fit)

    # -- what the shell asks --------------------------------------------------------------------------

    def title(self) -> str:
        """班级."""
        return "班级"

    def top_widgets(self) -> list[QWidget]:
        """The menu of the day."""
        return [self._menu.button]

    def hints(self) -> str:
        """The keys of the room, or of the open panel."""
        if self._panel.kind is not None:
            return "数字或方向键 选择 · Tab 下一项 · Enter 记录 · Esc 取消"
        return "空格 选择 · Ctrl A 全选 · 1–9 记录 · Ctrl 1–5 换班 · Ctrl Z 撤销"

    def foot(self) -> int:
        """Notices stand above the dock, and above the panel while it is open."""
        own = self._dock.height() + self.context.theme.metrics.s2
        return own + self._panel.height() if self._panel.kind is not None else own

    def refresh(self) -> None:
        """Ask for the tabs, the class and its roster."""
        actor, wanted = self.context.actor, self._class_id
        visit, self._wanted_visit = self._wanted_visit, None

        def read(services: Any) -> tuple[tuple[ClassTab, ...], Roster | None, VisitId | None]:
            tabs: tuple[ClassTab, ...] = services.classroom.tabs(actor)
            group = wanted
            if visit is not None:
                rosters = ((tab.id, services.classroom.roster(actor, tab.id)) for tab in tabs)
                group = next(
                    (key for key, one in rosters if any(card.visit == visit for card in one.cards)), group
                )
            group = group if any(tab.id == group for tab in tabs) else first_class(tabs, actor.class_id)
            return tabs, services.classroom.roster(actor, group) if group is not None else None, visit

        self.context.ask(read, self._show)

    def entered(self, target: Target | None) -> None:
        """Come to the front, at a visit if one is named."""
        if target is not None and target.visit is not None:
            self._wanted_visit = target.visit
            self.stale = True
            self.freshen()
        self._grid.setFocus()

    def escape(self) -> bool:
        """Close the panel, else forget the choice."""
        if self._panel.kind is not None:
            self._panel.dismiss()
            return True
        if self._grid.chosen():
            self._grid.clearSelection()
            self._grid.setFocus()
            return True
        return False

    def leaving(self) -> bool:
        """Nothing unsaved survives in a panel that is only a question."""
        self._panel.dismiss()
        return True

    # -- showing --------------------------------------------------------------------------------------

    def _show(self, found: tuple[tuple[ClassTab, ...], Roster | None, VisitId | None]) -> None:
        self._tabs, roster, visit = found
        if roster is None:
            self._show_nobody()
            return
        if roster.class_id != self._class_id:
            self._grid.clearSelection()
        self._class_id = roster.class_id
        faces = [TabFace(tab.id, tab.name, tab.colour, str(tab.present)) for tab in self._tabs]
        self._head.tabs.show_faces(faces, roster.class_id)
        self._head.show_chips((roster.ratio, *roster.chips))
        current = visit or self._grid.current_visit()
        self._model.replace(roster.cards)
        self._stack.setCurrentIndex(0 if roster.cards else 1)
        self._head.select_all.setEnabled(bool(roster.cards))
        self._grid.focus_visit(current)
        if roster.cards and self.isVisible() and QApplication.focusWidget() is None:
            self._grid.setFocus()  # it could not take the focus before there was anybody in it
        if not roster.cards and self.isVisible():
            self._head.tabs.take_focus()
        self._on_choice_changed()
        self._read_timeline()

    def _show_nobody(self) -> None:
        self._model.replace(())
        self._stack.setCurrentIndex(1)
        self._head.show_chips(())
        self._timeline.show_timeline(None)
        self._on_choice_changed()

    def _read_timeline(self) -> None:
        visit, actor = self._grid.current_visit(), self.context.actor
        if visit is None:
            self._timeline.show_timeline(None)
            return
        self.context.ask(lambda s: s.classroom.timeline(actor, visit), self._show_timeline)

    def _show_timeline(self, timeline: Timeline) -> None:
        if timeline.visit == self._grid.current_visit():
            self._timeline.show_timeline(timeline)

    @Slot()
    def _on_choice_changed(self) -> None:
        allowed = self.context.signed_in and self.context.actor.may(Permission.LOG_DAY)
        chosen = self._grid.chosen()
        self._dock.show_choice(self._grid.meant(), chosen=len(chosen), allowed=allowed)
        self._menu.allow(allowed)

    @Slot(object)
    def _on_current_changed(self, visit: object) -> None:
        del visit
        self._on_choice_changed()
        if self.context.open and self.context.signed_in:
            self._read_timeline()

    @Slot(object)
    def _on_tab_chosen(self, class_id: object) -> None:
        if class_id == self._class_id:
            return
        self._panel.dismiss()
        self._grid.clearSelection()
        self._class_id = next((tab.id for tab in self._tabs if tab.id == class_id), None)
        self.refresh()
        self._grid.setFocus()

    @Slot()
    def _on_select_all_key(self) -> None:
        self._grid.choose(tuple(card.visit for card in self._model.items))
        self._grid.setFocus()

    @Slot()
    def _on_select_all(self) -> None:
        """A second tap lets everybody go; the key has Esc for that."""
        everybody = tuple(card.visit for card in self._model.items)
        self._grid.choose(() if self._grid.chosen() == everybody else everybody)
        self._grid.setFocus()

    # -- logging --------------------------------------------------------------------------------------

    @Slot(object)
    def _open_panel(self, kind: object) -> None:
        meant, actor = self._grid.meant(), self.context.actor
        if not isinstance(kind, EntryKind) or not meant:
            self._dock.light(self._panel.kind)
            return
        if not actor.may(Permission.LOG_DAY):
            self.context.messages.say(f"{actor.role.label}不能记录，请换带班老师登录。")
            self._dock.light(None)
            return
        self._panel.present(kind, meant, self.context.clock())
        self._dock.light(kind)
        self._fit()
        self.hints_changed.emit()
        self._ask_offer(kind, None)

    def _ask_offer(self, kind: EntryKind, slot: str | None) -> None:
        visits, actor = self._panel.visits(), self.context.actor

        def show(offer: Offer) -> None:
            if self._panel.visits() == visits:
                self._panel.show_offer(offer)

        self.context.ask(lambda s: s.classroom.offer(actor, kind, visits, slot), show)

    @Slot()
    def _open_menu(self) -> None:
        self._menu.open(next((tab for tab in self._tabs if tab.id == self._class_id), None))

    def _on_menu_kept(self) -> None:
        form = self._panel.form
        if isinstance(form, MealForm) and self._panel.kind is not None:
            self._ask_offer(EntryKind.MEAL, form.slot() or None)

    @Slot(str)
    def _on_slot_wanted(self, slot: str) -> None:
        self._ask_offer(EntryKind.MEAL, slot)

    @Slot(object, object)
    def _on_keep(self, visits: tuple[VisitId, ...], draft: EntryDraft | HealthCheck) -> None:
        actor = self.context.actor

        def failed(error: BaseException) -> None:
            if isinstance(error, AllergyClashError):
                self._panel.warn(error.sentence)
                return
            if isinstance(error, RuleError):
                self._panel.show_problem(error.sentence)
                return
            self._panel.show_problem("还没有记上，请看上面的提示，处理后再按 Enter。")
            self.context.messages.fail(error)

        if isinstance(draft, HealthCheck):
            words = f"午检 · {len(visits)} 人" if len(visits) > 1 else ""
            self.context.act(
                lambda s: s.classroom.check(actor, visits, draft), self._on_kept, failed, words=words
            )
            return
        looked = self._panel.acknowledged

        def log(services: Any) -> Done[Logged]:
            done: Done[Logged] = services.classroom.log(actor, visits, draft, acknowledged=looked)
            return done

        self.context.act(log, self._on_logged, failed)

    def _on_logged(self, logged: Logged) -> None:
        self._on_kept()
        self.logged.emit(logged)

    def _on_kept(self, _count: int = 0) -> None:
        self._panel.dismiss()
        self._grid.clearSelection()
        self._grid.setFocus()

    @Slot(object, str)
    def _on_undo_entry(self, entry: EntryId, words: str) -> None:
        actor = self.context.actor
        self.context.act(lambda s: s.classroom.undo_entry(actor, entry), words=f"已撤销：{words}")

    @Slot(object)
    def _on_handover(self, visit: object) -> None:
        if isinstance(visit, int):
            self.context.go("handover", Target(visit=VisitId(visit)))

    @Slot()
    def _on_panel_closed(self) -> None:
        self._dock.light(None)
        self._grid.setFocus()
        self.hints_changed.emit()

    # -- places ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep timeline and panel in proportion."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        px = self.context.theme.px
        self._dock.setFixedHeight(self._dock.wanted_height())
        self._timeline.setFixedWidth(min(px(360), max(px(250), round(self.width() * 0.26))))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        dock = self._dock.mapTo(self, QPoint(0, 0))
        top = self._head.geometry().top()
        left = max(0, dock.x() - 6)
        room = QRect(QPoint(left, top), QPoint(self.width() - 12, dock.y() + 6))
        # Large text on a small screen: rather over the dock, whose keys work on, than a form one line high.
        self._panel.settle_in(room, self.height() - room.bottom() - 4, self._spare())

    def _spare(self) -> QRect:
        """Where the card of the only child the panel is about stands; nowhere if it is about several."""
        visits = self._panel.visits()
        row = self._model.position(visits[0]) if len(visits) == 1 else None
        if row is None:
            return QRect()
        card = self._grid.visualRect(self._model.index(row))
        return card.translated(self._grid.viewport().mapTo(self, QPoint(0, 0)))


def first_class(tabs: tuple[ClassTab, ...], own: ClassId | None) -> ClassId | None:
    """The class to open: one's own, else the first with children in it, else the first."""
    if any(tab.id == own for tab in tabs):
        return own
    busy = next((tab.id for tab in tabs if tab.present), None)
    return busy if busy is not None else next((tab.id for tab in tabs), None)
