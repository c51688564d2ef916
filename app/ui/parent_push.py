"""What the screen that faces the parents learns of papers, read and drawn where nobody waits for it."""

from typing import TYPE_CHECKING, Any

from app.domain.ids import ReceiptId
from app.domain.money import total
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.services.bundle import Services


def show_receipts(context: RoomContext, ticket: int, receipts: tuple[ReceiptId, ...]) -> None:
    """Tell what was paid by these receipts, and of a single one the code to check it by."""
    actor = context.actor

    def read(services: "Services") -> Any:
        return tuple(services.papers.receipt(actor, one) for one in receipts)

    def show(papers: Any) -> None:
        if context.parents is not None:
            context.parents.show_paid(ticket, total([one.total for one in papers]), len(papers))
            if len(papers) == 1:  # of several the sum would stand beside the code of one
                show_seal(context, ticket, papers[0])

    if receipts:
        context.ask(read, show)


def show_seal(context: RoomContext, ticket: int, paper: Any) -> None:
    """Draw the code of a paper and push it to the thanks of that ticket; dropped once they have gone."""

    def draw() -> bytes:
        from app.services import papers

        picture: bytes = papers.qr_bitmap(paper.seal)
        return picture

    def show(picture: bytes) -> None:
        if context.parents is not None:
            context.parents.show_qr(ticket, picture)

    context.draw(draw, done=show)
