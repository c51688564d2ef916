"""What the file can suffer, each with a sentence that says what to do; told apart from our own bugs."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from app.domain.errors import SurroundingsError


class StoreUnavailableError(SurroundingsError):
    """The file cannot be used right now. Subclasses say why."""


class FileInUseError(StoreUnavailableError):
    """Another process holds the file."""

    passes = True


class DiskFullError(StoreUnavailableError):
    """No room to write; nothing of the unit was kept."""

    passes = True


class UnwritableError(StoreUnavailableError):
    """The file or its folder may not be written to, or the folder does not exist."""

    passes = True


class MissingFileError(StoreUnavailableError):
    """There is no file yet."""


class LostFileError(StoreUnavailableError):
    """The file is gone or empty, and back-ups of it are there: it must not be made anew unasked."""


class MovedFileError(StoreUnavailableError):
    """The file that is open was taken from its place: what is written into it would not be found again."""

    passes = True


class DamagedFileError(StoreUnavailableError):
    """The file is ours but its content is broken."""


class ForeignFileError(StoreUnavailableError):
    """The file was not made by this program."""


class NewerFileError(StoreUnavailableError):
    """The file was written by a newer release."""


class UnfitCopyError(StoreUnavailableError):
    """A copy that cannot take the file's place. The file itself was not touched."""


class RealCentreError(StoreUnavailableError):
    """A centre's own file lies where the practice centre was to be laid out."""


class DiskError(StoreUnavailableError):
    """The disk reports an error while reading or writing."""

    passes = True


_FULL = "磁盘空间不足，刚才这一步没有保存。请清理磁盘后再做一次，已保存的内容不受影响。"
_FULL_COPY = "备份的地方空间不足，这次备份没有做成。数据本身都已保存；请清理磁盘，备份会自动再试。"
_DISK_COPY = "备份的地方读写出错，这次备份没有做成。数据本身都已保存；请检查磁盘，备份会自动再试。"
_IN_USE = "数据文件正被另一个托得好窗口使用：{path}。请切换到那个窗口，或先把它关闭。"
_UNWRITABLE = "无法写入数据文件夹：{folder}。请检查文件夹是否存在、是否有写入权限，或用 --data 换一个文件夹。"
_DAMAGED = "数据文件已损坏：{path}。请不要继续使用。{mend}"
_RESTORE = "请懂电脑的人先关闭程序，再用命令 {command} 恢复最近的备份。"
_NO_COPY = "备份文件夹里还没有备份，请联系维护人员。"
_UNFIT = "不能用这个备份恢复：{path}（{why}）。数据文件没有改动，请换一个备份再试。"
_REAL = "这里放着一个真实中心的数据，或者一个读不出来的文件：{path}。练习和演示不会动它，请换一个文件夹。"
_DISK = "磁盘读写出错，刚才这一步没有保存。请检查磁盘或网络盘是否连接正常，然后再试一次。"
_FOREIGN = "这不是托得好的数据文件：{path}。请换一个数据文件夹，或把这个文件移走后再打开。"
_NEWER = "数据文件来自更新版本的托得好：{path}。请先升级本机程序，再打开这个文件。"
_LOST = (
    "数据文件不见了（或是空的）：{path}，备份还在。{mend}如果确实要从头新建，请先把备份文件夹移走：{folder}。"
)
_LINK = "数据文件 {path} 指向 {target}，那里现在没有文件。请接好那块磁盘或网络盘，再试一次；不会另外新建。"
_MOVED = (
    "数据文件不在原处了：{path}（文件夹被移走、改名、删除，或者 U 盘、网络盘断开了）。刚才这一步没有保存。"
    "请放回原处再做一次；放不回去时不要关程序，先在 设置 → 备份 里“备份到文件夹”。"
)
_MISSING = "没有找到数据文件：{path}。第一次使用请先建立中心。"


def foreign(path: Path) -> ForeignFileError:
    """A file that another program made."""
    return ForeignFileError(_FOREIGN.format(path=path))


def newer(path: Path) -> NewerFileError:
    """A file of a later schema than this build knows."""
    return NewerFileError(_NEWER.format(path=path))


def damaged(path: Path) -> DamagedFileError:
    """A file whose content is broken."""
    error = DamagedFileError(_DAMAGED.format(path=path, mend=restore_words(path)))
    error.copy = str(_sound_copy(path) or "")
    return error


def unfit(path: Path, why: str) -> UnfitCopyError:
    """A copy that cannot take the file's place; ``why`` in a few words."""
    return UnfitCopyError(_UNFIT.format(path=path, why=why))


def real_centre(path: Path) -> RealCentreError:
    """A centre's own file lies where play was to begin."""
    return RealCentreError(_REAL.format(path=path))


def restore_words(path: Path) -> str:
    """How to put the newest sound back-up in the place of the file: the very command."""
    copy = _sound_copy(path)
    if copy is None:
        return _NO_COPY
    return _RESTORE.format(command=f'tuodehao restore "{copy}" --data "{path.parent}"')


def lost(path: Path) -> LostFileError | None:
    """A file that is gone or empty while a back-up lies beside it, or a link to a disk that is not there.

    None where it is right to begin anew.
    """
    from app.store import backup

    if path.is_symlink() and not path.exists():
        return LostFileError(_LINK.format(path=path, target=path.readlink()))
    if (copy := _sound_copy(path)) is None:
        return None
    folder = path.parent / backup.FOLDER
    error = LostFileError(_LOST.format(path=path, mend=restore_words(path), folder=folder))
    error.copy = str(copy)
    return error


def _sound_copy(path: Path) -> Path | None:
    from app.store import backup

    sound = backup.list_sound(path.parent / backup.FOLDER)
    return next((one for one in sound if backup.is_whole(one)), None)


def missing(path: Path) -> MissingFileError:
    """No file where one was asked for."""
    return MissingFileError(_MISSING.format(path=path))


def moved(path: Path) -> MovedFileError:
    """An open file that lies no more where it was opened."""
    return MovedFileError(_MOVED.format(path=path))


def unwritable(path: Path) -> UnwritableError:
    """A place that cannot be written to."""
    return UnwritableError(_UNWRITABLE.format(folder=path.parent))


def in_use(path: Path) -> FileInUseError:
    """A file that another process holds."""
    return FileInUseError(_IN_USE.format(path=path))


def blame(error: sqlite3.Error, path: Path) -> StoreUnavailableError | None:
    """The surroundings at fault for an SQLite error, or None when it is our own bug."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return in_use(path)
        case sqlite3.SQLITE_FULL:
            return DiskFullError(_FULL)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return unwritable(path)
        case sqlite3.SQLITE_CORRUPT:
            return damaged(path)
        case sqlite3.SQLITE_NOTADB:
            return foreign(path) if not _has_header(path) else damaged(path)
        case sqlite3.SQLITE_IOERR:
            # A file that may only be read cannot be locked, which SQLite tells as trouble with the disk.
            return DiskError(_DISK) if _is_writable(path) else unwritable(path)
        case _:
            return None


def _is_writable(path: Path) -> bool:
    return all(os.access(place, os.W_OK) for place in (path, path.parent))


def of_copy(error: StoreUnavailableError) -> StoreUnavailableError:
    """The same trouble, met while copying the file: no step of anybody's was lost.

    That the next step is saved says nothing of the copy.
    """
    told = error
    if isinstance(error, DiskFullError):
        told = DiskFullError(_FULL_COPY)
    elif isinstance(error, DiskError):
        told = DiskError(_DISK_COPY)
    told.passes = False
    return told


@contextlib.contextmanager
def blamed(path: Path) -> Iterator[None]:
    """Turn an error of the file or its folder inside the block into the sentence for the surroundings.

    Raises:
        StoreUnavailableError: the surroundings are at fault. Our own bugs pass as they are.
    """
    try:
        yield
    except sqlite3.Error as error:
        if (found := blame(error, path)) is None:
            raise
        raise found from error
    except OSError as error:
        raise blame_os(error, path) from error


def blame_os(error: OSError, path: Path) -> StoreUnavailableError:
    """The same for an error of the file system."""
    import errno

    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFullError(_FULL)
    if error.errno == errno.EIO:
        return DiskError(_DISK)
    return unwritable(path)


def _has_header(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False
