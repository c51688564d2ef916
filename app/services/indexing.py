"""Texts of many entries, searched at the speed of ``str.find`` and of one regular expression.

Entries stand in the order in which they are preferred, so that a search may stop as soon as it has enough:
what it costs hangs on what is shown, not on how many there are.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from app.domain.names import ONE_DOT

_GAPS = re.compile(r"[\s·'’]")
# What leads a reading in a line: one that begins as the name is read first, with another of its readings, or
# with a later syllable (by a sign that stands in no name).
_FIRST, _OTHER, _WITHIN = " ", "~", "\x01"
LEADS = (_FIRST, _OTHER, _WITHIN)
_MANY = 60


def fold(text: str) -> str:
    """For comparing: one form of each character, no case, no gaps."""
    plain = unicodedata.normalize("NFKC", text).translate(ONE_DOT).casefold().replace("ü", "v")
    return _GAPS.sub("", plain)


class Lines:
    """One line of text an entry; says which entries hold a piece, by their places."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._text = "\n"
        self.starts = array("l")
        parts, at = [], 1
        for text in texts:
            self.starts.append(at)
            parts.append(text)
            at += len(text) + 1
        self._text += "\n".join(parts) + "\n"

    def holding(self, piece: str) -> Iterator[int]:
        """Entries whose text holds the piece, in order."""
        at = self._text.find(piece)
        while at >= 0:
            place = bisect_right(self.starts, at) - 1
            yield place
            at = self._text.find(piece, self._text.index("\n", at))

    def beginning(self, piece: str) -> Iterator[int]:
        """Entries whose text begins with it."""
        return self._next_to(f"\n{piece}", 1)

    def ending(self, piece: str) -> Iterator[int]:
        """Entries whose text, or a word of it, ends with it; words are parted by blanks and closed by one."""
        return self._next_to(f"{piece} ", 0)

    def _next_to(self, piece: str, shift: int) -> Iterator[int]:
        at = self._text.find(piece)
        while at >= 0:
            yield bisect_right(self.starts, at + shift) - 1
            at = self._text.find(piece, at + 1)


class Sounds:
    """How entries are read, found by syllables: each whole, cut short or by its initial."""

    def __init__(self, readings: Sequence[str]) -> None:
        # One shelf for each way a query may begin: a query looks only at those who begin a syllable so, and
        # of each of them only from that syllable on.
        shelves: dict[str, dict[int, str]] = {}
        for place, text in enumerate(readings):
            for key, pieces in _pieces(text.split()).items():
                shelves.setdefault(key, {})[place] = "".join(pieces)
        self._shelves = {
            key: (Lines(held.values()), tuple(held), "\n" + "\n".join(held.values()) + "\n")
            for key, held in shelves.items()
        }
        # What few meant by the letters so far, by their lines: the next letter is looked for among them only.
        self._narrowed: tuple[str, tuple[int, ...]] = ("", ())

    def tiers(self, wanted: str) -> "tuple[Iterable[int], ...]":
        """Entries that sound like it, one series for each of ``LEADS``, each in order.

        Where few do, one look through the shelf tells all; where many do, each series is looked for by itself
        and only as far as somebody reads it.
        """
        shelf = self._shelves.get(wanted[:2])
        if shelf is None:
            return ((), (), ())
        lines, places, text = shelf
        pattern = re.compile(f"([{''.join(LEADS)}]){_steps(wanted)}")
        before, among = self._narrowed
        best: dict[int, int] = {}
        if len(before) > 1 and wanted.startswith(before):
            for line in among:
                start = lines.starts[line]
                heard = pattern.findall(text, start, text.index("\n", start))
                if heard:
                    best[line] = min(LEADS.index(lead) for lead in heard)
        else:
            found = list(islice(pattern.finditer(text), _MANY))
            if len(found) == _MANY:
                return tuple(self.hearing(wanted, lead) for lead in LEADS)
            for one in found:
                line = bisect_right(lines.starts, one.start()) - 1
                best[line] = min(LEADS.index(one[1]), best.get(line, len(LEADS)))
        self._narrowed = (wanted, tuple(best))
        return tuple([places[at] for at, rank in best.items() if rank == tier] for tier in range(len(LEADS)))

    def hearing(self, wanted: str, lead: str) -> Iterator[int]:
        """Entries with a reading that begins as ``lead`` says and sounds like it, in order."""
        shelf = self._shelves.get(wanted[:2])
        if shelf is None:
            return
        lines, places, text = shelf
        pattern = re.compile(re.escape(lead) + _steps(wanted))
        at, starts = 0, lines.starts
        while (found := pattern.search(text, at)) is not None:
            yield places[bisect_right(starts, found.start()) - 1]
            at = text.index("\n", found.start() + 1)


def _steps(wanted: str) -> str:
    """A pattern for the letters, between any two of which the rest of a syllable may be left out."""
    return r"(?:[^'\n ~\x01]*')?".join(re.escape(letter) for letter in wanted)


def spellings(wanted: str) -> tuple[str, ...]:
    """``lyu`` is how passports write ``lv``; ``shanyu`` (单予) shows why it may only be a second try."""
    other = wanted.replace("lyu", "lv").replace("nyu", "nv")
    return (wanted,) if other == wanted else (wanted, other)


def _pieces(alternatives: Sequence[str]) -> dict[str, dict[str, None]]:
    """What a name answers to, by its first one or two letters: each reading from each syllable on, once."""
    found: dict[str, dict[str, None]] = {}
    head = alternatives[0].split("'", 1)[0] if alternatives else ""
    seen = set()
    for one in alternatives:
        syllables = one.split("'")
        lead, at = _FIRST if syllables[0] == head else _OTHER, 0
        for place, syllable in enumerate(syllables):
            piece = lead + one[at:]
            lead, at = _WITHIN, at + len(syllable) + 1
            if piece in seen:
                continue
            seen.add(piece)
            found.setdefault(syllable[:1], {})[piece] = None
            found.setdefault(syllable[:2], {})[piece] = None
            if place + 1 < len(syllables):
                found.setdefault(syllable[:1] + syllables[place + 1][:1], {})[piece] = None
    return found
