import dataclasses
import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.staff import NotPermittedError
from app.domain.visits import (
    AlreadyCheckedInError,
    AlreadyLeftError,
    BarredFromCollectingError,
    MinorCollectorError,
    MoneyDueError,
    NotAllowedToCollectError,
    NotTodayError,
)
from app.services.arrivals import Arrivals, CheckIn
from app.services.cashier import AlreadyRefundedError, Cashier, NothingDueError, UnknownReceiptError
from app.services.desk import Desk
from app.services.pickup import CheckOut, ClockSetBackError, ForgottenDepartureError, Pickup, WrongCodeError
from app.services.pins import Pins
from app.services.record_merging import Merging
from app.store import logbook, people, receipts, visits
from tests.services.world import DAY, add_adult


@pytest.fixture
def pickup(world):
    return Pickup(
        world.database,
        world.clock,
        Desk(world.database, world.clock),
        lambda *_: "交接单未签（缺：情绪）",
        Pins(world.database, world.clock, world.rng),
    )


@pytest.fixture
def arrivals(world):
    return Arrivals(world.database, world.clock, world.rng)


@pytest.fixture
def contract(world, arrivals):
    return arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


@pytest.fixture
def temporary(world, arrivals):
    promised = world.clock.now.replace(hour=14, minute=0)
    act = CheckIn(
        world.children["周乐瑶"], tariff=Tariff.TEMP_HALF_DAY, promised_at=promised, class_id=world.dragons
    )
    return arrivals.check_in(world.desk, act).value.visit


def numbers(world):
    return [
        tuple(row) for row in world.database.rows("select number, kind, total_fen from receipt order by id")
    ]


def test_a_contract_child_goes_home_without_money(world, pickup, contract):
    card = pickup.prepare(world.desk, contract)
    assert (card.quote, card.receipt, card.note_words) == (None, None, "交接单未签（缺：情绪）")
    done = pickup.check_out(world.teacher, CheckOut(contract, world.adults["张母"]))
    assert (done.value.collector, done.value.receipt) == ("妈妈 张母", None)
    assert Topic.MONEY not in done.changes.topics
    with pytest.raises(AlreadyLeftError):
        pickup.check_out(world.teacher, CheckOut(contract, world.adults["张母"]))


def test_money_due_needs_a_tender_and_makes_one_receipt(world, pickup, temporary):
    world.clock.at(14, 2)
    card = pickup.prepare(world.desk, temporary)
    assert card.quote.total == Money(9500)
    with pytest.raises(MoneyDueError, match="¥95"):
        pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"]))
    with pytest.raises(NotPermittedError):
        pickup.check_out(world.teacher, CheckOut(temporary, world.adults["周母"], tender="cash"))
    with pytest.raises(RuleError, match="收款方式"):
        pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], tender="beans"))
    assert numbers(world) == []
    code = pickup.prepare(world.desk, temporary).code
    for wrong in ("", "0000"):
        with pytest.raises(WrongCodeError, match="接送码不对"):
            pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], "code", "wechat", wrong))
    wide = f" {''.join(chr(ord(sign) + 0xFEE0) for sign in code.lower())}"  # as an input method types it
    done = pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], "code", "wechat", wide))
    assert numbers(world) == [("2025-000001", "receipt", 9500)]
    kept = receipts.find_receipt(world.database, done.value.receipt)
    assert (kept.payer, kept.class_name, [line.code for line in kept.lines]) == (
        "周母",
        "抱抱龙",
        ["temp_half_day", "lunch"],
    )


def test_only_the_right_adult_takes_the_child(world, pickup, contract):
    with pytest.raises(BarredFromCollectingError, match="禁止"):
        pickup.check_out(world.desk, CheckOut(contract, outsider_of(world, "张沐阳")))
    with pytest.raises(NotAllowedToCollectError, match="名单"):
        pickup.check_out(world.desk, CheckOut(contract, world.adults["马母"]))
    with pytest.raises(RuleError, match="核对"):
        pickup.check_out(world.desk, CheckOut(contract, world.adults["张母"], proof="smile"))
    assert visits.find_visit(world.database, contract).left_at is None


def outsider_of(world, name):
    row = world.database.row(
        "select adult_id from child_adult where child_id = :child and barred = 1",
        {"child": world.children[name]},
    )
    return row["adult_id"]


def test_taking_a_departure_back_refunds_with_a_number_of_its_own(world, pickup, temporary):
    world.clock.at(14)
    done = pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], tender="cash"))
    pickup.undo_check_out(world.desk, temporary)
    assert numbers(world) == [("2025-000001", "receipt", 9500), ("2025-000002", "refund", -9500)]
    assert visits.find_visit(world.database, temporary).left_at is None
    assert pickup.prepare(world.desk, temporary).receipt is None
    with pytest.raises(NotTodayError, match="还在园"):
        pickup.undo_check_out(world.desk, temporary)
    again = pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], tender="alipay"))
    assert numbers(world)[-1] == ("2025-000003", "receipt", 9500)
    cashier = Cashier(world.database, world.clock)
    assert cashier.receipt(world.desk, done.value.receipt).refunded_by == "2025-000002"
    assert cashier.receipt(world.desk, again.value.receipt).refunded_by == ""


def test_a_departure_is_not_taken_back_after_she_came_again_or_the_day_after(
    world, pickup, arrivals, contract
):
    pickup.check_out(world.desk, CheckOut(contract, world.adults["张母"]))
    second = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    with pytest.raises(AlreadyCheckedInError, match="又入园"):
        pickup.undo_check_out(world.desk, contract)
    pickup.check_out(world.desk, CheckOut(second, world.adults["张母"]))
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(NotTodayError, match="今天"):
        pickup.undo_check_out(world.desk, second)


def test_a_receipt_is_reversed_once_and_with_a_reason(world, pickup, temporary):
    world.clock.at(14)
    issued = pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], tender="cash"))
    cashier = Cashier(world.database, world.clock)
    with pytest.raises(RuleError, match="原因"):
        cashier.reverse(world.cashier, issued.value.receipt, "  ")
    refund = cashier.reverse(world.cashier, issued.value.receipt, "多收了").value
    view = cashier.receipt(world.cashier, refund)
    assert (view.refund, view.total, view.lines[0].explanation) == (
        True,
        Money(-9500),
        "退 2025-000001：多收了",
    )
    for receipt in (issued.value.receipt, refund):
        with pytest.raises(AlreadyRefundedError, match="不能再退"):
            cashier.reverse(world.cashier, receipt, "再退")
    with pytest.raises(UnknownReceiptError):
        cashier.receipt(world.cashier, 99)


def test_numbers_begin_again_with_the_year(world, pickup, temporary):
    world.clock.at(14)
    pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], tender="cash"))
    world.clock.now = world.clock.now.replace(year=2026)
    cashier = Cashier(world.database, world.clock)
    cashier.reverse(world.cashier, 1, "跨年")
    assert [number for number, _, _ in numbers(world)] == ["2025-000001", "2026-000001"]


def test_lunch_in_the_log_is_charged_though_she_left_early(world, pickup, temporary):
    world.clock.at(11, 40)
    assert pickup.prepare(world.desk, temporary).quote.total == Money(8000)
    with world.database.unit(world.teacher.id, "log") as unit:
        batch = unit.insert(
            "log_batch", {"kind": "meal", "staff_id": world.teacher.id, "made_at": unit.stamp}
        )
        entry = {"batch_id": batch, "visit_id": temporary, "child_id": world.children["周乐瑶"]}
        entry |= {"day": "2025-12-03", "kind": "meal", "detail": "lunch", "at": unit.stamp, "grade": 4}
        unit.insert("log_entry", entry | {"staff_id": world.teacher.id})
        unit.audit("log", batch)
    assert pickup.prepare(world.desk, temporary).quote.total == Money(9500)


def test_a_clock_set_back_is_named_and_nothing_is_kept(world, pickup, temporary):
    world.clock.at(8, 50)
    assert pickup.prepare(world.desk, temporary).quote is not None
    with pytest.raises(ClockSetBackError, match="校正电脑的时间"):
        pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], tender="cash"))
    assert visits.find_visit(world.database, temporary).left_at is None
    assert numbers(world) == []
    world.clock.at(14)
    pickup.check_out(world.desk, CheckOut(temporary, world.adults["周母"], tender="cash"))
    world.clock.at(10)
    again = CheckIn(
        world.children["周乐瑶"],
        tariff=Tariff.TEMP_HALF_DAY,
        class_id=world.dragons,
        promised_at=world.clock.now.replace(hour=15),
    )
    come_in = Arrivals(world.database, world.clock, world.rng).check_in
    with pytest.raises(ClockSetBackError, match="10:00 早于周乐瑶上次离园的 14:00"):
        come_in(world.desk, again)
    world.clock.now -= dt.timedelta(days=1)
    with pytest.raises(ClockSetBackError):
        come_in(world.desk, dataclasses.replace(again, promised_at=world.clock.now.replace(hour=15)))
    world.clock.now += dt.timedelta(days=1)
    world.clock.at(14)
    come_in(world.desk, again)


def test_a_brother_does_not_take_her_before_his_identity_card_was_seen(world, pickup, contract):
    with world.database.unit(None, "brother") as unit:
        brother = add_adult(unit, world, world.children["张沐阳"], "张小虎", "哥哥", "13511112222")
        unit.audit("adult", brother)
    with pytest.raises(MinorCollectorError, match="身份证"):
        pickup.check_out(world.desk, CheckOut(contract, brother))
    pickup.check_out(world.desk, CheckOut(contract, brother, "identity"))
    adults = people.list_adults(world.database, world.children["张沐阳"], DAY)
    assert next(one for one in adults if one.id == brother).identity_seen


@pytest.fixture
def brother(world):
    """On her list; nobody knows when he was born."""
    with world.database.unit(None, "brother") as unit:
        key = add_adult(unit, world, world.children["张沐阳"], "张小军", "哥哥", "13712340000")
        unit.audit("adult", key)
    return key


def is_seen(world, adult):
    row = world.database.row("select identity_seen_at from adult where id = :id", {"id": adult})
    return row["identity_seen_at"] is not None


def test_a_wrong_proof_taken_back_leaves_nobodys_card_looked_at(world, pickup, contract, brother):
    pickup.check_out(world.desk, CheckOut(contract, brother, "identity"))
    assert is_seen(world, brother)
    pickup.undo_check_out(world.desk, contract)
    assert not is_seen(world, brother)
    with pytest.raises(MinorCollectorError):
        pickup.check_out(world.desk, CheckOut(contract, brother, "known"))


def test_a_card_looked_at_before_or_at_another_release_stays_looked_at(
    world, pickup, arrivals, contract, brother
):
    act = CheckOut(contract, brother, "identity")
    pickup.check_out(world.desk, act)
    world.clock.at(11)
    again = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    world.clock.at(16)
    pickup.check_out(world.desk, dataclasses.replace(act, visit=again))
    pickup.undo_check_out(world.desk, again)
    assert is_seen(world, brother), "it was looked at in the morning"


def test_a_card_that_was_looked_at_since_stays_looked_at(world, pickup, contract, brother):
    pickup.check_out(world.desk, CheckOut(contract, brother, "identity"))
    world.clock.at(10)
    with world.database.unit(None, "by hand") as unit:
        unit.execute(
            "update adult set identity_seen_at = :at where id = :id", {"at": unit.stamp, "id": brother}
        )
        unit.audit("adult", brother)
    pickup.undo_check_out(world.desk, contract)
    assert is_seen(world, brother)


def merged_into_another(world, child, adult, *, seen=False):
    """A second record of him, which becomes the one that is kept."""
    with world.database.unit(None, "twin") as unit:
        twin = add_adult(unit, world, child, "张小军", "哥哥", "13712340000")
        if seen:
            people.note_identity_seen(unit, twin)
        unit.audit("adult", twin)
    world.clock.now += dt.timedelta(minutes=5)
    Merging(world.database, world.clock).merge_adults(world.director, child, twin, adult)
    return twin


@pytest.mark.parametrize("times", [1, 2])
def test_a_wrong_proof_taken_back_leaves_no_mark_on_a_record_he_was_merged_into(
    world, pickup, contract, brother, times
):
    pickup.check_out(world.desk, CheckOut(contract, brother, "identity"))
    records = [brother]
    for _ in range(times):
        records.append(merged_into_another(world, world.children["张沐阳"], records[-1]))
    assert [is_seen(world, one) for one in records] == [True] * len(records)
    pickup.undo_check_out(world.desk, contract)
    assert [is_seen(world, one) for one in records] == [False] * len(records)
    with pytest.raises(MinorCollectorError):
        pickup.check_out(world.desk, CheckOut(contract, records[-1], "known"))


def test_a_card_seen_by_the_record_that_is_kept_stays_looked_at(world, pickup, contract, brother):
    pickup.check_out(world.desk, CheckOut(contract, brother, "identity"))
    world.clock.at(10)
    kept = merged_into_another(world, world.children["张沐阳"], brother, seen=True)
    pickup.undo_check_out(world.desk, contract)
    assert is_seen(world, kept)


@pytest.mark.parametrize("proof", ["identity", "known"])
def test_a_card_looked_at_for_two_goes_with_the_last_of_them(
    world, pickup, arrivals, contract, brother, proof
):
    with world.database.unit(None, "sister") as unit:
        people.add_tie(unit, world.children["周乐瑶"], brother, people.Tie("哥哥", may_collect=True))
        unit.audit("adult", brother)
    other = arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"])).value.visit
    both = tuple(CheckOut(one, brother, proof, identity_seen=True) for one in (contract, other))
    pickup.check_out_together(world.desk, both)
    pickup.undo_check_out(world.desk, contract)
    assert is_seen(world, brother)
    pickup.undo_check_out(world.desk, other)
    assert not is_seen(world, brother)


def test_a_minor_by_the_identity_number_takes_nobody(world, pickup, contract):
    with world.database.unit(None, "born") as unit:
        people.note_born(unit, world.adults["张母"], dt.date(2008, 1, 1))
        unit.audit("adult", None)
    with pytest.raises(MinorCollectorError, match="未满 18 周岁，"):
        pickup.check_out(world.desk, CheckOut(contract, world.adults["张母"], "identity"))


def test_a_departure_forgotten_yesterday_is_booked_at_its_true_hour_by_the_director(world, pickup, temporary):
    true_hour = world.clock.now.replace(hour=14, minute=5)
    world.clock.now += dt.timedelta(days=1)
    act = CheckOut(
        temporary, world.adults["周母"], tender="cash", left_at=true_hour, reason="外婆说两点多接的"
    )
    bare = dataclasses.replace(act, reason=" ")
    late = dataclasses.replace(act, left_at=world.clock.now)
    for actor, wrong in ((world.desk, act), (world.director, bare), (world.director, late)):
        with pytest.raises(ForgottenDepartureError):
            pickup.check_out(actor, wrong)
    done = pickup.check_out(world.director, act).value
    assert visits.find_visit(world.database, temporary).left_at == true_hour
    assert receipts.find_receipt(world.database, done.receipt).total == Money(9500)
    row = world.database.row("select detail from audit where subject = 'override'")
    assert row["detail"] == "周乐瑶 14:05 离园：外婆说两点多接的"


def test_who_is_fetched_after_midnight_left_then(world, pickup, temporary):
    """No hour is made up for her: the night belongs to the day before, until the centre opens again."""
    world.clock.now = world.clock.now.replace(hour=23, minute=50) + dt.timedelta(minutes=20)
    five_past = world.clock.now.replace(minute=5)
    act = CheckOut(temporary, world.adults["周母"], tender="cash", left_at=five_past, reason="妈妈 0:05 到")
    with pytest.raises(ForgottenDepartureError, match="补记"):
        pickup.check_out(world.director, dataclasses.replace(act, left_at=None))
    with pytest.raises(ForgottenDepartureError, match="次日 0:05"):
        pickup.check_out(world.director, dataclasses.replace(act, left_at=five_past.replace(minute=15)))
    with pytest.raises(ForgottenDepartureError):
        pickup.check_out(world.desk, act)
    done = pickup.check_out(world.director, act)
    assert visits.find_visit(world.database, temporary).left_at == five_past
    assert receipts.find_receipt(world.database, done.value.receipt).total > Money(9500)
    with pytest.raises(NotTodayError):  # the director's repair is hers to take back
        pickup.undo_check_out(world.desk, temporary)
    pickup.undo_check_out(world.director, temporary)
    world.clock.at(9)
    late = dataclasses.replace(act, left_at=world.clock.now)  # the next morning is no hour of that day
    with pytest.raises(ForgottenDepartureError):
        pickup.check_out(world.director, late)


def test_today_nobody_leaves_at_another_hour(world, pickup, contract):
    world.clock.at(14)
    act = CheckOut(
        contract, world.adults["张母"], left_at=world.clock.now - dt.timedelta(hours=1), reason="忘了"
    )
    with pytest.raises(ForgottenDepartureError):
        pickup.check_out(world.director, act)


def test_after_a_refund_a_right_receipt_is_issued_once(world, pickup, temporary):
    cashier = Cashier(world.database, world.clock)
    with pytest.raises(NothingDueError, match="没有离园"):
        cashier.issue(world.cashier, temporary, "wechat")
    world.clock.at(14)
    first = pickup.check_out(
        world.desk, CheckOut(temporary, world.adults["周母"], tender="cash")
    ).value.receipt
    with pytest.raises(NothingDueError, match="已有收据"):
        cashier.issue(world.cashier, temporary, "wechat")
    cashier.reverse(world.cashier, first, "收款方式记错")
    world.clock.at(17)
    second = cashier.issue(world.cashier, temporary, "wechat").value
    kept = receipts.find_receipt(world.database, second)
    assert (kept.tender, kept.total, kept.payer) == ("wechat", Money(9500), "周母")
    assert [row[1] for row in numbers(world)] == ["receipt", "refund", "receipt"]
    with pytest.raises(NotPermittedError):
        cashier.issue(world.teacher, temporary, "wechat")


def test_a_contract_stay_has_no_receipt_to_issue(world, pickup, contract):
    pickup.check_out(world.desk, CheckOut(contract, world.adults["张母"]))
    with pytest.raises(NothingDueError, match="没有应收"):
        Cashier(world.database, world.clock).issue(world.cashier, contract, "cash")


@pytest.mark.parametrize("reason", ["", "  ", "长" * 10_000, "一\x00二"])
def test_a_refund_has_a_reason_that_can_be_kept(world, pickup, temporary, reason):
    world.clock.at(14)
    paid = pickup.check_out(
        world.desk, CheckOut(temporary, world.adults["周母"], tender="cash")
    ).value.receipt
    with pytest.raises(RuleError, match="退款原因"):
        Cashier(world.database, world.clock).reverse(world.cashier, paid, reason)


@pytest.mark.parametrize(("grade", "fen"), [(0, 8000), (4, 9500), (None, 9500)])
def test_a_lunch_she_refused_is_not_charged(world, pickup, temporary, grade, fen):
    world.clock.at(12)
    at = world.clock.now
    meal = EntryDraft(EntryKind.MEAL, at, detail="lunch", grade=grade, text="面条")
    with world.database.unit(world.teacher.id, "log") as unit:
        batch = logbook.add_batch(unit, EntryKind.MEAL, world.teacher.id)
        logbook.add_entries(unit, batch, (temporary,), meal, world.teacher.id)
        unit.audit("log", batch)
    world.clock.at(14)
    assert pickup.prepare(world.desk, temporary).quote.total == Money(fen)
