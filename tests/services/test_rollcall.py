"""紧急点名: from the first head to the register."""

import dataclasses
import datetime as dt

import pytest

from app.domain.cards import CardError
from app.domain.changes import Topic
from app.domain.ids import RollCallId, StaffId, VisitId
from app.domain.modes import Tariff
from app.domain.names import BadTextError
from app.domain.rollcall import (
    CallKind,
    CallNote,
    HeadKey,
    HeadState,
    NoRollCallError,
    NotOnRollError,
    RollCallError,
    RollCallOpenError,
)
from app.domain.seals import SealKind, seal
from app.domain.staff import Actor, Permission, Role
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.numbers import agreement_number, roll_call_number, slip_number
from app.services.pickup import CheckOut
from app.services.roll import make_roll
from app.services.rollcall import RollCalls
from tests.services.world import DAY, KEY

NOTE = CallNote("按班撤到操场。", "楼梯口拥挤。", "两个班错开。", "用时偏长")


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def arrive(world, services):
    def come(name):
        act = CheckIn(world.children[name], tariff=None)
        return services.arrivals.check_in(world.desk, act).value

    return come


@pytest.fixture
def inside(arrive):
    return {name: arrive(name) for name in ("张沐阳", "周乐瑶", "曾雨桐")}


@pytest.fixture
def call(world, services, inside):
    return services.rollcall.start(world.desk, CallKind.DRILL, "火灾").value


def states(services, world):
    return {head.name: head.state for head in services.rollcall.roll(world.desk).heads}


def test_everybody_inside_and_at_work_is_counted_with_whom_to_ring(world, services, inside):
    roll = services.rollcall.roll(world.desk)
    assert [(group.name, group.total, group.digit) for group in roll.groups] == [
        ("抱抱龙", 2, 1),
        ("小星星", 1, 2),
        ("教职工", 6, 3),
    ]
    zhang = next(head for head in roll.heads if head.name == "张沐阳")
    assert [(one.relation, one.phone) for one in zhang.contacts] == [("妈妈", "13700002233")]  # nobody barred
    assert zhang.allergies == ("花生",)
    assert roll.call is None
    assert roll.children == 3
    assert {head.name for head in roll.groups[-1].heads} == {"林晓", "许静", "方芸", "周敏", "沈玉洁", "孟佳"}


def test_carers_off_shift_are_not_looked_for(world, services):
    world.clock.at(19)
    assert {head.name for head in services.rollcall.roll(world.desk).heads} == {"林晓", "方芸", "周敏"}


def test_who_was_not_handed_back_yesterday_counts_and_says_so(world, services, inside):
    world.clock.now += dt.timedelta(days=1)
    zhang = next(head for head in services.rollcall.roll(world.desk).heads if head.name == "张沐阳")
    assert zhang.where == "12月3日未办离园"


def test_every_role_may_call(world, services):
    for role in Role:
        assert Actor(StaffId(1), "甲", role).may(Permission.ROLL_CALL)


def test_there_is_one_call_at_a_time(world, services, call):
    with pytest.raises(RollCallOpenError, match="F9"):
        services.rollcall.start(world.desk, CallKind.DRILL)
    assert services.rollcall.find_open().id == call
    real = services.rollcall.start(world.desk, CallKind.REAL).value
    for kind in CallKind:
        with pytest.raises(RollCallOpenError, match="F9"):
            services.rollcall.start(world.teacher, kind)
    assert services.rollcall.find_open().id == real


def test_marks_say_who_and_when_and_can_be_taken_back(world, services, inside, call):
    key = HeadKey(visit=inside["张沐阳"].visit)
    world.clock.at(9, 14)
    done = services.rollcall.mark(world.teacher, call, (key,))
    assert done.changes.topics == {Topic.ROLL_CALL}
    head = next(head for head in services.rollcall.roll(world.desk).heads if head.key == key)
    assert (head.state, head.by, f"{head.at:%H:%M}") == (HeadState.SAFE, "许静", "09:14")
    assert services.rollcall.mark(world.desk, call, (key,)).value == 0  # marked already: nothing happens
    services.undo(world.desk, done.undo)
    assert states(services, world)["张沐阳"] is HeadState.MISSING
    with pytest.raises(RollCallError, match="撤销过"):
        services.undo(world.desk, done.undo)
    rows = world.database.rows("select undone_at, undone_by from roll_call_mark")
    assert [(row["undone_at"] is not None, row["undone_by"]) for row in rows] == [(True, world.desk.id)]
    services.rollcall.mark(world.desk, call, (key,))
    services.rollcall.unmark(world.desk, call, key)
    with pytest.raises(NotOnRollError, match="没有标记"):
        services.rollcall.unmark(world.desk, call, key)


def test_a_whole_class_is_one_act_and_one_undo(world, services, inside, call):
    services.rollcall.mark(world.desk, call, (HeadKey(visit=inside["张沐阳"].visit),))
    done = services.rollcall.mark_class(world.desk, call, world.dragons)
    assert done.value == 1
    assert services.rollcall.mark_class(world.desk, call, None).value == 6
    assert services.rollcall.roll(world.desk).missing == 1
    services.undo(world.desk, done.undo)
    found = states(services, world)
    assert (found["张沐阳"], found["周乐瑶"]) == (HeadState.SAFE, HeadState.MISSING)


def test_staff_may_be_away_and_children_may_not(world, services, inside, call):
    director = HeadKey(staff=world.director.id)
    services.rollcall.mark(world.desk, call, (director,), HeadState.AWAY)
    assert states(services, world)["周敏"] is HeadState.AWAY
    with pytest.raises(RollCallError, match="按记录在园"):
        services.rollcall.mark(world.desk, call, (HeadKey(visit=inside["张沐阳"].visit),), HeadState.AWAY)
    with pytest.raises(RollCallError, match="只能记"):
        services.rollcall.mark(world.desk, call, (director,), HeadState.LEFT)
    with pytest.raises(NotOnRollError, match="刷新"):
        services.rollcall.mark(world.desk, call, (HeadKey(visit=VisitId(999)),))


def test_a_scan_of_the_slip_marks_its_child(world, services, inside, call):
    zhang, zhou = inside["张沐阳"], inside["周乐瑶"]
    assert services.rollcall.mark_by_code(world.desk, call, zhang.pickup_code.lower()).value == "张沐阳"
    scanned = seal(KEY, SealKind.SLIP, slip_number(DAY, zhou.visit))
    assert services.rollcall.mark_by_code(world.desk, call, scanned).value == "周乐瑶"
    assert states(services, world)["周乐瑶"] is HeadState.SAFE
    for wrong in ("ZZZZ", "随便", "TDH1.S.S-20251203-0001.0000000000"):
        with pytest.raises(NotOnRollError):
            services.rollcall.mark_by_code(world.desk, call, wrong)
    cards = RollCalls(world.database, world.clock, [{"CARD7": inside["曾雨桐"].visit}.get])
    assert cards.mark_by_code(world.desk, call, "CARD7").value == "曾雨桐"


def test_a_code_that_would_not_go_out_any_more_marks_its_child(world, services, inside, call):
    with world.database.unit(None, "older") as unit:  # a release with another alphabet gave it out
        unit.execute("update visit set pickup_code = 'BGXW' where id = :id", {"id": inside["曾雨桐"].visit})
        unit.audit("visit", inside["曾雨桐"].visit)
    assert services.rollcall.mark_by_code(world.desk, call, "bgxw").value == "曾雨桐"


def test_a_card_marks_its_child_and_a_lost_one_nobody(world, services, inside, call):
    zhang, zeng = world.children["张沐阳"], world.children["曾雨桐"]
    director = world.director
    for child in (zhang, zeng):
        services.cards.issue(director, [child])
    rows = {row.holder.child: row.valid[0] for row in services.cards.register(director) if row.valid}
    card = seal(KEY, SealKind.CARD, rows[zhang].number)
    assert services.rollcall.mark_by_code(world.desk, call, card).value == "张沐阳"
    services.cards.declare_lost(world.desk, rows[zeng].id)
    with pytest.raises(CardError, match="挂失"):
        services.rollcall.mark_by_code(world.desk, call, seal(KEY, SealKind.CARD, rows[zeng].number))
    assert states(services, world)["曾雨桐"] is HeadState.MISSING
    with pytest.raises(CardError, match="没有接送卡"):
        services.rollcall.mark_by_code(world.desk, call, seal(KEY, SealKind.CARD, "C-000999"))
    absent = world.children["马思睿"]
    services.cards.issue(director, [absent])
    rows = {row.holder.child: row.valid[0] for row in services.cards.register(director) if row.valid}
    with pytest.raises(CardError, match="现在不在园"):
        services.rollcall.mark_by_code(world.desk, call, seal(KEY, SealKind.CARD, rows[absent].number))


def test_papers_of_a_stay_mark_its_child_and_other_papers_nobody(world, services, inside, call):
    agreed = seal(KEY, SealKind.AGREEMENT, agreement_number(DAY, inside["曾雨桐"].visit))
    assert services.rollcall.mark_by_code(world.desk, call, agreed).value == "曾雨桐"
    for kind, number in (
        (SealKind.RECEIPT, "2025-000099"),
        (SealKind.REPORT, "H-20251203-0001"),
        (SealKind.MONTH, "2025-11"),
    ):
        with pytest.raises(NotOnRollError):
            services.rollcall.mark_by_code(world.desk, call, seal(KEY, kind, number))


def test_who_was_handed_to_the_family_meanwhile_need_not_be_found(world, services, inside, call):
    world.clock.at(9, 20)
    act = CheckOut(inside["曾雨桐"].visit, world.adults["曾母"])
    services.pickup.check_out(world.desk, act)
    assert states(services, world)["曾雨桐"] is HeadState.LEFT
    services.rollcall.end(world.desk, call)
    paper = services.rollcall.paper(world.desk, call)
    stars = next(group for group in paper.classes if group.name == "小星星")
    assert [(head.state, head.missing) for head in stars.heads] == [("已接走", False)]


def test_a_slip_of_before_says_nothing_of_who_came_in_again(world, services, inside, call, arrive):
    stay = inside["曾雨桐"]
    world.clock.at(9, 20)
    services.pickup.check_out(world.desk, CheckOut(stay.visit, world.adults["曾母"]))
    assert services.rollcall.mark_by_code(world.desk, call, stay.pickup_code).value == "曾雨桐"
    world.clock.at(9, 25)
    again = arrive("曾雨桐")
    for paper in (stay.pickup_code, seal(KEY, SealKind.SLIP, slip_number(DAY, stay.visit))):
        with pytest.raises(NotOnRollError, match="曾雨桐 09:25 又入园"):
            services.rollcall.mark_by_code(world.desk, call, paper)
    assert states(services, world)["曾雨桐"] is HeadState.MISSING
    assert services.rollcall.mark_by_code(world.desk, call, again.pickup_code).value == "曾雨桐"
    assert states(services, world)["曾雨桐"] is HeadState.SAFE


def test_who_comes_in_during_the_call_is_counted_and_named_as_late(world, services, inside, call, arrive):
    world.clock.at(9, 15)
    late = arrive("马思睿")
    head = next(head for head in services.rollcall.roll(world.desk).heads if head.name == "马思睿")
    assert (head.state, head.late) == (HeadState.MISSING, True)
    services.rollcall.mark(world.desk, call, (HeadKey(visit=late.visit),))
    services.rollcall.end(world.desk, call)
    paper = services.rollcall.paper(world.desk, call)
    found = next(head for group in paper.classes for head in group.heads if head.name == "马思睿")
    assert (found.state, found.note) == ("安全", "点名开始后入园")


def test_an_arrival_taken_back_during_the_call_leaves_nobody_to_look_for(world, services, inside, call):
    services.arrivals.undo_check_in(world.desk, inside["张沐阳"].visit)
    assert states(services, world)["张沐阳"] is HeadState.AWAY, "nobody has fetched her"


def test_the_end_names_the_missing_and_can_be_taken_back(world, services, inside, call):
    services.rollcall.mark_class(world.desk, call, world.dragons)
    world.clock.at(9, 16)
    done = services.rollcall.end(world.teacher, call, NOTE)
    assert services.rollcall.find_open() is None
    paper = services.rollcall.paper(world.desk, call)
    missing = [head.name for group in paper.classes for head in group.heads if head.missing]
    assert missing[0] == "曾雨桐"
    assert (paper.took, paper.ended_by, paper.children, paper.staff) == ("4 分 0 秒", "许静", 3, 6)
    assert paper.problems == "楼梯口拥挤。"
    with pytest.raises(NoRollCallError, match="已经结束"):
        services.rollcall.mark_class(world.desk, call, world.stars)
    with pytest.raises(NoRollCallError):
        services.rollcall.undo_marks(world.desk, 1)
    services.undo(world.desk, done.undo)
    assert services.rollcall.find_open().id == call
    with pytest.raises(NoRollCallError, match="没有结束"):
        services.rollcall.undo_end(world.desk, call)


def test_an_end_is_not_taken_back_while_another_call_is_under_way(world, services, call):
    services.rollcall.end(world.desk, call)
    services.rollcall.start(world.desk, CallKind.REAL)
    with pytest.raises(RollCallOpenError):
        services.rollcall.undo_end(world.desk, call)


def test_a_call_begun_by_mistake_is_void_and_stays_in_the_file(world, services, inside):
    done = services.rollcall.start(world.desk, CallKind.REAL)
    services.undo(world.desk, done.undo)
    assert services.rollcall.find_open() is None
    assert services.rollcall.register(world.desk) == ()
    assert world.database.row("select count(*) as n from roll_call")["n"] == 1
    with pytest.raises(NoRollCallError, match="作废"):
        services.rollcall.paper(world.desk, done.value)


def test_a_call_left_open_by_a_crash_is_found_again_by_another_program(world, services, inside, call):
    services.rollcall.mark_class(world.desk, call, world.dragons)
    again = build(world.database, world.clock, world.rng)
    found = again.rollcall.find_open()
    assert (found.id, found.kind, found.started_by) == (call, CallKind.DRILL, "林晓")
    assert again.rollcall.roll(world.desk).missing == 7


def test_the_register_tells_date_kind_heads_and_what_was_learnt(world, services, call):
    world.clock.at(9, 15)
    services.rollcall.end(world.desk, call, NOTE)
    line = services.rollcall.register(world.desk)[0]
    assert (line.call.kind, line.call.plan, line.heads, line.missing) == (CallKind.DRILL, "火灾", 9, 9)
    assert (line.took, line.note) == ("3 分 0 秒", NOTE)


def test_what_was_noted_can_be_completed_and_what_stood_before_is_kept(world, services, call):
    services.rollcall.end(world.desk, call, NOTE)
    fuller = dataclasses.replace(NOTE, improvements="改走东侧楼梯。")
    services.rollcall.note(world.director, call, fuller)
    assert services.rollcall.note(world.director, call, fuller).changes.topics == frozenset()
    rows = world.database.rows("select improvements, ended_at from roll_call_note order by id")
    assert [(row["improvements"], row["ended_at"] is None) for row in rows] == [
        ("两个班错开。", False),
        ("改走东侧楼梯。", True),
    ]
    with pytest.raises(BadTextError, match="过程"):
        services.rollcall.note(world.director, call, CallNote("长" * 2001))
    with pytest.raises(NoRollCallError):
        services.rollcall.note(world.director, RollCallId(99), NOTE)


def test_the_paper_of_a_call_under_way_says_how_far_it_has_come(world, services, inside, call):
    services.rollcall.mark_class(world.desk, call, world.dragons)
    world.clock.at(9, 13)
    paper = services.rollcall.paper(world.desk, call)
    assert (paper.ended, paper.took, paper.number) == (None, "1 分 0 秒", roll_call_number(DAY, call))
    assert sum(head.missing for group in paper.classes for head in group.heads) == 7
    assert services.seals.verify(world.desk, paper.seal).genuine


def test_the_list_of_who_is_inside_has_whole_numbers_and_the_carers(world, services, inside):
    paper = services.rollcall.inside_paper(world.desk)
    assert paper.total == 3
    dragons = paper.classes[0]
    assert dragons.carers == ("许静", "孟佳")
    zhang = next(child for child in dragons.children if child.name == "张沐阳")
    assert zhang.contacts == ("妈妈 张母 137 0000 2233",)
    assert zhang.allergy == "花生"
    assert paper.others == ("前台 林晓", "收费员 方芸", "园长 周敏")
    assert paper == services.rollcall.freeze_inside()


def test_carers_of_an_empty_class_stand_among_the_others(world, services, arrive):
    arrive("张沐阳")
    assert "带班老师 沈玉洁" in services.rollcall.inside_paper(world.desk).others


def test_the_roll_of_nobody_is_empty(world):
    world.clock.now = world.clock.now.replace(year=2020)
    assert make_roll(world.database, world.clock.now, None).groups == ()


def test_tariffs_play_no_part(world, services):
    act = CheckIn(
        world.children["周乐瑶"],
        tariff=Tariff.TEMP_HALF_DAY,
        class_id=world.dragons,
        promised_at=world.clock.now.replace(hour=14),
    )
    services.arrivals.check_in(world.desk, act)
    assert services.rollcall.roll(world.desk).children == 1


def test_who_is_back_inside_is_looked_for_when_the_call_goes_on(world, services, inside, call):
    visit = inside["张沐阳"].visit
    left = services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    assert states(services, world)["张沐阳"] is HeadState.LEFT
    ended = services.rollcall.end(world.desk, call)
    services.undo(world.desk, left.undo)
    services.undo(world.desk, ended.undo)
    assert states(services, world)["张沐阳"] is HeadState.MISSING


def test_an_arrival_taken_back_is_no_departure_in_the_report(world, services, inside, call):
    services.arrivals.undo_check_in(world.desk, inside["张沐阳"].visit)
    services.rollcall.end(world.desk, call)
    (row,) = world.database.rows(
        "select m.state from roll_call_mark m join roll_call_person p on p.id = m.person_id"
        " where p.visit_id = :visit and m.undone_at is null",
        {"visit": inside["张沐阳"].visit},
    )
    assert row["state"] == "away"


def test_the_real_thing_ends_a_drill_as_it_stands_and_nobody_is_marked(world, services, inside, call):
    """A drill put away must not answer for a fire; begun by mistake, the real thing gives it back."""
    services.rollcall.mark_class(world.desk, call, world.dragons)
    before = services.rollcall.roll(world.desk)
    world.clock.at(14, 30)
    done = services.rollcall.start(world.desk, CallKind.REAL)
    roll = services.rollcall.roll(world.desk)
    assert (roll.call.kind, roll.call.id) == (CallKind.REAL, done.value)
    assert roll.missing == len(roll.heads)
    drill = services.rollcall.register(world.desk)[1]
    assert (drill.call.id, drill.call.ended_at, drill.missing) == (call, world.clock.now, before.missing)
    assert drill.note.remarks.startswith("演练没有做完")
    services.undo(world.desk, done.undo)
    assert services.rollcall.find_open().id == call
    assert services.rollcall.roll(world.desk).missing == before.missing
    assert services.rollcall.register(world.desk)[0].note == CallNote()


def test_a_drill_of_another_day_answers_for_nobody_and_is_closed_unfinished(world, services, inside, call):
    world.clock.at(9, 20)
    services.rollcall.mark_class(world.desk, call, world.dragons)
    missing = services.rollcall.register(world.desk)[0].missing
    worked = world.clock.now
    services.rollcall.close_left_over(world.desk)
    assert services.rollcall.find_open().id == call, "of the same day it goes on"
    world.clock.now += dt.timedelta(days=1)
    assert services.rollcall.find_open() is None
    roll = services.rollcall.roll(world.desk)
    assert roll.call is None
    assert {head.state for head in roll.heads} == {HeadState.MISSING}
    services.rollcall.close_left_over(world.desk)
    past = services.rollcall.register(world.desk)[0]
    assert (past.call.ended_at, past.missing) == (worked, missing)
    assert past.note.remarks.startswith("没有做完")
    assert services.rollcall.start(world.desk, CallKind.DRILL).value != call


@pytest.mark.parametrize(("kind", "after", "goes_on"), [
    (CallKind.DRILL, dt.timedelta(hours=4), True),
    (CallKind.DRILL, dt.timedelta(days=1), False),
    (CallKind.REAL, dt.timedelta(hours=11), True),
    (CallKind.REAL, dt.timedelta(hours=13), False),
])  # fmt: skip
def test_a_call_begins_over_one_that_was_left_over(world, services, kind, after, goes_on):
    services.rollcall.start(world.desk, kind)
    world.clock.now += after
    assert (services.rollcall.find_open() is not None) is goes_on
    if goes_on:
        with pytest.raises(RollCallOpenError):
            services.rollcall.start(world.desk, CallKind.DRILL)
    else:
        assert services.rollcall.start(world.desk, CallKind.DRILL).value == 2


def test_marks_of_an_ended_call_are_not_taken_back_under_another(world, services, inside, call):
    key = HeadKey(visit=inside["张沐阳"].visit)
    mark = services.rollcall.mark(world.desk, call, (key,))
    services.rollcall.end(world.desk, call)
    services.rollcall.start(world.desk, CallKind.REAL)
    kept = services.rollcall.register(world.desk)[1].missing
    with pytest.raises(NoRollCallError, match="已经结束"):
        services.undo(world.desk, mark.undo)
    assert services.rollcall.register(world.desk)[1].missing == kept
