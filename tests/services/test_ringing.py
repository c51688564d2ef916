"""The promise clock: whom to ring, the number on demand, 已联系, and a new hour."""

import pytest

from app.domain.modes import Tariff
from app.domain.staff import NotPermittedError
from app.domain.visits import PromiseError
from app.services.arrivals import Arrivals, CheckIn, MorningCheck
from app.services.cashier import quote_of
from app.services.desk import Desk, RowState
from app.services.pickup import CheckOut, Pickup
from app.services.pins import Pins
from app.services.ringing import Call, Ringing, RingingError
from app.store import visits
from tests.services.world import add_adult


@pytest.fixture
def ringing(world):
    return Ringing(world.database, world.clock)


@pytest.fixture
def desk(world):
    return Desk(world.database, world.clock)


@pytest.fixture
def visit(world):
    """周乐瑶 as a guest until 14:00."""
    act = CheckIn(
        world.children["周乐瑶"],
        check=MorningCheck(),
        tariff=Tariff.TEMP_HALF_DAY,
        class_id=world.dragons,
        promised_at=world.clock.now.replace(hour=14, minute=0),
    )
    return Arrivals(world.database, world.clock, world.rng).check_in(world.desk, act).value.visit


def row_of(world, desk):
    board = desk.board(world.desk)
    return next(row for row in (*board.due, *board.present) if row.name == "周乐瑶")


def call(world, visit, **more):
    return Call(world.children["周乐瑶"], world.adults["周母"], visit, **more)


def test_the_barred_one_is_neither_given_out_nor_rung(world, ringing, visit):
    child = world.children["周乐瑶"]
    with pytest.raises(RingingError, match="禁止接走"):
        ringing.reveal(world.desk, child, world.adults["周外人"])
    with pytest.raises(RingingError, match="禁止接走") as raised:
        ringing.note(world.desk, Call(child, world.adults["周外人"], visit, words="我来接"))
    assert raised.value.field == "adult"


def test_a_quarter_before_the_hour_the_desk_says_whom_to_ring(world, desk, ringing, visit):
    world.clock.at(13, 44)
    assert not row_of(world, desk).to_ring
    world.clock.at(13, 45)
    assert row_of(world, desk).to_ring
    with world.database.unit(None, "x") as unit:
        add_adult(unit, world, world.children["周乐瑶"], "周奶奶", "奶奶", "13700001111")
        unit.audit("x", 1)
    card = ringing.card(world.desk, world.children["周乐瑶"], visit)
    assert [(one.words, one.role) for one in card.people] == [("妈妈 周母", "监护人"), ("奶奶 周奶奶", "")]
    assert card.people[0].phone_masked == "137****4455"
    assert "邻居 周外人" not in {one.words for one in card.people}  # who is barred is never rung


def test_the_number_in_full_is_audited_without_the_number(world, ringing, visit):
    del visit
    told = ringing.reveal(world.desk, world.children["周乐瑶"], world.adults["周母"]).value
    assert told == "137 0000 4455"
    line = world.database.row("select verb, subject, detail from audit order by id desc limit 1")
    assert (line["verb"], line["subject"]) == ("reveal_phone", "adult")
    assert "4455" not in line["detail"]
    with pytest.raises(RingingError):
        ringing.reveal(world.desk, world.children["周乐瑶"], world.adults["张母"])
    with pytest.raises(NotPermittedError):
        ringing.reveal(world.cashier, world.children["周乐瑶"], world.adults["周母"])


def test_a_call_shows_on_the_row_and_in_the_panel(world, desk, ringing, visit):
    world.clock.at(14, 10)
    ringing.note(world.desk, call(world, visit, words="路上堵车"))
    world.clock.at(14, 22)
    row = row_of(world, desk)
    assert (row.chip.words, row.called) == ("超 22 分", "已联系 14:10 妈妈")
    card = desk.card(world.desk, world.children["周乐瑶"])
    assert "14:10 妈妈 周母：路上堵车（林晓）" in card.day_words
    ringing.note(world.desk, call(world, visit, reached=False))
    assert row_of(world, desk).called == "没接通 14:22 妈妈"
    assert ringing.card(world.desk, row.child, visit).said == (
        "14:22 妈妈 周母：没接通（林晓）",
        "14:10 妈妈 周母：路上堵车（林晓）",
    )


def test_a_new_hour_moves_the_clock_but_not_the_fee(world, desk, ringing, visit):
    world.clock.at(14, 10)
    before = quote_of(world.database, visits.find_visit(world.database, visit), world.clock.now)
    done = ringing.note(world.desk, call(world, visit, promised="15:00"))
    row = row_of(world, desk)
    assert (row.state, f"{row.promised_at:%H:%M}", row.overdue_minutes) == (RowState.PRESENT, "15:00", 0)
    kept = visits.find_visit(world.database, visit)
    assert quote_of(world.database, kept, world.clock.now) == before
    ringing.undo(world.desk, done.undo.key)
    row = row_of(world, desk)
    assert (f"{row.promised_at:%H:%M}", row.called) == ("14:00", "")
    with pytest.raises(RingingError, match="撤销过"):
        ringing.undo(world.desk, done.undo.key)
    kinds = [row["kind"] for row in world.database.rows("select kind from contact order by id")]
    assert kinds == ["pickup", "taken_back"]  # nothing was deleted


def test_what_cannot_be_kept_is_said(world, desk, ringing, visit):
    world.clock.at(14, 10)
    with pytest.raises(PromiseError):
        ringing.note(world.desk, call(world, visit, promised="13:00"))
    with pytest.raises(RingingError, match="打给了谁"):
        ringing.note(world.desk, Call(world.children["周乐瑶"], None, visit))
    pins = Pins(world.database, world.clock, world.rng)
    pickup = Pickup(world.database, world.clock, desk, lambda *_: "", pins)
    pickup.check_out(world.desk, CheckOut(visit, world.adults["周母"], tender="wechat"))
    with pytest.raises(RingingError, match="已经离园"):
        ringing.note(world.desk, call(world, visit))
