"""The room 课程 on a real small centre, with the teacher of 抱抱龙 at it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.logbook import EntryDraft, EntryKind, Part
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.ui.curriculum.page import PAGES, CurriculumRoom
from tests.services.world import make_world
from tests.ui.support import make_context, settle

CTRL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Hands:
    """What a person does in the room: pages, fields and acts by their keys."""

    def __init__(self, qtbot, world, folder):
        self.qtbot, self.world = qtbot, world
        self.services = build(world.database, world.clock, world.rng)
        self._log_a_morning()
        self.context = make_context(
            qtbot, self.services, actor=world.teacher, now=world.clock.now, folder=folder / "queue"
        )
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.frame = QWidget(self.host)
        self.context.host = self.frame
        self.context.printing.set_host(self.frame)
        self.room = CurriculumRoom(self.context)
        self.room.setParent(self.frame)
        self.said = []
        self.context.messages.said.connect(self.said.append)
        for widget in (self.host, self.frame, self.room):
            widget.resize(1280, 700)
        self.host.show()
        self.host.activateWindow()
        qtbot.waitExposed(self.host)
        self.room.refresh()
        self.settle()

    def _log_a_morning(self):
        world, services = self.world, self.services
        child = CheckIn(world.children["张沐阳"], check=MorningCheck(tenths=365))
        visit = services.arrivals.check_in(world.desk, child).value.visit
        world.clock.at(10, 30)
        glue = EntryDraft(EntryKind.ACTIVITY, world.clock.now, text="手工课：贴雪花", detail=Part.EAGER.value)
        services.classroom.log(world.teacher, (visit,), glue)

    def settle(self):
        settle(self.qtbot, self.context)
        QApplication.processEvents()
        settle(self.qtbot, self.context)

    def page(self, key):
        at = [spec.key for spec in PAGES].index(key) + 1
        self.key(getattr(Qt.Key, f"Key_{at}"), CTRL)
        return self.room.page

    def key(self, key, modifier=PLAIN):
        QTest.keyClick(QApplication.focusWidget() or self.host, key, modifier)
        self.settle()

    def find(self, name):
        return next(one for one in self.host.findChildren(QWidget, name) if one.isVisible())

    def has(self, name):
        return any(one.isVisible() for one in self.host.findChildren(QWidget, name))

    def fill(self, name, text):
        edit = self.find(name)
        edit.setFocus()
        edit.selectAll()
        edit.insert(text)  # as an input method commits it
        edit.setModified(True)

    def undo(self):
        """What 撤销 of the last notice does."""
        undo = next(notice.undo for notice in reversed(self.said) if notice.undo is not None)
        actor = self.context.actor
        self.context.act(lambda s: s.undo(actor, undo))
        self.settle()


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def hands(qtbot, world, tmp_path):
    return Hands(qtbot, world, tmp_path)
