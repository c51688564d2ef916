import datetime as dt
from dataclasses import replace

import pytest

from app.domain.duty import DutyError
from app.domain.headcounts import CountMismatchError, Stage
from app.domain.instructions import Category, NewInstruction, Way
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Tone
from app.domain.modes import CareMode
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.carers import carers_now, judge
from app.services.day_moves import DayMoveError
from app.services.pickup import CheckOut
from app.services.walks import NobodyLeftError, OnWalkError, TooFewCarersError, WalkError
from app.store import centre, children
from app.store.children import Enrolment
from tests.services.world import DAY, add_child


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def visits(services, world):
    def came(name):
        return services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit

    return {name: came(name) for name in ("张沐阳", "周乐瑶", "曾雨桐")}


@pytest.fixture
def walk(services, world, visits):
    world.clock.at(10)
    return services.classes.walks.start(world.teacher, "户外活动场", [visits["张沐阳"]], [world.teacher.id])


def tile(services, world, class_id):
    return next(one for one in services.desk.board(world.desk).classes if one.id == class_id)


def test_children_outside_stay_present_and_are_shown_as_outside(services, world, walk, visits):
    shown = tile(services, world, world.dragons)
    assert (shown.present, shown.out) == (2, (("户外", 1),))
    assert services.desk.board(world.desk).present_count == 3
    cards = {card.name: card for card in services.classroom.roster(world.teacher, world.dragons).cards}
    assert cards["张沐阳"].chips[0].words == "户外"
    assert [one.name for one in services.classes.counts.sheet(world.teacher, world.dragons).expected] == [
        "周乐瑶"
    ]


def test_roll_call_and_who_is_inside_know_where_they_are(services, world, walk):
    heads = {head.name: head for head in services.rollcall.roll(world.desk).heads}
    assert heads["张沐阳"].where == "户外 户外活动场 10:00"
    assert heads["许静"].where == "户外 户外活动场"
    paper = services.rollcall.inside_paper(world.desk)
    told = {child.name: child.where for group in paper.classes for child in group.children}
    assert told == {"张沐阳": "户外 户外活动场 10:00", "周乐瑶": "", "曾雨桐": ""}


def test_counted_at_leaving_arrival_and_return(services, world, walk, visits):
    walks = services.classes.walks
    world.clock.at(10, 4)
    walks.arrive(world.teacher, walk.value, [visits["张沐阳"]])
    with pytest.raises(WalkError, match="已经清点过"):
        walks.arrive(world.teacher, walk.value, [visits["张沐阳"]])
    world.clock.at(10, 40)
    done = walks.back(world.teacher, walk.value, [visits["张沐阳"]])
    ((kept, counts),) = walks.today(world.teacher)
    assert [(one.stage, one.found) for one in counts] == [
        (Stage.LEAVE, 1), (Stage.ARRIVE, 1), (Stage.RETURN, 1),
    ]  # fmt: skip
    assert (f"{kept.back_at:%H:%M}", kept.back_by) == ("10:40", "许静")
    assert tile(services, world, world.dragons).out == ()
    with pytest.raises(WalkError, match="已经返回"):
        walks.back(world.teacher, walk.value, [])
    services.undo(world.teacher, done.undo)
    assert tile(services, world, world.dragons).out == (("户外", 1),)
    services.undo(world.teacher, walk.undo)
    assert walks.today(world.teacher) == ()


def test_fewer_back_than_went_needs_a_reason_and_names_her(services, world, walk, visits):
    walks = services.classes.walks
    with pytest.raises(CountMismatchError) as refused:
        walks.back(world.teacher, walk.value, [])
    assert refused.value.missing == ("张沐阳",)
    assert tile(services, world, world.dragons).out == (("户外", 1),), "the group is still outside"
    count = walks.back(world.teacher, walk.value, [], "跟保健员去了保健室").value
    assert (count.missing, count.reason) == (("张沐阳",), "跟保健员去了保健室")


def test_who_was_fetched_on_the_way_is_not_looked_for(services, world, walk, visits):
    services.pickup.check_out(world.desk, CheckOut(visits["张沐阳"], world.adults["张母"]))
    count = services.classes.walks.back(world.teacher, walk.value, []).value
    assert (count.expected, count.agrees) == (0, True)


def test_nobody_is_outside_twice(services, world, walk, visits):
    walks = services.classes.walks
    meng = next(one for one in services.people.staff() if one.name == "孟佳")
    with pytest.raises(OnWalkError, match="张沐阳已经在户外活动场"):
        walks.start(world.teacher, "公园", [visits["张沐阳"]], [meng.id])
    with pytest.raises(OnWalkError, match="许静正带另一组"):
        walks.start(world.teacher, "公园", [visits["周乐瑶"]], [world.teacher.id])


def test_no_group_leaves_children_behind_without_a_carer(services, world, walk, visits):
    meng = next(one for one in services.people.staff() if one.name == "孟佳")
    services.classes.duty.clock_in(world.desk, world.director.id, world.dragons)  # she does not count
    services.classes.duty.clock_in(meng, meng.id, world.dragons)
    world.clock.at(14)
    services.arrivals.check_in(world.desk, CheckIn(world.children["马思睿"]))
    with pytest.raises(NobodyLeftError, match="抱抱龙还有 1 个孩子（马思睿）"):
        services.classes.walks.start(world.teacher, "公园", [visits["周乐瑶"]], [meng.id])
    both = [row.visit for row in services.classes.walks.sheet(world.teacher, world.dragons).heads]
    services.classes.walks.start(world.teacher, "公园", both, [meng.id])
    assert tile(services, world, world.dragons).out == (("户外", 3),)


def test_no_group_goes_without_one_who_counts(services, world, visits):
    walks = services.classes.walks
    with pytest.raises(WalkError, match="至少要有一名保育人员"):
        walks.start(world.teacher, "公园", [visits["张沐阳"]], [])
    services.classes.duty.clock_in(world.director, world.director.id, world.dragons)
    with pytest.raises(WalkError, match="至少要有一名保育人员"):
        walks.start(world.teacher, "公园", [visits["张沐阳"]], [world.director.id])
    with pytest.raises(WalkError, match="先打卡"):
        walks.start(world.teacher, "公园", [visits["张沐阳"]], [world.cashier.id])
    with pytest.raises(WalkError, match="去哪里"):
        walks.start(world.teacher, " ", [visits["张沐阳"]], [world.teacher.id])
    with pytest.raises(WalkError, match="勾选哪些孩子"):
        walks.start(world.teacher, "公园", [], [world.teacher.id])


def test_too_few_carers_for_the_children_outside_need_a_reason(services, world, visits):
    with world.database.unit(None, "test") as unit:
        for number in range(8):
            child = add_child(unit, world, f"孩子{number}", dt.date(2023, 5, 1))
            since = dt.date(2025, 3, 1)
            children.add_enrolment(
                unit, Enrolment(child, world.dragons, CareMode.FULL_DAY, None, "12345", 500, 1040, since)
            )
    many = [
        services.arrivals.check_in(world.desk, CheckIn(world.children[f"孩子{number}"])).value.visit
        for number in range(8)
    ]
    walks = services.classes.walks
    with pytest.raises(TooFewCarersError, match="8 个孩子外出要 2 名保育人员，现在 1 名") as refused:
        walks.start(world.teacher, "公园", many, [world.teacher.id])
    assert refused.value.field == "reason"
    done = walks.start(world.teacher, "公园", many, [world.teacher.id], "保健员同行")
    ((_walk, (leaving,)),) = walks.today(world.teacher)
    assert (leaving.reason, leaving.found) == ("保健员同行", 8)
    assert done.value


def test_a_carer_outside_cannot_be_clocked_away_and_her_children_not_be_moved(services, world, walk, visits):
    duty = services.classes.duty
    duty.clock_in(world.desk, world.director.id, world.stars)
    with pytest.raises(DutyError, match="回来清点后"):
        duty.clock_in(world.desk, world.teacher.id, world.stars)
    with pytest.raises(DayMoveError, match="回来清点后"):
        services.classes.moves.move(world.teacher, [visits["张沐阳"]], world.stars, "并班")


def test_no_taking_back_puts_somebody_in_two_places(services, world, visits):
    """Who is outside stays where she is; who has changed class since is brought outside by no undo."""
    duty, walks = services.classes.duty, services.classes.walks
    world.clock.at(9, 30)
    duty.clock_in(world.desk, world.teacher.id, world.stars)
    world.clock.at(9, 40)
    over = duty.clock_in(world.desk, world.teacher.id, world.dragons)
    world.clock.at(9, 50)
    out = walks.start(world.teacher, "院子", [visits["张沐阳"], visits["周乐瑶"]], [world.teacher.id])
    with pytest.raises(DutyError, match="回来清点后"):
        services.undo(world.desk, over.undo)
    world.clock.at(10, 10)
    back = walks.back(world.teacher, out.value, [visits["张沐阳"], visits["周乐瑶"]])
    world.clock.at(10, 20)
    moved = services.classes.moves.move(world.teacher, [visits["张沐阳"]], world.stars, "并班")
    with pytest.raises(OnWalkError, match="张沐阳换过班"):
        services.undo(world.teacher, back.undo)
    services.undo(world.teacher, moved.undo)
    rest = duty.take_break(world.desk, world.teacher.id)
    with pytest.raises(OnWalkError, match="许静换过班或打过卡"):
        services.undo(world.teacher, back.undo)
    services.undo(world.desk, rest.undo)


def test_children_inside_whose_last_carer_goes_home_are_an_alarm_while_others_are_outside(
    services, world, walk
):
    meng = next(one for one in services.people.staff() if one.name == "孟佳")
    services.classes.duty.clock_in(meng, meng.id, world.dragons)
    services.classes.duty.clock_out(meng, meng.id)
    shown = tile(services, world, world.dragons)
    assert shown.carers_on_shift == 1, "she who is outside still counts in her class"
    assert shown.verdict.words == "班内无人照看"
    assert "抱抱龙班内无人照看！" in services.desk.board(world.desk).alerts[0].words


def crowd(services, world, count):
    """So many more two-year-olds in 抱抱龙, all inside."""
    names = [f"{surname}小{given}" for surname in "赵钱孙李" for given in "甲乙丙丁"][:count]
    with world.database.unit(world.desk.id, "test") as unit:
        for name in names:
            child = add_child(unit, world, name, dt.date(2023, 7, 1))
            children.add_enrolment(
                unit,
                Enrolment(
                    child, world.dragons, CareMode.FULL_DAY, None, "12345", 500, 1040, dt.date(2025, 3, 1)
                ),
            )
        unit.audit("child", None)
    return [
        services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.visit for name in names
    ]


def test_who_walks_with_one_child_looks_after_none_of_those_who_stay(services, world, visits):
    """Ten children and two carers are enough together; nine with the one who stays are not."""
    crowd(services, world, 8)
    assert tile(services, world, world.dragons).verdict.words == "合规"
    walks = services.classes.walks
    with pytest.raises(TooFewCarersError, match="抱抱龙留下 9 个孩子要 2 名保育人员，只剩 1 名") as caught:
        walks.start(world.teacher, "院子", [visits["张沐阳"]], [world.teacher.id])
    assert caught.value.field == "reason"
    walks.start(world.teacher, "医务室", [visits["张沐阳"]], [world.teacher.id], "额头碰伤，去处理")
    assert tile(services, world, world.dragons).verdict.words == "班内缺 1 人"
    board = services.desk.board(world.desk)
    assert "抱抱龙班内缺 1 人" in [chip.words for chip in board.alerts]
    assert "班内缺 1 人" in services.classroom.roster(world.teacher, world.dragons).ratio.words
    assert services.classes.band.of(world.teacher, world.dragons).alarm == "抱抱龙班内缺 1 人"


def test_a_walk_that_nobody_ended_yesterday_counts_nobody_today(services, world, walk):
    """She is not outside this morning, counts for no class by it, and can clock in."""
    world.clock.now += dt.timedelta(hours=22)
    sheet = services.classes.duty.sheet(world.teacher)
    assert not any(one.outside for one in sheet.people)
    services.classes.duty.clock_in(world.teacher, world.teacher.id, world.stars)
    board = services.desk.board(world.desk)
    counted = {one.id: one.carers_on_shift for one in board.classes}
    assert counted[world.dragons] == 1  # 孟佳 by the rota; 许静 is with the stars
    assert [one.walk.id for one in services.classes.walks.sheet(world.teacher, world.dragons).out] == [
        walk.value
    ]
    services.classes.walks.back(world.teacher, walk.value, [], "昨天忘了记返回")
    assert services.classes.walks.sheet(world.teacher, world.dragons).out == ()


def test_children_who_walk_with_another_class_lack_no_carer_of_their_own(services, world, visits):
    """曾雨桐 of 小星星 goes along with 许静 of 抱抱龙: nobody of hers is inside, and nobody is needed."""
    services.classes.walks.start(
        world.teacher, "院子", [visits["张沐阳"], visits["曾雨桐"]], [world.teacher.id], "园长同意"
    )
    assert tile(services, world, world.stars).verdict.words == "合规"
    classes = centre.list_classes(world.database, world.clock.now.date())
    group = next(one for one in classes if one.id == world.stars)
    own = carers_now(world.database, world.clock.now, classes).of(world.stars)
    assert own.lent == {visits["曾雨桐"]}
    alone = replace(own, here=())  # whoever of hers was there has gone home
    needed, verdict = judge(group, (20,), (visits["曾雨桐"],), alone, world.clock.now.date())
    assert (needed, verdict.tone) == (0, Tone.OK)
    alone = replace(alone, lent=frozenset())
    needed, _ = judge(group, (20,), (visits["曾雨桐"],), alone, world.clock.now.date())
    assert needed == 1, "with her own class she counts"


def minutes_of(services, world, visit):
    rows = services.classroom.timeline(world.teacher, visit).rows
    return [row.words for row in rows if row.kind == "outdoor"]


def test_the_minutes_of_a_walk_are_logged_as_it_comes_back_and_taken_back_with_it(services, world, visits):
    walks, two = services.classes.walks, [visits["张沐阳"], visits["周乐瑶"]]
    world.clock.at(10, 10)
    walk = walks.start(world.teacher, "公园", two, [world.teacher.id]).value
    world.clock.at(10, 52)
    done = walks.back(world.teacher, walk, two, minutes=True)
    assert done.undo.label == "公园返回 2 人，户外 42 分钟 2 人"
    assert done.changes.children == {world.children["张沐阳"], world.children["周乐瑶"]}
    assert minutes_of(services, world, visits["张沐阳"]) == ["10:10–10:52 · 42 分钟"]
    day = services.classes.outdoors.of_day(world.teacher, world.dragons)
    assert {line.name: line.minutes for line in day.lines} == {"张沐阳": 42, "周乐瑶": 42}
    services.undo(world.teacher, done.undo)
    assert minutes_of(services, world, visits["张沐阳"]) == []
    world.clock.at(11)
    walks.back(world.teacher, walk, two)
    assert minutes_of(services, world, visits["张沐阳"]) == []


def test_whose_outing_was_logged_by_hand_is_left_out_by_name(services, world, visits):
    walks, two = services.classes.walks, [visits["张沐阳"], visits["周乐瑶"]]
    world.clock.at(10, 10)
    walk = walks.start(world.teacher, "公园", two, [world.teacher.id]).value
    world.clock.at(10, 50)
    now = world.clock()
    by_hand = EntryDraft(EntryKind.OUTDOOR, now.replace(minute=20), until=now)
    services.classroom.log(world.teacher, (two[0],), by_hand)
    done = walks.back(world.teacher, walk, two, minutes=True)
    assert done.undo.label == "公园返回 2 人，户外 40 分钟 1 人，户外未记 张沐阳（和已有的记录冲突）"
    assert len(minutes_of(services, world, two[0])) == len(minutes_of(services, world, two[1])) == 1


def test_who_may_not_log_keeps_no_minutes(services, world, walk, visits):
    world.clock.at(10, 40)
    with pytest.raises(NotPermittedError):
        services.classes.walks.back(world.desk, walk.value, [visits["张沐阳"]], minutes=True)
    services.classes.walks.back(world.desk, walk.value, [visits["张沐阳"]])


def test_nobody_is_taken_along_asleep(services, world, visits):
    world.clock.at(12, 30)
    asleep = visits["张沐阳"]
    services.classroom.log(world.teacher, (asleep,), EntryDraft(EntryKind.SLEEP, world.clock()))
    both = [asleep, visits["周乐瑶"]]
    sheet = services.classes.walks.sheet(world.teacher, world.dragons)
    assert sheet.asleep == {asleep}
    with pytest.raises(WalkError, match="张沐阳还在睡。请先记起床") as caught:
        services.classes.walks.start(world.teacher, "公园", both, [world.teacher.id])
    assert caught.value.field == "children"
    world.clock.at(13, 10)
    services.classroom.log(world.teacher, (asleep,), EntryDraft(EntryKind.SLEEP, world.clock()))
    services.classes.walks.start(world.teacher, "公园", both, [world.teacher.id])


def test_what_the_family_asked_for_stands_on_the_sheet(services, world, visits):
    for category, words in ((Category.OTHER, "今天别去户外"), (Category.MEAL, "不吃虾")):
        new = NewInstruction(world.children["张沐阳"], category, words, "妈妈", Way.DOOR, DAY, DAY)
        services.classes.instructions.add(world.desk, new)
    sheet = services.classes.walks.sheet(world.teacher, world.dragons)
    assert sheet.wishes == ((visits["张沐阳"], "张沐阳：今天别去户外"),)
