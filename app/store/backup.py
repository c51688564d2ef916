"""Back-ups: whole copies beside the file, checked before they count, thinned with age."""

import contextlib
import datetime as dt
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from app.store import errors
from app.store.database import Database
from app.store.stamps import CENTRE_ZONE

FOLDER = "backups"
# Labels in names. Of a file whose trail had lost its end: kept, but nothing is measured by it.
DOUBTFUL = "doubtful"
RESTORED = "restored"
BEFORE_UPGRADE = "before-upgrade"
_NAME = re.compile(r"centre-(\d{8}-\d{6})(?:-([a-z-]+))?\.sqlite3")
_FORM = "%Y%m%d-%H%M%S"
_MAGIC = b"SQLite format 3\x00"
_HEAD = 100  # bytes; page size and count stand in it
# Kept: the newest copies in any case, all of the last two days that have one, the last of each of the last 31
# days that have one, and the last of each month. Days are counted by the copies, not by the clock.
_NEWEST = 10
_ALL_DAYS = 2
_DAILY_DAYS = 31
# A clock further from the newest copy than this, or behind it, may be wrong.
_CLOCK_LEAP = dt.timedelta(days=2)


def back_up(database: Database, folder: Path, *, label: str = "") -> Path:
    """Copy the open file into ``folder`` and thin older copies. Returns the new copy.

    Raises ``StoreUnavailableError`` when there is no room or no right to write there, or when the file turns
    out to be damaged.
    """
    now = database.clock()
    trusted = is_clock_likely(folder, now)
    with contextlib.ExitStack() as stack:
        stack.enter_context(_spoken(folder, database.path))
        path = _new_name(folder, now, label)
        target = stack.enter_context(_draft(path, database.path))
        database.copy_to(target)
    if trusted:
        thin(folder)
    return path


def copy_out(database: Database, folder: Path, progress: Callable[[int, int], None] | None = None) -> Path:
    """Copy the open file into a folder of somebody's choice (a stick), where nothing is thinned.

    ``progress`` hears of pages done and pages in all; what it raises ends the copy and leaves nothing.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(_spoken(folder, database.path))
        path = _new_name(folder, database.clock(), "")
        target = stack.enter_context(_draft(path, database.path))
        database.copy_to(target, progress)
    return path


def back_up_before_upgrade(
    connection: sqlite3.Connection, source: Path, folder: Path, now: dt.datetime
) -> Path:
    """The same for the file ``source``, not open as a ``Database`` yet. Such copies are not thinned away."""
    with _spoken(folder, source):
        path = _new_name(folder, now, BEFORE_UPGRADE)
        with _draft(path, source) as target:
            connection.backup(target)
    return path


def list_backups(folder: Path) -> tuple[tuple[dt.datetime, Path], ...]:
    """The copies in a folder with their times, newest first."""
    return tuple((at, path) for at, _, path in _labelled(folder))


def list_sound(folder: Path) -> tuple[Path, ...]:
    """The copies whose trail was whole when they were made, newest first."""
    return tuple(path for _, label, path in _labelled(folder) if label != DOUBTFUL)


def list_labelled(folder: Path) -> tuple[tuple[dt.datetime, str, Path], ...]:
    """The copies with their times and labels (empty, ``doubtful``, ``restored``, ``before-upgrade``)."""
    return tuple(_labelled(folder))


def is_whole(path: Path) -> bool:
    """Whether a copy is as long as its head says: checked when made, it may have been cut off since."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        size = path.stat().st_size
    except OSError:
        return False
    if len(head) < _HEAD or not head.startswith(_MAGIC):
        return False
    page = int.from_bytes(head[16:18]) if head[16:18] != b"\x00\x01" else 65_536
    return size == page * int.from_bytes(head[28:32])


def is_clock_likely(folder: Path, now: dt.datetime) -> bool:
    """Whether the clock is not behind the newest copy and no more than two days after it."""
    copies = list_backups(folder)
    return not copies or dt.timedelta() <= now - copies[0][0] <= _CLOCK_LEAP


def thin(folder: Path) -> None:
    """Drop copies that a later one of the same day or month makes needless.

    Doubtful copies are thinned among themselves, so that they push no sound one out; those made before an
    upgrade or by restoring stay.
    """
    for label in ("", DOUBTFUL):
        copies = [(at, path) for at, found, path in _labelled(folder) if found == label]
        days = sorted({at.date() for at, _ in copies}, reverse=True)
        taken: set[str] = set()
        for place, (at, path) in enumerate(copies):
            day = days.index(at.date())
            slot = at.strftime("%Y%m%d" if day < _DAILY_DAYS else "%Y%m")
            if slot in taken and place >= _NEWEST and day >= _ALL_DAYS:
                path.unlink(missing_ok=True)
            taken.add(slot)


def sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut. Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _labelled(folder: Path) -> list[tuple[dt.datetime, str, Path]]:
    found = []
    for path in folder.glob("centre-*.sqlite3"):
        if (shape := _NAME.fullmatch(path.name)) is not None:
            # Not by strptime: it loads calendar and locale, and every start reads these names.
            digits = shape.group(1).replace("-", "")
            parts = [int(digits[:4]), *(int(digits[at : at + 2]) for at in range(4, len(digits), 2))]
            at = dt.datetime(*parts, tzinfo=CENTRE_ZONE)  # type: ignore[misc,arg-type]
            found.append((at, shape.group(2) or "", path))
    return sorted(found, reverse=True)


def _new_name(folder: Path, now: dt.datetime, label: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    tail = f"-{label}" if label else ""
    return folder / f"centre-{now.astimezone(CENTRE_ZONE).strftime(_FORM)}{tail}.sqlite3"


@contextlib.contextmanager
def _draft(path: Path, source: Path) -> Iterator[sqlite3.Connection]:
    draft = path.with_name(f".{path.name}.new")
    _clear_drafts(path.parent)
    try:
        with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as target:
            yield target
            if target.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise errors.damaged(source)
            # A copy stands alone: without a write-ahead log beside it.
            target.execute("pragma journal_mode = delete")
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _clear_drafts(folder: Path) -> None:
    """Remove what a copying left that a power cut ended: whole files of children under no back-up's name.

    The program holds the file for itself, so nobody else copies it here now; on a stick of somebody's choice,
    too, only our own names are touched.
    """
    for draft in folder.glob(".centre-*.sqlite3.new*"):
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def _spoken(folder: Path, source: Path) -> Iterator[None]:
    """What fails while copying is the folder's fault, but damage is the source's."""
    try:
        yield
    except sqlite3.Error as error:
        if isinstance(errors.blame(error, source), errors.DamagedFileError):
            raise errors.damaged(source) from error
        if (blamed := errors.blame(error, folder / "backup")) is None:
            raise
        raise errors.of_copy(blamed) from error
    except OSError as error:
        raise errors.of_copy(errors.blame_os(error, folder / "backup")) from error
