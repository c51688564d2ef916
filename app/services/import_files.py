"""Files as people hand them in: Excel workbooks and text tables, read into a grid and nothing run."""

import csv
import dataclasses
import datetime as dt
import functools
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import Any

from app.domain.errors import RuleError
from app.domain.import_cells import EMPTY, Cell, CellKind, Grid, SheetRow, number_cell, text_cell

LARGEST = 20_000_000  # bytes
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_LARGEST_UNPACKED = 200_000_000  # a small file must not unpack into the whole memory
_MAC, _MOST_DAYS = 1904, 100_000  # workbooks of old Macs count their days from that year
_SEPARATORS = ",;\t，；"
_CONSTANT = re.compile(r'="([^"]*)"')
_LINES, _LOOKED_AT = 40, 100_000  # of a text table, to find what parts its cells: lines, and characters
_STEP = 25  # rows between two words of how far it is

_Held = dict[int, dict[int, Any]]  # cells of the library by row and column
Report = Callable[[int, int], None]  # done, total; may raise to stop


def go_on(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


def part_of(report: Report, at: int, of: int) -> Report:
    """The report of one part among several that take about as long: the ``at``-th, from zero, of so many."""

    def told(done: int, total: int) -> None:
        report(at * total + done, of * total)

    return told


class FileError(RuleError):
    """The file cannot be read as a list."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="file")


class _Watched(io.BytesIO):
    """A file that says how far it is read. What stops the reading is kept: the library hides it."""

    def __init__(self, data: bytes, report: Report) -> None:
        super().__init__(data)
        self._total, self._read, self._report = len(data), 0, report
        self.stopped: BaseException | None = None

    def read(self, size: int | None = -1) -> bytes:
        try:
            self._report(min(self._read, self._total), self._total)
        except BaseException as error:
            self.stopped = error
            raise
        found = super().read(size)
        self._read += len(found)
        return found


def read_file(name: str, data: bytes, report: Report = go_on) -> Grid:
    """Read the first sheet of a workbook with anything in it, or a text table. Raises as ``read_sheets``."""
    return read_sheets(name, data, report)[0]


def read_sheets(name: str, data: bytes, report: Report = go_on) -> tuple[Grid, ...]:
    """Read every sheet of a workbook that is shown and holds anything, or a text table.

    The bytes decide, not the ending. ``report`` is told how far it is, and may stop it by raising.

    Raises:
        FileError: empty, too large, an old or locked workbook, or no table at all.
    """
    if not data.strip():
        raise FileError("这个文件是空的。请选另一个文件。")
    if len(data) > LARGEST:
        raise FileError("文件超过 20 MB，不像名单。请删掉图片和多余的表再试。")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileError("这是旧版 .xls 或加了密码的文件。请在 Excel 里另存为 .xlsx（不设密码）再导入。")
    if data.startswith(b"PK"):
        return _read_workbook(data, report)
    if name.lower().endswith((".xlsx", ".xlsm", ".pdf", ".doc", ".docx", ".png", ".jpg")):
        raise FileError("这个文件不是 Excel 表格，或者已经损坏。请用 Excel 打开另存一份再试。")
    return (_read_text(data),)


def _read_workbook(data: bytes, report: Report) -> tuple[Grid, ...]:
    import openpyxl

    file = _Watched(data, part_of(report, 0, 2))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _LARGEST_UNPACKED:
                raise FileError("文件解开后太大，不像名单。请删掉图片和多余的表再试。")
        book = openpyxl.load_workbook(file, data_only=False, keep_links=False)
    except FileError:
        raise
    except Exception as error:  # the library fails in many ways on what is no workbook
        if file.stopped is not None:
            raise file.stopped from None
        raise FileError("这个 Excel 文件打不开，可能损坏了。请用 Excel 打开另存一份再试。") from error
    held = [(sheet, _held(sheet)) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [one for one in held if one[1]]
    if not filled:
        raise FileError("这个 Excel 文件里没有内容，或者工作表都隐藏了。请选另一个文件。")
    total, done, grids, tell = sum(len(rows) for _, rows in filled), 0, [], part_of(report, 1, 2)
    for sheet, rows in filled:
        grids.append(_read_sheet(sheet, rows, functools.partial(_tell_on, tell, done, total)))
        done += len(rows)
    return tuple(grids)


def _tell_on(tell: Report, done: int, total: int, more: int) -> None:
    tell(done + more, total)


def _held(sheet: Any) -> _Held:
    """The cells that hold anything, by row and column: formatted ones reach to the end of the sheet.

    Raises:
        FileError: too many rows hold something.
    """
    found: _Held = {}
    # The library has no other way to the cells that are there: each of its own makes the empty ones, too.
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001
        if (cell.value is not None or cell.comment is not None) and column <= MOST_COLUMNS:
            found.setdefault(row, {})[column] = cell
    if len(found) > MOST_ROWS:
        msg = f"表“{sheet.title}”里有 {len(found)} 行，一次最多 {MOST_ROWS} 行。请分成几个文件。"
        raise FileError(msg)
    return found


def _read_sheet(sheet: Any, held: _Held, tell: Callable[[int], None]) -> Grid:
    """The rows down to the last that holds anything, as wide as the widest of them."""
    most, width = max(held), max(max(row) for row in held.values())
    merged = {
        (row, column)
        for part in sheet.merged_cells.ranges
        for row in range(part.min_row, min(part.max_row, most) + 1)
        for column in range(part.min_col, min(part.max_col, width) + 1)
    }
    hidden = {number for number, size in sheet.row_dimensions.items() if size.hidden}
    rows = []
    for at, number in enumerate(range(1, most + 1) if most <= MOST_ROWS else sorted(held)):
        if at % _STEP == 0:
            tell(min(at, len(held)))
        row = held.get(number, {})
        cells = tuple(_read_cell(row.get(at), (number, at) in merged) for at in range(1, width + 1))
        rows.append(SheetRow(number, cells, number in hidden))
    return Grid("Excel", tuple(rows), sheet.title)


def _read_cell(found: Any, merged: bool) -> Cell:
    """A cell with the comment that hangs on it: it may say what no cell does."""
    made = _cell(found, merged)
    said = "" if found is None or found.comment is None else str(found.comment.text).strip()
    return dataclasses.replace(made, comment=said) if said else made


def _cell(found: Any, merged: bool) -> Cell:
    value = None if found is None else found.value
    if merged:
        return Cell(CellKind.MERGED, "" if value is None else str(value))
    if value is None:
        return EMPTY
    if found.data_type == "f" and isinstance(value, str) and (held := _CONSTANT.fullmatch(value)):
        return text_cell(held[1])
    if found.data_type == "f":
        return Cell(CellKind.FORMULA, str(getattr(value, "text", value)))
    if found.data_type == "e":
        return Cell(CellKind.ERROR, str(value))
    if isinstance(value, dt.datetime):
        return Cell(CellKind.DATE, value.date().isoformat(), day=value.date())
    if isinstance(value, dt.date):
        return Cell(CellKind.DATE, value.isoformat(), day=value)
    if isinstance(value, bool):
        return text_cell("是" if value else "否")
    if isinstance(value, int | float):
        return _number(value, found.parent.parent.epoch)
    return text_cell(str(value))


def _number(value: float, epoch: dt.datetime) -> Cell:
    """A number, with its day where the workbook counts its days from 1904."""
    made = number_cell(value)
    if epoch.year == _MAC and 0 < value < _MOST_DAYS:
        return dataclasses.replace(made, day=epoch.date() + dt.timedelta(days=int(value)))
    return made


def _read_text(data: bytes) -> Grid:
    text, source = decode_text(data)
    if "\x00" in text:
        raise FileError("这个文件不是文字表格。请选 Excel（.xlsx）或 CSV 文件。")
    separator = _separator(text)
    if "\ufeff" in text or csv.field_size_limit() < len(text):
        text = text.replace("\ufeff", "")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False))
    except csv.Error as error:
        raise FileError("这个 CSV 文件的引号对不上，读不下去。请用 Excel 另存为 .xlsx 再试。") from error
    if (filled := sum(any(cell.strip() for cell in line) for line in lines)) > MOST_ROWS:
        msg = f"表里有 {filled} 行，一次最多 {MOST_ROWS} 行。请分成几个文件。"
        raise FileError(msg)
    rows = [
        SheetRow(number, tuple(_text_cell(one) for one in line[:MOST_COLUMNS]))
        for number, line in enumerate(lines, 1)
    ]
    return Grid(source, tuple(rows))


def _separator(text: str) -> str:
    """What parts the cells: the sign by which most lines are of one width. A title may hold any of them."""
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()][:_LINES]

    def likeness(sign: str) -> tuple[int, int]:
        try:
            widths = Counter(map(len, csv.reader(lines, delimiter=sign, strict=False)))
        except csv.Error:
            return (0, 0)
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    return max(_SEPARATORS, key=likeness)


def _text_cell(text: str) -> Cell:
    """A cell of a text file: what we made harmless is read as it was; an error of Excel is one.

    ``="0123"`` is how people keep the digits of a number from Excel: the text is meant, and nothing is run.
    """
    if held := _CONSTANT.fullmatch(text.strip()):
        return text_cell(held[1])
    plain = text[1:] if text[:1] == "'" and text[1:2] in set("=+-@\t\r") else text
    errors = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
    return Cell(CellKind.ERROR, plain) if plain.strip() in errors else text_cell(plain)


def decode_text(data: bytes) -> tuple[str, str]:
    """A text file's words and the name of their encoding: UTF-8, UTF-16 or GB18030.

    Raises:
        FileError: it is none of these.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[tuple[str, str], ...] = (("utf-16", "UTF-16"),)
    else:
        encodings = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))
    for encoding, words in encodings:
        try:
            return data.decode(encoding), words
        except UnicodeDecodeError:
            continue
    raise FileError("看不懂这个文件的编码。请在 Excel 里另存为 .xlsx 再导入。")
