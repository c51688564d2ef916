"""招生 over booked hours: the hour that breaks is named, and only the director goes over it."""

import datetime as dt

import pytest

from app.domain.life import Ending, Owner, StepKind
from app.domain.modes import CareMode, HalfDay, Tariff
from app.services.admissions import StepWish
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.carer_hours import NoCarerError, days_to_judge
from app.services.pins import SecondPersonError
from tests.services.world import DAY, add_adult, add_child, own_pin

FRIDAY, FAR = DAY + dt.timedelta(days=2), DAY + dt.timedelta(days=16)  # 12月5日, 12月19日
BROKEN = "12月5日（周五） 小星星 9:00–10:00 4 人、1 名老师，缺 1 名老师。"


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def infant(world, name):
    with world.database.unit(None, "infant") as unit:
        child = add_child(unit, world, name, dt.date(2025, 2, 3))
        add_adult(unit, world, child, f"{name}妈", "妈妈", "13900001177", is_guardian=True)
        unit.audit("child", child)
    return child


def book(world, services, count, day=FRIDAY):
    for at in range(count):
        wish = Wish(day, 540, 660, Tariff.HOURLY, infant(world, f"小客{at}"), class_id=world.stars)
        services.bookings.book(world.desk, wish)


def enrol(world, services, child, actor=None, reason="", pin="", **more):
    wish = StepWish(StepKind.ENROL, DAY, world.stars, reason=reason, **more)
    return services.admissions.take_step(actor or world.desk, Owner(child=child), wish, pin)


def test_an_entry_over_booked_hours_names_the_hour_and_only_the_director_goes_over_it(world, services):
    book(world, services, 2)  # with 曾雨桐, of the mornings, the carer has her three
    child = infant(world, "新生")
    with pytest.raises(NoCarerError) as refused:
        enrol(world, services, child, reason="家长急")
    words = f"新生来后，{BROKEN}请加排老师，或换班级、换日子；确实要办，须园长登录并写明理由。"
    assert (refused.value.sentence, refused.value.field) == (words, "reason")
    with pytest.raises(NoCarerError, match=r"请写明理由。$"):
        enrol(world, services, child, world.director)
    with pytest.raises(SecondPersonError):
        enrol(world, services, child, world.director, "当天我顶班")
    enrol(world, services, child, world.director, "当天我顶班", own_pin(world))
    kept = world.database.row("select detail from audit where subject = 'override' order by id desc limit 1")
    assert kept["detail"] == f"新生来后，{BROKEN}理由：当天我顶班"


def test_the_same_entry_passes_where_carers_hold_or_she_comes_at_other_hours(world, services):
    book(world, services, 2)
    afternoon = infant(world, "午后")
    half = {"mode": CareMode.HALF_DAY, "half": HalfDay.AFTERNOON}
    assert enrol(world, services, afternoon, **half).also == ""
    book_far = infant(world, "全天")
    with pytest.raises(NoCarerError):
        enrol(world, services, book_far)
    assert enrol(world, services, book_far, weekdays="1234").also == ""


def test_a_booking_weeks_ahead_is_looked_at_too(world, services):
    book(world, services, 2, FAR)
    assert FAR in days_to_judge(world.database, {world.stars}, DAY)
    with pytest.raises(NoCarerError, match="新生来后，12月19日（周五） 小星星 9:00"):
        enrol(world, services, infant(world, "新生"))
    trial = StepWish(StepKind.TRY, DAY, world.stars, ends_on=FAR - dt.timedelta(days=1))
    services.admissions.take_step(world.desk, Owner(child=infant(world, "试托")), trial)


@pytest.mark.parametrize(
    "step",
    [
        StepWish(StepKind.LEAVE, DAY, ending=Ending.WITHDRAWN),
        StepWish(StepKind.SUSPEND, FRIDAY, reason="去外地"),
        StepWish(StepKind.MOVE, FRIDAY, class_id=1, reason="暂时"),
    ],
)
def test_a_step_taken_back_names_the_hours_that_break_with_her(world, services, step):
    done = services.admissions.take_step(world.director, Owner(child=world.children["曾雨桐"]), step)
    book(world, services, 3)
    assert services.undo(world.director, done.undo).also == f"曾雨桐回来后，{BROKEN}"


def test_a_move_taken_back_names_the_hours_of_the_class_she_comes_back_to(world, services):
    child = world.children["曾雨桐"]
    done = services.class_moves.move(world.desk, [child], world.dragons, FRIDAY, "暂时")
    book(world, services, 3)
    assert services.undo(world.desk, done.undo).also == f"曾雨桐回来后，{BROKEN}"


def test_an_entry_taken_back_says_nothing_of_carers(world, services):
    child = infant(world, "新生")
    done = enrol(world, services, child)
    assert services.undo(world.desk, done.undo).also == ""
