"""The month of a grid among the registers: each item with its ticks of each day, and which days were open."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ids import ClassId
from app.domain.record import record
from app.domain.registers import ItemSpec
from app.services.month import find_open
from app.store.class_rows import list_class_rows
from app.store.database import Database
from app.store.registers import Entry


@record
class Grid:
    """A month of a grid: each item has its ticks of each day, by their hours.

    ``items`` are those of any of the days as they are at the last; ``held`` has them as they are on each day.
    ``open`` are the days on which the centre, and the class, is open.
    """

    items: tuple[ItemSpec, ...]
    days: tuple[dt.date, ...]
    ticks: dict[tuple[str, dt.date], tuple[Entry, ...]]
    held: dict[tuple[str, dt.date], ItemSpec]
    open: frozenset[dt.date]

    def is_missed(self, code: str, day: dt.date, today: dt.date) -> bool:
        """漏记: an open day is over without what is due every day."""
        held = self.item_on(code, day)
        due = held is not None and held.together and day in self.open and day < today
        return due and not self.ticks.get((code, day))

    def item_on(self, code: str, day: dt.date) -> ItemSpec | None:
        """What an item asks on a day; None where it is not asked then."""
        return self.held.get((code, day))


def open_days(database: Database, days: tuple[dt.date, ...], of_class: ClassId | None) -> frozenset[dt.date]:
    """The days on which the centre is open, and the class, where it is one class's register."""
    found = find_open(database, days)
    kept = next((one for one in list_class_rows(database) if one.id == of_class), None)
    if kept is None:
        return found
    return frozenset(
        day for day in found if kept.opened_on <= day and (kept.closed_on is None or day <= kept.closed_on)
    )


def cells(kept: Iterable[Entry]) -> dict[tuple[str, dt.date], tuple[Entry, ...]]:
    """The ticks of each cell of a grid by their hours; those without one stand last."""
    found: dict[tuple[str, dt.date], list[Entry]] = {}
    for one in kept:
        found.setdefault((one.told.item, one.told.day), []).append(one)
    return {
        key: tuple(sorted(ticks, key=lambda one: (hour_of(one) or "~", one.id)))
        for key, ticks in found.items()
    }


def hour_of(one: Entry) -> str:
    """When it was done: as told, or when it was ticked on the day itself; empty where nobody knows."""
    told = one.answer("at")
    return told or (f"{one.noted_at:%H:%M}" if one.noted_at.date() == one.told.day else "")
