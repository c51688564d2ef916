"""Setting a centre up, on an empty file."""

import contextlib
import dataclasses
import itertools
import random
import sqlite3

import pytest

from app.domain.classes import ClassKind
from app.domain.money import Money
from app.domain.names import BadNameError, BadTextError
from app.domain.pins import WeakPinError, WrongPinError
from app.domain.staff import Role
from app.services.people import People
from app.services.pins import Pins
from app.services.setup import AlreadySetUpError, ClassPlan, PricePlan, Setup, SetupError, StaffPlan
from app.store import centre, people, prices, settings
from app.store.database import Database
from app.store.errors import DiskFullError
from app.store.stamps import day_of


@pytest.fixture
def empty(tmp_path, clock):
    with contextlib.closing(Database.open(tmp_path / "new.sqlite3", create=True, clock=clock)) as database:
        yield database


@pytest.fixture
def setup(empty, clock):
    return Setup(empty, clock, random.Random(1))


def test_a_new_file_has_no_centre(setup):
    assert setup.state() is None
    with pytest.raises(SetupError):
        setup.centre()


def test_the_defaults_make_a_centre_that_can_open_today(setup, empty, clock):
    plan = setup.defaults()
    done = setup.create(plan)
    assert done.changes.topics
    info = setup.centre()
    assert (info.name, info.practice, info.licensed_seats) == ("我的托育中心", False, 35)
    today = day_of(clock())
    assert [group.kind for group in centre.list_classes(empty, today)] == [
        ClassKind.TODDLER,
        ClassKind.OLDER_TODDLER,
    ]
    roles = [actor.role for actor in People(empty, clock).staff()]
    assert roles.count(Role.DIRECTOR) == 1
    assert roles.count(Role.TEACHER) == 6
    assert len(people.list_shifts(empty, today)) == 6
    kept = settings.current(empty, today)
    assert (kept.opening, kept.closing) == (450, 1080)
    assert len(prices.list_prices(empty, today)) == len(plan.prices)


def test_the_key_is_drawn_for_each_centre(setup, empty, clock, tmp_path):
    setup.create(setup.defaults())
    first = centre.find_centre(empty)
    assert first is not None
    assert len(first.seal_key) == 32
    path = tmp_path / "other.sqlite3"
    with contextlib.closing(Database.open(path, create=True, clock=clock)) as other:
        Setup(other, clock, random.Random(2)).create(setup.defaults())
        second = centre.find_centre(other)
    assert second is not None
    assert second.seal_key != first.seal_key


def test_a_file_holds_one_centre(setup):
    setup.create(setup.defaults())
    with pytest.raises(AlreadySetUpError):
        setup.create(setup.defaults())


def test_names_are_kept_clean(setup):
    plan = setup.defaults()
    setup.create(dataclasses.replace(plan, name="  向阳　托育中心 ", address=" 向阳路 1 号 "))
    info = setup.centre()
    assert (info.name, info.address) == ("向阳 托育中心", "向阳路 1 号")


def changed(plan, **parts):
    return dataclasses.replace(plan, **parts)


CROWDED = ClassPlan("小海豚", ClassKind.TODDLER, 16, "#3D8EB0")
FINE = ClassPlan("小海豚", ClassKind.TODDLER, 15, "#3D8EB0")
BOSS = StaffPlan("园长", Role.DIRECTOR)


def test_what_is_paid_at_the_door_has_a_price(setup):
    plan = setup.defaults()
    for code in ("temp_full_day", "temp_half_day", "hourly"):
        fewer = tuple(price for price in plan.prices if price.code != code)
        with pytest.raises(SetupError, match="不收费就填 0"):
            setup.create(changed(plan, prices=fewer))
    gift = tuple(dataclasses.replace(price, price=Money(0)) for price in plan.prices)
    setup.create(changed(plan, prices=gift))


@pytest.mark.parametrize(
    "parts",
    [{"address": "长" * 10_000}, {"phone": "1" * 10_000}, {"address": "一\x00"}, {"phone": "\u202e1"}],
)
def test_address_and_phone_can_be_kept_and_printed(setup, parts):
    with pytest.raises(BadTextError):
        setup.create(changed(setup.defaults(), **parts))
    assert setup.state() is None


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"licensed_seats": 0}, "licensed_seats"),
        ({"licensed_seats": 2001}, "licensed_seats"),
        ({"classes": ()}, "classes"),
        ({"classes": (CROWDED,)}, "classes"),
        ({"classes": (FINE, FINE)}, "classes"),
        ({"classes": (dataclasses.replace(FINE, name="很" * 21),)}, "classes"),
        ({"staff": (StaffPlan("前台", Role.FRONT_DESK),)}, "staff"),
        ({"staff": (BOSS, StaffPlan("老师", Role.TEACHER, "没有这个班"))}, "staff"),
        ({"opening": "7:30"}, "opening"),
        ({"closing": "25:00"}, "closing"),
        ({"opening": "18:00", "closing": "07:30"}, "closing"),
        ({"prices": (PricePlan("lunch", "午餐", "other", "份", Money(-1)),)}, "prices"),
        ({"prices": (PricePlan("lunch", "午餐", "other", "份", Money(1)),) * 2}, "prices"),
        ({"prices": (PricePlan("lunch", "午餐", "other", "份", Money(10**22)),)}, "prices"),
        ({"prices": (PricePlan("lunch", "午餐", "free", "份", Money(1)),)}, "prices"),
        ({"prices": (PricePlan("", "午餐", "other", "份", Money(1)),)}, "prices"),
        ({"prices": (PricePlan("lunch", " ", "other", "份", Money(1)),)}, "prices"),
        ({"classes": (dataclasses.replace(FINE, colour="red;drop"),)}, "classes"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_the_field_and_nothing_is_kept(setup, empty, parts, field):
    with pytest.raises(SetupError) as caught:
        setup.create(changed(setup.defaults(), **parts))
    assert caught.value.field == field
    assert setup.state() is None
    assert empty.row("select count(*) as n from class_group")["n"] == 0


@pytest.mark.parametrize(
    "parts", [{"name": " "}, {"name": "字" * 10_000}, {"staff": (StaffPlan("", Role.DIRECTOR),)}]
)
def test_names_that_cannot_be_printed_are_refused(setup, parts):
    with pytest.raises(BadNameError):
        setup.create(changed(setup.defaults(), **parts))
    assert setup.state() is None


def with_pin(plan, pin):
    return changed(
        plan,
        staff=tuple(
            dataclasses.replace(one, pin=pin) if one.role is Role.DIRECTOR else one for one in plan.staff
        ),
    )


def test_the_directors_pin_is_hers_from_the_first_day(setup, empty, clock):
    setup.create(with_pin(setup.defaults(), "4826"))
    verbs = Pins(empty, clock, random.Random(2))
    director = next(one for one in People(empty, clock).staff() if one.role is Role.DIRECTOR)
    assert verbs.verify(director.id, "4826") == director
    with pytest.raises(WrongPinError):
        verbs.verify(director.id, "4827")
    with pytest.raises(WrongPinError):  # who only chose her name cannot choose her a PIN
        verbs.choose(director, "5927")
    assert [one.has_pin for one in verbs.holders(director)].count(True) == 1
    detail = empty.row("select detail from audit where subject = 'staff'")["detail"]
    assert detail == "园长 建园时设口令"
    assert "4826" not in "".join(str(tuple(row)) for row in empty.rows("select * from staff_pin"))


@pytest.mark.parametrize("pin", ["1234", "0000", "48a6", "482", "4826571"])
def test_a_weak_pin_makes_no_centre(setup, empty, pin):
    with pytest.raises(WeakPinError) as caught:
        setup.create(with_pin(setup.defaults(), pin))
    assert caught.value.field == "pin"
    assert setup.state() is None


def test_the_practice_centre_says_that_it_is_one(database, clock):
    info = Setup(database, clock, random.Random(1)).centre()
    assert (info.name, info.practice, info.licensed_seats) == ("向阳托育中心", True, 83)


def test_a_full_disk_at_any_statement_leaves_no_half_centre(setup, empty):
    def full_at(step):
        left = itertools.count(1)

        def trace(_sql):
            if next(left) == step:
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error

        return trace

    plan = with_pin(setup.defaults(), "4826")
    for step in itertools.count(1):
        empty.tracer = full_at(step)
        try:
            setup.create(plan)
            break
        except DiskFullError:
            assert setup.state() is None
            counts = [
                empty.row(f"select count(*) from {t}")[0]
                for t in ("class_group", "staff", "staff_pin", "price", "audit")
            ]
            assert counts == [0, 0, 0, 0, 0], step
    assert step > 40
    assert setup.state() is not None
