"""Two records of one child that both have a measuring or an absence of one day: nothing is dropped."""

import datetime as dt

import pytest

from app.domain.joining import Side
from app.domain.modes import Tariff
from app.domain.statistics import Attendance
from app.services.arrivals import CheckIn
from app.services.attendance_paper import AttendancePaper
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.collecting import CheckOut
from tests.faults.acts import everything
from tests.services.answered import merge_children
from tests.services.world import DAY, add_adult, add_child, make_world

GROWTH, AWAY = f"growth_measure.{DAY}", f"absence.{DAY}"


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    with made.database.unit(None, "build") as unit:
        twin = add_child(unit, made, "张沐洋", dt.date(2023, 6, 1), sex="m")
        add_adult(unit, made, twin, "王桂芳", "奶奶", "13600001111", is_guardian=True)
    yield made
    made.database.close()


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def pair(world):
    return world.children["张沐阳"], world.children["张沐洋"]


def measure(world, child, grams, hour=9):
    at = f"{DAY}T{hour:02}:00:00+08:00"
    with world.database.unit(world.director.id, "build") as unit:
        row = {"child_id": child, "day": f"{DAY}", "weight_g": grams, "stature_mm": 880, "lying": 0,
               "measured_at": at, "measured_by": world.director.id}  # fmt: skip
        unit.insert("growth_measure", row)
        unit.audit("child", child)


def away(world, child, kind, reason):
    with world.database.unit(world.director.id, "build") as unit:
        row = {"child_id": child, "day": f"{DAY}", "kind": kind, "reason": reason, "told_by": "妈妈",
               "noted_by": world.director.id, "noted_at": unit.stamp}  # fmt: skip
        unit.insert("absence", row)
        unit.audit("child", child)


def holding(world, child):
    """What holds of the day: grams, and reasons of absence."""
    held = "undone_at is null and child_id = :child"
    grams = world.database.rows(
        f"select weight_g from growth_measure where ended_at is null and {held}", {"child": child}
    )
    reasons = world.database.rows(f"select reason from absence where {held}", {"child": child})
    return [row["weight_g"] for row in grams], [row["reason"] for row in reasons]


def lines(services, world, pair):
    found = services.merging.compare_children(world.desk, *pair)
    assert not found.refusal
    return {one.choice: one for one in found.lines if one.choice in {GROWTH, AWAY}}


def test_both_are_shown_and_an_illness_is_not_left_behind(services, world, pair):
    measure(world, pair[0], 12500)
    measure(world, pair[1], 13900, hour=10)
    away(world, pair[0], "personal", "旅游")
    away(world, pair[1], "sick", "手足口病")
    shown = lines(services, world, pair)
    assert (shown[GROWTH].kept, shown[GROWTH].merged) == ("12.50 kg 88.0 cm", "13.90 kg 88.0 cm")
    assert shown[GROWTH].side is Side.MERGED, "the later one is proposed"
    assert (shown[AWAY].kept, shown[AWAY].merged) == ("事假 旅游 妈妈说", "病假 手足口病 妈妈说")
    assert (shown[AWAY].side, shown[AWAY].weighs) == (Side.MERGED, True)
    before = everything(world.database)
    done = merge_children(services, world.desk, *pair)
    assert holding(world, pair[0]) == ([13900], ["手足口病"])
    services.undo(world.desk, done.undo)
    after = everything(world.database)
    assert {one: before[one] for one in ("growth_measure", "absence")} == {
        one: after[one] for one in ("growth_measure", "absence")
    }


def test_what_is_chosen_holds_and_the_other_stays_on_file(services, world, pair):
    measure(world, pair[0], 12500)
    measure(world, pair[1], 13900, hour=10)
    away(world, pair[0], "personal", "旅游")
    away(world, pair[1], "sick", "手足口病")
    merge_children(services, world.desk, *pair, {GROWTH: Side.KEPT, AWAY: Side.KEPT})
    assert holding(world, pair[0]) == ([12500], ["旅游"])
    rows = world.database.rows("select weight_g from growth_measure order by id", {})
    assert [row["weight_g"] for row in rows] == [12500, 13900]


def test_the_same_twice_is_no_question(services, world, pair):
    for child in pair:
        measure(world, child, 12500)
        away(world, child, "sick", "发热")
    assert lines(services, world, pair) == {}
    done = merge_children(services, world.desk, *pair)
    assert holding(world, pair[0]) == ([12500], ["发热"])
    services.undo(world.desk, done.undo)
    assert holding(world, pair[1]) == ([12500], ["发热"])


def test_that_a_booking_went_with_such_an_absence_is_said(services, world, pair):
    hours = {"from_minute": 840, "to_minute": 960, "tariff": Tariff.HOURLY, "class_id": world.dragons}
    with world.database.unit(None, "build") as unit:  # as somebody who comes by the hour
        unit.execute("delete from enrolment where child_id = :child", {"child": pair[0]})
        unit.audit("child", pair[0])
    services.bookings.book(world.desk, Wish(child=pair[0], day=DAY, **hours))
    services.arrivals.note_absence(world.desk, pair[0], "personal", "旅游", "张母")
    soon = world.clock.now.replace(hour=13)
    arrival = CheckIn(pair[1], class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=soon)
    services.arrivals.check_in(world.desk, arrival)
    said = "12月3日（周三） 14:00–16:00 的预约已随那次请假取消，合并后不会恢复：还来的，请重新预约。"
    assert said in services.merging.compare_children(world.desk, *pair).notes
    world.clock.at(16)
    assert said not in services.merging.compare_children(world.desk, *pair).notes


@pytest.mark.parametrize("turned", [False, True])
def test_a_day_on_which_one_record_has_her_here_is_none_of_absence(services, world, pair, turned):
    here, gone = pair[::-1] if turned else pair
    act = CheckIn(here, class_id=world.dragons, tariff=Tariff.TEMP_FULL_DAY)
    stay = services.arrivals.check_in(world.desk, act).value.visit
    away(world, gone, "sick", "发热")
    notes = services.merging.compare_children(world.desk, *pair).notes
    assert any("登记了病假 发热 妈妈说，另一份那天来了" in one for one in notes)
    done = merge_children(services, world.desk, *pair)
    assert holding(world, pair[0]) == ([], [])
    services.undo(world.desk, done.undo)
    assert holding(world, gone) == ([], ["发热"])
    merge_children(services, world.desk, *pair)
    world.clock.at(15)
    mother = world.adults["张母"]
    services.pickup.check_out(world.desk, CheckOut(stay, mother, tender="cash"))
    act = CheckIn(pair[0], class_id=world.dragons, tariff=Tariff.HOURLY)
    assert services.arrivals.check_in(world.desk, act).value.visit, "she comes again"


def hour_stay(world, services, child, hours, name):
    """A guest from hour to hour; a second record of a child has no contract."""
    world.clock.at(hours[0])
    until = world.clock.now.replace(hour=hours[1])
    act = CheckIn(child, class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=until)
    stay = services.arrivals.check_in(world.desk, act).value.visit
    world.clock.at(hours[1])
    services.pickup.check_out(world.desk, CheckOut(stay, world.adults[name], tender="cash"))


def counted(world, services, name):
    """The attendance of the next day's month, and her sign of today on the register."""
    world.clock.now += dt.timedelta(days=1)
    whole = services.month.summary(world.director, f"{DAY:%Y-%m}").attendance
    table = AttendancePaper(world.database, world.clock).month(world.director, f"{DAY:%Y-%m}")
    row = next(one for one in table.rows if one[1] == name)
    world.clock.now -= dt.timedelta(days=1)
    return whole, row[1 + DAY.day]


def test_the_month_counts_her_as_here_who_came_by_her_second_record(services, world, pair):
    services.arrivals.note_absence(world.desk, pair[0], "sick", "妈妈", "发热")
    hour_stay(world, services, pair[1], (9, 12), "王桂芳")
    before, sign = counted(world, services, "张沐阳")
    assert (before.actual, before.sick, sign) == (0, 1, "○")
    done = merge_children(services, world.desk, *pair)
    after, sign = counted(world, services, "张沐阳")
    assert (after, sign) == (Attendance(before.expected, 1, 0, before.personal), "√")
    services.undo(world.desk, done.undo)
    assert counted(world, services, "张沐阳") == (before, "○")


@pytest.mark.parametrize(("hours", "sign"), [((9, 12), "○"), ((13, 16), "半")])
def test_a_half_day_child_was_away_from_her_own_half_though_a_guest_in_the_other(
    services, world, hours, sign
):
    with world.database.unit(None, "build") as unit:
        second = add_child(unit, world, "马思瑞", dt.date(2023, 7, 9))
        add_adult(unit, world, second, "马姥姥", "姥姥", "13600002222", is_guardian=True)
    pair = (world.children["马思睿"], second)  # of the afternoons, from 14:00
    services.arrivals.note_absence(world.desk, pair[0], "sick", "妈妈", "发热")
    hour_stay(world, services, second, hours, "马姥姥")
    notes = services.merging.compare_children(world.desk, *pair).notes
    assert any("这条请假作废" in one for one in notes) is (sign == "半")
    merge_children(services, world.desk, *pair)
    assert counted(world, services, "马思睿")[1] == sign
