"""The papers of the day go to the printer or to the eye, and a print is counted once it was sent."""

import datetime as dt
import types

import pytest

from app.domain.changes import Done
from app.ui.widgets import day_papers
from tests.ui.support import make_context, settle

DAY = dt.date(2025, 12, 4)
PAPER = types.SimpleNamespace(day=DAY)


class Printing:
    """Notes what is sent, and says that it was printed."""

    def __init__(self):
        self.sent, self.shown = [], []

    def send(self, paper, count):
        self.sent.append(paper)
        count()

    def preview(self, paper, count):
        self.shown.append(paper)


@pytest.fixture
def counted():
    return []


@pytest.fixture
def context(qtbot, counted):
    def printed(_actor, kind, key):
        counted.append((kind, key))
        return Done(1)

    services = types.SimpleNamespace(
        bookings=types.SimpleNamespace(
            expected_paper=lambda _actor, day: Done(types.SimpleNamespace(day=day)),
            next_open_day=lambda _actor: DAY,
        ),
        papers=types.SimpleNamespace(printed=printed),
    )
    made = make_context(qtbot, services)
    made.printing = Printing()
    return made


def test_the_list_of_a_day_is_sent_and_counted(qtbot, context, counted):
    day_papers.print_expected(context, DAY)
    settle(qtbot, context)
    assert [paper.day for paper in context.printing.sent] == [DAY]
    assert counted == [("expected_list", DAY.toordinal())]


def test_a_look_at_the_next_open_day_counts_nothing(qtbot, context, counted):
    day_papers.preview_next_expected(context)
    settle(qtbot, context)
    assert [paper.day for paper in context.printing.shown] == [DAY]
    assert counted == []
