"""Tables for Excel: a frozen sheet of typed columns in, bytes of a workbook or of a text table out.

Nothing in a cell is ever run: a text stays a text in a workbook, and in a text table a cell that begins like
a formula gets a quotation mark before it. Digits that a spreadsheet would make a number of (an identity
number would end in 000, a telephone become 1.38E+10) get a tab behind them there: they stay words, nothing is
run, and an import strips it.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from app.domain.import_columns import ImportColumn
from app.domain.record import record

Value = str | int | float | dt.date | None
_CODE = ("=", "+", "-", "@", "\t", "\r")
_DIGITS = re.compile(r"0\d+|\d{11,}|\d+[Ee]\d+")  # what Excel would count instead of copy
_BAD_SIGNS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])  # what the format of workbooks cannot hold
_NAME_SIGNS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed mark, so that equal sheets give equal bytes)
_TEMPLATE_ROWS = 1000


class ColumnKind(StrEnum):
    """What a column holds. Phones and numbers of identity are TEXT."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@record
class SheetColumn:
    """One column; ``width`` in characters."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 12


@record
class Sheet:
    """A list as it goes out. ``personal`` says that it names children or families."""

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    personal: bool = False


def harmless(text: str) -> str:
    """The text as a spreadsheet must show and not run it."""
    return f"'{text}" if text.startswith(_CODE) else text


def csv_bytes(sheet: Sheet) -> bytes:
    """A text table that Excel opens right: UTF-8 with its mark, CRLF, cells made harmless, digits kept."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(column.title) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_plain(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def xlsx_bytes(sheet: Sheet) -> bytes:
    """A workbook: bold frozen head, widths, real dates and numbers, ready to print on A4 across."""
    from openpyxl.utils import get_column_letter

    book, page = _new_book(sheet.title)
    _head(page, [column.title for column in sheet.columns])
    for at, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(at)].width = column.width
    for number, row in enumerate(sheet.rows, 2):
        for at, (value, column) in enumerate(zip(row, sheet.columns, strict=True), 1):
            _put(page.cell(number, at), value, column.kind)
    return _bytes(book)


def template_bytes(columns: Sequence[ImportColumn]) -> bytes:
    """The template of the import: headings with comments, drop-downs, text cells, and an example row."""
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book, page = _new_book("幼儿名单")
    _head(page, [column.title for column in columns])
    for at, column in enumerate(columns, 1):
        letter = get_column_letter(at)
        page.column_dimensions[letter].width = column.width
        page.cell(1, at).comment = Comment(column.note, "托得好", height=90, width=260)
        # Text, so that Excel keeps all digits of a number of identity.
        for number in range(2, _TEMPLATE_ROWS if column.key in {"document"} or "phone" in column.key else 3):
            page.cell(number, at).number_format = "@"
        _put(page.cell(2, at), column.example, ColumnKind.TEXT)
        listed = ",".join(column.choices)
        if column.choices and len(listed) < 250 and '"' not in listed:
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            choice.error, choice.showErrorMessage = f"请选：{listed}"[:250], True
            choice.add(f"{letter}2:{letter}{_TEMPLATE_ROWS}")
            page.add_data_validation(choice)
    return _bytes(book)


def _new_book(title: str) -> tuple[Any, Any]:
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = title.translate(_NAME_SIGNS).strip()[:31] or "名单"
    page.freeze_panes = "A2"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.oddHeader.center.text = title.replace("&", "&&")
    page.oddFooter.center.text = "第 &P 页，共 &N 页"
    book.properties.creator, book.properties.title = "托得好", title
    book.properties.created = book.properties.modified = _EPOCH
    return book, page


def _head(page: Any, titles: Sequence[str]) -> None:
    from openpyxl.styles import Font, PatternFill

    for at, title in enumerate(titles, 1):
        cell = page.cell(1, at)
        _put(cell, title, ColumnKind.TEXT)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E5EFE4")


def _put(cell: Any, value: Value, kind: ColumnKind) -> None:
    """Write one value; a text is set as a text, whatever it begins with."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        cell.value = value.translate(_BAD_SIGNS)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_CODE)
        cell.number_format = "@"
    else:
        cell.value = value
        if kind is ColumnKind.DATE:
            cell.number_format = "yyyy-mm-dd"


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    return f"{value}\t" if _DIGITS.fullmatch(value) else harmless(value)


def _bytes(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
