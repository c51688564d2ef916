"""The week's plan: kept whole, offered by the log, copied, taken back; the past stays as it was."""

import datetime as dt

import pytest

from app.domain.changes import Topic
from app.domain.curriculum import CurriculumError
from app.domain.logbook import EntryDraft, EntryKind, Part
from app.domain.names import BadTextError
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.services.curriculum import ChangedSinceError, Item, PastWeekError, WeekWish
from app.services.menus import Activity, DayMenu, DayPlan
from tests.services.world import DAY

MONDAY = dt.date(2025, 12, 1)
FRIDAY = dt.date(2025, 12, 5)
GLUE, BALL = Item(DAY, 600, "手工课：贴雪花"), Item(FRIDAY, 960, "户外：拍球")


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def plan(services):
    return services.classes.curriculum


def wish(world, *items, monday=MONDAY, theme="雪花飘飘", goals="敢用胶棒"):
    return WeekWish(world.dragons, monday, theme, goals, items)


def names(week):
    return [(one.day.day, one.minute, one.name) for one in week.items]


def test_a_week_is_empty_until_somebody_plans(world, plan):
    week = plan.week(world.teacher, world.dragons, DAY)
    assert (week.monday, week.number, week.theme, week.items) == (MONDAY, 49, "", ())
    assert [one.day.weekday() for one in week.days] == [0, 1, 2, 3, 4]
    assert [one.past for one in week.days] == [True, True, False, False, False]


def test_a_week_shows_the_weekend_only_where_the_centre_is_open(world, plan):
    make_up = plan.week(world.teacher, world.dragons, dt.date(2025, 10, 8))
    saturday = make_up.days[-1]
    assert (saturday.day, saturday.is_open, "补班" in saturday.note) == (dt.date(2025, 10, 11), True, True)
    holiday = make_up.days[0]
    assert not holiday.is_open
    assert holiday.note


def test_what_is_planned_is_offered_by_the_log(world, services, plan):
    done = plan.keep_week(world.teacher, wish(world, GLUE, BALL))
    assert Topic.LOG in done.changes.topics
    assert names(done.value) == [(3, 600, "手工课：贴雪花"), (5, 960, "户外：拍球")]
    visit = services.arrivals.check_in(
        world.desk, CheckIn(world.children["张沐阳"], check=MorningCheck(tenths=365))
    ).value.visit
    offer = services.classroom.offer(world.teacher, EntryKind.ACTIVITY, (visit,))
    assert offer.activities[0] == "手工课：贴雪花"
    assert services.menus.plan(world.teacher, FRIDAY, world.dragons).activities == (
        Activity(960, "户外：拍球"),
    )


def test_the_same_again_writes_nothing(world, plan):
    plan.keep_week(world.teacher, wish(world, GLUE))
    before = world.database.row("select count(*) as n from audit")["n"]
    done = plan.keep_week(world.teacher, wish(world, GLUE))
    assert (done.undo, done.changes.topics) == (None, frozenset())
    assert world.database.row("select count(*) as n from audit")["n"] == before


def test_undo_puts_back_what_stood_there(world, services, plan):
    first = plan.keep_week(world.teacher, wish(world, GLUE, theme="甲"))
    second = plan.keep_week(world.teacher, wish(world, BALL, theme="乙"))
    services.undo(world.teacher, second.undo)
    week = plan.week(world.teacher, world.dragons, DAY)
    assert (week.theme, names(week)) == ("甲", [(3, 600, "手工课：贴雪花")])
    with pytest.raises(ChangedSinceError):
        services.undo(world.teacher, second.undo)
    services.undo(world.teacher, first.undo)
    assert plan.week(world.teacher, world.dragons, DAY).items == ()


def test_undo_is_refused_once_the_day_was_changed_from_elsewhere(world, services, plan):
    done = plan.keep_week(world.teacher, wish(world, GLUE))
    other = DayPlan(DAY, world.dragons, (Activity(600, "绘本"),))
    services.menus.keep_day(world.teacher, DayMenu(DAY), other)
    with pytest.raises(ChangedSinceError, match="有人改过"):
        services.undo(world.teacher, done.undo)
    assert services.menus.plan(world.teacher, DAY, world.dragons).activities == other.activities


def test_the_past_stays_as_it_was(world, plan):
    with pytest.raises(PastWeekError, match="12月2日已经过去"):
        plan.keep_week(world.teacher, wish(world, Item(dt.date(2025, 12, 2), 600, "绘本")))
    last = MONDAY - dt.timedelta(days=7)
    with pytest.raises(PastWeekError, match="这一周已经过去"):
        plan.keep_week(world.teacher, wish(world, monday=last))
    done = plan.keep_week(world.teacher, wish(world, GLUE))
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(PastWeekError):
        plan.undo_week(world.teacher, done.undo.key)
    kept = plan.keep_week(world.teacher, wish(world, GLUE, BALL)).value
    assert names(kept) == [(3, 600, "手工课：贴雪花"), (5, 960, "户外：拍球")]


def test_last_week_is_proposed_and_nothing_kept(world, plan):
    world.clock.now = world.clock.now.replace(day=1)
    plan.keep_week(world.teacher, wish(world, Item(MONDAY, 600, "绘本"), GLUE, BALL))
    world.clock.now = world.clock.now.replace(day=9)  # Tuesday
    proposed = plan.last_week(world.teacher, world.dragons, dt.date(2025, 12, 9))
    assert proposed.theme == "雪花飘飘"
    assert [(one.day.day, one.name) for one in proposed.items] == [(10, "手工课：贴雪花"), (12, "户外：拍球")]
    assert plan.week(world.teacher, world.dragons, dt.date(2025, 12, 9)).items == ()
    plan.keep_week(world.teacher, proposed)
    assert len(plan.week(world.teacher, world.dragons, dt.date(2025, 12, 9)).items) == 2
    with pytest.raises(CurriculumError, match="没有计划"):
        plan.last_week(world.teacher, world.stars, DAY)


def test_a_closed_day_gets_nothing_of_last_week(world, plan):
    new_year = dt.date(2026, 1, 1)
    world.clock.now = world.clock.now.replace(day=22)
    week = dt.date(2025, 12, 22)
    plan.keep_week(
        world.teacher,
        wish(world, Item(dt.date(2025, 12, 25), 600, "绘本"), Item(week, 600, "音乐"), monday=week),
    )
    proposed = plan.last_week(world.teacher, world.dragons, new_year)
    assert [one.day for one in proposed.items] == [dt.date(2025, 12, 29)]


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ((Item(DAY, 600, " "),), "只写了时间"),
        ((Item(DAY, 600, "甲"), Item(DAY, 600, "乙")), "10:00 写了两项"),
        ((Item(DAY + dt.timedelta(days=7), 600, "甲"),), "不在这一周"),
        (tuple(Item(DAY, 540 + at, f"活动{at}") for at in range(13)), "最多 12 项"),
    ],
)
def test_what_cannot_be_kept_says_why(world, plan, items, sentence):
    with pytest.raises(CurriculumError, match=sentence):
        plan.keep_week(world.teacher, wish(world, *items))
    assert plan.week(world.teacher, world.dragons, DAY).items == ()


def test_long_themes_and_strange_classes_are_refused(world, plan):
    with pytest.raises(BadTextError):
        plan.keep_week(world.teacher, wish(world, theme="长" * 41))
    with pytest.raises(CurriculumError, match="没有找到这个班级"):
        plan.keep_week(world.teacher, WeekWish(99, MONDAY))


def test_planning_needs_the_right_to_log(world, plan):
    for verb in (
        lambda: plan.classes(world.desk),
        lambda: plan.week(world.desk, world.dragons, DAY),
        lambda: plan.keep_week(world.desk, wish(world, GLUE)),
        lambda: plan.taken(world.desk, world.dragons, DAY),
        lambda: plan.paper(world.desk, world.dragons, DAY),
        lambda: plan.last_week(world.desk, world.dragons, DAY),
        lambda: plan.undo_week(world.desk, 1),
    ):
        with pytest.raises(NotPermittedError):
            verb()


def test_the_classes_come_with_the_ages_of_their_kind(world, plan):
    assert {one.name: one.months for one in plan.classes(world.teacher)} == {
        "抱抱龙": (24, 36),
        "小星星": (6, 12),
    }


def test_who_did_what_comes_from_the_log(world, services, plan):
    plan.keep_week(world.teacher, wish(world, GLUE, Item(DAY, 960, "户外：拍球")))
    visits = [
        services.arrivals.check_in(
            world.desk, CheckIn(world.children[name], check=MorningCheck(tenths=365))
        ).value.visit
        for name in ("张沐阳", "周乐瑶")
    ]
    world.clock.at(10, 30)
    for visit, part in zip(visits, (Part.EAGER, Part.WATCHED), strict=True):
        draft = EntryDraft(EntryKind.ACTIVITY, world.clock.now, text="手工课：贴雪花", detail=part.value)
        services.classroom.log(world.teacher, (visit,), draft)
    services.classroom.log(
        world.teacher, visits[:1], EntryDraft(EntryKind.ACTIVITY, world.clock.now, text="唱歌")
    )
    glue, sing, ball = plan.taken(world.teacher, world.dragons, DAY)
    assert (glue.planned, glue.parts) == (True, (("主动参与", ("张沐阳",)), ("在旁观看", ("周乐瑶",))))
    assert (sing.planned, sing.parts) == (False, (("未写参与情况", ("张沐阳",)),))
    assert (ball.name, ball.planned, ball.parts) == ("户外：拍球", True, ())


def test_the_paper_shows_the_week_and_how_its_activities_go(world, plan):
    plan.keep_week(world.teacher, wish(world, GLUE, Item(DAY, 610, "没有写过的活动")))
    paper = plan.paper(world.teacher, world.dragons, DAY)
    assert (paper.class_name, paper.theme, paper.practice) == ("抱抱龙", "雪花飘飘", True)
    assert [row.label for row in paper.rows] == ["上午"]
    assert paper.rows[0].cells == ("", "", "10:00 手工课：贴雪花\n10:10 没有写过的活动", "", "")
    assert [name for name, _ in paper.notes] == ["手工课：贴雪花"]
    assert "胶棒" in paper.notes[0][1]
