"""Who differs from the rest: a letter to each child, a digit for what was different, nobody by accident."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.ui.classroom.exceptions import LEFT_OUT, ExceptionStrip
from tests.ui.classroom import data
from tests.ui.painting import words_of_row

Key = Qt.Key
EATEN = (("3", "吃完"), ("2", "吃了一半"), ("1", "吃了一点"))
MANY = tuple(data.card(at, f"孩子{at}") for at in range(1, 29))


@pytest.fixture
def strip(qtbot, context):
    around = QWidget()
    qtbot.addWidget(around)
    made = ExceptionStrip(context.theme, around)
    made.around, made.told, made.kept = around, [], []
    made.changed.connect(lambda: made.told.append(made.different()))
    made.keep_requested.connect(lambda: made.kept.append(made.different()))
    made.present(data.CARDS, EATEN)
    made.resize(620, 100)
    around.show()
    return made


def press(strip, *keys):
    for key in keys:
        QTest.keyClick(strip, key)


def test_a_letter_goes_to_a_child_and_a_digit_says_what_she_ate(strip):
    press(strip, Key.Key_B, Key.Key_3)
    assert strip.different() == ((data.MUYANG.visit, "1"),)
    press(strip, Key.Key_Z, Key.Key_2)  # nobody has that letter: it is still hers
    assert strip.different() == ((data.MUYANG.visit, "2"),)
    press(strip, Key.Key_Backspace)
    assert strip.different() == ()


def test_a_digit_beyond_the_row_and_one_without_a_child_change_nothing(strip):
    press(strip, Key.Key_B, Key.Key_4)
    assert strip.told == []
    strip.setCurrentIndex(strip.marks.index(-1))
    press(strip, Key.Key_1)
    assert strip.told == []


def test_nought_leaves_her_out_and_an_allergy_counts_as_well(strip):
    press(strip, Key.Key_A, Key.Key_0)
    assert strip.different() == ((data.YUQING.visit, LEFT_OUT),)
    strip.show_clashing(frozenset({data.YUQING.visit, data.YINUO.visit}))
    assert strip.left_out() == 2  # one child is left out once
    strip.show_clashing(frozenset())
    assert strip.left_out() == 1


def test_a_touch_walks_round_the_row_and_back_to_what_the_rest_had(strip):
    for _ in range(5):
        strip.clicked.emit(strip.marks.index(2))
    assert [dict(one).get(data.YINUO.visit, "") for one in strip.told] == ["3", "2", "1", LEFT_OUT, ""]


def test_enter_keeps_and_a_new_batch_begins_with_nobody_different(strip):
    press(strip, Key.Key_C, Key.Key_1, Key.Key_Return)
    assert strip.kept == [((data.YINUO.visit, "3"),)]
    strip.present(data.CARDS[:2], EATEN)
    assert strip.different() == ()
    assert strip.marks.rowCount() == 2


def test_beyond_the_alphabet_a_child_is_reached_by_arrows_and_touch_alone(strip):
    strip.present(MANY, EATEN)
    assert [one.letter for one in strip.marks.items[25:]] == ["Z", "", ""]
    assert not strip.go_to("")
    assert strip.go_to("Z")
    press(strip, Key.Key_Right, Key.Key_1)
    assert strip.different() == ((MANY[26].visit, "3"),)


def test_what_is_different_is_read_aloud_and_stands_whole_beside_a_long_name(strip):
    long = data.card(1, "阿卜杜热合曼·买买提艾力")
    strip.present((long, data.MUYANG), EATEN)
    strip.show_clashing(frozenset({data.MUYANG.visit}))
    press(strip, Key.Key_A, Key.Key_2)
    said = [strip.marks.words_of(one) for one in strip.marks.items]
    assert said == ["A 阿卜杜热合曼·买买提艾力，吃了一半", "B 张沐阳，过敏，先不记"]
    letter, words, name = words_of_row(strip.itemDelegate(), strip.marks.index(0), 160)
    assert (letter, words, name[-1]) == ("A", "吃了一半", "…")


def test_it_is_as_high_as_its_children_need(strip):
    one_line = strip.heightForWidth(5 * strip._theme.px(136))
    assert strip.heightForWidth(3 * strip._theme.px(136)) > one_line
    strip.present((), EATEN)
    assert strip.heightForWidth(620) == strip.minimumSizeHint().height()
