"""What waits to be given although the child does not tolerate it: an allergy may be noted after the slip."""

from collections.abc import Sequence

from app.domain.ids import ChildId, RequestId
from app.domain.intolerances import intolerances
from app.domain.medicine import Request
from app.store import children, medicine
from app.store.database import Database


def intolerated(database: Database, child: ChildId, name: str, said: str) -> tuple[str, ...]:
    """What a medicine holds of her allergies: of her file as it stands now, and of the slip's own line."""
    kept = children.find_child(database, child)
    return intolerances(name, () if kept is None else kept.substances, said, medicine.substances())


def clashes(database: Database, requests: Sequence[Request]) -> dict[RequestId, tuple[str, ...]]:
    """Of requests with doses that wait those that must not be given, with what she does not tolerate."""
    found = {
        one.id: intolerated(database, one.child, one.medicine, one.allergy)
        for one in requests
        if one.waiting and not one.returned
    }
    return {key: held for key, held in found.items() if held}
