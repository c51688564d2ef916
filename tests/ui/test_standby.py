"""What stands ready beside the rooms: keys that hold everywhere, and what a start finds left open."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.looks import Chip, Tone
from app.domain.rollcall import CallKind
from app.ui.standby import Standby

FIND = "rollcall.find_open"


class Window(QWidget):
    """Stands for the window of the program."""

    roll_call_wanted = Signal()
    minute_passed = Signal()

    def __init__(self):
        super().__init__()
        self.host = QWidget(self)
        self.chips = []
        self.status = SimpleNamespace(show_print=self.chips.append)


class Printing(QObject):
    """Stands for the print queue."""

    changed = Signal()

    def __init__(self):
        super().__init__()
        self.done = []

    def print_last_again(self):
        self.done.append("again")

    def open_panel(self):
        self.done.append("panel")

    def resume(self):
        self.done.append("resume")

    def chip(self):
        return Chip("1 张没打出来", Tone.WARN)


class Preferences:
    """What was chosen for this machine."""

    def __init__(self):
        self.choices = SimpleNamespace(parents_open=False, parents_screen="HDMI-1")

    def choose(self, **chosen):
        vars(self.choices).update(chosen)


class Inside:
    """Stands for the file of who is inside."""

    def __init__(self):
        self.looks, self.ended = 0, False

    def look(self):
        self.looks += 1

    def end(self):
        self.ended = True


class Parents(QObject):
    """Stands for the window that faces the parents, which has no screen to itself."""

    closed = Signal()

    def __init__(self, _theme, screen):
        super().__init__()
        self.screen_model, self.opened = screen, []

    def open_on(self, name, _desk):
        self.opened.append(name)
        return ""

    def update(self):
        pass

    def close(self):
        self.closed.emit()


@pytest.fixture
def window(ground, qtbot):
    made = Window()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def standby(ground, window, monkeypatch):
    insides = []

    def write_inside(*_):
        insides.append(Inside())
        return insides[-1]

    monkeypatch.setattr("app.ui.insidefile.InsideFile", write_inside)
    monkeypatch.setattr("app.ui.parent_window.ParentsWindow", Parents)
    ground.context.printing = Printing()
    ground.context.preferences = Preferences()
    ground.verbs.answers |= {FIND: None, "centre_info": SimpleNamespace(name="向阳托育中心")}
    made = Standby(ground.context, window)
    made.banners, made.insides = [], insides
    ground.context.messages.banner_raised.connect(lambda banner: made.banners.append(banner.words))
    return made


def test_before_anybody_has_signed_in_the_screen_of_the_parents_stays_dark(ground, standby):
    ground.context.sign_in(None)
    standby.toggle_parents()
    assert ground.notices == ["请先选择是谁在用，再按这个键。"]
    assert not standby.parents_open


def test_a_roll_call_that_a_crash_left_open_is_offered_at_the_start_and_none_is_not(ground, standby):
    standby.begin()
    ground.settle()
    assert standby.banners == []
    ground.verbs.answers[FIND] = SimpleNamespace(kind=CallKind.REAL)
    standby.begin()
    ground.settle()
    assert standby.banners == [f"{CallKind.REAL.label}点名还没有结束。按 F9 继续。"]


def test_a_call_that_is_up_already_when_the_answer_comes_is_not_offered(ground, standby):
    ground.verbs.answers[FIND] = SimpleNamespace(kind=CallKind.DRILL)
    standby.begin()
    standby._roll_call = SimpleNamespace()
    ground.settle()
    assert standby.banners == []


def test_who_is_inside_is_looked_at_from_the_start_and_each_minute_until_the_end(ground, standby, window):
    standby.begin()
    standby.begin()
    window.minute_passed.emit()
    (inside,) = standby.insides
    assert inside.looks == 3
    assert ground.context.printing.done == ["resume", "resume"]
    standby.end()
    standby.begin()
    assert (inside.ended, inside.looks) == (True, 3)
    ground.settle()


def test_a_code_goes_to_the_roll_call_only_while_it_is_on_top(standby):
    taken = []
    assert not standby.take_code("K7QM")
    sheet = SimpleNamespace(isEnabled=lambda: False, mark_by_code=taken.append)
    standby._roll_call = sheet
    assert not standby.take_code("K7QM")
    sheet.isEnabled = lambda: True
    assert standby.take_code("K7QM")
    assert taken == ["K7QM"]


def test_the_screen_of_the_parents_comes_up_where_it_was_and_keeps_its_place(ground, standby):
    ground.context.preferences.choices.parents_open = True
    standby.begin()
    ground.settle()
    assert standby._parents.opened == ["HDMI-1"]
    assert ground.context.parents.centre == "向阳托育中心"
    assert ground.context.preferences.choices.parents_screen == "HDMI-1", "it had no screen to itself today"
    standby.open_parents()
    assert len(standby._parents.opened) == 1


def test_closed_by_a_key_of_its_own_it_is_remembered_as_closed_and_comes_again(ground, standby):
    heard = []
    standby.parents_changed.connect(lambda: heard.append(standby.parents_open))
    standby.toggle_parents()
    first = standby._parents
    standby.toggle_parents()
    assert not ground.context.preferences.choices.parents_open
    standby.toggle_parents()
    assert standby._parents is first
    assert heard == [True, False, True]
    ground.settle()


def test_another_screen_is_kept_at_once_and_moved_to_only_while_it_is_open(ground, standby):
    standby.choose_screen("DP-1")
    assert ground.context.preferences.choices.parents_screen == "DP-1"
    standby.toggle_parents()
    standby.choose_screen("")
    assert standby._parents.opened == ["DP-1", ""]
    ground.settle()


def test_the_keys_of_the_printer_hold_everywhere_and_its_state_stands_in_the_status_line(
    ground, standby, window, qtbot
):
    qtbot.keyClick(window, Qt.Key.Key_F12)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_P, both)
    assert ground.context.printing.done == ["again", "panel"]
    ground.context.printing.changed.emit()
    assert [chip.words for chip in window.chips] == ["1 张没打出来"]
