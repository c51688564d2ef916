import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.illness import ExcludedError
from app.domain.modes import Tariff
from app.domain.pins import WrongPinError
from app.domain.pricing import NoPriceError
from app.domain.staff import NotPermittedError
from app.domain.visits import (
    AbsentTodayError,
    AlreadyCheckedInError,
    AlreadyLeftError,
    BarredFromCollectingError,
    FeverError,
    NotTodayError,
    PromiseError,
    RecheckError,
    UnfitError,
)
from app.services.arrivals import (
    Arrivals,
    CheckIn,
    MorningCheck,
    NoPlaceError,
    UnknownPersonError,
    VisitInUseError,
    WrongAgeError,
)
from app.services.pins import SecondPersonError
from app.services.told_adults import BarredTellerError
from app.store import people, visits
from tests.services.world import DAY, add_child, own_pin


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
            world.desk, CheckIn(child, tariff=Tariff.HOURLY, class_id=world.dragons, promised_at=before)
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


def test_a_lower_number_typed_after_a_fever_comes_in_only_as_a_recheck_that_shows_it(world, arrivals):
    child = world.children["张沐阳"]
    with pytest.raises(FeverError):
        arrivals.check_in(world.desk, CheckIn(child, check=MorningCheck(tenths=382)))
    for check in (
        None,
        MorningCheck(),
        MorningCheck(tenths=366),
        MorningCheck(outcome="recheck", note="五分钟后"),
        MorningCheck(tenths=366, outcome="recheck"),
    ):
        with pytest.raises(RecheckError, match=r"09:12 测得 38\.2℃，没有收下") as caught:
            arrivals.check_in(world.teacher, CheckIn(child, check=check))
        assert caught.value.field == "check_note"
    world.clock.at(9, 20)
    said = MorningCheck(tenths=366, outcome="recheck", note="八分钟后，耳温")
    visit = arrivals.check_in(world.desk, CheckIn(child, check=said)).value.visit
    (kept,) = visits.list_checks(world.database, visit)
    assert (kept.tenths, kept.note) == (366, "09:12 测得 38.2℃；八分钟后，耳温")


def test_a_recheck_at_the_door_waits_its_minutes_from_the_last_reading(world, arrivals):
    child = world.children["张沐阳"]
    said = MorningCheck(tenths=366, outcome="recheck", note="换了耳温枪")
    for minute, tenths in ((12, 390), (16, 382)):
        world.clock.at(9, minute)
        with pytest.raises(FeverError):
            arrivals.check_in(world.desk, CheckIn(child, check=MorningCheck(tenths=tenths)))
    world.clock.at(9, 20)  # eight minutes after the first, four after the last
    with pytest.raises(RecheckError, match=r"至少隔 5 分钟再复测。请 09:21 以后"):
        arrivals.check_in(world.desk, CheckIn(child, check=said))
    world.clock.at(9, 21)
    assert arrivals.check_in(world.desk, CheckIn(child, check=said)).value.visit


def test_a_refused_fever_holds_for_its_child_until_a_paper_was_seen(world, arrivals):
    with pytest.raises(FeverError):
        arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], check=MorningCheck(tenths=382)))
    with pytest.raises(FeverError):  # no thermometer shows it: nothing was measured
        arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"], check=MorningCheck(tenths=666)))
    arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"]))
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(ExcludedError, match=r"昨天 09:12 入园时体温 38\.2℃，没有收下"):
        arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))


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


@pytest.mark.parametrize("teller", ["张外人", "张外仁"])
def test_who_is_barred_from_her_does_not_say_that_she_stays_away(world, arrivals, teller):
    child = world.children["张沐阳"]
    with pytest.raises(BarredTellerError, match="不听此人的") as refused:
        arrivals.note_absence(world.desk, child, "personal", "", teller)
    assert refused.value.field == "told_by"
    arrivals.note_absence(world.desk, child, "personal", "", "张母")


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


def audit(world, subject):
    rows = world.database.rows("select detail from audit where subject = :s order by id", {"s": subject})
    return [row["detail"] for row in rows]


def test_nobody_looked_at_her_and_nothing_is_claimed(world, arrivals):
    visit = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    assert visits.list_checks(world.database, visit) == ()


def test_an_abnormal_finding_stays_at_the_door_unless_the_director_says_why(world, arrivals):
    child = world.children["张沐阳"]
    ill = MorningCheck(365, outcome="abnormal", note="手足口疱疹")
    for actor, act in (
        (world.desk, CheckIn(child, check=ill)),
        (world.desk, CheckIn(child, check=ill, health_reason="医生证明")),
        (world.director, CheckIn(child, check=ill)),
        (
            world.director,
            CheckIn(child, check=MorningCheck(365, outcome="abnormal"), health_reason="医生证明"),
        ),
    ):
        with pytest.raises(UnfitError, match="异常"):
            arrivals.check_in(actor, act)
    reasoned = CheckIn(child, check=ill, health_reason="医生证明")
    for typed, refusal in (("", SecondPersonError), ("0000", WrongPinError)):
        with pytest.raises(refusal) as unproved:
            arrivals.check_in(world.director, reasoned, typed)
        assert unproved.value.field == "own_pin"
    assert audit(world, "override") == []
    arrivals.check_in(world.director, reasoned, own_pin(world))
    assert audit(world, "override") == ["医生证明"]


@pytest.mark.parametrize(
    "check", [MorningCheck(2000), MorningCheck(365, outcome="zzz"), MorningCheck(365, note="长" * 10_000)]
)
def test_a_check_that_cannot_be_is_refused_in_words(world, arrivals, check):
    with pytest.raises(RuleError):
        arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], check=check))


def test_a_barred_adult_brings_nobody(world, arrivals):
    child = world.children["张沐阳"]
    barred = next(one for one in people.list_adults(world.database, child, DAY) if one.tie.barred)
    with pytest.raises(BarredFromCollectingError, match="不能登记为送来的人"):
        arrivals.check_in(world.desk, CheckIn(child, barred.id))
    assert visits.find_open_visit(world.database, child) is None


def test_a_promise_is_for_today_and_before_closing(world, arrivals):
    child = world.children["周乐瑶"]
    for promised in (
        world.clock.now.replace(hour=14) + dt.timedelta(days=1),
        world.clock.now.replace(hour=23),
    ):
        act = CheckIn(child, tariff=Tariff.HOURLY, promised_at=promised)
        with pytest.raises(PromiseError):
            arrivals.check_in(world.desk, act)


def test_a_class_of_another_age_needs_a_reason(world, arrivals):
    child = world.children["张沐阳"]
    with pytest.raises(WrongAgeError, match="不在小星星"):
        arrivals.check_in(world.desk, CheckIn(child, class_id=world.stars))
    arrivals.check_in(world.desk, CheckIn(child, class_id=world.stars, class_reason="并班"))
    assert audit(world, "override") == ["并班"]


def test_care_that_is_not_on_the_price_list_is_not_free(world, arrivals):
    with world.database.unit(None, "close") as unit:
        unit.execute("update price set valid_to = valid_from where code = 'hourly'", {})
        unit.audit("price", None)
    with pytest.raises(NoPriceError, match="价目表里没有"):
        arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], tariff=Tariff.HOURLY))


def test_who_came_and_went_today_was_not_absent(world, arrivals):
    child = world.children["张沐阳"]
    visit = arrivals.check_in(world.desk, CheckIn(child)).value.visit
    with world.database.unit(None, "leave") as unit:
        visits.end_visit(unit, visit, world.adults["张母"], "known", world.desk.id)
        unit.audit("visit", visit)
    with pytest.raises(AlreadyLeftError, match="不是缺勤"):
        arrivals.note_absence(world.desk, child, "sick")


@pytest.mark.parametrize(("reason", "told_by"), [("长" * 10_000, ""), ("", "长" * 10_000), ("\x00", "")])
def test_an_absence_is_told_in_words_that_can_be_kept(world, arrivals, reason, told_by):
    with pytest.raises(RuleError):
        arrivals.note_absence(world.desk, world.children["张沐阳"], "sick", reason, told_by)


def test_an_arrival_of_another_day_is_taken_back_by_the_director_only(world, arrivals):
    visit = arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(NotTodayError, match="园长"):
        arrivals.undo_check_in(world.desk, visit)
    arrivals.undo_check_in(world.director, visit)
    assert visits.find_visit(world.database, visit).undone
