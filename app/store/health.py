"""Is the file sound? Asked when idle, because it reads every page."""

from app.store import audit
from app.store.database import Database


def find_damage(database: Database) -> str | None:
    """What is wrong with the file in a sentence for the log, or None when all is well.

    Checks the pages, the references between tables and the audit chain.
    """
    row = database.row("pragma quick_check(1)")
    if row is not None and row[0] != "ok":
        return str(row[0])
    orphan = database.row("pragma foreign_key_check")
    if orphan is not None:
        return f"{orphan['table']} {orphan['rowid']} -> {orphan['parent']}"
    broken = audit.first_broken_line(database)
    return None if broken is None else f"audit {broken}"
