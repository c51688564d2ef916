"""What follows a registration: the papers, and the word to the family on the screen that faces them."""

from typing import TYPE_CHECKING, Any

from app.services.intake import Registered
from app.ui.parent_push import show_seal
from app.ui.rooms import Room, RoomContext

if TYPE_CHECKING:
    from app.services.bundle import Services


def thank(context: RoomContext, registered: Registered) -> int:
    """The screen that faces the parents, if it is open: the family of this child, and nobody else.

    Returns the ticket with which more may be told of these thanks; 0 where the screen is not open.
    """
    screen = context.parents
    return 0 if screen is None else screen.thank(registered.child, registered.name, "")


def print_papers(context: RoomContext, registered: Registered, initiator: Room, ticket: int) -> None:
    """Agreement and slip go to the print queue, the slip's code to the thanks; nobody waits for them."""
    actor, visit, printing = context.actor, registered.visit, context.printing

    def read(services: "Services") -> Any:
        return services.papers.agreement(actor, visit), services.papers.slip(actor, visit)

    def count(kind: str) -> None:
        context.act(lambda s: s.papers.printed(actor, kind, visit), initiator=initiator)

    def send(papers: tuple[Any, Any]) -> None:
        printing.send(papers[0], lambda: count("agreement"))
        printing.send(papers[1], lambda: count("slip"))
        if ticket:
            show_seal(context, ticket, papers[1])

    context.ask(read, send)
