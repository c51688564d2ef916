"""Tables for Excel: typed cells, nothing that runs, and a head that stays."""

import datetime as dt
import io

import openpyxl
import pytest

from app.domain.import_cells import CellKind
from app.reports.sheets import ColumnKind, Sheet, SheetColumn, csv_bytes, harmless, xlsx_bytes
from app.services.import_files import read_file

SHEET = Sheet(
    "在园/名单",
    (
        SheetColumn("姓名"), SheetColumn("电话"),
        SheetColumn("人数", ColumnKind.NUMBER), SheetColumn("日期", ColumnKind.DATE),
    ),
    (("=1+1", "013800006021", 3, dt.date(2025, 12, 3)), ("小𬱖", None, None, None)),
)  # fmt: skip


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_what_begins_like_a_formula_is_made_harmless(sign):
    assert harmless(f"{sign}cmd") == f"'{sign}cmd"
    sheet = Sheet("x", (SheetColumn("a"),), ((f"{sign}cmd|' /C calc'!A0",),))
    assert f"'{sign}cmd" in csv_bytes(sheet).decode("utf-8-sig")
    cell = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(sheet))).active["A2"]
    assert cell.data_type != "f"


def test_a_text_table_opens_right_in_excel():
    data = csv_bytes(SHEET)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines() == [
        "姓名,电话,人数,日期",
        "'=1+1,013800006021\t,3,2025-12-03",
        "小𬱖,,,",
    ]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("620302202308190012", True), ("62030220230819001X", False), ("13800006021", True), ("0931", True),
     ("12E5", True), ("12", False), ("0", False), ("=620302202308190012", False)],
)  # fmt: skip
def test_digits_that_excel_would_round_stay_words_and_are_read_back(text, kept):
    sheet = Sheet("x", (SheetColumn("姓名"), SheetColumn("号")), (("李小满", text),))
    data = csv_bytes(sheet)
    cell = data.decode("utf-8-sig").splitlines()[1].partition(",")[2]
    assert cell == (f"{text}\t" if kept else harmless(text))
    read = read_file("x.csv", data).rows[1].cells[1]
    assert (read.kind, read.text.strip()) == (CellKind.TEXT, text)


def test_a_workbook_has_typed_cells_and_a_frozen_head():
    page = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(SHEET))).active
    assert page.title == "在园 名单"
    assert page.freeze_panes == "A2"
    assert (page["A2"].value, page["A2"].data_type) == ("=1+1", "s")
    assert (page["B2"].value, page["B2"].data_type) == ("013800006021", "s")
    assert page["C2"].value == 3
    assert page["D2"].value == dt.datetime(2025, 12, 3)  # noqa: DTZ001
    assert page.page_setup.orientation == "landscape"
    assert page["A1"].font.bold
