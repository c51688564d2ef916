"""A room of pages: each is built when it is first shown, and turned to by its key or by name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.paged import PagedRoom, PageSpec
from app.ui.rooms import Target
from app.ui.widgets.layouts import PageScroll
from tests.ui.support import make_context

TARGETS: list[Target] = []
BUILT: list[str] = []


class FakePage(QWidget):
    """A page that notes what is asked of it."""

    name = "first"

    def __init__(self, context):
        super().__init__()
        BUILT.append(self.name)
        self.read = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def freshen(self):
        self.read += 1

    def hints(self):
        return f"keys of {self.name}"

    def take_focus(self):
        self.setFocus()


class OtherPage(FakePage):
    name = "second"

    def show_target(self, target):
        TARGETS.append(target)


class FakeRoom(PagedRoom):
    key = "fake"
    name = "试"
    pages = (
        PageSpec("first", "一", f"{__name__}:FakePage"),
        PageSpec("second", "二", f"{__name__}:OtherPage"),
    )


@pytest.fixture
def room(qtbot):
    TARGETS.clear()
    BUILT.clear()
    frame = QWidget()
    made = FakeRoom(make_context(qtbot, object()))
    QVBoxLayout(frame).addWidget(made)
    qtbot.addWidget(frame)
    frame.show()
    frame.activateWindow()
    yield made
    frame.close()


def test_a_page_is_built_when_it_is_first_shown_and_read_each_time(room):
    assert BUILT == ["first"]
    assert room.hints() == "keys of first"
    QTest.keyClick(room, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert BUILT == ["first", "second"]
    assert room.hints() == "keys of second"
    assert room.page.hasFocus()
    QTest.keyClick(room, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(room, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert BUILT == ["first", "second"]
    assert room.page.read == 2


def test_a_target_names_the_page_and_is_handed_to_it(room):
    wanted = Target(act="second")
    room.entered(wanted)
    assert room.tabs.value() == "second"
    assert [wanted] == TARGETS
    room.entered(Target(act="unknown"))
    assert room.tabs.value() == "second"


def test_who_comes_to_the_room_can_use_the_keys_of_its_page_at_once(room):
    room.setFocus()
    room.entered(None)
    assert room.page.hasFocus()
    QTest.keyClick(room, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    room.setFocus()  # she was away, and comes back to the page she left
    room.entered(None)
    assert room.page.hasFocus()
    assert room.tabs.value() == "second"


def test_the_room_reads_the_page_in_front_only(room):
    room.entered(Target(act="second"))
    before = room.page.read
    room.refresh()
    assert room.page.read == before + 1


def test_a_page_too_high_for_the_window_scrolls_and_bends_where_it_can(qtbot):
    page = QWidget()
    tall = QWidget()
    tall.setMinimumSize(500, 400)
    QVBoxLayout(page).addWidget(tall)
    area = PageScroll(page, "tall")
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert tall.height() >= 400
    assert page.width() == area.viewport().width()
    area.resize(300, 600)
    assert area.verticalScrollBar().maximum() == 0
