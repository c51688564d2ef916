"""What the desk reads in one trip on the keeper thread."""

from typing import TYPE_CHECKING

from app.domain.ids import ChildId
from app.domain.staff import Actor
from app.services.desk import Board, ChildCard, ChildRow, RowState

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.services.pickup import PickupCard

    Card = PickupCard | ChildCard


def read_card(services: "Services", actor: Actor, board: Board, child: ChildId) -> "Card":
    """What the panel needs of a child, by where she is; on the keeper thread."""
    row = row_in(board, child)
    if row is not None and row.visit is not None and row.state is not RowState.EXPECTED:
        return services.pickup.prepare(actor, row.visit)
    return services.desk.card(actor, child)


def row_in(board: Board, child: ChildId) -> ChildRow | None:
    """The row of a child on a board."""
    everyone = (*board.expected, *board.due, *board.just_left, *board.present, *board.absent)
    return next((row for row in everyone if row.child == child), None)
