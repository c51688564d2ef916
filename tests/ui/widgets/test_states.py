"""Overlays, designed states, painted helpers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.ui.icons import Icons
from app.ui.jobs import Job
from app.ui.theme import Theme
from app.ui.widgets.basic import ElidedLabel
from app.ui.widgets.overlay import Overlay
from app.ui.widgets.states import EmptyState, ProgressStrip


@pytest.fixture
def theme(qapp):
    return Theme()


def test_an_overlay_gives_the_focus_back_and_esc_dismisses_it(qtbot, theme):
    frame = QWidget()
    qtbot.addWidget(frame)
    host = QWidget(frame)
    edit = QLineEdit(host)
    for widget in (frame, host):
        widget.resize(600, 400)
    frame.show()
    with qtbot.waitActive(frame):
        frame.activateWindow()
    edit.setFocus()
    overlay = Overlay(theme, host, object_name="sheet")
    overlay.card.column().addWidget(QPushButton("好"))
    overlay.present()
    assert not edit.isEnabled()
    with qtbot.waitSignal(overlay.dismissed):
        qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    assert edit.hasFocus()


def test_what_lies_below_stays_in_sight_while_a_part_of_the_sheet_grows(qtbot, theme):
    frame = QWidget()
    qtbot.addWidget(frame)
    host = QWidget(frame)
    for widget in (frame, host):
        widget.resize(600, 400)
    frame.show()
    overlay = Overlay(theme, host, object_name="sheet")
    button = QPushButton("好")
    overlay.card.column().addWidget(button)
    button.installEventFilter(overlay)  # as a sheet does that watches a field of its own
    overlay.present()
    button.setFixedSize(200, 90)
    qtbot.waitUntil(lambda: button.height() == 90)
    assert not overlay._below.isNull()
    assert overlay.geometry() == host.geometry()
    host.resize(500, 300)
    assert overlay.geometry() == host.geometry()


def test_an_empty_state_says_what_and_what_to_do(qtbot, theme):
    state = EmptyState(theme, Icons(theme), "teddy-bear", "还没有孩子", "按 F2 登记。")
    qtbot.addWidget(state)
    state.say("没有找到", "换个字试试。")
    assert not state.grab().isNull()


def test_progress_follows_a_job_and_can_cancel_it(qtbot, theme):
    strip, job = ProgressStrip(theme), Job("正在排版")
    qtbot.addWidget(strip)
    strip.follow(job)
    job.progressed.emit(1, 4)
    assert strip._bar._share == 0.25
    strip.findChild(QPushButton, "progress.cancel").click()
    assert job.cancelled
    job.ended.emit()
    assert strip.isHidden()


def test_a_label_that_gives_way_tells_the_rest_in_its_tooltip(qtbot):
    label = ElidedLabel("小树苗班缺 2 名保育人员，小火车班已满")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert label.toolTip() == label.text()
