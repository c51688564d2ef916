"""Loading WS/T 423: a template, a look at every row before anything is kept, and all or nothing."""

import csv
import io

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.growth_bands import (
    HEADS,
    KINDS,
    BadRow,
    BandError,
    BandRow,
    check_complete,
    check_near,
    read_rows,
)
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.import_files import read_file
from app.store import growth_standards
from app.store.database import Database
from app.store.growth_standards import KeptStandard
from app.store.growth_tables import WhoStandard

__all__ = ["BadRow", "GrowthTables", "KeptStandard", "TablePreview"]

NAME = "WS/T 423—2022"
_CHANGED = Changes(frozenset({Topic.HEALTH}))


@record
class TablePreview:
    """What a file would bring: good rows, bad ones with why, and what is missing (empty: it can be kept)."""

    rows: tuple[BandRow, ...]
    bad: tuple[BadRow, ...]
    problem: str


class GrowthTables:
    """The verbs of the centre's own tables; the norm's numbers are never shipped."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def held(self, actor: Actor) -> KeptStandard | None:
        """What was loaded, or None while WHO 2006 holds."""
        actor.require(Permission.HEALTH_CHECK)
        return growth_standards.find_current(self._database)

    def template(self, actor: Actor) -> bytes:
        """A CSV to be filled from the printed norm: the head and one empty line of each table."""
        actor.require(Permission.CHANGE_SETTINGS)
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(HEADS)
        for kind in KINDS:
            for sex in "男女":
                writer.writerow([kind, sex, *[""] * (len(HEADS) - 2)])
        return "\ufeff".encode() + out.getvalue().encode()

    def preview(self, actor: Actor, name: str, data: bytes) -> TablePreview:
        """Read a file and keep nothing. Untouched lines of the template count as bad: they judge nobody.

        Raises:
            BandError, FileError: the file is no such table at all.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        grid = read_file(name, data)
        lines = [(row.number, tuple(cell.text for cell in row.cells)) for row in grid.rows]
        rows, bad = read_rows(lines)
        problem = ""
        try:
            check_complete(rows)
            check_near(rows, WhoStandard())
        except BandError as error:
            problem = error.sentence
        if bad:
            problem = f"有 {len(bad)} 行不对，一行也不会导入。请改好再选这个文件。"
        return TablePreview(rows, bad, problem)

    def load(self, actor: Actor, name: str, data: bytes, standard: str = NAME) -> Done[int]:
        """Take a whole file over; from now on it evaluates. What was evaluated keeps its standard.

        Raises:
            BandError, FileError: it is no such table, or a single row of it is wrong.
        """
        found = self.preview(actor, name, data)
        if found.problem:
            raise BandError(found.problem, field="file")
        called = clean_text(standard, "标准名称", "standard", 50) or NAME
        words = f"生长标准 {called} {len(found.rows)} 行"
        with self._database.unit(actor.id, "load_growth_standard") as unit:
            key = growth_standards.add_standard(unit, called, found.rows, actor.id)
            unit.audit("growth_standard", key, words)
        return Done(key, _CHANGED, Undo("growth.standard", key, words))

    def reverse(self, actor: Actor, standard: int) -> Done[None]:
        """Go back to WHO 2006.

        Raises:
            BandError: other tables hold by now.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        held = growth_standards.find_current(self._database)
        if held is None or held.id != standard:
            raise BandError("这份标准已经不在用了，请刷新后再看。")
        with self._database.unit(actor.id, "end_growth_standard") as unit:
            growth_standards.end_standard(unit, standard)
            unit.audit("growth_standard", standard, held.name)
        return Done(None, _CHANGED)
