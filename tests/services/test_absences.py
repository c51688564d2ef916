"""Absences from-to, and the round of asking after those of whom nobody knows."""

import datetime as dt

import pytest

from app.domain.absences import AbsenceError
from app.domain.illness import ExcludedError
from app.domain.modes import Tariff
from app.domain.staff import NotPermittedError
from app.domain.visits import AbsentTodayError, AlreadyCheckedInError
from app.services.absences import AbsenceNote, Absences, Trace
from app.services.arrivals import Arrivals, CheckIn, MorningCheck
from app.services.booking_card import Wish
from app.services.bookings import Bookings
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.desk import Desk
from app.services.pins import Pins
from app.store import bookings as store
from tests.services.world import DAY, add_adult, add_child

MONDAY = DAY + dt.timedelta(days=5)


@pytest.fixture
def absences(world):
    return Absences(world.database, world.clock)


def note(world, name="张沐阳", **more):
    usual = {
        "kind": "sick",
        "from_day": DAY,
        "to_day": MONDAY,
        "disease": "发热",
        "told_by": "妈妈",
        "told_at": "8:10",
    }
    return AbsenceNote(world.children[name], **{**usual, **more})


def test_nobody_is_told_of_an_absence_by_the_barred_one(world, absences):
    with pytest.raises(AbsenceError, match="禁止接走") as raised:
        absences.trace(world.desk, trace(world, adult="张外人", result="personal"))
    assert raised.value.field == "adult"
    for told_by in ("张外人", "邻居 张外人", " 张外仁"):
        with pytest.raises(AbsenceError, match="禁止接走") as raised:
            absences.note(world.desk, note(world, told_by=told_by))
        assert raised.value.field == "told_by"
    assert away_days(world) == []
    absences.note(world.desk, note(world, told_by="外婆"))


def trace(world, name="张沐阳", adult="张母", **more):
    return Trace(
        world.children[name], world.adults.get(adult), **{"result": "sick", "illness": "发热", **more}
    )


def away_days(world):
    return [
        row["day"]
        for row in world.database.rows("select day from absence where undone_at is null order by day")
    ]


def test_a_span_is_noted_day_by_day_where_she_should_come(world, absences):
    done = absences.note(world.desk, note(world))
    assert away_days(world) == ["2025-12-03", "2025-12-04", "2025-12-05", "2025-12-08"]
    assert done.undo.label == "张沐阳 病假 12月3日–12月8日 4 天"
    row = world.database.row("select * from absence_spell")
    assert (row["disease"], row["told_by"], row["told_how"]) == ("发热", "妈妈", "phone")
    assert row["told_at"].startswith("2025-12-03T08:10")
    assert Desk(world.database, world.clock).board(world.desk).sick_count == 1
    absences.undo_spell(world.desk, done.undo.key)
    assert away_days(world) == []
    with pytest.raises(AbsenceError, match="撤销过"):
        absences.undo_spell(world.desk, done.undo.key)


def test_no_day_on_which_she_was_here_is_noted_afterwards(world, absences):
    arrivals = Arrivals(world.database, world.clock, world.rng)
    visit = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], check=MorningCheck())).value.visit
    world.clock.at(17, 10)
    build(world.database, world.clock, world.rng).pickup.check_out(
        world.desk, CheckOut(visit, world.adults["张母"])
    )
    world.clock.now += dt.timedelta(days=2)
    span = note(world, from_day=DAY, to_day=MONDAY)
    with pytest.raises(AbsenceError, match="张沐阳 12月3日来过，不是缺勤") as told:
        absences.note(world.desk, span)
    assert told.value.field == "from_day"
    assert away_days(world) == []
    absences.note(world.desk, note(world, from_day=DAY + dt.timedelta(days=1)))
    assert away_days(world) == ["2025-12-04", "2025-12-05", "2025-12-08"]


def test_a_child_who_is_back_early_is_expected_again(world, absences):
    absences.note(world.desk, note(world))
    world.clock.now += dt.timedelta(days=1)
    Arrivals(world.database, world.clock, world.rng).undo_absence(world.desk, world.children["张沐阳"])
    assert away_days(world) == ["2025-12-03"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "holiday"}, "kind"),
        ({"disease": " "}, "disease"),
        ({"to_day": DAY - dt.timedelta(days=1)}, "to_day"),
        ({"to_day": DAY + dt.timedelta(days=92)}, "to_day"),
        ({"from_day": DAY - dt.timedelta(days=8)}, "from_day"),
        ({"from_day": dt.date(2025, 12, 6), "to_day": dt.date(2025, 12, 7)}, "from_day"),
        ({"told_at": "10:00"}, "told_at"),
        ({"told_at": "早上"}, "told_at"),
        ({"told_how": "pigeon"}, "told_how"),
    ],
)
def test_what_the_register_needs_is_asked_for(world, absences, more, field):
    with pytest.raises(AbsenceError) as told:
        absences.note(world.desk, note(world, **more))
    assert told.value.field == field
    assert away_days(world) == []


def test_who_is_here_is_not_away_and_nobody_twice(world, absences):
    arrivals = Arrivals(world.database, world.clock, world.rng)
    arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"], check=MorningCheck()))
    with pytest.raises(AlreadyCheckedInError):
        absences.note(world.desk, note(world, "周乐瑶"))
    tomorrow = DAY + dt.timedelta(days=1)
    absences.note(world.desk, note(world, "周乐瑶", from_day=tomorrow, to_day=tomorrow))
    with pytest.raises(AbsenceError, match="已经登记过"):
        absences.note(world.desk, note(world, "周乐瑶", from_day=tomorrow, to_day=tomorrow))


def names(world, absences):
    return [row.name for row in absences.round(world.desk).rows]


def test_at_half_past_nine_the_untraced_come_up(world, absences):
    world.clock.at(9, 29)
    desk = Desk(world.database, world.clock)
    assert (names(world, absences), desk.count_untraced(world.desk, desk.board(world.desk))) == ([], 0)
    world.clock.at(9, 30)
    assert names(world, absences) == ["张沐阳", "周乐瑶", "曾雨桐"]  # 马思睿 comes in the afternoon
    assert desk.count_untraced(world.desk, desk.board(world.desk)) == 3
    row = absences.round(world.desk).rows[0]
    assert row.words == "未到 70 分，没有请假" or row.words.endswith("没有请假")
    assert [one.words for one in row.callees] == ["妈妈 张母"]


def test_what_was_found_out_is_kept_with_the_absence_that_follows(world, absences):
    world.clock.at(9, 40)
    done = absences.trace(
        world.desk,
        trace(
            world,
            hospital="市妇幼",
            diagnosis="手足口病",
            infectious="yes",
            handling="居家隔离",
            returns_on=MONDAY,
            again_on=DAY + dt.timedelta(days=2),
        ),
    )
    kept = absences.register(world.director, DAY, DAY)[0]
    told = kept.told
    assert (told.whom, told.illness, told.hospital, told.diagnosis) == (
        "妈妈 张母",
        "发热",
        "市妇幼",
        "手足口病",
    )
    assert (told.infectious, told.returns_on, kept.traced_by, kept.again_by_name) == (
        "yes",
        MONDAY,
        "林晓",
        "林晓",
    )
    assert away_days(world) == ["2025-12-03", "2025-12-04", "2025-12-05"]
    found = absences.round(world.desk)
    assert "张沐阳" not in [row.name for row in found.rows]
    assert found.done == ("张沐阳：妈妈 张母 病，发热，手足口病，今天起，预计 12月8日 回",)
    world.clock.now += dt.timedelta(days=2)
    again = next(row for row in absences.round(world.desk).rows if row.name == "张沐阳")
    assert again.words == "约好今天再问（林晓）"
    assert again.last_words.startswith("12月3日 妈妈 张母 病")
    assert again.known == told, "what was said of this illness is not asked again"
    world.clock.now -= dt.timedelta(days=2)
    absences.undo_trace(world.desk, done.undo.key)
    assert away_days(world) == []
    assert absences.register(world.director, DAY, DAY) == ()
    with pytest.raises(AbsenceError, match="撤销过"):
        absences.undo_trace(world.desk, done.undo.key)


def test_who_could_not_be_reached_stays_on_the_list(world, absences):
    world.clock.at(9, 40)
    absences.trace(world.desk, trace(world, result="unreached", illness="", adult=""))
    world.clock.at(9, 50)
    row = absences.round(world.desk).rows[0]
    assert (row.name, row.words.endswith("9:40 没接通")) == ("张沐阳", True)
    absences.trace(world.desk, trace(world, result="coming", illness=""))
    assert "张沐阳" not in names(world, absences)
    assert away_days(world) == []


def test_a_sick_note_without_a_disease_is_asked_after(world, absences):
    Arrivals(world.database, world.clock, world.rng).note_absence(
        world.desk, world.children["张沐阳"], "sick", "", ""
    )
    world.clock.at(9, 40)
    rows = absences.round(world.desk).rows
    assert ("张沐阳", "病假，还没有写病名") in [(row.name, row.words) for row in rows]
    absences.trace(world.desk, trace(world))
    assert "张沐阳" not in names(world, absences)


def test_a_booked_child_is_no_absence_but_a_cancelled_booking(world, absences):
    with world.database.unit(None, "x") as unit:
        child = add_child(unit, world, "糖糖", dt.date(2025, 2, 3))
        add_adult(unit, world, child, "糖妈", "妈妈", "13900001177", is_guardian=True)
    wish = Wish(DAY, 560, 660, Tariff.HOURLY, child)
    pins = Pins(world.database, world.clock, world.rng)
    made = Bookings(world.database, world.clock, pins).book(world.desk, wish).value.first
    world.clock.at(9, 40)
    assert next(row for row in absences.round(world.desk).rows if row.name == "糖糖").booked
    done = absences.trace(world.desk, trace(world, "糖糖", "糖妈"))
    kept = store.find_booking(world.database, made)
    assert (kept.cancelled_by, kept.cancel_reason) == ("妈妈 糖妈", "发热")
    assert away_days(world) == []
    absences.undo_trace(world.desk, done.undo.key)
    assert store.find_booking(world.database, made).ended_at is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"result": "no"}, "result"),
        ({"way": "pigeon"}, "way"),
        ({"infectious": "maybe"}, "infectious"),
        ({"illness": ""}, "illness"),
        ({"returns_on": DAY}, "returns_on"),
        ({"returns_on": DAY + dt.timedelta(days=93)}, "returns_on"),
        ({"again_on": DAY}, "again_on"),
        ({"adult": ""}, "adult"),
    ],
)
def test_a_follow_up_says_what_is_missing(world, absences, more, field):
    with pytest.raises(AbsenceError) as told:
        absences.trace(world.desk, trace(world, **more))
    assert told.value.field == field


def test_nobody_away_is_found_here(world, absences):
    Arrivals(world.database, world.clock, world.rng).check_in(
        world.desk, CheckIn(world.children["张沐阳"], check=MorningCheck())
    )
    with pytest.raises(AlreadyCheckedInError):
        absences.trace(world.desk, trace(world))
    with pytest.raises(NotPermittedError):
        absences.trace(world.cashier, trace(world))
    assert AbsentTodayError is not None


def test_the_register_of_a_month_is_frozen_with_cause_and_the_day_she_was_back(world, absences):
    wanted = trace(world, hospital="市儿童医院", diagnosis="上感", infectious="no", handling="居家休息")
    absences.trace(world.desk, wanted)
    (line,) = absences.paper(world.desk, "2025-12").lines
    assert (line.day, line.name, line.class_name, line.traced_by) == (DAY, "张沐阳", "抱抱龙", "林晓")
    assert (line.cause, line.illness, line.hospital, line.diagnosis) == ("病", "发热", "市儿童医院", "上感")
    assert (line.whom, line.way, line.infectious, line.handling) == ("妈妈 张母", "电话", "不是", "居家休息")
    assert line.returned is None
    world.clock.now += dt.timedelta(days=2)
    # A fever keeps her at home until somebody has seen that it is over.
    illness = build(world.database, world.clock, world.rng).health.illness
    (case,) = illness.view(world.teacher).cases
    illness.see_certificate(world.director, case.case.id, "退热满 24 小时，家长书面说明")
    door = Arrivals(world.database, world.clock, world.rng)
    door.check_in(world.desk, CheckIn(world.children["张沐阳"], check=MorningCheck()))
    assert absences.paper(world.desk, "2025-12").lines[0].returned == DAY + dt.timedelta(days=2)
    assert absences.paper(world.desk, "2025-11").lines == ()
    with pytest.raises(NotPermittedError):
        absences.paper(world.cashier, "2025-12")


CATCHING = {"illness": "手足口病", "infectious": "yes"}


@pytest.mark.parametrize("way", ["the absence at the desk", "the spell", "the follow-up"])
def test_an_absence_taken_back_says_what_illness_keeps_her_at_home_still(world, way):
    """What was told of it is no slip any more: somebody has to look at her, and the desk learns where."""
    services, child = build(world.database, world.clock, world.rng), world.children["张沐阳"]
    world.clock.at(9, 31)
    done = services.absences.trace(world.desk, trace(world, **CATCHING))
    world.clock.at(9, 50)
    if way == "the absence at the desk":
        back = services.arrivals.undo_absence(world.desk, child)
    elif way == "the spell":
        spell = world.database.row("select max(id) as id from absence_spell")["id"]
        back = services.absences.undo_spell(world.desk, spell)
    else:
        back = services.undo(world.desk, done.undo)
    assert back.also.startswith("还不能入园：张沐阳因手足口病在家，最早 ")
    assert "“卫生—病例”" in back.also
    with pytest.raises(ExcludedError):
        services.arrivals.check_in(world.desk, CheckIn(child))


def test_a_slip_taken_back_tells_of_no_illness(world):
    """Within minutes the report goes with the absence that made it, and she may come."""
    services, child = build(world.database, world.clock, world.rng), world.children["张沐阳"]
    services.arrivals.note_absence(world.desk, child, "sick", "手足口病", "妈妈")
    assert services.arrivals.undo_absence(world.desk, child).also == ""
    services.arrivals.check_in(world.desk, CheckIn(child))
