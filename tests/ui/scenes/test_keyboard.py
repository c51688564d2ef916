"""Nothing needs the mouse: Tab reaches whatever acts, from top to bottom, and a shown key works."""

import contextlib
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.practice import DESK_MOMENT, StoryClock
from app.ui.rooms import ROOMS
from app.ui.tour.player import TourError
from app.ui.widgets.buttons import KeyButton
from tests.conftest import copied
from tests.ui import walk
from tests.ui.stage import DESK, DIRECTOR, Stage

# Not reached by Tab, and what reaches them instead. Patterns of object names.
WITHOUT_TAB = {
    r"rail\..*": "one stop for the whole rail; Alt and a digit enters at once",
    r"(classroom|handover|cards)\.tab\..*": "one stop for the row; arrows go on, Ctrl and a digit chooses",
    r"(pickup|arrival|desk)\.adult\..*": "one stop for the adults; their digit chooses at once",
    r"finder\.list": "arrows walk it while the search keeps the focus",
    r"intake\.go\..*": "Enter walks to the field itself",
    r"intake\.age": "read only: follows the birth date",
    r"settings\.folder": "read only; 复制路径 copies it",
}
_CAPS = {"Enter": "Return", "PgUp": "PgUp", "PgDn": "PgDown", "↑": "Up", "↓": "Down", "退格": "Backspace"}
# A key as the hints of the status line name it: F2, Ctrl K, Alt 1, PgUp.
_KEY = re.compile(r"(?:^|· )((?:Ctrl|Alt) (?:Enter|[A-Z0-9])|F\d+|PgUp|PgDn)\b")


def sequences(window, *, greyed=False):
    """Every shortcut that would fire now, as text; with ``greyed`` those of greyed buttons, too."""
    live = [
        one
        for one in window.findChildren(QShortcut)
        if one.isEnabled() and one.parent().isVisible() and (greyed or one.parent().isEnabled())
    ]
    return [key.toString() for one in live for key in QShortcut.keys(one)]


def typed(cap):
    """A cap's text as a key sequence: ``Ctrl Enter`` is Ctrl+Return."""
    return QKeySequence("+".join(_CAPS.get(part, part) for part in cap.split())).toString()


def test_tab_reaches_whatever_acts(scene):
    acting = walk.acting(scene.window)
    visited = walk.stops(scene.window)
    groups = {walk.group_of(one) for one in visited} - {None}
    missed = [one for one in acting if one not in visited and walk.group_of(one) not in groups]
    named = [walk.name(one) for one in missed if one.isVisible() and one.isEnabled()]
    assert [one for one in named if not any(re.fullmatch(p, one.split("/")[-1]) for p in WITHOUT_TAB)] == []


def test_before_the_rooms_open_tab_reaches_whatever_acts_and_no_key_means_two_things(gate):
    shown, missed, twice = gate(), {}, {}
    for name in shown.scenes():
        visited = walk.stops(shown.window)
        groups = {walk.group_of(one) for one in visited} - {None}
        for one in walk.acting(shown.window):
            if (
                one not in visited
                and walk.group_of(one) not in groups
                and one.isVisible()
                and one.isEnabled()
            ):
                missed[walk.name(one)] = name
        keys = sequences(shown.window)
        twice |= {key: name for key in keys if keys.count(key) > 1}
    assert missed == {}
    assert twice == {}


@pytest.mark.parametrize("gate", ["kept"], indirect=True)
def test_who_is_inside_is_read_by_keys_before_anybody_signs_in_and_put_away_by_the_one_shown(gate):
    shown = gate()
    assert list(shown.scenes())[-1] == "who is inside"
    view = shown.hands.find("inside.list")
    assert view.hasFocus()
    first = view.currentIndex().row()
    shown.hands.key("Down")
    assert view.currentIndex().row() == first + 1
    shown.hands.key("End")
    assert view.currentIndex().row() == view.model().rowCount() - 1
    assert shown.hands.find("inside.close")._cap == "Esc"
    shown.hands.key("Escape")
    shown.settle()
    assert not shown.hands.has("inside.list")
    assert shown.hands.has("staff")


def test_tab_goes_down_and_to_the_right(stage):
    """In the registration card, from the first field to the button at its end."""
    stage.show("intake-filled")
    stage.hands.find("intake.name").setFocus()
    order = [one.objectName() for one in walk.stops(stage.window)]
    wanted = [
        "intake.name",
        "intake.born",
        "intake.bringer",
        "intake.phone",
        "intake.second",
        "intake.second_phone",
        "intake.promised",
        "intake.reason",
        "intake.temperature",
        "intake.register",
    ]
    assert [name for name in order if name in wanted] == wanted


def test_tab_back_is_the_same_way(stage):
    stage.show("desk-pickup")
    there = walk.stops(stage.window)
    assert len(there) > 8
    for one in reversed(there):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is one


def test_no_key_means_two_things(scene):
    """Qt fires neither of two shortcuts with the same key."""
    keys = sequences(scene.window)
    assert keys or not scene.window.host.isEnabled()  # a sheet over the rooms has none
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_each_hint_names_a_key_that_exists(scene):
    hints = next(one for one in scene.window.findChildren(QLabel, "status.hints") if one.isVisible())
    told = [typed(cap) for cap in _KEY.findall(hints.text())]
    caps = [typed(one._cap) for one in scene.window.findChildren(KeyButton) if one.isVisible() and one._cap]
    known = {*sequences(scene.window, greyed=True), *caps}
    assert [key for key in told if key not in known] == []


def test_each_room_is_entered_by_its_key(stage):
    stage.show("desk")
    stage.sign_in(DIRECTOR)
    for spec in ROOMS:
        if spec.shortcut:
            stage.hands.key(spec.shortcut)
            stage.settle()
            assert stage.window.current_key == spec.key
    stage.sign_in(DESK)


# Every cap on every button is pressed once in a scene where it is shown, each in a program of its own;
# what is on screen must change. (Enter may refuse, but then says why.)
PRESSED = {
    "desk": ["F2", "F8"],
    "desk-arrival": ["Return", "F3", "T", "Y", "J"],
    "desk-absent": ["Return"],
    "desk-pickup": ["Return", "F4", "1", "2", *"CWATKMIPXJNZQRL"],
    "desk-siblings": ["B", "O"],
    "desk-left": ["U", "E"],
    "desk-left-paid": ["R", "S"],
    "bookings": ["N", "M", "U", "Right"],
    "bookings-unconfirmed": ["X"],
    "admissions": ["4", "5"],
    "intake-alike": ["F6"],
    "intake-filled": ["F4", "Ctrl+Return"],
    "classroom": ["Ctrl+A", "Ctrl+2", "1", "9", "F2", "F3", "F4", "F5", "F6", "F7", "F10", "Ctrl+M"],
    "classroom-meal": ["Return", "Escape", "3", "6"],
    "handover": ["Ctrl+Return", "F8", "Ctrl+P", "Down", "F2", "F3", "Ctrl+2"],
    "handover-shift": ["Ctrl+Return", "F4", "F5", "Ctrl+P", "Ctrl+1"],
    "handover-shift-sign": ["F6"],
    "office": ["PgUp", "Ctrl+P", "F3", "F4", "F5"],
    "office-waiting": ["Ctrl+Return"],
    "office-door": ["PgUp", "Ctrl+P", "F8"],
    "office-papers": ["PgUp", "PgDown"],
    "settings-centre": ["Ctrl+T", "Alt+Z"],
    "settings-classes": ["Ctrl+N", "Ctrl+D", "Alt+Up", "Alt+Down"],
    "settings-rota": ["PgDown", "Ctrl+B", "Ctrl+D", "Ctrl+O"],
    "settings-calendar": ["Ctrl+I"],
    "records": ["Ctrl+N", "F2", "F6", "F8", "Ctrl+3", "Down"],
    "curriculum": ["Return", "PgUp", "PgDown", "Ctrl+B", "Ctrl+P", "Down", "Ctrl+PgUp"],
    "curriculum-library": ["Ctrl+N"],
    "curriculum-notes": ["Ctrl+N", "F2", "Ctrl+D"],
    "curriculum-terms": ["Ctrl+Return", "Ctrl+S", "Ctrl+P"],
    "curriculum-booklets": ["PgUp", "Ctrl+P", "Down"],
    "health": ["F8", "PgDown", "F6"],
    "health-fever": ["Ctrl+N"],
    "health-medicine": ["Return", "F6"],
    "growth": ["Ctrl+Return", "Ctrl+P"],
    "doctor": ["Ctrl+N", "F2", "Ctrl+P"],
    "staff": ["Right", "Escape"],
    "health-injuries": ["F2", "F4", "F6", "F7", "F8", "Ctrl+P"],
    "health-illness": ["F2", "Ctrl+P"],
    "health-samples": ["F2", "F4", "Del", "PgUp", "Ctrl+E"],
    "health-concern": ["F2", "F6"],
}


class Tried:
    """One program for all the keys of a scene; a new one where the key before has left nothing to try."""

    def __init__(self, templates, folders):
        self._templates, self._folders = templates, folders
        self._name, self._stage = "", None

    def stage(self, name, *, fresh=False):
        if fresh or name != self._name:
            self.close()
            file = copied(self._templates(DESK_MOMENT), self._folders.mktemp("keys"))
            self._name, self._stage = name, Stage(file, StoryClock(DESK_MOMENT))
        return self._stage

    def close(self):
        if self._stage is not None:
            self._stage.close()
        self._name, self._stage = "", None


@pytest.fixture(scope="module")
def tried(qapp, templates, tmp_path_factory):
    programs = Tried(templates, tmp_path_factory)
    yield programs
    programs.close()


def shows(stage, name, key):
    """Whether the key changes anything to be seen at that scene."""
    stage.show(name)
    before = stage.window.grab().toImage()
    stage.hands.key(key)
    stage.settle()
    return stage.window.grab().toImage() != before


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, keys in PRESSED.items() for key in keys])
def test_a_shown_key_does_something(name, key, tried):
    with contextlib.suppress(TourError):
        if shows(tried.stage(name), name, key):
            return
    assert shows(tried.stage(name, fresh=True), name, key)


def test_every_shown_cap_is_pressed_above(scene, request):
    """A button that learns a key must be tried: its cap stands in ``PRESSED`` somewhere."""
    tried = {QKeySequence(key).toString() for keys in PRESSED.values() for key in keys}
    shown = {
        typed(one._cap): walk.name(one)
        for one in scene.window.findChildren(KeyButton)
        if one.isVisible() and one.isEnabled() and one._cap
    }
    assert {key: name for key, name in shown.items() if key not in tried | TRIED_ELSEWHERE} == {}


# By the tests of the rooms they stand in.
TRIED_ELSEWHERE = {
    QKeySequence(key).toString()
    for key in (
        *(f"Ctrl+{page}" for page in range(1, 10)),
        "F5",
        "F7",
        "F9",
        "F10",
        "F11",
        "F12",
        "Ctrl+S",
        "Ctrl+Z",
        "Ctrl+Shift+P",
        "Del",
        "Space",
        "Ctrl+E",
        "E",
        "V",
        "Alt+A",
        "Alt+B",
        "Alt+O",
        "Alt+T",
    )
}
