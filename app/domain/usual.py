"""What is usual for one child: her last days here, and how today stands beside them.

Nothing is said on fewer than three days of record: a comparison with one day is gossip.
"""

import datetime as dt
import statistics
from collections.abc import Callable, Iterable
from enum import StrEnum

from app.domain.record import record

LEAST_DAYS = 3
_GRADES_APART = 2  # of a meal grade, from half to all
_MINUTES_APART = 30
_ML_APART = 100
_SHARE_APART = 0.3


class Beside(StrEnum):
    """How today stands beside the last days."""

    AS_USUAL = "as_usual"
    MORE = "more"
    LESS = "less"


@record
class PastDay:
    """One day before: the best grade of lunch (0 refused to 5 seconds), minutes slept, and moods noted.

    ``water`` is in ml, ``longest`` the minutes of its longest sleep, ``parts`` counts the activities of which
    it is known how she took part, ``eager`` those in which she did by herself. None where nothing was logged,
    or where a drink has no amount.
    """

    day: dt.date
    lunch: int | None = None
    slept: int | None = None
    moods: int = 0
    low_moods: int = 0
    water: int | None = None
    longest: int | None = None
    parts: int = 0
    eager: int = 0


@record
class Usual:
    """Her days before this one, as far as they are looked at, and whether there was any at all."""

    days: tuple[PastDay, ...] = ()
    been_before: bool = True

    def lunch(self, grade: int | None) -> Beside:
        """Lunch by its grade: more or less than usual by two grades at least."""
        past = [one.lunch for one in self.days if one.lunch is not None]
        return _beside(grade, past, lambda _usual: _GRADES_APART)

    def sleep(self, minutes: int | None) -> Beside:
        """Sleep in minutes: longer or shorter by half an hour and by three tenths at least."""
        past = [one.slept for one in self.days if one.slept is not None]
        return _beside(minutes, past, lambda usual: max(_MINUTES_APART, usual * _SHARE_APART))

    def water(self, amount: int | None) -> Beside:
        """Water in ml: MORE by a hundred and by three tenths at least; a day not over says no LESS."""
        past = [one.water for one in self.days if one.water is not None]
        beside = _beside(amount, past, lambda usual: max(_ML_APART, usual * _SHARE_APART))
        return beside if beside is Beside.MORE else Beside.AS_USUAL

    def part(self, parts: int, eager: int) -> Beside:
        """MORE: eager at everything today, where she was at nothing on any of the last days."""
        past = [one.eager for one in self.days if one.parts]
        if len(past) < LEAST_DAYS or not parts or eager < parts or any(past):
            return Beside.AS_USUAL
        return Beside.MORE

    def mood(self, moods: int, low: int) -> Beside:
        """MORE: no low mood today where most days had one. LESS: low today, where no day was."""
        past = [one.low_moods for one in self.days if one.moods]
        if not moods or len(past) < LEAST_DAYS:
            return Beside.AS_USUAL
        lows = sum(1 for one in past if one)
        if not low and lows * 2 > len(past):
            return Beside.MORE
        return Beside.LESS if low and not lows else Beside.AS_USUAL


@record
class Before:
    """What the log holds of a child before a day, where it goes back to her first day here.

    Each is None where nobody looked: ``foods`` are all texts of her meals and new foods, ``slept`` the
    minutes of her longest sleep, ``steps`` what she did herself on the way to the potty, ``whole_day``
    whether she has stayed from morning to four.
    """

    foods: tuple[str, ...] | None = None
    slept: int | None = None
    steps: frozenset[str] | None = None
    whole_day: bool | None = None


def _beside(today: int | None, past: Iterable[int], apart: Callable[[float], float]) -> Beside:
    known = list(past)
    if today is None or len(known) < LEAST_DAYS:
        return Beside.AS_USUAL
    usual = statistics.median(known)
    if abs(today - usual) < apart(usual):
        return Beside.AS_USUAL
    return Beside.MORE if today > usual else Beside.LESS
