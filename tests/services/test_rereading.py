"""Old files after the program has learnt to read names better: everybody is found, nothing else changes."""

import contextlib

import pytest

from app.domain import names
from app.domain.names import search_keys
from app.services import rereading
from app.services.bundle import build
from app.services.rereading import Rereading
from app.store import audit, reading_keys, settings
from app.store.database import Database
from app.store.errors import DiskFullError
from tests.faults.test_full_disk import full_at
from tests.services.world import DAY, add_adult, add_child, make_world

NEW = ("尉迟嘉木", "曾念安", "单一诺")


@pytest.fixture
def world(tmp_path):
    """As an older program left it: surnames read as words are, and nothing says by which rules."""
    made = make_world(tmp_path)
    with made.database.unit(made.desk.id, "fill") as unit:
        for at, name in enumerate(NEW):
            child = add_child(unit, made, name, DAY.replace(year=2023))
            add_adult(unit, made, child, f"{name[0]}爷爷", "爷爷", f"1380000{at:04}")
        for subject in ("child", "adult"):
            for old, new in (("zeng", "ceng"), ("yu'chi", "wei'chi"), ("shan'", "dan'")):
                sql = f"update {subject} set pinyin = replace(pinyin, :new, :old)"
                unit.execute(sql, {"old": old, "new": new})
                unit.execute(sql, {"old": new, "new": old})
        unit.execute(
            "update child set pinyin = 'wei''chi''jia''mu', initials = 'wcjm' where name = '尉迟嘉木'", {}
        )
        unit.execute("update child set pinyin = 'ceng''nian''an', initials = 'cna' where name = '曾念安'", {})
        unit.execute("update adult set pinyin = 'ceng''ye''ye', initials = 'cyy' where name = '曾爷爷'", {})
    yield made
    made.database.close()


def found(world, text):
    services = build(world.database, world.clock, world.rng)
    one = services.finding.find(world.desk, text)
    return {row.name for row in one.children} | {hit.name for hit in one.adults}


def rest(database):
    """All that must not change: every column but the keys."""
    tables = [row["name"] for row in database.rows("select name from sqlite_schema where type = 'table'")]
    kept = {}
    for table in tables:
        if table not in {"audit", "setting"}:
            rows = [dict(row) for row in database.rows(f"select * from {table}")]
            kept[table] = [{k: v for k, v in row.items() if k not in {"pinyin", "initials"}} for row in rows]
    return kept


def run(database):
    task, steps = Rereading(database), 1
    while task.go_on():
        steps += 1
    return steps


def test_an_old_file_finds_its_people_by_the_new_readings(world):
    assert "曾念安" not in found(world, "zengnian")
    assert "尉迟嘉木" not in found(world, "ycjm")
    before = rest(world.database)
    run(world.database)
    assert "曾念安" in found(world, "zengnian")
    assert "尉迟嘉木" in found(world, "yuchi")
    assert "尉迟嘉木" in found(world, "ycjm")
    assert "曾爷爷" in found(world, "zengye")
    assert rest(world.database) == before
    for subject in ("child", "adult"):
        for row in world.database.rows(f"select name, pinyin, initials from {subject}"):
            keys = search_keys(row["name"])
            assert (row["pinyin"], row["initials"]) == (keys.pinyin, keys.initials), row["name"]
    assert audit.first_broken_line(world.database) is None


def test_the_search_that_is_open_finds_them_at_once(world):
    services = build(world.database, world.clock, world.rng)
    assert services.finding.find(world.desk, "zengnian").children == ()
    while services.finding.reread():
        pass
    assert [row.name for row in services.finding.find(world.desk, "zengnian").children] == ["曾念安"]


def test_a_file_that_is_up_to_date_is_asked_once_and_left_alone(world, monkeypatch):
    run(world.database)
    before = world.database.row("select count(*) as n from audit")["n"]

    def nobody(*_asked):
        raise AssertionError("nobody is to be read")

    monkeypatch.setattr(reading_keys, "list_people", nobody)
    assert run(world.database) == 1
    assert world.database.row("select count(*) as n from audit")["n"] == before


def test_newer_rules_go_through_it_again_and_older_programs_do_not(world, monkeypatch):
    run(world.database)
    world.clock.at(10)
    monkeypatch.setattr(rereading, "READING_RULES", names.READING_RULES + 1)
    monkeypatch.setattr(rereading, "search_keys", lambda name: names.SearchKeys(f"new'{len(name)}", "n"))
    run(world.database)
    assert {row["initials"] for row in world.database.rows("select initials from child")} == {"n"}
    monkeypatch.undo()
    run(world.database)
    assert {row["initials"] for row in world.database.rows("select initials from child")} == {"n"}
    kept = settings.list_values(world.database, "reading_rules")
    assert {one.value for one in kept} == {f"{names.READING_RULES + past}" for past in (0, 1)}, (
        "what held before stays on file"
    )


def test_a_crash_between_two_lots_is_made_good_at_the_next_start(world, monkeypatch):
    monkeypatch.setattr(rereading, "_AT_ONCE", 2)
    task = Rereading(world.database)
    for _ in range(3):
        assert task.go_on()
    path = world.database.path
    world.database.close()
    world.database = Database.open(path, clock=world.clock)
    assert settings.list_values(world.database, "reading_rules") == ()
    assert run(world.database) > 3
    assert "曾爷爷" in found(world, "zengye")
    assert settings.list_values(world.database, "reading_rules")[0].value == str(names.READING_RULES)


def test_a_full_disk_leaves_the_old_keys_and_the_next_try_succeeds(world):
    before = [tuple(row) for row in world.database.rows("select name, pinyin from child order by id")]
    task = Rereading(world.database)
    world.database.tracer = full_at(4)
    with pytest.raises(DiskFullError):
        task.go_on()
    world.database.tracer = None
    assert [tuple(row) for row in world.database.rows("select name, pinyin from child order by id")] == before
    while task.go_on():
        pass
    assert "曾念安" in found(world, "zengnian")


def test_a_new_centre_begins_up_to_date(tmp_path, world):
    with contextlib.closing(Database.open(tmp_path / "new.sqlite3", create=True, clock=world.clock)) as fresh:
        services = build(fresh, world.clock, world.rng)
        services.setup.create(services.setup.defaults())
        assert len(settings.list_values(fresh, "reading_rules")) == 1
        assert not services.finding.reread()
        assert len(settings.list_values(fresh, "reading_rules")) == 1
