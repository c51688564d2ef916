"""What could hurt a child: fevers that hide, sick children who come back too early, doses given twice."""

import dataclasses
import datetime as dt

import pytest

from app.domain.bookings import NoRoomError
from app.domain.capacity import Verdict
from app.domain.fever import FeverStepError, NewStep, StepKind
from app.domain.health_round import Mark, RoundError, RoundKind
from app.domain.illness import ExcludedError, IllnessError, ObservationError
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.medicine import TakenBackError, TooEarlyError
from app.domain.modes import Tariff
from app.domain.pins import WrongPinError
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.class_views import Except
from app.services.collecting import CheckOut
from app.services.illness import CaseCard
from app.services.intake import CardRefusedError
from app.services.open_papers import Answer
from app.services.pins import SecondPersonError
from app.store import audit, fever
from tests.services.health_stage import PINS, stage
from tests.services.test_intake import STORY
from tests.services.world import DAY, add_child

__all__ = ["stage"]

DAYS = dt.timedelta(days=1)


def on(stage, days=1):
    stage.clock.now += days * DAYS


def leave(stage, visit, *answers):
    act = CheckOut(visit, stage.world.adults["张母"], answers=answers)
    stage.services.pickup.check_out(stage.world.desk, act)


def heat(stage, tenths, at=None):
    return EntryDraft(EntryKind.TEMPERATURE, at or stage.clock.now, tenths=tenths, detail="forehead")


def log(stage, visit, tenths, at=None):
    """A temperature in the class; returns the act."""
    return stage.services.classroom.log(stage.teacher, (visit,), heat(stage, tenths, at))


def correct(stage, entry, tenths, at=None):
    draft = heat(stage, tenths, at)
    return stage.services.classes.corrections.correct(stage.teacher, entry, draft, reason="看错了")


def last_entry(stage):
    return stage.world.database.row("select max(id) as id from log_entry")["id"]


def step(stage, case, kind, **more):
    return stage.health.fevers.step(stage.teacher, case, NewStep(StepKind(kind), **more))


def climb(stage, case):
    step(stage, case, "recheck", tenths=384, site="ear")
    step(stage, case, "call", whom="妈妈", reached=True, words="半小时到")
    step(stage, case, "isolate", whom="顾红")


def running(stage):
    return fever.list_open(stage.world.database)


@pytest.fixture
def visit(stage):
    return stage.arrive()


@pytest.fixture
def child(stage):
    return stage.world.children["张沐阳"]


@pytest.fixture
def case(stage, visit):
    key = stage.health.fevers.begin(stage.teacher, visit, 381).value
    stage.clock.at(9, 20)
    return key


# -- every fever is seen


def test_a_fever_among_the_exceptions_of_a_class_begins_a_ladder(stage, visit):
    other = stage.arrive("周乐瑶")
    hot = Except(other, heat(stage, 385))
    stage.services.classroom.log(stage.teacher, (visit, other), heat(stage, 365), but=(hot,))
    assert [(one.name, one.tenths) for one in running(stage)] == [("周乐瑶", 385)]


def test_a_reading_corrected_up_to_a_fever_begins_a_ladder(stage, visit):
    log(stage, visit, 365)
    correct(stage, last_entry(stage), 385)
    assert [one.tenths for one in running(stage)] == [385]


def test_a_fever_corrected_to_another_fever_stays_one_and_to_none_goes(stage, visit):
    log(stage, visit, 385)
    correct(stage, last_entry(stage), 382)
    assert [one.tenths for one in running(stage)] == [382]
    correct(stage, last_entry(stage), 366)
    assert running(stage) == ()


def test_a_fever_left_open_by_an_earlier_stay_hides_none_of_a_later_one(stage, visit, case, child):
    leave(stage, visit, Answer("fever", case, "妈妈赶着去医院"))
    on(stage, 3)
    ill = stage.health.illness.note(stage.teacher, CaseCard(child, "fever", "12-3")).value
    stage.health.illness.see_certificate(stage.nurse, ill, "退热满 24 小时，妈妈写的")
    log(stage, stage.arrive(), 385)
    assert [one.tenths for one in running(stage)] == [381, 385]


def test_who_has_gone_with_an_open_fever_is_ended_by_what_her_family_was_told(stage, visit, case):
    leave(stage, visit, Answer("fever", case, "妈妈赶着去医院"))
    (ladder,) = running(stage)
    assert (ladder.next_step, ladder.chip(stage.clock.now).words) == (
        StepKind.COLLECTED,
        "发热 38.1℃ · 已离园，还没记家长知道",
    )
    with pytest.raises(FeverStepError, match="谁接走"):
        step(stage, case, "collected")
    step(stage, case, "collected", whom="妈妈", words="电话里说了 38.1℃")
    assert running(stage) == ()


# -- the second reading


def test_a_temperature_of_the_class_is_the_recheck_once_its_minutes_are_over(stage, visit, case):
    log(stage, visit, 383, stage.at(9, 15))  # taken before 09:17
    assert fever.find_case(stage.world.database, case).steps == ()
    log(stage, visit, 366)
    ladder = fever.find_case(stage.world.database, case)
    (recheck,) = ladder.steps
    assert (recheck.kind, recheck.tenths, recheck.site, recheck.at) == (
        StepKind.RECHECK, 366, "forehead", stage.clock.now,
    )  # fmt: skip
    assert ladder.next_step is StepKind.BACK
    assert "复测 36.6℃" in audit.list_lines(stage.world.database, "fever", case)[-1].detail


def test_a_temperature_of_a_round_is_the_recheck_too(stage, visit, case):
    done = stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(tenths=384))
    ladder = fever.find_case(stage.world.database, case)
    assert (ladder.confirmed, ladder.next_step) == (True, StepKind.CALL)
    assert len(running(stage)) == 1
    stage.services.undo(stage.teacher, done.undo)
    assert fever.find_case(stage.world.database, case).next_step is StepKind.RECHECK


def test_a_recheck_taken_back_in_the_class_opens_the_ladder_again(stage, visit, case):
    done = log(stage, visit, 366)
    step(stage, case, "back")
    assert running(stage) == ()
    stage.services.undo(stage.teacher, done.undo)  # it was another child's
    (ladder,) = running(stage)
    assert (ladder.steps, ladder.next_step) == ((), StepKind.RECHECK)


def test_a_recheck_corrected_in_the_class_is_what_it_says_now(stage, visit, case):
    log(stage, visit, 366)
    step(stage, case, "back")
    done = correct(stage, last_entry(stage), 386)
    (ladder,) = running(stage)
    assert (ladder.last_tenths, ladder.next_step) == (386, StepKind.CALL)
    stage.services.undo(stage.teacher, done.undo)
    assert fever.find_case(stage.world.database, case).last_tenths == 366


def test_another_wording_of_the_same_reading_is_no_second_one(stage, visit, case):
    log(stage, visit, 366)
    draft = dataclasses.replace(heat(stage, 366), note="睡着时量的")
    stage.services.classes.corrections.correct(stage.teacher, last_entry(stage), draft)
    assert [one.tenths for one in fever.find_case(stage.world.database, case).steps] == [366]


def test_nobody_with_a_fever_is_ticked_as_well_among_the_rest(stage, visit, case):
    rounds = stage.health.rounds
    with pytest.raises(RoundError, match="请量了体温"):
        rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark())
    with pytest.raises(RoundError, match="请单独检查：张沐阳（发热处理中）"):
        rounds.rest_normal(stage.teacher, RoundKind.NOON)
    stage.arrive("周乐瑶")
    done = rounds.rest_normal(stage.teacher, RoundKind.NOON)
    assert (done.value, done.undo.label) == (1, "午检 1 人正常；请单独检查：张沐阳（发热处理中）")
    rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(tenths=366))


# -- who went home with a fever


def test_a_fever_begun_by_hand_keeps_her_at_home(stage, visit, case):
    climb(stage, case)
    leave(stage, visit, Answer("fever", case))
    on(stage)
    with pytest.raises(ExcludedError, match=r"38\.4℃"):
        stage.arrive()
    assert [one.child_name for one in stage.health.illness.view(stage.nurse).reports] == ["张沐阳"]


def test_a_confirmed_fever_that_medicine_brought_down_keeps_her_at_home(stage, visit, case):
    climb(stage, case)
    stage.clock.at(10, 20)
    log(stage, visit, 369)
    leave(stage, visit, Answer("fever", case))
    on(stage)
    with pytest.raises(ExcludedError):
        stage.arrive()


def test_a_fever_nobody_measured_again_keeps_her_at_home(stage, visit, case):
    leave(stage, visit, Answer("fever", case))
    on(stage)
    with pytest.raises(ExcludedError):
        stage.arrive()


def test_a_false_alarm_keeps_nobody_at_home(stage, visit):
    stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(tenths=375))
    (ladder,) = running(stage)
    stage.clock.at(9, 20)
    step(stage, ladder.id, "recheck", tenths=366, site="ear")
    step(stage, ladder.id, "back")
    leave(stage, visit)
    on(stage)
    stage.arrive()


def test_a_fever_that_fell_and_let_her_back_to_her_class_keeps_nobody_at_home(stage, visit, case):
    climb(stage, case)
    stage.clock.at(11)
    step(stage, case, "recheck", tenths=368, site="ear")
    step(stage, case, "release")
    step(stage, case, "back")
    leave(stage, visit)
    on(stage)
    stage.arrive()


# -- who is ill does not come back too early


def test_who_was_here_while_ill_is_at_home_from_the_day_it_is_known(stage, child):
    for _ in range(2):
        leave(stage, stage.arrive())
        on(stage)
    stage.health.illness.note(stage.teacher, CaseCard(child, "hfmd", "12-3"))  # nobody says when she left
    with pytest.raises(ExcludedError, match="最早 12月17日"):
        stage.arrive()
    (one,) = stage.health.illness.view(stage.teacher).cases
    assert one.case.told.left_on == DAY + DAYS


def test_the_observation_counts_from_the_last_day_she_was_in_class(stage, child):
    for _ in range(2):
        leave(stage, stage.arrive())
        on(stage)
    stage.health.illness.note(stage.teacher, CaseCard(child, "hfmd", "12-3"))
    (watched,) = stage.health.illness.view(stage.teacher).observations
    assert watched.until == DAY + 15 * DAYS


def test_who_came_back_before_her_days_were_over_still_needs_the_paper(stage, child):
    on(stage)
    leave(stage, stage.arrive())
    on(stage)
    stage.health.illness.note(stage.nurse, CaseCard(child, "influenza", "12-3", left="12-3"))
    on(stage, 5)
    with pytest.raises(ExcludedError, match="还没看到"):
        stage.arrive()


def test_what_is_written_down_after_she_was_well_and_back_asks_for_no_paper(stage, child):
    on(stage, 4)
    leave(stage, stage.arrive())
    on(stage)
    stage.health.illness.note(stage.nurse, CaseCard(child, "influenza", "12-3", left="12-3"))
    stage.arrive()


def test_a_correction_after_the_director_let_her_in_lets_her_in_no_more(stage, child):
    case = stage.health.illness.note(stage.teacher, CaseCard(child, "hfmd", "今天")).value
    on(stage)
    stage.health.illness.overrule(stage.teacher, case, "医生说可以", stage.second("周敏"))
    leave(stage, stage.arrive())
    on(stage)
    stage.health.illness.correct(stage.teacher, case, CaseCard(child, "hfmd", "12-3", note="补充"))
    with pytest.raises(ExcludedError):
        stage.arrive()


@pytest.mark.parametrize("who", ["teacher", "desk"])
def test_only_health_worker_and_director_open_the_door_by_taking_a_case_back(stage, child, who):
    case = stage.health.illness.note(stage.nurse, CaseCard(child, "hfmd", "今天")).value
    actor = stage.teacher if who == "teacher" else stage.world.desk
    stage.clock.at(9, 23)
    with pytest.raises(IllnessError, match="只有保健员或园长可以撤销"):
        stage.health.illness.undo_note(actor, case)
    for lighter in (
        CaseCard(child, "other", "今天", detail="感冒"),
        CaseCard(child, "hfmd", "11-20"),
    ):
        with pytest.raises(IllnessError, match="更早返园"):
            stage.health.illness.correct(actor, case, lighter)
    stage.health.illness.correct(actor, case, CaseCard(child, "hfmd", "今天", diagnosed="今天"))
    stage.health.illness.undo_note(stage.nurse, case)
    stage.arrive()


# -- a class under observation


@pytest.fixture
def observed(stage, child):
    stage.arrive()
    stage.health.illness.note(stage.nurse, CaseCard(child, "hfmd", "今天"))


def guest(stage, **more):
    usual = {"class_id": stage.world.dragons, "class_reason": "哥哥在这个班", "tariff": Tariff.HOURLY}
    return CheckIn(stage.world.children["曾雨桐"], **{**usual, "promised_at": stage.at(12), **more})


def test_no_guest_comes_into_a_class_under_observation_but_by_the_director(stage, observed):
    verb = stage.services.arrivals.check_in
    for actor, more in (
        (stage.world.desk, {}),
        (stage.world.desk, {"health_reason": "家长知道"}),
        (stage.world.director, {}),
    ):
        with pytest.raises(ObservationError, match="抱抱龙班因手足口病在医学观察，到 12月17日") as refused:
            verb(actor, guest(stage, **more))
        assert refused.value.field == "health_reason"
    reasoned = guest(stage, health_reason="家长知情同意")
    with pytest.raises(SecondPersonError, match="园长自己输"):
        verb(stage.world.director, reasoned)
    arrived = verb(stage.world.director, reasoned, PINS["周敏"]).value
    lines = [one.detail for one in audit.list_lines(stage.world.database, "override", arrived.visit)]
    assert any("医学观察" in line and "家长知情同意" in line for line in lines)


def test_the_children_of_the_class_come_as_ever(stage, observed):
    stage.arrive("周乐瑶")


def test_a_half_day_child_stays_longer_in_her_own_class_by_a_booking(stage, observed):
    mine = stage.world.children["马思睿"]  # of 抱抱龙, in the afternoon
    act = CheckIn(mine, class_id=stage.world.dragons, tariff=Tariff.HOURLY, promised_at=stage.at(12))
    stage.services.arrivals.check_in(stage.world.desk, act)
    assert "医学观察" not in stage.services.bookings.ask(
        stage.world.desk,
        Wish(
            day=DAY + DAYS, from_minute=540, to_minute=660, tariff=Tariff.HOURLY, child=mine,
            class_id=stage.world.dragons,
        ),
    ).words  # fmt: skip


def test_a_stranger_is_not_taken_into_it_at_the_intake(stage, observed):
    intake = stage.services.intake
    card = dataclasses.replace(STORY, class_id=stage.world.dragons)
    with pytest.raises(CardRefusedError) as refused:
        intake.register(stage.world.desk, card)
    assert any("医学观察" in one.sentence for one in refused.value.problems)
    reasoned = dataclasses.replace(card, capacity_reason="家长知情同意")
    assessed = intake.assess(stage.world.desk, reasoned)
    assert not assessed.ready, "what registering will refuse does not look ready"
    assert any("只有园长" in one.sentence and "医学观察" in one.sentence for one in assessed.problems)
    assert intake.assess(stage.world.director, reasoned).ready
    with pytest.raises(CardRefusedError):
        intake.register(stage.world.desk, reasoned)
    with pytest.raises(SecondPersonError, match="园长自己输"):
        intake.register(stage.world.director, reasoned)
    intake.register(stage.world.director, reasoned, own_pin=PINS["周敏"])


def test_nobody_is_booked_into_it_and_another_class_is_offered(stage, observed):
    with stage.world.database.unit(None, "x") as unit:
        add_child(unit, stage.world, "糖糖", dt.date(2023, 6, 3))
    book = stage.services.bookings
    wish = Wish(
        day=DAY + DAYS, from_minute=540, to_minute=660, tariff=Tariff.HOURLY,
        child=stage.world.children["糖糖"], class_id=stage.world.dragons,
    )  # fmt: skip
    answer = book.ask(stage.world.desk, wish)
    assert answer.verdict is Verdict.NO
    assert "医学观察" in answer.words
    assert answer.mends == ()  # neither another hour nor one more teacher mends it
    with pytest.raises(NoRoomError, match="医学观察"):
        book.book(stage.world.desk, wish)
    later = dataclasses.replace(wish, day=DAY + 15 * DAYS)
    assert "医学观察" not in book.ask(stage.world.desk, later).words


def test_a_booking_made_before_the_case_is_asked_again_at_the_door(stage, child):
    with stage.world.database.unit(None, "x") as unit:
        guest = add_child(unit, stage.world, "糖糖", dt.date(2023, 6, 3))
    wish = Wish(
        day=DAY, from_minute=600, to_minute=660, tariff=Tariff.HOURLY, child=guest,
        class_id=stage.world.dragons,
    )  # fmt: skip
    stage.services.bookings.book(stage.world.desk, wish)
    stage.arrive()
    stage.health.illness.note(stage.nurse, CaseCard(child, "hfmd", "今天"))
    with pytest.raises(ObservationError):
        stage.services.arrivals.check_in(stage.world.desk, CheckIn(guest))


def test_classes_are_not_mixed_while_one_is_observed(stage, observed):
    other = stage.arrive("周乐瑶")
    baby = stage.arrive("曾雨桐")
    move = stage.services.classes.moves.move
    for who, goal in ((other, stage.world.stars), (baby, stage.world.dragons)):
        with pytest.raises(ObservationError, match="不和别的班并班"):
            move(stage.teacher, [who], goal, "傍晚并班")
    with pytest.raises(SecondPersonError, match="园长自己输"):
        move(stage.world.director, [baby], stage.world.dragons, "只剩一位老师")
    with pytest.raises(WrongPinError):
        move(stage.world.director, [baby], stage.world.dragons, "只剩一位老师", "0001")
    move(stage.world.director, [baby], stage.world.dragons, "只剩一位老师", PINS["周敏"])
    lines = audit.list_lines(stage.world.database, "override", baby)
    assert "只剩一位老师" in lines[-1].detail


# -- doses


def test_no_detour_of_undoing_gives_a_dose_twice_in_silence(stage, visit):
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 30)
    stage.services.undo(stage.teacher, stage.give(request).undo)
    stage.health.medicine.undo_take(stage.teacher, request.id)
    stage.services.arrivals.undo_check_in(stage.world.desk, visit)
    stage.clock.at(12, 40)
    anew = stage.take((12, 45), medicine="美林（布洛芬）", visit=stage.arrive())
    with pytest.raises(TakenBackError, match="12:30 记过已喂布洛芬混悬液"):
        stage.give(anew)
    stage.give(anew, cleared="问过许静，药还在杯里")


def test_what_was_taken_back_long_ago_asks_nothing(stage, visit):
    request = stage.take((10, 0), (14, 0), visit=visit)
    stage.clock.at(10)
    stage.services.undo(stage.teacher, stage.give(request).undo)
    stage.clock.at(14, 1)
    stage.give(request, at=1)


def test_one_substance_under_two_names_is_one_medicine(stage, visit):
    request = stage.take((12, 30), visit=visit, medicine="布洛芬混悬液")
    stage.clock.at(12, 30)
    stage.give(request)
    other = stage.health.medicine.take(
        stage.teacher, visit, stage.draft((17, 0), medicine="美林滴剂", home_at=None)
    ).value
    stage.clock.at(12, 31)
    stage.health.medicine.undo_take(stage.teacher, other)
    with pytest.raises(TooEarlyError.__base__, match="隔得太近"):
        stage.health.medicine.take(stage.teacher, visit, stage.draft((13, 0), medicine="美林滴剂"))


@pytest.mark.parametrize("role", ["giver", "second"])
def test_a_trainee_neither_gives_nor_checks(stage, visit, role):
    request = stage.take((12, 30), visit=visit)
    stage.clock.at(12, 30)
    meng = stage.staff["孟佳"]
    stage.services.classes.duty.set_post(stage.world.director, meng.id, "trainee", "见习到月底")
    pair = {"giver": stage.second("许静"), "second": stage.second("周敏"), role: stage.second("孟佳")}
    with pytest.raises(NotPermittedError, match="孟佳的岗位是实习、见习"):
        stage.give(request, **pair)
    stage.services.classes.duty.set_post(stage.world.director, meng.id, None, "转正")
    stage.give(request, **pair)
