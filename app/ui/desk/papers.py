"""Papers of the desk: the report and the receipt seen again, and the receipt that prints by itself."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.domain.ids import ReceiptId, VisitId
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.services.bundle import Services


class DeskPapers(QObject):
    """Asks for frozen papers and hands them to the print queue or the preview. Nobody waits for it."""

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self.context = context

    def preview_report(self, visit: VisitId) -> None:
        """Show the pick-up report as it would print now."""
        actor, printing = self.context.actor, self.context.printing

        def show(paper: Any) -> None:
            printing.preview(paper, lambda: self._count("pickup_report", visit))

        self.context.ask(lambda s: s.papers.pickup_report(actor, visit, None), show)

    def preview_receipt(self, visit: VisitId) -> None:
        """Show the receipt of a stay that was given when she left, if one was issued."""
        actor = self.context.actor

        def read(services: "Services") -> Any:
            taken = services.pickup.prepare(actor, visit).taken
            return (taken[0].receipt, services.papers.receipt(actor, taken[0].receipt)) if taken else None

        self.context.ask(read, self._show_receipt)

    def open_found(self, act: str) -> None:
        """A receipt or a refund of any day was found by its number: to be seen, or printed again."""
        kind, _, key = act.partition(" ")
        if kind == "receipt" and key.isdecimal():
            actor, receipt = self.context.actor, ReceiptId(int(key))
            self.context.ask(lambda s: (receipt, s.papers.receipt(actor, receipt)), self._show_receipt)

    def _show_receipt(self, found: Any) -> None:
        if found is not None:
            receipt, paper = found
            self.context.printing.preview(paper, lambda: self._count("receipt", receipt))

    def print_receipt(self, receipt: ReceiptId) -> None:
        """A receipt just issued goes to the print queue by itself; the desk never waits for it."""
        actor, printing = self.context.actor, self.context.printing

        def send(paper: Any) -> None:
            printing.send(paper, lambda: self._count("receipt", receipt))

        self.context.ask(lambda s: s.papers.receipt(actor, receipt), send)

    def _count(self, kind: str, subject: int) -> None:
        actor = self.context.actor
        self.context.act(lambda s: s.papers.printed(actor, kind, subject), initiator=self.parent())
