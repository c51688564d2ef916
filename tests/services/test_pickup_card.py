"""What the desk sees before a child goes: who may come by a call, the code unseen, and her siblings."""

import datetime as dt

import pytest

from app.domain.modes import Tariff
from app.domain.money import Money
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.grants import Call
from app.services.open_papers import OpenPapers
from app.services.pickup_card import grant_rows, sibling_rows
from app.store import people, visits
from app.store.people import Tie
from tests.services.world import DAY, add_child


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visit(world, services):
    return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


@pytest.fixture
def sibling(world, services):
    def came(name, born, sex):
        with world.database.unit(None, "sibling") as unit:
            child = add_child(unit, world, name, born, sex=sex)
            people.add_tie(unit, child, world.adults["张母"], Tie("妈妈", is_guardian=True, may_collect=True))
        at = world.clock.now.replace(hour=14)
        act = CheckIn(child, tariff=Tariff.TEMP_HALF_DAY, class_id=world.dragons, promised_at=at)
        return services.arrivals.check_in(world.desk, act).value.visit

    return came


def rows(world, visit):
    kept = visits.find_visit(world.database, visit)
    return sibling_rows(world.database, OpenPapers(world.database), world.desk, kept, world.clock.now)


def test_the_code_is_held_against_what_is_typed_and_is_read_off_nothing(world, services, visit):
    call = Call(
        (world.children["张沐阳"],), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X"
    )
    code = services.grants.add(world.desk, call).value.code
    (row,) = grant_rows(world.database, world.children["张沐阳"], DAY)
    assert code not in repr(row)
    assert row.matches(code)
    assert not row.matches("")
    assert not row.matches(code[:-1])
    assert "13800009911" not in row.detail, "the number is masked"


def test_a_call_without_a_card_tells_no_tail_and_one_of_yesterday_is_none(world, services, visit):
    call = Call(
        (world.children["张沐阳"],), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", ""
    )
    services.grants.add(world.desk, call)
    (row,) = grant_rows(world.database, world.children["张沐阳"], DAY)
    assert "证件尾号" not in row.detail
    assert grant_rows(world.database, world.children["张沐阳"], DAY + dt.timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("born", "sex", "kin"),
    [
        (dt.date(2023, 5, 31), "m", "哥哥"),
        (dt.date(2023, 5, 31), "f", "姐姐"),
        (dt.date(2023, 6, 2), "m", "弟弟"),
        (dt.date(2023, 6, 2), "f", "妹妹"),
        (dt.date(2023, 6, 2), None, ""),
        (dt.date(2023, 6, 1), "f", "双胞胎"),
    ],
)
def test_they_are_called_as_she_would_call_them(world, visit, sibling, born, sex, kin):
    other = sibling("张沐辰", born, sex)
    (row,) = rows(world, visit)
    assert (row.name, row.kin, row.visit) == ("张沐辰", kin, other)
    assert row.due == Money(8000)


def test_who_is_no_sibling_or_has_gone_stands_not_beside_her(world, services, visit, sibling):
    services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"]))
    assert rows(world, visit) == ()
    other = sibling("张沐辰", dt.date(2023, 11, 1), "m")
    assert len(rows(world, visit)) == 1
    services.arrivals.undo_check_in(world.desk, other)
    assert rows(world, visit) == ()


def test_a_sister_under_contract_owes_nothing(world, visit, sibling):
    other = sibling("张沐辰", dt.date(2023, 11, 1), "m")
    (hers,) = rows(world, other)
    assert (hers.name, hers.quote, hers.due) == ("张沐阳", None, Money(0))
