"""Who hears of changes, and which room draws again."""

import pytest

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.looks import Tone
from app.ui.bus import Bus
from app.ui.rooms import Room
from tests.ui.support import make_context, settle

VISITS = Changes(frozenset({Topic.VISITS}))


class Plain(Room):
    topics = frozenset({Topic.VISITS})

    def __init__(self, context):
        super().__init__(context)
        self.drawn = 0

    def refresh(self):
        self.drawn += 1


@pytest.fixture
def context(qtbot):
    return make_context(qtbot, object())


@pytest.fixture
def room(context, qtbot):
    room = Plain(context)
    qtbot.addWidget(room)
    room.show()
    room.freshen()
    return room


def test_nothing_is_said_when_nothing_changed(qtbot):
    bus, heard = Bus(), []
    bus.changed.connect(lambda *told: heard.append(told))
    bus.tell(Changes())
    bus.tell(VISITS, None)
    assert heard == [(VISITS, None)]


def test_a_room_draws_again_for_its_topics_only_and_not_for_its_own_acts(context, room):
    context.bus.tell(VISITS)
    context.bus.tell(Changes(frozenset({Topic.NOTES})))
    context.bus.tell(VISITS, room)
    assert room.drawn == 2


def test_a_hidden_room_waits_until_it_is_shown(context, room):
    room.hide()
    context.bus.tell(VISITS)
    assert (room.drawn, room.stale) == (1, True)
    room.show()
    room.freshen()
    assert (room.drawn, room.stale) == (2, False)


def test_what_else_came_of_an_act_stays_until_it_was_read_each_for_itself(context, qtbot):
    raised = []
    context.messages.banner_raised.connect(raised.append)
    for words in ("糖糖的预约已取消。", "", "石榴的预约已取消。"):
        context.act(lambda _s, words=words: Done(None, VISITS, also=words))
    settle(qtbot, context)
    assert [(one.words, one.tone) for one in raised] == [
        ("糖糖的预约已取消。", Tone.WARN),
        ("石榴的预约已取消。", Tone.WARN),
    ]
    assert len({one.key for one in raised}) == 2


def test_an_act_saves_says_and_tells_in_that_order(context, room, qtbot):
    told = []
    context.saved.connect(lambda _at: told.append("saved"))
    context.messages.said.connect(lambda notice: told.append(notice.words))
    context.bus.changed.connect(lambda *_: told.append("bus"))
    undo = Undo("check_in", 1, "朱予晴 入园")
    context.act(lambda _s: Done(7, VISITS, undo), lambda value: told.append(value))
    settle(qtbot, context)
    assert told == ["saved", 7, "朱予晴 入园", "bus"]
    assert context.messages.next_undo() == undo


def test_an_act_a_rule_refuses_changes_nothing_and_says_why(context, room, qtbot):
    said = []
    context.messages.said.connect(lambda notice: said.append(notice.words))

    def refuse(_services):
        raise RuleError("已经入园了。")

    context.act(refuse)
    settle(qtbot, context)
    assert said == ["已经入园了。"]
    assert room.drawn == 1
