"""Families of 咨询 and 候补, found by the child's name, who asked, the phone's tail, and by their sounds.

They are few beside the children on file, and change seldom: the index is made anew after each change.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from app.domain.names import search_keys
from app.services.indexing import Lines, Sounds, fold, spellings
from app.store import finding
from app.store.database import Database
from app.store.finding import AskingRow

_LEAST_TAIL = 3
_LONGEST = 50
_BY_CONTACT = 4  # as near as a child who is found by an adult


class AskingIndex:
    """Who asks for a place and is not on file as a child. Only the keeper thread asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._made_at: int | None = None
        self._families = _Families(())

    def find(self, text: str, limit: int) -> tuple[tuple[AskingRow, int], ...]:
        """The families meant, the likeliest first, with how near each is (as for children)."""
        return self._current().find(fold(text[:_LONGEST]), limit)

    def _current(self) -> "_Families":
        state = self._database.commits_about("applicant", "life")
        if self._made_at != state:
            self._families, self._made_at = _Families(finding.list_asking(self._database)), state
        return self._families


class _Families:
    def __init__(self, rows: Iterable[AskingRow]) -> None:
        self._rows = tuple(sorted(rows, key=lambda row: len(fold(row.name))))
        self._names = Lines(fold(row.name) for row in self._rows)
        self._contacts = Lines(fold(row.contact) for row in self._rows)
        self._phones = Lines(f"{row.phone.partition('-')[0]} " for row in self._rows)
        self._sounds = Sounds([_sound(row.name) for row in self._rows])
        self._contact_sounds = Sounds([_sound(row.contact) for row in self._rows])

    def find(self, wanted: str, limit: int) -> tuple[tuple[AskingRow, int], ...]:
        found: dict[int, int] = {}
        for rank, places in self._tiers(wanted) if wanted and self._rows else ():
            for place in places:
                if len(found) >= limit:
                    break
                found.setdefault(place, rank)
        return tuple((self._rows[place], rank) for place, rank in found.items())

    def _tiers(self, wanted: str) -> Iterator[tuple[int, Iterable[int]]]:
        yield 0, self._names.beginning(wanted)
        yield 1, self._names.holding(wanted)
        if wanted.isdecimal() and len(wanted) >= _LEAST_TAIL:
            yield 1, self._phones.ending(wanted)
        spelt = spellings(wanted) if wanted.isascii() else ()
        for one in spelt:
            yield from zip((2, 3, 3), self._sounds.tiers(one), strict=True)
        yield _BY_CONTACT, self._contacts.holding(wanted)
        for one in spelt:
            for places in self._contact_sounds.tiers(one):
                yield _BY_CONTACT, places


@lru_cache(maxsize=8192)
def _sound(name: str) -> str:
    """How a name is read, of 妈妈 陆静 each word by itself; kept, for a family has no keys on file."""
    return " ".join(search_keys(word).pinyin for word in name.split())
