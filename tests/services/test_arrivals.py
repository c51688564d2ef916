import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.modes import Tariff
from app.domain.staff import NotPermittedError
from app.domain.visits import (
    AbsentTodayError,
    AlreadyCheckedInError,
    FeverError,
    NotTodayError,
    PromiseError,
)
from app.services.arrivals import (
    Arrivals,
    CheckIn,
    MorningCheck,
    NoPlaceError,
    UnknownPersonError,
    VisitInUseError,
)
from app.store import visits
from tests.services.world import DAY, add_child


@pytest.fixture
def arrivals(world):
    return Arrivals(world.database, world.clock, world.rng)


def open_visits(world):
    return [tuple(row) for row in world.database.rows("select child_id, undone_at from visit order by id")]


def test_a_child_with_a_contract_is_taken_into_her_class(world, arrivals):
    child = world.children["张沐阳"]
    done = arrivals.check_in(world.desk, CheckIn(child, world.adults["张母"], MorningCheck(tenths=365)))
    visit = visits.find_visit(world.database, done.value.visit)
    assert (visit.class_name, visit.tariff, visit.promised_at) == ("抱抱龙", Tariff.CONTRACT, None)
    assert visit.arrived_at == world.clock.now
    assert visits.list_checks(world.database, visit.id)[0].tenths == 365
    assert done.changes.topics == {Topic.VISITS}
    assert done.undo.label == "张沐阳 入园"
    audit = world.database.row("select verb, staff_id, subject_id from audit order by id desc")
    assert tuple(audit) == ("check_in", world.desk.id, visit.id)


def test_two_arrivals_are_one_too_many(world, arrivals):
    child = world.children["张沐阳"]
    arrivals.check_in(world.desk, CheckIn(child))
    world.clock.at(9, 40)
    with pytest.raises(AlreadyCheckedInError, match="张沐阳 9:12 已经入园"):
        arrivals.check_in(world.desk, CheckIn(child))
    assert len(open_visits(world)) == 1


def test_a_child_without_contract_or_booking_needs_the_intake(world, arrivals):
    with world.database.unit(None, "add") as unit:
        child = add_child(unit, world, "过路客", dt.date(2023, 5, 5))
    with pytest.raises(NoPlaceError, match="F2"):
        arrivals.check_in(world.desk, CheckIn(child))
    at = world.clock.now.replace(hour=14)
    done = arrivals.check_in(
        world.desk, CheckIn(child, class_id=world.dragons, tariff=Tariff.TEMP_HALF_DAY, promised_at=at)
    )
    assert visits.find_visit(world.database, done.value.visit).promised_at == at


def test_a_promise_in_the_past_and_an_unknown_class_are_refused(world, arrivals):
    child = world.children["张沐阳"]
    before = world.clock.now - dt.timedelta(minutes=1)
    with pytest.raises(PromiseError, match="已经过去"):
        arrivals.check_in(
            world.desk, CheckIn(child, tariff=Tariff.HOURLY, class_id=world.stars, promised_at=before)
        )
    with pytest.raises(UnknownPersonError, match="没有开班"):
        arrivals.check_in(world.desk, CheckIn(child, class_id=99))
    with pytest.raises(UnknownPersonError, match="联系人"):
        arrivals.check_in(world.desk, CheckIn(child, world.adults["马母"]))
    assert open_visits(world) == []


def test_a_feverish_child_stays_out(world, arrivals):
    with pytest.raises(FeverError, match=r"38\.2"):
        arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], check=MorningCheck(tenths=382)))
    assert open_visits(world) == []


def test_an_undone_arrival_stays_on_file_and_she_can_come_again(world, arrivals):
    child = world.children["张沐阳"]
    first = arrivals.check_in(world.desk, CheckIn(child)).value
    arrivals.undo_check_in(world.desk, first.visit)
    with pytest.raises(NotTodayError, match="已经撤销"):
        arrivals.undo_check_in(world.desk, first.visit)
    second = arrivals.check_in(world.desk, CheckIn(child)).value
    assert second.pickup_code != first.pickup_code
    assert [undone is None for _, undone in open_visits(world)] == [False, True]
    assert visits.list_checks(world.database, first.visit) == ()


def test_an_arrival_with_a_logged_meal_cannot_be_undone(world, arrivals):
    arrived = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value
    log_lunch(world, arrived)
    with pytest.raises(VisitInUseError, match="1 条日志"):
        arrivals.undo_check_in(world.desk, arrived.visit)


def log_lunch(world, arrived):
    with world.database.unit(world.teacher.id, "log") as unit:
        made = {"kind": "meal", "staff_id": world.teacher.id, "made_at": unit.stamp}
        batch = unit.insert("log_batch", made)
        entry = {"batch_id": batch, "visit_id": arrived.visit, "child_id": arrived.child}
        entry |= {"day": DAY.isoformat(), "kind": "meal", "detail": "lunch", "at": unit.stamp}
        unit.insert("log_entry", entry | {"grade": 4, "staff_id": world.teacher.id})
        unit.audit("log", batch)


def test_an_absence_is_noted_once_stops_the_door_and_can_be_taken_back(world, arrivals):
    child = world.children["周乐瑶"]
    noted = arrivals.note_absence(world.desk, child, "sick", "发热", "妈妈电话")
    with pytest.raises(AbsentTodayError, match="病假"):
        arrivals.note_absence(world.desk, child, "personal")
    with pytest.raises(AbsentTodayError, match="撤销缺勤"):
        arrivals.check_in(world.desk, CheckIn(child))
    arrivals.undo_absence(world.desk, noted.undo.key)
    with pytest.raises(NotTodayError):
        arrivals.undo_absence(world.desk, noted.undo.key)
    arrivals.check_in(world.desk, CheckIn(child))
    with pytest.raises(AlreadyCheckedInError, match="不能登记缺勤"):
        arrivals.note_absence(world.desk, child, "sick")
    with pytest.raises(RuleError, match="病假、事假"):
        arrivals.note_absence(world.desk, child, "holiday")


def test_the_cashier_may_not_open_the_door(world, arrivals):
    with pytest.raises(NotPermittedError, match="方芸"):
        arrivals.check_in(world.cashier, CheckIn(world.children["张沐阳"]))
    assert open_visits(world) == []


def test_a_child_forgotten_yesterday_is_named_with_the_day(world, arrivals):
    child = world.children["张沐阳"]
    arrivals.check_in(world.desk, CheckIn(child))
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(AlreadyCheckedInError, match="12月3日没有办离园"):
        arrivals.check_in(world.desk, CheckIn(child))


def test_nobody_stays_by_a_contract_she_does_not_have(world, arrivals):
    with world.database.unit(None, "add") as unit:
        child = add_child(unit, world, "过路客", dt.date(2023, 5, 5))
    with pytest.raises(NoPlaceError, match="没有合同"):
        arrivals.check_in(world.desk, CheckIn(child, class_id=world.dragons, tariff=Tariff.CONTRACT))


def test_a_booking_goes_before_the_contract(world, arrivals):
    child = world.children["马思睿"]
    with world.database.unit(None, "book") as unit:
        row = {"child_id": child, "class_id": world.stars, "mode": "hourly", "tariff": "hourly"}
        row |= {"day": DAY.isoformat(), "from_minute": 540, "to_minute": 660, "made_at": unit.stamp}
        unit.insert("booking", row)
        unit.audit("booking", None)
    visit = visits.find_visit(world.database, arrivals.check_in(world.desk, CheckIn(child)).value.visit)
    assert (visit.class_name, visit.tariff, visit.mode.value) == ("小星星", Tariff.HOURLY, "hourly")
    assert f"{visit.promised_at:%H:%M}" == "11:00"


def test_a_class_that_has_closed_takes_nobody(world, arrivals):
    with world.database.unit(None, "close") as unit:
        unit.execute("update class_group set closed_on = '2025-12-02' where id = :id", {"id": world.dragons})
        unit.audit("class", world.dragons)
    with pytest.raises(UnknownPersonError, match="没有开班"):
        arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
