"""Photos of a class's day: small JPEGs, each hung on the entries of the children it shows."""

from app.store.database import Database, Unit


def add_log_photo(unit: Unit, jpeg: bytes) -> int:
    """Keep a photo; at most 300 kB."""
    row = {"jpeg": jpeg, "added_at": unit.stamp, "added_by": unit.actor_id}
    return unit.insert("log_photo", row)


def find_log_photo(database: Database | Unit, key: int) -> bytes | None:
    """The photo as JPEG; None when there is none of that key."""
    row = database.row("select jpeg from log_photo where id = :id", {"id": key})
    return None if row is None else bytes(row["jpeg"])
