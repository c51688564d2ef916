"""The row of headings, or the two rows: 家长 over 姓名, 关系 and 电话."""

import re
from collections import Counter
from collections.abc import Sequence

from app.domain.import_cells import Grid, SheetRow
from app.domain.import_columns import (
    ImportColumn,
    adult_title,
    guess,
    heading_words,
    known_headings,
    plain_heading,
)
from app.domain.record import record

_FAR = 30  # rows above the headings at most: titles, dates, remarks
_LEAST = 2  # headings known, that a row is taken for the head
_PARENT_KEY = re.compile(r"parent(\d+)_(\w+)")
_WHO = re.compile("家长|监护人|联系人")  # what makes a contact of somebody stays in his heading
_EMPTY_WORDS = ("信息", "情况", "资料", "基本", "栏")


@record
class Head:
    """Where the headings stand in ``grid.rows`` (both rows of two), and what they say together."""

    first: int
    last: int
    headings: tuple[str, ...]


def find_head(grid: Grid, columns: Sequence[ImportColumn]) -> Head | None:
    """The headings of a sheet; None where no row looks like them."""
    best, found, words = _LEAST - 1, None, heading_words(columns)
    for at, row in enumerate(grid.rows[:_FAR]):
        known = known_headings(_texts(row), words)
        if known > best:
            best, found = known, at
    if found is None:
        return None
    head = _two_rows(grid, found, columns, words) or Head(found, found, _texts(grid.rows[found]))
    return Head(head.first, head.last, _numbered(head.headings, columns))


def _two_rows(grid: Grid, found: int, columns: Sequence[ImportColumn], words: frozenset[str]) -> Head | None:
    """The best row with the one below it or above it, where two are one head."""
    texts = _texts(grid.rows[found])
    if found + 1 < len(grid.rows):
        below = _texts(grid.rows[found + 1])
        if _is_lower(texts, below, words, columns):
            return Head(found, found + 1, _joined(texts, below))
    if found and _said_twice(texts, words):
        above = _texts(grid.rows[found - 1])
        if sum(bool(one) for one in above) >= _LEAST:
            return Head(found - 1, found, _joined(above, texts))
    return None


def _is_lower(
    upper: Sequence[str], lower: Sequence[str], words: frozenset[str], columns: Sequence[ImportColumn]
) -> bool:
    """Whether a row only says more of some headings: it is empty where the name of the child stands."""
    keys = guess(upper, columns)
    name = keys.index("name") if "name" in keys else -1
    if name < 0 or (name < len(lower) and lower[name]):
        return False
    said = [one for one in lower if one]
    return len(said) >= _LEAST and known_headings(said, words) >= max(_LEAST, len(said) - 1)


def _said_twice(texts: Sequence[str], words: frozenset[str]) -> bool:
    """Whether a heading stands there twice, so that only the row above tells which is which."""
    known = [plain for one in texts if (plain := plain_heading(one)) in words]
    return len(set(known)) < len(known)


def _numbered(texts: tuple[str, ...], columns: Sequence[ImportColumn]) -> tuple[str, ...]:
    """Headings said twice by whom they are of: 家长姓名, 电话, 家长姓名, 电话 are two grown-ups.

    Of 父亲姓名, 电话, 母亲姓名, 电话 each number is that of the one before it.
    """
    often = Counter(filter(None, map(plain_heading, texts)))
    if max(often.values(), default=0) < 2:
        return texts
    keys = [_PARENT_KEY.fullmatch(guess((text,), columns)[0]) if text else None for text in texts]
    taken = {int(key[1]) for key in keys if key is not None and key[2] == "name"}
    seen, current, made = set[int](), 0, []
    for text, key in zip(texts, keys, strict=True):
        title = text
        if key is not None and key[2] == "name":
            current = int(key[1])
            if current in seen:
                current = next(one for one in range(1, len(texts) + 3) if one not in taken)
                taken.add(current)
                own = _WHO.search(text) is not None
                title = _WHO.sub(rf"\g<0>{current}", text, count=1) if own else adult_title(current, "name")
            seen.add(current)
        elif key is not None and current and often[plain_heading(text)] > 1:
            title = adult_title(current, key[2])
        made.append(title)
    return tuple(made)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Both rows as one; a heading above goes on to the right where there is something below."""
    made, over = [], ""
    for at in range(max(len(upper), len(lower))):
        high, low = (row[at] if at < len(row) else "" for row in (upper, lower))
        over = high or (over if low else "")
        title = over
        for word in _EMPTY_WORDS if low else ():
            title = title.replace(word, "")
        made.append(title + low)
    return tuple(made)


def _texts(row: SheetRow) -> tuple[str, ...]:
    return tuple(cell.text.strip() for cell in row.cells)
