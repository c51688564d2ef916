import ast
import contextlib
import datetime as dt
import re
import sqlite3
import subprocess
import sys
import threading

import pytest

from app.store import audit, errors
from app.store.database import Database, UnauditedUnitError, UnknownTableError
from app.store.stamps import moment, stamp
from db.identity import APPLICATION_ID, SCHEMA_VERSION
from db.migrations import migrations
from tests.house import ROOT, module_name, sources, tree_of

NOW = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def clock():
    return NOW


@pytest.fixture
def path(tmp_path):
    return tmp_path / "centre.sqlite3"


@pytest.fixture
def database(path):
    opened = Database.open(path, create=True, clock=clock)
    yield opened
    opened.close()


def set_opening(unit, value="07:00"):
    row = {"name": "opening", "value": value, "valid_from": "2025-01-01", "set_at": unit.stamp}
    return unit.insert("setting", row)


def test_a_new_file_is_ours_strict_and_current(database):
    assert database.row("pragma application_id")[0] == APPLICATION_ID
    assert database.row("pragma user_version")[0] == SCHEMA_VERSION == len(migrations._migrations)
    assert database.row("pragma journal_mode")[0] == "wal"
    assert database.row("pragma synchronous")[0] == 2
    assert database.row("pragma locking_mode")[0] == "exclusive"
    assert database.row("pragma foreign_keys")[0] == 1
    with pytest.raises(sqlite3.IntegrityError), database.unit(None, "x") as unit:
        unit.execute("insert into licensed_seats (valid_from, seats) values ('2025-01-01', 'many')")


def test_a_unit_lands_whole_and_the_audit_line_with_it(database):
    with database.unit(None, "set") as unit:
        key = set_opening(unit)
        unit.audit("setting", key, "opening")
    assert database.row("select value from setting")["value"] == "07:00"
    assert audit.list_lines(database, "setting", key)[0].at == NOW
    assert database.saved_at == NOW


def test_a_unit_that_fails_leaves_nothing(database):
    with pytest.raises(ZeroDivisionError), database.unit(None, "set") as unit:  # noqa: PT012
        set_opening(unit)
        unit.audit("setting", 1)
        _ = 1 // 0
    assert database.rows("select id from setting") == []
    assert database.rows("select id from audit") == []
    assert database.saved_at is None


def test_a_unit_without_an_audit_line_is_our_bug(database):
    with pytest.raises(UnauditedUnitError), database.unit(None, "set") as unit:
        set_opening(unit)
    assert database.rows("select id from setting") == []


def test_units_do_not_nest(database):
    with pytest.raises(RuntimeError, match="nest"), database.unit(None, "a") as outer:  # noqa: PT012
        outer.audit("a", 1)
        with database.unit(None, "b"):
            pass
    with database.unit(None, "c") as unit:
        unit.audit("c", 1)


def test_a_misspelt_table_or_column_raises_and_makes_nothing(database):
    for attempt in (
        lambda unit: unit.table("vist"),
        lambda unit: unit.insert("vist", {"x": 1}),
        lambda unit: unit.insert("visit", {"childid": 1}),
    ):
        with pytest.raises(UnknownTableError), database.unit(None, "x") as unit:
            attempt(unit)
    assert database.row("select count(*) from sqlite_schema where name = 'vist'")[0] == 0


def test_the_sqlite_utils_table_works_inside_a_unit(database):
    with database.unit(None, "x") as unit:
        unit.table("licensed_seats").insert({"valid_from": "2025-01-01", "seats": 83})
        unit.audit("seats", 1)
    assert database.row("select seats from licensed_seats")["seats"] == 83


def test_the_audit_chain_runs_on_after_opening_again_and_shows_a_lost_line(path):
    for turn in range(3):
        database = Database.open(path, create=True, clock=clock)
        with database.unit(None, "turn") as unit:
            unit.audit("turn", turn)
            unit.audit("turn", turn, "again")
        assert audit.first_broken_line(database) is None
        database.close()
    database = Database.open(path, clock=clock)
    with database.unit(None, "cut") as unit:
        unit.execute("delete from audit where id = 3")
        unit.audit("cut", 1)
    assert audit.first_broken_line(database) == 4
    database.close()


def test_commits_are_counted_by_subject(database):
    with database.unit(None, "x") as unit:
        unit.audit("child", 1)
        unit.audit("child", 2)
        unit.audit("visit", 1)
    assert database.commits == 1
    assert database.commits_about("child") == database.commits_about("visit") == 1
    before = database.commits
    assert database.commits_about("adult") == 0
    assert database.commits_beside("draft") == before
    with database.unit(None, "test") as unit:
        unit.audit("draft", 1)
    assert database.commits_beside("draft") == before
    with database.unit(None, "test") as unit:
        unit.audit("draft", 1)
        unit.audit("child", 1)
    assert database.commits_beside("draft") == before + 1  # what was half typed is kept


def test_what_is_remembered_is_read_again_after_an_insert(database):
    asked = []

    def read():
        asked.append(1)
        return len(asked)

    assert database.remember("setting", "k", read) == database.remember("setting", "k", read) == 1
    with database.unit(None, "x") as unit:
        set_opening(unit)
        unit.audit("setting", 1)
    assert database.remember("setting", "k", read) == 2


def test_what_a_failed_unit_remembered_is_forgotten_with_it(database):
    def held():
        return database.remember("setting", "all", lambda: database.row("select count(*) from setting")[0])

    def fail():
        with database.unit(None, "set") as unit:
            row = {
                "name": "x",
                "value": "1",
                "valid_from": "2025-12-03",
                "set_at": "2025-12-03T09:00:00+08:00",
            }
            unit.insert("setting", row)
            assert held() == before + 1
            raise ZeroDivisionError

    before = held()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert held() == before


def test_a_missing_file_is_not_made_by_accident(path):
    with pytest.raises(errors.MissingFileError, match="没有找到"):
        Database.open(path, clock=clock)
    assert not path.exists()


def test_naive_times_are_refused_and_times_keep_their_order():
    with pytest.raises(ValueError, match="naive"):
        stamp(dt.datetime(2025, 12, 3))  # noqa: DTZ001
    utc = dt.datetime(2025, 12, 3, 1, 12, tzinfo=dt.UTC)
    assert stamp(utc) == "2025-12-03T09:12:00+08:00"
    assert moment(stamp(utc)) == utc


def test_warming_up_loads_what_the_first_unit_needs_and_no_more(path):
    with contextlib.closing(Database.open(path, create=True, clock=clock)):
        pass
    code = (
        "import datetime as dt, pathlib, sys\n"
        "from app.store.database import Database\n"
        "zone = dt.timezone(dt.timedelta(hours=8))\n"
        "database = Database.open(pathlib.Path(sys.argv[1]), clock=lambda: dt.datetime.now(zone))\n"
        "database.warm()\n"
        "print('hashlib' in sys.modules, 'sqlite_utils' in sys.modules)\n"
    )
    told = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True)
    assert told.stdout.split() == ["True", "False"], told.stderr


def test_a_folder_with_odd_characters_is_no_obstacle(tmp_path):
    path = tmp_path / "托育 数据 #1?mode=ro&100%" / "centre.sqlite3"
    for _ in range(2):
        database = Database.open(path, create=True, clock=clock)
        with database.unit(None, "x") as unit:
            unit.audit("x", 1)
        database.close()
    assert [item.name for item in path.parent.iterdir()] == ["centre.sqlite3"]


def test_what_only_sqlite_can_do_stays_in_four_places():
    """So that a centre with many stations can later stand on another database."""
    at_home = {"app.store.database", "app.store.upgrade", "app.store.backup"}
    words = re.compile(
        r"\bpragma[ _](?!no cover)|\bsqlite_schema\b|\browid\b|\bjulianday\(|\bstrftime\('", re.I
    )
    astray = [
        f"{path}: {node.value[:60]}"
        for path in sources("app")
        if module_name(path) not in at_home and words.search((ROOT / path).read_text(encoding="utf-8"))
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and words.search(node.value)
    ]
    assert astray == []


def test_closing_waits_for_a_statement_that_another_thread_still_runs(database):
    """SQLite frees its memory in closing: without the wait the interpreter crashes."""
    inside, go_on, found = threading.Event(), threading.Event(), []

    def dwell(row):
        inside.set()
        go_on.wait(10)
        return row

    database._connection.create_function("dwell", 1, dwell)
    many = (
        "with recursive t(n) as (select 1 union all select n + 1 from t where n < 20000)"
        " select dwell(n) as n from t"
    )
    reader = threading.Thread(target=lambda: found.extend(database.rows(many)))
    closer = threading.Thread(target=database.close)
    reader.start()
    assert inside.wait(10)
    closer.start()
    closer.join(0.2)
    waited = closer.is_alive()
    go_on.set()
    reader.join(10)
    closer.join(10)
    assert waited
    assert len(found) == 20_000


def test_closing_waits_for_a_unit_of_work_to_land(database):
    inside, go_on = threading.Event(), threading.Event()

    def work():
        with database.unit(None, "slow") as unit:
            unit.audit("child", 1)
            inside.set()
            go_on.wait(10)

    worker = threading.Thread(target=work)
    closer = threading.Thread(target=database.close)
    worker.start()
    assert inside.wait(10)
    closer.start()
    closer.join(0.2)
    waited = closer.is_alive()
    go_on.set()
    worker.join(10)
    closer.join(10)
    assert waited
    assert database.commits == 1
