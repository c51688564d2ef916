import contextlib
import datetime as dt

import pytest

from app.store import audit, backup
from app.store.database import Database

NOW = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def clock():
    return NOW


@pytest.fixture
def database(tmp_path):
    opened = Database.open(tmp_path / "centre.sqlite3", create=True, clock=clock)
    for turn in range(12):
        write(opened, turn)
    yield opened
    opened.close()


def write(database, turn):
    with database.unit(None, "turn") as unit:
        unit.audit("turn", turn)


def tamper(database, sql):
    database._connection.execute(sql)
    database._chain = None


def test_how_far_the_trail_runs_past_a_thing_is_told_by_its_later_lines(database):
    later = NOW + dt.timedelta(hours=24)
    assert audit.runs_past(database, "turn", 3, NOW)
    assert not audit.runs_past(database, "turn", 11, NOW)  # nothing was written since
    assert not audit.runs_past(database, "turn", 99, NOW)
    assert not audit.runs_past(database, "turn", 3, later)
    database.clock = lambda: later
    write(database, 12)
    database.clock = clock
    write(database, 13)
    assert audit.runs_past(database, "turn", 3, later)
    assert not audit.runs_past(database, "turn", 13, later)  # that line is older than the thing


def test_a_whole_trail_is_walked_in_strides_to_its_end(database):
    walk = audit.Walk()
    for expected in (False, False, True):
        walk.go_on(database, 5)
        assert walk.ended == expected
    assert walk.broken is None


@pytest.mark.parametrize(
    ("sql", "line"),
    [
        ("update audit set detail = 'another' where id = 7", 7),
        ("update audit set at = '2025-12-03T09:13:00+08:00' where id = 12", 12),
        ("delete from audit where id = 7", 8),
        ("delete from audit where id = 1", 2),
        ("update audit set id = id + 100 where id = 3", 4),
        ("update audit set chain = 'x' where id = 5", 5),
    ],
)
def test_a_line_changed_or_cut_out_of_the_middle_is_found(database, sql, line):
    tamper(database, sql)
    assert audit.first_broken_line(database) == line
    walk = audit.Walk()
    while not walk.ended:
        walk.go_on(database, 2)
    assert walk.broken == line


def test_an_end_cut_off_is_found_by_the_copy_made_before_it(database, tmp_path):
    tail = audit.find_tail_of(backup.back_up(database, tmp_path / "copies"), clock)
    assert tail == audit.find_tail(database)
    write(database, 13)
    assert audit.holds(database, tail)
    tamper(database, "delete from audit where id > 9")
    assert audit.first_broken_line(database) is None
    assert not audit.holds(database, tail)
    for turn in range(9):
        write(database, turn)  # as long as before, and whole in itself
    assert audit.first_broken_line(database) is None
    assert not audit.holds(database, tail)


def test_a_copy_that_cannot_be_read_has_no_tail(tmp_path):
    (tmp_path / "text").write_text("no database", encoding="utf-8")
    assert audit.find_tail_of(tmp_path / "text", clock) is None
    assert audit.find_tail_of(tmp_path / "nothing", clock) is None


def test_an_empty_trail_is_held_by_every_file(database, tmp_path):
    path = tmp_path / "new" / "centre.sqlite3"
    with contextlib.closing(Database.open(path, create=True, clock=clock)) as empty:
        assert audit.holds(database, audit.find_tail(empty))
        assert audit.first_broken_line(empty) is None
