"""What the stays of one day cost together: never more than one booking over the same hours."""

import dataclasses
import datetime as dt

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.domain.modes import Tariff
from app.domain.pricing import quote
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.cashier import MONEY_KIND, quote_of
from app.services.collecting import CheckOut
from app.services.open_papers import Answer
from app.store import logbook, prices, receipts, visits
from tests.services.world import DAY, add_adult, add_child

HOURLY, HALF, FULL = Tariff.HOURLY, Tariff.TEMP_HALF_DAY, Tariff.TEMP_FULL_DAY
MORNING, AFTERNOON = (480, 720), (780, 1050)


@pytest.fixture
def services(world):
    world.clock.at(7, 40)
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def child(world):
    with world.database.unit(None, "guest") as unit:
        key = add_child(unit, world, "糖糖", dt.date(2023, 8, 10))
        add_adult(unit, world, key, "糖糖妈", "妈妈", "13900001177", is_guardian=True)
        unit.audit("child", key)
    return key


def book(world, services, child, *stretches):
    for tariff, hours in stretches:
        services.bookings.book(world.desk, Wish(DAY, *hours, tariff, child))


def come(world, services, child, hour, minute=0, **more):
    world.clock.at(hour, minute)
    return services.arrivals.check_in(world.desk, CheckIn(child, **more)).value.visit


def due(world, visit, hour, minute=0):
    world.clock.at(hour, minute)
    found = quote_of(world.database, visits.find_visit(world.database, visit), world.clock())
    return {line.code: line.amount.fen // 100 for line in found.lines}


def row_of(world, services, child):
    board = services.desk.board(world.desk)
    row = next(one for one in (*board.due, *board.present) if one.child == child)
    return f"{row.promised_at:%H:%M}", row.overdue_minutes


@pytest.mark.parametrize(
    ("stretches", "came", "left", "until"),
    [
        (((HOURLY, (540, 660)), (HOURLY, (660, 780))), 9, 13, "13:00"),
        (((HOURLY, (540, 660)), (HOURLY, (660, 780))), 9, 11, "13:00"),
        (((HOURLY, (540, 660)), (HOURLY, (900, 1020))), 9, 17, "17:00"),
        (((HALF, MORNING), (HALF, AFTERNOON)), 8, 17, "17:30"),
        (((HALF, MORNING), (HOURLY, (840, 960))), 8, 16, "16:00"),
        (((HOURLY, (540, 660)), (HALF, AFTERNOON)), 9, 17, "17:30"),
    ],
)
def test_who_stays_on_into_her_next_stretch_pays_as_by_one_booking(
    world, services, child, stretches, came, left, until
):
    book(world, services, child, *stretches)
    visit = come(world, services, child, came)
    paid = due(world, visit, left)
    assert row_of(world, services, child) == (until, 0)
    kept, now = visits.find_visit(world.database, visit), world.clock()
    promised = now.replace(hour=int(until[:2]), minute=int(until[3:]))
    one = quote(kept.tariff, kept.arrived_at, now, promised, prices.tariffs(world.database, DAY))
    assert paid == {line.code: line.amount.fen // 100 for line in one.lines}
    assert "late_unit" not in paid


def test_who_is_late_after_her_last_stretch_is_late_from_its_end(world, services, child):
    book(world, services, child, (HOURLY, (540, 660)), (HOURLY, (660, 780)))
    visit = come(world, services, child, 9)
    world.clock.at(13, 45)
    words = services.pickup.prepare(world.desk, visit).quote.words
    assert "说好 13:00，13:45 接走，超 45 分钟" in words
    assert row_of(world, services, child) == ("13:00", 45)


def test_who_is_late_between_two_stretches_is_late_from_the_first(world, services, child):
    book(world, services, child, (HOURLY, (540, 660)), (HOURLY, (900, 1020)))
    visit = come(world, services, child, 9)
    assert due(world, visit, 11, 45)["late_unit"] > 0
    assert row_of(world, services, child) == ("11:00", 45)


def test_who_walked_in_and_stays_on_into_her_booked_hours_is_promised_until_their_end(world, services, child):
    book(world, services, child, (HOURLY, (660, 780)))
    until = world.clock.now.replace(hour=11, minute=0)
    visit = come(world, services, child, 9, tariff=HOURLY, promised_at=until)
    world.clock.at(10, 50)
    assert row_of(world, services, child) == ("11:00", 0)
    assert "late_unit" not in due(world, visit, 13)
    assert row_of(world, services, child) == ("13:00", 0)


def test_an_hour_agreed_beyond_her_next_stretch_holds(world, services, child):
    book(world, services, child, (HOURLY, (540, 660)), (HOURLY, (660, 780)))
    until = world.clock.now.replace(hour=14, minute=0)
    visit = come(world, services, child, 9, promised_at=until)
    assert "late_unit" not in due(world, visit, 14)
    assert row_of(world, services, child) == ("14:00", 0)


def test_stretches_that_end_in_her_half_by_contract_cost_until_it_begins(world, services):
    child = world.children["马思睿"]  # of the afternoons, from 14:00
    book(world, services, child, (HOURLY, (540, 600)), (HOURLY, (600, 840)))
    visit = come(world, services, child, 9)
    paid = due(world, visit, 17)
    assert "late_unit" not in paid
    assert row_of(world, services, child) == ("17:20", 0)
    assert paid == due(world, visit, 14)


# -- lunch once a day


def leave(world, services, visit, hour, minute=0, name="糖糖妈", **paper):
    world.clock.at(hour, minute)
    act = CheckOut(visit, world.adults[name], **({"tender": "cash"} | paper))
    return services.pickup.check_out(world.desk, act).value.receipt


def eat(world, visit, grade=4):
    meal = EntryDraft(EntryKind.MEAL, world.clock.now, detail="lunch", grade=grade, text="面条")
    with world.database.unit(world.teacher.id, "log") as unit:
        batch = logbook.add_batch(unit, EntryKind.MEAL, world.teacher.id)
        logbook.add_entries(unit, batch, (visit,), meal, world.teacher.id)
        unit.audit("log", batch)


def two_stays(world, services, child, first=None, second=None):
    """Booked 9–12 and 12–15, and fetched in between; the grade of each lunch that is logged."""
    book(world, services, child, (HOURLY, (540, 720)), (HOURLY, (720, 900)))
    made = []
    for hour, grade in ((9, first), (12, second)):
        made.append(come(world, services, child, hour))
        world.clock.at(hour + 2, 50)
        if grade is not None:
            eat(world, made[-1], grade)
        leave(world, services, made[-1], hour + 3)
    return made


@pytest.mark.parametrize(
    ("first", "second", "lunches"),
    [
        (None, None, [True, False]),
        (4, None, [True, False]),
        (None, 4, [True, False]),  # the clock has charged it before
        (0, None, [False, True]),
        (0, 4, [False, True]),
        (4, 4, [True, True]),
        (None, 0, [True, False]),
    ],
)
def test_lunch_is_paid_once_by_two_stays_that_meet_at_noon(world, services, child, first, second, lunches):
    stays = two_stays(world, services, child, first, second)
    paid = [receipts.find_receipt_of_visit(world.database, one).lines for one in stays]
    assert ["lunch" in {line.code for line in lines} for lines in paid] == lunches
    assert [("lunch" in due(world, one, 12 + 3 * at)) for at, one in enumerate(stays)] == lunches


def test_a_receipt_issued_anew_has_the_lunch_that_it_had(world, services, child):
    first, second = two_stays(world, services, child)
    for visit, lunches in ((second, 0), (first, 1)):
        kept = receipts.find_receipt_of_visit(world.database, visit)
        services.cashier.reverse(world.cashier, kept.id, "收款方式错了")
        again = services.cashier.issue(world.cashier, visit, "wechat").value
        lines = services.cashier.receipt(world.cashier, again).lines
        assert [line.code for line in lines].count("lunch") == lunches


def test_lunch_of_a_stay_that_was_not_here_at_noon_takes_none_away(world, services, child):
    book(world, services, child, (HOURLY, (540, 600)), (HOURLY, (660, 780)))
    leave(world, services, come(world, services, child, 9), 10)
    assert "lunch" in due(world, come(world, services, child, 11), 13)


def test_who_ate_by_her_contract_does_not_pay_lunch_as_a_guest_beside(world, services):
    child = world.children["曾雨桐"]  # of the mornings, until 11:30
    book(world, services, child, (HOURLY, (720, 900)))
    first = come(world, services, child, 8, 20)
    world.clock.at(11, 40)
    eat(world, first)
    leave(world, services, first, 11, 45, "曾母", tender=None)
    assert "lunch" not in due(world, come(world, services, child, 12), 15)


def test_who_walked_in_before_her_half_by_contract_pays_until_it_begins(world, services):
    child = world.children["马思睿"]  # of the afternoons, from 14:00
    until = world.clock.now.replace(hour=14, minute=0)
    visit = come(world, services, child, 9, tariff=HOURLY, promised_at=until)
    paid = due(world, visit, 14)
    assert due(world, visit, 17) == paid
    assert row_of(world, services, child) == ("17:20", 0)


# -- the price of a day


def walk_in(world, services, child, hours, tariff=HOURLY, **paper):
    """Come and go at (hour, minute) without a booking; the stay, and what her receipt says of each line."""
    (hour, minute), (end, end_minute) = hours
    until = world.clock.now.replace(hour=end, minute=end_minute)
    visit = come(
        world, services, child, hour, minute, tariff=tariff, class_id=world.dragons, promised_at=until
    )
    receipt = leave(world, services, visit, end, end_minute, **paper)
    kept = None if receipt is None else receipts.find_receipt(world.database, receipt)
    return visit, {line.code: line.amount.fen // 100 for line in kept.lines} if kept else {}


def cost(world, visit):
    kept = visits.find_visit(world.database, visit)
    return quote_of(world.database, kept, kept.left_at).total.fen // 100


def test_four_stays_by_the_hour_cost_no_more_than_the_full_day(world, services, child):
    times = ((8, 0), (10, 30)), ((10, 40), (13, 10)), ((13, 20), (15, 50)), ((16, 0), (17, 0))
    made = [walk_in(world, services, child, one) for one in times]
    assert [paid.get("hourly", 0) for _, paid in made] == [75, 5, 40, 0]
    assert [paid.get("lunch", 0) for _, paid in made] == [0, 15, 0, 0]
    (line,) = receipts.find_receipt_of_visit(world.database, made[2][0]).lines
    assert line.explanation == (
        "计时算法：2 小时 30 分 → 3 小时 × 25 = 75。"
        "同一天的其他托育 80，合计封顶全日价 120，这次只收差额 40。"
    )
    assert [cost(world, visit) for visit, _ in made] == [75, 20, 40, 0]


def test_who_comes_back_on_her_full_day_pays_only_for_the_lunch_she_had(world, services, child):
    first, paid = walk_in(world, services, child, ((8, 0), (10, 0)), FULL)
    assert paid == {"temp_full_day": 120}
    second, paid = walk_in(world, services, child, ((11, 0), (17, 0)), FULL)
    assert paid == {"temp_full_day": 0, "lunch": 15}
    words = receipts.find_receipt_of_visit(world.database, second).lines[0].explanation
    assert words.endswith("同一天的其他托育 120，合计封顶全日价 120，这次不再收。")
    third = walk_in(world, services, child, ((17, 5), (18, 0)), HOURLY, tender=None)
    assert third[1] == {}  # nothing to pay: no receipt
    assert services.pickup.prepare(world.desk, first).quote.total.fen == 12000


@pytest.mark.parametrize(
    ("hours", "tariff", "paid"),
    [
        (((10, 0), (11, 0)), HALF, 0),  # from first to last a half day
        (((16, 0), (17, 0)), HOURLY, 25),  # beside the half day that she took
        (((13, 0), (17, 0)), HALF, 40),
    ],
)
def test_a_half_day_that_ended_early_covers_what_lies_within_it(world, services, child, hours, tariff, paid):
    walk_in(world, services, child, ((8, 0), (9, 0)), HALF)
    assert walk_in(world, services, child, hours, tariff)[1].get(tariff.value, 0) == paid


def test_a_stay_that_is_paid_another_day_counts_as_if_it_were_paid(world, services, child):
    first = come(
        world,
        services,
        child,
        8,
        tariff=HOURLY,
        class_id=world.dragons,
        promised_at=world.clock.now.replace(hour=11),
    )
    put_off = (Answer(MONEY_KIND, first, "没带手机"),)
    assert leave(world, services, first, 11, answers=put_off, tender=None) is None
    until = world.clock.now.replace(hour=17)
    second = come(world, services, child, 14, tariff=HOURLY, class_id=world.dragons, promised_at=until)
    world.clock.at(17)
    card = services.pickup.prepare(world.desk, second)
    (paper,) = card.papers
    assert (card.quote.total.fen, paper.amount.fen) == (3000, 7500)  # six hours of the day are 105
    leave(world, services, second, 17, answers=(Answer(MONEY_KIND, first),))
    paid = [receipts.find_receipt_of_visit(world.database, one).total.fen for one in (first, second)]
    assert paid == [7500, 3000]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_receipts_issued_anew_are_of_the_same_sums_in_whatever_order(world, services, child, order):
    times = ((8, 0), (11, 0)), ((14, 0), (17, 0))
    made = [walk_in(world, services, child, one)[0] for one in times]
    for at in order:
        kept = receipts.find_receipt_of_visit(world.database, made[at])
        services.cashier.reverse(world.cashier, kept.id, "收款方式错了")
        services.cashier.issue(world.cashier, made[at], "wechat")
    paid = [receipts.find_receipt_of_visit(world.database, one).total.fen for one in made]
    assert paid == [7500, 3000]


def test_a_refund_of_the_first_stay_makes_the_second_no_dearer(world, services, child):
    first = walk_in(world, services, child, ((8, 0), (11, 0)))[0]
    kept = receipts.find_receipt_of_visit(world.database, first)
    services.cashier.reverse(world.cashier, kept.id, "家长投诉，园长同意免收")
    second = walk_in(world, services, child, ((14, 0), (17, 0)))
    assert second[1] == {"hourly": 30}


def test_a_stay_that_was_taken_back_counts_for_nothing(world, services, child):
    first = walk_in(world, services, child, ((8, 0), (11, 0)))[0]
    services.pickup.undo_check_out(world.desk, first)
    services.arrivals.undo_check_in(world.desk, first)
    assert walk_in(world, services, child, ((14, 0), (17, 0)))[1] == {"hourly": 75}


def test_what_a_half_day_child_paid_for_staying_on_counts_as_well(world, services):
    child = world.children["曾雨桐"]  # of the mornings, until 11:30
    book(world, services, child, (HOURLY, (720, 900)))
    first = come(world, services, child, 8, 20)
    assert leave(world, services, first, 15, 0, "曾母") is not None
    paid = receipts.find_receipt_of_visit(world.database, first)
    assert [line.amount.fen for line in paid.lines if line.code == "hourly"] == [7500]
    until = world.clock.now.replace(hour=17, minute=0)
    again = come(world, services, child, 15, 30, tariff=HOURLY, promised_at=until)
    assert due(world, again, 17) == {"hourly": 5}  # four hours and a half are a half day


# -- one sum on the card, on the agreement and at the door


def agreed(world, services, visit):
    return services.papers.agreement(world.desk, visit).total.fen // 100


def on_card(world, services, child, tariff, promised):
    """What the card of who comes now says that she will pay."""
    card = services.intake.card_for(world.desk, child)
    card = dataclasses.replace(card, tariff=tariff.value, promised=promised)
    return services.intake.assess(world.desk, card).quote.total.fen // 100


def test_the_card_and_the_agreement_of_who_comes_back_say_what_the_door_will_take(world, services, child):
    walk_in(world, services, child, ((9, 0), (12, 0)))  # with lunch
    told = on_card(world, services, child, HOURLY, "14:00")
    until = world.clock.now.replace(hour=14)
    visit = come(world, services, child, 12, tariff=HOURLY, class_id=world.dragons, promised_at=until)
    assert (told, agreed(world, services, visit), sum(due(world, visit, 14).values())) == (5, 5, 5)
    leave(world, services, visit, 14)
    assert agreed(world, services, visit) == 5  # printed again
    assert "同一天的其他托育 75" in services.papers.agreement(world.desk, visit).fee_words


def test_the_card_and_the_agreement_of_a_guest_before_her_own_half_say_what_the_door_will_take(
    world, services
):
    child = world.children["马思睿"]  # of the afternoons, from 14:00
    world.clock.at(9)
    told = on_card(world, services, child, HOURLY, "17:00")
    until = world.clock.now.replace(hour=17, minute=0)
    visit = come(world, services, child, 9, tariff=HOURLY, promised_at=until)
    assert (told, agreed(world, services, visit), sum(due(world, visit, 17).values())) == (95, 95, 95)
