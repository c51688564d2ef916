"""The list of who is to come and the register of askings, as they are frozen for paper."""

import datetime as dt

import pytest

from app.services.absences import AbsenceNote, Trace
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.day_papers import follow_up_lines, freeze_expected, freeze_follow_ups
from app.store import absences
from tests.services.world import DAY

SUNDAY = dt.date(2025, 12, 7)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def note(world, services, name, day=DAY):
    told = AbsenceNote(world.children[name], "sick", day, day, disease="发热", told_by="妈妈", told_at="8:10")
    return services.absences.note(world.desk, told)


def trace(world, services, name="张沐阳", **more):
    told = {"result": "sick", "illness": "发热", **more}
    return services.absences.trace(
        world.desk, Trace(world.children[name], world.adults[f"{name[0]}母"], **told)
    )


def test_each_class_stands_in_the_order_of_its_hours_with_whom_to_ring(world, services):
    paper = freeze_expected(world.database, DAY)
    told = {group.name: [(one.name, one.hours) for one in group.children] for group in paper.classes}
    assert told == {
        "抱抱龙": [("张沐阳", "8:20–17:20"), ("周乐瑶", "8:20–17:20"), ("马思睿", "14:00–17:20")],
        "小星星": [("曾雨桐", "8:20–11:30")],
    }
    first = paper.classes[0].children[0]
    assert (first.ring, first.note) == ("妈妈 张母 137 0000 2233", "花生过敏")
    assert "外人" not in str(paper), "nobody is told to ring the one who must not collect"


def test_who_asked_for_leave_is_counted_and_not_listed(world, services):
    note(world, services, "曾雨桐")
    paper = freeze_expected(world.database, DAY)
    assert (paper.away, paper.total) == (1, 3)
    assert [group.name for group in paper.classes] == ["抱抱龙"], "a class without children has no heading"


def test_a_closed_day_is_an_empty_list_with_the_name_of_the_centre(world):
    paper = freeze_expected(world.database, SUNDAY)
    assert (paper.classes, paper.away, paper.total) == ((), 0, 0)
    assert (paper.centre, paper.practice) == ("向阳托育中心", True)


def test_an_asking_is_a_line_with_the_day_she_was_seen_again(world, services):
    world.clock.at(9, 40)
    hope = DAY + dt.timedelta(days=1)
    asked = {"illness": "咳嗽", "diagnosis": "咽炎", "infectious": "no", "returns_on": hope}
    trace(world, services, hospital="市妇幼", handling="居家休息", **asked)
    (line,) = follow_up_lines(world.database, DAY, DAY)
    assert (line.class_name, line.name, line.away_since) == ("抱抱龙", "张沐阳", DAY)
    assert (line.traced_by, line.hospital, line.infectious) == ("林晓", "市妇幼", "不是")
    assert (line.returned, line.handling) == (None, "居家休息；预计 12月4日返园")
    world.clock.now += dt.timedelta(days=2)
    services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    (line,) = follow_up_lines(world.database, DAY, DAY)
    assert (line.returned, line.handling) == (DAY + dt.timedelta(days=2), "居家休息")


def test_who_stays_away_for_no_illness_has_nothing_in_the_column_of_infections(world, services):
    world.clock.at(9, 40)
    trace(world, services, result="personal", illness="", infectious="yes")
    kept = absences.list_follow_ups(world.database, DAY, DAY)
    paper = freeze_follow_ups(world.database, "2025-12", kept)
    assert [(one.cause, one.infectious) for one in paper.lines] == [("事", "")]
    assert freeze_follow_ups(world.database, "2025-11", ()).lines == ()
