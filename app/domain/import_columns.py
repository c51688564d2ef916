"""Which column is which: the dictionary of headings, and a guess that the user may change."""

import re
import unicodedata
from collections.abc import Sequence

from app.domain.import_cells import Grid
from app.domain.record import record

_NOISE = re.compile(r"[\s*＊:：_\-/、.·]|\(.*?\)|\[.*?\]|【.*?】")
_FAR = 30  # rows above the headings at most: titles, dates, remarks
_LEAST = 2  # headings known, that a row is taken for the head


@record
class ImportColumn:
    """One thing a list may say. ``words`` are headings as centres write them; ``width`` is in characters."""

    key: str
    title: str
    words: tuple[str, ...]
    note: str = ""
    example: str = ""
    width: int = 12
    choices: tuple[str, ...] = ()


def plain_heading(text: str) -> str:
    """A heading for comparing: no width, case, spaces, stars or brackets; Chinese numerals as digits."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return plain.replace("家长一", "家长1").replace("家长二", "家长2")


def guess(headings: Sequence[str], columns: Sequence[ImportColumn]) -> tuple[str, ...]:
    """The key of each heading, empty where none is meant; no key twice.

    A heading that is one of the words goes before one that only holds a word (``宝宝的出生日期``).
    """
    plain = [plain_heading(one) for one in headings]
    found = [""] * len(plain)
    exact = {plain_heading(word): column.key for column in columns for word in (column.title, *column.words)}
    for at, heading in enumerate(plain):
        key = exact.get(heading, "")
        if key and key not in found:
            found[at] = key
    loose = sorted(exact.items(), key=lambda pair: -len(pair[0]))
    for at, heading in enumerate(plain):
        if heading and not found[at]:
            found[at] = next(
                (key for word, key in loose if len(word) > 1 and word in heading and key not in found), ""
            )
    return tuple(found)


def heading_words(columns: Sequence[ImportColumn]) -> frozenset[str]:
    """All headings of the dictionary, plain."""
    return frozenset(plain_heading(word) for column in columns for word in (column.title, *column.words))


def known_headings(headings: Sequence[str], words: frozenset[str]) -> int:
    """How many headings are words of the dictionary, letter for letter."""
    return sum(one.strip() != "" and plain_heading(one) in words for one in headings)


def find_head(grid: Grid, columns: Sequence[ImportColumn]) -> int | None:
    """The place of the row of headings in ``grid.rows``; None where no row looks like one."""
    best, found, words = _LEAST - 1, None, heading_words(columns)
    for at, row in enumerate(grid.rows[:_FAR]):
        known = known_headings([cell.text for cell in row.cells], words)
        if known > best:
            best, found = known, at
    return found
