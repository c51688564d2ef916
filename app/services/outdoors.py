"""户外: two hours a day (58号文 Art 18), and why it was less where it was."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ids import ClassId, VisitId
from app.domain.logbook import EntryDraft, EntryKind, minutes_between
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.store import day, day_moves, logbook, settings
from app.store.database import Clock, Database
from app.store.day import Stay
from app.store.stamps import at_minute, day_of, minute_of

_LATE = 15 * 60 + 30  # from this minute of the day on what is short is asked for


@record
class OutdoorLine:
    """One child's minutes outdoors on a day; ``reason`` is why it was too short, empty while nobody said."""

    visit: VisitId
    name: str
    minutes: int
    reason: str
    short: bool


@record
class OutdoorDay:
    """A class's day outdoors. ``duty`` are the minutes it should have."""

    day: dt.date
    duty: int
    lines: tuple[OutdoorLine, ...]

    @property
    def unexplained(self) -> tuple[OutdoorLine, ...]:
        """Who was out too short without a reason."""
        return tuple(line for line in self.lines if line.short and not line.reason)


class Outdoors:
    """How long the children of a class were outdoors."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_day(self, actor: Actor, class_id: ClassId, date: dt.date | None = None) -> OutdoorDay:
        """Each child of a class on a day, today unless told, the shortest first.

        Who moved within the day stands where she was when what is short is asked for: the class that was
        outdoors with her knows why.
        """
        actor.require(Permission.SEE_HEALTH)
        date = date or day_of(self._clock())
        stays = answered_for(self._database, day.list_stays(self._database, date), class_id, date)
        log: dict[VisitId, list[EntryDraft]] = {stay.visit: [] for stay in stays}
        for kept in logbook.list_entries(self._database, list(log)):
            log[kept.entry.visit].append(kept.entry.what)
        duty = settings.current(self._database, date).outdoor_minutes
        lines = []
        for stay in stays:
            minutes = minutes_outdoors(log[stay.visit])
            reason = _reason(log[stay.visit])
            lines.append(OutdoorLine(stay.visit, stay.who.name, minutes, reason, minutes < duty))
        return OutdoorDay(date, duty, tuple(sorted(lines, key=lambda line: line.minutes)))


def answered_for(
    database: Database, stays: Sequence[Stay], class_id: ClassId, date: dt.date
) -> tuple[Stay, ...]:
    """Those of a day's stays whose hours outdoors a class answers for: it had them when that is asked."""
    return day_moves.in_class_at(database, stays, class_id, at_minute(date, _LATE))


def minutes_outdoors(log: Sequence[EntryDraft]) -> int:
    """Whole minutes outdoors of one child's day."""
    out = (what for what in log if what.kind is EntryKind.OUTDOOR)
    return sum(minutes_between(what.at, what.until or what.at) for what in out)


def least_outdoors(logs: Sequence[Sequence[EntryDraft]]) -> int:
    """The minutes of the child who was out least; 0 for nobody."""
    return min((minutes_outdoors(log) for log in logs), default=0)


def outdoor_chip(
    database: Database, class_id: ClassId, here: Sequence[tuple[Stay, Sequence[EntryDraft]]], now: dt.datetime
) -> tuple[Chip, ...]:
    """``户外 45/120 分`` for the class: amber late in the day while it is short and nobody said why.

    ``here`` are the children in it now, with their day. Who came over in the evening is not asked about.
    """
    duty = settings.current(database, day_of(now)).outdoor_minutes
    own = {stay.visit for stay in answered_for(database, [stay for stay, _ in here], class_id, day_of(now))}
    logs = [log for stay, log in here if stay.visit in own]
    if not logs or not duty:
        return ()
    least = least_outdoors(logs)
    short = [log for log in logs if minutes_outdoors(log) < duty]
    if not short:
        return (Chip(f"户外 {least} 分", Tone.OK),)
    explained = all(_reason(log) for log in short)
    late = minute_of(now) >= _LATE and not explained
    words = f"户外 {least}/{duty} 分" + ("（已写原因）" if explained else "，请写原因" if late else "")
    return (Chip(words, Tone.WARN if late else Tone.INFO),)


def _reason(log: Sequence[EntryDraft]) -> str:
    told = [what.text for what in log if what.kind is EntryKind.OUTDOOR and what.text]
    return told[-1] if told else ""
