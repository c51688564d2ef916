"""员工: joining, changing, leaving, certificates; there is always a director."""

import dataclasses
import datetime as dt

import pytest

from app.domain.phones import PhoneError
from app.domain.pins import WrongPinError
from app.domain.staff import Actor, NotPermittedError, Role
from app.services.altering import NothingChangedError
from app.services.pins import Pins, Second, SecondPersonError
from app.services.staff_settings import (
    LastDirectorError,
    StaffDraft,
    StaffSettings,
    StaffSettingsError,
)
from app.store import people
from tests.services.world import DAY, PIN, own_pin, settings_log

SOON = DAY + dt.timedelta(days=12)


@pytest.fixture
def staff(world):
    return StaffSettings(world.database, world.clock, Pins(world.database, world.clock, world.rng))


@pytest.fixture
def undo(world):
    log = settings_log(world)
    return lambda done: log.undo(world.director, done.undo.key)


def line(staff, world, name):
    return next(one for one in staff.view(world.director).lines if one.draft.name == name)


def carers(world, day=DAY):
    return [(one.name, one.class_id) for one in people.list_shifts(world.database, day)]


def test_a_new_teacher_works_the_whole_week_and_can_be_taken_back(world, staff, undo):
    done = staff.add(world.director, StaffDraft("罗小曼", Role.TEACHER, world.stars), DAY)
    assert ("罗小曼", world.stars) in carers(world)
    assert "罗小曼" in [one.name for one in people.list_staff(world.database, DAY)]
    undo(done)
    assert ("罗小曼", world.stars) not in carers(world)
    assert "罗小曼" not in [one.name for one in people.list_staff(world.database, DAY)]
    assert "罗小曼" not in [one.draft.name for one in staff.view(world.desk).lines]


def test_shifts_go_along_to_another_class_and_back(world, staff, undo):
    before = line(staff, world, "孟佳")
    done = staff.change(world.director, before.id, dataclasses.replace(before.draft, class_id=world.stars))
    assert ("孟佳", world.stars) in carers(world)
    assert ("孟佳", world.dragons) not in carers(world)
    log = settings_log(world)
    assert log.history(world.desk, "staff", before.id)[0].words == "班级 抱抱龙 → 小星星"
    undo(done)
    assert carers(world).count(("孟佳", world.dragons)) == 1


def test_everything_about_her_is_kept_and_told(world, staff):
    before = line(staff, world, "许静")
    new = dataclasses.replace(
        before.draft,
        phone="13800000000",
        certificate="保育师四级",
        certificate_until=dt.date(2028, 5, 1),
        health_until=SOON,
    )
    staff.change(world.director, before.id, new)
    after = line(staff, world, "许静")
    assert after.draft == new
    assert [chip.words for chip in after.chips] == ["健康证还有 12 天"]
    assert staff.view(world.director).warning == "证件要办：许静（健康证还有 12 天）。"
    with pytest.raises(NothingChangedError):
        staff.change(world.director, before.id, new)


def test_an_expired_certificate_is_bad_and_a_far_one_is_nothing(world, staff):
    before = line(staff, world, "许静")
    gone = dataclasses.replace(before.draft, health_until=DAY - dt.timedelta(days=1))
    staff.change(world.director, before.id, gone)
    assert line(staff, world, "许静").chips[0].words == "健康证已过期"
    later = dataclasses.replace(before.draft, health_until=DAY + dt.timedelta(days=31))
    staff.change(world.director, before.id, later)
    assert line(staff, world, "许静").chips == ()


def test_who_leaves_is_gone_the_day_after_and_can_come_back(world, staff):
    meng = line(staff, world, "孟佳")
    staff.leave(world.director, meng.id, DAY)
    after = DAY + dt.timedelta(days=1)
    assert "孟佳" in [one.name for one in people.list_staff(world.database, DAY)]
    assert "孟佳" not in [one.name for one in people.list_staff(world.database, after)]
    assert line(staff, world, "孟佳").chips[-1].words == "做到 12-03"
    staff.come_back(world.director, meng.id)
    assert "孟佳" in [one.name for one in people.list_staff(world.database, after)]
    with pytest.raises(StaffSettingsError):
        staff.leave(world.director, meng.id, dt.date(2020, 1, 1))


def test_the_last_director_neither_leaves_nor_becomes_something_else(world, staff, undo):
    zhou = line(staff, world, "周敏")
    with pytest.raises(LastDirectorError):
        staff.leave(world.director, zhou.id, DAY + dt.timedelta(days=60))
    with pytest.raises(LastDirectorError):
        staff.change(world.director, zhou.id, dataclasses.replace(zhou.draft, role=Role.TEACHER))
    fang = line(staff, world, "方芸")
    raised = staff.change(world.director, fang.id, dataclasses.replace(fang.draft, role=Role.DIRECTOR))
    staff.leave(world.director, zhou.id, DAY)
    with pytest.raises(LastDirectorError):
        undo(raised)
    assert line(staff, world, "方芸").draft.role is Role.DIRECTOR


def test_who_has_a_pin_is_made_director_by_the_directors_own_only(world, staff):
    """Her PIN would at once release a child to anybody, and the director's name is only chosen."""
    fang = line(staff, world, "方芸")
    raised = dataclasses.replace(fang.draft, role=Role.DIRECTOR)
    pin = own_pin(world)
    Pins(world.database, world.clock, world.rng).choose(
        Actor(fang.id, "方芸", fang.draft.role), "4071", director=Second(world.director.id, pin)
    )
    with pytest.raises(SecondPersonError) as refused:
        staff.change(world.director, fang.id, raised)
    assert refused.value.field == "own_pin"
    assert line(staff, world, "方芸").draft.role is fang.draft.role
    staff.change(world.director, fang.id, dataclasses.replace(fang.draft, certificate="保育师四级"))
    staff.change(world.director, fang.id, raised, pin)
    assert line(staff, world, "方芸").draft.role is Role.DIRECTOR


def test_a_director_may_take_over_on_the_very_day_after(world, staff):
    zhou = line(staff, world, "周敏")
    staff.add(world.director, StaffDraft("新园长", Role.DIRECTOR), DAY + dt.timedelta(days=11))
    with pytest.raises(LastDirectorError, match="2025-12-13 起就没有园长"):
        staff.leave(world.director, zhou.id, DAY + dt.timedelta(days=9))
    staff.leave(world.director, zhou.id, DAY + dt.timedelta(days=10))


def test_two_of_one_name_and_bad_numbers_are_refused(world, staff):
    with pytest.raises(StaffSettingsError, match="已有一位"):
        staff.add(world.director, StaffDraft("许静", Role.TEACHER), DAY)
    with pytest.raises(PhoneError):
        staff.add(world.director, StaffDraft("新人", Role.TEACHER, phone="123"), DAY)
    with pytest.raises(StaffSettingsError):
        staff.add(world.director, StaffDraft("新人", Role.TEACHER, class_id=99), DAY)


def test_only_the_director_changes_staff(world, staff):
    draft = StaffDraft("甲", Role.TEACHER)
    meng = line(staff, world, "孟佳").id
    for verb in (
        lambda: staff.add(world.desk, draft, DAY),
        lambda: staff.change(world.desk, meng, draft),
        lambda: staff.leave(world.desk, meng, DAY),
        lambda: staff.come_back(world.desk, meng),
    ):
        with pytest.raises(NotPermittedError):
            verb()


def test_numbers_and_certificates_of_others_are_for_who_keeps_them(staff, world):
    before = line(staff, world, "许静")
    draft = dataclasses.replace(
        before.draft, phone="13800001234", certificate="保育师四级", health_until=dt.date(2025, 12, 15)
    )
    staff.change(world.director, before.id, draft)
    for actor in (world.cashier, world.desk):
        view = staff.view(actor)
        seen = next(one for one in view.lines if one.id == before.id)
        assert (seen.draft.phone, seen.draft.certificate, seen.draft.health_until) == (
            "138****1234",
            "",
            None,
        )
        assert seen.chips == ()
        assert "许静" not in view.warning
    own = next(one for one in staff.view(world.teacher).lines if one.id == before.id)
    assert own.draft == draft, "her own she sees"


def test_nobody_makes_or_ends_a_director_by_her_chosen_name(world, staff):
    """Else a fake director could be made, the real one demoted, and the first PIN chosen by the former."""
    own_pin(world)
    today, fake = DAY, StaffDraft("某人", Role.DIRECTOR, phone="13912345678")
    demoted = StaffDraft("周敏", Role.CASHIER)
    log = settings_log(world)
    for tried in (
        lambda pin: staff.add(world.director, fake, today, pin),
        lambda pin: staff.change(world.director, world.director.id, demoted, pin),
        lambda pin: staff.leave(world.director, world.director.id, today, pin),
    ):
        with pytest.raises(SecondPersonError):
            tried("")
        with pytest.raises(WrongPinError):
            tried("0000")
    made = staff.add(world.director, fake, today, PIN)
    with pytest.raises(SecondPersonError):
        log.undo(world.director, made.undo.key)
    gone = staff.change(world.director, world.director.id, demoted, PIN)
    with pytest.raises(SecondPersonError):
        log.undo(world.director, gone.undo.key)
    log.undo(world.director, gone.undo.key, PIN)
    left = staff.leave(world.director, world.director.id, today, PIN)
    with pytest.raises(SecondPersonError):
        staff.come_back(world.director, world.director.id)
    log.undo(world.director, left.undo.key, PIN)
