"""发热处理: the steps in their order, each with who and when; it ends by somebody's step and nothing else."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.fever import FeverStepError, NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.illness import ExcludedError
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Tone
from app.services.checks import HealthCheck
from app.services.collecting import CheckOut
from app.services.open_papers import Answer, OpenPapersError
from app.store import fever
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def visit(stage):
    return stage.arrive()


@pytest.fixture
def case(stage, visit):
    key = stage.health.fevers.begin(stage.teacher, visit, 381).value
    stage.clock.at(9, 20)
    return key


def step(stage, case, kind, **more):
    more |= {"site": more.get("site", "ear")} if kind == "recheck" else {}
    return stage.health.fevers.step(stage.teacher, case, NewStep(StepKind(kind), **more))


def climb(stage, case, upto="isolate"):
    steps = (
        ("recheck", {"tenths": 384, "site": "ear"}),
        ("call", {"whom": "妈妈 张母", "phone": "13700002233", "reached": True, "words": "半小时到"}),
        ("isolate", {"whom": "顾红"}),
    )
    for kind, more in steps:
        step(stage, case, kind, **more)
        if kind == upto:
            return


def put_off(stage, visit, case):
    """She goes home, and her family is told later."""
    answers = (Answer("fever", case, "妈妈赶着去医院"),)
    act = CheckOut(visit, stage.world.adults["张母"], answers=answers)
    return stage.services.pickup.check_out(stage.world.desk, act)


def ladder(stage, case):
    return fever.find_case(stage.world.database, case)


def test_the_steps_lead_to_the_parents_one_after_the_other(stage, visit, case):
    wanted = []
    for kind, more in (
        ("recheck", {"tenths": 384, "site": "ear"}),
        ("call", {"whom": "妈妈", "reached": True, "words": "半小时到"}),
        ("isolate", {"whom": "顾红"}),
    ):
        wanted.append(ladder(stage, case).next_step.value)
        step(stage, case, kind, **more)
    with pytest.raises(FeverStepError, match="请在前台办离园"):
        step(stage, case, "collected", whom="妈妈 张母")
    put_off(stage, visit, case)
    assert ladder(stage, case).next_step is StepKind.COLLECTED
    step(stage, case, "collected", whom="妈妈 张母")
    wanted.append("collected")
    over = ladder(stage, case)
    assert not over.open
    assert [(one.kind.value, one.by) for one in over.steps] == [(kind, "许静") for kind in wanted]


def test_the_recheck_waits_its_minutes_and_says_how_many(stage, visit):
    key = stage.health.fevers.begin(stage.teacher, visit, 381).value
    assert ladder(stage, key).chip(stage.clock.now).words == "发热 38.1℃ · 5 分钟后复测"
    with pytest.raises(FeverStepError, match="09:17"):
        step(stage, key, "recheck", tenths=380)
    stage.clock.at(9, 21)
    assert ladder(stage, key).chip(stage.clock.now).words == "发热 38.1℃ · 复测已超 4 分钟"
    step(stage, key, "recheck", tenths=380)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("call", {"whom": "妈妈", "reached": True, "words": "来"}),
        ("collected", {"whom": "妈妈"}),
        ("back", {}),
        ("release", {}),
    ],
)
def test_nothing_comes_before_the_recheck_but_putting_her_apart(stage, case, kind, more):
    with pytest.raises(FeverStepError):
        step(stage, case, kind, **more)
    step(stage, case, "isolate", whom="顾红")
    with pytest.raises(FeverStepError, match="已经在隔离室"):
        step(stage, case, "isolate", whom="顾红")


def test_a_confirmed_fever_does_not_end_before_a_guardian_was_reached(stage, case):
    climb(stage, case, "recheck")
    step(stage, case, "call", whom="爸爸", phone="13700000000", reached=False)
    assert ladder(stage, case).next_step is StepKind.CALL
    with pytest.raises(FeverStepError, match="还没有联系上"):
        step(stage, case, "collected", whom="妈妈")


@pytest.mark.parametrize("site", [None, "", "mouth"])
def test_a_recheck_says_where_it_was_taken(stage, case, site):
    with pytest.raises(FeverStepError, match="在哪里量") as told:
        step(stage, case, "recheck", tenths=384, site=site)
    assert told.value.field == "site"
    step(stage, case, "recheck", tenths=384, site="armpit")
    assert stage.health.fevers.view(stage.teacher).open[0].steps[0].said == "腋温 38.4℃"


def test_what_was_said_and_why_a_stranger_was_rung_fit_together(stage, case):
    climb(stage, case, upto="recheck")
    rung = {"whom": "姑姑 李梅", "reached": True, "words": "好" * 150}
    with pytest.raises(FeverStepError, match="请少写 28 个字") as told:
        step(stage, case, "call", **rung, reason="因" * 70)
    assert told.value.field == "reason"
    step(stage, case, "call", **rung, reason="因" * 42)


def test_nobody_goes_back_to_her_class_with_a_fever(stage, case):
    climb(stage, case)
    with pytest.raises(FeverStepError, match="不能回班"):
        step(stage, case, "back")
    step(stage, case, "recheck", tenths=369)
    assert ladder(stage, case).next_step is StepKind.BACK
    step(stage, case, "back")
    assert not ladder(stage, case).open


def test_a_false_alarm_goes_back_after_the_recheck(stage, case):
    step(stage, case, "recheck", tenths=368)
    assert ladder(stage, case).next_step is StepKind.BACK
    step(stage, case, "back", words="刚跑完步")
    with pytest.raises(FeverStepError, match="已经结束"):
        step(stage, case, "recheck", tenths=368)


def test_a_confirmed_fever_is_put_apart_before_it_ends(stage, case):
    climb(stage, case, "call")
    with pytest.raises(FeverStepError, match="还没有隔离"):
        step(stage, case, "collected", whom="妈妈")


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("recheck", {}, "tenths"),
        ("call", {}, "whom"),
        ("call", {"whom": "妈妈", "reached": True}, "words"),
        ("isolate", {}, "whom"),
    ],
)
def test_a_step_says_what_it_must(stage, case, kind, more, field):
    climb(stage, case, "recheck") if kind != "recheck" else None
    with pytest.raises(FeverStepError) as told:
        step(stage, case, kind, **more)
    assert told.value.field == field


def test_steps_are_taken_back_from_the_last(stage, case):
    climb(stage, case)
    first, *_, last = ladder(stage, case).steps
    with pytest.raises(FeverStepError, match="先撤销后面"):
        stage.health.fevers.undo_step(stage.teacher, first.id)
    stage.health.fevers.undo_step(stage.teacher, last.id)
    assert not ladder(stage, case).isolated
    with pytest.raises(FeverStepError, match="撤销过了"):
        stage.health.fevers.undo_step(stage.teacher, last.id)
    with pytest.raises(FeverStepError, match="不能整个撤销"):
        stage.health.fevers.undo_case(stage.teacher, case)
    for one in reversed(ladder(stage, case).steps):
        stage.health.fevers.undo_step(stage.teacher, one.id)
    stage.health.fevers.undo_case(stage.teacher, case)
    assert fever.list_open(stage.world.database) == ()


@pytest.mark.parametrize("at", [(9, 23), (8, 30)])
def test_a_fever_is_taken_back_at_once_or_by_who_answers_for_it(stage, case, at):
    """Hours later it would take the recheck, the call and tomorrow's question along."""
    stage.clock.at(*at)
    for actor in (stage.teacher, stage.staff["孟佳"], stage.world.desk):
        with pytest.raises(FeverStepError, match=r"保健员或园长.*复测"):
            stage.health.fevers.undo_case(actor, case)
    stage.health.fevers.undo_case(stage.nurse, case)
    assert ladder(stage, case) is None


def test_nor_is_the_second_reading_that_found_it_too(stage, case):
    climb(stage, case, "recheck")
    (found,) = ladder(stage, case).steps
    stage.clock.at(11)
    with pytest.raises(FeverStepError, match="保健员或园长"):
        stage.health.fevers.undo_step(stage.teacher, found.id)
    stage.health.fevers.undo_step(stage.world.director, found.id)
    step(stage, case, "recheck", tenths=368)
    (cool,) = ladder(stage, case).steps
    stage.clock.at(12)
    stage.health.fevers.undo_step(stage.teacher, cool.id)  # she stays a feverish child by that


def test_a_fever_of_a_round_or_of_the_class_log_goes_no_other_way(stage, visit):
    other, third = stage.arrive("周乐瑶"), stage.arrive("马思睿")
    seen = HealthCheck(tenths=380, outcome="recheck", note="额头烫")
    checked = stage.services.classroom.check(stage.teacher, (third,), seen)
    kept = stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(tenths=395, site="ear"))
    heat = EntryDraft(EntryKind.TEMPERATURE, stage.clock.now, tenths=392, detail="forehead")
    logged = stage.services.classroom.log(stage.teacher, (other,), heat)
    (entry,) = stage.world.database.rows("select id from log_entry")
    stage.clock.at(12)
    for act in (
        lambda who: stage.services.undo(who, kept.undo),
        lambda who: stage.services.undo(who, logged.undo),
        lambda who: stage.services.undo(who, checked.undo),
        lambda who: stage.services.classroom.undo_entry(who, entry["id"]),
        lambda who: stage.services.classes.corrections.correct(
            who, entry["id"], replace(heat, tenths=365), reason="看错"
        ),
    ):
        with pytest.raises(FeverStepError, match="保健员或园长"):
            act(stage.staff["孟佳"])
    assert len(stage.health.fevers.view(stage.teacher).open) == 3
    stage.services.undo(stage.nurse, checked.undo)
    stage.services.undo(stage.nurse, kept.undo)
    stage.services.classroom.undo_entry(stage.nurse, entry["id"])
    assert stage.health.fevers.view(stage.teacher).open == ()


def test_a_line_that_is_set_today_calls_off_no_fever_of_this_morning(stage, visit):
    case = stage.health.fevers.begin(stage.teacher, visit, 378).value
    stage.clock.at(9, 15)
    stage.services.manage.rules.set_rule(stage.world.director, "fever_tenths", "38.5", stage.clock.now.date())
    stage.clock.at(9, 30)
    step(stage, case, "recheck", tenths=379)
    one = ladder(stage, case)
    assert (one.line, one.confirmed, one.next_step) == (373, True, StepKind.CALL)
    with pytest.raises(FeverStepError):
        step(stage, case, "back")
    stage.clock.at(11)
    with pytest.raises(FeverStepError, match="保健员或园长"):
        stage.health.fevers.undo_step(stage.teacher, one.steps[-1].id)
    put_off(stage, visit, case)
    stage.clock.now += dt.timedelta(days=1)
    with pytest.raises(ExcludedError, match=r"37\.9℃"):
        stage.arrive()
    stage.clock.now += dt.timedelta(days=20)
    with pytest.raises(FeverStepError, match=r"没到发热线 38\.5℃"):
        stage.health.fevers.begin(stage.teacher, stage.arrive(), 378)


def test_yesterdays_steps_are_the_directors(stage, case):
    climb(stage, case)
    last = ladder(stage, case).steps[-1]
    stage.clock.now += dt.timedelta(days=1)
    with pytest.raises(FeverStepError, match="园长"):
        stage.health.fevers.undo_step(stage.teacher, last.id)
    assert [one.id for one in stage.health.fevers.view(stage.teacher).open] == [case]
    stage.health.fevers.undo_step(stage.world.director, last.id)


def test_one_child_has_one_ladder_at_a_time(stage, visit, case):
    with pytest.raises(FeverStepError, match="正在进行"):
        stage.health.fevers.begin(stage.teacher, visit, 385)
    with pytest.raises(FeverStepError, match="没到发热线"):
        stage.health.fevers.begin(stage.teacher, stage.arrive("周乐瑶"), 372)


def test_the_door_shows_it_and_ends_it_face_to_face(stage, visit, case):
    climb(stage, case, "recheck")
    act = CheckOut(visit, stage.world.adults["张母"], identity_seen=True)
    with pytest.raises(OpenPapersError, match="发热 38"):
        stage.services.pickup.check_out(stage.world.desk, act)
    (paper,) = [
        one for one in stage.services.pickup.prepare(stage.world.desk, visit).papers if one.kind == "fever"
    ]
    answers = (Answer("fever", paper.subject),)
    done = stage.services.pickup.check_out(
        stage.world.desk, CheckOut(visit, stage.world.adults["张母"], answers=answers)
    )
    over = ladder(stage, case)
    assert (over.open, over.steps[-1].words) == (False, "离园时当面告知")
    stage.services.undo(stage.world.desk, done.undo)
    assert ladder(stage, case).open


def test_what_the_door_ended_goes_back_with_the_departure_alone(stage, visit, case):
    climb(stage, case)
    answers = (Answer("fever", case),)
    act = CheckOut(visit, stage.world.adults["张母"], answers=answers)
    out = stage.services.pickup.check_out(stage.world.desk, act)
    last = ladder(stage, case).steps[-1]
    assert last.kind is StepKind.COLLECTED
    for actor in (stage.teacher, stage.world.director):
        with pytest.raises(FeverStepError, match="家长接走是离园时记的，撤销离园时一起撤销。"):
            stage.health.fevers.undo_step(actor, last.id)
    stage.services.undo(stage.world.desk, out.undo)
    assert ladder(stage, case).steps[-1].kind is StepKind.ISOLATE


def test_put_off_at_the_door_it_stays_open(stage, visit, case):
    put_off(stage, visit, case)
    assert [one.id for one in fever.list_open(stage.world.database)] == [case]
    with pytest.raises(FeverStepError, match="已经离园"):
        step(stage, case, "recheck", tenths=380)


def test_it_is_seen_on_the_card_of_the_class_and_in_the_status_line(stage, visit, case):
    roster = stage.services.classroom.roster(stage.teacher, stage.world.dragons)
    (card,) = roster.cards
    assert (card.chips[0].words, card.chips[0].tone) == ("发热 38.1℃ · 复测已超 3 分钟", Tone.BAD)
    alerts = [chip.words for chip in stage.services.desk.board(stage.world.desk).alerts]
    assert "张沐阳 发热 38.1℃ · 复测已超 3 分钟" in alerts
    assert [chip.words for _, chip in stage.health.fevers.lines(stage.world.dragons, stage.clock.now)] == [
        "发热 38.1℃ · 复测已超 3 分钟"
    ]
    assert stage.health.fevers.lines(stage.world.stars, stage.clock.now) == ()


def test_the_note_to_the_parents_tells_it(stage, visit, case):
    climb(stage, case)
    (told,) = stage.health.fevers.facts(visit)
    assert told == "09:12 38.1℃，09:20 复测 38.4℃，09:20 电话告诉了妈妈 张母，09:20 起单独照看"
    assert told in stage.services.papers.pickup_report(stage.teacher, visit).text.health


def test_who_must_not_take_her_is_not_rung(stage, visit):
    people = stage.health.fevers.guardians(stage.teacher, stage.world.children["张沐阳"])
    assert [(one.words, one.phone) for one in people] == [("妈妈 张母", "137 0000 2233")]
