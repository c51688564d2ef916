"""待追访: who is expected and of whom nobody knows, from the hour of asking on, until somebody answers."""

import datetime as dt

import pytest

from app.domain.modes import Tariff
from app.domain.staff import Actor
from app.services.absences import AbsenceNote, Trace
from app.services.arrivals import CheckIn
from app.services.board import BoardMaker
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.tracing import find_untraced
from app.store import settings
from app.store.stamps import day_of, minute_of
from tests.services.world import DAY, add_adult, add_child

HALF_PAST_NINE = 9 * 60 + 30


@pytest.fixture
def services(world):
    world.clock.at(9, 40)
    return build(world.database, world.clock, world.rng)


def asked(world):
    now = world.clock.now
    rows = BoardMaker(world.database, world.clock).day().rows.values()
    kept = settings.current(world.database, day_of(now))
    assert kept.trace_at == HALF_PAST_NINE
    found = find_untraced(world.database, rows, day_of(now), minute_of(now), kept)
    return {one.row.name: one.words for one in found}


def trace(world, services, result, name="张沐阳", actor: Actor | None = None, **more):
    told = {"illness": "咳嗽"} if result == "sick" else {}
    adult = None if result == "unreached" else world.adults[f"{name[0]}母"]
    act = Trace(world.children[name], adult, result=result, **{**told, **more})
    return services.absences.trace(actor or world.desk, act)


def test_it_is_time_to_ask_on_the_minute_and_not_before(world, services):
    world.clock.at(9, 29)
    assert asked(world) == {}
    world.clock.at(9, 30)
    assert set(asked(world)) == {"张沐阳", "周乐瑶", "曾雨桐"}


def test_who_is_here_or_is_not_due_yet_is_not_asked_after(world, services):
    services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    assert set(asked(world)) == {"周乐瑶", "曾雨桐"}
    world.clock.at(14, 40)
    assert "马思睿" in asked(world), "her half day began at two"


def test_who_is_said_to_come_and_does_not_is_asked_after_again(world, services):
    trace(world, services, "coming")
    world.clock.at(10, 9)
    assert "张沐阳" not in asked(world)
    world.clock.at(10, 10)
    assert asked(world)["张沐阳"].endswith("，09:40 说会来，还没有到")
    trace(world, services, "coming")
    assert "张沐阳" not in asked(world)
    services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    world.clock.at(12, 0)
    assert "张沐阳" not in asked(world)


@pytest.mark.parametrize("result", ["sick", "personal", "other", "coming"])
def test_an_answer_of_today_is_enough(world, services, result):
    trace(world, services, result, **({"handling": "去外地"} if result == "other" else {}))
    assert "张沐阳" not in asked(world)


@pytest.mark.parametrize("result", ["sick", "personal", "other"])
def test_who_was_said_to_stay_away_and_is_expected_all_the_same_is_asked_after_again(world, services, result):
    """The mother rings again, the absence is taken back at the desk, and the child does not come."""
    trace(world, services, result, **({"handling": "去外地"} if result == "other" else {}))
    world.clock.at(9, 50)
    services.arrivals.undo_absence(world.desk, world.children["张沐阳"])
    world.clock.at(12, 0)
    said = {"sick": "病", "personal": "事", "other": "其他"}[result]
    assert asked(world)["张沐阳"].endswith(f"，09:40 说不来（{said}），后来又改成来，还没有到")
    board = services.desk.board(world.desk)
    assert services.desk.count_untraced(world.desk, board) == len(asked(world))
    trace(world, services, "coming")
    assert "张沐阳" not in asked(world)
    world.clock.at(12, 30)
    assert "张沐阳" in asked(world)


def test_who_was_said_not_to_come_and_is_booked_for_the_afternoon_is_asked_after_when_late(world, services):
    with world.database.unit(None, "guest") as unit:
        guest = add_child(unit, world, "糖糖", dt.date(2025, 2, 3))
        add_adult(unit, world, guest, "糖母", "妈妈", "13900001177", is_guardian=True)
    world.clock.at(8)
    services.bookings.book(world.desk, Wish(DAY, 540, 660, Tariff.HOURLY, guest))
    world.clock.at(9, 40)
    assert "糖糖" in asked(world)
    trace(world, services, "personal", "糖糖")
    assert "糖糖" not in asked(world)
    services.bookings.book(world.desk, Wish(DAY, 840, 960, Tariff.HOURLY, guest))
    world.clock.at(13, 50)
    assert "糖糖" not in asked(world)
    world.clock.at(15, 0)
    assert "后来又改成来" in asked(world)["糖糖"]


def test_who_did_not_answer_stays_with_the_minute_of_the_call_and_yesterdays_answer_is_none_of_today(
    world, services
):
    trace(world, services, "unreached")
    world.clock.at(9, 55)
    assert asked(world)["张沐阳"].endswith("，09:40 没接通")
    trace(world, services, "coming", "周乐瑶")
    assert "周乐瑶" not in asked(world)
    world.clock.now += dt.timedelta(days=1)
    assert asked(world)["周乐瑶"].endswith("没有请假")
    assert asked(world)["张沐阳"].endswith("没有请假")


def test_a_day_that_was_agreed_on_asks_again_on_that_day_and_not_before(world, services):
    friday, monday = DAY + dt.timedelta(days=2), DAY + dt.timedelta(days=5)
    trace(world, services, "personal", returns_on=monday, again_on=friday)
    world.clock.now += dt.timedelta(days=1)
    assert "张沐阳" not in asked(world)
    world.clock.now += dt.timedelta(days=1)
    assert asked(world)["张沐阳"] == "约好今天再问（林晓）"


def test_a_sick_note_without_an_illness_is_asked_about_until_it_is_named(world, services):
    note = AbsenceNote(world.children["张沐阳"], "sick", DAY, DAY, disease="咳嗽", told_by="妈妈")
    services.absences.note(world.desk, note)
    assert "张沐阳" not in asked(world)
    services.arrivals.note_absence(world.desk, world.children["周乐瑶"], "sick", "", "")
    assert asked(world)["周乐瑶"] == "病假，还没有写病名"
    trace(world, services, "sick", "周乐瑶")
    assert "周乐瑶" not in asked(world)
