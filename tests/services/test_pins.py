import datetime as dt

import pytest

from app.domain.ids import StaffId
from app.domain.pins import LockedPinError, NoPinError, WeakPinError, WrongPinError
from app.domain.staff import Actor, NotPermittedError, Permission, Role
from app.services.pins import Pins, Second, SecondPersonError, find_gap, keep_pin
from app.store import people
from tests.services.world import DAY


@pytest.fixture
def pins(world):
    made = Pins(world.database, world.clock, world.rng)
    made.choose(world.teacher, "7043")  # before there is a director's PIN: later it takes hers
    made.choose(world.director, "5927")
    return made


def test_a_pin_is_kept_as_a_salted_hash_and_is_known_again(world, pins):
    assert pins.verify(world.director.id, " 5927") == world.director
    rows = world.database.rows("select salt, hash from staff_pin")
    assert len({row["salt"] for row in rows}) == 2
    assert all("5927" not in row["hash"] for row in rows)
    audited = world.database.rows("select detail from audit where subject = 'staff' order by id")
    assert [row["detail"] for row in audited] == ["许静 设口令", "周敏 设口令"]


def test_five_wrong_tries_lock_it_even_for_the_right_one_until_minutes_have_passed(world, pins):
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPinError, match=f"再错 {left} 次"):
            pins.verify(world.director.id, "5928")
    with pytest.raises(WrongPinError, match="已锁 5 分钟"):
        pins.verify(world.director.id, "x")
    with pytest.raises(LockedPinError, match="09:17"):
        pins.verify(world.director.id, "5927")
    assert pins.verify(world.teacher.id, "7043") == world.teacher
    world.clock.now += dt.timedelta(minutes=5)
    assert pins.verify(world.director.id, "5927") == world.director
    with pytest.raises(WrongPinError, match="再错 4 次"):  # the count begins anew
        pins.verify(world.director.id, "0")


def test_who_sets_the_clock_back_waits_all_the_same(world, pins):
    for _ in range(5):
        with pytest.raises(WrongPinError):
            pins.verify(world.director.id, "5928")
    world.clock.now -= dt.timedelta(hours=2)
    for _ in range(2):
        with pytest.raises(LockedPinError, match="07:17"):
            pins.verify(world.director.id, "5927")
        world.clock.now += dt.timedelta(minutes=2)
    world.clock.now += dt.timedelta(minutes=1)
    assert pins.verify(world.director.id, "5927") == world.director


def test_one_changes_ones_own_by_the_old_one(world, pins):
    with pytest.raises(WrongPinError):
        pins.choose(world.director, "8350", "5928")
    with pytest.raises(WeakPinError):
        pins.choose(world.director, "1111", "5927")
    pins.choose(world.director, "8350", "5927")
    assert pins.verify(world.director.id, "8350")
    with pytest.raises(WrongPinError):
        pins.verify(world.director.id, "5927")
    assert world.database.row("select count(*) as n from staff_pin")["n"] == 3


def test_the_director_takes_a_forgotten_one_back_and_a_new_one_is_chosen(world, pins):
    with pytest.raises(NotPermittedError):
        pins.reset(world.teacher, "7043", world.director.id)
    with pytest.raises(WrongPinError):
        pins.reset(world.director, "7043", world.teacher.id)
    pins.reset(world.director, "5927", world.teacher.id)
    with pytest.raises(NoPinError, match="还没有口令"):
        pins.verify(world.teacher.id, "7043")
    with pytest.raises(NoPinError):
        pins.reset(world.director, "5927", world.teacher.id)
    pins.choose(world.teacher, "6194", director=Second(world.director.id, "5927"))
    assert pins.verify(world.teacher.id, "6194")


def test_the_second_person_is_another_and_one_of_the_two_may(world, pins):
    right = Permission.RELEASE_EXCEPTION
    assert pins.confirm(world.desk, Second(world.director.id, "5927"), right) == world.director
    assert pins.confirm(world.director, Second(world.teacher.id, "7043"), right) == world.teacher
    for second in (None, Second(world.desk.id, "1"), Second(world.teacher.id, "7043")):
        with pytest.raises(SecondPersonError):
            pins.confirm(world.desk, second, right)
    with pytest.raises(SecondPersonError, match="不经手接送"):
        pins.confirm(world.director, Second(world.cashier.id, "1"), right)
    with pytest.raises(NoPinError):
        pins.confirm(world.director, Second(world.desk.id, "3816"), right)
    with pytest.raises(NoPinError):
        pins.verify(StaffId(99), "5927")


def test_the_holders_are_all_staff_with_whether_they_can_confirm(world, pins):
    held = {one.actor.name: one.has_pin for one in pins.holders(world.desk)}
    assert held["周敏"]
    assert held["许静"]
    assert not held["林晓"]


def choose_at_another_screen(world, staff, pin):
    """As older releases allowed; their files hold such PINs."""
    with world.database.unit(world.desk.id, "choose_pin") as unit:
        keep_pin(unit, world.rng, staff, pin, by=world.desk.id)
        unit.audit("staff", staff)


def test_a_pin_chosen_at_a_colleagues_screen_confirms_nothing(world, pins):
    """One clerk would be both persons: she chooses a colleague's first PIN and types it."""
    colleague = Actor(StaffId(6), "孟佳", Role.TEACHER, world.dragons, "抱抱龙")
    choose_at_another_screen(world, colleague.id, "6194")
    second = Second(colleague.id, "6194")
    with pytest.raises(SecondPersonError, match="须本人登录"):
        pins.confirm(world.desk, second, Permission.CHECK_OUT)
    with pytest.raises(SecondPersonError, match="须本人登录"):
        pins.prove(second)
    held = {one.actor.id: one for one in pins.holders(world.desk)}
    assert (held[colleague.id].has_pin, held[colleague.id].can_confirm) == (True, False)
    pins.choose(colleague, "6195", "6194", Second(world.director.id, "5927"))
    second = Second(colleague.id, "6195")
    assert pins.confirm(world.desk, second, Permission.CHECK_OUT) == colleague


def test_who_still_needs_a_pin_is_told_until_the_director_and_one_more_have_their_own(world):
    made = Pins(world.database, world.clock, world.rng)

    def gap():
        return find_gap(world.database, DAY)

    assert gap().startswith("园长和另一位经手接送的同事还没有自己的口令")
    choose_at_another_screen(world, world.teacher.id, "7043")
    assert gap().startswith("园长和另一位")
    made.choose(world.director, "5927")
    assert gap().startswith("另一位经手接送的同事还没有")
    made.choose(world.desk, "3816", director=Second(world.director.id, "5927"))
    assert gap() == ""
    made.reset(world.director, "5927", world.desk.id)
    assert gap() != ""


def test_once_the_director_has_a_pin_nobody_else_s_first_is_chosen_without_it(world, pins):
    """The sign-in asks for none: who knows a colleague's first PIN, or that she has none, would be her."""
    colleague = Actor(StaffId(6), "孟佳", Role.TEACHER, world.dragons, "抱抱龙")
    head = Second(world.director.id, "5927")
    for actor, new, old in ((world.desk, "3816", ""), (colleague, "7391", "6194")):
        if old:
            with world.database.unit(world.desk.id, "choose_pin") as unit:
                keep_pin(unit, world.rng, colleague.id, old, by=world.desk.id)
                unit.audit("staff", colleague.id)
        for by in (None, Second(world.teacher.id, "7043"), Second(actor.id, old)):
            with pytest.raises(SecondPersonError, match="园长") as raised:
                pins.choose(actor, new, old, by)
            assert raised.value.field == "director"
        with pytest.raises(WrongPinError):
            pins.choose(actor, new, old, Second(world.director.id, "0000"))
        pins.choose(actor, new, old, head)
        pins.choose(actor, "8350", new)  # her own she changes by herself
    assert {one.actor.id for one in pins.holders(world.desk) if one.has_pin and not one.elsewhere} >= {
        world.desk.id,
        colleague.id,
    }


def test_a_second_director_needs_the_first_one_too(world, pins):
    with world.database.unit(None, "hire") as unit:
        key = people.add_staff(unit, "钱进", Role.DIRECTOR, None, DAY)
        unit.audit("staff", key)
    other = Actor(key, "钱进", Role.DIRECTOR)
    with pytest.raises(SecondPersonError, match="园长"):
        pins.choose(other, "8264")
    pins.choose(other, "8264", director=Second(world.director.id, "5927"))
    pins.choose(world.director, "8350", "5927")
