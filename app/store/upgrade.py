"""Making a new file and raising an older one to this build's schema.

Both work on a copy beside the file and put it in place with one rename, so that a plug pulled at any moment
leaves either the old file or the new one, never half of one.
"""

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from app.store import backup
from db.identity import APPLICATION_ID, SCHEMA_VERSION


def make(path: Path, clock: Callable[[], dt.datetime]) -> None:
    """Create an empty centre file of the current schema. The folder is made where it is missing.

    The log of a file that is gone is put aside: SQLite would play it into the new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if Path(f"{path}-wal").exists():
        from app.store import restore  # not at every start

        restore.set_aside(path, clock)
    _put_in_place(path, lambda _fresh: None)


def raise_to_current(connection: sqlite3.Connection, path: Path, now: dt.datetime) -> None:
    """Back the older file up, bring a copy to the current schema and put it in place.

    ``connection`` holds the lock on the old file and is closed by this, because Windows does not rename over
    an open file; its owner opens the path again.
    """
    backup.back_up_before_upgrade(connection, path, path.parent / backup.FOLDER, now)

    def copy(fresh: sqlite3.Connection) -> None:
        connection.backup(fresh)
        # Closing the last connection folds the write-ahead log in and removes it; it must not meet the new
        # file.
        connection.close()

    _put_in_place(path, copy)


def _put_in_place(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    draft = path.with_name(f".{path.name}.new")
    _discard(draft)
    try:
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as fresh:
            # A draft counts once it is whole and on the disk: a hundred fsyncs on the way there save nothing,
            # and take half a minute where the disk is slow.
            fresh.execute("pragma synchronous = off")
            fresh.execute("pragma journal_mode = memory")
            fill(fresh)
            _migrate(fresh)
            # The mode is kept in the file: the first opening need not switch, which costs several fsyncs.
            fresh.execute("pragma journal_mode = wal")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        backup.sync_folder(path.parent)
    except BaseException:
        _discard(draft)
        raise


def _migrate(connection: sqlite3.Connection) -> None:
    import sqlite_utils

    from db.migrations import migrations

    migrations.apply(sqlite_utils.Database(connection, recursive_triggers=False))
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(f"pragma user_version = {SCHEMA_VERSION}")


def _discard(draft: Path) -> None:
    for leftover in (draft, Path(f"{draft}-journal"), Path(f"{draft}-wal"), Path(f"{draft}-shm")):
        leftover.unlink(missing_ok=True)
