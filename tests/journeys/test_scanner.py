"""A scanner in every room, in the middle of a word: no field sees the code, and it is answered."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
)

from app.domain.rollcall import HeadState
from app.domain.seals import SealKind, seal
from app.services.numbers import slip_number
from app.store import cards, centre, day, visits
from app.ui.rollcall.sheet import RollCallSheet
from app.ui.rooms import ROOMS
from tests.ui.scanning.keyboard import Keyboard
from tests.ui.stage import CHILD, DESK, DIRECTOR, TEACHER, Stage

FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


class Hands:
    """The stage with a scanner in hand."""

    def __init__(self, stage):
        self.stage, self.keys = stage, Keyboard()
        self.said = []
        stage.application.messages.said.connect(lambda notice: self.said.append(notice.words))

    def read(self, what):
        """Ask the open file, on the keeper thread."""
        found = []
        self.stage.application.context.ask(lambda s: what(s.desk._database), found.append)
        self.stage.settle()
        return found[0]

    def code(self, kind, number):
        return self.read(lambda database: seal(centre.find_centre(database).seal_key, kind, number))

    def scan(self, code, **how):
        self.keys.rest(300)
        self.keys.scan(code, **how)
        self.stage.settle()

    def title(self):
        shown = self.stage.window.findChild(QLabel, "finder.title")
        return shown.text() if shown.isVisible() else ""

    def card_of(self, name):
        """The number of a child's valid card."""
        every = self.read(lambda database: cards.list_cards(database))
        return next(card.number for card in every if card.valid and card.child_name == name)


@pytest.fixture
def hands(qapp, practice_file, clock):
    stage = Stage(practice_file, clock)
    stage.rest()  # the listening begins when the first desk has long been drawn
    assert stage.application.context.scans is not None
    yield Hands(stage)
    stage.close()


def text_of(field):
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def fields(stage):
    """Every field of the window that somebody could be typing into."""
    found = []
    for one in stage.visible():
        inside = isinstance(one.parentWidget(), QAbstractSpinBox)
        if isinstance(one, FIELDS) and one.isEnabled() and not one.isReadOnly() and not inside:
            found.append(one)
    return found


def test_in_every_room_and_field_a_receipt_is_answered_and_no_field_sees_it(hands):
    stage, tried = hands.stage, 0
    stage.sign_in(DIRECTOR)
    code = hands.code(SealKind.RECEIPT, "2025-000001")
    for spec in ROOMS:
        stage.window.enter(spec.key)
        stage.settle()
        for field in [None, *fields(stage)]:
            if field is not None:
                field.setFocus()
            held, before = QApplication.focusWidget(), "" if field is None else text_of(field)
            hands.scan(code)
            where = f"{spec.key} {'' if field is None else field.objectName()}"
            assert stage.window.current_key == spec.key, where
            assert hands.title() in {"真", "已退款"}, where
            assert field is None or text_of(field) == before, where
            assert QApplication.focusWidget() is held, where
            stage.window._close_finder()
            tried += 1
    assert tried > len(ROOMS) + 5


def test_in_the_middle_of_a_word_the_word_stays_whole(hands):
    stage = hands.stage
    stage.show("intake")
    name = stage.hands.find("intake.name")
    name.setFocus()
    hands.keys.type("Emma")
    hands.scan(hands.code(SealKind.RECEIPT, "2025-000001"))
    hands.keys.type(" Li")
    QTest.qWait(60)
    assert name.text() == "Emma Li"
    assert stage.window.current_key == "intake"
    stage.show("desk")  # the draft is kept before the program ends


def test_a_card_opens_the_child_at_the_desk_and_enter_goes_on(hands):
    stage = hands.stage
    stage.show("desk")
    hands.scan(hands.code(SealKind.CARD, hands.card_of("周乐瑶")))
    assert stage.window.room("desk").panel.row.name == "周乐瑶"
    assert QApplication.focusWidget().objectName() == "desk.check_in"
    hands.scan(hands.code(SealKind.CARD, hands.card_of("何宇轩")))
    assert stage.window.room("desk").panel.row.name == "何宇轩"
    assert QApplication.focusWidget().objectName() == "pickup.confirm"


def test_in_the_classroom_a_card_chooses_the_child_there(hands):
    stage = hands.stage
    stage.sign_in(TEACHER)
    stage.hands.key("Alt+2")
    stage.settle()
    hands.scan(hands.code(SealKind.CARD, hands.card_of("孙一诺")))
    room = stage.window.room("classroom")
    assert stage.window.current_key == "classroom"
    assert [one.name for one in room._grid.meant()] == ["孙一诺"]
    hands.scan(hands.code(SealKind.CARD, hands.card_of("周乐瑶")))  # not here today: the desk knows her
    assert stage.window.current_key == "desk"


def test_from_another_room_a_card_leads_to_the_desk(hands):
    stage = hands.stage
    stage.sign_in(DIRECTOR)
    stage.window.enter("office")
    stage.settle()
    hands.scan(hands.code(SealKind.CARD, hands.card_of("何宇轩")))
    assert stage.window.current_key == "desk"
    assert stage.window.room("desk").panel.row.name == "何宇轩"


def test_a_slip_opens_the_child_to_be_collected(hands):
    stage = hands.stage
    stage.sign_in(DIRECTOR)
    stage.window.enter("settings")
    stage.settle()
    visit = hands.read(
        lambda database: database.row(
            "select v.id, v.day from visit v join child c on c.id = v.child_id"
            " where c.name = :name order by v.id desc limit 1",
            {"name": CHILD},
        )
    )
    number = slip_number(day.dt.date.fromisoformat(visit["day"]), visit["id"])
    hands.scan(hands.code(SealKind.SLIP, number))
    assert stage.window.current_key == "desk"
    assert stage.window.room("desk").panel.row.name == CHILD
    assert any("接送凭条" in words for words in hands.said)


def test_a_lost_card_is_called_lost_and_opens_nobody(hands):
    stage = hands.stage
    stage.show("desk")
    lost = hands.read(
        lambda database: next(card for card in cards.list_cards(database) if card.ended_as == "lost")
    )
    hands.scan(hands.code(SealKind.CARD, lost.number))
    assert hands.title() == "已挂失"
    assert stage.window.room("desk").panel.row is None
    stage.hands.key("Escape")
    assert hands.title() == ""


def test_what_is_not_ours_gets_a_sentence(hands):
    hands.stage.show("desk")
    hands.scan("6901234567892")
    assert hands.said[-1].startswith("扫到“6901234567892”，不是本中心的卡或单据")
    hands.scan("TDH1.R.2025-000001.AAAAAAAAAA")
    assert hands.title() == "假"


def test_full_width_letters_and_an_input_method_do_not_matter(hands):
    stage = hands.stage
    stage.show("desk")
    stage.hands.key("Ctrl+K")
    wide = "".join(chr(ord(one) + 0xFEE0) for one in hands.code(SealKind.CARD, hands.card_of("何宇轩")))
    hands.keys.commit(wide)
    stage.settle()
    assert stage.window.room("desk").panel.row.name == "何宇轩"
    assert stage.hands.find("desk.search").text() == ""


def test_under_a_sheet_the_code_waits_until_the_sheet_is_closed(hands):
    stage = hands.stage
    stage.show("staff")
    code = hands.code(SealKind.CARD, hands.card_of("何宇轩"))
    hands.scan(code)
    assert stage.window.room("desk").panel.row is None
    stage.hands.key("Escape")
    QTest.qWait(30)
    stage.settle()
    assert stage.window.room("desk").panel.row.name == "何宇轩"


def test_a_fast_typist_is_not_taken_for_a_scanner(hands):
    stage = hands.stage
    stage.sign_in(DESK)
    stage.show("desk")
    stage.hands.key("Ctrl+K")
    hands.keys.type("zyq", gap=45)
    QTest.qWait(150)
    stage.settle()
    assert stage.hands.find("desk.search").text() == "zyq"
    hands.keys.press("\r", after=45)
    stage.settle()
    assert stage.window.room("desk").panel.row.name == CHILD


def test_switched_off_in_the_settings_it_types_like_a_keyboard(hands):
    stage = hands.stage
    stage.show("settings")
    stage.window.findChild(QPushButton, "settings.scanner.0").click()
    stage.show("desk")
    stage.hands.key("Ctrl+K")
    hands.scan("6901234567892", end="")
    assert stage.hands.find("desk.search").text() == "6901234567892"
    assert stage.application.preferences.choices.scanner_gap == 0


def test_a_roll_call_takes_every_kind_of_our_codes_at_once(hands):
    """Pick-up code, slip, card: scanned over the sheet of F9, each marks its child, and nothing waits."""
    stage = hands.stage
    stage.show("desk")
    stays = hands.read(lambda database: day.list_stays(database, stage.clock().date()))
    here = [one for one in stays if one.left_at is None]
    with_card = next(one for one in here if _card_number(hands, one.who.name))
    others = [one for one in here if one is not with_card][:2]
    stage.hands.click("shell.roll_call")
    stage.settle()
    hands.scan(hands.code(SealKind.CARD, _card_number(hands, with_card.who.name)))
    assert "还没有开始" in _said(stage)
    stage.hands.key("F8")
    stage.calling = True
    stage.settle()
    codes = [
        hands.code(SealKind.CARD, _card_number(hands, with_card.who.name)),
        hands.code(SealKind.SLIP, slip_number(stage.clock().date(), others[0].visit)),
    ]
    for code in codes:
        hands.scan(code)
    stage.hands.key("F6")  # what a parent reads out is typed
    stage.hands.type(hands.read(lambda database: visits.find_visit(database, others[1].visit).pickup_code))
    stage.hands.key("Return")
    stage.settle()
    sheet = stage.window.findChild(RollCallSheet)
    safe = {head.name for head in sheet._roll.heads if head.state is HeadState.SAFE}
    assert safe == {with_card.who.name, *(one.who.name for one in others)}
    assert stage.application.context.scans._waiting == ""
    stage.home()


def _card_number(hands, name):
    every = hands.read(lambda database: cards.list_cards(database))
    return next((card.number for card in every if card.valid and card.child_name == name), "")


def _said(stage):
    return stage.window.findChild(RollCallSheet)._said.text()
