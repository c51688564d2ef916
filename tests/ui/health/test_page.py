"""The health room: its pages, and that none of them is loaded before it is shown."""

import importlib
import sys

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.health.page import PAGES


def test_ctrl_and_a_digit_turns_to_a_page(enter, window, calm):
    enter("rounds")
    room = window.room("health")
    for at, spec in enumerate(PAGES, 1):
        QTest.keyClick(room, Qt.Key(Qt.Key.Key_0 + at), Qt.KeyboardModifier.ControlModifier)
        calm()
        assert room.tabs.value() == spec.key
        assert room.page.objectName() == f"health.{spec.key}"
        assert room.hints()


def test_each_page_names_a_class_that_can_be_loaded():
    assert [spec.key for spec in PAGES][:3] == ["rounds", "fever", "medicine"]
    assert all(spec.load.partition(":")[0].startswith("app.ui.health.") for spec in PAGES)
    assert "app.ui.health.page" in sys.modules


def test_each_page_names_a_class_that_is_there():
    for spec in PAGES:
        module, _, name = spec.load.partition(":")
        made = getattr(importlib.import_module(module), name)
        assert all(hasattr(made, part) for part in ("freshen", "hints", "take_focus")), spec.key


def test_the_tabs_say_how_much_waits_behind_them(enter, window, calm, read):
    enter("rounds")
    room = window.room("health")
    room.refresh()
    calm()
    counts = read(lambda s: s.health.counts(window._context.actor))
    assert counts.registers > 0
    assert room.tabs.button("registers").text() == f"登记 {counts.registers}"
    assert room.tabs.button("registers").accessibleName() == f"卫生 登记，{counts.registers} 项待办"
    assert room.tabs.button("rounds").text() == "晨午检"
    assert room.tabs.value() == "rounds"
