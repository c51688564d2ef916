"""What the desk tells the screen that faces the parents: only of the child it is serving, only on purpose.

Looking through the list tells nothing. The family is served from the moment somebody is chosen who takes her
or her code is being read, and thanked when she has gone or come in.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.ui.desk.acts import DeskActs
from app.ui.desk.panel import SidePanel
from app.ui.parent_push import show_seal
from app.ui.rooms import RoomContext
from app.ui.scanner import tidy

if TYPE_CHECKING:
    from app.services.arrivals import Arrived
    from app.services.pickup import Departed, PickupCard
    from app.ui.parent_screen import CodeState, ParentScreen


class DeskParents(QObject):
    """Listens to the panel; says nothing while the screen is not open."""

    def __init__(self, context: RoomContext, panel: SidePanel, acts: DeskActs) -> None:
        super().__init__(panel)
        self._context, self._panel = context, panel
        acts.arrived.connect(self.arrived)
        acts.departed.connect(self.departed)
        pickup = panel.pickup
        pickup.adults.changed.connect(self._on_collector)
        pickup.code.textEdited.connect(self._on_code)
        pickup.code_matched.connect(self._on_code_matched)
        panel.arrival.adults.changed.connect(self._on_bringer)
        panel.face_changed.connect(self._on_face)

    @property
    def _screen(self) -> "ParentScreen | None":
        return self._context.parents

    def departed(self, left: "Departed") -> None:
        """She has gone: thanks, and the receipt's code to check it by."""
        screen, row = self._screen, self._panel.row
        if screen is None or row is None or row.visit != left.visit:
            return
        screen.thank(row.child)
        if left.receipt is not None:
            actor, receipt, child = self._context.actor, left.receipt, row.child
            self._context.ask(
                lambda s: s.papers.receipt(actor, receipt),
                lambda paper: show_seal(self._context, child, paper),
            )

    def arrived(self, came: "Arrived") -> None:
        """She has come in: thanks."""
        if self._screen is not None:
            self._screen.thank(came.child)

    def _serve(self) -> "PickupCard | None":
        card, screen = self._panel.pickup.card, self._screen
        if card is None or screen is None:
            return None
        row = card.card.row
        screen.take(row.child, row.name, row.nickname, "正在办理离园")
        owed = card.quote is not None and card.receipt is None and bool(card.quote.total)
        screen.show_due(row.child, card.quote.total if owed and card.quote is not None else None)
        return card

    def _on_collector(self) -> None:
        if self._panel.pickup.adults.chosen is not None and self._panel.pickup.isVisible():
            card = self._serve()
            if card is not None and not self._panel.pickup.code.text():
                self._show_code(card, "")

    def _on_code_matched(self) -> None:
        self._on_code(self._panel.pickup.code.text())

    def _on_code(self, text: str) -> None:
        card = self._serve()
        if card is not None:
            self._show_code(card, tidy(text))

    def _show_code(self, card: "PickupCard", code: str) -> None:
        if self._screen is not None:
            self._screen.show_code(card.card.row.child, self._state_of(card, code))

    def _state_of(self, card: "PickupCard", code: str) -> "CodeState":
        """How a code stands: the slip's is the child's, that of a call belongs to who comes by it, once."""
        from app.ui.parent_screen import CodeState

        who = self._panel.pickup.adults.chosen_row
        by_call = who is not None and bool(who.grant)
        if not code:
            return CodeState.CALLED if by_call else CodeState.ASKED
        if len(code) < len(card.code):
            return CodeState.TYPED
        told = next((one for one in card.grants if one.matches(code)), None)
        if told is not None or by_call:
            return CodeState.RIGHT if told is not None and not told.used else CodeState.DEAD
        return CodeState.RIGHT if code == card.code else CodeState.WRONG

    def _on_bringer(self) -> None:
        row, arrival = self._panel.row, self._panel.arrival
        if self._screen is None or row is None or not arrival.isVisible():
            return
        if arrival.adults.chosen is not None:
            self._screen.take(row.child, row.name, row.nickname, "正在办理入园")

    def _on_face(self) -> None:
        row = self._panel.row
        if self._screen is not None:
            self._screen.moved_on(None if row is None else row.child)
