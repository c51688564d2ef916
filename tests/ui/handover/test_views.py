"""The row above the handover: it turns by key, tells it once, and spares its caps before it takes a line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.handover.views import FAMILY, SHIFT, ViewBar
from app.ui.widgets.class_tabs import TabFace
from tests.ui.handover import data


@pytest.fixture
def bar(qtbot, context):
    made = ViewBar(context.theme)
    qtbot.addWidget(made)
    made.tabs.show_faces([TabFace(one.id, one.name, one.colour) for one in data.TABS], data.DRAGON)
    made.resize(1000, 60)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.heard = []
    made.turned.connect(made.heard.append)
    return made


def test_a_key_turns_the_view_and_the_same_again_is_not_told(bar):
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_2, Qt.Key.Key_1):
        QTest.keyClick(bar, key, Qt.KeyboardModifier.ControlModifier)
    assert bar.heard == [SHIFT, FAMILY]
    assert not bar.shift


def test_a_click_is_told_like_the_key(bar):
    bar.views.button(SHIFT).click()
    assert bar.heard == [SHIFT]
    assert bar.shift


def test_where_it_is_narrow_the_caps_go_before_the_classes_take_a_line_of_their_own(qtbot, bar):
    caps = bar.views.width_at(0) - bar.views.width_at(1)
    whole = bar.views.width_at(0) + bar.tabs.sizeHint().width() + bar.layout().spacing()
    for width, shown in ((whole + 40, caps), (whole - caps // 2, 0), (whole + 40, caps)):
        bar.resize(width, bar.height())
        qtbot.waitUntil(lambda shown=shown: bar.views.width() == bar.views.width_at(1) + shown)
        qtbot.waitUntil(lambda: bar.tabs.x() > bar.views.width())
