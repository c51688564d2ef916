"""One row of somebody's list, read into a child: what it says, and everything that is wrong with it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.domain.classes import ClassKind, RatioRule
from app.domain.errors import RuleError
from app.domain.ids import ClassId
from app.domain.import_cells import EMPTY, Cell, CellKind, SheetRow
from app.domain.import_roles import Roles
from app.domain.looks import Tone
from app.domain.modes import CareMode, HalfDay
from app.domain.record import record

_ERRORS = "单元格里是 Excel 的错误值“{text}”，不是内容。请改好原表再导入。"
_FORMULA = "单元格里是公式“{text}”。公式不导入，请复制后“选择性粘贴为数值”。"
_MERGED = "这是合并单元格的一部分，看不出是哪一行的内容。请取消合并，每行各填一格。"


@record
class RowProblem:
    """What is wrong with one field, in a sentence. ``code`` names the kind; BAD keeps the row out."""

    code: str
    field: str
    sentence: str
    tone: Tone = Tone.BAD


@record
class ClassPlace:
    """A class a row may name, as far as reading needs it."""

    id: ClassId
    name: str
    kind: ClassKind


@record
class RowContext:
    """What a row is read against: the day of the import, the classes by name, and the norm's ages."""

    today: dt.date
    classes: Mapping[str, ClassPlace]
    rules: tuple[RatioRule, ...]
    headings: Mapping[str, str] = field(default_factory=dict)  # over the column of each key
    heads: tuple[str, ...] = ()  # over every column, also of those that are not read
    is_allergen: Callable[[str], bool] = lambda _: True  # whether the tables know a substance
    above: tuple[str, ...] = ()  # what stands above the headings, and the name of the sheet


@dataclass(slots=True)
class AdultDraft:
    """A grown-up of a row, in the making. Nobody is anything to the child before all columns are read."""

    name: str = ""
    relation: str = ""
    phone: str = ""
    is_guardian: bool = False
    is_emergency: bool = False
    may_collect: bool = False
    barred: bool = False
    named: bool = False  # among those who may collect
    roles: Roles | None = None  # where a column says what she is
    born_on: dt.date | None = None
    paper: dict[str, str] = field(default_factory=dict)  # by which somebody is barred, by field

    @property
    def words(self) -> str:
        """监护人、可接."""
        return Roles(self.is_guardian, self.may_collect, self.is_emergency, self.barred).words


@dataclass(slots=True)
class RowReader:
    """A row while it is read. Setters fill it and ``blame`` what they cannot take."""

    row: SheetRow
    mapping: Mapping[str, int]
    context: RowContext
    name: str = ""
    nickname: str = ""
    sex: str = ""
    born_on: dt.date | None = None
    document_kind: str = ""
    document: tuple[str, str] | None = None
    place: ClassPlace | None = None
    mode: CareMode | None = None
    half: HalfDay | None = None
    starts_on: dt.date | None = None
    allergy: str = "unknown"
    substances: tuple[str, ...] = ()
    note: str = ""
    remarks: list[str] = field(default_factory=list)  # words that no field could take
    fields: dict[str, str] = field(default_factory=dict)  # of the record, by name, as they are kept
    parents: dict[str, AdultDraft] = field(default_factory=dict)
    others: list[AdultDraft] = field(default_factory=list)
    barred: list[AdultDraft] = field(default_factory=list)  # of the column 禁止接走人
    bars_answered: bool = False  # somebody has said who is barred, or that nobody is
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def people(self) -> list[AdultDraft]:
        """Everybody with a name or a number: the parents by their number, then the others."""
        parents = [self.parents[which] for which in sorted(self.parents, key=lambda which: int(which[6:]))]
        return [one for one in (*parents, *self.others) if one.name or one.phone]

    def blame(self, code: str, where: str, sentence: str, tone: Tone = Tone.BAD) -> None:
        """Note a problem; the same kind at the same field is said once."""
        if not self.blamed(where, code):
            self.problems.append(RowProblem(code, where, sentence, tone))

    def blamed(self, where: str, code: str = "") -> bool:
        """Whether a field has a problem already (of that kind)."""
        return any(one.field == where and code in {"", one.code} for one in self.problems)

    def fail(self, code: str, where: str, error: RuleError) -> None:
        """Note what a rule said."""
        self.blame(code, where, error.sentence)

    def cell(self, key: str) -> Cell:
        """The cell of a column; what can never be a value is blamed and counts as empty."""
        at = self.mapping.get(key)
        if at is None:
            return EMPTY
        found = self.row.cell(at)
        words = {CellKind.FORMULA: _FORMULA, CellKind.ERROR: _ERRORS, CellKind.MERGED: _MERGED}
        if found.kind in words:
            self.blame(f"cell_{found.kind.value}", key, words[found.kind].format(text=found.text[:20]))
            return EMPTY
        return found

    def text(self, key: str) -> str:
        """The words of a column, trimmed."""
        return self.cell(key).text.strip()


@record
class RowAdult:
    """A grown-up as read."""

    name: str
    relation: str
    phone: str
    is_guardian: bool
    is_emergency: bool
    may_collect: bool
    barred: bool = False
    born_on: dt.date | None = None
    paper: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """妈妈 王丽（监护人、可接）."""
        roles = Roles(self.is_guardian, self.may_collect, self.is_emergency, self.barred)
        return f"{self.relation} {self.name}（{roles.words}）"


@record
class ImportedRow:
    """A row as read. ``problems`` with a BAD one keep it out; then the other fields may be empty."""

    number: int
    name: str
    nickname: str
    sex: str
    born_on: dt.date | None
    document: tuple[str, str] | None
    place: ClassPlace | None
    mode: CareMode | None
    half: HalfDay | None
    starts_on: dt.date
    allergy: str
    substances: tuple[str, ...]
    note: str
    adults: tuple[RowAdult, ...]
    problems: tuple[RowProblem, ...]
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def bad(self) -> bool:
        """Whether it cannot be taken as it stands."""
        return any(one.tone is Tone.BAD for one in self.problems)


def read_row(row: SheetRow, mapping: Mapping[str, int], context: RowContext) -> ImportedRow:
    """Read one row: ``mapping`` says in which column (from zero) each key of the dictionary stands."""
    from app.domain.import_setters import CHECKS, setters_of

    reader = RowReader(row, mapping, context)
    if row.hidden:
        reader.blame("hidden_row", "", "这一行在 Excel 里是隐藏的，也会导入。", Tone.WARN)
    for key, setter in setters_of(mapping):
        setter(reader, key)
    for check in CHECKS:
        check(reader)
    return ImportedRow(
        number=row.number,
        name=reader.name,
        nickname=reader.nickname,
        sex=reader.sex,
        born_on=reader.born_on,
        document=reader.document,
        place=reader.place,
        mode=reader.mode,
        half=reader.half,
        starts_on=reader.starts_on or context.today,
        allergy=reader.allergy,
        substances=reader.substances,
        note=reader.note,
        adults=tuple(
            RowAdult(
                name=one.name,
                relation=one.relation,
                phone=one.phone,
                is_guardian=one.is_guardian,
                is_emergency=one.is_emergency,
                may_collect=one.may_collect,
                barred=one.barred,
                born_on=one.born_on,
                paper=tuple(one.paper.items()) if one.barred else (),
            )
            for one in reader.people
        ),
        problems=tuple(reader.problems),
        fields=tuple(reader.fields.items()),
    )
