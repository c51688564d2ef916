"""Is the file sound?"""

from app.store import audit
from app.store.database import Database


def find_damage(database: Database) -> str | None:
    """What is wrong with the file in a sentence for the log, or None when all is well.

    Checks the pages, the references between tables and the audit chain: ask when idle.
    """
    if (damage := database.find_damage()) is not None:
        return damage
    broken = audit.first_broken_line(database)
    return None if broken is None else f"audit {broken}"
