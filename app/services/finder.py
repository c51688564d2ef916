"""Finding a child by any part of a name, by pinyin, initials, an adult's name or the tail of a phone number.

The index is built in memory from columns that were filled when the child was entered, so that nothing here
needs the pinyin tables. It answers as ``domain.names.matches`` does, only for all children at once.
"""

import heapq
import itertools
from collections.abc import Collection, Iterable, Iterator

from app.domain.ids import ChildId
from app.domain.names import goes_on
from app.domain.phones import dialled
from app.services.indexing import Lines, Sounds, fold, spellings
from app.store.finding import SearchRow

_LEAST_TAIL = 3
_LONGEST = 50  # no name is longer
_MIXED = 400  # so many of one surname are looked at when pinyin follows characters

# How near a hit is: 0 the name begins so, 1 it holds it, 2 it sounds so from the first syllable on, 3 by
# another reading of that or from a later syllable, 4 by an adult.
BY_ADULT = 4


class Finder:
    """An index over all children on file."""

    def __init__(self, rows: Iterable[SearchRow]) -> None:
        # The shorter of two names that match is meant the likelier.
        kept = sorted(rows, key=lambda row: len(fold(row.name)))
        self._ids = tuple(row.id for row in kept)
        self._pinyin = tuple(row.pinyin for row in kept)
        self._plain = tuple(fold(row.name) for row in kept)
        self._names = Lines(self._plain)
        self._nicknames = Lines(fold(row.nickname) for row in kept)
        self._sounds = Sounds([row.pinyin for row in kept])
        self._phones = Lines(_phones(row.phones.split()) for row in kept)
        self._adults = Lines(" ".join(fold(one) for one in row.adults.split(" ")) for row in kept)
        self._adult_sounds = Sounds([row.adult_keys for row in kept])

    def find(self, text: str, limit: int) -> tuple[ChildId, ...]:
        """The children meant by ``text``, the likeliest first; an adult's name or phone means them, too."""
        return tuple(child for child, _ in self.ranked(text, limit, adults=True))

    def ranked(
        self,
        text: str,
        limit: int,
        *,
        adults: bool,
        among: Collection[ChildId] | None = None,
        but: Collection[ChildId] = (),
    ) -> tuple[tuple[ChildId, int], ...]:
        """The same with how near each hit is; without ``adults`` only by what is the child's own.

        Only children of ``among`` are found (None: of all), and none of ``but``.
        """
        wanted = fold(text[:_LONGEST])
        found: dict[int, int] = {}
        for rank, places in self._tiers(wanted, adults=adults) if wanted else ():
            for place in places:
                if place in found or (child := self._ids[place]) in but:
                    continue
                if among is None or child in among:
                    found[place] = rank
                    if len(found) == limit:
                        break
            if len(found) >= limit:
                break
        return tuple((self._ids[place], rank) for place, rank in found.items())

    def _tiers(self, wanted: str, *, adults: bool) -> Iterator[tuple[int, Iterable[int]]]:
        """Places by nearness. Each tier is looked for only when those before it were not enough."""
        yield 0, self._names.beginning(wanted)
        yield 1, heapq.merge(self._names.holding(wanted), self._nicknames.holding(wanted))
        spelt = spellings(wanted) if wanted.isascii() else ()
        for one in spelt:
            yield from zip((2, 3, 3), self._sounds.tiers(one), strict=True)
        if not wanted.isascii():
            yield 2, self._mixed(wanted)
        if not adults:
            return
        if len(digits := dialled(wanted)) >= _LEAST_TAIL:
            yield 3, self._phones.ending(digits)
        yield BY_ADULT, self._adults.holding(wanted)
        for one in spelt:
            for places in self._adult_sounds.tiers(one):
                yield BY_ADULT, places

    def _mixed(self, wanted: str) -> Iterator[int]:
        """朱yuq: characters the input method has committed, then letters it still holds."""
        head = wanted.rstrip("abcdefghijklmnopqrstuvwxyz")
        if head != wanted:
            for place in itertools.islice(self._names.holding(head), _MIXED):
                if goes_on(wanted, self._plain[place], self._pinyin[place]):
                    yield place


def _phones(phones: Iterable[str]) -> str:
    """Without extensions, each closed by a blank: the tail is looked for at its end."""
    return "".join(f"{phone.partition('-')[0]} " for phone in phones)
