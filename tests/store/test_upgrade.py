import datetime as dt
import sqlite3

import pytest

from app.store import backup, errors
from app.store.database import Database
from db.identity import SCHEMA_VERSION

NOW = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def clock():
    return NOW


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "centre.sqlite3"
    database = Database.open(made, create=True, clock=clock)
    with database.unit(None, "x") as unit:
        unit.audit("x", 1)
    database.close()
    return made


def pretend(path, version):
    with sqlite3.connect(path) as raw:
        raw.execute(f"pragma user_version = {version}")
    raw.close()


def test_an_older_file_is_backed_up_and_raised_with_its_content(path):
    pretend(path, SCHEMA_VERSION - 1)
    database = Database.open(path, clock=clock)
    assert database.row("pragma user_version")[0] == SCHEMA_VERSION
    assert database.row("select verb from audit")["verb"] == "x"
    database.close()
    copies = list((path.parent / backup.FOLDER).iterdir())
    assert [copy.name for copy in copies] == ["centre-20251203-091200-before-upgrade.sqlite3"]
    with sqlite3.connect(copies[0]) as old:
        assert old.execute("pragma user_version").fetchone()[0] == SCHEMA_VERSION - 1
    old.close()
    assert sorted(item.name for item in path.parent.iterdir()) == ["backups", "centre.sqlite3"]


def test_a_newer_file_is_refused_and_left_alone(path):
    pretend(path, SCHEMA_VERSION + 1)
    before = path.read_bytes()
    with pytest.raises(errors.NewerFileError, match="升级本机程序"):
        Database.open(path, clock=clock)
    assert path.read_bytes() == before


def test_an_upgrade_that_fails_leaves_the_old_file(path, monkeypatch):
    from app.store import upgrade

    pretend(path, SCHEMA_VERSION - 1)
    monkeypatch.setattr(upgrade, "_migrate", lambda _connection: (_ for _ in ()).throw(MemoryError))
    with pytest.raises(MemoryError):
        Database.open(path, clock=clock)
    with sqlite3.connect(path) as raw:
        assert raw.execute("pragma user_version").fetchone()[0] == SCHEMA_VERSION - 1
        assert raw.execute("select count(*) from audit").fetchone()[0] == 1
    raw.close()
    assert not list(path.parent.glob(".centre*"))


def test_the_log_of_a_file_that_is_gone_is_put_aside_before_a_new_one_is_made(path):
    log = path.with_name("centre.sqlite3-wal")
    path.unlink()
    log.write_bytes(b"of the file before")
    database = Database.open(path, create=True, clock=clock)
    assert database.row("select count(*) from audit")[0] == 0
    database.close()
    assert (path.parent / "aside-20251203-091200" / log.name).read_bytes() == b"of the file before"


def test_a_new_file_is_in_its_mode_from_the_beginning(path):
    """The first opening need not switch to the write-ahead log: bytes 18 and 19 of the head say so."""
    from app.store import upgrade

    made = path.with_name("new.sqlite3")
    upgrade.make(made, clock)
    assert made.read_bytes()[18:20] == b"\x02\x02"
    assert not made.with_name("new.sqlite3-wal").exists()


def test_a_draft_waits_for_the_disk_once_and_the_file_at_every_commit(tmp_path, monkeypatch):
    from app.store import upgrade

    waits, migrate = [], upgrade._migrate

    def watched(connection):
        waits.append(connection.execute("pragma synchronous").fetchone()[0])
        migrate(connection)

    monkeypatch.setattr(upgrade, "_migrate", watched)
    database = Database.open(tmp_path / "centre.sqlite3", create=True, clock=clock)
    assert waits == [0]
    assert database.row("pragma synchronous")[0] == 2
    assert database.row("pragma journal_mode")[0] == "wal"
    database.close()
