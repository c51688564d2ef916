"""What a scanner that is hardly slower than a wired one has typed into a field is taken out again."""

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QTextEdit

from app.ui.scanning.landed import ENOUGH, SWIFT_MS, Landed
from app.ui.scanning.wedge import GAP_MS, Wedge
from tests.ui.scanning.keyboard import ENTER, Keyboard

TIN = "6921234567891"  # of milk


class Desk:
    """One field, a keyboard, and what was scanned, entered and said to be edited."""

    def __init__(self, field):
        self.field, self.keys, self.codes, self.entered, self.edited = field, Keyboard(field), [], [], []
        self.wedge = Wedge(field, clock=self.keys.clock, wait=self.keys.wait)
        self.wedge.scanned.connect(self.codes.append)
        self.wedge.stand_on(field)
        if isinstance(field, QLineEdit):
            field.returnPressed.connect(lambda: self.entered.append(field.text()))
            field.textEdited.connect(self.edited.append)

    def type(self, keys):
        for character, after in keys:
            self.keys.press(character, after=after)
        self.keys.rest(300)


@pytest.fixture
def desk(qtbot):
    field = QLineEdit("王小明")
    qtbot.addWidget(field)
    return Desk(field)


@pytest.mark.parametrize("end", [ENTER, "\t"])
@pytest.mark.parametrize("gap", [GAP_MS + 1, 43, SWIFT_MS])
def test_a_swift_code_leaves_the_field_as_it_was(desk, gap, end):
    desk.field.setCursorPosition(1)
    desk.keys.scan(TIN, gap=gap, end=end)
    assert (desk.codes, desk.field.text(), desk.entered) == ([TIN], "王小明", [])
    assert (desk.field.cursorPosition(), desk.edited[-1], desk.wedge.slow) == (1, "王小明", False)
    desk.keys.press("x")
    desk.keys.rest(200)
    assert desk.field.text() == "王x小明"


def test_what_was_chosen_in_the_field_is_there_again(desk):
    desk.field.selectAll()
    desk.keys.scan(TIN, gap=45)
    assert (desk.field.text(), desk.field.selectedText()) == ("王小明", "王小明")


@pytest.mark.parametrize("slow", [(0,), (0, 1, 2), (3,), (5, 9), (12,)])
def test_a_code_that_stumbles_is_taken_out_as_a_whole(desk, slow):
    desk.keys.rest(500)
    desk.type([(one, 45 if at - 1 in slow else 8) for at, one in enumerate(TIN)] + [(ENTER, 8)])
    assert (desk.codes, desk.field.text(), desk.entered) == ([TIN], "王小明", [])


@pytest.mark.parametrize("field", [QPlainTextEdit, QTextEdit])
def test_it_is_taken_out_of_a_long_text_too(qtbot, field):
    field = field()
    qtbot.addWidget(field)
    field.setPlainText("早上")
    desk = Desk(field)
    desk.keys.scan(TIN, gap=45)
    assert (desk.codes, field.toPlainText()) == ([TIN], "早上")


def test_a_box_of_numbers_keeps_its_number(qtbot):
    field = QSpinBox()
    qtbot.addWidget(field)
    field.setMaximum(10**9)
    field.setValue(7)
    field.findChild(QLineEdit).selectAll()
    desk = Desk(field)
    desk.keys.scan("69212345", gap=45)
    assert (desk.codes, field.value()) == (["69212345"], 7)


@pytest.mark.parametrize(
    ("text", "gap"),
    [(TIN, SWIFT_MS + 1), (TIN[: ENOUGH - 1], SWIFT_MS), ("K7Q4", 45)],
)
def test_what_a_person_may_have_typed_stays(desk, text, gap):
    desk.keys.scan(text, gap=gap)
    assert (desk.codes, desk.entered) == ([], [f"王小明{text}"])


def test_enter_a_moment_later_is_a_persons(desk):
    desk.type([(one, 45) for one in TIN] + [(ENTER, SWIFT_MS + 20)])
    assert (desk.codes, desk.entered) == ([], [f"王小明{TIN}"])


def test_backspace_in_their_midst_is_a_persons(desk):
    desk.type([(one, 45) for one in f"{TIN}\b{ENTER}"])
    assert (desk.codes, desk.entered) == ([], [f"王小明{TIN[:-1]}"])


def test_a_field_that_has_made_something_else_of_it_keeps_that(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setMaxLength(9)
    desk = Desk(field)
    desk.keys.scan(TIN, gap=45)
    assert (desk.codes, field.text()) == ([TIN], TIN[:9])


def test_a_list_that_is_typed_into_is_one_too(qtbot):
    box = QComboBox()
    qtbot.addWidget(box)
    box.setEditable(True)
    landed = Landed()
    box.lineEdit().setText("丁")
    for at, one in enumerate(TIN):
        landed.add(box, one, one, 1000 + at * 45)
        box.lineEdit().insert(one)
    landed.take_out()
    assert box.currentText() == "丁"


def test_a_field_that_is_gone_is_left_alone(desk):
    landed = Landed()
    landed.take_out()
    landed.add(desk.field, "6", "6", 1000)
    landed.forget()
    landed.take_out()
    assert desk.field.text() == "王小明"
