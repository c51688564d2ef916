"""What the children must not eat; apart from the rest on file, because the desk asks it at once."""

from app.domain.ids import ChildId
from app.store.database import Database, Unit


def list_allergies(database: Database | Unit) -> dict[ChildId, tuple[str, ...]]:
    """What the children on file must not eat."""
    found: dict[ChildId, tuple[str, ...]] = {}
    for row in database.rows(
        "select child_id, substance from child_allergy where ended_at is null order by child_id, id"
    ):
        child = ChildId(row["child_id"])
        found[child] = (*found.get(child, ()), row["substance"])
    return found
