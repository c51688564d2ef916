"""Is the file sound, and is it one to be careful with?"""

import contextlib
import sqlite3
from pathlib import Path

from app.store import audit, errors
from app.store.centre import find_centre
from app.store.database import Clock, Database


def find_damage(database: Database) -> str | None:
    """What is wrong with the file in a sentence for the log, or None when all is well.

    Checks the pages, the references between tables and the audit chain: ask when idle.
    """
    if (damage := database.find_damage()) is not None:
        return damage
    broken = audit.first_broken_line(database)
    return None if broken is None else f"audit {broken}"


def is_real_centre(path: Path, clock: Clock) -> bool:
    """Whether there is a centre's own file, not one of the practice centre: play must never replace it."""
    if not path.is_file():
        return False
    try:
        with contextlib.closing(Database.peek(path, clock)) as database:
            found = find_centre(database)
    except (errors.ForeignFileError, errors.DamagedFileError, sqlite3.Error):
        return False
    return found is not None and not found.practice
