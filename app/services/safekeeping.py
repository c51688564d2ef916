"""Nothing is lost: back-ups, when they were made, whether the file is sound, and the way back to a copy."""

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.changes import Changes, Done, Topic
from app.domain.errors import RuleError
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.store import backup, errors
from app.store.database import Clock, Database
from app.store.stamps import day_of

if TYPE_CHECKING:
    from app.store.audit import Walk


class NotAFolderError(RuleError):
    """A back-up cannot lie there."""


@record
class KeepingStatus:
    """What the status line says about safety."""

    saved_at: dt.datetime | None
    backed_up_at: dt.datetime | None
    words: str  # 备份 12:00 成功 / 今天还没有备份
    warning: str = ""  # what is wrong with the audit trail and what to do; empty while it is whole
    fresh: bool = False  # whether the newest back-up is of today


@record
class KeptCopy:
    """One back-up as the list shows it."""

    at: dt.datetime
    size: int  # bytes
    sound: bool
    words: str  # 完好 / 完好（升级前） / 可疑：操作记录对不上 / 不完整，不能用
    name: str


@record
class KeptCopies:
    """What there is to go back to, newest first, and how."""

    copies: tuple[KeptCopy, ...]
    restore_words: str


_KINDS = {backup.BEFORE_UPGRADE: "完好（升级前）", backup.RESTORED: "完好（恢复时）"}
_BROKEN = "操作记录从第 {line} 条起对不上：可能有人改过数据文件。请联系维护人员核对。{mend}"
_CUT = "操作记录比上次备份时少了：可能有人改过或换过数据文件。请联系维护人员核对。{mend}"


class Safekeeping:
    """The verbs of safekeeping. Back-ups lie in ``backups`` beside the file unless told otherwise."""

    def __init__(self, database: Database, clock: Clock, folder: Path | None = None) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder or database.path.parent / backup.FOLDER
        self._watched: dt.date | None = None
        self._walk: Walk | None = None
        self._cut: bool | None = None  # None: not looked at today

    def back_up_now(self, actor: Actor) -> Done[Path]:
        """Copy the whole file, check the copy, thin the old ones; the audit trail says who asked.

        Raises:
            StoreUnavailableError: no room, or no right to write there.
        """
        actor.require(Permission.READ)
        path = self._copy()
        with self._database.unit(actor.id, "back_up") as unit:
            unit.audit("backup", None, path.name)
        return Done(path, Changes(frozenset({Topic.SETTINGS})))

    def copy_out(
        self, actor: Actor, folder: Path, progress: Callable[[int, int], None] | None = None
    ) -> Done[Path]:
        """Copy the whole file into a folder of somebody's choice, checked like any back-up.

        Raises:
            StoreUnavailableError: no room, or no right to write there.
            NotAFolderError: the folder is not there, or is the one where the file lies.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        if not folder.is_dir():
            msg = f"没有这个文件夹：{folder}。请插好 U 盘，再选一次。"
            raise NotAFolderError(msg, field="folder")
        if folder.resolve() == self._database.path.parent.resolve():
            raise NotAFolderError("这就是数据所在的文件夹。备份要放到别处，最好是 U 盘。", field="folder")
        path = backup.copy_out(self._database, folder, progress)
        # Of a file that was taken from its place the copy is all that will be found: nothing to tell there.
        with contextlib.suppress(errors.MovedFileError), self._database.unit(actor.id, "copy_out") as unit:
            unit.audit("backup", None, path.name)
        return Done(path, Changes(frozenset({Topic.SETTINGS})))

    def back_up_daily(self) -> Path | None:
        """Copy the file if today has no copy yet; returns the new one. Asked when the program is idle."""
        today = day_of(self._clock())
        if any(day_of(at) == today for at, _ in backup.list_backups(self._folder)):
            return None
        return self._copy()

    def keep(self) -> KeepingStatus:
        """What the program does by itself each minute: watch the audit trail, make today's copy.

        Once a day the trail is compared with the newest sound copy and its whole chain is checked, a stride a
        call. A trail found wrong stays in ``warning``, on the days after, too: copies made meanwhile are
        called doubtful, and nothing is measured by them.
        """
        from app.store.audit import Walk  # the start of the program needs it not yet

        today = day_of(self._clock())
        if self._walk is None or self._watched != today:
            self._watched, self._walk, self._cut = today, Walk(), None
        self._is_cut()
        if not self._walk.ended:
            self._walk.go_on(self._database)
        self.back_up_daily()
        return self.status()

    def status(self) -> KeepingStatus:
        """When something was last saved and last backed up."""
        copies = backup.list_backups(self._folder)
        newest = copies[0][0] if copies else None
        today = day_of(self._clock())
        fresh = newest is not None and day_of(newest) == today
        return KeepingStatus(self._database.saved_at, newest, _words(newest, today), self._warning(), fresh)

    def copies(self, actor: Actor) -> KeptCopies:
        """Every back-up there is, and the command that brings the newest sound one back."""
        actor.require(Permission.READ)
        found = (_kept(*one) for one in backup.list_labelled(self._folder))
        return KeptCopies(tuple(one for one in found if one is not None), self.restore_words())

    def restore_words(self) -> str:
        """How to put the newest back-up in the place of the file: the very command."""
        return errors.restore_words(self._database.path)

    def damage(self) -> str | None:
        """What is wrong with the file, for the log; None when sound. Reads every page: ask when idle."""
        from app.store import health

        return health.find_damage(self._database)

    def _copy(self) -> Path:
        label = backup.DOUBTFUL if self._is_cut() else ""
        return backup.back_up(self._database, self._folder, label=label)

    def _is_cut(self) -> bool:
        if self._cut is None:
            self._cut = self._loses_the_end()
        return self._cut

    def _loses_the_end(self) -> bool:
        """Whether the trail lacks the line with which the newest sound copy that can be read ends."""
        from app.store import audit

        tails = (audit.find_tail_of(path, self._clock) for path in backup.list_sound(self._folder))
        newest = next((tail for tail in tails if tail is not None), None)
        return newest is not None and not audit.holds(self._database, newest)

    def _warning(self) -> str:
        if self._walk is not None and self._walk.broken is not None:
            return _BROKEN.format(line=self._walk.broken, mend=self.restore_words())
        return _CUT.format(mend=self.restore_words()) if self._cut else ""


def restore_file(copy: Path, path: Path, clock: Clock) -> str:
    """Put a back-up in the place of the file and say what was done. The program must be closed.

    There is no acting staff member: whoever gives the command owns the machine and its files.

    Raises:
        UnfitCopyError: the copy is missing, foreign, newer, damaged, or its trail is broken.
        FileInUseError: the program is open.
        StoreUnavailableError: no room, or no right to write there.
    """
    from app.store import restore  # not at every start

    aside = restore.restore(copy, path, clock)
    before = f"原来的文件放在：{aside}" if aside is not None else "这个文件夹里原来没有数据文件"
    return f"已恢复：{path}，来自备份 {copy.name}。{before}。"


def _kept(at: dt.datetime, label: str, path: Path) -> KeptCopy | None:
    """None for a copy thinned away while the list was read."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return None
    if not backup.is_whole(path):
        return KeptCopy(at, size, False, "不完整，不能用", path.name)
    if label == backup.DOUBTFUL:
        return KeptCopy(at, size, False, "可疑：操作记录对不上", path.name)
    return KeptCopy(at, size, True, _KINDS.get(label, "完好"), path.name)


def _words(newest: dt.datetime | None, today: dt.date) -> str:
    if newest is None:
        return "还没有备份"
    if day_of(newest) == today:
        return f"备份 {newest:%H:%M} 成功"
    return f"上次备份 {newest.month}月{newest.day}日 {newest:%H:%M}"
