"""Who is outside with a group is not put to bed: she is looked for where the group is, and counted there."""

from collections import Counter
from collections.abc import Iterable, Mapping

from app.domain.logbook import EntryDraft, EntryError
from app.store import walks
from app.store.database import Database
from app.store.logbook import Subject

SICKROOM = "医务室"  # a group may be there, and who is unwell lies down in it
PLACES = ("户外活动场", "院子", "公园", "散步", "感统室", SICKROOM)
_ROOMS = ("室", "房", "厅", "馆", "走廊")  # how a place within a house ends
_NAMED = 6


def is_outdoors(place: str) -> bool:
    """Whether a group that went somewhere is outdoors: of a room no time outdoors comes (58号文 Art 18)."""
    return not place.endswith(_ROOMS)


def out_word(place: str) -> str:
    """``户外`` of a group in the open, else the room it is in: ``医务室``."""
    return "户外" if is_outdoors(place) else place


def out_counts(places: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many are where: ``(("户外", 6), ("医务室", 1))``."""
    return tuple(sorted(Counter(out_word(one) for one in places).items(), key=lambda one: one[0] != "户外"))


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
