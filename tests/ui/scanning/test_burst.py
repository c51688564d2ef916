"""A slow scanner is told from a person: no code is ever carried out as commands, and no command is lost."""

import gc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.scanning.burst import COMMAND_MS, OURS_MS, Burst, may_begin
from app.ui.scanning.wedge import GAP_MS, Wedge
from tests.ui.scanning.keyboard import ENTER, Keyboard

SEAL = "TDH1.S.S-20251203-4348.3PC6948RZE"
CODES = st.text(st.sampled_from("ABDFHJKQSXabcx0123456789-./"), min_size=6, max_size=40).filter(
    lambda text: len(set(text)) > 1 and not may_begin(text[:1])
)


class Desk(QWidget):
    """Keys are commands: digits and letters choose, M opens a field, Enter carries out what is chosen."""

    def __init__(self):
        super().__init__()
        column = QVBoxLayout(self)
        self.button, self.other, self.field = QPushButton("做"), QPushButton("又"), QLineEdit()
        for one in (self.button, self.other, self.field):
            column.addWidget(one)
        self.did, self.entered, self.codes, self.unheard = [], [], [], []
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))
        self.show()
        self.activateWindow()
        self.button.setFocus()
        self.keys = Keyboard()
        self.wedge = Wedge(self, clock=self.keys.clock, wait=self.keys.wait)
        self.wedge.scanned.connect(self.codes.append)
        self.wedge.unheard.connect(lambda: self.unheard.append(1))

    def keyPressEvent(self, event):  # noqa: N802 - Qt's name
        if self.field.hasFocus():
            return
        if event.key() == Qt.Key.Key_Return:
            self.did.append("enter")
        elif event.key() == Qt.Key.Key_M:
            self.field.setFocus()
        elif event.text():
            self.did.append(event.text())
            if event.text() == "7":  # a command that moves the focus among commands
                (self.other if self.button.hasFocus() else self.button).setFocus()


@pytest.fixture
def desk(qapp, qtbot):
    # A program that a test before has closed may not have been collected: it listens, too.
    gc.collect()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made = Desk()
    qtbot.addWidget(made)
    made.wedge.follow(qapp)
    yield made
    qapp.focusChanged.disconnect(made.wedge._on_focus_changed)


ONE_DESK = [HealthCheck.function_scoped_fixture]  # made fresh for each example


def fresh(desk, gap_ms=GAP_MS):
    desk.keys.rest(1000)
    desk.wedge.gap_ms = gap_ms
    desk.wedge.flush()
    desk.activateWindow()
    desk.button.setFocus()
    desk.field.clear()
    for told in (desk.did, desk.entered, desk.codes, desk.unheard):
        told.clear()


# -- a scanner


@pytest.mark.parametrize("end", [ENTER, "\t", ""])
@pytest.mark.parametrize("gap", [3, 36, 50, 80, COMMAND_MS])
def test_our_code_acts_nowhere_and_is_read_at_any_speed(desk, gap, end):
    desk.keys.scan(SEAL, gap=gap, end=end, pause=500)
    assert (desk.codes, desk.did) == ([SEAL], [])
    assert desk.wedge.slow is (gap > GAP_MS)
    fresh(desk)
    desk.field.setFocus()
    desk.keys.scan(SEAL, gap=gap, end=end, pause=500)
    assert (desk.codes, desk.field.text(), desk.entered) == ([SEAL], "", [])


def test_caps_lock_and_a_stumbling_radio_do_not_matter(desk):
    for place, character in enumerate(SEAL.lower()):
        desk.keys.press(character, after=OURS_MS - 10 if place in {5, 9, 25} else 60)
    desk.keys.press(ENTER, after=90)
    assert (desk.codes, desk.did) == ([SEAL.lower()], [])


@pytest.mark.parametrize("at", [5, 12, 20, 30, 31, 32])
def test_of_a_code_that_breaks_off_nothing_is_carried_out(desk, at):
    """A radio scanner that stands still for a third of a second: the rest, though short, is no command."""
    desk.keys.type(SEAL[:at], gap=50)
    desk.keys.rest(OURS_MS + 30)
    desk.keys.type(SEAL[at:], gap=50)
    desk.keys.press(ENTER, after=50)
    desk.keys.rest(1000)
    assert desk.did == []
    assert desk.codes[0] == SEAL[:at]
    desk.keys.press("1")
    desk.keys.press(ENTER)
    assert desk.did == ["1", "enter"]


@settings(max_examples=60, suppress_health_check=ONE_DESK)
@given(CODES, st.integers(GAP_MS + 1, COMMAND_MS), st.sampled_from([ENTER, "\t", ""]))
def test_another_code_however_slow_is_no_command_but_for_its_first_sign(desk, code, gap, end):
    fresh(desk)
    desk.keys.scan(code, gap=gap, end=end)
    assert desk.codes == [code]
    assert desk.did in ([], [code[0]])


def test_a_command_that_moves_the_focus_among_commands_does_not_cut_a_code_in_two(desk):
    desk.keys.scan("7777712345", gap=60)
    assert (desk.codes, desk.did) == (["7777712345"], ["7"])


def test_a_blank_in_a_code_is_no_press_of_the_button(desk):
    clicks = []
    desk.button.clicked.connect(lambda: clicks.append(1))
    desk.keys.scan("AB12 34567", gap=60)
    assert (desk.codes, desk.did, clicks) == (["AB12 34567"], ["A"], [])


@pytest.mark.parametrize("gap", [3, 50, 100])
@pytest.mark.parametrize("code", [SEAL, "6901234567892", "K7Q4"])
def test_switched_off_a_code_acts_as_little_and_a_field_gets_it(desk, code, gap):
    fresh(desk, 0)
    desk.keys.scan(code, gap=gap)
    assert desk.did == ([] if code == SEAL else [code[0]])
    assert (desk.codes, desk.unheard) == ([], [1])
    fresh(desk, 0)
    desk.field.setFocus()
    desk.keys.scan(code, gap=gap)
    assert (desk.field.text(), desk.entered, desk.unheard) == (code, [code], [])


def test_behind_what_an_input_method_sent_enter_without_a_time_is_a_persons(desk):
    desk.field.setFocus()
    for sign in SEAL:
        desk.keys.commit(sign, after=6)
    desk.keys.rest(500)
    assert desk.codes == [SEAL]
    desk.button.setFocus()
    desk.keys.press(ENTER, stamp=False)
    assert desk.did == ["enter"]


# -- a person

FEW = st.lists(st.sampled_from("123CWIJ7t"), min_size=1, max_size=3)


ACTS = st.lists(st.tuples(FEW, st.integers(1, 400)), min_size=1, max_size=6)


@settings(max_examples=80, suppress_health_check=ONE_DESK)
@given(ACTS, st.sampled_from([0, GAP_MS]))
def test_up_to_three_commands_and_enter_are_carried_out_however_fast(desk, acts, gap_ms):
    """1, Enter; 1, C, Enter: who takes her, how it is paid, done. And at once, when Enter comes."""
    fresh(desk, gap_ms)
    expected = []
    for keys, after in acts:
        for key in keys:
            desk.keys.press(key, after=after)
        desk.keys.press(ENTER, after=after)
        expected += [*keys, "enter"]
        assert desk.did == expected
    assert desk.codes == desk.unheard == []


@pytest.mark.parametrize("gap", [50, 80, 110, 200])
def test_a_command_that_opens_a_field_is_typed_on_into_it(desk, gap):
    """M for the code, 8 for the temperature: a fast typist does not look up before she goes on."""
    desk.keys.type("mK7Q4", gap=gap)
    desk.keys.press(ENTER, after=gap)
    assert (desk.entered, desk.did, desk.codes) == (["K7Q4"], [], [])
    fresh(desk)
    desk.keys.type("m365", gap=gap)
    desk.keys.press(ENTER, after=gap)
    assert (desk.entered, desk.did, desk.codes) == (["365"], [], [])


@pytest.mark.parametrize("gap_ms", [GAP_MS, 0])
def test_a_first_command_is_seen_as_soon_as_ever(desk, gap_ms):
    fresh(desk, gap_ms)
    desk.keys.press("1")
    desk.keys.rest(gap_ms + 1)
    assert desk.did == ["1"]


def test_many_commands_with_a_look_between_them_are_no_code(desk):
    desk.keys.type("12CWIJ12", gap=COMMAND_MS + 1)
    desk.keys.press(ENTER, after=COMMAND_MS + 1)
    assert (desk.did, desk.codes) == ([*"12CWIJ12", "enter"], [])


def test_one_key_over_and_over_is_no_code(desk):
    desk.keys.type("1111111", gap=90)
    desk.keys.rest(200)
    assert (desk.did, desk.codes) == ([*"1111111"], [])


def test_letters_that_begin_like_ours_and_go_on_otherwise_reach_their_field(desk):
    desk.field.setFocus()
    for word, gap in (("tdh", 150), ("Tom", 60), ("tang", 110), ("TDHe", 90)):
        desk.field.clear()
        desk.entered.clear()
        desk.keys.type(word, gap=gap)
        desk.keys.press(ENTER, after=gap)
        assert (desk.entered, desk.codes) == ([word], [])


@pytest.mark.parametrize(
    ("text", "begins"),
    [("T", True), ("td", True), ("TDH", True), ("tdh1.s", True), ("ｔｄｈ", True),
     ("", False), ("TDX", False), ("TDHE", False), ("1", False)],
)  # fmt: skip
def test_how_a_code_of_ours_begins(text, begins):
    assert may_begin(text) is begins


def test_time_is_the_keyboards_where_both_keys_have_one():
    burst = Burst(GAP_MS, commands=True)
    burst.add("1", "1", 1000, 5000.0)
    assert burst.since(1040, 9000.0) == 40
    assert burst.since(0, 5010.0) == 10
    assert burst.goes_on(1000 + COMMAND_MS, 0.0)
    assert not burst.goes_on(1000 + COMMAND_MS + 1, 0.0)
    assert not Burst(GAP_MS).goes_on(1, 1.0)
