"""Files as people hand them in: Excel workbooks and text tables, read into a grid and nothing run."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

from app.domain.errors import RuleError
from app.domain.import_cells import EMPTY, Cell, CellKind, Grid, SheetRow, number_cell, text_cell

LARGEST = 20_000_000  # bytes
MOST_ROWS = 20_000
MOST_COLUMNS = 200
_LARGEST_UNPACKED = 200_000_000  # a small file must not unpack into the whole memory
_SEPARATORS = ",;\t，；"
_STEP = 25  # rows between two words of how far it is

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
    """Read the first sheet of a workbook, or a text table; the bytes decide, not the ending.

    ``report`` is told how far it is, and may stop it by raising.

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
    return _read_text(data)


def _read_workbook(data: bytes, report: Report) -> Grid:
    import openpyxl

    file = _Watched(data, part_of(report, 0, 2))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > _LARGEST_UNPACKED:
                raise FileError("文件解开后太大，不像名单。请删掉图片和多余的表再试。")
        book = openpyxl.load_workbook(file, data_only=False, keep_links=False)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
    except FileError:
        raise
    except Exception as error:  # the library fails in many ways on what is no workbook
        if file.stopped is not None:
            raise file.stopped from None
        raise FileError("这个 Excel 文件打不开，可能损坏了。请用 Excel 打开另存一份再试。") from error
    if sheet.max_row > MOST_ROWS:
        msg = f"表里有 {sheet.max_row} 行，一次最多 {MOST_ROWS} 行。请分成几个文件。"
        raise FileError(msg)
    merged = {
        (row, column)
        for part in sheet.merged_cells.ranges
        for row in range(part.min_row, part.max_row + 1)
        for column in range(part.min_col, min(part.max_col, MOST_COLUMNS) + 1)
    }
    hidden = {number for number, size in sheet.row_dimensions.items() if size.hidden}
    rows, tell = [], part_of(report, 1, 2)
    for number, cells in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)), 1):
        if number % _STEP == 1:
            tell(number, sheet.max_row)
        read = tuple(_cell(one, (number, at) in merged) for at, one in enumerate(cells, 1))
        rows.append(SheetRow(number, read, number in hidden))
    return Grid("Excel", tuple(rows))


def _cell(found: Any, merged: bool) -> Cell:
    value = found.value
    if merged:
        return Cell(CellKind.MERGED, "" if value is None else str(value))
    if value is None:
        return EMPTY
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
        return number_cell(value)
    return text_cell(str(value))


def _read_text(data: bytes) -> Grid:
    text, source = _decode(data)
    if "\x00" in text:
        raise FileError("这个文件不是文字表格。请选 Excel（.xlsx）或 CSV 文件。")
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=head.count)
    if "\ufeff" in text or csv.field_size_limit() < len(text):
        text = text.replace("\ufeff", "")
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=False))
    except csv.Error as error:
        raise FileError("这个 CSV 文件的引号对不上，读不下去。请用 Excel 另存为 .xlsx 再试。") from error
    if len(lines) > MOST_ROWS:
        msg = f"表里有 {len(lines)} 行，一次最多 {MOST_ROWS} 行。请分成几个文件。"
        raise FileError(msg)
    rows = [
        SheetRow(number, tuple(_text_cell(one) for one in line[:MOST_COLUMNS]))
        for number, line in enumerate(lines, 1)
    ]
    return Grid(source, tuple(rows))


def _text_cell(text: str) -> Cell:
    """A cell of a text file: what we made harmless is read as it was; an error of Excel is one."""
    plain = text[1:] if text[:1] == "'" and text[1:2] in set("=+-@\t\r") else text
    errors = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
    return Cell(CellKind.ERROR, plain) if plain.strip() in errors else text_cell(plain)


def _decode(data: bytes) -> tuple[str, str]:
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
