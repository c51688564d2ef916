"""Papers of the desk: seen again, printed by themselves, and counted only once they went out."""

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.ids import ReceiptId, VisitId
from app.ui.desk.papers import DeskPapers
from tests.ui.desk import data, fakes
from tests.ui.support import make_context, settle


class Waiting(fakes.FakePrinting):
    """A printer that has not answered yet."""

    def send(self, paper, count=None):
        self.sent.append((paper, count))


@pytest.fixture
def papers(qtbot):
    context = make_context(qtbot, fakes.services())
    context.printing = fakes.FakePrinting()
    room = QWidget()
    qtbot.addWidget(room)
    made = DeskPapers(context, room)
    made.room = room  # Qt keeps no parent alive
    made.settle = lambda: settle(qtbot, context)
    made.asked = context._services.papers.asked
    return made


def test_a_report_that_was_seen_is_counted_as_one_of_the_stay(papers):
    papers.preview_report(VisitId(101))
    papers.settle()
    assert papers.context.printing.previewed == ["report"]
    assert papers.asked == [("report", VisitId(101)), ("printed", "pickup_report", VisitId(101))]


def test_of_a_departure_without_a_receipt_nothing_is_shown(papers):
    papers.preview_receipt(data.YUQING.visit)
    papers.settle()
    assert (papers.context.printing.previewed, papers.asked) == ([], [])


def test_a_receipt_goes_to_the_printer_unasked_and_counts_when_it_has_gone_out(papers):
    papers.context.printing = printer = Waiting()
    papers.print_receipt(ReceiptId(8))
    papers.settle()
    ((paper, count),) = printer.sent
    assert (paper, papers.asked) == ("receipt", [("receipt", ReceiptId(8))])
    count()
    papers.settle()
    assert papers.asked[-1] == ("printed", "receipt", ReceiptId(8))


@pytest.mark.parametrize(
    ("act", "seen"),
    [("receipt 12", [("receipt", 12)]), ("receipt", []), ("receipt x1", []), ("child 12", [])],
)
def test_a_receipt_found_by_its_number_is_shown_and_nothing_else_is(papers, act, seen):
    papers.open_found(act)
    papers.settle()
    assert papers.asked[:1] == seen
    assert bool(papers.context.printing.previewed) is bool(seen)
