"""隔离室使用: a fever's steps fill the register, and nobody writes them twice."""

import pytest

from app.domain.fever import NewStep, StepKind
from app.services.registers import Filled
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def case(stage):
    visit = stage.arrive("张沐阳")
    return stage.health.fevers.begin(stage.teacher, visit, 384).value


def step(stage, case, kind, **more):
    more |= {"site": more.get("site", "ear")} if kind == "recheck" else {}
    return stage.health.fevers.step(stage.teacher, case, NewStep(StepKind(kind), **more))


def put_apart(stage, case):
    stage.clock.at(9, 18)
    step(stage, case, "recheck", tenths=385)
    step(stage, case, "call", whom="妈妈 张母", phone="137", reached=True, words="半小时到")
    stage.clock.at(9, 20)
    step(stage, case, "isolate", whom="顾红")


def lines(stage):
    return stage.health.registers.month(stage.teacher, "isolation", "2025-12").entries


def chip(stage):
    found = stage.health.registers.choices(stage.teacher)
    return next((one.words, one.chip.words) for one in found if one.spec.key == "isolation")


def test_going_in_and_coming_out_are_a_line_of_the_register(stage, case):
    assert lines(stage) == ()
    put_apart(stage, case)
    (one,) = lines(stage)
    assert dict(one.lines) == {
        "姓名": "张沐阳",
        "进入": "12月3日 09:20",
        "症状": "发热",
        "体温": "38.5℃",
        "处理": "09:18 通知妈妈 张母",
        "看护人": "顾红",
    }
    assert one.open
    assert chip(stage) == ("本月 1 条", "1 条待办")
    stage.clock.at(9, 50)
    step(stage, case, "recheck", tenths=370)
    out = step(stage, case, "release")
    (one,) = lines(stage)
    assert (dict(one.lines)["离开"], one.open) == ("12月3日 09:50", False)
    assert chip(stage) == ("本月 1 条", "")
    stage.services.undo(stage.teacher, out.undo)
    assert lines(stage)[0].open, "taken back with the step"
    paper = stage.health.forms.register(stage.world.director, "isolation", "2025-12")
    assert paper.rows[0][1:3] == ("张沐阳", "12-03 09:20")


def test_a_line_by_hand_of_the_same_stay_stands_alone_and_learns_when_she_left(stage, case):
    put_apart(stage, case)
    answers = dict(lines(stage)[0].entry.told.answers) | {"disinfected": "已消毒"}
    filled = Filled("今天", answers, None, stage.world.children["张沐阳"])
    stage.health.registers.keep(stage.teacher, "isolation", filled)
    (one,) = lines(stage)
    assert one.entry.id > 0
    assert dict(one.lines)["终末消毒"] == "已消毒"
    stage.clock.at(9, 50)
    step(stage, case, "recheck", tenths=370)
    step(stage, case, "release")
    (one,) = lines(stage)
    assert (dict(one.lines)["离开"], one.open) == ("12月3日 09:50", False)


def test_another_child_in_the_room_keeps_her_own_line(stage, case):
    put_apart(stage, case)
    answers = {"entered": "9:25", "signs": "呕吐", "keeper": "顾红"}
    stage.arrive("周乐瑶")
    filled = Filled("今天", answers, None, stage.world.children["周乐瑶"])
    stage.clock.at(9, 30)
    stage.health.registers.keep(stage.teacher, "isolation", filled)
    assert [one.entry.child_name for one in lines(stage)] == ["周乐瑶", "张沐阳"]
