"""A sheet as somebody else made it: cells with what they are, before anybody says what they mean."""

import datetime as dt
from enum import StrEnum

from app.domain.record import record


class CellKind(StrEnum):
    """What stands in a cell. FORMULA, ERROR and MERGED are never read for a value."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"
    MERGED = "merged"


@record
class Cell:
    """One cell. ``text`` is what a reader sees; ``number`` and ``day`` only where the cell holds one.

    ``comment`` hangs on it. Of a bare number ``day`` is what it is by the workbook's own calendar, where
    that is not the usual one.
    """

    kind: CellKind = CellKind.EMPTY
    text: str = ""
    number: float | None = None
    day: dt.date | None = None
    comment: str = ""


EMPTY = Cell()


@record
class SheetRow:
    """One row by its number in the file, counted from one."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return all(cell.kind is CellKind.EMPTY for cell in self.cells)

    def cell(self, at: int) -> Cell:
        """The cell of a column counted from zero; an empty one beyond the last."""
        return self.cells[at] if 0 <= at < len(self.cells) else EMPTY


@record
class Grid:
    """A whole sheet and how it was read (``Excel``, ``UTF-8``, ``GB18030``); a text table has no ``name``."""

    source: str
    rows: tuple[SheetRow, ...]
    name: str = ""

    @property
    def filled(self) -> int:
        """How many rows hold anything."""
        return sum(not row.empty for row in self.rows)


def text_cell(text: str) -> Cell:
    """A cell of a text file, or a text cell of a workbook."""
    return Cell(CellKind.TEXT, text) if text.strip() else EMPTY


def number_cell(number: float) -> Cell:
    """A number as a reader sees it: no ``.0`` behind a whole one."""
    whole = isinstance(number, int) or number.is_integer()
    return Cell(CellKind.NUMBER, str(int(number)) if whole else repr(number), float(number))
