"""A drill from F9 to the report: in the real window, by keys alone, over a crash, to paper."""

import contextlib
import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app import main
from app.paths import Places
from app.ui.insidefile import NAME
from app.ui.rollcall.sheet import RollCallSheet
from tests.reports.reading import Reading

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def start(practice_file, clock, qtbot):
    """Starts the program on the practice centre's folder, as often as it is asked."""
    with contextlib.ExitStack() as ends:

        def run():
            program = main.build_application(
                Places(practice_file.parent), clock, practice=True, rng=random.Random(7)
            )
            program.start()
            qtbot.waitUntil(lambda: program.ready, timeout=20_000)
            program.window.activateWindow()
            ends.callback(program.close)
            return program

        yield run


class Hands:
    """Keys, and waiting until they are done."""

    def __init__(self, program, qtbot):
        self.program, self.qtbot = program, qtbot

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key, modifiers)
        self.calm()

    def calm(self):
        self.qtbot.waitUntil(lambda: not self.program.jobs.busy, timeout=20_000)

    def sheet(self):
        sheets = self.program.window.findChildren(RollCallSheet)
        return next(one for one in sheets if one.isVisible())


def test_a_drill_from_f9_over_a_crash_to_the_report(start, qtbot, practice_file, clock):
    program = start()
    hands = Hands(program, qtbot)
    hands.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)  # from whatever room
    hands.press(Key.Key_F9)
    sheet = hands.sheet()
    assert "在园 75" in sheet._band.accessibleName()
    QTest.mouseClick(sheet._plan.button("火灾"), Qt.MouseButton.LeftButton)
    sheet.grid.setFocus()
    hands.press(Key.Key_F8)
    assert "演练 · 火灾" in sheet._band.accessibleName()
    for digit in (Key.Key_1, Key.Key_2, Key.Key_3):
        hands.press(digit)
        hands.press(Key.Key_F10)
    assert "还差 53" in sheet._band.accessibleName()
    program.close()  # the power goes; what was marked is on disk

    program = start()
    hands = Hands(program, qtbot)
    raised = []
    program.messages.banner_raised.connect(raised.append)
    program.standby.begin()
    hands.calm()
    assert any("演练点名还没有结束" in one.words for one in raised)
    hands.press(Key.Key_F9)
    sheet = hands.sheet()
    assert "还差 53" in sheet._band.accessibleName()
    clock.set(13, 57)
    for digit in (Key.Key_4, Key.Key_6):
        hands.press(digit)
        hands.press(Key.Key_F10)
    hands.press(Key.Key_5)
    for _ in range(15):
        hands.press(Key.Key_Space)
    assert "还差 1" in sheet._band.accessibleName()
    hands.press(Key.Key_Return, CTRL)
    box = QApplication.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText("厨房报警后各班撤到操场。")
    hands.press(Key.Key_Return, CTRL)
    assert sheet._register.chosen().missing == 1
    hands.press(Key.Key_P, CTRL)

    paper = next((practice_file.parent / "print_queue").glob("点名记录*.pdf"))
    text = Reading(paper.read_bytes()).text()
    for words in (
        "应急演练点名记录",
        "演练·火灾",
        "找到91人，未到1人",
        "5分0秒",
        "13:57:00结束",
        "厨房报警后",
    ):
        assert words in text, words
    assert "未到的人小树苗" in text
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Escape)
    assert program.window.host.isEnabled()
    inside = practice_file.parent / NAME
    qtbot.waitUntil(inside.exists, timeout=20_000)
    assert "75个孩子" in Reading(inside.read_bytes()).text()
