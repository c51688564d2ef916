"""Looking at sleeping infants every so many minutes (睡眠巡视): when the next look is due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from app.domain.log_kinds import EntryKind, Position, SleepSign
from app.domain.logbook import EntryDraft, clock_words, minutes_between
from app.domain.looks import Chip, Tone
from app.domain.record import record

_SOON = dt.timedelta(minutes=2)
_EDGE = dt.timedelta(minutes=2)  # whoever looks and whoever wakes her read two clocks


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


def sleeps_at(entry: EntryDraft, at: dt.datetime) -> bool:
    """Whether this is a sleep she is in at a moment, its edges counted in: a look finds her waking, too."""
    began = entry.at.replace(second=0, microsecond=0)
    return entry.kind is EntryKind.SLEEP and began <= at and (entry.until is None or at <= entry.until)


def look_left(
    before: EntryDraft, after: EntryDraft | None, others: Iterable[EntryDraft]
) -> EntryDraft | None:
    """The first look that found her in a sleep as it was, and would find her in none; None where all would.

    ``after`` is the sleep as it is to be, None where it is taken back. ``others`` are the rest of her day.
    """
    rest = tuple(others)
    looks = [one for one in rest if one.kind is EntryKind.SLEEP_CHECK and sleeps_at(before, one.at)]
    if not looks:
        return None
    sleeps = [one for one in rest if one.kind is EntryKind.SLEEP]
    if after is not None:
        until = None if after.until is None else after.until + _EDGE
        sleeps.append(replace(after, at=after.at - _EDGE, until=until))
    lost = (one for one in looks if not any(sleeps_at(sleep, one.at) for sleep in sleeps))
    return min(lost, key=lambda one: one.at, default=None)


def lies_on_belly(look: EntryDraft) -> bool:
    """Whether a look found a sleeper on her belly."""
    return look.kind is EntryKind.SLEEP_CHECK and look.detail == Position.BELLY


def is_unsaid(look: EntryDraft) -> bool:
    """Whether somebody lay on her belly, and nothing says what was done about it or why it may be."""
    answered = {SleepSign.TURNED, SleepSign.WAKING, SleepSign.CONCERN}
    return lies_on_belly(look) and look.quality not in answered and not look.note.strip()


def standing_finding(log: Iterable[EntryDraft], seen_to: Iterable[dt.datetime] = ()) -> EntryDraft | None:
    """The last look at a child, where it found something wrong and nobody has seen to her since.

    Whether she sleeps on or was woken changes nothing. ``seen_to`` are the moments at which somebody did.
    """
    looks = (what for what in log if what.kind is EntryKind.SLEEP_CHECK)
    last = max(looks, key=lambda what: what.at, default=None)
    if last is None or last.quality != SleepSign.CONCERN or any(last.at <= at for at in seen_to):
        return None
    return last


def finding_chip(look: EntryDraft) -> Chip:
    """``14:00 巡视异常``."""
    return Chip(f"{clock_words(look.at)} 巡视异常", Tone.BAD)
