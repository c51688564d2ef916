"""前台: the board of today and what the desk does with one child. Joins view, service and bus."""

import dataclasses
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import ChildId, ClassId
from app.domain.looks import Tone
from app.services.desk import Board, ChildCard, ChildRow, RowState
from app.ui.desk.acts import DeskActs
from app.ui.desk.columns import Column
from app.ui.desk.ink import DeskInk
from app.ui.desk.lists import DeskLists
from app.ui.desk.papers import DeskPapers
from app.ui.desk.reading import gone_words, read_card, row_in
from app.ui.desk.release_sheets import ReleaseSheets
from app.ui.desk.scanned import Scanned, scanned_for
from app.ui.desk.sheets import DeskSheets
from app.ui.desk.side import empty_side
from app.ui.desk.tiles import ClassStrip
from app.ui.desk.unfinished import offer_unfinished
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.buttons import KeyButton

if TYPE_CHECKING:
    from app.domain.ids import ReceiptId
    from app.services.arrivals import Arrived
    from app.services.bundle import Services
    from app.services.pickup import Departed, PickupCard
    from app.ui.desk.panel import SidePanel
    from app.ui.desk.reading import Card

_INSIDE = {RowState.PRESENT, RowState.DUE}
# Milliseconds after the first board, when it has been drawn: what nobody waits for is then built and asked.
_PANEL_LATER = 120
_COLUMN = 216  # pixels at the normal font: in less, a name and what is due do not stand beside each other
_ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class DeskRoom(Room):
    """The front desk. Holds no rule: it asks services and shows what they say."""

    shows_child = True
    follows_clock = True  # overdue minutes

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._ink = DeskInk.of(context.theme)
        self._board: Board | None = None
        self._only: ClassId | None = None
        self._chosen: ChildId | None = None
        self._saving: ChildId | None = None  # whose row says 正在保存
        self._from_list = False  # the list is being worked through: the next child follows by herself
        self._following: ChildId | None = None  # whose turn it is after this arrival
        self._scanned: Scanned | None = None  # waits for her card to be read
        self._reach: ChildId | None = None  # whose panel takes the focus as soon as her card has been read
        self._acting = False  # until the service has answered
        self._awake = False  # what can wait until the first board has been drawn has been asked for
        self._new = KeyButton(
            context.theme, self.tr("临时托登记"), "F2", kind="primary", icon="plus", icons=context.icons,
            object_name="desk.new_temporary",
        )  # fmt: skip
        self._papers, self._acts = DeskPapers(context, self), DeskActs(context, self)
        self._releases, self._sheets = ReleaseSheets(context, self), DeskSheets(context, self)
        self._sheets.top_changed.connect(self.top_changed)
        self._build()
        self._connect()

    def _build(self) -> None:
        ink = self._ink
        self.strip = ClassStrip(ink)
        self.lists = DeskLists(ink)
        self.expected, self.due, self.present = self.columns = self.lists.columns
        self._side: QWidget = empty_side(ink)
        self._outer = QVBoxLayout(self)
        self._lower = QHBoxLayout()
        self._lower.setContentsMargins(0, 0, 0, 0)
        self._lower.addWidget(self.lists, 1)
        self._lower.addWidget(self._side)
        self._outer.addWidget(self.strip)
        self._outer.addLayout(self._lower, 1)
        self._fit()

    @cached_property
    def panel(self) -> "SidePanel":
        """The chosen child. Built when one is chosen, or once the board has been drawn without one."""
        from app.ui.desk.holding import Holding
        from app.ui.desk.panel import SidePanel
        from app.ui.desk.wiring import connect_panel

        panel = SidePanel(self._ink)
        self._lower.replaceWidget(self._side, panel)
        self._side.hide()
        self._side.deleteLater()
        self._side = self.apart = panel
        panel.face_changed.connect(self.hints_changed)
        connect_panel(self.context, panel, self._acts, self._papers, lambda: self._chosen, self.lists)
        self._holding = Holding(self.context, panel.pickup)
        self._sheets.connect_panel(panel)
        self._releases.connect_view(panel.pickup, self._acts, lambda: self._chosen)
        self._fit()
        panel.show()
        return panel

    def _fit(self) -> None:
        """Space and the panel's width follow the font, but leave room for three columns."""
        ink = self._ink
        gap = ink.theme.metrics.s3
        self._outer.setContentsMargins(ink.theme.metrics.s5, gap, ink.theme.metrics.s5, gap)
        self._outer.setSpacing(gap)
        self._lower.setSpacing(gap)
        wide = self._side_width(0.36)
        margins = self._outer.contentsMargins()
        room = self.width() - margins.left() - margins.right() - wide - 3 * gap
        narrow = room < 3 * ink.px(_COLUMN)
        self._side.setFixedWidth(self._side_width(0.52) if narrow else wide)
        self.strip.set_short(self.height() < ink.px(560))
        self.lists.fit(narrow=narrow, gap=gap)

    def _side_width(self, share: float) -> int:
        return min(self._ink.px(392), max(300, round(self.width() * share)))

    def _connect(self) -> None:
        self._new.clicked.connect(self._on_new_clicked)
        self.strip.class_chosen.connect(self._on_class_chosen)
        self.lists.chosen.connect(self._on_row_chosen)
        self.lists.opened.connect(lambda _row: self._reach_panel())
        acts = self._acts
        acts.begun.connect(self._on_act_begun)
        acts.sent.connect(self.refresh)
        acts.arrived.connect(self._on_act_arrived)
        acts.departed.connect(self._on_act_departed)
        acts.issued.connect(self._on_act_issued)
        acts.done.connect(self._on_act_done)
        acts.failed.connect(self._on_act_failed)
        for key, act in (("F3", self._on_f3), ("F4", self._on_f4), ("F6", self._on_f6)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self.context.theme.changed.connect(self._on_theme_changed)

    # What the shell asks ------------------------------------------------------------------

    def title(self) -> str:
        """前台."""
        return self.tr("前台")

    def top_widgets(self) -> list[QWidget]:
        """The one big act of the desk."""
        return [*self._sheets.top, self._new]

    def hints(self) -> str:
        """The keys of the desk."""
        own = self.panel.hints() if self._has_panel else ""
        return own or self.tr("F2 临时托 · F3 入园 · F4 接走 · Ctrl K 找孩子 · Ctrl Z 撤销")

    def refresh(self) -> None:
        """Read the board again, and with it the card of the chosen child or of who follows her."""
        actor, chosen = self.context.actor, self._following or self._chosen

        def read(services: "Services") -> "tuple[Board, Card | None]":
            board = services.desk.board(actor)
            return board, None if chosen is None else read_card(services, actor, board, chosen)

        def show(found: "tuple[Board, Card | None]") -> None:
            board, card = found
            self.show_board(board, card if chosen == self._chosen else None)

        self.context.ask(read, show, self._on_board_failed)

    def entered(self, target: Target | None) -> None:
        """Show a child asked for by search, scan or another room."""
        if target is not None and target.act == "new_temporary":
            self.context.go("intake", target)
            return
        if target is not None and (target.child is not None or target.visit is not None):
            self._open_target(target)
        elif self.hasFocus() or self.focusWidget() in {None, self}:
            self.lists.take_focus(self._chosen)

    def escape(self) -> bool:
        """Back from the panel to the list, then from one class to all."""
        if self.panel.isAncestorOf(self.focusWidget() or self):
            self.lists.take_focus(self._chosen)
            return True
        if self._only is not None:
            self.strip.clear_choice()
            return True
        return False

    # The board ----------------------------------------------------------------------------

    def show_board(self, board: Board, card: "Card | None" = None) -> None:
        """Redraw everything from one moment's truth."""
        self.context.messages.end_banner("desk.board")
        self._board = board
        self.context.alerts_told.emit(board.alerts)
        self._releases.tell_forgotten(board.forgotten)
        self.strip.show_board(board)
        if not self._acting:
            self._settled()
        self._show_columns()
        row = self._row_of(self._chosen)
        if card is not None:
            self._show_card(card)
        elif self._chosen is not None and not self._acting:
            if row is not None:
                self.panel.show_row(row)
            self._read_card(self._chosen)
        if self.hasFocus() and self._reach is None and not self._acting:
            self.lists.take_focus(self._chosen)
        if self._awake:
            self._sheets.read_untraced(board)
        else:
            QTimer.singleShot(_PANEL_LATER, self, self._on_board_drawn)

    @Slot()
    def _on_board_drawn(self) -> None:
        if self._awake or self._board is None or not self.context.signed_in or not self.isVisible():
            return  # out of sight it waits for the next board; a window that was closed asks nothing any more
        self._awake = True
        self._releases.raise_undecided()
        offer_unfinished(self.context)
        self._sheets.read_untraced(self._board)
        _ = self.panel

    def _show_columns(self) -> None:
        if self._board is not None:
            self.lists.show_board(self._board, self._only, self._chosen)

    def _row_of(self, child: ChildId | None) -> ChildRow | None:
        return None if self._board is None or child is None else row_in(self._board, child)

    def _select(self, row: ChildRow) -> None:
        """Choose a row wherever it stands, and read its card."""
        self._chosen, self._from_list, self.panel.insists, self._scanned = row.child, False, True, None
        self.lists.select(row.child)
        self.panel.show_row(row)
        self._read_card(row.child)

    def _read_card(self, child: ChildId) -> None:
        actor = self.context.actor

        def show(card: "Card | None") -> None:
            if self._chosen == child and card is not None:  # another may have been chosen meanwhile
                self._show_card(card)
            elif self._chosen == child:
                self._chosen = None
                self.context.messages.say(gone_words(self.panel.row), Tone.INFO)
                self.panel.show_nothing()

        self.context.ask(lambda s: read_card(s, actor, s.desk.board(actor), child), show)

    def _show_card(self, card: "Card") -> None:
        held: QWidget | None = self.panel.focusWidget()
        held = held if held is not None and held.hasFocus() else None
        self._holding.look()
        if isinstance(card, ChildCard):
            self.panel.show_card(card)
        else:
            self.panel.show_pickup(card)
        if held is not None and not held.isVisible():
            self.panel.take_focus()  # her act is another one by now, as after 撤销
        if self._scanned is not None:
            self._scanned.hand_to(self.panel.pickup)
            self._scanned = None
        if self._reach is not None and self._reach == self._chosen and self.hasFocus():
            self._reach = None
            self.panel.take_focus()

    def _open_target(self, target: Target) -> None:
        child, visit, actor = target.child, target.visit, self.context.actor
        if visit is not None and child is None:

            def found(read: "tuple[Board, PickupCard]") -> None:
                self.show_board(read[0])
                row = read[1].card.row
                if row.visit == visit:  # a paper of another day opens nobody
                    self._open_target(dataclasses.replace(target, child=row.child))

            self.context.ask(lambda s: (s.desk.board(actor), s.pickup.prepare(actor, visit)), found)
        if child is None:
            return
        self._chosen = child
        if self._only is not None:
            self.strip.clear_choice()
        row = self._row_of(child)
        if row is not None:
            self._select(row)
        else:
            self.panel.show_nothing()  # the act of the child shown before must not take the next key
            self._read_card(child)
        self._scanned = scanned_for(target)
        self._reach_panel(from_list=False)
        self._papers.open_found(target.act)

    def _on_board_failed(self, error: BaseException) -> None:
        self.lists.show_failed(self.tr("没能读出今天的名单。"))
        self.context.messages.fail(error)

    # Acts ---------------------------------------------------------------------------------

    def _on_act_begun(self, child: ChildId | None) -> None:
        """Say 正在保存 at once, on the row and on the buttons; the disk follows."""
        self.panel.complain("")
        if child is None:
            return
        self._following = self.lists.after(child) if self._from_list else None
        self._saving, self._acting = child, True
        if self.panel.isAncestorOf(self.focusWidget() or self):
            self.setFocus()  # before its button is greyed out: the next key belongs to no panel
        self.panel.set_saving(True)
        self.lists.mark_saving(child, saving=True)

    def _on_act_arrived(self, arrived: "Arrived") -> None:
        self._acting = False
        if self._following is not None and self._chosen == arrived.child:
            self._chosen = self._following
        self._following = None

    def _on_act_departed(self, left: "Departed") -> None:
        self._acting = False
        for receipt in (left.receipt, *left.settled):
            if receipt is not None:
                self._papers.print_receipt(receipt)

    def _on_act_issued(self, receipt: "ReceiptId") -> None:
        self._acting = False
        self._papers.print_receipt(receipt)

    def _on_act_done(self) -> None:
        self._acting = False

    def _on_act_failed(self, error: BaseException) -> None:
        self._following = None
        self._settled()
        if self.hasFocus():
            self.panel.take_focus()
        if not self._releases.take_alarm(error):
            self.context.messages.fail(error)
        if self._has_panel:
            self.panel.arrival.hear(error)
        self.refresh()

    @property
    def _has_panel(self) -> bool:
        return "panel" in vars(self)

    def _settled(self) -> None:
        """The truth is about to be drawn: nothing is being saved any more."""
        self._acting = False
        if self._saving is not None:
            self.lists.mark_saving(self._saving, saving=False)
        self._saving = None
        if self._has_panel:
            self.panel.set_saving(False)

    # Keys, clock, focus -------------------------------------------------------------------

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Hold the keys while an act is saved. Nothing shows it: by default the whole room is redrawn."""

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        """Nothing to redraw either."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no list or field took: the panel's, and left and right between the columns.

        Enter on a list only turns to the panel, and a key held down does nothing more: what is done to a
        child takes a key pressed while her own panel has the focus.
        """
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and (row := self.lists.walk(step)) is not None:
            self._select(row)
        elif event.key() in _ENTERS and event.isAutoRepeat():
            event.accept()
        elif event.key() in _ENTERS and self.lists.held() is not None and self.panel.row is not None:
            self._reach_panel()
        elif not self.panel.press(event):
            super().keyPressEvent(event)

    def _reach_panel(self, *, from_list: bool | None = None) -> None:
        """Put the focus on the panel's act, now or once her card has been read."""
        held = self.lists.held()
        if from_list is None and held is not None:
            from_list = held is self.expected
        self._from_list = self._from_list if from_list is None else from_list
        self.panel.insists = not self._from_list
        self._reach = None
        if not self.panel.take_focus():
            self._reach = self._chosen
            self.setFocus()

    def _on_row_chosen(self, row: ChildRow) -> None:
        if row.child != self._chosen or self.panel.row is None:
            self._select(row)

    def _on_f6(self) -> None:
        if self._chosen is not None:
            self.context.go("cards", Target(child=self._chosen))

    def _on_new_clicked(self) -> None:
        # A method, not a lambda: the button stands in the top bar and must not keep the room alive.
        self.context.go("intake")

    def _on_class_chosen(self, class_id: ClassId | None) -> None:
        self._only = class_id
        self._show_columns()

    def _on_f3(self) -> None:
        otherwise = self.tr("没有待到的孩子。没登记过的按 F2。")
        self._turn_to(self.expected, {RowState.EXPECTED}, {RowState.EXPECTED, RowState.ABSENT}, otherwise)

    def _on_f4(self) -> None:
        self._turn_to(self.due, _INSIDE, _INSIDE, self.tr("先选一个在园的孩子，再按 F4。"))

    def _turn_to(self, column: Column, states: set[RowState], kept: set[RowState], otherwise: str) -> None:
        """To the panel of the child shown if the key is meant for her, else of the first one of a column."""
        row = self.panel.row
        if row is not None and row.state in kept:
            self._reach_panel()
            return
        row = column.first()
        if row is None or row.state not in states:
            self.context.messages.say(otherwise, Tone.PLAIN)
            return
        self._select(row)
        self._reach_panel(from_list=column is self.expected)

    def minute_passed(self) -> None:
        """Overdue minutes go on; not while a row says 正在保存: what is saved refreshes it."""
        if self._saving is None:
            super().minute_passed()

    def _on_theme_changed(self) -> None:
        self._ink = DeskInk.of(self.context.theme)
        self.strip.set_ink(self._ink)
        self.lists.set_ink(self._ink)
        if self._has_panel:
            self.panel.set_ink(self._ink)
        self._fit()

    def resizeEvent(self, event: Any) -> None:
        """The panel's width follows."""
        super().resizeEvent(event)
        self._fit()
