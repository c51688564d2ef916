"""A fever found at the door keeps a child at home as one found in class does, by the same table."""

import datetime as dt
import itertools

import pytest

from app.domain.fever import NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.illness import ExcludedError
from app.domain.modes import Tariff
from app.domain.visits import FeverError, RecheckError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.illness import CaseCard
from app.services.open_papers import Answer
from tests.services.answered import merge_children
from tests.services.world import DAY, add_child

NAME = "张沐阳"


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def child(world):
    return world.children[NAME]


def on(world, days):
    world.clock.now += dt.timedelta(days=days)


def arrive(services, world, check=None, name=NAME):
    return services.arrivals.check_in(world.desk, CheckIn(world.children[name], check=check)).value


def at_door(services, world, tenths=382):
    with pytest.raises(FeverError):
        arrive(services, world, MorningCheck(tenths=tenths))


def in_class(services, world, tenths=382):
    """Found inside, found again, and she is fetched."""
    visit = arrive(services, world).visit
    fevers = services.health.fevers
    case = fevers.begin(world.teacher, visit, tenths).value
    world.clock.at(9, 30)
    for step in (
        NewStep(StepKind.RECHECK, tenths=tenths, site="ear"),
        NewStep(StepKind.CALL, whom="张母", reached=True, words="马上来"),
        NewStep(StepKind.ISOLATE, whom="许静"),
    ):
        fevers.step(world.teacher, case, step)
    told = (Answer("fever", case),)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"], answers=told))


def reports(services, world):
    return services.health.illness.view(world.teacher).reports


def clear(services, world, child):
    """What the page 病例 does of a report: a case, and the paper that was seen."""
    (report,) = reports(services, world)
    card = CaseCard(child, "fever", report.day.isoformat(), source=report.source, source_id=report.source_id)
    case = services.health.illness.note(world.teacher, card).value
    assert reports(services, world) == ()
    services.health.illness.see_certificate(
        world.director, case, "妈妈的书面说明，当天退热", report.day.isoformat()
    )
    return case


def test_a_fever_refused_at_the_door_waits_in_the_room_for_its_case(services, world, child):
    at_door(services, world)
    (report,) = reports(services, world)
    assert (report.child, report.source, report.source_id, report.day) == (child, "fever", None, DAY)
    assert report.words == "入园时发热 38.2℃（09:12），没有收下"


@pytest.mark.parametrize("found", [at_door, in_class])
@pytest.mark.parametrize("days", [1, 3])
def test_the_next_days_are_the_tables_wherever_it_was_found(services, world, child, found, days):
    first = DAY + dt.timedelta(days=days)
    if days != 1:  # as the table has it
        services.manage.rules.set_rule(world.director, "ill.fever.days", str(days), DAY)
    found(services, world)
    case = clear(services, world, child)
    told = first if first.isoweekday() < 6 else first + dt.timedelta(days=8 - first.isoweekday())
    while world.clock.now.date() < first:
        with pytest.raises(ExcludedError, match=f"最早 12月{told.day}日"):
            arrive(services, world)
        on(world, 1)
    arrive(services, world)
    assert services.health.illness.view(world.teacher).cases[0].case.id == case


@pytest.mark.parametrize(
    ("found", "says"), [(at_door, "入园时体温 38.2℃，没有收下"), (in_class, "体温 38.2℃")]
)
def test_the_next_morning_the_desk_is_told_before_anything_is_typed(services, world, child, found, says):
    found(services, world)
    on(world, 1)
    told = services.desk.card(world.desk, child).keeps_home
    assert told.startswith(f"{NAME}昨天 09:")
    assert says in told
    assert "请量体温、问清什么时候退的热" in told
    assert "退热满 24 小时：医院的诊断，或家长的书面说明" in told
    with pytest.raises(ExcludedError) as refused:
        arrive(services, world, MorningCheck(tenths=365))
    assert refused.value.sentence == told
    clear(services, world, child)
    assert services.desk.card(world.desk, child).keeps_home == ""
    arrive(services, world, MorningCheck(tenths=365))
    assert services.desk.card(world.desk, child).keeps_home == ""


def test_a_case_noted_the_same_day_keeps_her_at_home_until_the_paper_was_seen(services, world, child):
    at_door(services, world)
    case = services.health.illness.note(world.teacher, CaseCard(child, "fever", "今天", source="fever")).value
    on(world, 2)
    with pytest.raises(ExcludedError, match="还没看到退热满 24 小时"):
        arrive(services, world)
    services.health.illness.see_certificate(world.director, case, "妈妈的书面说明")
    arrive(services, world)


def test_who_comes_back_the_same_day_well_is_let_in_by_her_recheck_and_asked_nothing_later(
    services, world, child
):
    at_door(services, world)
    assert services.desk.card(world.desk, child).keeps_home == ""
    world.clock.at(10)
    visit = arrive(
        services, world, MorningCheck(tenths=366, outcome="recheck", note="歇了 40 分钟，耳温")
    ).visit
    assert reports(services, world) == ()
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    on(world, 1)
    arrive(services, world)


def test_a_recheck_today_does_not_answer_for_yesterday(services, world, child):
    at_door(services, world, 391)
    on(world, 1)
    at_door(services, world, 375)
    world.clock.at(10)
    with pytest.raises(ExcludedError, match=r"昨天 09:12 入园时体温 39\.1℃"):
        arrive(services, world, MorningCheck(tenths=366, outcome="recheck", note="歇了 40 分钟，耳温"))
    assert reports(services, world)[0].words == "入园时发热 37.5℃（09:12），没有收下"


def test_the_highest_of_several_readings_is_named_and_the_first_is_answered_for(services, world, child):
    at_door(services, world, 375)
    world.clock.at(9, 14)
    services.health.illness.note(world.teacher, CaseCard(child, "fever", "今天", source="fever"))
    world.clock.at(9, 20)
    at_door(services, world, 384)
    assert reports(services, world) == ()
    with world.database.unit(None, "test") as unit:
        unit.execute("update illness_case set ended_at = noted_at, ended_as = 'undone'")
        unit.audit("illness", 1)
    assert reports(services, world)[0].words == "入园时发热 38.4℃（09:12），没有收下"


def test_an_arrival_taken_back_answers_for_nothing(services, world, child):
    at_door(services, world)
    world.clock.at(10)
    done = services.arrivals.check_in(
        world.desk, CheckIn(child, check=MorningCheck(tenths=366, outcome="recheck", note="耳温"))
    )
    services.undo(world.desk, done.undo)
    on(world, 1)
    with pytest.raises(ExcludedError):
        arrive(services, world)


def test_a_paper_answers_only_for_what_was_measured_before_it_was_seen(services, world, child):
    """She comes too early, and the paper lies between two readings of that morning."""
    illness = services.health.illness
    at_door(services, world)
    case = illness.note(world.teacher, CaseCard(child, "fever", "今天", source="fever")).value
    on(world, 1)
    at_door(services, world, 379)
    assert reports(services, world) == ()  # her case waits for its paper
    world.clock.at(9, 20)
    early = illness.see_certificate(world.director, case, "妈妈的书面说明").undo
    world.clock.at(9, 40)
    at_door(services, world, 376)
    (report,) = reports(services, world)
    assert report.words == "入园时发热 37.9℃（09:12），没有收下"
    on(world, 1)
    with pytest.raises(ExcludedError, match=r"昨天 09:12 入园时体温 37\.9℃"):
        arrive(services, world)
    services.undo(world.director, early)
    illness.see_certificate(world.director, case, "医院的诊断，昨天晚上退热", "昨天")
    assert reports(services, world) == ()
    arrive(services, world)


def test_a_paper_seen_after_the_reading_answers_for_it_once_its_day_is_over(services, world, child):
    illness = services.health.illness
    at_door(services, world)
    case = illness.note(world.teacher, CaseCard(child, "fever", "今天", source="fever")).value
    on(world, 1)
    at_door(services, world, 379)
    world.clock.at(9, 40)
    illness.see_certificate(world.director, case, "妈妈的书面说明")
    assert [one.day for one in reports(services, world)] == [DAY + dt.timedelta(days=1)]
    on(world, 1)
    assert reports(services, world) == ()
    arrive(services, world)


def test_a_case_of_another_illness_noted_after_it_answers_for_it(services, world, child):
    at_door(services, world)
    world.clock.at(11)
    services.health.illness.note(world.teacher, CaseCard(child, "hfmd", "今天"))
    assert reports(services, world) == ()
    other = world.children["周乐瑶"]
    services.health.illness.note(world.teacher, CaseCard(other, "hfmd", "今天"))
    world.clock.at(12)
    with pytest.raises(FeverError):
        arrive(services, world, MorningCheck(tenths=384), "周乐瑶")
    assert [one.child for one in reports(services, world)] == [other]  # found after it was noted


def test_after_a_fortnight_nobody_is_asked(services, world, child):
    at_door(services, world)
    on(world, 14)
    with pytest.raises(ExcludedError):
        arrive(services, world)
    on(world, 1)
    assert reports(services, world) == ()
    arrive(services, world)


@pytest.mark.parametrize("between", [(), ("张沐样",), ("张沐样", "张沐阳阳")])
def test_it_is_not_lost_when_her_record_is_joined_with_another(services, world, child, between):
    """And that one with another again."""
    with world.database.unit(None, "build") as unit:
        twin = add_child(unit, world, "张沐洋", dt.date(2023, 6, 1), sex="m")
        unit.audit("child", twin)
        others = [add_child(unit, world, name, dt.date(2023, 6, 1), sex="m") for name in between]
    act = CheckIn(twin, class_id=world.dragons, tariff=Tariff.HOURLY, check=MorningCheck(tenths=382))
    with pytest.raises(FeverError):
        services.arrivals.check_in(world.desk, act)
    chain = [twin, *others, child]
    for merged, kept in itertools.pairwise(chain):
        merge_children(services, world.director, kept, merged)
    assert [one.child for one in reports(services, world)] == [child]
    with pytest.raises(RecheckError):
        arrive(services, world, MorningCheck(tenths=366))
    on(world, 1)
    with pytest.raises(ExcludedError, match=r"38\.2℃，没有收下"):
        arrive(services, world)


def test_another_child_is_not_kept_at_home_by_it(services, world):
    at_door(services, world)
    on(world, 1)
    arrive(services, world, name="周乐瑶")


def test_a_reading_is_a_fever_by_the_line_of_its_own_day(services, world):
    """What was no fever yesterday keeps nobody out because the line was set lower this morning."""
    services.manage.rules.set_rule(world.director, "fever_tenths", "37.6", DAY)
    services.manage.rules.set_rule(world.director, "fever_tenths", "37.3", DAY + dt.timedelta(days=1))
    world.clock.at(9, 13)
    visit = arrive(services, world).visit
    services.health.rounds.keep(world.teacher, RoundKind.NOON, visit, Mark(tenths=375))
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    on(world, 1)
    assert reports(services, world) == ()
    arrive(services, world)


def test_a_recheck_at_the_door_waits_its_minutes(services, world, child):
    at_door(services, world)  # at 9:12
    again = MorningCheck(tenths=365, outcome="recheck", note="换了耳温枪")
    for minute in (13, 16):
        world.clock.at(9, minute)
        with pytest.raises(RecheckError, match="09:17 以后"):
            arrive(services, world, again)
    world.clock.at(9, 17)
    arrive(services, world, again)
