import dataclasses
import datetime as dt

import pytest

from app.domain.fever import (
    FeverStep,
    FeverStepError,
    Ladder,
    StepKind,
    recheck_words,
    require_slip,
    require_step,
)
from app.domain.ids import ChildId, ClassId, FeverId, FeverStepId, VisitId
from app.domain.looks import Tone

ZONE = dt.timezone(dt.timedelta(hours=8))
START = dt.datetime(2025, 12, 3, 10, 0, tzinfo=ZONE)
AT = START + dt.timedelta(minutes=6)


def step_at(number):
    return AT + dt.timedelta(minutes=number - 1)


def ladder(*kinds, heats=(384,), reached=True, **changes):
    """A fever of 38.1 with its steps, a minute apart; the line is 37.3."""
    left = list(heats)
    steps = tuple(
        FeverStep(
            FeverStepId(at),
            StepKind(kind),
            step_at(at),
            "许静",
            tenths=left.pop(0) if kind == "recheck" else None,
            reached=kind == "call" and reached,
        )
        for at, kind in enumerate(kinds, 1)
    )
    due = START + dt.timedelta(minutes=5)
    found = Ladder(
        FeverId(1), VisitId(1), ChildId(1), "张沐阳", ClassId(1), "抱抱龙", 373, 381, "forehead", START,
        "许静", due, steps,
    )  # fmt: skip
    return dataclasses.replace(found, **changes)


@pytest.mark.parametrize(
    ("kinds", "heats", "wanted"),
    [
        ((), (), "recheck"),
        (("isolate",), (), "recheck"),
        (("recheck",), (384,), "call"),
        (("recheck",), (372,), "back"),
        (("recheck", "call"), (373,), "isolate"),
        (("recheck", "call", "isolate"), (384,), "collected"),
        (("recheck", "call", "isolate", "recheck"), (384, 369), "back"),
        (("recheck", "call", "isolate", "recheck"), (384, 373), "collected"),
        (("recheck", "call", "recheck"), (384, 372), "isolate"),  # put apart she was never
        (("recheck", "call", "isolate", "release", "recheck"), (384, 372), "back"),
        (("recheck", "back"), (372,), None),
        (("recheck", "call", "isolate", "collected"), (384,), None),
    ],
)
def test_what_is_to_be_done_next(kinds, heats, wanted):
    found = ladder(*kinds, heats=heats).next_step
    assert (None if found is None else found.value) == wanted


def test_a_call_that_nobody_took_is_to_be_made_again():
    one = ladder("recheck", "call", reached=False)
    assert (one.told, one.next_step) == (False, StepKind.CALL)
    assert one.chip(AT).words == "发热 38.4℃ · 还没联系上家长"


def test_who_has_gone_home_can_only_be_noted_as_collected():
    gone = ladder(gone=True)
    assert gone.next_step is StepKind.COLLECTED
    require_step(gone, StepKind.COLLECTED, AT)
    with pytest.raises(FeverStepError, match="还没有复测"):
        require_step(gone, StepKind.BACK, AT)


@pytest.mark.parametrize(
    ("kinds", "heats", "step", "refusal"),
    [
        ((), (), "isolate", ""),  # putting a child apart is never too early
        (("isolate",), (), "isolate", "已经在隔离室"),
        (("isolate", "recheck", "release"), (372,), "isolate", ""),
        ((), (), "call", "请先给张沐阳复测"),
        (("recheck",), (373,), "call", ""),
        (("recheck",), (373,), "recheck", ""),
        ((), (), "release", "不在隔离室"),
        (("isolate", "recheck"), (373,), "release", "不能出隔离室"),
        (("isolate", "recheck"), (372,), "release", ""),
        ((), (), "back", "还没有复测"),
        (("recheck",), (373,), "back", "还没有联系上"),
        (("recheck",), (372,), "back", ""),  # refuted: nobody need ring or put her apart
        (("recheck", "call"), (373,), "back", "还在发热线上，不能回班"),
        (("recheck", "call", "recheck"), (373, 372), "back", "还没有隔离"),
        (("recheck", "call", "isolate", "recheck"), (384, 373), "back", "还在发热线上，不能回班"),
        (("recheck", "call", "isolate", "recheck"), (384, 372), "back", ""),
        (("recheck", "call"), (384,), "collected", "还没有隔离"),
        (("recheck", "call", "isolate"), (384,), "collected", "请在前台办离园"),
        *((("recheck", "back"), (372,), kind.value, "已经结束") for kind in StepKind),
    ],
)
def test_every_step_has_its_turn(kinds, heats, step, refusal):
    one = ladder(*kinds, heats=heats)
    if refusal:
        with pytest.raises(FeverStepError, match=refusal):
            require_step(one, StepKind(step), AT)
    else:
        require_step(one, StepKind(step), AT)


def test_the_second_reading_waits_for_its_minutes_and_nothing_else_does():
    due = ladder().recheck_at
    early = due - dt.timedelta(seconds=1)
    require_step(ladder(), StepKind.RECHECK, due)
    with pytest.raises(FeverStepError, match="10:05 才到复测时间"):
        require_step(ladder(), StepKind.RECHECK, early)
    require_step(ladder(), StepKind.ISOLATE, early)
    require_step(ladder("recheck"), StepKind.RECHECK, early)


def test_nobody_ends_it_while_no_guardian_was_reached():
    for heats in ((373, 372), (384, 384)):
        tried = ladder("recheck", "call", "isolate", "recheck", heats=heats, reached=False)
        with pytest.raises(FeverStepError, match="还没有联系上"):
            require_step(tried, StepKind.BACK, AT)


REFUTED, CORRECTED, VOID = {"heats": (372,)}, {"tenths": 372}, {"void": True}


@pytest.mark.parametrize(
    ("kinds", "changes", "keeps"),
    [
        ((), {}, True),
        ((), {"tenths": 373}, True),
        ((), CORRECTED, False),
        ((), VOID, False),
        (("recheck",), REFUTED, False),
        (("recheck",), {"heats": (373,)}, True),
        # What was measured a second time stands, whatever became of the first.
        (("recheck",), CORRECTED, True),
        (("recheck",), VOID, True),
        (("recheck", "recheck"), {"heats": (373, 365)}, True),
        (("recheck", "call", "isolate", "recheck", "back"), {"heats": (384, 372)}, False),
    ],
)
def test_with_a_fever_that_nothing_refuted_she_stays_at_home(kinds, changes, keeps):
    assert ladder(*kinds, **changes).keeps_home is keeps


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "38.1℃"),
        ({"tenths": 373, "first": 381}, "37.3℃"),
        ({"tenths": 372, "first": 381}, "先量得 38.1℃（后更正为 37.2℃）"),
        ({"void": True}, "先量得 38.1℃（后来撤销了）"),
    ],
)
def test_a_reading_that_does_not_hold_is_not_told_as_if_it_did(changes, words):
    assert ladder(**changes).begun_words == words


@pytest.mark.parametrize(
    ("kinds", "changes", "apart"),
    [
        ((), {}, True),  # until a second reading refutes it
        (("recheck",), REFUTED, False),
        (("recheck",), {"heats": (373,)}, True),
        (("recheck", "recheck"), {"heats": (373, 365)}, True),
        (("isolate", "recheck"), REFUTED, True),
        (("isolate", "recheck", "release"), REFUTED, False),
        (("isolate", "recheck", "back"), REFUTED, False),
        (("recheck", "call", "isolate", "recheck", "back"), {"heats": (384, 372)}, False),
        ((), {"gone": True}, False),
    ],
)
def test_who_is_hot_is_kept_from_the_others(kinds, changes, apart):
    one = ladder(*kinds, **changes)
    assert one.apart is apart
    assert one.isolated is (kinds.count("isolate") > kinds.count("release") and one.open)


def test_a_reading_is_dealt_with_by_a_fever_that_goes_on_or_ended_since():
    later = step_at(9)
    assert ladder("recheck").answers_for(later)
    ended = ladder("recheck", "back", heats=(372,))
    assert [ended.answers_for(step_at(number)) for number in (1, 2, 3)] == [True, True, False]


@pytest.mark.parametrize(
    ("kinds", "stretches"),
    [
        (("recheck", "back"), []),
        (("isolate",), [(1, None)]),
        (("recheck", "isolate", "recheck", "release", "back"), [(2, 4)]),
        (("isolate", "collected"), [(1, 2)]),
        (("isolate", "isolate", "release", "recheck", "isolate", "back"), [(1, 3), (5, 6)]),
    ],
)
def test_her_time_in_the_isolation_room_runs_until_she_comes_out_or_it_ends(kinds, stretches):
    found = ladder(*kinds, heats=(384, 372)).stretches
    assert found == tuple((step_at(since), until and step_at(until)) for since, until in stretches)


@pytest.mark.parametrize("kind", ["collected", "back"])
def test_it_never_ends_without_recheck_call_and_being_put_apart(kind):
    for kinds in ((), ("recheck",), ("recheck", "call"), ("call", "isolate")):
        with pytest.raises(FeverStepError):
            require_step(ladder(*kinds), StepKind(kind), AT)
    with pytest.raises(FeverStepError, match="请在前台办离园"):
        require_step(ladder("recheck", "call", "isolate"), StepKind.COLLECTED, AT)
    gone = dataclasses.replace(ladder("recheck", "call", "isolate"), gone=True)
    require_step(gone, StepKind.COLLECTED, AT)
    with pytest.raises(FeverStepError, match="不能回班"):
        require_step(ladder("recheck", "call", "isolate"), StepKind.BACK, AT)


def test_who_is_put_apart_comes_out_again():
    inside = ladder("isolate")
    assert inside.isolated
    with pytest.raises(FeverStepError):
        require_step(inside, StepKind.ISOLATE, AT)
    cool = ladder("isolate", "recheck", heats=(372,))
    require_step(cool, StepKind.RELEASE, AT)
    out = ladder("isolate", "recheck", "release", heats=(372,))
    assert not out.isolated
    with pytest.raises(FeverStepError):
        require_step(out, StepKind.RELEASE, AT)


def test_nobody_comes_out_of_the_isolation_room_while_she_is_hot():
    for hot in (ladder("isolate"), ladder("recheck", "call", "isolate"),
                ladder("recheck", "call", "isolate", "recheck", heats=(384, 373))):  # fmt: skip
        with pytest.raises(FeverStepError, match="不能出隔离室"):
            require_step(hot, StepKind.RELEASE, AT)


def test_who_is_hot_again_after_she_came_out_is_put_apart_again():
    again = ladder("recheck", "call", "isolate", "recheck", "release", "recheck", heats=(384, 369, 380))
    assert (again.next_step, again.chip(AT).words) == (StepKind.ISOLATE, "发热 38.0℃ · 还没隔离")


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "5 分钟后复测"), (4, "1 分钟后复测"), (5, "现在复测"), (9, "复测已超 4 分钟")]
)
def test_the_minutes_until_the_recheck_are_said(minutes, words):
    due = START + dt.timedelta(minutes=5)
    assert recheck_words(due, START + dt.timedelta(minutes=minutes)) == words
    assert ladder().chip(START + dt.timedelta(minutes=minutes)).tone is Tone.BAD


def test_a_step_says_itself():
    call = FeverStep(FeverStepId(1), StepKind.CALL, AT, "许静", whom="妈妈", phone="137", reached=True)
    assert call.said == "妈妈 137 接通"
    apart = FeverStep(FeverStepId(1), StepKind.ISOLATE, AT, "许静", whom="顾红", words="开窗")
    assert apart.said == "顾红陪着；开窗"
    again = FeverStep(FeverStepId(1), StepKind.RECHECK, AT, "许静", tenths=384, words="精神好")
    assert again.said == "38.4℃；精神好"


def test_a_fever_is_a_slip_of_the_hand_for_minutes_only():
    """A clock that was set back opens no new ones; who answers for it may at any time."""
    for minutes, slip in ((0, True), (10, True), (11, False), (-11, False), (-10, True)):
        now = START + dt.timedelta(minutes=minutes)
        require_slip("朱予晴", START, now, keeper=True)
        if slip:
            require_slip("朱予晴", START, now, keeper=False)
        else:
            with pytest.raises(FeverStepError, match=r"朱予晴.*10 分钟"):
                require_slip("朱予晴", START, now, keeper=False)
