"""The settings room on a real small centre, with the director at it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services.bundle import build
from app.ui.settings.page import PAGES, SettingsRoom
from tests.services.world import make_world
from tests.ui.support import make_context, settle


class Hands:
    """What a person does in the room: pages by their key, fields by name, acts by their key."""

    def __init__(self, qtbot, world, actor):
        self.qtbot, self.world = qtbot, world
        services = build(world.database, world.clock, world.rng)
        self.context = make_context(qtbot, services, actor=actor, now=world.clock.now)
        self.host = QWidget()
        qtbot.addWidget(self.host)
        self.frame = QWidget(self.host)
        self.context.host = self.frame
        self.room = SettingsRoom(self.context)
        self.room.setParent(self.frame)
        self.said, self.banners = [], []
        self.context.messages.said.connect(lambda notice: self.said.append(notice.words))
        self.context.messages.banner_raised.connect(lambda banner: self.banners.append(banner.words))
        self.host.resize(1280, 700)
        self.frame.resize(1280, 700)
        self.room.resize(1280, 700)
        self.host.show()
        self.host.activateWindow()
        qtbot.waitExposed(self.host)
        self.settle()

    def settle(self):
        settle(self.qtbot, self.context)
        QApplication.processEvents()

    def page(self, key):
        at = [spec.key for spec in PAGES].index(key) + 1
        self.key(getattr(Qt.Key, f"Key_{at}"))
        return self.room.page

    def key(self, key, modifier=Qt.KeyboardModifier.ControlModifier):
        QTest.keyClick(QApplication.focusWidget() or self.host, key, modifier)
        self.settle()

    def find(self, name):
        return next(one for one in self.host.findChildren(QWidget, name) if one.isVisible())

    def fill(self, name, text):
        edit = self.find(name)
        edit.setFocus()
        edit.selectAll()
        if text.isascii():
            self.qtbot.keyClicks(edit, text)
        else:
            edit.insert(text)  # as an input method commits it: there are no keys for such characters

    def choose(self, name, words):
        box = self.find(name)
        box.setFocus()
        box.setCurrentIndex(box.findText(words))

    def save(self):
        self.key(Qt.Key.Key_Return)

    def row(self, view, title):
        """Walk to a row by the arrow keys."""
        shown = self.find(view)
        shown.setFocus()
        QTest.keyClick(shown, Qt.Key.Key_Home)
        for _ in range(60):
            self.settle()
            if shown.currentIndex().data() == title:
                return
            QTest.keyClick(shown, Qt.Key.Key_Down)
        raise AssertionError(title)


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def hands(qtbot, world):
    return Hands(qtbot, world, world.director)


@pytest.fixture
def desk_hands(qtbot, world):
    return Hands(qtbot, world, world.desk)
