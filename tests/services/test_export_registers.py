"""Registers go out as tables: what stands in them, and of when."""

import datetime as dt
import io

import openpyxl
import pytest

from app.domain.rollcall import CallKind, CallNote
from app.domain.staff import NotPermittedError
from app.services.absences import Trace
from app.services.alarms import BarredAlarmError, Stranger
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.exporting import ListKind
from app.services.grants import Call
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visit(world, services):
    return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


def rows(services, actor, kind, when=""):
    made = services.exporting.export(actor, kind, when=when).value
    page = openpyxl.load_workbook(io.BytesIO(made.data)).active
    return [[cell.value or "" for cell in row] for row in page.iter_rows(min_row=2)]


def test_who_took_whom_goes_out_of_a_month_and_of_a_day(world, services, visit):
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], "identity"))
    (row,) = rows(services, world.desk, ListKind.RELEASES)
    assert row[1:] == ["09:12", "张沐阳", "抱抱龙", "妈妈 张母", "身份证", "林晓", "已接走", ""]
    assert row[0].date() == DAY
    assert len(rows(services, world.desk, ListKind.RELEASES, "2025-12-03")) == 1
    assert rows(services, world.desk, ListKind.RELEASES, "2025-12-02") == []
    assert rows(services, world.desk, ListKind.RELEASES, "2025-11") == []
    with pytest.raises(NotPermittedError):
        rows(services, world.cashier, ListKind.RELEASES)


def test_calls_go_out_with_masked_numbers_and_what_became_of_them(world, services, visit):
    call = Call(
        (world.children["张沐阳"],), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X"
    )
    granted = services.grants.add(world.desk, call).value
    services.grants.withdraw(world.director, granted.grant)
    again = services.grants.add(world.desk, call).value
    act = CheckOut(visit, proof="grant", grant=again.grant, code=again.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    first, second = rows(services, world.desk, ListKind.GRANTS)
    assert first[1:8] == ["09:12", "张沐阳", "妈妈 张母", "姑姑 孙丽华", "138****9911", "002X", "林晓"]
    assert (first[8], second[8]) == ("09:12 周敏撤回", "09:12 已接走")
    assert len(rows(services, world.desk, ListKind.GRANTS, "2025-12-01..2025-12-03")) == 2
    assert rows(services, world.desk, ListKind.GRANTS, "2025-12-04..2025-12-05") == []


def test_alarms_go_out_with_both_persons_and_the_decision(world, services, visit):
    outsider = Stranger("张外人", "舅舅", "13900001111")
    act = CheckOut(visit, proof="exception", stranger=outsider, reason="说好了", identity_seen=True)
    with pytest.raises(BarredAlarmError):
        services.pickup.check_out(world.desk, act)
    (row,) = rows(services, world.desk, ListKind.ALARMS)
    wanted = [
        "09:12",
        "张沐阳",
        "来接",
        "舅舅 张外人（尾号 1111）",
        "邻居 张外人",
        "姓名相同",
        "林晓",
        "还没处理",
    ]
    assert row[1:] == wanted


def test_cards_go_out_a_line_each_with_the_dead_ones(world, services):
    child = world.children["张沐阳"]
    (card,) = services.cards.issue(world.desk, (child,)).value
    services.cards.replace(world.desk, card, "掉在公交上")
    own = [row for row in rows(services, world.desk, ListKind.CARDS) if row[0] == "张沐阳"]
    assert [(row[4], row[6]) for row in own] == [("有效", ""), ("已挂失", "掉在公交上")]
    others = [row for row in rows(services, world.desk, ListKind.CARDS) if row[0] != "张沐阳"]
    assert {row[4] for row in others} == {"没有卡"}


def test_staff_go_out_to_the_director_alone(world, services):
    found = rows(services, world.director, ListKind.STAFF)
    assert {tuple(row[:3]) for row in found} >= {("许静", "带班老师", "抱抱龙"), ("周敏", "园长", "")}
    with pytest.raises(NotPermittedError):
        rows(services, world.desk, ListKind.STAFF)


def test_past_roll_calls_go_out_with_what_was_noted(world, services, visit):
    call = services.rollcall.start(world.desk, CallKind.DRILL, "火灾").value
    services.rollcall.end(world.desk, call, CallNote(problems="侧门锁着"))
    (row,) = rows(services, world.cashier, ListKind.ROLL_CALLS)
    assert (row[2], row[3], row[10]) == ("演练", "火灾", "侧门锁着")
    assert row[4] >= row[5] >= 1


def test_askings_go_out_of_a_month(world, services):
    world.clock.at(10)
    trace = Trace(world.children["张沐阳"], world.adults["张母"], result="sick", illness="发热")
    services.absences.trace(world.desk, trace)
    (row,) = rows(services, world.desk, ListKind.FOLLOW_UPS)
    assert row[1:3] == ["抱抱龙", "张沐阳"]
    assert (row[6], row[7], row[8]) == ("妈妈 张母", "病", "发热")
    assert rows(services, world.desk, ListKind.FOLLOW_UPS, f"{DAY - dt.timedelta(days=40):%Y-%m}") == []
    with pytest.raises(NotPermittedError):
        rows(services, world.cashier, ListKind.FOLLOW_UPS)
