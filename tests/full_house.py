"""A full centre in the early morning: 190 children expected, nobody here yet, as a window with hands."""

import contextlib
import random
import sqlite3
import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from app import main, practice
from app.domain.names import READING_RULES, search_keys
from app.paths import Places
from db import practice as centre
from db.practice_full import ENROLLED

DAWN = practice.DESK_MOMENT.replace(hour=7, minute=40)


def build(path, on_file=ENROLLED):
    """A file of a full house at ``DAWN`` with so many children on file."""

    def keys(name):
        found = search_keys(name)
        return found.pinyin, found.initials

    centre.build(path, moment=DAWN, days=7, keys=keys, on_file=on_file, rules=READING_RULES)
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        # Nobody is ill: a class under observation takes in no child who comes by the hour.
        file.execute("update illness_case set ended_at = noted_at, ended_as = 'undone'")
    return path


def empty(path):
    """The same before the first family: who came early has not come, and each of the enrolled is awaited."""
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        file.execute("update visit set undone_at = arrived_at, undone_by = received_by where left_at is null")
    return path


class Morning:
    """The program on a full house. ``longest``: milliseconds for which the window answered nobody."""

    def __init__(self, file, qtbot):
        self.clock = practice.StoryClock(DAWN)
        self.application = main.build_application(
            Places(file.parent), self.clock, practice=True, rng=random.Random(7)
        )
        self.application.start()
        self._qtbot = qtbot
        qtbot.waitUntil(lambda: self.application.ready, timeout=20_000)
        self.application.window.activateWindow()
        self.strokes, self.longest = 0, 0.0

    def view(self, name):
        return self.application.window.findChild(QAbstractItemView, name)

    def settle(self):
        """Let the program work until nothing is under way."""
        begun = time.perf_counter()
        while True:
            self.breathe()
            if not self.application.jobs.busy and self.application.ready:
                self.breathe()
                if not self.application.jobs.busy:
                    return
            assert time.perf_counter() - begun < 20, "it does not settle"

    def breathe(self):
        """One turn of the event loop, watched."""
        begun = time.perf_counter()
        QApplication.processEvents()
        self.longest = max(self.longest, (time.perf_counter() - begun) * 1000)
        time.sleep(0)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """One stroke, then whatever it brings about."""
        self.strokes += 1
        begun = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget() or self.application.window, key, modifier)
        self.longest = max(self.longest, (time.perf_counter() - begun) * 1000)
        self.settle()

    def write(self, text):
        """Type into whatever has the focus, as an input method commits it."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(QApplication.focusWidget(), event)
        self.settle()

    def inside(self):
        """How many children the desk shows as present."""
        return self.view("desk.present").model().rowCount() + self.view("desk.due").model().rowCount()

    def close(self):
        self.application.close()

    def tick(self):
        """A few seconds pass between two families."""
        self.clock.advance(seconds=10)
