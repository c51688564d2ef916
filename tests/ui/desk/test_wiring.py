"""The panel's wishes reach who does them, with the child whose row waits meanwhile."""

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.ids import VisitId
from app.services.arrivals import CheckIn
from app.services.collecting import CheckOut
from app.ui.desk.acts import DeskActs
from app.ui.desk.ink import DeskInk
from app.ui.desk.panel import SidePanel
from app.ui.desk.papers import DeskPapers
from app.ui.desk.wiring import connect_panel
from app.ui.rooms import Target
from tests.ui.desk import data, fakes
from tests.ui.support import make_context, settle

CHOSEN = data.LATE.child


@pytest.fixture
def desk(qtbot):
    made = fakes.FakeDesk()
    context = make_context(qtbot, fakes.services(made))
    context.printing = fakes.FakePrinting()
    room = QWidget()
    qtbot.addWidget(room)
    panel = SidePanel(DeskInk.of(context.theme))
    qtbot.addWidget(panel)
    acts, papers = DeskActs(context, room), DeskPapers(context, room)
    connect_panel(context, panel, acts, papers, lambda: CHOSEN, room)
    made.room, made.panel, made.acts, made.context = room, panel, acts, context
    made.begun, made.gone = [], []
    acts.begun.connect(made.begun.append)
    context.go_wanted.connect(lambda key, target: made.gone.append((key, target)))
    made.settle = lambda: settle(qtbot, context)
    return made


@pytest.mark.parametrize(
    ("signal", "told", "call"),
    [
        ("arrival.absence_requested", (data.LEYAO.child, "sick", "发热"), ("sick", "发热")),
        ("absence_undone", (data.SICK.child,), "undo_absence"),
        ("pickup.check_in_undone", (data.YUQING.visit,), ("undo_check_in", data.YUQING.visit)),
        ("check_out_undone", (data.GONE.visit,), ("undo_check_out", data.GONE.visit)),
        ("allergy.answered", (data.LEYAO.child, "yes", ("鸡蛋",), "妈妈"), ("yes", ("鸡蛋",), "妈妈")),
        ("arrival.check_in_requested", (CheckIn(data.LEYAO.child),), CheckIn(data.LEYAO.child)),
    ],
)
def test_what_the_panel_asks_is_done_by_its_service(desk, signal, told, call):
    owner = desk.panel
    *parts, name = signal.split(".")
    for part in parts:
        owner = getattr(owner, part)
    getattr(owner, name).emit(*told)
    desk.settle()
    assert desk.calls == [call]


def test_the_row_that_waits_for_a_departure_is_the_one_the_desk_has_chosen(desk):
    desk.panel.pickup.check_out_requested.emit(CheckOut(data.YUQING.visit))
    assert desk.begun == [CHOSEN]


def test_who_has_gone_is_forgotten_by_the_panel(desk):
    desk.panel.show_pickup(desk.prepare(None, data.YUQING.visit))
    assert desk.panel.pickup.visit == data.YUQING.visit
    desk.acts.departed.emit(object())
    assert desk.panel.pickup.visit is None


def test_what_was_found_of_who_has_come_in_is_forgotten_by_the_panel(desk):
    before = desk.card(None, data.LEYAO.child)
    desk.panel.show_card(before)
    desk.panel.arrival.temperature.setText("37.2")
    desk.panel.arrival.confirm(insist=False)
    desk.settle()
    desk.panel.show_card(before)  # as after 撤销, or when she comes again
    assert desk.panel.arrival.temperature.text() == ""


def test_a_stranger_leads_to_the_intake_card_with_herself(desk):
    desk.panel.intake_requested.emit(data.LEYAO.child)
    assert desk.gone == [("intake", Target(child=data.LEYAO.child))]


def test_report_and_receipt_are_asked_for_by_their_stay(desk):
    desk.panel.report_requested.emit(VisitId(101))
    desk.settle()
    assert desk.context._services.papers.asked[0] == ("report", VisitId(101))
    desk.panel.receipt_requested.emit(data.YUQING.visit)
    desk.settle()
    assert desk.context.printing.previewed == ["report"]  # she has no receipt yet
