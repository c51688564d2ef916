"""A paper's code for the screen that faces the parents, drawn where nobody waits for it."""

from typing import Any

from app.domain.ids import ChildId
from app.ui.rooms import RoomContext


def show_seal(context: RoomContext, child: ChildId, paper: Any) -> None:
    """Draw the code of a paper and push it for this child; dropped if the desk has moved on meanwhile."""

    def draw() -> bytes:
        from app.services import papers

        picture: bytes = papers.qr_bitmap(paper.seal)
        return picture

    def show(picture: bytes) -> None:
        if context.parents is not None:
            context.parents.show_qr(child, picture)

    context.draw(draw, done=show)
