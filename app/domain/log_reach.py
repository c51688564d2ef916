"""What of a child's day an entry is held against: of some kinds, what touches a stretch of time.

A class logs all day, and each time all of its days would have to be read; the checks look at a few lines of
them. What is named here is read, and nothing else: ``log_checks.check_entry`` says the same of it as of the
whole day.
"""

import datetime as dt
from collections.abc import Iterable

from app.domain.log_kinds import EntryKind
from app.domain.logbook import EntryDraft
from app.domain.record import record

# What nobody does asleep.
AWAKE = frozenset(
    {
        EntryKind.MEAL, EntryKind.ACTIVITY, EntryKind.FOOD, EntryKind.WASHING, EntryKind.WATER,
        EntryKind.MOOD,
    }
)  # fmt: skip
# Of these the same in the same minute is one that was logged twice; of water there may be two cups, but a
# bottle is fed in one go. Of looks at a sleeper, readings at one site and bottles of one milk even two that
# differ are one too many: which is true?
ONCE = frozenset(
    {
        EntryKind.TOILET, EntryKind.MOOD, EntryKind.ACTIVITY, EntryKind.FOOD, EntryKind.WASHING,
        EntryKind.MILK, EntryKind.NOTE, EntryKind.SLEEP_CHECK, EntryKind.TEMPERATURE,
    }
)  # fmt: skip
# What lasts. Of it alone the beginning may lie before what it speaks against.
LASTING = (EntryKind.SLEEP, EntryKind.OUTDOOR)
_SLEEPS = (EntryKind.SLEEP,)
_KEPT_AWAKE = (*sorted(AWAKE), EntryKind.TOILET)
_DAY = dt.timedelta(days=1)  # nobody stays longer


@record
class Reach:
    """The entries of these kinds that touch the time from ``first`` to ``last``, both counted in.

    ``slot`` leaves of the meals the one of this 餐次, and then it is looked for in every stay of the day: a
    child who is fetched and comes back has no second lunch.
    """

    kinds: tuple[EntryKind, ...]
    first: dt.datetime
    last: dt.datetime
    slot: str | None = None

    @property
    def since(self) -> dt.datetime:
        """When the first of what lasts may have begun."""
        return self.first - _DAY

    def holds(self, entry: EntryDraft) -> bool:
        """Whether this is one of them."""
        if entry.kind not in self.kinds or not self.since <= entry.at <= self.last:
            return False
        if self.slot is not None and entry.detail != self.slot:
            return False
        if entry.kind is EntryKind.SLEEP and entry.until is None:
            return True
        return (entry.until or entry.at) >= self.first


def reaches_of(draft: EntryDraft) -> tuple[Reach, ...]:
    """What one entry is held against."""
    kind, at = draft.kind, draft.at
    own = (Reach((kind,), at, at),) if kind in ONCE else ()
    match kind:
        case EntryKind.SLEEP:
            end = draft.until or at + _DAY
            return Reach(LASTING, at, end), Reach(_KEPT_AWAKE, at, end)
        case EntryKind.OUTDOOR:
            return (Reach(LASTING, at, draft.until or at),)
        case EntryKind.SLEEP_CHECK:
            return (*own, Reach(_SLEEPS, at, at))
        case EntryKind.MEAL:
            midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
            return Reach(_SLEEPS, at, at), Reach((kind,), midnight, midnight + _DAY, draft.detail)
        case EntryKind.TOILET if not draft.steps:
            return own
        case EntryKind.TOILET:
            return (*own, Reach(_SLEEPS, at, at))
        case _ if kind in AWAKE:
            return (*own, Reach(_SLEEPS, at, at))
        case _:
            return own


def reaches_of_all(drafts: Iterable[EntryDraft]) -> tuple[Reach, ...]:
    """What a batch is held against, each stretch once: a class logs one thing, and little besides."""
    return tuple(dict.fromkeys(reach for draft in dict.fromkeys(drafts) for reach in reaches_of(draft)))


def reach_of_waking(since: dt.datetime) -> Reach:
    """What a sleep is held against that ends now, from its beginning on: what else lasts, and who looked."""
    return Reach((*LASTING, EntryKind.SLEEP_CHECK), since, since + _DAY)
