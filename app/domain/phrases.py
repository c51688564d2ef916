"""Ways of saying one thing: a bank of phrases with slots, and the choice among them by the day's seed.

The bank is data (``resources/tables/prose.toml``). A phrase says what its key says and nothing more; whatever
was eaten, done or measured comes in by a slot. So the words can vary and the facts cannot.
"""

import zlib
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from app.domain.record import record

OLDEST = 999  # months: no upper limit


@record
class Phrase:
    """One way of saying it, for children of ``since`` to before ``until`` months of age."""

    words: str
    since: int = 0
    until: int = OLDEST


@record
class Phrases:
    """The phrases by key. An empty bank says everything in the plain words of the code."""

    bank: Mapping[str, tuple[Phrase, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def choose(
        self, key: str, plain: str, seed: int, months: int | None, salt: str = "", turn: int = 0
    ) -> str:
        """The words for a key, with their slots still open; the same seed gives the same words.

        ``salt`` tells two things of one kind apart; each ``turn`` goes on to the next words, so that lunch is
        not told like the snack before it.
        A child of unknown age is given only what suits every age.
        """
        found = self.bank.get(key)
        if found is None:
            return plain
        fitting = [
            one.words
            for one in found
            if ((one.since, one.until) == (0, OLDEST) if months is None else one.since <= months < one.until)
        ]
        if not fitting:
            return plain
        return fitting[(zlib.crc32(f"{seed}/{key}/{salt}".encode()) + turn) % len(fitting)]


PLAIN = Phrases()


def seed_of(*parts: object) -> int:
    """A number for a child's day; the same parts give the same number on every machine."""
    return zlib.crc32("/".join(map(str, parts)).encode())
