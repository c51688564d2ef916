"""Whether a number on file speaks for a guardian who rings (电话授权): since when it has stood with her.

On the telephone a guardian is known by her number alone. A number that somebody wrote down this morning is no
more than a word of this morning, by whatever way it came to stand where it stands: typed anew, filled in,
put back by an undo, come along with another record of hers or of the child, or there before her and only she
made a guardian. So one question is asked of the history: since when, and by whose hand, does this number
stand with this person, and she as a guardian of this child? What began today speaks for nobody today, unless
the director has vouched for it since with her own PIN. Nothing that was taken back counts as never done: an
undo puts what it brings back there today, too, for it may have undone a correction. Only what came on file
together with the child's own first record is as old as can be: who brought her said so.
"""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from app.domain.ids import ChildId
from app.domain.record import record

_NEVER = 1 << 62  # later than any act


class Way(StrEnum):
    """How something came to stand as it does."""

    CAME = "came"  # a row of its own, no change of another
    ADDED = "added"
    FILLED = "filled"
    CHANGED = "changed"
    UNDONE = "undone"
    JOINED = "joined"  # two records became one
    PARTED = "parted"  # and two again


_NUMBER = {
    Way.CAME: "的号码今天才登记",
    Way.ADDED: "的号码今天才登记",
    Way.FILLED: "的号码今天才补上",
    Way.CHANGED: "的号码今天刚改过",
    Way.UNDONE: "的号码今天撤销过修改",
    Way.JOINED: "的号码今天合并档案时换过",
    Way.PARTED: "的档案今天合并后又分开过",
}
_GUARDIAN = {
    Way.CAME: "今天才登记为监护人",
    Way.ADDED: "今天才登记为监护人",
    Way.UNDONE: "的监护人身份今天撤销过修改",
    Way.JOINED: "今天合并档案才成为监护人",
    Way.PARTED: "的档案今天合并后又分开过",
}


@record
class Event:
    """Something that was written, when, and by whom where the file tells.

    ``act`` is the act of the records it came by, 0 where there is none: a clock that was set back leaves the
    order of the acts as it is.
    """

    at: dt.datetime
    way: Way
    by: str = ""
    act: int = 0


@record
class Span:
    """One row that ties the adult to the child. ``guards``: as a guardian, and not barred."""

    id: int
    added_at: dt.datetime
    ended_at: dt.datetime | None
    guards: bool


@record
class Step:
    """One act by which a row of them took the place of another, or of none."""

    act: int
    event: Event
    before: int | None
    value: int


@record
class Move:
    """A row that a merging brought to this pair, or a parting gave back."""

    row: int
    event: Event


@record
class Vouch:
    """The director has vouched for the number with her own PIN; ``child`` is whose record it was about.

    ``ended_at`` is when that was taken back.
    """

    at: dt.datetime
    child: ChildId
    act: int = 0
    ended_at: dt.datetime | None = None

    def covers(self, event: Event, until: dt.datetime | None = None) -> bool:
        """Whether it was said of what the event wrote, and stands, or stood ``until`` then."""
        if until is None:
            stands = self.ended_at is None
        else:
            stands = self.at <= until and (self.ended_at is None or self.ended_at > until)
        later = self.act >= event.act if self.act and event.act else self.at >= event.at
        return stands and later


@record
class History:
    """What the file tells of one number, its person, and one child.

    ``child_since`` is when the first of the child's records was made; ``numbers`` is in order of writing.
    """

    child: ChildId
    child_since: dt.datetime
    numbers: tuple[Event, ...]
    spans: tuple[Span, ...]
    steps: tuple[Step, ...] = ()
    moves: tuple[Move, ...] = ()
    vouches: tuple[Vouch, ...] = ()


@record
class Youth:
    """What is too young to speak today: the number, or that she is a guardian."""

    event: Event
    of_number: bool

    def words(self, name: str) -> str:
        """张母的号码今天刚改过（10:05 林晓）."""
        what = (
            _NUMBER[self.event.way] if self.of_number else _GUARDIAN.get(self.event.way, _GUARDIAN[Way.ADDED])
        )
        return f"{name}{what}（{self.event.at:%H:%M} {self.event.by}".rstrip() + "）"


def number_since(history: History, until: dt.datetime | None = None) -> Event:
    """Since when the number on file stands with this person, as far as it was written ``until`` then."""
    told = [one for one in history.numbers if until is None or one.at <= until]
    return max(enumerate(told or history.numbers[:1]), key=lambda pair: (*_order(pair[1]), pair[0]))[1]


def guardian_since(history: History) -> Event | None:
    """Since when she is a guardian of the child without a break; None if she is none."""
    spans = {one.id: one for one in history.spans}
    now = next((one for one in history.spans if one.ended_at is None and one.guards), None)
    return None if now is None else _since(history, spans, now, _NEVER)


def find_youth(history: History, midnight: dt.datetime, until: dt.datetime | None = None) -> Youth | None:
    """What of it began since ``midnight`` and is vouched for by no director; None where the number speaks.

    ``until`` is of a departure put down on another day, as for ``find_break``.
    """
    number = number_since(history, until)
    if _is_young(history, number, midnight) and not any(one.covers(number, until) for one in history.vouches):
        return Youth(number, of_number=True)
    guardian = None if until is not None else guardian_since(history)
    own = [one for one in history.vouches if one.child == history.child]
    if guardian is None or not _is_young(history, guardian, midnight):
        return None
    return None if any(one.covers(guardian) for one in own) else Youth(guardian, of_number=False)


def find_break(history: History, call: dt.datetime, until: dt.datetime | None = None) -> Youth | None:
    """What was written since a ``call``: the number or the guardian may be another than the one who rang.

    Args:
        history: of the caller.
        call: when she rang. What was written in the same second counts as after it.
        until: of a departure put down on another day; today's rights go for nothing then.
    """
    number = number_since(history, until)
    if _is_after(number, call):
        return Youth(number, of_number=True)
    guardian = None if until is not None else guardian_since(history)
    return Youth(guardian, of_number=False) if guardian is not None and _is_after(guardian, call) else None


def _is_after(event: Event, call: dt.datetime) -> bool:
    return event.at > call or (event.at == call and event.way is not Way.CAME)


def _is_young(history: History, event: Event, midnight: dt.datetime) -> bool:
    return event.at >= midnight and not (event.way is Way.CAME and event.at <= history.child_since)


def _order(event: Event) -> tuple[int, dt.datetime]:
    """In order of writing; what no act tells of stands before all acts, by its time."""
    return event.act, event.at


def _since(history: History, spans: Mapping[int, Span], span: Span, before: int) -> Event:
    """Walk back from a row to the one it took the place of, as long as that made her a guardian, too.

    ``before`` is the act that ended the row: of what brought it there only earlier acts tell.
    """
    steps = [one for one in history.steps if one.value == span.id and one.act < before]
    step = max(steps, key=lambda one: one.act, default=None)
    moved = max((one.event for one in history.moves if one.row == span.id), key=_order, default=None)
    if moved is not None and (step is None or _order(moved) >= _order(step.event)):
        return moved
    if step is not None:
        last = None if step.before is None else spans.get(step.before)
        return step.event if last is None or not last.guards else _since(history, spans, last, step.act)
    # A merging may swap two rows that say the same without a word in the history.
    same = (
        one for one in spans.values() if one.guards and one.id < span.id and one.ended_at == span.added_at
    )
    found = [_since(history, spans, one, before) for one in same]
    return min(found, key=lambda one: one.at, default=Event(span.added_at, Way.CAME))
