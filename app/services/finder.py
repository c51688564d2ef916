"""Finding a child by any part of a name, by pinyin, initials, an adult's name or the tail of a phone number.

The index is built in memory from columns that were filled when the child was entered, so that nothing here
needs the pinyin tables. It answers as ``domain.names.matches`` does, only for all children at once: a query
for 5 000 children takes a few milliseconds.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.ids import ChildId
from app.store.children import SearchRow

_LEAST_TAIL = 3
_LONGEST = 50  # no name is longer
_GAPS = re.compile(r"[\s·'’]")


@dataclass(frozen=True, slots=True)
class _Entry:
    child: ChildId
    name: str
    nickname: str
    adults: str


class Finder:
    """An index over all children on file."""

    def __init__(self, rows: Iterable[SearchRow]) -> None:
        self._entries: list[_Entry] = []
        self._phones: list[tuple[str, int]] = []
        own: dict[str, list[str]] = {}
        adults: dict[str, list[str]] = {}
        for place, row in enumerate(rows):
            names = (_fold(row.name), _fold(row.nickname), _fold(row.adults, keep=" "))
            self._entries.append(_Entry(row.id, *names))
            self._phones += [(phone.partition("-")[0], place) for phone in row.phones.split()]
            _add_sounds(own, place, row.pinyin)
            _add_sounds(adults, place, row.adult_keys)
        # One text a letter: a query looks only at those who have a syllable beginning with its first letter.
        self._own = {letter: "".join(lines) for letter, lines in own.items()}
        self._adults = {letter: "".join(lines) for letter, lines in adults.items()}

    def find(self, text: str, limit: int) -> tuple[ChildId, ...]:
        """The children meant by ``text``, the likeliest first."""
        wanted = _fold(text[:_LONGEST])
        if not wanted:
            return ()
        ranks: dict[int, int] = {}
        if wanted.isdecimal() and len(wanted) >= _LEAST_TAIL:
            ranks.update((place, 3) for phone, place in self._phones if phone.endswith(wanted))
        if wanted.isascii():
            _hear(self._own, wanted, ranks, (2, 3))
            if len(ranks) < limit:
                _hear(self._adults, wanted, ranks, (4, 4))
        for place, entry in enumerate(self._entries):
            if wanted in entry.name:
                ranks[place] = 0 if entry.name.startswith(wanted) else 1
            elif wanted in entry.nickname:
                ranks[place] = 1
            elif wanted in entry.adults:
                ranks.setdefault(place, 4)
        best = sorted(ranks, key=lambda place: (ranks[place], len(self._entries[place].name), place))
        return tuple(self._entries[place].child for place in best[:limit])


def _hear(sounds: dict[str, str], wanted: str, ranks: dict[int, int], rank: tuple[int, int]) -> None:
    """Add who sounds like it: syllables in turn, each whole, cut short or by its initial.

    ``rank`` is for a match from the first syllable on, and for one from a later syllable.
    """
    sound = wanted.replace("lyu", "lv").replace("nyu", "nv")
    text = sounds.get(sound[:1])
    if text is None:
        return
    steps = "(?:[a-z0-9]*')?".join(re.escape(letter) for letter in sound)
    for found in re.finditer(f"([ ']){steps}", text):
        start = text.rfind("\n", 0, found.start()) + 1
        place = int(text[start : text.index("\t", start)])
        new = rank[found.group(1) != " "]
        ranks[place] = min(new, ranks.get(place, new))


def _add_sounds(sounds: dict[str, list[str]], place: int, readings: str) -> None:
    """Lines ``place TAB readings``, each reading led by a blank, by every letter that begins a syllable."""
    line = f"{place}\t {' '.join(readings.split())}\n"
    for letter in {syllable[:1] for syllable in readings.replace("'", " ").split()}:
        sounds.setdefault(letter, []).append(line)


def _fold(text: str, keep: str = "") -> str:
    """For comparing: one form of each character, no case, no gaps."""
    plain = unicodedata.normalize("NFKC", text).translate(_DOTS).casefold().replace("ü", "v")
    if keep:
        return keep.join(_GAPS.sub("", part) for part in plain.split(keep))
    return _GAPS.sub("", plain)


_DOTS = str.maketrans(dict.fromkeys("・•．‧∙⋅", "·"))
