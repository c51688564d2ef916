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


def ladder(*kinds, heats=(384,), reached=True):
    left = list(heats)
    steps = tuple(
        FeverStep(
            FeverStepId(at),
            StepKind(kind),
            AT,
            "许静",
            tenths=left.pop(0) if kind == "recheck" else None,
            reached=kind == "call" and reached,
        )
        for at, kind in enumerate(kinds, 1)
    )
    due = START + dt.timedelta(minutes=5)
    return Ladder(
        FeverId(1), VisitId(1), ChildId(1), "张沐阳", ClassId(1), "抱抱龙", 373, 381, "forehead", START,
        "许静", due, steps,
    )  # fmt: skip


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
