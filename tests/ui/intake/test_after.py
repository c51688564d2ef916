"""After a registration: two papers, each counted by itself, and thanks to this family alone."""

import pytest

from app.domain.ids import ChildId, VisitId
from app.services.intake import Registered
from app.ui.intake import after

REGISTERED = Registered(VisitId(9), ChildId(130), "朱予晴", "抱抱龙", "K7QM")


class Printer:
    """A queue that prints when the test says so."""

    def __init__(self):
        self.waiting = []

    def send(self, paper, count):
        self.waiting.append((paper, count))


class Screen:
    """The screen that faces the parents."""

    def __init__(self):
        self.thanked = []

    def thank(self, child, name, words):
        self.thanked.append((child, name, words))
        return 7


@pytest.fixture
def context(ground):
    ground.context.printing = Printer()
    ground.verbs.answers |= {"papers.agreement": "agreement", "papers.slip": "slip"}
    return ground.context


def test_without_a_screen_for_the_parents_nobody_is_thanked_and_no_code_is_drawn(
    ground, context, monkeypatch
):
    drawn = []
    monkeypatch.setattr(after, "show_seal", lambda *what: drawn.append(what))
    ticket = after.thank(context, REGISTERED)
    after.print_papers(context, REGISTERED, None, ticket)
    ground.settle()
    assert (ticket, drawn) == (0, [])
    assert [paper for paper, _count in context.printing.waiting] == ["agreement", "slip"]


def test_the_code_of_the_slip_goes_to_the_thanks_of_this_family(ground, context, monkeypatch):
    drawn = []
    monkeypatch.setattr(after, "show_seal", lambda _context, ticket, paper: drawn.append((ticket, paper)))
    context.parents = Screen()
    ticket = after.thank(context, REGISTERED)
    after.print_papers(context, REGISTERED, None, ticket)
    ground.settle()
    assert context.parents.thanked == [(ChildId(130), "朱予晴", "")]
    assert drawn == [(7, "slip")]


def test_a_paper_counts_when_it_was_printed_and_not_before(ground, context):
    after.print_papers(context, REGISTERED, None, 0)
    ground.settle()
    assert ground.verbs.said_to("papers.printed") == []
    (_paper, count) = context.printing.waiting[1]
    count()
    ground.settle()
    assert ground.verbs.said_to("papers.printed") == [["slip", VisitId(9)]]
