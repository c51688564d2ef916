"""The shift sheets of the practice centre: signed, agreed, with a point that travelled."""

import contextlib
import sqlite3

from app.domain.ids import ClassId
from app.domain.shifts import Section
from app.store import shifts
from db import practice

DRAGON = ClassId(3)


def test_yesterdays_sheet_is_signed_by_two_and_its_open_point_had_travelled(database):
    late, early = shifts.list_sheets(database, DRAGON)
    assert [f"{one.day}" for one in (late, early)] == ["2025-12-02", "2025-12-01"]
    for one in (late, early):
        whole = shifts.find_sheet(database, one.id)
        assert whole.given_by != whole.taken_by
        assert whole.counted == whole.figures.present > 10
        found = whole.figures
        assert found.expected == found.came - found.guests + found.sick + found.personal
        assert all(mark.good for mark in whole.checks)
    open_points = shifts.list_open_points(database, DRAGON)
    assert [(one.words[:6], one.sheets) for one in open_points] == [("户外柜的门锁", 2)]
    points = [
        line.point for line in shifts.find_sheet(database, early.id).lines if line.section is Section.POINT
    ]
    assert len(points) == 2
    done = shifts.find_point(database, points[1])
    assert done.closing.words == "两件都缝好了"
    assert shifts.list_check_items(database, late.day) == tuple(
        mark.item for mark in shifts.find_sheet(database, late.id).checks
    )


def test_a_history_of_one_day_has_no_sheet(tmp_path):
    practice.build(tmp_path / "short.sqlite3", days=0)
    with contextlib.closing(sqlite3.connect(tmp_path / "short.sqlite3")) as connection:
        assert connection.execute("select count(*) from shift_sheet").fetchone() == (0,)
