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


def test_backups_are_thinned_with_age_and_the_newest_of_each_slot_stays(tmp_path):
    for days in range(80):
        for hour in (9, 15):
            at = NOW.replace(hour=hour) - dt.timedelta(days=days)
            (tmp_path / f"centre-{at:%Y%m%d-%H%M%S}.sqlite3").write_bytes(b"")
    (tmp_path / "centre-notes.sqlite3").write_bytes(b"")
    backup.thin(tmp_path, NOW)
    kept = [at for at, _ in backup.list_backups(tmp_path)]
    recent = [at for at in kept if (NOW - at).days < 2]
    daily = [at for at in kept if 2 <= (NOW - at).days < 31]
    monthly = [at for at in kept if (NOW - at).days >= 31]
    assert len(recent) >= 4
    assert len(daily) == len({at.date() for at in daily})
    assert all(at.hour == 15 for at in daily[1:])
    assert len(monthly) == len({(at.year, at.month) for at in monthly})
    assert (tmp_path / "centre-notes.sqlite3").exists()
