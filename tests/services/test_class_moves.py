"""转班 in a batch: looked at without a trace, refused as a whole, taken back as a whole."""

import datetime as dt

import pytest

from app.domain.classes import ClassKind
from app.domain.errors import RuleError
from app.domain.life import LifeError, Owner, StepKind
from app.domain.modes import CareMode, Tariff
from app.domain.staff import NotPermittedError, Role
from app.services.admission_rules import NoSeatError, WrongAgeForClassError
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.carer_hours import NoCarerError
from app.services.pins import SecondPersonError
from app.store import centre, children, day, life, people
from app.store.children import Enrolment
from app.store.life import find_life
from tests.services.world import DAY, add_child, own_pin

MONDAY = dt.date(2025, 12, 8)
SINCE = dt.date(2025, 3, 1)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def older(world):
    return [world.children[name] for name in ("张沐阳", "周乐瑶", "马思睿")]


def place(world, on_day=MONDAY):
    return {one.who.name: one.class_id for one in day.list_contracted(world.database, on_day)}


def seats(world, count):
    with world.database.unit(None, "small") as unit:
        unit.execute("update class_group set seats = :n where id = :id", {"n": count, "id": world.stars})
        unit.audit("class_group", world.stars)


def relieved_class(world, carers=(("甲老师", 450, 750), ("乙老师", 750, 1080))):
    """A class of one carer at any hour, who is relieved at 12:30; and eight children elsewhere for it."""
    with world.database.unit(None, "bees") as unit:
        group = centre.add_class(unit, "小蜜蜂", ClassKind.TODDLER, 15, "#112233", 3, dt.date(2024, 9, 1))
        for name, since, until in carers:
            key = people.add_staff(unit, name, Role.TEACHER, group, dt.date(2024, 9, 1))
            for weekday in range(1, 6):
                people.add_shift(unit, key, group, weekday, since, until)
        kids = [add_child(unit, world, f"娃{at}", dt.date(2024, 3, 1 + at)) for at in range(8)]
        for kid in kids:
            children.add_enrolment(
                unit, Enrolment(kid, world.dragons, CareMode.FULL_DAY, None, "12345", 500, 1040, SINCE)
            )
        unit.audit("class_group", group)
    return group, kids


def guest(day, name, since, until, group):
    return Wish(
        day, since, until, Tariff.HOURLY, name=name, born_on="2024-02-03", phone="13900001177",
        relation="妈妈", class_id=group,
    )  # fmt: skip


def test_a_look_leaves_no_trace_and_tells_both_classes_before_and_after(world, services, older):
    before = world.database.commits
    look = services.class_moves.preview(world.desk, older[:2], world.stars, MONDAY)
    assert world.database.commits == before
    told = {one.name: (one.seats_before, one.seats_after) for one in look.effects}
    assert told == {"抱抱龙": (3, 1), "小星星": (1, 3)}
    assert look.warnings[0] == "不在乳儿班月龄段：张沐阳、周乐瑶，需写明理由。"
    assert look.effects[1].words == (
        "小星星 1 → 3 / 10 座（最紧：12月8日（周一） 8:00–9:00 3 人、1 名老师，老师不够再收）"
    )


def test_carers_who_relieve_each_other_are_one_at_any_hour_and_the_hour_that_breaks_is_named(world, services):
    group, kids = relieved_class(world)
    look = services.class_moves.preview(world.director, kids, group, MONDAY)
    assert look.warnings == (
        "老师不够：12月8日（周一） 小蜜蜂 8:00–9:00 8 人、1 名老师，缺 1 名老师。"
        "12月9日（周二） 小蜜蜂 8:00–9:00 8 人、1 名老师，缺 1 名老师。"
        "12月10日（周三） 小蜜蜂 8:00–9:00 8 人、1 名老师，缺 1 名老师。"
        "这样的日子共 5 天。确实要办，须由园长写明理由。",
    )
    assert look.effects[1].words == (
        "小蜜蜂 0 → 8 / 15 座（最紧：12月8日（周一） 8:00–9:00 8 人、1 名老师，缺 1 名老师）"
    )


def test_where_an_hour_breaks_only_the_director_moves_them_with_a_reason_and_her_pin(world, services):
    group, kids = relieved_class(world)
    with pytest.raises(
        NoCarerError, match=r"^娃0等 8 人来后，12月8日（周一） 小蜜蜂 .*须园长登录并写明理由。$"
    ):
        services.class_moves.move(world.desk, kids, group, MONDAY, "升班")
    with pytest.raises(NoCarerError, match="请写明理由"):
        services.class_moves.move(world.director, kids, group, MONDAY, " ")
    with pytest.raises(SecondPersonError):
        services.class_moves.move(world.director, kids, group, MONDAY, "升班")
    assert place(world)["娃0"] == world.dragons
    services.class_moves.move(world.director, kids, group, MONDAY, "升班", own_pin(world))
    assert place(world)["娃0"] == group


def test_a_class_whose_roster_is_still_to_come_is_told_and_no_bar(world, services):
    group, kids = relieved_class(world, carers=())
    look = services.class_moves.preview(world.desk, kids, group, MONDAY)
    told = "小蜜蜂 12月8日（周一）还没有老师排班，请在“设置—排班”排上。"
    assert look.warnings == (told,)
    assert services.class_moves.move(world.desk, kids, group, MONDAY, "升班").also == told


def test_what_is_booked_there_counts_and_who_left_the_old_class_counts_there_no_more(world, services):
    group, kids = relieved_class(world)
    week = MONDAY + dt.timedelta(days=14)  # only looked at because somebody has booked
    services.bookings.book(world.desk, guest(week, "小客", 540, 660, group))
    look = services.class_moves.preview(world.director, kids[:5], group, MONDAY)
    assert look.warnings == (
        "老师不够：12月22日（周一） 小蜜蜂 9:00–10:00 6 人、1 名老师，缺 1 名老师。"
        "确实要办，须由园长写明理由。",
    )
    assert look.effects[0].worst.endswith("6 人、2 名老师，余 8")


def test_one_seat_too_few_moves_nobody_and_the_look_says_the_same_sentence(world, services, older):
    seats(world, 2)  # the two halves share one
    look = services.class_moves.preview(world.desk, older, world.stars, MONDAY, "装修")
    with pytest.raises(NoSeatError) as refused:
        services.class_moves.move(world.desk, older, world.stars, MONDAY, "装修")
    assert (look.refusal, look.effects) == (refused.value.sentence, ())
    assert set(place(world).values()) == {world.dragons, world.stars}
    services.class_moves.move(world.desk, [older[0], older[2]], world.stars, MONDAY, "装修")
    assert list(place(world).values()).count(world.stars) == 3


def test_who_is_ticked_twice_moves_once_and_one_undo_brings_all_back(world, services, older):
    before = place(world)
    done = services.class_moves.move(world.desk, [*older, older[0]], world.stars, MONDAY, "装修")
    assert done.undo.label == "张沐阳等 3 人 转班"
    _, told = find_life(world.database, Owner(child=older[0]))
    assert [one.kind for one in told.steps].count(StepKind.MOVE) == 1
    services.undo(world.desk, done.undo)
    assert place(world) == before


def test_whoever_cannot_move_is_named_and_keeps_the_others_where_they_are(world, services, older):
    before = life.list_lives(world.database)
    chosen = [older[0], world.children["曾雨桐"]]
    with pytest.raises(LifeError, match=r"^曾雨桐："):
        services.class_moves.move(world.desk, chosen, world.stars, MONDAY, "装修")
    assert life.list_lives(world.database) == before


def test_the_wrong_age_wants_a_reason_for_each_and_none_is_moved_without(world, services, older):
    with pytest.raises(WrongAgeForClassError):
        services.class_moves.move(world.desk, older, world.stars, MONDAY, "  ")
    assert place(world)["张沐阳"] == world.dragons


def test_only_who_may_admit_looks_and_moves(world, services, older):
    for act in (services.class_moves.preview, services.class_moves.move):
        with pytest.raises(NotPermittedError):
            act(world.teacher, older, world.stars, MONDAY, "装修")
    with pytest.raises(RuleError):
        services.class_moves.move(world.desk, older, world.stars, DAY - dt.timedelta(days=400), "装修")
