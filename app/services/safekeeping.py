"""Nothing is lost: back-ups, when they were made, and whether the file is sound."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from app.domain.changes import Changes, Done, Topic
from app.domain.staff import Actor, Permission
from app.store import backup, health
from app.store.database import Clock, Database
from app.store.stamps import day_of


@dataclass(frozen=True, slots=True)
class KeepingStatus:
    """What the status line says about safety."""

    saved_at: dt.datetime | None
    backed_up_at: dt.datetime | None
    words: str  # 备份 12:00 成功 / 今天还没有备份


class Safekeeping:
    """The verbs of safekeeping. Back-ups lie in ``backups`` beside the file unless told otherwise."""

    def __init__(self, database: Database, clock: Clock, folder: Path | None = None) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder or database.path.parent / backup.FOLDER

    def back_up_now(self, actor: Actor) -> Done[Path]:
        """Copy the whole file, check the copy, thin the old ones; the audit trail says who asked.

        Raises:
            StoreUnavailableError: no room, or no right to write there.
        """
        actor.require(Permission.READ)
        path = backup.back_up(self._database, self._folder)
        with self._database.unit(actor.id, "back_up") as unit:
            unit.audit("backup", None, path.name)
        return Done(path, Changes(frozenset({Topic.SETTINGS})))

    def back_up_daily(self) -> Path | None:
        """Copy the file if today has no copy yet; returns the new one. Asked when the program is idle."""
        today = day_of(self._clock())
        copies = backup.list_backups(self._folder)
        if copies and day_of(copies[0][0]) == today:
            return None
        return backup.back_up(self._database, self._folder)

    def status(self) -> KeepingStatus:
        """When something was last saved and last backed up."""
        copies = backup.list_backups(self._folder)
        newest = copies[0][0] if copies else None
        return KeepingStatus(self._database.saved_at, newest, _words(newest, day_of(self._clock())))

    def damage(self) -> str | None:
        """What is wrong with the file, for the log; None when sound. Reads every page: ask when idle."""
        return health.find_damage(self._database)


def _words(newest: dt.datetime | None, today: dt.date) -> str:
    if newest is None:
        return "还没有备份"
    if day_of(newest) == today:
        return f"备份 {newest:%H:%M} 成功"
    return f"上次备份 {newest.month}月{newest.day}日 {newest:%H:%M}"
