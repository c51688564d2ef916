"""Back-ups: whole copies beside the file, checked before they count, thinned with age."""

import contextlib
import datetime as dt
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from app.store import errors
from app.store.database import Database
from app.store.stamps import CENTRE_ZONE

FOLDER = "backups"
_NAME = re.compile(r"centre-(\d{8}-\d{6})(?:-[a-z-]+)?\.sqlite3")
_FORM = "%Y%m%d-%H%M%S"
# Kept: every copy of the last two days, then the last of each day for a month, then the last of each month.
_ALL_DAYS = 2
_DAILY_DAYS = 31


def back_up(database: Database, folder: Path) -> Path:
    """Copy the open file into ``folder`` and thin older copies. Returns the new copy.

    Raises ``StoreUnavailableError`` when there is no room or no right to write there.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(_spoken(folder))
        path = _new_name(folder, database.clock(), "")
        target = stack.enter_context(_draft(path))
        database.copy_to(target)
    thin(folder, database.clock())
    return path


def back_up_connection(connection: sqlite3.Connection, folder: Path, now: dt.datetime, *, label: str) -> Path:
    """The same for a file not yet open as a ``Database`` (before an upgrade); not thinned away at once."""
    with _spoken(folder):
        path = _new_name(folder, now, f"-{label}")
        with _draft(path) as target:
            connection.backup(target)
    return path


def list_backups(folder: Path) -> tuple[tuple[dt.datetime, Path], ...]:
    """The copies in a folder with their times, newest first."""
    found = []
    for path in folder.glob("centre-*.sqlite3"):
        if (shape := _NAME.fullmatch(path.name)) is not None:
            at = dt.datetime.strptime(shape.group(1), _FORM).replace(tzinfo=CENTRE_ZONE)
            found.append((at, path))
    return tuple(sorted(found, reverse=True))


def thin(folder: Path, now: dt.datetime) -> None:
    """Drop copies that a later one of the same day or month makes needless."""
    kept: set[str] = set()
    for at, path in list_backups(folder):
        age = (now - at).days
        if age < _ALL_DAYS:
            continue
        slot = at.strftime("%Y%m%d" if age < _DAILY_DAYS else "%Y%m")
        if slot in kept:
            path.unlink(missing_ok=True)
        kept.add(slot)


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _new_name(folder: Path, now: dt.datetime, label: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"centre-{now.astimezone(CENTRE_ZONE).strftime(_FORM)}{label}.sqlite3"


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[sqlite3.Connection]:
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as target:
            yield target
            if target.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise errors.damaged(path)
            # A copy stands alone: without a write-ahead log beside it.
            target.execute("pragma journal_mode = delete")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _spoken(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if (blamed := errors.blame(error, folder / "backup")) is None:
            raise
        raise blamed from error
    except OSError as error:
        raise errors.blame_os(error, folder / "backup") from error
