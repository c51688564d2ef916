"""A child was here twice in the same hours by two records: one of the two stays is taken back."""

import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.modes import Tariff
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn, VisitInUseError
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.surplus import NotSurplusError
from app.store import logbook, receipts, releases, visits
from tests.services.answered import merge_children
from tests.services.world import DAY, add_adult, add_child

WHY = "同一个孩子登记了两份档案"


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def pair(world):
    found = []
    with world.database.unit(None, "build") as unit:
        for name, adult in (("糖糖", "糖妈"), ("糖堂", "糖娘")):
            child = add_child(unit, world, name, dt.date(2023, 6, 2), sex="f")
            add_adult(unit, world, child, adult, "妈妈", f"1390000117{len(found)}", is_guardian=True)
            found.append(child)
        unit.audit("child", found[0])
    return found


def stay(world, services, child, adult, hours, minute=0):
    world.clock.at(hours[0], minute)
    until = world.clock.now.replace(hour=hours[1], minute=0)
    act = CheckIn(child, class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=until)
    visit = services.arrivals.check_in(world.desk, act).value.visit
    world.clock.at(hours[1])
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults[adult], tender="cash"))
    return visit


@pytest.fixture
def twice(world, services, pair):
    """Here by both records yesterday, which are one today: 8:00–11:00, and 8:30–10:00 as another."""
    world.clock.at(8)
    second = stay(world, services, pair[1], "糖娘", (8, 10), 30)
    first = stay(world, services, pair[0], "糖妈", (8, 11))
    world.clock.now += dt.timedelta(days=1)
    world.clock.at(9)
    merge_children(services, world.director, *pair)
    return first, second


def guests(world, services):
    return sum(one.visits for one in services.month.summary(world.director, f"{DAY:%Y-%m}").modes)


def test_the_director_takes_back_a_stay_of_yesterday_with_its_money(world, services, pair, twice):
    assert guests(world, services) == 2
    done = services.merging.surplus.take_back(world.director, twice[1], WHY)
    assert guests(world, services) == 1
    (refund,) = (receipts.find_receipt(world.database, one) for one in done.refunds)
    assert (refund.visit, refund.total.fen, WHY in refund.lines[0].explanation) == (twice[1], -5000, True)
    assert receipts.find_receipt_of_visit(world.database, twice[0]).total.fen == 7500
    kept = visits.find_visit(world.database, twice[1])
    assert (kept.undone, f"{kept.left_at:%H:%M}") == (True, "10:00")  # nothing is taken off the row
    assert releases.find_release_of_visit(world.database, twice[1]) is None
    assert releases.find_release_of_visit(world.database, twice[0]) is not None
    words = f"撤销多的一次在园：12月3日（周三） 08:30–10:00（{WHY}）"
    assert words in [row.title for row in services.records.history(world.desk, pair[0], 20)[0]]
    assert done.also == ""
    with pytest.raises(NotSurplusError):
        services.merging.surplus.take_back(world.director, twice[1], WHY)
    with pytest.raises(NotSurplusError):
        services.merging.surplus.take_back(world.director, twice[0], WHY)


def test_the_history_shows_both_and_only_the_director_may(world, services, pair, twice):
    notes = services.records.history(world.director, pair[0], 20)[0][:3]
    assert [one.surplus for one in notes] == [twice[0], twice[1], None]
    assert notes[0].title == "12月3日（周三） 08:00–11:00 在园，和同一天的另一次时间重叠"
    shown = services.records.history(world.desk, pair[0], 20)[0]
    assert [one.surplus for one in shown[:2]] == [None, None]
    assert "请园长核对" in shown[0].lines[0]
    with pytest.raises(NotPermittedError):
        services.merging.surplus.take_back(world.desk, twice[1], WHY)
    with pytest.raises(RuleError, match="请写明"):
        services.merging.surplus.take_back(world.director, twice[1], " ")


def test_what_was_logged_in_it_is_taken_back_first(world, services, twice):
    meal = EntryDraft(EntryKind.MEAL, world.clock.now - dt.timedelta(days=1), detail="snack", grade=4)
    with world.database.unit(world.teacher.id, "log") as unit:
        batch = logbook.add_batch(unit, EntryKind.MEAL, world.teacher.id)
        logbook.add_entries(unit, batch, (twice[1],), meal, world.teacher.id)
        unit.audit("log", batch)
    with pytest.raises(VisitInUseError, match="08:30–10:00 有1 条日志，不能撤销。请先到班级"):
        services.merging.surplus.take_back(world.director, twice[1], WHY)
    services.merging.surplus.take_back(world.director, twice[0], WHY)


@pytest.mark.parametrize(
    ("until", "paid", "told"),
    [
        (9, 500, "（收据 {}）收了 ¥5.00，现在应收 ¥50.00"),
        (11, 0, "没有收款，现在应收 ¥5.00"),
    ],
)
def test_she_is_told_of_a_sum_that_went_by_the_stay_that_never_was(world, services, pair, until, paid, told):
    second = stay(world, services, pair[1], "糖娘", (8, 10), 30)
    stay(world, services, pair[0], "糖妈", (8, until))
    world.clock.at(12)
    merge_children(services, world.director, *pair)
    third = stay(world, services, pair[0], "糖妈", (13, 15))
    receipt = receipts.find_receipt_of_visit(world.database, third)
    assert (0 if receipt is None else receipt.total.fen) == paid
    done = services.merging.surplus.take_back(world.director, second, WHY)
    number = "" if receipt is None else receipt.number
    assert done.also == f"同一天 13:00–15:00 那次{told.format(number)}，请核对。"
