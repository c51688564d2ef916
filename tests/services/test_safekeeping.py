import datetime as dt
import sqlite3

import pytest

from app.domain.staff import NotPermittedError
from app.services.people import People
from app.services.safekeeping import NotAFolderError, Safekeeping, restore_file
from app.store import audit, backup
from app.store.database import Database
from app.store.errors import FileInUseError


@pytest.fixture
def keeping(world):
    return Safekeeping(world.database, world.clock)


def test_a_back_up_is_a_whole_file_and_the_status_says_when(world, keeping):
    assert keeping.status().words == "还没有备份"
    path = keeping.back_up_now(world.desk).value
    with sqlite3.connect(path) as copy:
        assert copy.execute("select count(*) from child").fetchone() == (4,)
    copy.close()
    assert keeping.status().words == "备份 09:12 成功"
    assert keeping.status().saved_at == world.clock.now
    world.clock.now += dt.timedelta(days=1)
    assert keeping.status().words == "上次备份 12月3日 09:12"


def test_one_copy_a_day_is_made_when_idle(world, keeping):
    assert keeping.back_up_daily() is not None
    world.clock.at(15)
    assert keeping.back_up_daily() is None
    world.clock.now += dt.timedelta(days=1)
    assert keeping.back_up_daily() is not None


def test_a_sound_file_is_sound_and_a_changed_trail_shows(world, keeping):
    assert keeping.damage() is None
    keeping.back_up_now(world.desk)
    keeping.back_up_now(world.desk)
    with world.database.unit(None, "tamper") as unit:
        unit.execute("update audit set detail = 'another' where id = 2")
        unit.audit("audit", 2)
    assert keeping.damage() == "audit 2"


def cut(database, lines):
    """Cut the end of the trail off, as somebody would who can write to the file."""
    database._connection.execute(f"delete from audit where id > (select max(id) from audit) - {lines}")
    database._chain = None


def next_day(world, days=1):
    world.clock.now += dt.timedelta(days=days)
    return Safekeeping(world.database, world.clock)


def test_keeping_makes_the_days_copy_and_says_nothing_of_a_whole_trail(world, keeping):
    for _ in range(3):
        status = keeping.keep()
    assert (status.words, status.warning) == ("备份 09:12 成功", "")
    folder = world.database.path.parent / "backups"
    assert len(backup.list_backups(folder)) == 1
    world.clock.now += dt.timedelta(days=1)
    assert keeping.keep().warning == ""
    assert len(backup.list_backups(folder)) == 2


def test_a_changed_line_is_a_warning_that_stays(world, keeping):
    keeping.keep()
    with world.database.unit(None, "tamper") as unit:
        unit.execute("update audit set detail = 'another' where id = 2")
        unit.audit("audit", 2)
    for days in (1, 2):
        warning = next_day(world, days).keep().warning
        assert warning.startswith("操作记录从第 2 条起对不上")
        assert "tuodehao restore" in warning


def test_an_end_cut_off_is_a_warning_that_stays_though_new_copies_are_made(world, keeping):
    for _ in range(5):
        with world.database.unit(None, "x") as unit:
            unit.audit("x", 1)
    sound = keeping.back_up_daily()
    cut(world.database, 5)
    for day in (1, 2, 3):
        keeping = next_day(world)
        status = keeping.keep()
        assert status.warning.startswith("操作记录比上次备份时少了"), day
        assert str(sound) in status.warning
        assert keeping.back_up_now(world.desk).value.name.endswith("-doubtful.sqlite3")
    assert status.words == "备份 09:12 成功"


def test_a_long_trail_is_checked_a_stride_at_a_time(world, keeping, monkeypatch):
    monkeypatch.setattr(audit.Walk.go_on, "__defaults__", (2,))
    with world.database.unit(None, "tamper") as unit:
        unit.execute("update audit set detail = 'another' where id = 5")
        unit.audit("audit", 5)
    warnings = [keeping.keep().warning[:10] for _ in range(4)]
    assert warnings == ["", "", "操作记录从第 5 条", "操作记录从第 5 条"]


def test_restoring_ends_the_warning_and_says_where_the_old_file_is(world, keeping):
    path, sound = world.database.path, keeping.back_up_daily()
    cut(world.database, 1)
    assert next_day(world).keep().warning != ""
    with pytest.raises(FileInUseError):
        restore_file(sound, path, world.clock)
    world.database.close()
    said = restore_file(sound, path, world.clock)
    assert sound.name in said
    assert str(path.parent / "aside-20251204-091200") in said
    database = Database.open(path, clock=world.clock)
    status = Safekeeping(database, world.clock).keep()
    assert status.warning == ""
    assert database.row("select verb from audit order by id desc")["verb"] == "restore"
    assert backup.list_backups(path.parent / "backups")[0][1].name.endswith("-restored.sqlite3")
    database.close()


def test_the_words_for_restoring_name_the_newest_copy(keeping):
    assert "还没有备份" in keeping.restore_words()
    path = keeping.back_up_daily()
    assert f'tuodehao restore "{path}" --data "{path.parent.parent}"' in keeping.restore_words()


def test_staff_are_listed_by_role_and_only_while_they_work_here(world):
    people = People(world.database, world.clock)
    assert [one.name for one in people.staff()] == ["林晓", "许静", "沈玉洁", "孟佳", "方芸", "周敏"]
    with world.database.unit(None, "leave") as unit:
        unit.execute("update staff set ends_on = '2025-12-02' where name = '方芸'")
        unit.audit("staff", None)
    assert "方芸" not in [one.name for one in people.staff()]
    assert people.find(world.desk.id) == world.desk
    assert people.find(world.cashier.id) is None


def test_the_list_tells_sound_copies_from_doubtful_and_cut_off_ones(world, keeping):
    assert keeping.copies(world.desk).copies == ()
    whole = keeping.back_up_now(world.desk).value
    world.clock.now += dt.timedelta(minutes=1)
    short = keeping.back_up_now(world.desk).value
    short.write_bytes(short.read_bytes()[:-4096])
    doubtful = whole.with_name("centre-20251203-091500-doubtful.sqlite3")
    doubtful.write_bytes(whole.read_bytes())
    found = keeping.copies(world.desk)
    assert [(one.name, one.sound, one.words) for one in found.copies] == [
        (doubtful.name, False, "可疑：操作记录对不上"),
        (short.name, False, "不完整，不能用"),
        (whole.name, True, "完好"),
    ]
    assert found.copies[-1].size == whole.stat().st_size
    assert found.restore_words == keeping.restore_words()


def test_a_copy_goes_to_a_folder_of_choice_and_says_how_far_it_is(world, keeping, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    steps = []
    path = keeping.copy_out(world.director, stick, lambda done, total: steps.append((done, total))).value
    assert path.parent == stick
    assert backup.is_whole(path)
    assert steps[-1][0] == steps[-1][1] > 0
    assert keeping.status().words == "还没有备份"  # the copies beside the file are counted apart


def test_a_copy_that_is_called_off_leaves_nothing(world, keeping, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()

    def stop(_done, _total):
        raise LookupError

    before = world.database.commits
    with pytest.raises(LookupError):
        keeping.copy_out(world.director, stick, stop)
    assert list(stick.iterdir()) == []
    assert world.database.commits == before


def test_a_copy_needs_a_folder_elsewhere_and_the_director(world, keeping, tmp_path):
    with pytest.raises(NotAFolderError, match="U 盘"):
        keeping.copy_out(world.director, tmp_path / "nowhere")
    with pytest.raises(NotAFolderError, match="别处"):
        keeping.copy_out(world.director, world.database.path.parent)
    with pytest.raises(NotPermittedError):
        keeping.copy_out(world.desk, tmp_path)
