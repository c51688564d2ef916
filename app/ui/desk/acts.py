"""What the desk does with one child: each act goes to its service, and its end is told."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.domain.ids import ChildId, VisitId
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.services.arrivals import CheckIn
    from app.services.bundle import Services
    from app.services.pickup import CheckOut, Departed


class DeskActs(QObject):
    """Verbs of the desk. ``begun`` comes before the disk, ``arrived``, ``departed`` or ``done`` after it."""

    begun = Signal(object)  # ChildId, or None where no row waits
    sent = Signal()  # it stands in the keeper's queue: what is asked now is answered after it
    arrived = Signal(object)  # Arrived
    departed = Signal(object)  # Departed
    handed_back = Signal(object)  # tuple[Departed, ...]: everybody who left in one act, after each was told
    issued = Signal(object)  # ReceiptId
    done = Signal()  # any other act
    failed = Signal(object)  # BaseException

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def check_in(self, arrival: "CheckIn") -> None:
        """入园."""
        from app.ui.widgets.own_pin import act_proved  # not before the first child comes

        actor = self._context.actor
        self.begun.emit(arrival.child)
        act_proved(
            self._context,
            lambda s, pin: s.arrivals.check_in(actor, arrival, pin),
            self.arrived.emit,
            self.failed.emit,
            initiator=self.parent(),
        )
        self.sent.emit()

    def check_out(self, leaving: "CheckOut", child: ChildId | None) -> None:
        """离园, with the receipt where money is due."""
        actor = self._context.actor

        def done(left: "Departed") -> None:
            self.departed.emit(left)
            self.handed_back.emit((left,))

        self._act(child, lambda s: s.pickup.check_out(actor, leaving), done)

    def check_out_together(self, leaving: "tuple[CheckOut, ...]", child: ChildId | None) -> None:
        """离园 of siblings in one act."""
        actor = self._context.actor

        def done(left: "tuple[Departed, ...]") -> None:
            for one in left:
                self.departed.emit(one)
            self.handed_back.emit(left)

        self._act(child, lambda s: s.pickup.check_out_together(actor, leaving), done)

    def note_belonging(self, visit: VisitId, words: str) -> None:
        """随身物品."""
        actor = self._context.actor
        self._act(None, lambda s: s.belongings.note(actor, visit, words))

    def note_absence(self, child: ChildId, kind: str, reason: str) -> None:
        """病假, 事假."""
        actor = self._context.actor
        self._act(child, lambda s: s.arrivals.note_absence(actor, child, kind, reason, ""))

    def answer_allergy(self, child: ChildId, answer: str, substances: tuple[str, ...], told_by: str) -> None:
        """Keep what a guardian says of allergies."""
        actor = self._context.actor
        self._act(child, lambda s: s.allergies.answer(actor, child, answer, substances, told_by))

    def undo_absence(self, child: ChildId) -> None:
        """Take an absence back."""
        actor = self._context.actor
        self._act(child, lambda s: s.arrivals.undo_absence(actor, child))

    def undo_check_in(self, visit: VisitId) -> None:
        """Take an arrival back."""
        actor = self._context.actor
        self._act(None, lambda s: s.arrivals.undo_check_in(actor, visit))

    def undo_check_out(self, visit: VisitId) -> None:
        """Take a departure back."""
        actor = self._context.actor
        self._act(None, lambda s: s.pickup.undo_check_out(actor, visit))

    def issue_receipt(self, visit: VisitId, tender: str, child: ChildId | None) -> None:
        """补开收据, as after a refund of a wrong one."""
        actor = self._context.actor
        self._act(child, lambda s: s.cashier.issue(actor, visit, tender), self.issued.emit)

    def _act(
        self,
        child: ChildId | None,
        verb: "Callable[[Services], Any]",
        done: Callable[[Any], None] | None = None,
    ) -> None:
        self.begun.emit(child)
        ended = done or (lambda _value: self.done.emit())
        self._context.act(verb, ended, self.failed.emit, initiator=self.parent())
        self.sent.emit()
