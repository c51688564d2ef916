"""Rows gathered in memory: known by their place, changed in place, written parents first."""

import contextlib
import sqlite3

import pytest

from db import schema
from db.practice_book import _COLUMNS, Book


@pytest.fixture
def empty():
    with contextlib.closing(sqlite3.connect(":memory:")) as file:
        file.executescript(schema.text())
        file.execute("pragma foreign_keys = on")
        yield file


def staff(book, name, class_id=None):
    return book.add("staff", name, "teacher", class_id, "", "", None, None, "2025-01-01", None)


def test_a_change_touches_the_columns_it_names_and_no_other_row(empty):
    book = Book()
    keys = [staff(book, name) for name in ("许静", "孟佳")]
    before = book.row("staff", keys[0])
    book.change_named("staff", keys[1], {"phone": "13800001111", "ends_on": "2025-12-31"})
    book.change("staff", keys[1], 0, "孟嘉", "director")
    assert book.row("staff", keys[0]) == before
    assert book.row("staff", keys[1]) == (
        "孟嘉", "director", None, "13800001111", "", None, None, "2025-01-01", "2025-12-31",
    )  # fmt: skip
    assert dict(book.named("staff"))[keys[1]]["phone"] == "13800001111"


def test_a_column_or_a_row_that_is_not_there_is_an_error():
    book = Book()
    key = staff(book, "许静")
    with pytest.raises(ValueError, match="shoe"):
        book.change_named("staff", key, {"shoe": 37})
    book.add("staff", "too few")
    with pytest.raises(ValueError, match="zip"):
        dict(book.named("staff"))
    with pytest.raises(IndexError):
        book.row("staff", 3)


def test_rows_may_be_added_while_those_so_far_are_walked():
    book = Book()
    staff(book, "许静")
    for (key, row), _ in zip(book.rows("staff"), range(3), strict=False):  # three, lest it never end
        staff(book, f"{row[0]}{key}")
    assert book.count("staff") == 2


def test_what_leads_to_a_later_table_is_written_after_it(empty):
    book = Book()
    staff(book, "许静", class_id=1)
    book.add("class_group", "抱抱龙", "older_toddler", 20, "#6B9A4B", 1, "2024-01-01", None)
    book.add("number_series", "card", 3)
    empty.execute("begin")
    book.write(empty)
    empty.execute("commit")
    assert empty.execute("select g.name from staff s join class_group g on g.id = s.class_id").fetchone() == (
        "抱抱龙",
    )
    assert empty.execute("select last from number_series where name = 'card'").fetchone() == (3,)


def test_every_column_that_is_written_is_one_of_the_schema(empty):
    for table, names in _COLUMNS.items():
        known = {row[1] for row in empty.execute(f"pragma table_info({table})")}
        assert set(names.split()) <= known, table
