"""The verbs of the desk: told before the disk, told after it, and told of everybody who left."""

import types

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes, Done, Topic
from app.domain.ids import ReceiptId, VisitId
from app.services.arrivals import CheckIn
from app.services.collecting import CheckOut
from app.ui.desk.acts import DeskActs
from tests.ui.desk import data, fakes
from tests.ui.support import make_context, settle

TOLD = ("begun", "sent", "arrived", "departed", "handed_back", "issued", "done", "failed")


@pytest.fixture
def desk():
    return fakes.FakeDesk()


@pytest.fixture
def acts(qtbot, desk):
    context = make_context(qtbot, fakes.services(desk))
    room = QWidget()
    qtbot.addWidget(room)
    made = DeskActs(context, room)
    made.room, made.told = room, []
    for name in TOLD:
        getattr(made, name).connect(lambda *args, name=name: made.told.append((name, *args)))
    made.settle = lambda: settle(qtbot, context)
    made.context = context
    return made


def names(acts):
    return [one[0] for one in acts.told]


def test_the_row_waits_before_the_disk_is_asked_and_the_arrival_comes_after_it(acts):
    acts.check_in(CheckIn(data.LEYAO.child))
    assert acts.told == [("begun", data.LEYAO.child), ("sent",)]
    acts.settle()
    assert names(acts) == ["begun", "sent", "arrived"]
    assert acts.told[-1][1].name == "周乐瑶"


def test_a_refusal_is_told_as_such_and_nothing_is_said_to_be_done(acts, desk):
    desk.refusal = fakes.RefusedError("周乐瑶 8:30 已经入园。")
    acts.note_absence(data.LEYAO.child, "sick", "发热")
    acts.settle()
    assert names(acts) == ["begun", "sent", "failed"]
    assert acts.told[-1][1] is desk.refusal


def test_an_act_whose_row_does_not_wait_begins_with_nobody(acts):
    acts.undo_check_in(data.YUQING.visit)
    acts.settle()
    assert acts.told == [("begun", None), ("sent",), ("done",)]


def test_siblings_are_told_one_by_one_and_then_as_one_act(acts, desk):
    left = [types.SimpleNamespace(visit=VisitId(one)) for one in (101, 140)]
    desk.check_out_together = lambda _actor, _acts: Done(tuple(left), Changes(frozenset({Topic.VISITS})))
    acts.check_out_together((CheckOut(VisitId(101)), CheckOut(VisitId(140))), data.YUQING.child)
    acts.settle()
    assert acts.told[2:] == [("departed", left[0]), ("departed", left[1]), ("handed_back", tuple(left))]


def test_one_who_leaves_alone_is_an_act_of_one(acts):
    acts.check_out(CheckOut(data.YUQING.visit), data.YUQING.child)
    acts.settle()
    (departed, handed_back) = acts.told[2:]
    assert handed_back == ("handed_back", (departed[1],))


def test_a_receipt_issued_anew_is_named_and_the_desk_does_not_redraw_twice(acts):
    issued = Done(ReceiptId(8), Changes(frozenset({Topic.MONEY})))
    services = fakes.services()
    services.cashier = types.SimpleNamespace(issue=lambda _actor, _visit, _tender: issued)
    acts.context.give(services)
    heard = []
    acts.context.bus.changed.connect(lambda _changes, initiator: heard.append(initiator))
    acts.issue_receipt(data.GONE.visit, "cash", data.GONE.child)
    acts.settle()
    assert acts.told[-1] == ("issued", ReceiptId(8))
    assert heard == [acts.room]
