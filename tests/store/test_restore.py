import contextlib
import datetime as dt
import shutil
import sqlite3

import pytest

from app.store import audit, backup, errors, health, restore
from app.store.database import Database, is_held
from db.identity import SCHEMA_VERSION

NOW = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


class Clock:
    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "centre.sqlite3"


@pytest.fixture
def copy(path, clock):
    """A back-up with ``before`` in it, beside a file that has gone on to ``after``."""
    database = Database.open(path, create=True, clock=clock)
    write(database, "before")
    made = backup.back_up(database, path.parent / "backups")
    write(database, "after")
    database.close()
    clock.now += dt.timedelta(hours=1)
    return made


def write(database, verb, lines=1):
    with database.unit(None, verb) as unit:
        for line in range(lines):
            unit.audit(verb, line, "x" * 400)


def verbs(path, clock):
    with contextlib.closing(Database.open(path, clock=clock)) as database:
        assert health.find_damage(database) is None
        return [row["verb"] for row in database.rows("select distinct verb from audit order by id")]


def refused(copy, path, clock, why):
    before = {item: item.read_bytes() for item in path.parent.rglob("*") if item.is_file()}
    with pytest.raises(errors.UnfitCopyError) as caught:
        restore.restore(copy, path, clock)
    assert why in caught.value.sentence
    assert str(copy) in caught.value.sentence
    assert {item: item.read_bytes() for item in path.parent.rglob("*") if item.is_file()} == before


def test_the_copy_is_the_file_and_the_file_before_lies_aside(copy, path, clock):
    aside = restore.restore(copy, path, clock)
    assert verbs(path, clock) == ["before", "restore"]
    assert aside == path.parent / "aside-20251203-101200"
    assert verbs(aside / path.name, clock) == ["before", "after"]
    assert copy.exists()
    assert sorted(item.name for item in path.parent.iterdir()) == [aside.name, "backups", path.name]


def test_the_log_that_a_crash_left_is_not_played_into_the_copy(copy, path, clock, tmp_path):
    """With the old log left beside it the copy would end in rows that never belonged together."""
    database = Database.open(path, clock=clock)
    write(database, "lost", 200)
    crashed = tmp_path / "crashed"
    shutil.copytree(path.parent, crashed)
    database.close()
    log = crashed / "centre.sqlite3-wal"
    assert log.stat().st_size > 50_000
    aside = restore.restore(copy, crashed / path.name, clock)
    assert not log.exists()
    assert verbs(crashed / path.name, clock) == ["before", "restore"]
    # What was put aside is whole, its log included.
    assert verbs(aside / path.name, clock) == ["before", "after", "lost"]


def test_asking_whether_the_file_is_held_changes_neither_file_nor_log(copy, path, clock, tmp_path):
    database = Database.open(path, clock=clock)
    write(database, "lost", 50)
    crashed = tmp_path / "crashed"
    shutil.copytree(path.parent, crashed)
    assert is_held(path)
    database.close()
    before = {item.name: item.read_bytes() for item in crashed.glob("centre.sqlite3*")}
    assert not is_held(crashed / path.name)
    after = {item.name: item.read_bytes() for item in crashed.glob("centre.sqlite3*")}
    assert {name: after[name] for name in before if "-shm" not in name} == {
        name: body for name, body in before.items() if "-shm" not in name
    }
    assert not is_held(path)


def test_a_file_in_use_is_left_alone(copy, path, clock):
    with contextlib.closing(Database.open(path, clock=clock)) as database:
        with pytest.raises(errors.FileInUseError):
            restore.restore(copy, path, clock)
        write(database, "still here")
    assert verbs(path, clock) == ["before", "after", "still here"]


def test_a_damaged_file_is_restored_by_the_command_its_sentence_names(copy, path, clock):
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(errors.DamagedFileError) as caught:
        Database.open(path, clock=clock)
    assert f'tuodehao restore "{copy}" --data "{path.parent}"' in caught.value.sentence
    aside = restore.restore(copy, path, clock)
    assert verbs(path, clock) == ["before", "restore"]
    assert (aside / path.name).stat().st_size == 5000


def test_without_a_back_up_the_sentence_promises_none(path, clock):
    assert "还没有备份" in errors.damaged(path).sentence


def test_an_empty_folder_takes_a_copy_with_its_own_log(copy, path, clock, tmp_path):
    database = Database.open(path, clock=clock)
    write(database, "in the log")
    stick = tmp_path / "stick"
    shutil.copytree(path.parent, stick)
    database.close()
    target = tmp_path / "new" / "centre.sqlite3"
    assert restore.restore(stick / path.name, target, clock) is None
    assert verbs(target, clock) == ["before", "after", "in the log", "restore"]


def test_the_trail_is_measured_by_the_restored_copy_from_now_on(copy, path, clock):
    folder = path.parent / "backups"
    with contextlib.closing(Database.open(path, clock=clock)) as database:
        backup.back_up(database, folder)  # a copy that holds more than the one restored
    clock.now += dt.timedelta(hours=1)
    restore.restore(copy, path, clock)
    newest = backup.list_sound(folder)[0]
    assert newest.name.endswith("-restored.sqlite3")
    with contextlib.closing(Database.open(path, clock=clock)) as database:
        assert audit.holds(database, audit.find_tail_of(newest, clock))


def test_what_is_no_sound_copy_of_ours_is_refused_and_nothing_is_touched(copy, path, clock, tmp_path):
    refused(tmp_path / "nothing.sqlite3", path, clock, "找不到")
    refused(path, path, clock, "数据文件本身")
    other = tmp_path / "other.sqlite3"
    other.write_text("姓名,生日\n" * 2000, encoding="utf-8")
    refused(other, path, clock, "不是托得好的备份")
    other.unlink()
    with contextlib.closing(sqlite3.connect(other)) as raw:
        raw.execute("create table song (title text)")
    refused(other, path, clock, "不是托得好的备份")
    shutil.copyfile(copy, other)
    with contextlib.closing(sqlite3.connect(other)) as raw:
        raw.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    refused(other, path, clock, "请先升级")
    body = bytearray(copy.read_bytes())
    body[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    other.write_bytes(body)
    refused(other, path, clock, "已损坏")
    shutil.copyfile(copy, other)
    with contextlib.closing(sqlite3.connect(other)) as raw, raw:
        raw.execute("update audit set detail = 'another'")
    refused(other, path, clock, "第 1 条起对不上")
    shutil.copyfile(copy, other)
    with contextlib.closing(sqlite3.connect(other)) as raw, raw:
        raw.execute("pragma foreign_keys = off")
        raw.execute("update audit set staff_id = 99")
    refused(other, path, clock, "已损坏")


@pytest.mark.parametrize("failing", ["set_aside", "replace"])
def test_a_failure_before_the_end_leaves_the_file_and_no_copy_to_measure_by(
    copy, path, clock, monkeypatch, failing
):
    replace = type(path).replace

    def fail(*_):
        raise OSError(28, "no space left")

    def fail_at_the_end(draft, target):
        return fail() if target == path else replace(draft, target)

    if failing == "replace":
        monkeypatch.setattr(type(path), "replace", fail_at_the_end)
    else:
        monkeypatch.setattr(restore, "set_aside", fail)
    with pytest.raises(errors.DiskFullError):
        restore.restore(copy, path, clock)
    monkeypatch.undo()
    assert verbs(path, clock) == ["before", "after"]
    assert backup.list_sound(path.parent / "backups") == (copy,)
    assert not list(path.parent.glob(".*"))


def test_a_folder_without_rights_is_named(copy, tmp_path, clock):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(errors.UnwritableError, match="写入权限"):
        restore.restore(copy, tmp_path / "file" / "centre.sqlite3", clock)


def test_play_never_takes_the_place_of_a_real_centre(path, clock, tmp_path):
    def made(at, practice):
        with contextlib.closing(Database.open(at, create=True, clock=clock)) as database:
            with database.unit(None, "set_up") as unit:
                unit.insert(
                    "centre",
                    {"name": "一园", "seal_key": "0" * 64, "practice": practice, "created_at": unit.stamp},
                )
                unit.audit("centre", None)
            return backup.back_up(database, at.parent / "backups")

    real, play = made(path, 0), made(tmp_path / "play" / "centre.sqlite3", 1)
    before = path.read_bytes()
    with pytest.raises(errors.UnfitCopyError, match="练习中心的备份"):
        restore.restore(play, path, clock)
    assert path.read_bytes() == before
    clock.now += dt.timedelta(hours=1)
    restore.restore(real, tmp_path / "play" / "centre.sqlite3", clock)  # the other way loses nothing real
