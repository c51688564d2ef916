"""Who was in the isolation room was neither outdoors nor at play with the others meanwhile."""

from collections.abc import Mapping

from app.domain.logbook import EntryDraft, EntryError, EntryKind, clock_words
from app.store import day, fever
from app.store.database import Database
from app.store.logbook import Subject

TOGETHER = frozenset({EntryKind.OUTDOOR, EntryKind.ACTIVITY})
_NAMED = 6


class ApartError(EntryError):
    """Time outdoors or at play of somebody who was in the isolation room then."""


def apart_then(database: Database, drafts: Mapping[Subject, EntryDraft]) -> dict[Subject, str]:
    """``张沐阳 9:31 起在隔离室`` of each of these who was there at the time of what is to be logged of her.

    On most days nothing is read but whether there is a fever.
    """
    shared = {one: what for one, what in drafts.items() if what.kind in TOGETHER}
    if not shared:
        return {}
    if not day.has_fever_inside(database) and all(one.left_at is None for one in shared):
        return {}
    ladders = fever.list_since(database, min(one.day for one in shared))
    found = {}
    for subject, what in shared.items():
        own = (one for ladder in ladders if ladder.visit == subject.visit for one in ladder.stretches)
        for start, end in own:
            began = start.replace(second=0, microsecond=0)
            before = what.at < began if what.until is None else what.until <= began
            if not before and (end is None or what.at < end):
                until = "起" if end is None else f"到 {clock_words(end)} "
                found[subject] = f"{subject.name} {clock_words(start)} {until}在隔离室"
    return found


def require_together(database: Database, drafts: Mapping[Subject, EntryDraft]) -> None:
    """Pass if none of these was in the isolation room at the time.

    Raises:
        ApartError: some were; the sentence names them, and since when.
    """
    if apart := apart_then(database, drafts):
        raise refused(apart)


def refused(apart: Mapping[Subject, str]) -> ApartError:
    """The refusal that names who was in the isolation room, the first of them, and since when."""
    every = list(apart.values())
    names = "、".join(every[:_NAMED]) + (f" 等 {len(every)} 人" if len(every) > _NAMED else "")
    return ApartError(f"{names}，不会和大家一起，没有记。请核对时间。", field="at")
