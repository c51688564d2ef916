"""Migrations: in their order, once each, and what was in a file stays in it."""

import re
import sqlite3

import pytest
from sqlite_utils import Database

from db import identity
from db.migrations import migrations


@pytest.fixture
def connection():
    made = sqlite3.connect(":memory:", isolation_level=None)
    yield made
    made.close()


def test_the_version_counts_the_migrations_and_they_stand_in_order(connection):
    names = [migration.name for migration in migrations.pending(Database(connection))]
    assert len(names) == identity.SCHEMA_VERSION
    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", name) for name in names)


def test_a_second_run_does_nothing(connection):
    migrations.apply(Database(connection))
    before = connection.execute("select name, sql from sqlite_master order by name").fetchall()
    migrations.apply(Database(connection))
    assert connection.execute("select name, sql from sqlite_master order by name").fetchall() == before


def test_the_log_keeps_its_rows_and_keys_when_its_table_is_made_anew(connection):
    migrations.apply(Database(connection), stop_before="0015_class_log")
    connection.executescript("""
        insert into staff values (1, '许静', 'teacher', null, '', '', null, null, '2024-01-01', null);
        insert into class_group values (1, '抱抱龙', 'older_toddler', 20, '#6B9A4B', 1, '2024-01-01', null);
        insert into child (id, name, born_on, allergy, pinyin, initials, added_at)
            values (1, '张沐阳', '2023-06-01', 'none', '', '', '');
        insert into visit (id, child_id, class_id, day, mode, tariff, pickup_code, arrived_at, received_by)
            values (1, 1, 1, '2025-12-03', 'full_day', 'contract', 'K7M4', '2025-12-03T08:00', 1);
        insert into log_batch (id, kind, staff_id, made_at) values (1, 'sleep', 1, '');
        insert into log_entry (id, batch_id, visit_id, child_id, day, kind, at, amount_ml, text, staff_id)
            values (7, 1, 1, 1, '2025-12-03', 'water', '2025-12-03T09:00', 120, '温水', 1);
        insert into log_entry (id, batch_id, visit_id, child_id, day, kind, at, until, staff_id, replaces_id)
            values (9, 1, 1, 1, '2025-12-03', 'sleep', '2025-12-03T12:00', '2025-12-03T13:00', 1, 7);
    """)
    columns = "id, kind, at, until, amount_ml, text, staff_id, replaces_id, ended_at"
    before = connection.execute(f"select {columns} from log_entry order by id").fetchall()
    migrations.apply(Database(connection))
    assert connection.execute(f"select {columns} from log_entry order by id").fetchall() == before
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    parents = {row[2] for row in connection.execute("pragma foreign_key_list('log_entry')")}
    assert "log_entry" in parents, (
        "what replaces an entry points at the new table, not at the one that is gone"
    )
    assert "log_entry_wide" not in parents


def test_the_lines_of_a_sheet_keep_their_rows_when_their_table_is_made_anew(connection):
    migrations.apply(Database(connection), stop_before="0023_points")
    connection.execute("pragma foreign_keys = off")
    connection.execute(
        "insert into shift_line values (3, 1, 'mood', '想家', null), (5, 1, 'point', '漏水', 2)"
    )
    before = connection.execute("select * from shift_line order by id").fetchall()
    migrations.apply(Database(connection))
    assert connection.execute("select * from shift_line order by id").fetchall() == before
    parents = {row[2] for row in connection.execute("pragma foreign_key_list('shift_line')")}
    assert parents == {"shift_sheet", "shift_point"}
