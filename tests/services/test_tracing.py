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
from app.services.collecting import CheckOut
from app.services.tracing import find_untraced
from app.store import bookings, settings
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


@pytest.fixture
def guest(world, services):
    """Booked from nine to eleven, and from three to five."""
    with world.database.unit(None, "guest") as unit:
        key = add_child(unit, world, "糖糖", dt.date(2025, 2, 3))
        add_adult(unit, world, key, "糖母", "妈妈", "13900001177", is_guardian=True)
    world.clock.at(8)
    for hours in ((540, 660), (900, 1020)):
        services.bookings.book(world.desk, Wish(DAY, *hours, Tariff.HOURLY, key))
    world.clock.at(9, 40)
    return key


def test_who_never_came_is_asked_after_though_her_first_hours_are_over(world, services, guest):
    still = "09:00–11:00 没来，约的 15:00–17:00 还在，不来请取消预约"
    trace(world, services, "unreached", "糖糖")
    for at in ((11, 0), (11, 1), (14, 59)):
        world.clock.at(*at)
        assert asked(world)["糖糖"] == f"09:00 没来，09:40 没接通；{still}"
        board = services.desk.board(world.desk)
        assert services.desk.count_untraced(world.desk, board) == len(asked(world))
        row = next(one for one in board.expected if one.child == guest)
        assert (row.expected_minute, row.chip.words) == (900, "09:00 没来")
        assert services.desk.card(world.desk, guest).day_words.startswith(still)
    world.clock.at(15, 30)
    assert asked(world)["糖糖"] == f"未到 30 分，09:40 没接通；{still}"


@pytest.mark.parametrize("result", ["sick", "personal", "other"])
def test_an_answer_is_one_of_her_missed_hours_too(world, services, guest, result):
    world.clock.at(11, 1)
    assert "糖糖" in asked(world)
    trace(world, services, result, "糖糖", **({"handling": "去外地"} if result == "other" else {}))
    assert "糖糖" not in asked(world)


def test_who_said_in_the_missed_hours_that_she_comes_is_asked_after_and_who_says_it_later_is_awaited(
    world, services, guest
):
    trace(world, services, "coming", "糖糖")
    world.clock.at(10, 0)
    assert "糖糖" not in asked(world)
    world.clock.at(11, 5)
    assert "09:40 说会来，还没有到" in asked(world)["糖糖"]
    trace(world, services, "coming", "糖糖")
    world.clock.at(14, 30)
    assert "糖糖" not in asked(world)
    world.clock.at(15, 10)
    assert "11:05 说会来，还没有到" in asked(world)["糖糖"]


def test_missed_hours_that_were_said_to_be_missed_or_ended_are_asked_after_no_more(world, services, guest):
    world.clock.at(11, 10)
    held = bookings.list_on(world.database, guest, DAY)
    done = services.bookings.note_no_show(world.desk, held[0].id)
    assert "糖糖" not in asked(world)
    services.undo(world.desk, done.undo)
    assert "糖糖" in asked(world)
    visit = services.arrivals.check_in(world.desk, CheckIn(guest)).value.visit
    assert "糖糖" not in asked(world)
    world.clock.at(12)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["糖母"], tender="cash"))
    assert "糖糖" not in asked(world), "she was seen"


def test_a_half_day_child_who_never_came_is_asked_after_though_she_has_booked_the_afternoon(world, services):
    world.clock.at(8)
    child = world.children["曾雨桐"]  # of the mornings, until 11:30
    services.bookings.book(world.desk, Wish(DAY, 840, 960, Tariff.HOURLY, child))
    for at in ((11, 31), (13, 0)):
        world.clock.at(*at)
        assert asked(world)["曾雨桐"].endswith(
            "没有请假；08:20–11:30 没来，约的 14:00–16:00 还在，不来请取消预约"
        )
    world.clock.at(14)
    services.arrivals.check_in(world.desk, CheckIn(child))
    assert "曾雨桐" not in asked(world)


def test_who_was_fetched_and_comes_no_more_is_named_with_what_she_has_booked(world, services, guest):
    visit = services.arrivals.check_in(world.desk, CheckIn(guest)).value.visit
    world.clock.at(11)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["糖母"], tender="cash"))
    world.clock.at(14)
    words = "09:40–11:00 来过，约的 15:00–17:00 还在，不来请取消预约"
    assert services.desk.card(world.desk, guest).day_words.startswith(words)
    assert "糖糖" not in asked(world)
    world.clock.at(15, 20)
    assert asked(world)["糖糖"] == f"未到 20 分，没有请假；{words}"


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
