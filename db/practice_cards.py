"""The cards of the practice centre: one for each child under contract, and some that were lost."""

import datetime as dt
from collections.abc import Sequence

from db.practice_book import Book
from db.practice_people import DESK, Kid

_LOST_EVERY = 19  # about one family in twenty has lost its card once
_LACKING_EVERY = 13  # so many came lately and have none yet


def add_cards(book: Book, kids: Sequence[Kid], today: dt.date) -> None:
    """Issue a card to whoever is under contract; a lost one has been replaced the day after."""
    held = [kid for kid in kids if kid.mode in {"full_day", "half_day"} and kid.ends is None]
    batch = 0
    for place, kid in enumerate(held, 1):
        if place % _LACKING_EVERY == 0:
            continue
        batch += 1
        issued = max(kid.starts, today - dt.timedelta(days=80))
        gone = today - dt.timedelta(days=9)
        lost = _at(gone, 17) if place % _LOST_EVERY == 0 and issued < gone else None
        end = ("lost", lost, DESK, "路上丢了") if lost is not None else (None, None, None, "")
        first = book.add("card", _number(book), kid.id, batch, None, _at(issued, 8), DESK, *end)
        book.add("paper", "card", first, _at(issued, 8), DESK)
        if lost is not None:
            batch += 1
            again = _at(today - dt.timedelta(days=8), 8)
            new = book.add("card", _number(book), kid.id, batch, first, again, DESK, None, None, None, "")
            book.add("paper", "card", new, again, DESK)
    book.add("number_series", "card", book.count("card"))


def _number(book: Book) -> str:
    return f"C-{book.count('card') + 1:06d}"


def _at(day: dt.date, hour: int) -> str:
    return f"{day.isoformat()}T{hour:02d}:10:00+08:00"
