"""Sheets of 交接班 as rows: void ones stay, points travel, and the list of what is checked."""

import datetime as dt

import pytest

from app.domain.ids import PointId, SheetId
from app.domain.shifts import CheckMark, Figures, Line, Section
from app.store import shifts
from tests.services.world import DAY

HEADS = Figures(
    expected=12, came=11, guests=1, went=3, sick=1, personal=1, other=0, later=0, unheard=0, early=1
)


@pytest.fixture
def sheet(world, keep):
    def _sheet(*points, place=None):
        def write(unit):
            takers = (world.teacher.id, world.desk.id)
            key = shifts.add_sheet(unit, place or world.dragons, DAY, HEADS, 7, "一个在医务室", "", *takers)
            for point in points:
                shifts.add_line(unit, key, Line(Section.POINT, "门锁", point))
            shifts.add_check(unit, key, CheckMark("门窗", good=False, note="插销松"))
            return key

        return keep(write)

    return _sheet


def test_a_sheet_comes_back_as_both_signed_it(world, sheet):
    kept = shifts.find_sheet(world.database, sheet())
    assert (kept.figures, kept.counted, kept.reason) == (HEADS, 7, "一个在医务室")
    assert (kept.given_by, kept.taken_by, kept.signed_at) == ("许静", "林晓", world.clock())
    assert kept.checks == (CheckMark("门窗", good=False, note="插销松"),)
    assert shifts.find_sheet(world.database, SheetId(99)) is None


def test_a_void_sheet_stays_to_be_read_and_carries_no_point_any_more(world, keep, sheet):
    point = keep(shifts.add_point, world.dragons, "门锁", world.teacher.id)
    first, second = sheet(point), sheet(point)
    assert shifts.find_point(world.database, point).sheets == 2
    assert keep(shifts.reverse_sheet, second, world.director.id)
    assert not keep(shifts.reverse_sheet, second, world.director.id)
    assert shifts.find_point(world.database, point).sheets == 1
    found = shifts.list_sheets(world.database, world.dragons)
    assert [(one.id, one.void) for one in found] == [(second, True), (first, False)]
    other = sheet(place=world.stars)
    assert [one.id for one in shifts.list_sheets(world.database, None)] == [other, second, first]
    assert [one.id for one in shifts.list_sheets(world.database, None, limit=1)] == [other]


def test_a_closed_point_travels_no_further_and_can_be_open_again(world, keep):
    points = [keep(shifts.add_point, world.dragons, words, world.teacher.id) for words in ("门锁", "纱窗")]
    keep(shifts.close_point, points[0], "换了新锁", world.desk.id)
    assert [one.id for one in shifts.list_open_points(world.database, world.dragons)] == [points[1]]
    (closed,) = shifts.list_closed_points(world.database, world.dragons, DAY)
    assert (closed.id, closed.closing.words, closed.closing.by) == (points[0], "换了新锁", "林晓")
    assert shifts.list_closed_points(world.database, world.dragons, DAY + dt.timedelta(days=1)) == ()
    assert keep(shifts.reopen_point, points[0], world.teacher.id)
    assert not keep(shifts.reopen_point, points[0], world.teacher.id)
    assert [one.id for one in shifts.list_open_points(world.database, world.dragons)] == points
    assert keep(shifts.reverse_point, points[1], world.teacher.id)
    assert not keep(shifts.reverse_point, points[1], world.teacher.id)
    assert shifts.find_point(world.database, points[1]) is None
    assert shifts.find_point(world.database, PointId(99)) is None
    assert shifts.list_open_points(world.database, world.stars) == ()


def test_the_shipped_list_serves_every_day_until_the_centre_writes_its_own(world, keep):
    shipped = shifts.list_check_items(world.database, DAY)
    assert "午睡室没有遗留的孩子" in shipped
    assert shifts.list_check_items(world.database, dt.date(2000, 1, 1)) == shipped
    for own in (("门窗", "煤气"), ("煤气", "门窗", "冰箱")):
        keep(shifts.set_check_items, own, world.director.id)
        assert shifts.list_check_items(world.database, DAY) == own
    keep(shifts.set_check_items, (), world.director.id)
    assert shifts.list_check_items(world.database, DAY) == shipped
