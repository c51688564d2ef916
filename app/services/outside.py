"""Who is outside with a group is not put to bed: she is looked for where the group is, and counted there."""

from collections.abc import Mapping

from app.domain.logbook import EntryDraft, EntryError
from app.domain.places import SICKROOM
from app.store import walks
from app.store.database import Database
from app.store.logbook import Subject

_NAMED = 6


class OutsideError(EntryError):
    """A sleep of somebody who is outside with a group."""


def require_indoors(database: Database, sleeps: Mapping[Subject, EntryDraft]) -> None:
    """Pass if nobody who is to sleep is outside; a sleep that was over when the group went is one.

    Raises:
        OutsideError: some are; the sentence names them, and where they are.
    """
    if not sleeps:
        return
    days = {one.day for one in sleeps}
    out = {
        member.visit: walk
        for day in sorted(days)
        for walk in walks.list_open(database, day)
        if walk.place != SICKROOM
        for member in walk.children
    }
    found = {
        one.name: out[one.visit].place
        for one, what in sleeps.items()
        if one.visit in out and (what.until is None or what.until > out[one.visit].started_at)
    }
    if not found:
        return
    names = "、".join(list(found)[:_NAMED]) + (f" 等 {len(found)} 人" if len(found) > _NAMED else "")
    places = "、".join(dict.fromkeys(found.values()))
    hint = "，或先不记外出的孩子" if len(found) < len(sleeps) else ""
    msg = f"{names}还在{places}，没有返回，不会在床上睡。请先记返回{hint}。"
    raise OutsideError(msg, field="at")
