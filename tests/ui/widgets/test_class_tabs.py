"""The strip of classes: by touch, by number, by arrows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.ids import ClassId
from app.ui.theme import Theme
from app.ui.widgets.class_tabs import ClassTabs, TabFace

FACES = (
    TabFace(None, "全部", "brand"),
    TabFace(ClassId(11), "小星星", "#E07A5F", "8"),
    TabFace(ClassId(12), "抱抱龙", "#6B9A4B", "18"),
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def tabs(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    strip = ClassTabs(Theme(host), "room.tab")
    QVBoxLayout(host).addWidget(strip)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    strip.show_faces(FACES, ClassId(11))
    strip.heard = []
    strip.chosen.connect(strip.heard.append)
    yield strip
    host.hide()


def press(tabs, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(tabs.window().focusWidget() or tabs.window(), key, modifier)


def test_a_tap_chooses_and_says_which(tabs):
    button = tabs.findChild(QPushButton, "room.tab.2")
    assert button.text() == "抱抱龙 18"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tabs.heard == [12]
    assert tabs.class_id() == 12


def test_ctrl_and_a_digit_go_by_place_and_zero_is_everybody(tabs):
    press(tabs, Qt.Key.Key_2, CTRL)
    press(tabs, Qt.Key.Key_0, CTRL)
    press(tabs, Qt.Key.Key_7, CTRL)
    assert tabs.heard == [12, None]


def test_the_one_beside_and_never_beyond_the_ends(tabs):
    for _ in range(3):
        press(tabs, Qt.Key.Key_PageDown, CTRL)
    assert tabs.heard == [12]
    for _ in range(4):
        press(tabs, Qt.Key.Key_PageUp, CTRL)
    assert tabs.heard == [12, 11, None]


def test_arrows_walk_the_tabs_once_one_has_the_focus(tabs):
    tabs.findChild(QPushButton, "room.tab.1").setFocus()
    press(tabs, Qt.Key.Key_Right)
    assert tabs.class_id() == 12
    assert tabs.heard == [12]


def test_fewer_and_more_classes_keep_the_lit_one(tabs):
    tabs.show_faces(FACES[:2], ClassId(11))
    assert tabs.class_id() == 11
    assert (
        tabs.findChild(QPushButton, "room.tab.2") is None
        or not tabs.findChild(QPushButton, "room.tab.2").isVisible()
    )
    tabs.show_faces(FACES, ClassId(12))
    assert tabs.class_id() == 12
    assert tabs.heard == []
