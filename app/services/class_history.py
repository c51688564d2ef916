"""The log of a class over any time, in pages: a year of it opens as fast as a day."""

import datetime as dt

from app.domain.ids import ChildId, ClassId, EntryId
from app.domain.logbook import EntryKind, title_of, words_of
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.store import log_versions
from app.store.database import Clock, Database
from app.store.log_versions import Cursor

PAGE = 120
__all__ = ["PAGE", "ClassHistory", "Cursor", "PastLine", "PastPage"]


@record
class PastLine:
    """One line of the history."""

    entry: EntryId
    day: dt.date
    at: dt.datetime
    kind: str
    name: str
    title: str
    words: str
    by: str


@record
class PastPage:
    """A page and where the next one begins; ``more`` is None at the end."""

    lines: tuple[PastLine, ...]
    more: Cursor | None


class ClassHistory:
    """Reading back."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def page(
        self,
        actor: Actor,
        class_id: ClassId,
        before: Cursor | None = None,
        *,
        kind: EntryKind | None = None,
        child: ChildId | None = None,
    ) -> PastPage:
        """The newest lines of a class that holds, or those before a cursor."""
        actor.require(Permission.SEE_HEALTH)
        found = log_versions.page(self._database, class_id, before, PAGE, kind=kind, child=child)
        lines = tuple(
            PastLine(
                one.kept.entry.id,
                one.day,
                one.kept.entry.what.at,
                one.kept.entry.what.kind.value,
                one.name,
                title_of(one.kept.entry.what),
                words_of(one.kept.entry.what),
                one.kept.by,
            )
            for one in found
        )
        last = lines[-1] if len(lines) == PAGE else None
        return PastPage(lines, None if last is None else Cursor(last.at, last.entry))
