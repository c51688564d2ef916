"""A person's keys arrive as they were typed; a scanner's never reach a field."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.pickup_codes import ALPHABET, is_fair, read_code
from app.ui.scanning.burst import LEAST
from app.ui.scanning.landed import ENOUGH, SWIFT_MS
from app.ui.scanning.positions import us_character
from app.ui.scanning.wedge import GAP_MS, Wedge
from tests.ui.scanning.keyboard import ENTER, Keyboard

SEAL = "TDH1.R.2025-000018.K7Q2M9XA4C"
CODES = st.text(st.sampled_from("ABCDEFGHJKMNPQRSTVWXYZabcxyz0123456789-.:/"), min_size=LEAST, max_size=40)


class Bench:
    """Two fields and a button, a keyboard, and what was scanned."""

    def __init__(self):
        self.page = QWidget()
        self.first, self.second, self.button = QLineEdit(), QLineEdit(), QPushButton("做")
        column = QVBoxLayout(self.page)
        for one in (self.first, self.second, self.button):
            column.addWidget(one)
        self.entered, self.codes, self.clicks = [], [], []
        self.first.returnPressed.connect(lambda: self.entered.append(self.first.text()))
        self.button.clicked.connect(lambda: self.clicks.append(1))
        self.keys = Keyboard(self.first)
        self.wedge = Wedge(self.page, clock=self.keys.clock, wait=self.keys.wait)
        self.wedge.scanned.connect(self.codes.append)
        self.wedge.stand_on(self.first)


class Below(QObject):
    """Sees which events of a kind come past the wedge to the first field."""

    def __init__(self, bench, kind):
        super().__init__(bench.page)
        self.kind, self.seen = kind, []
        bench.first.removeEventFilter(bench.wedge)
        bench.first.installEventFilter(self)
        bench.first.installEventFilter(bench.wedge)

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        if event.type() == self.kind:
            self.seen.append(event.text())
        return False


@pytest.fixture
def bench(qtbot):
    made = Bench()
    qtbot.addWidget(made.page)
    made.page.show()
    return made


# -- a person


def is_swift(events):
    """Whether there are so many keys in a row, with hardly a moment between them, as only a scanner types."""
    swift = [after <= SWIFT_MS for _, after in events]
    return any(all(swift[at : at + ENOUGH]) for at in range(len(events) - ENOUGH + 1))


HUMAN = st.lists(
    st.tuples(st.sampled_from("abcXYZ0189-.,;' " + ENTER + "\b"), st.integers(GAP_MS + 1, 400)), max_size=30
).filter(lambda events: not is_swift(events))
# Two or three keys rolled over each other, as fast typists do, then a breath.
ROLLED = st.lists(
    st.tuples(
        st.text(st.sampled_from("asdf12.K"), min_size=1, max_size=LEAST - 1).filter(
            lambda text: read_code(text) is None
        ),
        st.integers(0, GAP_MS),
    ),
    max_size=12,
)


def plainly(events):
    """What a bare field makes of the same keys."""
    field, entered = QLineEdit(), []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    keys = Keyboard(field)
    for character, after in events:
        keys.press(character, after=after)
    return field.text(), entered


@settings(max_examples=60)
@given(HUMAN)
def test_whatever_a_person_types_arrives_unchanged_and_in_order(qapp, events):
    bench = Bench()
    for character, after in events:
        bench.keys.press(character, after=after)
    bench.keys.rest(200)
    assert (bench.first.text(), bench.entered) == plainly(events)
    assert bench.codes == []


@settings(max_examples=60)
@given(ROLLED, st.booleans())
def test_keys_rolled_over_each_other_arrive_too(qapp, bursts, enter):
    bench, events = Bench(), []
    for text, gap in bursts:
        events += [(text[0], 90), *((one, gap) for one in text[1:])]
        events += [(ENTER, gap)] if enter else []
    for character, after in events:
        bench.keys.press(character, after=after)
    bench.keys.rest(200)
    assert (bench.first.text(), bench.entered) == plainly(events)
    assert bench.codes == []


def test_a_key_reaches_its_field_after_the_gap_and_not_before(bench):
    bench.keys.press("a")
    assert bench.first.text() == ""
    bench.keys.rest(GAP_MS - 1)
    assert bench.first.text() == ""
    bench.keys.rest(5)
    assert bench.first.text() == "a"


def test_keys_of_a_person_that_come_in_a_rush_after_a_long_redraw_are_still_hers(bench):
    """The program looked late, the keyboard did not type fast: its times tell."""
    from tests.ui.scanning.keyboard import QCoreApplication, QKeyEvent

    for place, character in enumerate("zhuyuqing"):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, character, False, 1
        )
        event.setTimestamp(5000 + place * 120)
        QCoreApplication.sendEvent(bench.first, event)
    bench.keys.press(ENTER, after=1)
    assert bench.entered == ["zhuyuqing"]
    assert bench.codes == []


def test_backspace_and_arrows_never_overtake_a_character(bench):
    bench.keys.type("ab", gap=60)
    bench.keys.press("\b", after=2)
    assert bench.first.text() == "a"


def test_a_key_held_down_goes_on_as_it_did(bench):
    bench.keys.press("x")
    for _ in range(12):
        bench.keys.press("x", after=30, repeat=True)
    bench.keys.press(ENTER, after=30)
    assert bench.entered == ["x" * 13]
    assert bench.codes == []


def test_keys_without_a_time_pass_at_once(bench):
    bench.keys.type("13800006021", gap=0, stamp=False)
    assert bench.first.text() == "13800006021"


def test_what_is_held_goes_to_its_field_when_the_focus_moves(bench):
    bench.keys.press("a")
    bench.wedge.stand_on(bench.second)
    assert (bench.first.text(), bench.second.text()) == ("a", "")


def test_a_field_that_is_gone_loses_its_key_quietly(bench, qtbot):
    bench.keys.press("a")
    bench.first.deleteLater()
    qtbot.wait(1)
    bench.keys._target = bench.second
    bench.keys.rest(100)
    bench.wedge.stand_on(bench.second)
    bench.keys.type("b")
    bench.keys.rest(100)
    assert bench.second.text() == "b"


def test_the_key_after_one_that_moved_the_focus_goes_where_it_is_now(bench, qtbot):
    bench.page.activateWindow()
    bench.first.setFocus()
    bench.first.textEdited.connect(lambda _: bench.second.setFocus())
    bench.keys.press("t")
    bench.keys.press("3", after=10)
    bench.keys.rest(100)
    assert (bench.first.text(), bench.second.text()) == ("t", "3")


def test_the_space_of_a_button_is_a_press_and_a_release(bench):
    bench.keys._target = bench.button
    bench.wedge.stand_on(bench.button)
    bench.keys.press(" ")
    assert bench.clicks == [1]


# -- a scanner


@settings(max_examples=60)
@given(CODES, st.integers(0, GAP_MS), st.sampled_from([ENTER, "\t"]), st.text("ab ", max_size=4))
def test_no_part_of_a_code_reaches_the_field(qapp, code, gap, end, before):
    bench = Bench()
    bench.keys.type(before)
    bench.keys.scan(code, gap=gap, end=end)
    bench.keys.type("z")
    bench.keys.rest(100)
    assert bench.codes == [code]
    assert bench.first.text() == f"{before}z"
    assert bench.entered == []


@settings(max_examples=30)
@given(st.lists(st.tuples(CODES, st.text(st.sampled_from("qw1 "), max_size=5)), max_size=4))
def test_scans_and_typing_in_turn_are_told_apart(qapp, turns):
    bench = Bench()
    for code, typed in turns:
        bench.keys.scan(code)
        bench.keys.type(typed)
    bench.keys.rest(100)
    assert bench.codes == [code for code, _ in turns]
    assert bench.first.text() == "".join(typed for _, typed in turns)


def test_a_code_too_short_or_too_slow_is_typing(bench):
    bench.keys.scan("12345")
    bench.keys.scan("123456", gap=GAP_MS + 1)
    assert bench.codes == []
    assert bench.first.text() == "12345123456"


def test_a_code_of_another_needs_no_enter_either(bench):
    """A parcel's code under a scanner that sends no Enter: it is no child's name, and lands in no field."""
    bench.keys.scan("6901234567890", end="")
    assert bench.codes == ["6901234567890"]
    assert bench.first.text() == ""


def test_a_short_burst_that_is_not_ended_goes_to_the_field(bench):
    bench.keys.scan("690123456", end="")
    assert bench.codes == []
    assert bench.first.text() == "690123456"


def test_our_own_code_needs_no_enter(bench):
    bench.keys.scan(SEAL, end="")
    assert bench.codes == [SEAL]
    assert bench.first.text() == ""


@pytest.mark.parametrize("end", [ENTER, ""])
@pytest.mark.parametrize("before", [1, 5, 9, 10, 12, 20, 26, 28])
def test_a_program_busy_in_the_middle_of_a_code_tears_it_in_no_place(bench, before, end):
    """The timer is looked at before the keys that wait in the queue; they belong to the code all the same.

    Twenty-six signs of ours look like a whole code, and would be called a false one.
    """
    bench.keys.type(SEAL[:before], gap=8)
    bench.keys.run_out()
    bench.keys.arrive_late(SEAL[before:] + end)
    bench.keys.rest(200)
    assert (bench.codes, bench.first.text(), bench.entered) == ([SEAL], "", [])


def test_shift_between_the_keys_does_not_break_a_code(bench):
    for character in SEAL:
        if character.isupper():
            bench.keys.press("", key=Qt.Key.Key_Shift, after=2)
        bench.keys.press(character, after=4)
    bench.keys.press(ENTER, after=4)
    assert bench.codes == [SEAL]


def test_a_shortcut_on_enter_or_on_a_letter_is_not_tried_by_a_code(bench):
    """The table of shortcuts is asked when nobody has accepted the override."""
    below = Below(bench, QEvent.Type.ShortcutOverride)
    bench.keys.scan(SEAL)
    assert below.seen == []
    bench.keys.press("k", modifiers=Qt.KeyboardModifier.ControlModifier)
    assert set(below.seen) == {"k"}


def test_a_keyboard_of_another_country_does_not_garble_our_code(bench):
    """German: y and z change places, and the dash is elsewhere; where the keys lie tells."""
    codes = {}
    for start, row in ((2, "1234567890-="), (16, "qwertyuiop[]"), (30, "asdfghjkl;'"), (43, "\\zxcvbnm,./")):
        codes |= {character: start + place + 8 for place, character in enumerate(row)}
    german = {"Y": "Z", "Z": "Y", "-": "ß"}
    code = "TDH1.C.C-000018.KYZ2M9XA4C"
    for character in code:
        bench.keys.press(german.get(character, character), after=5, scan=codes[character.lower()])
    bench.keys.press(ENTER, after=5)
    assert bench.codes == ["TDH1.C.Cß000018.KZY2M9XA4C"]
    if us_character.__defaults__ == (8,):
        assert bench.wedge.by_place == code
    assert bench.first.text() == ""


def test_releases_of_a_code_do_not_reach_the_field_either(bench):
    below = Below(bench, QEvent.Type.KeyRelease)
    bench.keys.scan(SEAL)
    assert below.seen == []
    bench.keys.press("T")
    bench.keys.rest(200)
    assert below.seen == ["T"]


def test_switched_off_it_holds_nothing(bench):
    bench.wedge.gap_ms = 0
    bench.keys.scan(SEAL)
    assert bench.first.text() == SEAL
    assert bench.entered == [SEAL]


# -- input methods


def test_full_width_signs_committed_one_by_one_are_a_code(bench):
    wide = "".join(chr(ord(one) + 0xFEE0) for one in SEAL)
    for sign in wide:
        bench.keys.commit(sign, after=6)
    bench.keys.press(ENTER, after=6)
    assert bench.codes == [wide]
    assert bench.first.text() == ""


def test_a_code_committed_whole_takes_its_enter_along(bench):
    for end in range(1, len(SEAL)):
        bench.keys.compose(SEAL[:end], after=6)
    bench.keys.commit(SEAL, after=6)
    bench.keys.press(ENTER, after=6)
    assert bench.codes == [SEAL]
    assert (bench.first.text(), bench.entered) == ("", [])
    bench.keys.press(ENTER, after=400)
    assert bench.entered == [""]


def test_keys_and_commits_in_one_code_are_one_code(bench):
    """Digits as keys, full-width points from the input method."""
    for character in "TDH1":
        bench.keys.press(character, after=5)
    bench.keys.commit("．", after=5)
    for character in "R1":
        bench.keys.press(character, after=5)
    bench.keys.press(ENTER, after=5)
    assert bench.codes == ["TDH1．R1"]
    assert bench.first.text() == ""


def test_what_a_person_commits_arrives(bench):
    bench.keys.compose("zhu'yu'qing")
    bench.keys.commit("朱予晴")
    bench.keys.commit("，")
    bench.keys.commit("１")
    bench.keys.rest(100)
    bench.keys.compose("ok")
    bench.keys.commit("hello123")
    bench.keys.rest(100)
    bench.keys.press(ENTER)
    assert bench.entered == ["朱予晴，１hello123"]
    assert bench.codes == []


# -- where it stands


def test_it_follows_the_focus_and_stands_on_one_widget_only(qapp, bench):
    bench.page.activateWindow()
    bench.first.setFocus()
    wedge = Wedge(bench.page, clock=bench.keys.clock, wait=bench.keys.wait)
    codes = []
    wedge.scanned.connect(codes.append)
    bench.wedge.gap_ms = 0
    wedge.follow(qapp)
    bench.second.setFocus()
    bench.keys._target = bench.second
    bench.keys.scan(SEAL)
    bench.keys._target = bench.first
    bench.keys.scan(SEAL)  # nobody stands there any more
    assert codes == [SEAL]
    assert bench.first.text() == SEAL


def test_its_own_timer_lets_a_typed_key_go(qtbot, bench):
    wedge = Wedge(bench.page)
    bench.keys._target = bench.second
    wedge.stand_on(bench.second)
    bench.keys.press("a")
    qtbot.waitUntil(lambda: bench.second.text() == "a", timeout=2000)


def test_a_shortcut_still_works_while_a_key_is_held(bench):
    shortcut = QShortcut(QKeySequence("Ctrl+K"), bench.page)
    assert shortcut.isEnabled()
    bench.keys.press("a")
    bench.keys.press("k", after=3, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert bench.first.text() == "a"


PICKUP = st.text(st.sampled_from(ALPHABET), min_size=4, max_size=4).filter(is_fair)


@settings(max_examples=60)
@given(PICKUP, st.integers(1, GAP_MS), st.booleans())
def test_the_four_signs_of_a_pickup_code_reach_no_field(qapp, code, gap, small):
    bench = Bench()
    bench.keys.scan(code.lower() if small else code, gap=gap)
    bench.keys.rest(200)
    assert [one.upper() for one in bench.codes] == [code]
    assert (bench.first.text(), bench.entered) == ("", [])


@settings(max_examples=60)
@given(PICKUP, st.integers(GAP_MS + 1, 400))
def test_a_pickup_code_that_a_person_types_reaches_its_field(qapp, code, after):
    bench = Bench()
    for character in code + ENTER:
        bench.keys.press(character, after=after)
    assert (bench.first.text(), bench.entered, bench.codes) == (code, [code], [])


@pytest.mark.parametrize("typed", ["365", "3650", "1530", "mama", "hxyz", "36.5", "a365", "2O26"])
def test_what_is_no_pickup_code_reaches_its_field_however_fast_it_is_typed(bench, typed):
    bench.keys.type(typed, gap=3)
    bench.keys.press(ENTER, after=3)
    bench.keys.rest(200)
    assert (bench.entered, bench.codes) == ([typed], [])


def test_a_pickup_code_without_enter_stays_in_its_field(bench):
    bench.keys.type("K7Q4", gap=3)
    bench.keys.rest(200)
    assert (bench.first.text(), bench.codes) == ("K7Q4", [])
