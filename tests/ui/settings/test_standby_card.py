"""Buttons for the keys that hold everywhere, and the screen of the parents, chosen by its name."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from app.ui.settings.standby_card import StandbyCard


class Standby(QObject):
    """Stands for what is ready beside the rooms."""

    parents_changed = Signal()

    def __init__(self):
        super().__init__()
        self.done, self.parents_open = [], False

    def open_roll_call(self):
        self.done.append("roll call")

    def toggle_parents(self):
        self.done.append("parents")

    def choose_screen(self, name):
        self.done.append(("screen", name))


@pytest.fixture
def standby():
    return Standby()


@pytest.fixture
def make(ground, standby, monkeypatch):
    screens = [SimpleNamespace(name=lambda: "DP-1"), SimpleNamespace(name=lambda: "HDMI-1")]
    monkeypatch.setattr(QGuiApplication, "screens", lambda: screens)

    def build(wanted="", there=True):
        done = standby.done
        ground.context.printing = SimpleNamespace(
            open_panel=lambda: done.append("queue"), print_last_again=lambda: done.append("again")
        )
        ground.context.standby = standby if there else None
        ground.context.preferences = SimpleNamespace(choices=SimpleNamespace(parents_screen=wanted))
        return ground.put(StandbyCard(ground.context))

    return build


def press(card, *names):
    for name in names:
        card.findChild(QPushButton, f"settings.{name}").click()


def test_each_button_does_what_its_key_does(make, standby):
    press(make(), "roll_call", "print_queue", "print_again", "parents")
    assert standby.done == ["roll call", "queue", "again", "parents"]


def test_without_what_stands_ready_the_printer_still_answers(make, standby):
    card = make(there=False)
    press(card, "roll_call", "parents", "print_queue")
    card._screens.button("s1").click()
    assert standby.done == ["queue"]


def test_the_button_says_what_it_will_do(ground, make, standby):
    card = make()
    for is_open, words in ((True, "关闭家长屏"), (False, "打开家长屏")):
        standby.parents_open = is_open
        standby.parents_changed.emit()
        assert card._parents.text() == card._parents.accessibleName() == words


@pytest.mark.parametrize(("wanted", "lit"), [("HDMI-1", "s1"), ("", "auto"), ("VGA-9", "auto")])
def test_the_screen_of_last_time_is_lit_while_it_is_there(make, wanted, lit):
    card = make(wanted)
    assert card._screens.value() == lit
    assert card._screens.button("s1").text() == "屏幕 2 HDMI-1"


def test_a_screen_is_chosen_by_its_name_and_none_by_an_empty_one(make, standby):
    card = make("HDMI-1")
    card._screens.button("s0").click()
    card._screens.button("auto").click()
    assert standby.done == [("screen", "DP-1"), ("screen", "")]


def test_a_screen_that_was_pulled_out_meanwhile_is_not_chosen(make, standby, monkeypatch):
    card = make()
    monkeypatch.setattr(QGuiApplication, "screens", lambda: [SimpleNamespace(name=lambda: "DP-1")])
    card._screens.button("s1").click()
    assert standby.done == []
