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
_GAPS = re.compile(r"[\s·'’]")


@dataclass(frozen=True, slots=True)
class _Entry:
    child: ChildId
    name: str
    nickname: str
    adults: str
    initials: str


class Finder:
    """An index over all children on file."""

    def __init__(self, rows: Iterable[SearchRow]) -> None:
        self._entries: list[_Entry] = []
        self._phones: list[tuple[str, int]] = []
        sounds: dict[str, list[str]] = {}
        for place, row in enumerate(rows):
            self._entries.append(
                _Entry(
                    row.id, _fold(row.name), _fold(row.nickname), _fold(row.adults, keep=" "), row.initials
                )
            )
            self._phones += [(phone.partition("-")[0], place) for phone in row.phones.split()]
            _add_sounds(sounds, place, row)
        # One text a letter: a query looks only at those who have a syllable beginning with its first letter.
        self._sounds = {letter: "".join(lines) for letter, lines in sounds.items()}

    def find(self, text: str, limit: int) -> tuple[ChildId, ...]:
        """The children meant by ``text``, the likeliest first."""
        wanted = _fold(text)
        if not wanted:
            return ()
        ranks: dict[int, int] = {}
        if wanted.isdecimal() and len(wanted) >= _LEAST_TAIL:
            ranks.update((place, 3) for phone, place in self._phones if phone.endswith(wanted))
        if wanted.isascii():
            self._hear(wanted, ranks)
        for place, entry in enumerate(self._entries):
            if wanted in entry.name:
                ranks[place] = 0 if entry.name.startswith(wanted) else 1
            elif wanted in entry.nickname:
                ranks[place] = 1
            elif wanted in entry.adults:
                ranks.setdefault(place, 4)
        best = sorted(ranks, key=lambda place: (ranks[place], len(self._entries[place].name), place))
        return tuple(self._entries[place].child for place in best[:limit])

    def _hear(self, wanted: str, ranks: dict[int, int]) -> None:
        """Add who sounds like it: syllables in turn, each whole, cut short or by its initial."""
        sound = wanted.replace("lyu", "lv").replace("nyu", "nv")
        text = self._sounds.get(sound[:1])
        if text is None:
            return
        steps = "(?:[a-z0-9]*')?".join(re.escape(letter) for letter in sound)
        for found in re.finditer(f"([ ']){steps}", text):
            start = text.rfind("\n", 0, found.start()) + 1
            place = int(text[start : text.index("\t", start)])
            adult = text.count("\t", start, found.start()) > 1
            rank = 4 if adult else 2 if found.group(1) == " " else 3
            ranks[place] = min(rank, ranks.get(place, rank))


def _add_sounds(sounds: dict[str, list[str]], place: int, row: SearchRow) -> None:
    """Lines ``place TAB child's readings TAB adults' readings``; every reading is led by a blank."""
    own = " ".join(row.pinyin.split())
    adults = " ".join(row.adult_keys.split())
    line = f"{place}\t {own}\t {adults}\n"
    letters = {syllable[:1] for reading in f"{own} {adults}".split() for syllable in reading.split("'")}
    for letter in letters:
        sounds.setdefault(letter, []).append(line)


def _fold(text: str, keep: str = "") -> str:
    """For comparing: one form of each character, no case, no gaps."""
    plain = unicodedata.normalize("NFKC", text).translate(_DOTS).casefold().replace("ü", "v")
    if keep:
        return keep.join(_GAPS.sub("", part) for part in plain.split(keep))
    return _GAPS.sub("", plain)


_DOTS = str.maketrans(dict.fromkeys("・•．‧∙⋅", "·"))
