"""Looking at sleeping infants every so many minutes (睡眠巡视): when the next look is due."""

import datetime as dt
from collections.abc import Iterable

from app.domain.logbook import clock_words, minutes_between
from app.domain.looks import Chip, Tone
from app.domain.record import record

_SOON = dt.timedelta(minutes=2)


@record
class Watch:
    """A sleeping child who is looked at: since when she sleeps, when the next look is due."""

    since: dt.datetime
    due: dt.datetime

    def overdue(self, now: dt.datetime) -> int:
        """Whole minutes past the moment it was due; 0 while it is not."""
        return max(0, minutes_between(self.due, now))

    def is_due(self, now: dt.datetime) -> bool:
        """Whether somebody should go and look: now, or within two minutes."""
        return now + _SOON >= self.due

    def chip(self, now: dt.datetime) -> Chip:
        """``14:05 巡视``, ``该巡视了``, ``巡视超时 7 分``."""
        if late := self.overdue(now):
            return Chip(f"巡视超时 {late} 分", Tone.BAD)
        if self.is_due(now):
            return Chip("该巡视了", Tone.WARN)
        return Chip(f"{clock_words(self.due)} 巡视", Tone.INFO)


def watch(since: dt.datetime, looks: Iterable[dt.datetime], every: int) -> Watch:
    """When to look next: ``every`` minutes after the last look, or after she fell asleep.

    Looks of an earlier sleep do not count.
    """
    last = max((look for look in looks if look >= since), default=since)
    return Watch(since, last + dt.timedelta(minutes=every))


def is_watched(months: int, *, infants: bool, below: int) -> bool:
    """Whether a child is looked at: all of an infant class, and whoever is below so many months of age."""
    return infants or months < below
