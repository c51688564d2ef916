"""Damaged, foreign, newer, unwritable, locked files: each is refused with a sentence that helps."""

import os
import sqlite3

import pytest

from app.domain.errors import SurroundingsError
from app.services.safekeeping import Safekeeping
from app.store import errors
from app.store.database import Database
from db.identity import SCHEMA_VERSION
from tests.services.world import StoppedClock, make_world

CLOCK = StoppedClock()


@pytest.fixture
def path(tmp_path):
    world = make_world(tmp_path)
    world.database.close()
    return world.database.path


def refused(path, kind, words):
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind) as caught:
        Database.open(path, create=True, clock=CLOCK)
    assert isinstance(caught.value, SurroundingsError)
    assert words in caught.value.sentence
    assert caught.value.sentence.endswith("。")
    assert before is None or path.read_bytes() == before, "what we may not open we do not touch"
    return caught.value


def test_a_text_file_is_foreign(path):
    path.write_text("姓名,生日\n", encoding="utf-8")
    refused(path, errors.ForeignFileError, "不是托得好的数据文件")


def test_a_database_of_another_program_is_foreign(path):
    path.unlink()
    with sqlite3.connect(path) as raw:
        raw.execute("create table song (title text)")
    raw.close()
    refused(path, errors.ForeignFileError, "换一个数据文件夹")


def test_a_newer_file_asks_for_an_upgrade(path):
    with sqlite3.connect(path) as raw:
        raw.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    raw.close()
    refused(path, errors.NewerFileError, "请先升级")


def test_a_file_cut_short_is_damaged(path):
    path.write_bytes(path.read_bytes()[:5000])
    refused(path, errors.DamagedFileError, "备份")


def test_a_file_with_a_garbled_head_is_damaged(path):
    body = bytearray(path.read_bytes())
    body[16:90] = os.urandom(74)
    path.write_bytes(body)
    refused(path, errors.DamagedFileError, "已损坏")


def test_damage_deep_in_the_file_is_found_when_it_is_read_and_by_the_check(path):
    body = bytearray(path.read_bytes())
    database = Database.open(path, clock=CLOCK)
    root = database.row("select rootpage from sqlite_schema where name = 'child'")[0]
    size = database.row("pragma page_size")[0]
    database.close()
    body[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(body)
    database = Database.open(path, clock=CLOCK)
    with pytest.raises(errors.DamagedFileError, match="备份"):
        database.rows("select * from child")
    assert Safekeeping(database, CLOCK).damage() is not None
    database.close()


def test_a_file_in_use_is_named_and_stays_open_for_its_owner(tmp_path):
    world = make_world(tmp_path)
    with pytest.raises(errors.FileInUseError, match="另一个托得好窗口"):
        Database.open(world.database.path, clock=CLOCK)
    with world.database.unit(None, "x") as unit:
        unit.audit("x", 1)
    world.database.close()
    Database.open(world.database.path, clock=CLOCK).close()


def test_a_folder_that_is_a_file_or_a_path_that_is_a_folder_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused(tmp_path / "file" / "centre.sqlite3", errors.UnwritableError, "写入权限")
    (tmp_path / "centre.sqlite3").mkdir()
    refused(tmp_path / "centre.sqlite3", errors.UnwritableError, "--data")


def test_a_read_only_folder_cannot_be_written(path):
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        if os.access(path, os.W_OK):
            pytest.skip("everything is writable here, as for the administrator")
        refused(path, errors.UnwritableError, "写入权限")
    finally:
        path.parent.chmod(0o700)
        path.chmod(0o600)


@pytest.mark.skipif(os.name != "posix", reason="links want a right of their own")
def test_a_link_to_a_disk_that_is_not_there_is_no_first_start(tmp_path):
    (tmp_path / "centre.sqlite3").symlink_to(tmp_path / "disk" / "centre.sqlite3")
    refused(tmp_path / "centre.sqlite3", errors.LostFileError, "接好")
    assert (tmp_path / "centre.sqlite3").is_symlink()


def test_a_read_only_connection_is_called_unwritable(path):
    raw = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as caught:
        raw.execute("create table x (y)")
    raw.close()
    assert isinstance(errors.blame(caught.value, path), errors.UnwritableError)


def test_an_empty_file_left_by_a_crash_is_made_anew(tmp_path):
    path = tmp_path / "centre.sqlite3"
    path.touch()
    Database.open(path, create=True, clock=CLOCK).close()
    assert path.stat().st_size > 0


def backed_up(folder):
    """A centre with a back-up; returns its file and the copy."""
    world = make_world(folder)
    kept = Safekeeping(world.database, world.clock).back_up_now(world.desk).value
    world.database.close()
    return world.database.path, kept


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_file_lost_beside_its_back_ups_is_not_made_anew(tmp_path, how):
    path, kept = backed_up(tmp_path)
    path.unlink()
    if how == "empty":
        path.touch()
    before = {one.name for one in tmp_path.iterdir()}
    refused(path, errors.LostFileError, "备份还在")
    refused(path, errors.LostFileError, f'tuodehao restore "{kept}" --data "{tmp_path}"')
    assert {one.name for one in tmp_path.iterdir()} == before
    kept.parent.rename(tmp_path / "old")  # as the sentence says
    Database.open(path, create=True, clock=CLOCK).close()


def test_back_ups_of_which_none_can_be_used_do_not_stand_in_the_way_of_a_new_file(tmp_path):
    path, kept = backed_up(tmp_path)
    path.unlink()
    kept.write_bytes(kept.read_bytes()[:5000])
    Database.open(path, create=True, clock=CLOCK).close()


def test_a_back_up_that_cannot_be_written_says_so_and_leaves_no_half_copy(tmp_path):
    world = make_world(tmp_path)
    (tmp_path / "backups").write_text("in the way", encoding="utf-8")
    with pytest.raises(errors.UnwritableError, match="写入权限"):
        Safekeeping(world.database, world.clock).back_up_now(world.desk)
    world.database.close()


def test_our_own_mistakes_are_not_blamed_on_the_surroundings(tmp_path):
    world = make_world(tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        world.database.rows("select nonsense from child")
    with pytest.raises(sqlite3.IntegrityError), world.database.unit(None, "x") as unit:
        unit.execute("insert into licensed_seats (valid_from, seats) values ('2025-01-01', -1)")
    world.database.close()
