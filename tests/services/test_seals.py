import dataclasses

import pytest

from app.domain.looks import Tone
from app.domain.modes import Tariff
from app.domain.prose import NoteText
from app.domain.seals import SealKind, seal
from app.services.arrivals import Arrivals, CheckIn
from app.services.cashier import Cashier
from app.services.desk import Desk
from app.services.handover import Handover
from app.services.numbers import agreement_number, slip_number
from app.services.pickup import CheckOut, Pickup
from app.services.pins import Pins
from app.services.seals import Seals
from app.store import visits
from tests.services.world import DAY, KEY


@pytest.fixture
def seals(world):
    return Seals(world.database, world.clock)


@pytest.fixture
def arrived(world):
    act = CheckIn(
        world.children["周乐瑶"],
        tariff=Tariff.TEMP_HALF_DAY,
        class_id=world.dragons,
        promised_at=world.clock.now.replace(hour=14),
    )
    return Arrivals(world.database, world.clock, world.rng).check_in(world.desk, act).value


def test_a_pick_up_code_of_today_finds_the_child(world, seals, arrived):
    found = seals.verify(world.desk, arrived.pickup_code.lower())
    assert (found.genuine, found.visit, found.tone) == (True, arrived.visit, Tone.OK)
    assert "周乐瑶" in found.words


@pytest.mark.parametrize("code", ["B7GX", "BGXW", "2384"])
def test_a_code_of_today_that_would_not_go_out_any_more_finds_its_child(world, seals, arrived, code):
    """A file may come from a release with another alphabet; what it gave out today is good today."""
    with world.database.unit(None, "older") as unit:
        unit.execute(
            "update visit set pickup_code = :code where id = :id", {"code": code, "id": arrived.visit}
        )
        unit.audit("visit", arrived.visit)
    assert seals.verify(world.desk, code.lower()).visit == arrived.visit
    for other in ("G7BX", "WANG", "6021"):
        found = seals.verify(world.desk, other)
        assert (found.genuine, found.words[:5]) == (False, "这个码不是")
    world.clock.now = world.clock.now.replace(day=4)
    assert seals.verify(world.desk, code).title == "不是今天的"


def test_what_was_given_out_on_another_day_is_genuine_and_opens_nobody(world, seals, arrived):
    slip = seal(KEY, SealKind.SLIP, slip_number(DAY, arrived.visit))
    world.clock.now = world.clock.now.replace(day=4)
    for text in (arrived.pickup_code, slip):
        found = seals.verify(world.desk, text)
        assert (found.title, found.tone, found.visit) == ("不是今天的", Tone.BAD, None)
        assert "12 月 3 日周乐瑶" in found.words
    world.clock.now = world.clock.now.replace(day=11)
    assert seals.verify(world.desk, arrived.pickup_code).title == "假"  # nobody looks back for ever
    assert seals.verify(world.desk, slip).title == "不是今天的"


def test_the_slip_of_an_earlier_stay_of_today_is_used_up_once_she_is_here_again(world, seals, arrived):
    slip = seal(KEY, SealKind.SLIP, slip_number(DAY, arrived.visit))
    with world.database.unit(None, "left") as unit:
        visits.end_visit(unit, arrived.visit, world.adults["周母"], "known", world.desk.id, world.clock.now)
        unit.audit("visit", arrived.visit)
    assert seals.verify(world.desk, slip).visit == arrived.visit
    world.clock.at(14)
    act = CheckIn(
        world.children["周乐瑶"], tariff=Tariff.HOURLY, class_id=world.dragons,
        promised_at=world.clock.now.replace(hour=16),
    )  # fmt: skip
    again = Arrivals(world.database, world.clock, world.rng).check_in(world.desk, act).value
    for text in (arrived.pickup_code, slip):
        found = seals.verify(world.desk, text)
        assert (found.title, found.visit) == ("已用过", None)
        assert "14:00 又入园" in found.words
    assert seals.verify(world.desk, again.pickup_code).visit == again.visit


def test_a_receipt_is_genuine_until_it_is_refunded(world, seals, arrived):
    world.clock.at(14)
    pickup = Pickup(
        world.database,
        world.clock,
        Desk(world.database, world.clock),
        lambda *_: "",
        Pins(world.database, world.clock, world.rng),
    )
    act = CheckOut(arrived.visit, world.adults["周母"], tender="wechat")
    receipt = pickup.check_out(world.desk, act).value.receipt
    text = seal(KEY, SealKind.RECEIPT, "2025-000001")
    found = seals.verify(world.desk, text.lower().replace(".", "。"))
    assert (found.genuine, found.title, found.visit) == (True, "真", arrived.visit)
    assert "¥95.00 微信" in found.words
    Cashier(world.database, world.clock).reverse(world.cashier, receipt, "多收")
    found = seals.verify(world.desk, text)
    assert (found.title, found.tone) == ("已退款", Tone.WARN)
    assert "2025-000002" in found.words
    assert "退款单" in seals.verify(world.desk, seal(KEY, SealKind.RECEIPT, "2025-000002")).words


def test_slip_and_agreement_follow_the_visit(world, seals, arrived):
    slip = seal(KEY, SealKind.SLIP, slip_number(DAY, arrived.visit))
    agreement = seal(KEY, SealKind.AGREEMENT, agreement_number(DAY, arrived.visit))
    assert seals.verify(world.desk, slip).words.endswith("现在在园。")
    Arrivals(world.database, world.clock, world.rng).undo_check_in(world.desk, arrived.visit)
    found = seals.verify(world.desk, agreement)
    assert (found.title, found.tone) == ("已作废", Tone.WARN)


def test_a_superseded_report_is_named_as_such(world, seals, arrived):
    handover = Handover(world.database, world.clock)
    first = handover.sign(world.teacher, arrived.visit, NoteText(prose="一切都好。")).value
    text = seal(KEY, SealKind.REPORT, first.number)
    assert seals.verify(world.desk, text).title == "真"
    handover.sign(world.teacher, arrived.visit, NoteText(prose="一切都好，下午睡了一觉。"))
    assert seals.verify(world.desk, text).title == "已有新版"


@pytest.mark.parametrize("text", ["TDH1.R.2025-000001.K7Q2M9XA4C", "你好", "", "TDH1", "https://example.com"])
def test_what_we_did_not_sign_is_false(world, seals, text):
    found = seals.verify(world.desk, text)
    assert (found.genuine, found.title, found.tone) == (False, "假", Tone.BAD)


def test_a_good_signature_on_nothing_we_know_is_not_genuine(world, seals):
    for kind, number in (
        (SealKind.RECEIPT, "2025-000009"),
        (SealKind.REPORT, "H-20251203-0009"),
        (SealKind.SLIP, "S-20251203-0999"),
    ):
        assert seals.verify(world.desk, seal(KEY, kind, number)).title == "查无此单"
    assert seals.verify(world.desk, seal(KEY, SealKind.MONTH, "2025-11")).genuine


def test_a_seal_of_another_centre_is_false(world, seals):
    assert not seals.verify(world.desk, seal(b"x" * 32, SealKind.MONTH, "2025-11")).genuine
    assert dataclasses.is_dataclass(seals.verify(world.desk, ""))
