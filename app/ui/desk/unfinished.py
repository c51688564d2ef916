"""After a crash: the intake card that was being typed is offered on the desk."""

from typing import TYPE_CHECKING

from app.domain.ids import DraftId
from app.domain.looks import Tone
from app.ui.rooms import RoomContext, Target

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.intake import IntakeCard

_KEY = "intake.unfinished"


def offer_unfinished(context: RoomContext) -> None:
    """Ask for a card of this staff member that was never finished, and raise a banner that leads to it."""
    actor, messages = context.actor, context.messages

    def take_up() -> None:
        messages.end_banner(_KEY)
        context.go("intake", Target(act="recover"))

    def read(services: "Services") -> "tuple[DraftId, IntakeCard] | None":
        # Most days nothing was left: the whole of the intake is not worth loading to learn that.
        return services.intake.unfinished(actor) if services.desk.left_unfinished(actor) else None

    def offer(found: "tuple[DraftId, IntakeCard] | None") -> None:
        if found is not None:
            name = found[1].name or "还没写名字"
            messages.banner(_KEY, f"上次有一张没填完的临时托登记：{name}。", Tone.INFO, "接着填", take_up)

    context.ask(read, offer)
