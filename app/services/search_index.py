"""The indexes of everybody on file, kept true at the cost of what has changed.

Reading five thousand children anew takes most of a second; after each new face nobody waits so long for the
next search. Who has changed since the indexes were made stands in small ones of their own before them.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, islice

from app.domain.ids import ChildId
from app.domain.names import search_keys
from app.services.finder import Finder
from app.services.indexing import Lines, Sounds, fold, spellings
from app.store import finding, touched
from app.store.database import Database
from app.store.finding import TieRow

_MANY = 200  # changed children, from whom on all are read again
_LEAST_TAIL = 3
_LONGEST = 50

Ranked = tuple[tuple[ChildId, int], ...]


class SearchIndex:
    """Children, their adults and their names at home. Only the keeper thread asks."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._whole: _Layer | None = None
        self._new: _Layer | None = None
        self._changed: frozenset[ChildId] = frozenset()
        self._place = 0  # in the notes of who has changed

    def warm(self) -> None:
        """Make what is not there yet, or no longer true."""
        self._layers()

    def find(self, text: str, limit: int, among: Collection[ChildId] | None = None) -> tuple[ChildId, ...]:
        """The children meant, the likeliest first; an adult's name or phone means them, too."""
        return tuple(child for child, _ in self.ranked(text, limit, adults=True, among=among))

    def ranked(
        self, text: str, limit: int, *, adults: bool, among: Collection[ChildId] | None = None
    ) -> Ranked:
        """The same with how near each hit is; ``among`` holds whom the asker may see, None is everybody."""
        found = [
            layer.children.ranked(text, limit, adults=adults, among=among, but=but)
            for layer, but in self._layers()
        ]
        return tuple(sorted(chain.from_iterable(found), key=lambda hit: hit[1])[:limit])

    def at_home(self, text: str, limit: int, among: Collection[ChildId] | None = None) -> tuple[ChildId, ...]:
        """Children whose name at home (小名) sounds so."""
        found = chain.from_iterable(
            (one for one in layer.nicknames.find(text) if one not in but) for layer, but in self._layers()
        )
        return tuple(islice((one for one in found if among is None or one in among), limit))

    def ties(
        self, text: str, limit: int, among: Collection[ChildId] | None = None
    ) -> tuple[tuple[TieRow, int], ...]:
        """Adults of one child each, with how near each is (as for children)."""
        found = [layer.adults.find(text, limit, among, but) for layer, but in self._layers()]
        return tuple(sorted(chain.from_iterable(found), key=lambda hit: hit[1])[:limit])

    def _layers(self) -> "tuple[tuple[_Layer, frozenset[ChildId]], ...]":
        """Those who have changed, before all others; with each layer whom it no longer speaks for."""
        if self._whole is None:
            self._place = touched.begin(self._database)
            return ((self._read_all(), frozenset()),)
        more, self._place = touched.list_since(self._database, self._place)
        if more:
            self._changed |= more
            if len(self._changed) > _MANY:
                self._read_all()
            else:
                self._new = _Layer(self._database, self._changed)
        if self._new is None:
            return ((self._whole, frozenset()),)
        return ((self._new, frozenset()), (self._whole, self._changed))

    def _read_all(self) -> "_Layer":
        self._whole, self._new, self._changed = _Layer(self._database), None, frozenset()
        return self._whole


class _Layer:
    """Indexes over some children, or all of them. Each is made when it is first asked for."""

    def __init__(self, database: Database, only: Collection[ChildId] | None = None) -> None:
        self.children = Finder(finding.list_search_rows(database, only))
        self.adults = _Adults(finding.list_ties(database, only))
        self._homely = finding.list_nicknames(database, only)
        self._nicknames: _Nicknames | None = None

    @property
    def nicknames(self) -> "_Nicknames":
        """They have no keys on file: made at the first search that comes to them."""
        if self._nicknames is None:
            self._nicknames = _Nicknames(self._homely)
        return self._nicknames


class _Nicknames:
    """How the names at home are read."""

    def __init__(self, rows: Sequence[tuple[ChildId, str]]) -> None:
        # Many children share a few such names: each is looked at once.
        called: dict[str, list[ChildId]] = {}
        for child, name in rows:
            called.setdefault(name, []).append(child)
        self._children = tuple(called.values())
        self._sounds = Sounds([search_keys(name).pinyin for name in called])

    def find(self, text: str) -> Iterable[ChildId]:
        """Children whose name at home sounds so."""
        wanted = fold(text[:_LONGEST])
        if not wanted or not wanted.isascii():
            return ()
        heard = chain.from_iterable(chain.from_iterable(self._sounds.tiers(one)) for one in spellings(wanted))
        return chain.from_iterable(self._children[place] for place in heard)


class _Adults:
    """An index over ties."""

    def __init__(self, rows: Iterable[TieRow]) -> None:
        self._ties = tuple(sorted(rows, key=lambda row: len(fold(row.name))))
        self._names = Lines(
            " ".join(fold(one) for one in (row.name, *row.other_names.split(" "))) for row in self._ties
        )
        self._phones = Lines(
            "".join(f"{one.partition('-')[0]} " for one in (row.phone, *row.other_phones.split()))
            for row in self._ties
        )
        self._sounds = Sounds([f"{row.pinyin} {row.other_keys}".strip() for row in self._ties])

    def find(
        self, text: str, limit: int, among: Collection[ChildId] | None, but: Collection[ChildId]
    ) -> list[tuple[TieRow, int]]:
        """Ties whose adult is meant."""
        wanted, found = fold(text[:_LONGEST]), dict[int, int]()
        for rank, places in self._tiers(wanted) if wanted else ():
            for place in places:
                if len(found) >= limit:
                    break
                child = self._ties[place].child
                if place not in found and child not in but and (among is None or child in among):
                    found[place] = rank
            if len(found) >= limit:
                break
        return [(self._ties[place], rank) for place, rank in found.items()]

    def _tiers(self, wanted: str) -> Iterable[tuple[int, Iterable[int]]]:
        yield 0, self._names.beginning(wanted)
        yield 1, self._names.holding(wanted)
        if wanted.isdecimal() and len(wanted) >= _LEAST_TAIL:
            yield 1, self._phones.ending(wanted)
        if wanted.isascii():
            for one in spellings(wanted):
                yield from zip((2, 3, 3), self._sounds.tiers(one), strict=True)
