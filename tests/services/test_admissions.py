"""招生: each step of a life, what it does to contracts, and that everything can be taken back."""

import datetime as dt

import pytest

from app.domain.classes import ClassKind
from app.domain.errors import RuleError
from app.domain.life import Ending, LifeError, Owner, QueueState, Stage, StepKind, queue_state
from app.domain.modes import CareMode, HalfDay
from app.domain.staff import NotPermittedError
from app.services.admission_rules import NoSeatError, NoSuchClassError, WrongAgeForClassError
from app.services.admissions import InquiryCard, StepWish, UnknownApplicantError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.services.month import Month
from app.store import attendance, centre, children, day, life
from app.store.children import Enrolment
from tests.services.world import DAY, add_child, make_world

DAYS = dt.timedelta(days=1)
BORN = dt.date(2023, 8, 1)


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def ask(services, world, name="陆一鸣", **more):
    card = InquiryCard(name, "13700001111", **{"born_on": BORN, "contact": "妈妈 陆静", **more})
    return Owner(applicant=services.admissions.inquire(world.desk, card).value)


def step(services, world, owner, kind, on_day=DAY, **more):
    return services.admissions.take_step(world.desk, owner, StepWish(kind, on_day, **more))


def expected(world, on_day):
    return {one.who.name for one in day.list_expected(world.database, on_day)}


def stage(world, owner, on_day):
    return life.find_life(world.database, owner)[1].stage_on(on_day)


def child(world, name="张沐阳"):
    return Owner(child=world.children[name])


def test_a_life_from_the_first_call_to_graduation(services, world):
    owner = ask(services, world)
    assert stage(world, owner, DAY) is Stage.INQUIRY
    step(services, world, owner, StepKind.WAIT)
    step(
        services,
        world,
        owner,
        StepKind.NOTIFY,
        class_id=world.dragons,
        starts_on=DAY,
        deadline=DAY + 3 * DAYS,
    )
    step(services, world, owner, StepKind.CONFIRM)
    step(services, world, owner, StepKind.TRY, class_id=world.dragons, ends_on=DAY + 2 * DAYS)
    assert "陆一鸣" in expected(world, DAY)
    assert "陆一鸣" not in expected(world, dt.date(2025, 12, 8))
    step(services, world, owner, StepKind.ENROL, dt.date(2025, 12, 8))
    step(services, world, owner, StepKind.SUSPEND, dt.date(2026, 1, 5), reason="回老家", seat_kept=True)
    step(services, world, owner, StepKind.RESUME, dt.date(2026, 2, 2))
    step(services, world, owner, StepKind.LEAVE, dt.date(2026, 8, 31), ending=Ending.GRADUATED)
    assert "陆一鸣" in expected(world, dt.date(2026, 1, 2))
    assert "陆一鸣" not in expected(world, dt.date(2026, 1, 6))
    assert "陆一鸣" in expected(world, dt.date(2026, 8, 31))
    assert "陆一鸣" not in expected(world, dt.date(2026, 9, 1))
    panel = services.admission_lists.panel(world.desk, owner)
    assert [line.words for line in panel.lines] == [
        "咨询",
        "排候补",
        "通知入园 抱抱龙 全日托",
        "确认入园",
        "试托 抱抱龙 全日托",
        "正式入托 抱抱龙 全日托",
        "停托",
        "复托 抱抱龙 全日托",
        "离园（毕业）",
    ]
    while (panel := services.admission_lists.panel(world.desk, owner)).undo is not None:
        services.admissions.undo_step(world.desk, panel.undo)
        if not life.find_life(world.database, owner)[1].steps:
            break
    assert "陆一鸣" not in expected(world, dt.date(2026, 1, 2))


def test_whoever_may_not_admit_is_told(services, world):
    with pytest.raises(NotPermittedError):
        services.admissions.inquire(world.teacher, InquiryCard("陆一鸣", "13700001111", born_on=BORN))
    with pytest.raises(NotPermittedError):
        services.admission_lists.queue(world.cashier)


def test_an_unborn_child_can_ask_and_comes_with_her_birth_date(services, world):
    owner = ask(services, world, born_on=None, due_on=dt.date(2026, 3, 1), name="陆家宝宝")
    panel = services.admission_lists.panel(world.desk, owner)
    assert "预产期 2026-03-01" in panel.words
    with pytest.raises(LifeError, match="预产期"):
        step(services, world, owner, StepKind.ENROL, class_id=world.stars, reason="提前")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"born_on": None}, "born_on"),
        ({"due_on": BORN}, "born_on"),
        ({"born_on": DAY + DAYS}, "born_on"),
        ({"applied_on": DAY + DAYS}, "applied_on"),
        ({"applied_on": DAY - DAYS}, "note"),
        ({"wish_mode": CareMode.HALF_DAY}, "half"),
        ({"name": " "}, "name"),
    ],
)
def test_a_card_that_cannot_be_kept_names_its_field(services, world, more, field):
    with pytest.raises(RuleError) as caught:
        ask(services, world, **more)
    assert caught.value.field == field


def test_a_move_of_today_is_taken_back_while_she_is_inside(services, world):
    """She came before it, by the contract it ended."""
    owner = child(world)
    world.clock.at(8, 30)
    services.arrivals.check_in(world.desk, CheckIn(owner.child, check=MorningCheck()))
    world.clock.at(10)
    moved = step(services, world, owner, StepKind.MOVE, class_id=world.stars, reason="点错了")
    world.clock.at(10, 5)
    services.admissions.undo_step(world.desk, moved.value)
    assert life.find_life(world.database, owner)[1].place().class_id == world.dragons
    assert services.admission_lists.panel(world.desk, owner).undo is None


def test_a_move_by_which_she_has_come_stays(services, world):
    owner = child(world)
    world.clock.at(8, 30)
    moved = step(services, world, owner, StepKind.MOVE, class_id=world.stars, reason="升班")
    world.clock.at(8, 31)
    services.arrivals.check_in(world.desk, CheckIn(owner.child, check=MorningCheck()))
    with pytest.raises(LifeError, match="已经有入园记录"):
        services.admissions.undo_step(world.desk, moved.value)


def test_class_moves_end_one_contract_and_begin_the_next(services, world):
    owner = child(world, "曾雨桐")
    moved = step(
        services, world, owner, StepKind.MOVE, dt.date(2025, 12, 8), class_id=world.dragons, reason="升班"
    )
    rows = [
        one
        for one in attendance.list_contracts(world.database, DAY, dt.date(2025, 12, 31))
        if one.child == owner.child
    ]
    assert [(one.class_id, one.starts_on, one.ends_on) for one in rows] == [
        (world.stars, dt.date(2025, 3, 1), dt.date(2025, 12, 7)),
        (world.dragons, dt.date(2025, 12, 8), None),
    ]
    services.undo(world.desk, moved.undo)
    rows = [
        one
        for one in attendance.list_contracts(world.database, DAY, dt.date(2025, 12, 31))
        if one.child == owner.child
    ]
    assert [(one.class_id, one.ends_on) for one in rows] == [(world.stars, None)]
    with pytest.raises(LifeError, match="撤销过"):
        services.undo(world.desk, moved.undo)


def test_statistics_know_nothing_of_undone_steps_and_count_no_suspended_day(services, world):
    world.clock.now = world.clock.now.replace(day=10)
    before = Month(world.database, world.clock).summary(world.director, "2025-12")
    done = step(services, world, child(world), StepKind.SUSPEND, dt.date(2025, 12, 8), reason="住院")
    away = Month(world.database, world.clock).summary(world.director, "2025-12")
    assert before.attendance.expected - away.attendance.expected == 2
    services.undo(world.desk, done.undo)
    assert Month(world.database, world.clock).summary(world.director, "2025-12") == before
    other = step(
        services, world, ask(services, world), StepKind.ENROL, DAY, class_id=world.dragons, reason="补登"
    )
    services.undo(world.desk, other.undo)
    assert Month(world.database, world.clock).summary(world.director, "2025-12") == before
    assert day.find_enrolment(world.database, world.children["张沐阳"], DAY) is not None


def fill_up(world, count, class_id):
    with world.database.unit(None, "fill") as unit:
        for at in range(count):
            one = add_child(unit, world, f"满{at}", dt.date(2023, 9, 1))
            place = Enrolment(one, class_id, CareMode.FULL_DAY, None, "12345", 500, 1040, DAY)
            children.add_enrolment(unit, place)


def test_a_full_class_is_refused_on_the_first_day_that_breaks(services, world):
    fill_up(world, 17, world.dragons)  # with two whole days and an afternoon: 20 of 20
    owner = ask(services, world)
    with pytest.raises(NoSeatError, match=r"抱抱龙 今天已经满员（最多 20 人）"):
        step(services, world, owner, StepKind.ENROL, class_id=world.dragons)
    done = step(
        services,
        world,
        owner,
        StepKind.ENROL,
        class_id=world.dragons,
        mode=CareMode.HALF_DAY,
        half=HalfDay.MORNING,
    )
    services.undo(world.desk, done.undo)
    leaving = step(
        services, world, child(world), StepKind.LEAVE, dt.date(2025, 12, 31), ending=Ending.WITHDRAWN
    )
    step(services, world, owner, StepKind.ENROL, dt.date(2026, 1, 1), class_id=world.dragons)
    with pytest.raises(NoSeatError):
        services.undo(world.desk, leaving.undo)


def test_halves_share_no_seat_where_the_centre_says_so(services, world):
    from app.store import settings

    fill_up(world, 17, world.dragons)
    with world.database.unit(None, "set") as unit:
        settings.add_value(unit, "half_share", "0", DAY)
        unit.audit("setting", 1)
    with pytest.raises(NoSeatError):
        step(
            services,
            world,
            ask(services, world),
            StepKind.ENROL,
            class_id=world.dragons,
            mode=CareMode.HALF_DAY,
            half=HalfDay.MORNING,
        )


def test_licensed_seats_are_a_limit_of_their_own(services, world):
    fill_up(world, 16, world.dragons)
    with world.database.unit(None, "licence") as unit:
        centre.add_licensed_seats(unit, 20, dt.date(2026, 2, 1))
        unit.audit("centre", 1)
    with pytest.raises(NoSeatError, match=r"2026-02-01 起超过备案托位（20 个）"):
        step(services, world, ask(services, world), StepKind.ENROL, class_id=world.dragons)


def test_a_seat_kept_in_suspension_and_an_offer_are_not_given_away(services, world):
    fill_up(world, 17, world.dragons)
    away = child(world)
    done = step(services, world, away, StepKind.SUSPEND, DAY, reason="旅行", seat_kept=True)
    owner = ask(services, world)
    with pytest.raises(NoSeatError):
        step(services, world, owner, StepKind.ENROL, class_id=world.dragons)
    services.undo(world.desk, done.undo)
    step(services, world, away, StepKind.SUSPEND, DAY, reason="旅行")
    step(services, world, owner, StepKind.WAIT)
    step(services, world, owner, StepKind.NOTIFY, class_id=world.dragons, starts_on=DAY, deadline=DAY)
    with pytest.raises(NoSeatError):
        step(services, world, away, StepKind.RESUME, DAY + DAYS)
    world.clock.now += DAYS
    assert queue_state(life.find_life(world.database, owner)[1], DAY + DAYS) is QueueState.EXPIRED
    step(services, world, away, StepKind.RESUME, DAY + DAYS)


def test_the_wrong_age_wants_a_reason_and_a_closed_class_is_none(services, world):
    owner = ask(services, world)
    with pytest.raises(WrongAgeForClassError, match="28 个月，不在小星星（乳儿班）"):
        step(services, world, owner, StepKind.ENROL, class_id=world.stars)
    with pytest.raises(NoSuchClassError):
        step(services, world, owner, StepKind.ENROL, class_id=99)
    step(services, world, owner, StepKind.ENROL, class_id=world.stars, reason="发育迟缓，家长同意")
    with pytest.raises(UnknownApplicantError):
        step(services, world, Owner(applicant=99), StepKind.ENROL, class_id=world.stars)


def test_who_was_here_cannot_be_undone_and_yesterday_neither(services, world):
    owner = ask(services, world)
    done = step(services, world, owner, StepKind.ENROL, class_id=world.dragons)
    panel = services.admission_lists.panel(world.desk, owner)
    assert panel.gaps == ("预防接种证查验", "入托体检")
    come = services.arrivals.check_in(world.desk, CheckIn(panel.owner.child, check=MorningCheck(365)))
    with pytest.raises(LifeError, match="已经有入园记录"):
        services.undo(world.desk, done.undo)
    services.undo(world.desk, come.undo)
    world.clock.now += DAYS
    with pytest.raises(LifeError, match="只能在登记当天"):
        services.undo(world.desk, done.undo)
    later = step(services, world, owner, StepKind.LEAVE, DAY + 20 * DAYS, ending=Ending.TRANSFERRED)
    world.clock.now += DAYS
    services.undo(world.desk, later.undo)


def test_a_child_who_left_can_ask_again(services, world):
    owner = child(world)
    step(services, world, owner, StepKind.LEAVE, DAY, ending=Ending.WITHDRAWN)
    world.clock.now += DAYS
    step(services, world, owner, StepKind.WAIT, DAY + DAYS)
    (line,) = services.admission_lists.queue(world.desk)
    assert (line.name, line.place, line.numbered) == ("张沐阳", 1, "1. 张沐阳")
    step(services, world, owner, StepKind.ENROL, DAY + 2 * DAYS, class_id=world.dragons)
    assert len(day.list_contracted(world.database, DAY + 2 * DAYS)) == 4


def test_the_list_goes_by_priority_then_application_then_hand(services, world):
    names = {}
    for name, priority in (("甲一", "none"), ("乙二", "sibling"), ("丙三", "staff"), ("丁四", "none")):
        names[name] = ask(services, world, name, priority=priority, wait=True)

    def order():
        return [line.name for line in services.admission_lists.queue(world.desk)]

    assert order() == ["丙三", "乙二", "甲一", "丁四"]
    with pytest.raises(LifeError, match="理由"):
        step(services, world, names["丁四"], StepKind.RANK, before=names["丙三"].applicant)
    done = step(
        services, world, names["丁四"], StepKind.RANK, before=names["丙三"].applicant, reason="园长批准"
    )
    assert order() == ["丁四", "丙三", "乙二", "甲一"]
    services.undo(world.desk, done.undo)
    assert order() == ["丙三", "乙二", "甲一", "丁四"]
    offer = {"class_id": world.dragons, "starts_on": DAY, "deadline": DAY}
    step(services, world, names["丙三"], StepKind.NOTIFY, **offer)
    world.clock.now += DAYS
    lines = services.admission_lists.queue(world.desk)
    assert [(line.chip.words, line.hint) for line in lines][:2] == [("过期", ""), ("候补", "建议下一个通知")]
    step(services, world, names["丙三"], StepKind.LEAVE, DAY + DAYS, ending=Ending.GIVEN_UP)
    assert services.admission_lists.queue(world.desk)[-1].chip.words == "放弃"


def test_several_move_together_or_not_at_all(services, world):
    chosen = [world.children["曾雨桐"], world.children["周乐瑶"]]
    on_day = dt.date(2025, 12, 8)
    look = services.class_moves.preview(world.desk, chosen, world.dragons, on_day)
    assert "已经在这个班" in look.refusal
    chosen = chosen[:1]
    look = services.class_moves.preview(world.desk, chosen, world.dragons, on_day)
    assert [one.words for one in look.effects] == [
        "抱抱龙 3 → 3 / 20 座（按合同 1 : 2.0，需 1 人，排班 2 人）",
        "小星星 1 → 0 / 10 座（按合同 1 : 0.0，需 0 人，排班 1 人）",
    ] or look.effects
    assert look.warnings
    with pytest.raises(WrongAgeForClassError):
        services.class_moves.move(world.desk, chosen, world.dragons, on_day, "")
    with pytest.raises(LifeError, match="请先选中"):
        services.class_moves.move(world.desk, [], world.dragons, on_day, "升班")
    back = [world.children["张沐阳"], world.children["周乐瑶"], world.children["马思睿"]]
    done = services.class_moves.move(world.desk, back, world.stars, on_day, "抱抱龙装修")
    assert {one.class_id for one in day.list_contracted(world.database, on_day)} == {world.stars}
    services.undo(world.desk, done.undo)
    assert len([o for o in day.list_contracted(world.database, on_day) if o.class_id == world.dragons]) == 3


def test_the_forecast_counts_honestly(services, world):
    step(services, world, child(world), StepKind.LEAVE, dt.date(2026, 1, 30), ending=Ending.TRANSFERRED)
    forecast = services.admission_lists.forecast(world.director)
    assert [(one.name, [line.title for line in one.lines]) for one in forecast.outlooks] == [
        ("抱抱龙", ["张沐阳 · 2026-01-30 后", "周乐瑶 · 2026-05-02 满 24 个月"]),
        ("小星星", ["曾雨桐 · 2026-02-03 满 12 个月"]),
    ]
    assert forecast.turning == 2
    assert forecast.months[0] == "2025-12"
    assert len(forecast.months) == 6
    dragons = next(one for one in forecast.classes if one.name == "抱抱龙")
    assert [one.words for one in dragons.months][:3] == ["17/20", "18/20\n走1", "18/20"]
    assert forecast.licensed == (4, 30)


def test_the_lists_tell_everybody(services, world):
    ask(services, world, wish_kind=ClassKind.TODDLER, wish_start=dt.date(2026, 3, 1))
    lines = services.admission_lists.roster(world.desk)
    assert [line.name for line in lines if line.stage is Stage.INQUIRY] == ["陆一鸣"]
    assert len([line for line in lines if line.stage is Stage.ENROLLED]) == 4
    assert [one.name for one in services.admission_lists.classes(world.desk)] == ["抱抱龙", "小星星"]
    assert services.admission_lists.panel(world.desk, Owner(child=99)) is None
    assert services.admissions.notice_deadline() == DAY + 3 * DAYS


def test_what_the_record_shows_is_asked_for_no_more(services, world):
    owner = ask(services, world)
    assert services.admission_lists.panel(world.desk, owner).gaps == ()
    step(services, world, owner, StepKind.ENROL, DAY + 10 * DAYS, class_id=world.dragons)

    def gaps():
        return services.admission_lists.panel(world.desk, owner).gaps

    child = services.admission_lists.panel(world.desk, owner).owner.child
    assert gaps() == ("预防接种证查验", "入托体检")  # also before her first day
    change = services.record_keeping.change_child
    change(world.desk, child, {"vaccination": "catch_up", "vaccination_on": f"{DAY:%Y-%m-%d}"})
    assert gaps() == ("接种证：需要补种", "入托体检")
    change(world.desk, child, {"exam": "fit", "exam_on": f"{DAY:%Y-%m-%d}"})
    assert gaps() == ("接种证：需要补种",)
    change(world.desk, child, {"vaccination": "complete"})
    assert gaps() == ()
