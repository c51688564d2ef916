import contextlib
import datetime as dt
import errno
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from app.store import backup, errors, restore
from app.store.database import Database

NOW = dt.datetime(2025, 12, 3, 16, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def database(tmp_path):
    opened = Database.open(tmp_path / "centre.sqlite3", create=True, clock=lambda: NOW)
    with opened.unit(None, "x") as unit:
        unit.audit("x", 1)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "copies"
    made.mkdir()
    return made


def lay(folder, at, label=""):
    (folder / f"centre-{at:%Y%m%d-%H%M%S}{label}.sqlite3").write_bytes(b"")


def days(copies):
    return [at.date() for at, _ in copies]


def test_copies_are_thinned_with_age_and_the_newest_of_each_slot_stays(folder):
    for age in range(80):
        for hour in (9, 15):
            lay(folder, NOW.replace(hour=hour) - dt.timedelta(days=age))
    (folder / "centre-notes.sqlite3").write_bytes(b"")
    backup.thin(folder)
    kept = backup.list_backups(folder)
    assert days(kept)[:10] == [NOW.date() - dt.timedelta(days=age // 2) for age in range(10)]
    daily = [at for at, _ in kept if 5 <= (NOW.date() - at.date()).days < 31]
    assert len(daily) == 26
    assert {at.hour for at in daily} == {15}
    monthly = [at for at, _ in kept if (NOW.date() - at.date()).days >= 31]
    assert [(at.month, at.day, at.hour) for at in monthly] == [(11, 2, 15), (10, 31, 15), (9, 30, 15)]
    assert (folder / "centre-notes.sqlite3").exists()


def test_copies_with_a_name_of_their_own_push_no_plain_copy_out(folder):
    for hour in range(24):
        lay(folder, NOW.replace(month=1, hour=hour))
        lay(folder, NOW.replace(month=2, hour=hour), "-doubtful")
    lay(folder, NOW.replace(month=1, hour=1, minute=30), "-before-upgrade")
    lay(folder, NOW.replace(month=1, hour=2, minute=30), "-restored")
    for age in range(3):
        lay(folder, NOW - dt.timedelta(days=age))
        lay(folder, NOW - dt.timedelta(days=age), "-doubtful")
    backup.thin(folder)
    names = sorted(path.name for path in folder.iterdir())
    assert sum("doubtful" in name for name in names) == 10
    assert len([name for name in names if name.count("-") == 2]) == 10
    assert sum("before-upgrade" in name or "restored" in name for name in names) == 2
    assert all("doubtful" not in path.name for path in backup.list_sound(folder))


@pytest.mark.parametrize("leap", [dt.timedelta(days=400), dt.timedelta(days=-400), dt.timedelta(days=3)])
def test_nothing_is_thinned_while_the_clock_may_be_wrong(folder, database, leap):
    for age in range(60):
        for hour in (9, 15):
            lay(folder, NOW.replace(hour=hour) - dt.timedelta(days=age))
    database.clock = lambda: NOW + leap
    backup.back_up(database, folder)
    assert len(backup.list_backups(folder)) == 121
    database.clock = lambda: NOW
    assert backup.is_clock_likely(folder, NOW) == (leap < dt.timedelta())


def test_a_year_in_the_future_takes_no_more_than_its_own_slots(folder, database):
    """The clock stands wrong for two days: the second copy is thinned by, as it seems, a sound clock."""
    for age in range(30):
        lay(folder, NOW - dt.timedelta(days=age))
    for day in (400, 401):
        database.clock = lambda day=day: NOW + dt.timedelta(days=day)
        backup.back_up(database, folder)
    assert len(backup.list_backups(folder)) == 32


@pytest.fixture
def done(monkeypatch):
    """What is asked of the disk, in its order: fsync of a file or a folder, and renames."""
    told = []
    fsync, replace = os.fsync, Path.replace

    def spy_fsync(handle):
        told.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def spy_replace(path, target):
        told.append(f"rename to {Path(target).suffix}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", spy_fsync)
    monkeypatch.setattr(Path, "replace", spy_replace)
    return told


# Windows has no fsync of a folder, and needs none.
WHOLE = ["file", "rename to .sqlite3"] + ["folder"] * (os.name != "nt")


def test_the_disk_has_the_copy_before_its_name_and_the_name_before_it_counts(folder, database, done):
    backup.back_up(database, folder)
    assert done == WHOLE


def test_the_disk_has_a_restored_file_before_it_takes_the_place_of_the_old_one(folder, database, done):
    copy = backup.back_up(database, folder)
    database.close()
    done.clear()
    restore.restore(copy, database.path, lambda: NOW)
    aside = WHOLE[2:]
    assert done == [*WHOLE, "file", *aside, "rename to .sqlite3", *WHOLE[2:]]


def test_a_copy_stands_alone(folder, database):
    path = backup.back_up(database, folder)
    assert [item.name for item in folder.iterdir()] == [path.name]
    with contextlib.closing(sqlite3.connect(path)) as raw:
        assert raw.execute("pragma journal_mode").fetchone()[0] == "delete"
        assert raw.execute("select count(*) from audit").fetchone()[0] == 1


def test_damage_found_while_copying_is_the_files_and_not_the_copys(folder, database):
    database.close()
    body = bytearray(database.path.read_bytes())
    body[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    database.path.write_bytes(body)
    with (
        contextlib.closing(Database.open(database.path, clock=lambda: NOW)) as broken,
        pytest.raises(errors.DamagedFileError) as caught,
    ):
        backup.back_up(broken, folder)
    assert str(database.path) in caught.value.sentence
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "kind"), [(errno.ENOSPC, errors.DiskFullError), (errno.EIO, errors.DiskError)]
)
def test_a_back_up_that_fails_says_so_and_not_that_a_step_was_lost(
    database, tmp_path, monkeypatch, number, kind
):
    def fails(_handle):
        raise OSError(number, "x")

    monkeypatch.setattr(backup.os, "fsync", fails)
    with pytest.raises(kind, match="这次备份没有做成") as raised:
        backup.back_up(database, tmp_path / "backups")
    assert "刚才这一步" not in raised.value.sentence


def test_what_a_power_cut_left_of_a_copy_is_gone_with_the_next_copy(folder, database):
    folder.mkdir(exist_ok=True)
    left = [folder / f".centre-20251201-120000.sqlite3.new{tail}" for tail in ("", "-journal", "-wal")]
    other = folder / ".notes.new"
    for file in (*left, other):
        file.write_bytes(b"half a file of children")
    backup.back_up(database, folder)
    assert [one for one in left if one.exists()] == []
    assert other.exists()
