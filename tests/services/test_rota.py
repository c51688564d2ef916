"""排班: the week against the ratio, single days, overlaps."""

import datetime as dt

import pytest

from app.domain.staff import NotPermittedError
from app.services.rota import NewShift, OverlappingShiftError, Rota, RotaError, clock_words
from app.store import people
from tests.services.world import DAY, settings_log

MONDAY = DAY - dt.timedelta(days=2)


@pytest.fixture
def rota(world):
    return Rota(world.database, world.clock)


def who(world, name):
    return next(one.id for one in people.list_staff(world.database, DAY) if one.name == name)


def carers(world, day):
    return {(one.name, one.from_minute, one.to_minute) for one in people.list_shifts(world.database, day)}


def test_the_week_shows_carers_and_what_the_ratio_needs(world, rota):
    view = rota.week(world.desk, DAY)
    assert view.monday == MONDAY
    dragons = next(one for one in view.classes if one.name == "抱抱龙")
    cells = {cell.hour: cell for cell in dragons.days[2].hours}
    assert (cells[9].carers, cells[9].needed, cells[9].children) == (2, 1, 2)
    assert (cells[15].needed, cells[15].children) == (1, 3)
    assert [one.open for one in dragons.days] == [True] * 5 + [False] * 2
    assert dragons.days[5].hours[3].carers == 0
    assert dragons.short_words == ""


def test_a_class_without_carers_says_when(world, rota):
    for shift in rota.week(world.desk, DAY).shifts:
        if shift.class_id == world.stars:
            rota.end(world.director, shift.id)
    stars = next(one for one in rota.week(world.desk, DAY).classes if one.name == "小星星")
    assert stars.short_words == "周一 8 点缺 1 人"


def test_overlapping_shifts_are_refused_naming_the_other(world, rota):
    xu = who(world, "许静")
    with pytest.raises(OverlappingShiftError) as refused:
        rota.add(world.director, NewShift(xu, world.stars, 3, 600, 720))
    assert refused.value.sentence == (
        "许静 每周三 07:30–18:00 已经在抱抱龙，和 10:00–12:00 重叠。请先改或删掉那一班。"
    )
    assert len([one for one in rota.week(world.desk, DAY).shifts if one.staff == xu]) == 5


def test_touching_shifts_do_not_overlap(world, rota):
    rota.add(world.director, NewShift(who(world, "许静"), world.stars, 3, 1080, 1140))


def test_one_day_replaces_the_week_and_can_be_taken_back(world, rota):
    meng = who(world, "孟佳")
    done = rota.add(world.director, NewShift(meng, world.stars, DAY, 480, 720))
    assert ("孟佳", 480, 720) in carers(world, DAY)
    assert ("孟佳", 450, 1080) not in carers(world, DAY)
    settings_log(world).undo(world.director, done.undo.key)
    assert ("孟佳", 450, 1080) in carers(world, DAY)


def test_a_day_off_takes_a_carer_out_of_the_count(world, rota):
    rota.day_off(world.director, who(world, "孟佳"), DAY)
    dragons = next(one for one in rota.week(world.desk, DAY).classes if one.name == "抱抱龙")
    assert {cell.carers for cell in dragons.days[2].hours} == {1}
    off = next(one for one in rota.week(world.desk, DAY).shifts if one.off)
    assert off.words == "孟佳 2025-12-03 休"
    with pytest.raises(OverlappingShiftError, match="请先删掉"):
        rota.day_off(world.director, who(world, "孟佳"), DAY)


def test_last_week_is_copied_once(world, rota):
    rota.add(world.director, NewShift(who(world, "孟佳"), world.stars, DAY, 480, 720))
    next_monday = MONDAY + dt.timedelta(days=7)
    assert rota.copy_week(world.director, next_monday).value == 1
    assert ("孟佳", 480, 720) in carers(world, DAY + dt.timedelta(days=7))
    with pytest.raises(RotaError, match="没有单日"):
        rota.copy_week(world.director, next_monday)


def test_only_carers_open_classes_and_real_hours(world, rota):
    xu, lin = who(world, "许静"), who(world, "林晓")
    for shift in (
        NewShift(lin, world.dragons, 6, 480, 720),
        NewShift(xu, 99, 6, 480, 720),
        NewShift(xu, world.dragons, 8, 480, 720),
        NewShift(xu, world.dragons, 6, 720, 720),
    ):
        with pytest.raises(RotaError):
            rota.add(world.director, shift)
    with pytest.raises(RotaError, match="已经删掉"):
        rota.end(world.director, 9999)


def test_only_the_director_makes_the_rota(world, rota):
    xu = who(world, "许静")
    for verb in (
        lambda: rota.add(world.teacher, NewShift(xu, world.stars, 6, 600, 720)),
        lambda: rota.day_off(world.teacher, xu, DAY),
        lambda: rota.end(world.teacher, 1),
        lambda: rota.copy_week(world.teacher, MONDAY),
    ):
        with pytest.raises(NotPermittedError):
            verb()


def test_minutes_are_said_by_the_clock():
    assert clock_words(450) == "07:30"
