"""A file of any earlier schema opens in this build, whole and current; the old one is kept beside it."""

import contextlib
import datetime as dt
import shutil
import sqlite3

import pytest
from sqlite_utils import Database as Utils
from sqlite_utils import Migrations

from app.store import backup, database, health, upgrade
from app.store.database import Database
from db import identity, migrations, schema
from tests.house import ROOT

NOW = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
# One small real file for each released schema, opened by every build for ever; see db/eras/README.md.
RELEASED = tuple(sorted((ROOT / "db" / "eras").glob("*.sqlite3")))


def clock():
    return NOW


@pytest.fixture
def path(tmp_path):
    return tmp_path / "centre.sqlite3"


def make_era(path, version):
    """A file as the first ``version`` migrations made it, with a line in it."""
    every = migrations.migrations
    early = Migrations("centre")
    for migration in every._migrations[:version]:
        early(name=migration.name)(migration.fn)
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        early.apply(Utils(raw))
        raw.execute(f"pragma application_id = {identity.APPLICATION_ID}")
        raw.execute(f"pragma user_version = {version}")
        raw.execute("insert into licensed_seats (valid_from, seats) values ('2024-01-01', 83)")


def shape(path):
    with contextlib.closing(sqlite3.connect(path)) as raw:
        rows = raw.execute("select type, name, sql from sqlite_schema where sql is not null").fetchall()
    return {row for row in rows if "sqlite_migrations" not in row[1]}


def opens_whole_and_current(path, version):
    with contextlib.closing(Database.open(path, clock=clock)) as opened:
        assert health.find_damage(opened) is None
        assert opened.row("pragma user_version")[0] == database.SCHEMA_VERSION
        with opened.unit(None, "x") as unit:
            unit.audit("x", 1)
    copies = backup.list_backups(path.parent / backup.FOLDER)
    assert len(copies) == (version < database.SCHEMA_VERSION)
    for _, copy in copies:
        with contextlib.closing(sqlite3.connect(copy)) as old:
            assert old.execute("pragma user_version").fetchone()[0] == version


@pytest.mark.parametrize("era", [*range(1, identity.SCHEMA_VERSION + 1), *RELEASED], ids=str)
def test_a_file_of_every_era_opens(path, era):
    if isinstance(era, int):
        make_era(path, era)
    else:
        shutil.copyfile(era, path)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        version = raw.execute("pragma user_version").fetchone()[0]
        seats = raw.execute("select valid_from, seats from licensed_seats").fetchall()
    assert seats, "an era has something to lose"
    opens_whole_and_current(path, version)
    fresh = path.with_name("fresh.sqlite3")
    with contextlib.closing(sqlite3.connect(fresh)) as raw:
        raw.executescript(schema.text())
    assert shape(path) == shape(fresh)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        assert raw.execute("select valid_from, seats from licensed_seats").fetchall() == seats


def test_a_migration_to_come_is_carried_out_once_on_what_is_there(path, monkeypatch):
    make_era(path, identity.SCHEMA_VERSION)
    later = Migrations("centre")
    later._migrations = list(migrations.migrations._migrations)

    @later(name="9999_note_of_seats")
    def _(db):
        db.execute("alter table licensed_seats add column note text not null default 'before'")

    monkeypatch.setattr(migrations, "migrations", later)
    for module in (database, upgrade):
        monkeypatch.setattr(module, "SCHEMA_VERSION", identity.SCHEMA_VERSION + 1)
    for _ in range(2):
        opens_whole_and_current(path, identity.SCHEMA_VERSION)
    with contextlib.closing(sqlite3.connect(path)) as raw:
        assert raw.execute("select seats, note from licensed_seats").fetchall() == [(83, "before")]
        assert raw.execute("select count(*) from audit").fetchone() == (2,)
