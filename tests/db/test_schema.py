"""The schema is what its migrations add up to, and keeps the house's promises."""

import sqlite3

import pytest

from db import schema


@pytest.fixture
def empty():
    """A connection to a file with the schema and nothing in it."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema.text())
    yield connection
    connection.close()


def tables(connection):
    rows = connection.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    )
    return [name for (name,) in rows]


def test_schema_sql_says_what_the_migrations_add_up_to():
    assert schema.FILE.read_text(encoding="utf-8") == schema.text(), "give: python -m db.schema"


def test_every_table_is_strict(empty):
    strict = {row[1]: bool(row[5]) for row in empty.execute("pragma table_list") if row[2] == "table"}
    assert [name for name in tables(empty) if not strict[name]] == []


def test_every_foreign_key_has_an_index(empty):
    """Also those of the last column first: an index helps only where the key leads it."""
    bare = []
    for table in tables(empty):
        leading = {
            empty.execute(f"pragma index_info('{index[1]}')").fetchone()[2]
            for index in empty.execute(f"pragma index_list('{table}')")
        }
        bare += [
            f"{table}.{key[3]}"
            for key in empty.execute(f"pragma foreign_key_list('{table}')")
            if key[3] not in leading
        ]
    assert bare == []
