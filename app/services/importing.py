"""A centre's own list of children comes in: read, look, all or nothing, and back again."""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ChildId, ClassId
from app.domain.import_cells import Grid
from app.domain.import_columns import ImportColumn, find_head, guess, heading_words, known_headings
from app.domain.import_rows import ClassPlace, ImportedRow, RowContext, RowProblem, read_row
from app.domain.looks import Tone
from app.domain.modes import CareMode, HalfDay
from app.domain.names import search_keys
from app.domain.record import record
from app.domain.seats import Hold
from app.domain.staff import Actor, Permission
from app.services.admission_rules import NoSeatError, Seating
from app.services.asked import hidden_fields
from app.services.import_barred import barred_problems
from app.services.import_files import FileError, Report, go_on, part_of, read_file
from app.store import centre, children, imports, people, record_acts, settings, tables
from app.store.children import Enrolment, NewChild
from app.store.database import Clock, Database, Unit
from app.store.imports import Batch, OnFile
from app.store.people import NewAdult, Tie
from app.store.record_acts import Change
from app.store.stamps import day_of

EXAMPLE = "示例"
_STEP = 50
_CONTRACTS = {CareMode.FULL_DAY, CareMode.HALF_DAY}
_NAMED = 5
_LONGEST_FILE_NAME = 200


class ImportRefusedError(RuleError):
    """The list cannot be taken in, or not be taken back, as it stands."""


@record
class ImportTable:
    """A file as read: its headings, the rows below them, and which column seems to be which."""

    file_name: str
    grid: Grid
    head: int  # place of the headings in grid.rows
    headings: tuple[str, ...]
    guessed: tuple[str, ...]  # a key of the dictionary for each heading, or empty
    samples: tuple[str, ...]  # the first words below each heading
    source: str


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
        """可建 18 个孩子的档案（其中在册 17 个），2 行有问题。"""
        good = [row for row in self.rows if not row.bad]
        enrolled = sum(row.place is not None and row.mode in _CONTRACTS for row in good)
        bad = f"，{self.bad} 行有问题" if self.bad else "，没有问题"
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

    def read(self, actor: Actor, name: str, data: bytes, report: Report = go_on) -> ImportTable:
        """Read a file; nothing is kept. ``report`` may stop it.

        Raises:
            FileError: it is no table, or no row of it looks like headings.
        """
        actor.require(Permission.REGISTER_CHILD)
        grid, columns = read_file(name, data, report), self.columns()
        if (head := find_head(grid, columns)) is None:
            raise FileError("找不到标题行。表里要有一行写着“姓名”“出生日期”“电话”等，请补上再导入。")
        headings = tuple(cell.text.strip() for cell in grid.rows[head].cells)
        below = [row for row in grid.rows[head + 1 :] if not row.empty]
        if not below:
            raise FileError("标题行下面没有内容。请填好再导入。")
        samples = tuple(
            next((row.cell(at).text for row in below if row.cell(at).text), "") for at in range(len(headings))
        )
        return ImportTable(
            name[-_LONGEST_FILE_NAME:], grid, head, headings, guess(headings, columns), samples, grid.source
        )

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
        context = RowContext(today, groups, tables.ratio_rules(today), heads)
        below, words = table.grid.rows[table.head + 1 :], heading_words(self.columns())
        rows: list[ImportedRow] = []
        passed: Counter[str] = Counter()
        reading = part_of(report, 0, 2)
        for at, row in enumerate(below):
            if at % _STEP == 0:
                reading(at, len(below))
            if row.empty:
                passed["空行"] += 1
            elif known_headings([cell.text for cell in row.cells], words) >= 2:
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
            writer = _Writer(unit, self._database)
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
            names = "、".join(moved[:_NAMED]) + (f"等 {len(moved)} 个孩子" if len(moved) > _NAMED else "")
            msg = f"不能撤销：{names}导入后已经来过或改过资料。请在档案里逐个处理。"
            raise ImportRefusedError(msg)
        made = imports.list_children(self._database, batch)
        with self._database.unit(actor.id, "undo_import") as unit:
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
        licence holds.
        """
        seen = _Known(imports.list_on_file(self._database))
        today = day_of(self._clock())
        groups = centre.list_classes(self._database, today)
        seating = Seating(self._database, today)
        barring = people.is_anybody_barred(self._database)
        judged = []
        for at, row in enumerate(rows):
            if at % _STEP == 0:
                report(at, len(rows))
            found = seen.problems(row)
            if barring and not row.bad and not _any_bad(found):
                found += barred_problems(self._database, row, today)
            contract = row.place is not None and row.mode in _CONTRACTS
            if contract and row.place is not None and row.mode is not None:
                hold = Hold(row.place.id, row.mode, row.half, max(row.starts_on, today))
                if not row.bad and not _any_bad(found):
                    try:
                        seating.take(hold, groups)
                    except NoSeatError as error:
                        found.append(RowProblem("class_full", "class", error.sentence))
            judged.append(dataclasses.replace(row, problems=(*row.problems, *found)) if found else row)
        return judged


class _Known:
    """Who is on file and who stood higher in the list."""

    def __init__(self, kept: Sequence[OnFile]) -> None:
        self._documents = {one.document: one.name for one in kept if one.document is not None}
        self._births = {(one.name, one.born_on): one.name for one in kept}
        self._sounds: dict[tuple[str, str], str] = {}
        for one in kept:
            for sound in one.pinyin.split():
                self._sounds.setdefault((sound, one.born_on), one.name)
        self._own_documents: dict[tuple[str, str], int] = {}
        self._own_births: dict[tuple[str, str], int] = {}

    def problems(self, row: ImportedRow) -> list[RowProblem]:
        """What is said against a row by those before it."""
        found: list[RowProblem] = []
        if row.document is not None:
            if (name := self._documents.get(row.document)) is not None:
                found.append(
                    RowProblem("on_file_id", "document", f"这个证件号已经在{name}的档案里，不能再建。")
                )
            if (other := self._own_documents.setdefault(row.document, row.number)) != row.number:
                words = f"证件号和第 {other} 行一样，同一个孩子只能有一行。"
                found.append(RowProblem("twice_id", "document", words))
        if row.name and row.born_on is not None:
            born = row.born_on.isoformat()
            if (row.name, born) in self._births:
                words = f"{row.name}（{born} 生）已有档案，不能再建。"
                found.append(RowProblem("on_file", "name", words))
            elif not any(one.tone is Tone.BAD for one in found):
                found += self._sounding(row, born)
            if (other := self._own_births.setdefault((row.name, born), row.number)) != row.number:
                words = f"姓名和生日与第 {other} 行一样，同一个孩子只能有一行。"
                found.append(RowProblem("twice_name", "name", words))
        return found

    def _sounding(self, row: ImportedRow, born: str) -> list[RowProblem]:
        for sound in search_keys(row.name).pinyin.split() if self._sounds else ():
            if (name := self._sounds.get((sound, born))) is not None:
                words = f"和档案里的{name}同音、同一天出生，请确认不是同一个孩子。"
                return [RowProblem("same_sound", "name", words, Tone.WARN)]
        return []


class _Writer:
    """Writes rows into one unit. Grown-ups of one name and number are one, within the list and on file."""

    def __init__(self, unit: Unit, database: Database) -> None:
        kept = settings.current(database, day_of(unit.at))
        self._unit = unit
        self._noon = (kept.lunch_from, kept.lunch_to)
        self._hours = (kept.opening, kept.closing)
        self._adults: dict[tuple[str, str], AdultId] = {}
        self.made: list[ChildId] = []
        self.new_adults = self.enrolments = 0

    def write(self, batch: int, row: ImportedRow) -> None:
        """One child with everything that belongs to her."""
        unit = self._unit
        if row.born_on is None or row.mode is None:
            raise LookupError("a row that is not whole")
        keys = search_keys(row.name)
        kind, number = row.document or (None, None)
        child = children.add_child(
            unit,
            NewChild(
                row.name, row.born_on, row.allergy, keys.pinyin, keys.initials, row.nickname,
                row.sex or None, kind, number, row.note,
            ),
        )  # fmt: skip
        if row.substances:
            children.answer_allergy(unit, child, row.allergy, row.substances)
        if row.fields:
            act = record_acts.add_act(unit, "child", child, "导入名单")
            for name, value in row.fields:
                record_acts.add_change(unit, act, Change("child", child, name, "", value))
        self._write_adults(child, row)
        enrolment = None
        if row.place is not None and row.mode in _CONTRACTS:
            enrolment = self._enrol(child, row, row.place.id, row.mode)
        imports.add_row(unit, batch, row.number, child, enrolment)
        unit.audit("child", child, row.name)
        self.made.append(child)

    def _enrol(self, child: ChildId, row: ImportedRow, place: ClassId, mode: CareMode) -> int:
        start, end = self._hours
        if row.half is HalfDay.MORNING:
            end = self._noon[0]
        elif row.half is HalfDay.AFTERNOON:
            start = self._noon[1]
        self.enrolments += 1
        return children.add_enrolment(
            self._unit, Enrolment(child, place, mode, row.half, "12345", start, end, row.starts_on)
        )

    def _write_adults(self, child: ChildId, row: ImportedRow) -> None:
        tied: set[AdultId] = set()
        for sort, one in enumerate(row.adults):
            adult = self._adult(one.name, one.phone)
            if adult in tied:
                continue
            tied.add(adult)
            tie = Tie(one.relation, one.is_guardian, one.may_collect, one.is_emergency, sort=sort)
            people.add_tie(self._unit, child, adult, tie)

    def _adult(self, name: str, phone: str) -> AdultId:
        known = self._adults.get((name, phone)) if phone else None
        if known is None and phone:
            known = people.find_adult(self._unit, name, phone)
        if known is None:
            keys = search_keys(name)
            known = people.add_adult(self._unit, NewAdult(name, phone, keys.pinyin, keys.initials))
            self.new_adults += 1
        if phone:
            self._adults[name, phone] = known
        return known


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
