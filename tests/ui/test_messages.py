"""Three ways to fail, and the way back."""

import pytest

from app.domain.changes import Undo
from app.domain.errors import RuleError, SurroundingsError
from app.domain.looks import Tone
from app.ui.messages import Messages

FIRST, SECOND = Undo("check_in", 1, "朱予晴 入园"), Undo("check_in", 2, "张沐阳 入园")


@pytest.fixture
def heard(qtbot):
    messages = Messages()
    messages.heard = {"said": [], "banner": [], "crash": [], "undo": []}
    messages.said.connect(messages.heard["said"].append)
    messages.banner_raised.connect(messages.heard["banner"].append)
    messages.crashed.connect(messages.heard["crash"].append)
    messages.undo_wanted.connect(messages.heard["undo"].append)
    return messages


def test_each_kind_of_failure_is_said_in_its_own_way(heard):
    bug = ValueError("x")
    heard.fail(RuleError("不行。"))
    heard.fail(SurroundingsError("磁盘满了。"))
    heard.fail(bug)
    assert [(n.words, n.tone) for n in heard.heard["said"]] == [("不行。", Tone.BAD)]
    assert [b.words for b in heard.heard["banner"]] == ["磁盘满了。"]
    assert heard.heard["crash"] == [bug]


def test_the_latest_act_is_taken_back_first_and_only_once(heard):
    heard.say("a", undo=FIRST)
    heard.say("b", undo=SECOND)
    heard.undo()
    heard.undo()
    heard.undo()
    assert heard.heard["undo"] == [SECOND, FIRST]
    assert heard.heard["said"][-1].words == "没有可以撤销的操作。"


def test_an_act_taken_back_by_its_notice_leaves_the_stack(heard):
    heard.say("a", undo=FIRST)
    heard.say("b", undo=SECOND)
    heard.undo(FIRST)
    assert heard.next_undo() == SECOND
    heard.forget_undos()
    assert heard.next_undo() is None
