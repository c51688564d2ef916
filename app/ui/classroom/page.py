"""班级: one class at a time, chosen children, one act for all of them, and the day of the one in focus."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.ids import ClassId, EntryId, VisitId
from app.domain.logbook import EntryKind
from app.domain.staff import Permission
from app.services.checks import HealthCheck
from app.services.class_views import ClassTab, Logged, Offer, Roster, RosterCard, Timeline, TimelineRow
from app.services.classroom import AllergyClashError
from app.ui.classroom.dock import LogDock
from app.ui.classroom.duty_band import DutyBand
from app.ui.classroom.forms import MealForm
from app.ui.classroom.grid import RosterGrid
from app.ui.classroom.head import ClassHead, first_class
from app.ui.classroom.log_panel import LogPanel
from app.ui.classroom.menu_sheet import MenuOpener
from app.ui.classroom.models import RosterModel
from app.ui.classroom.sheets import open_sheet
from app.ui.classroom.timeline import TimelinePanel
from app.ui.classroom.upper import UpperPart
from app.ui.classroom.wish import Wish
from app.ui.classroom.words import NOBODY, LeftOut, meant_of_class, nobody_words
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.class_tabs import TabFace
from app.ui.widgets.states import EmptyState


class ClassroomRoom(Room):
    """Joins grid, dock, panel and timeline with the classroom service."""

    topics = frozenset(Topic) - {Topic.MONEY, Topic.DRAFTS, Topic.ROLL_CALL, Topic.CARDS}
    shows_child = True
    follows_clock = True  # minutes since the last diaper, a check of the sleepers that is due
    logged = Signal(object)  # Logged, once it is on disk and said

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._tabs: tuple[ClassTab, ...] = ()
        self._class_id: ClassId | None = None
        self._wanted_visit: VisitId | None = None
        self._build()

    def _build(self) -> None:
        context, m = self.context, self.context.theme.metrics
        self._model = RosterModel(self)
        self._head = ClassHead(context)
        self._head.tabs.chosen.connect(self._on_tab_chosen)
        self._head.select_all.clicked.connect(self._on_select_all)
        self._head.dense.clicked.connect(self._on_dense)
        self._head.history.clicked.connect(self._open_history)
        self._grid = RosterGrid(context.theme, context.icons, self._model)
        self._grid.choice_changed.connect(self._on_choice_changed)
        self._grid.current_changed.connect(self._on_current_changed)
        self._grid.log_requested.connect(self._open_panel)
        self._grid.dense_requested.connect(self._on_dense)
        words = "这个班现在没有孩子在园", "孩子在前台入园后就会出现在这里。按 Ctrl 加数字看别的班。"
        self._empty = EmptyState(context.theme, context.icons, "teddy-bear", *words)
        self._stack = QStackedWidget()
        for one in (self._grid, self._empty):
            self._stack.addWidget(one)
        self._band = DutyBand(context, self._grid.meant)
        self._band.shown.connect(self._fit)
        self._timeline = TimelinePanel(context.theme, context.icons)
        self._timeline.undo_requested.connect(self._on_undo_entry)
        self._timeline.correction_requested.connect(self._on_correction)
        self._timeline.sheet_requested.connect(lambda name, key: open_sheet(name, context, key))
        self._timeline.handover_requested.connect(self._on_handover)
        self._dock = LogDock(context.theme, context.icons)
        self._dock.kind_requested.connect(self._open_panel)
        self._grid.injury_requested.connect(self._dock.ask_injury)
        self._dock.injury_requested.connect(
            lambda child: context.go("health", Target(child=child, act="injuries.new"))
        )
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(480, 360)  # the room bends to the window, never the window to the room
        column.setContentsMargins(0, 0, 0, m.s3)
        column.setSpacing(m.s2)
        self._upper = UpperPart(context.theme, self._head, self._band, self._stack, self._timeline)
        self._grid.focused.connect(self._upper.follow)
        lower = QHBoxLayout()
        lower.setContentsMargins(m.s5, 0, m.s5, 0)
        lower.addWidget(self._dock)
        column.addWidget(self._upper, 1)
        column.addLayout(lower)
        self._panel = self.apart = LogPanel(context, self)
        self._panel.keep_requested.connect(self._on_keep)
        self._panel.slot_wanted.connect(self._on_slot_wanted)
        self._panel.closed.connect(self._on_panel_closed)
        self._panel.phrases_wanted.connect(lambda: open_sheet("phrases", context))
        self._panel.resized.connect(self.hints_changed)  # notices make room for it, too
        self._menu = MenuOpener(context, self)
        self._menu.kept.connect(self._on_menu_kept)
        self._menu.button.clicked.connect(self._open_menu)
        self._panel.menu_wanted.connect(self._open_menu)
        self._wire_keys()
        context.theme.changed.connect(self._fit)
        if context.preferences is not None:
            self._show_dense(context.preferences.choices.class_dense)

    def _wire_keys(self) -> None:
        every = QShortcut(QKeySequence("Ctrl+A"), self)
        every.activated.connect(self._on_select_all_key)
        self.setFocusProxy(self._grid)
        for before, after in (
            (self._head.tabs, self._head.select_all),
            (self._head.select_all, self._head.dense),
            (self._head.dense, self._head.history),
            (self._head.history, self._band.buttons["clock"]),
            (self._band.buttons["walk"], self._grid),
            (self._grid, self._timeline.lines()),
        ):
            QWidget.setTabOrder(before, after)

    # -- what the shell asks --------------------------------------------------------------------------

    def title(self) -> str:
        """班级."""
        return "班级"

    def top_widgets(self) -> list[QWidget]:
        """The menu of the day, and of the week."""
        return [self._menu.week_button, self._menu.button]

    def hints(self) -> str:
        """The keys of the room, or of the open panel."""
        if self._panel.kind is not None:
            return "数字或方向键 选择 · Tab 下一项 · Enter 记录 · Esc 取消"
        return "空格 选择 · Ctrl A 全选 · 1–9 和字母 记录 · Ctrl 1–5 看别的班 · Ctrl Z 撤销"

    def foot(self) -> int:
        """Notices stand above the dock."""
        return self._dock.height() + self.context.theme.metrics.s2

    def minute_passed(self) -> None:
        """Minutes go on; not under the finger of who is choosing or logging, for the cards change places."""
        if self._panel.kind is None and not self._grid.chosen():
            super().minute_passed()

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
        if target is not None and target.act:
            self._band.do(target.act)
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
        self._band.follow(roster.class_id)

    def _show_nobody(self) -> None:
        self._model.replace(())
        self._stack.setCurrentIndex(1)
        self._head.show_chips(())
        self._timeline.show_timeline(None)
        self._band.follow(None)
        self._on_choice_changed()

    def _read_timeline(self) -> None:
        visit, actor = self._grid.current_visit(), self.context.actor
        self._timeline.show_card(self._grid.current_card())
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
        self._dock.show_choice(
            self._grid.meant(), chosen=len(chosen), of_class=len(self._model.items), allowed=allowed
        )
        self._menu.allow(allowed)

    @Slot(object)
    def _on_current_changed(self, _visit: object) -> None:
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
        """For the chosen; with nobody chosen for the whole class, or for the child with the focus."""
        actor = self.context.actor
        if not isinstance(kind, EntryKind):
            return
        meant, left = self._meant(kind)
        if not meant:
            if left is not None:
                self.context.messages.say(nobody_words(kind, left))
            self._dock.light(self._panel.kind)
            return
        if not actor.may(Permission.LOG_DAY):
            self.context.messages.say(f"{actor.role.label}不能记录，请换带班老师登录。")
            self._dock.light(None)
            return
        whole, now = left is not None, self.context.clock()
        self._panel.present(kind, meant, now, whole=whole, left=left or NOBODY)
        self._dock.light(kind)
        self._fit()
        self.hints_changed.emit()
        self._ask_offer(kind, None)

    def _meant(self, kind: EntryKind) -> tuple[tuple[RosterCard, ...], LeftOut | None]:
        """Whom an act of this kind is about, and who of the class it is not about, where that is meant."""
        if self._grid.chosen() or not kind.of_class:
            return self._grid.meant(), None
        meant, left = meant_of_class(kind, self._model.items)
        return meant, left if self._model.items else None

    def _ask_offer(self, kind: EntryKind, slot: str | None) -> None:
        visits, actor = self._panel.visits(), self.context.actor

        def show(offer: Offer) -> None:
            if self._panel.visits() == visits:
                self._panel.show_offer(offer)

        def failed(error: BaseException) -> None:
            self.context.messages.fail(error)
            if self._panel.visits() == visits:
                self._panel.offer_failed()

        self.context.ask(lambda s: s.classroom.offer(actor, kind, visits, slot), show, failed)

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

    @Slot(object)
    def _on_keep(self, wish: Wish) -> None:
        actor, draft = self.context.actor, wish.draft

        def failed(error: BaseException) -> None:
            if isinstance(error, AllergyClashError):
                self._panel.warn(error)
                return
            if isinstance(error, RuleError):
                self._panel.show_problem(error.sentence)
                return
            self._panel.show_problem("还没有记上，请看上面的提示，处理后再按 Enter。")
            self.context.messages.fail(error)

        if isinstance(draft, HealthCheck):
            check, visits = draft, wish.visits
            words = f"午检 · {len(visits)} 人" if len(visits) > 1 else ""
            self.context.act(
                lambda s: s.classroom.check(actor, visits, check), self._on_kept, failed, words=words
            )
            return
        kept = self._on_logged if wish.corrects is None else self._on_kept
        self.context.act(lambda s: wish.log(s, actor, draft), kept, failed)

    def _on_logged(self, logged: Logged) -> None:
        self._on_kept()
        self.logged.emit(logged)

    def _on_kept(self, _count: int = 0) -> None:
        self._panel.dismiss()
        self._grid.clearSelection()
        self._grid.setFocus()

    @Slot(object)
    def _on_correction(self, row: TimelineRow) -> None:
        card = self._grid.current_card()
        if card is None or row.entry is None or row.draft is None:
            return
        if not self.context.actor.may(Permission.LOG_DAY):
            self.context.messages.say(f"{self.context.actor.role.label}不能更正，请换带班老师登录。")
            return
        self._panel.present_correction(row.entry, row.draft, card, self.context.clock())
        self._fit()
        self.hints_changed.emit()
        self._ask_offer(row.draft.kind, row.draft.detail if row.draft.kind is EntryKind.MEAL else None)

    @Slot()
    def _open_history(self) -> None:
        group = next((tab for tab in self._tabs if tab.id == self._class_id), None)
        if group is not None:
            open_sheet("history", self.context, group, self._grid.current_card())

    @Slot()
    def _on_dense(self) -> None:
        """Cards or a list: remembered by this machine."""
        dense = not self._grid.dense
        self._show_dense(dense)
        if self.context.preferences is not None:
            self.context.preferences.choose(class_dense=dense)
        self._grid.setFocus()

    def _show_dense(self, dense: bool) -> None:
        self._grid.show_dense(dense)
        self._head.show_dense(dense)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep timeline and panel in proportion."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self._dock.setFixedHeight(self._dock.wanted_height())
        self._upper.share()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self._upper.follow()
        dock = self._dock.mapTo(self, QPoint(0, 0))
        corner = QPoint(max(0, dock.x() - 6), self.context.theme.metrics.s4)
        room = QRect(corner, QPoint(self.width() - 12, dock.y() + 6))
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
