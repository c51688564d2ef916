"""From the key to the redrawn row, over 500 arrivals in the real window.

It is ten to eight and nearly the whole practice centre is expected: each child in turn comes in and is taken
back, so that every row of the list, with its chips and notes, is drawn and found.
"""

import random
import time

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from app import main
from app.domain.modes import CareMode
from app.paths import Places
from app.practice import DESK_MOMENT, StoryClock
from app.services.desk import RowState
from app.ui.tour.player import Player
from tests.bench.ratio import Figure, report
from tests.conftest import copied

ARRIVALS, BAR_MS = 500, 50
MORNING = DESK_MOMENT.replace(hour=7, minute=50)


class RowWatch(QObject):
    """Knows when the column 在园 was last drawn, and which children it then showed."""

    def __init__(self, view):
        super().__init__(view)
        self.view, self.drawn_at, self.shown = view, 0.0, set()
        view.viewport().installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.drawn_at = time.perf_counter()
            self.shown = {row.child for row in self.view.model().child_rows()}
        return False


class Desk:
    """The desk's window with hands in front of it."""

    def __init__(self, application, clock, folder):
        self.application = application
        application.window.activateWindow()
        self.player = Player(application.window, folder, clock, lambda: application.jobs.busy)
        self.player.step("500 arrivals")
        self.expected = application.window.findChild(QAbstractItemView, "desk.expected")
        self.inside = RowWatch(application.window.findChild(QAbstractItemView, "desk.present"))

    def names(self):
        """Who is expected by contract: of guests more is asked than one Enter."""
        rows = self.expected.model().child_rows()
        contract = {CareMode.FULL_DAY, CareMode.HALF_DAY}
        return [row.name for row in rows if row.mode in contract and row.state is RowState.EXPECTED]

    def arrive(self, name):
        """Check a child in; return the milliseconds from Enter until her row stands in 在园.

        F3 turns to her panel; the Enter that follows says that she was looked at and found well.
        """
        self.player.click_row("desk.expected", name)
        row = self.expected.model().row_at(self.expected.currentIndex())
        self.player.key("F3")
        begun = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        while row.child not in self.inside.shown:
            QApplication.processEvents()
            time.sleep(0)
            assert time.perf_counter() - begun < 10, "the row did not come"
        milliseconds = (self.inside.drawn_at - begun) * 1000
        self.player.settle()
        return milliseconds

    def take_back(self):
        """Undo the arrival."""
        self.player.key("Ctrl+Z")

    def visits(self):
        """How many visits the file holds, those taken back too."""
        found = []
        sql = "select count(*) from visit"
        self.application.context.ask(lambda services: services.desk._database.row(sql)[0], found.append)
        self.player.settle()
        return found[0]


@pytest.fixture
def desk(templates, tmp_path, qtbot):
    clock = StoryClock(MORNING)
    file = copied(templates(MORNING), tmp_path)
    application = main.build_application(Places(file.parent), clock, practice=True, rng=random.Random(7))
    application.start()
    qtbot.waitUntil(lambda: application.ready, timeout=10_000)
    yield Desk(application, clock, tmp_path)
    application.close()


def test_key_press_to_redrawn_row(benchmark, figures, desk):
    rounds = 3 if benchmark.disabled else ARRIVALS
    before, told, names = desk.visits(), [], desk.names()
    assert len(names) > 60

    def play():
        for at in range(rounds):
            told.append(desk.arrive(names[at % len(names)]))
            desk.take_back()

    benchmark.pedantic(play, rounds=1)
    assert desk.visits() == before + rounds
    if not benchmark.disabled:
        told.sort()
        figures.append(Figure("Enter to the redrawn row, median", told[rounds // 2], "ms", BAR_MS))
        report(
            figures,
            Figure("Enter to the redrawn row, 99th percentile", told[int(rounds * 0.99)], "ms", BAR_MS),
        )
