"""The practice file is built once, copied for each start, and never the centre's own."""

import datetime as dt
import errno
import os
import sqlite3

import pytest

from app import practice
from app.store.errors import DiskFullError, RealCentreError, UnwritableError
from db import practice as story
from tests.services.world import make_world


@pytest.fixture
def builds(monkeypatch):
    """Count the builds and make each a small file."""
    made = []

    def build(path, **wanted):
        made.append(wanted)
        with sqlite3.connect(path) as connection:
            connection.execute("create table centre (practice)")
            connection.execute("insert into centre values (1)")
        connection.close()

    monkeypatch.setattr(story, "build", build)
    return made


def test_the_pristine_file_is_built_once(builds, tmp_path):
    first = practice.template(tmp_path, practice.DESK_MOMENT)
    assert practice.template(tmp_path, practice.DESK_MOMENT) == first
    assert [wanted["moment"] for wanted in builds] == [practice.DESK_MOMENT]
    assert builds[0]["keys"]("朱予晴")[1].split()[0] == "zyq"
    assert [builds[0]["fair"](code) for code in ("K7M2", "BGXW")] == [True, False]  # else the door denies it


def test_each_moment_has_its_own(builds, tmp_path):
    assert practice.template(tmp_path, practice.DESK_MOMENT) != practice.template(
        tmp_path, practice.TOUR_MOMENT
    )
    assert len(builds) == 2


def test_a_new_start_takes_away_what_was_tried_out(builds, tmp_path):
    target = tmp_path / "practice" / "centre.sqlite3"
    practice.lay_out(tmp_path / "cache", target, practice.DESK_MOMENT)
    fresh = target.read_bytes()
    with sqlite3.connect(target) as tried:
        tried.execute("create table tried_out (n)")
    tried.close()
    assert target.read_bytes() != fresh
    target.with_name("centre.sqlite3-wal").write_bytes(b"left by a crash")
    practice.lay_out(tmp_path / "cache", target, practice.DESK_MOMENT)
    assert target.read_bytes() == fresh
    assert [path.name for path in target.parent.iterdir()] == ["centre.sqlite3"]


def test_the_back_ups_of_what_was_tried_out_go_with_it(builds, tmp_path):
    target = tmp_path / "practice" / "centre.sqlite3"
    copy = target.parent / "backups" / "centre-20251203-135200.sqlite3"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"of the last time")
    copy.with_name("letter.txt").write_text("not ours", encoding="utf-8")
    practice.lay_out(tmp_path / "cache", target, practice.DESK_MOMENT)
    assert [path.name for path in copy.parent.iterdir()] == ["letter.txt"]


def test_a_real_centre_is_never_replaced_by_play(builds, tmp_path):
    real = make_world(tmp_path, practice=False).database
    real.close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(RealCentreError, match="真实中心"):
        practice.lay_out(tmp_path / "cache", real.path, practice.DESK_MOMENT)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "left", [b"SQLite format 3\0 and nothing more", b"", None], ids=["damaged", "empty", "gone"]
)
def test_a_real_centre_whose_file_is_lost_is_known_by_its_back_ups(left, builds, tmp_path):
    real = make_world(tmp_path, practice=False).database
    real.close()
    copy = tmp_path / "backups" / "centre-20251203-135200.sqlite3"
    copy.parent.mkdir()
    real.path.rename(copy)
    if left is not None:
        real.path.write_bytes(left)
    with pytest.raises(RealCentreError):
        practice.lay_out(tmp_path / "cache", real.path, practice.DESK_MOMENT)
    assert copy.stat().st_size > 0


def test_a_file_that_nobody_can_read_is_not_replaced_by_play_unless_its_back_ups_are_of_play(
    builds, tmp_path
):
    target = tmp_path / "centre.sqlite3"
    target.write_bytes(b"something else")
    with pytest.raises(RealCentreError):
        practice.lay_out(tmp_path / "cache", target, practice.DESK_MOMENT)
    assert target.read_bytes() == b"something else"
    played = make_world(tmp_path / "play", practice=True).database
    played.close()
    (tmp_path / "backups").mkdir()
    played.path.rename(tmp_path / "backups" / "centre-20251203-135200.sqlite3")
    practice.lay_out(tmp_path / "cache", target, practice.DESK_MOMENT)
    assert target.read_bytes() != b"something else"


def test_the_practice_clock_begins_in_the_story_and_runs_on(monkeypatch):
    ticks = iter([100.0, 100.5, 161.0])
    monkeypatch.setattr(practice.time, "monotonic", lambda: next(ticks))
    clock = practice.running_clock(practice.DESK_MOMENT)
    assert clock() == practice.DESK_MOMENT
    assert clock() == practice.DESK_MOMENT + dt.timedelta(seconds=61)


@pytest.fixture
def full_disk(monkeypatch):
    """The disk has room for the first pages of a template and no more."""

    def build(path, **_wanted):
        connection = sqlite3.connect(path)
        try:
            connection.execute("pragma max_page_count = 3")
            connection.execute("create table t (words)")
            connection.execute("insert into t values (zeroblob(100000))")
        finally:
            connection.close()

    monkeypatch.setattr(story, "build", build)


def test_a_full_disk_is_said_and_leaves_no_half_built_template(full_disk, tmp_path):
    with pytest.raises(DiskFullError, match="清理磁盘"):
        practice.lay_out(tmp_path / "cache", tmp_path / "practice" / "centre.sqlite3", practice.DESK_MOMENT)
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_copy_that_has_no_room_leaves_what_was_there(builds, tmp_path, monkeypatch):
    target = tmp_path / "practice" / "centre.sqlite3"
    practice.lay_out(tmp_path / "cache", target, practice.DESK_MOMENT)
    before = target.read_bytes()

    def copyfile(_source, to):
        to.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(practice.shutil, "copyfile", copyfile)
    with pytest.raises(DiskFullError):
        practice.lay_out(tmp_path / "cache", target, practice.DESK_MOMENT)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == ["centre.sqlite3"]


@pytest.mark.parametrize("blocked", ["cache", "practice"])
def test_a_folder_that_cannot_be_made_is_said_with_its_name(builds, tmp_path, blocked):
    (tmp_path / blocked).write_text("in the way")
    with pytest.raises(UnwritableError, match=str(tmp_path / blocked)):
        practice.lay_out(tmp_path / "cache", tmp_path / "practice" / "centre.sqlite3", practice.DESK_MOMENT)


def test_what_a_killed_run_was_writing_is_removed_a_day_later(builds, tmp_path):
    old, young = (
        tmp_path / ".practice-202511031352-x.sqlite3.11",
        tmp_path / ".practice-1-y.sqlite3.12-journal",
    )
    for draft in (old, young):
        draft.write_bytes(b"half")
    os.utime(old, (0, 0))
    practice.template(tmp_path, practice.DESK_MOMENT)
    assert (old.exists(), young.exists()) == (False, True)
