"""Reading one row of somebody's list, without a file."""

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from app.domain.classes import NATIONAL_RULES
from app.domain.import_cells import Cell, CellKind, SheetRow, number_cell, text_cell
from app.domain.import_columns import ImportColumn, guess
from app.domain.import_dates import read_date
from app.domain.import_people import CHECKS_OF_PEOPLE
from app.domain.import_rows import RowContext, read_row
from app.domain.import_setters import CHECKS, SETTERS

DAY = dt.date(2025, 12, 3)
TABLE = Path(__file__).parents[2] / "resources" / "tables" / "import_columns.toml"


def columns():
    return [
        ImportColumn(one["key"], one["title"], tuple(one["words"]))
        for one in tomllib.loads(TABLE.read_text("utf-8"))["column"]
    ]


def test_every_column_of_the_table_has_its_setter():
    assert [one.key for one in columns()] == [*dict.fromkeys(one.key for one in columns())]
    assert {one.key for one in columns()} == set(SETTERS)
    assert set(CHECKS_OF_PEOPLE) <= set(CHECKS)


def test_headings_are_guessed_and_none_twice():
    heads = ("序号", "幼儿姓名*", "宝宝的出生日期", "家长一姓名", "联系电话（必填）", "姓名")
    assert guess(heads, columns()) == ("", "name", "born_on", "parent1_name", "parent1_phone", "")


@pytest.mark.parametrize(
    "text", ["2023-08-19", "20230819", "2023.8.19", "2023年8月19日", "２０２３/8/19", "23-8-19"]
)
def test_a_date_is_read_as_people_write_it(text):
    assert read_date(text_cell(text), "生日").day == dt.date(2023, 8, 19)


def test_a_number_is_a_date_of_excel_or_none():
    assert read_date(number_cell(45157), "生日").day == dt.date(2023, 8, 19)
    assert read_date(number_cell(20230819), "生日").day == dt.date(2023, 8, 19)
    assert read_date(number_cell(7), "生日").day is None


def test_a_formula_is_never_read_for_a_value():
    row = SheetRow(2, (Cell(CellKind.FORMULA, "=A1"),))
    read = read_row(row, {"name": 0}, RowContext(DAY, {}, NATIONAL_RULES))
    assert read.bad
    assert read.name == ""
