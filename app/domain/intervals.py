"""Spans of time that may still be open, and whether two of them share any time."""

import datetime as dt

from app.domain.record import record


@record
class Span:
    """From ``start`` on, up to ``end`` without it; with no end it goes on."""

    start: dt.datetime
    end: dt.datetime | None = None

    def holds(self, moment: dt.datetime) -> bool:
        """Whether a moment lies inside, its two edges left out: one may eat on waking."""
        return self.start < moment and (self.end is None or moment < self.end)


def overlaps(first: Span, second: Span) -> bool:
    """Whether two spans share any time; where one ends the other may begin.

    A span of no length overlaps what it lies inside of, not what it touches.
    """
    begins_in_time = second.end is None or first.start < second.end
    return begins_in_time and (first.end is None or second.start < first.end)
