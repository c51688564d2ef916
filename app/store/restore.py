"""Putting a back-up in the place of the file, so that nothing of the old file can leak into it.

A copy laid over the file by hand meets the write-ahead log that a crash left beside it, and SQLite plays that
log into the copy. Here the copy is checked first, beside the file; what lay there goes aside as a whole.
"""

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from app.store import audit, backup, centre, errors, health
from app.store.database import Clock, Database, is_held
from app.store.stamps import CENTRE_ZONE

_FORM = "aside-%Y%m%d-%H%M%S"
_BESIDE = ("-wal", "-shm", "-journal")


def restore(copy: Path, path: Path, clock: Clock) -> Path | None:
    """Make ``copy`` the file at ``path``; an older copy is brought to this build's schema.

    Returns the folder in which the file before and all that belonged to it lies; None where there was none.
    The audit trail of the restored file says that it was restored, and a back-up of it is made, with which
    later checks of the trail begin.

    Raises:
        UnfitCopyError: the copy is missing, foreign, newer, damaged, its trail is broken, or it is of the
            practice centre where a real one's file lies.
        FileInUseError: a program has the file open.
        StoreUnavailableError: no room, or no right to write there.
    """
    try:
        return _restore(copy, path, clock)
    except OSError as error:
        raise errors.blame_os(error, path) from error


def _restore(copy: Path, path: Path, clock: Clock) -> Path | None:
    if is_held(path):
        raise errors.in_use(path)
    if not copy.is_file():
        raise errors.unfit(copy, "找不到这个文件")
    if path.exists() and copy.samefile(path):
        raise errors.unfit(copy, "这是数据文件本身")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.restored")
    kept: Path | None = None
    try:
        _discard(draft)
        _copy(copy, draft, clock)
        kept = _check(copy, draft, path, clock)
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        aside = set_aside(path, clock)
        draft.replace(path)
        kept = None
        backup.sync_folder(path.parent)
    finally:
        if kept is not None:
            kept.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            _discard(draft)
    return aside


def set_aside(path: Path, clock: Clock) -> Path | None:
    """Take the file and what SQLite keeps beside it to a folder of their own; None where nothing lies.

    The file itself stays until it is replaced: a plug pulled in between must not look like a first start.
    """
    beside = [other for tail in _BESIDE if (other := Path(f"{path}{tail}")).exists()]
    if not beside and not path.exists():
        return None
    folder = path.parent / clock().astimezone(CENTRE_ZONE).strftime(_FORM)
    while folder.exists():
        folder = folder.with_name(f"{folder.name}-2")
    folder.mkdir()
    if path.exists():
        try:
            os.link(path, folder / path.name)
        except OSError:  # a file system without links
            shutil.copy2(path, folder / path.name)
    for other in beside:
        other.replace(folder / other.name)
    backup.sync_folder(folder)
    return folder


def _copy(copy: Path, draft: Path, clock: Clock) -> None:
    """Copy through SQLite: what lies in a write-ahead log beside the copy comes along."""
    try:
        with (
            contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as target,
            contextlib.closing(Database.peek(copy, clock)) as source,
        ):
            source.copy_to(target)
    except sqlite3.Error as error:
        blamed = errors.blame(error, copy)
        if blamed is None:
            raise
        if isinstance(blamed, errors.ForeignFileError | errors.DamagedFileError | errors.UnwritableError):
            raise errors.unfit(copy, "读不出来，或者不是托得好的备份") from error
        raise blamed from error


def _check(copy: Path, draft: Path, path: Path, clock: Clock) -> Path:
    """Open the draft as the program would, check all of it, and write the restore into its trail."""
    try:
        with contextlib.closing(Database.open(draft, clock=clock)) as database:
            if health.find_damage(database) is not None:
                raise errors.unfit(copy, _why(database))
            kept = centre.find_centre(database)
            if kept is not None and kept.practice and centre.is_real_centre(path, clock):
                raise errors.unfit(copy, "这是练习中心的备份，不能代替真实中心的数据")
            with database.unit(None, "restore") as unit:
                unit.audit("backup", None, copy.name)
            return backup.back_up(database, path.parent / backup.FOLDER, label=backup.RESTORED)
    except errors.ForeignFileError as error:
        raise errors.unfit(copy, "不是托得好的备份") from error
    except errors.NewerFileError as error:
        raise errors.unfit(copy, "来自更新版本的托得好，请先升级本机程序") from error
    except errors.DamagedFileError as error:
        raise errors.unfit(copy, "备份已损坏") from error


def _why(database: Database) -> str:
    broken = audit.first_broken_line(database) if database.find_damage() is None else None
    return "备份已损坏" if broken is None else f"备份里的操作记录从第 {broken} 条起对不上"


def _discard(draft: Path) -> None:
    for leftover in (draft, *(Path(f"{draft}{tail}") for tail in _BESIDE)):
        leftover.unlink(missing_ok=True)
