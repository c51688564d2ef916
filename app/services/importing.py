"""A centre's own list of children comes in: read, look, all or nothing, and back again."""

import dataclasses
import functools
from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.import_cells import Grid, SheetRow
from app.domain.import_columns import ImportColumn, guess, heading_words, plain_heading, with_adults
from app.domain.import_heads import Head, find_head
from app.domain.import_rows import ClassPlace, ImportedRow, RowContext, RowProblem, read_row
from app.domain.looks import Tone
from app.domain.record import record
from app.domain.seats import Hold
from app.domain.staff import Actor, Permission
from app.services.admission_rules import NoSeatError, Seating
from app.services.asked import hidden_fields
from app.services.bound_words import words_of
from app.services.illness_gate import observed_words
from app.services.import_barred import barred_elsewhere, barred_problems
from app.services.import_births import Births
from app.services.import_files import FileError, Report, go_on, part_of, read_sheets
from app.services.import_known import Known
from app.services.import_writing import CONTRACTS, Writer, take_back_told
from app.services.record_words import is_allergen
from app.store import centre, imports, people, tables
from app.store.database import Clock, Database
from app.store.imports import Batch
from app.store.stamps import day_of

EXAMPLE = "示例"
_STEP = 50
_NAMED = 5
_LONGEST_FILE_NAME = 200
_LATER = "请把入托日期改到那之后，或把班级空着先建档案，由园长在“招生”里写明理由办入托。"


class ImportRefusedError(RuleError):
    """The list cannot be taken in, or not be taken back, as it stands."""


@record
class ImportTable:
    """A file as read: its headings, the rows below them, and which column seems to be which."""

    file_name: str
    grid: Grid
    head: int  # place of the headings in grid.rows, of the lower ones where there are two rows
    top: int  # where they begin
    headings: tuple[str, ...]
    guessed: tuple[str, ...]  # a key of the dictionary for each heading, or empty
    samples: tuple[str, ...]  # the first words below each heading
    source: str
    columns: tuple[ImportColumn, ...]  # the dictionary, with what this file has more of
    sheets: tuple[Grid, ...]  # every sheet of the file that is shown and holds anything

    @property
    def sheet_words(self) -> str:
        """读的是工作表“抱抱龙”（1 行）。没有读：小星星（30 行）。 Empty where there is only one."""
        if len(self.sheets) < 2:
            return ""
        others = "、".join(f"{one.name}（{one.filled} 行）" for one in self.sheets if one is not self.grid)
        return f"读的是工作表“{self.grid.name}”（{self.grid.filled} 行），没有读：{others}。"


@record
class Preview:
    """What an import would make; nothing has been written."""

    rows: tuple[ImportedRow, ...]
    skipped: tuple[str, ...]  # what was passed over, in words

    @property
    def bad(self) -> int:
        """How many rows cannot be taken."""
        return sum(row.bad for row in self.rows)

    @property
    def good(self) -> int:
        """How many can."""
        return len(self.rows) - self.bad

    @property
    def words(self) -> str:
        """可建 18 个孩子的档案（其中在册 17 个），2 行有问题，1 行请确认。"""
        good = [row for row in self.rows if not row.bad]
        enrolled = sum(row.place is not None and row.mode in CONTRACTS for row in good)
        odd = sum(bool(row.problems) for row in good)
        told = [f"{self.bad} 行有问题"] * bool(self.bad) + [f"{odd} 行请确认"] * bool(odd)
        bad = "".join(f"，{one}" for one in told or ["没有问题"])
        return f"可建 {len(good)} 个孩子的档案（其中在册 {enrolled} 个）{bad}。"


@record
class Imported:
    """What an import has made."""

    batch: int
    children: int
    adults: int
    enrolments: int

    @property
    def words(self) -> str:
        """已导入 18 个孩子…"""
        return f"已导入 {self.children} 个孩子、{self.adults} 位家长，其中 {self.enrolments} 个在册。"


class Importing:
    """Reading a list, looking at it, taking it in, and taking it back."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    def columns(self) -> tuple[ImportColumn, ...]:
        """The dictionary of columns (``import_columns.toml``) without what the centre does not ask."""
        hidden = hidden_fields(self._database, day_of(self._clock()))
        return tuple(
            ImportColumn(
                one["key"],
                one["title"],
                tuple(one["words"]),
                one["note"],
                one["example"],
                one["width"],
                tuple(one.get("choices", ())),
            )
            for one in tables.read("import_columns.toml")["column"]
            if one["key"] not in hidden
        )

    def read(
        self, actor: Actor, name: str, data: bytes, report: Report = go_on, sheet: str = ""
    ) -> ImportTable:
        """Read a file; nothing is kept. ``report`` may stop it.

        Args:
            actor: who reads.
            name: of the file.
            data: its bytes.
            report: told how far it is.
            sheet: the name of a sheet; else the first that looks like a list is read.

        Raises:
            FileError: it is no table, or no row of it looks like headings.
        """
        actor.require(Permission.REGISTER_CHILD)
        return self._table(name[-_LONGEST_FILE_NAME:], read_sheets(name, data, report), sheet)

    def choose_sheet(self, actor: Actor, table: ImportTable, sheet: str) -> ImportTable:
        """The same file by another of its sheets.

        Raises:
            FileError: no row of it looks like headings.
        """
        actor.require(Permission.REGISTER_CHILD)
        return self._table(table.file_name, table.sheets, sheet)

    def _table(self, file_name: str, sheets: tuple[Grid, ...], sheet: str) -> ImportTable:
        columns = self.columns()
        wanted = [grid for grid in sheets if sheet in {"", grid.name}]
        heads = [(grid, head) for grid in wanted if (head := find_head(grid, columns)) is not None]
        if not heads:
            names = "、".join(f"“{grid.name}”" for grid in wanted if grid.name)
            where = f"工作表{names}里" if names else ""
            msg = f"{where}找不到标题行。表里要有一行写着“姓名”“出生日期”“电话”等，请补上再导入。"
            raise FileError(msg)
        full = [(grid, head) for grid, head in heads if any(not row.empty for row in _below(grid, head))]
        if not full:
            raise FileError("标题行下面没有内容。请填好再导入。")
        grid, head = full[0]
        below = [row for row in _below(grid, head) if not row.empty]
        columns = with_adults(columns, head.headings)
        samples = tuple(
            next((row.cell(at).text for row in below if row.cell(at).text), "")
            for at in range(len(head.headings))
        )
        return ImportTable(
            file_name, grid, head.last, head.first, head.headings, guess(head.headings, columns), samples,
            grid.source, columns, sheets,
        )  # fmt: skip

    def preview(
        self, actor: Actor, table: ImportTable, mapping: Sequence[str], report: Report = go_on
    ) -> Preview:
        """Read every row by the mapping (a key for each heading, or empty). Writes nothing.

        Raises:
            ImportRefusedError: no column holds the name, or one key is given twice.
        """
        actor.require(Permission.REGISTER_CHILD)
        places = _places(mapping)
        today = day_of(self._clock())
        groups = {
            one.name: ClassPlace(one.id, one.name, one.kind)
            for one in centre.list_classes(self._database, today)
        }
        heads = {key: table.headings[at] for key, at in places.items()}
        above = [cell.text for row in table.grid.rows[: table.top] for cell in row.cells if cell.text]
        notes = {column.note for column in table.columns}  # our own template hangs them on its headings
        above += [
            cell.comment
            for at, row in enumerate(table.grid.rows)
            for cell in row.cells
            if cell.comment and (at <= table.head or row.empty) and cell.comment not in notes
        ]
        context = RowContext(
            today, groups, tables.ratio_rules(today), heads, table.headings, functools.cache(is_allergen),
            (*above, table.grid.name),
        )  # fmt: skip
        below = table.grid.rows[table.head + 1 :]
        words = heading_words(table.columns) | {plain_heading(one) for one in table.headings}
        rows: list[ImportedRow] = []
        passed: Counter[str] = Counter()
        reading = part_of(report, 0, 2)
        for at, row in enumerate(below):
            if at % _STEP == 0:
                reading(at, len(below))
            if row.empty:
                passed["空行"] += 1
            elif _is_head(row, words):
                passed["重复的标题行"] += 1
            elif row.cell(places["name"]).text.strip().startswith(EXAMPLE):
                passed["示例行"] += 1
            else:
                rows.append(read_row(row, places, context))
        judged = self._compare(rows, part_of(report, 1, 2))
        return Preview(tuple(judged), tuple(f"{what} {count} 行" for what, count in passed.items()))

    def run(
        self,
        actor: Actor,
        table: ImportTable,
        mapping: Sequence[str],
        *,
        leave_out_bad: bool = False,
        report: Report = go_on,
    ) -> Done[Imported]:
        """Take the whole list in, in one unit of work; ``report`` may stop it, and then nothing was made.

        Raises:
            ImportRefusedError: there are bad rows and they were not said to be left out, or no good one.
        """
        actor.require(Permission.REGISTER_CHILD)
        preview = self.preview(actor, table, mapping, part_of(report, 0, 2))
        rows = [row for row in preview.rows if not row.bad]
        if preview.bad and not leave_out_bad:
            msg = f"还有 {preview.bad} 行有问题，一行都没有导入。请改好文件，或选择跳过这些行。"
            raise ImportRefusedError(msg)
        if not rows:
            raise ImportRefusedError("没有可以导入的行，什么都没有写。")
        writing = part_of(report, 1, 2)
        with self._database.unit(actor.id, "import_children") as unit:
            batch = imports.add_batch(unit, table.file_name, len(rows), actor.id)
            writer = Writer(unit, self._database)
            for at, row in enumerate(rows):
                if at % _STEP == 0:
                    writing(at, len(rows))
                writer.write(batch, row)
            unit.audit("import", batch, f"{table.file_name} {len(rows)} 个孩子")
            writing(len(rows), len(rows))
        made = Imported(batch, len(rows), writer.new_adults, writer.enrolments)
        changes = Changes(frozenset({Topic.CHILDREN, Topic.VISITS}), frozenset(writer.made))
        return Done(made, changes, Undo("import_children", batch, f"导入 {len(rows)} 个孩子"))

    def undo(self, actor: Actor, batch: int) -> Done[None]:
        """Take a list back: its children, contracts and ties stay on file as undone.

        Raises:
            ImportRefusedError: taken back before, or children of it have come or been changed since.
        """
        actor.require(Permission.REGISTER_CHILD)
        kept = imports.find_batch(self._database, batch)
        if kept is None or kept.undone:
            raise ImportRefusedError("这次导入已经撤销过了。")
        if moved := imports.list_moved(self._database, batch):
            named = "、".join(f"{name}（{words_of(tables)}）" for name, tables in moved[:_NAMED])
            many = f"等 {len(moved)} 个孩子" if len(moved) > _NAMED else ""
            msg = f"不能撤销：{named}{many}导入后已经有了登记。请在档案里逐个处理。"
            raise ImportRefusedError(msg)
        made = imports.list_children(self._database, batch)
        with self._database.unit(actor.id, "undo_import") as unit:
            take_back_told(unit, batch)
            imports.reverse_batch(unit, batch, actor.id)
            unit.audit("import", batch, f"{kept.file_name} {kept.rows} 个孩子")
            unit.audit("child", None, f"撤销导入 {kept.rows} 个孩子")
        return Done(None, Changes(frozenset({Topic.CHILDREN, Topic.VISITS}), frozenset(made)))

    def batches(self, actor: Actor) -> tuple[Batch, ...]:
        """The lists that were taken in, newest first."""
        actor.require(Permission.REGISTER_CHILD)
        return imports.list_batches(self._database)

    def template(self, actor: Actor) -> bytes:
        """A workbook to hand out: headings, comments, drop-downs, and an example that an import ignores."""
        from app.reports.sheets import template_bytes

        actor.require(Permission.REGISTER_CHILD)
        names = [one.name for one in centre.list_classes(self._database, day_of(self._clock()))]
        columns = [
            dataclasses.replace(one, choices=tuple(names)) if one.key == "class" else one
            for one in self.columns()
        ]
        return template_bytes(columns)

    def _compare(self, rows: Sequence[ImportedRow], report: Report) -> list[ImportedRow]:
        """Hold the rows against each other, against who is on file, and against the seats.

        The seats are those of admissions: offers that stand and seats kept in 停托 are taken, too, and the
        licence holds. A class under observation takes nobody new, from a list as little as from the desk.
        """
        today = day_of(self._clock())
        seen = Known(self._database, today)
        groups = centre.list_classes(self._database, today)
        seating = Seating(self._database, today)
        barring = people.list_all_barred(self._database)
        births = Births(self._database, rows, today)
        observed = functools.cache(lambda day: observed_words(self._database, day, today, None))
        judged = []
        for at, read in enumerate(rows):
            if at % _STEP == 0:
                report(at, len(rows))
            row, found = births.judge(read)
            found += seen.problems(row)
            if barring and not row.bad and not _any_bad(found):
                found += barred_problems(self._database, row, seen.alikes(row), today)
                found += barred_elsewhere(row, barring) if not _any_bad(found) else []
            contract = row.place is not None and row.mode in CONTRACTS
            if contract and row.place is not None and row.mode is not None:
                first = max(row.starts_on, today)
                hold = Hold(row.place.id, row.mode, row.half, first)
                if not row.bad and not _any_bad(found):
                    try:
                        seating.take(hold, groups)
                    except NoSeatError as error:
                        found.append(RowProblem("class_full", "class", error.sentence))
                    if words := observed(first).get(row.place.id):
                        found.append(RowProblem("class_observed", "class", f"{words}{_LATER}"))
            judged.append(dataclasses.replace(row, problems=(*row.problems, *found)) if found else row)
        return judged


def _below(grid: Grid, head: Head) -> Sequence[SheetRow]:
    return grid.rows[head.last + 1 :]


def _is_head(row: SheetRow, words: frozenset[str]) -> bool:
    """Whether a row only says headings again: one word of a child's row may well be one (联系人)."""
    said = [cell.text for cell in row.cells if cell.text.strip()]
    return len(said) > 1 and all(plain_heading(one) in words for one in said)


def _places(mapping: Sequence[str]) -> Mapping[str, int]:
    """The column of each key."""
    twice = [key for key, count in Counter(filter(None, mapping)).items() if count > 1]
    if twice:
        raise ImportRefusedError("有两列对到了同一项，请改掉一列。")
    places = {key: at for at, key in enumerate(mapping) if key}
    if "name" not in places:
        raise ImportRefusedError("还没有指明哪一列是姓名。请在“对应列”里选好。")
    return places


def _any_bad(problems: Sequence[RowProblem]) -> bool:
    return any(one.tone is Tone.BAD for one in problems)
