"""The slip of a medicine (服药单) where the teacher sees that it is due."""

from app.domain.ids import VisitId
from app.ui.rooms import RoomContext


def open_slip(context: RoomContext, visit: VisitId) -> None:
    """Show the slip of what this child is to be given next, to be printed."""
    actor = context.actor
    context.ask(lambda s: s.health.papers.medicine_slip_due(actor, visit), context.printing.preview)
