"""The fields of the card: a digit picks a word, Enter never answers, a long problem is cut and told whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.looks import Tone
from app.ui.intake.fields import Answer, Cell, Line, PickLine, read_only
from app.ui.theme import Theme

RELATIONS = ("奶奶", "外婆", "爷爷", "外公", "妈妈")


@pytest.fixture
def host(qtbot, qapp):
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(500, 300)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def line(host):
    made = PickLine(Theme(), "intake.relation", "与孩子的关系", RELATIONS)
    made.heard = []
    made.picked.connect(lambda: made.heard.append(made.text()))
    host.layout().addWidget(made)
    host.layout().addWidget(Line("intake.name", "姓名"))
    made.setFocus()
    return made


def test_a_digit_picks_and_another_one_picks_anew(line):
    QTest.keyClick(line, Qt.Key.Key_5)
    QTest.keyClick(line, Qt.Key.Key_1)
    assert line.heard == ["妈妈", "奶奶"]


def test_a_digit_past_the_last_word_and_one_within_other_words_is_typed(line):
    QTest.keyClick(line, Qt.Key.Key_6)
    assert (line.text(), line.heard) == ("6", [])
    line.setText("姑")
    QTest.keyClick(line, Qt.Key.Key_2)
    assert (line.text(), line.heard) == ("姑2", [])
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_2)
    assert line.heard == ["外婆"], "what is selected is to be replaced"


def test_the_words_show_while_the_line_is_empty_and_esc_closes_them_first(line, host):
    popup = line._popup
    assert popup.isVisible()
    heard = []
    host.keyPressEvent = lambda event: heard.append(event.key())
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert (popup.isVisible(), heard) == (False, [])
    QTest.keyClicks(line, "x")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert popup.isVisible(), "who clears the line may choose again"
    host.layout().itemAt(1).widget().setFocus()
    assert not popup.isVisible()


def test_the_words_stay_inside_the_window_where_the_line_is_at_its_foot(line, host):
    host.layout().insertStretch(0)
    host.resize(500, 120)
    QTest.qWait(0)
    line.clearFocus()
    line.setFocus()
    assert host.rect().contains(line._popup.geometry().topLeft())
    assert line._popup.geometry().right() <= host.rect().right()


def test_enter_passes_a_question_by_and_leaves_it_unanswered(qtbot, host):
    answer = Answer(Theme(), "intake.allergy", "过敏或禁忌，必答", (("none", "没有"), ("has", "有")))
    host.layout().addWidget(answer)
    heard = []
    answer.enter_pressed.connect(heard.append)
    answer.stop.setFocus()
    QTest.keyClick(answer.stop, Qt.Key.Key_Return)
    QTest.keyClick(answer.stop, Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier)
    assert (heard, answer.value()) == ([False, True], "")
    QTest.keyClick(answer.stop, Qt.Key.Key_2)
    assert answer.value() == "has"


def test_a_problem_without_room_is_cut_and_told_whole_and_the_label_comes_back(qtbot, host):
    line = Line("intake.born_on", "出生日期")
    cell = Cell("出生日期", line, required=True)
    host.layout().addWidget(cell)
    cell.setFixedWidth(160)
    QTest.qWait(0)
    sentence = "出生日期在今天之后，请核对出生证或者户口本上写的是哪一天。"
    cell.show_problem(sentence)
    assert cell.label.text().startswith("◆ 出生日期")
    assert cell.label.text().endswith("…")
    assert cell.label.toolTip() == line.accessibleDescription() == sentence
    assert (line.property("state"), cell.label.property("role")) == ("bad", "error")
    cell.show_problem("小了一点。", Tone.WARN)
    assert (line.property("state"), cell.label.property("role")) == ("warn", "warning")
    cell.show_problem("")
    assert (cell.label.text(), line.property("state")) == ("出生日期 *", "")


def test_what_follows_from_others_is_no_stop(qtbot, host):
    line = read_only("intake.age", "月龄")
    host.layout().addWidget(line)
    line.setFocus()
    QTest.keyClicks(line, "27")
    assert (line.text(), line.focusPolicy()) == ("", Qt.FocusPolicy.NoFocus)
