"""Each child whose allergies the food names has a reason of her own; one key gives the same to the others."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from app.domain.ids import VisitId
from app.services.class_views import AllergyClash, Answer, Cleared
from app.ui.classroom.clearing import Clearing

A, B, C = VisitId(1), VisitId(2), VisitId(3)
NAMES = {A: "朱予晴", B: "周子墨", C: "张沐阳"}
Key = Qt.Key


def clash(visit, *named):
    return AllergyClash(visit, NAMES[visit], named, True, f"{NAMES[visit]} 过敏", named=named)


WAYS = {"已换替餐": "swapped", "已挑出来，没有吃": "picked"}


def answer(visit, reason, *named):
    return Answer(visit, frozenset(named), reason, WAYS.get(reason, "safe"))


@pytest.fixture
def clearing(qtbot, context):
    frame = QWidget()
    made = Clearing(context.theme, frame)
    made.resize(640, 400)
    qtbot.addWidget(frame)
    frame.resize(640, 400)
    frame.show()
    frame.activateWindow()
    made.see((clash(A, "鸡蛋"), clash(B, "牛奶"), clash(C, "花生")))
    yield made
    frame.close()


def press(*keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key, modifier)


def same(clearing):
    return clearing.findChild(QPushButton, "classroom.clear_same")


def test_a_reason_is_said_of_one_child_and_her_allergens_only(clearing):
    assert clearing.cleared() == Cleared()
    clearing.take_focus()
    press(Key.Key_2)
    assert clearing.cleared() == Cleared((answer(A, "已换替餐", "鸡蛋"),))
    assert clearing.answered() == {A}


def test_enter_walks_from_child_to_child_and_keeps_after_the_last(clearing):
    kept = []
    clearing.keep_requested.connect(lambda: kept.append(clearing.cleared()))
    clearing.take_focus()
    press(Key.Key_2, Key.Key_Return, Key.Key_Return, Key.Key_5)
    assert kept == []
    press(Key.Key_Return)
    assert kept == [Cleared((answer(A, "已换替餐", "鸡蛋"), answer(C, "家长书面同意", "花生")))]


def test_what_was_done_is_chosen_and_not_guessed_from_her_words(clearing, qtbot):
    clearing.take_focus()
    press(Key.Key_3, Key.Key_Return, Key.Key_6)
    qtbot.keyClicks(QApplication.focusWidget(), "swap forgotten")
    assert [one.way for one in clearing.cleared().answers] == ["picked", "safe"]


def test_the_key_gives_the_same_reason_to_those_without_one_and_takes_nobody_hers(clearing):
    assert same(clearing).isVisible()
    assert not same(clearing).isEnabled()  # nothing is said yet that could be given
    clearing.take_focus()
    press(Key.Key_2, Key.Key_Return, Key.Key_4)
    QTest.keyClick(clearing, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert clearing.cleared() == Cleared(
        (
            answer(A, "已换替餐", "鸡蛋"),
            answer(B, "配料逐样核对过，不含", "牛奶"),
            answer(C, "配料逐样核对过，不含", "花生"),
        )
    )
    assert not same(clearing).isEnabled()


def test_her_own_words_count_once_they_are_there(clearing, qtbot):
    clearing.take_focus()
    press(Key.Key_6)
    assert clearing.answered() == frozenset()
    qtbot.keyClicks(QApplication.focusWidget(), "tolerant")
    assert clearing.cleared() == Cleared((answer(A, "tolerant", "鸡蛋"),))
    QTest.keyClick(clearing, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert {one.reason for one in clearing.cleared().answers} == {"tolerant"}
    press(Key.Key_Return)
    press(Key.Key_1)
    assert clearing.answered() == {A, C}


def test_food_that_turns_out_to_name_more_voids_what_was_said_of_that_child_alone(clearing):
    for row in clearing.rows:
        row.reasons.button("已换替餐").click()
    clearing.ask_about(frozenset({(A, "鸡蛋"), (A, "牛奶"), (B, "牛奶")}), NAMES)
    assert clearing.answered() == {B, C}
    clearing.rows[0].reasons.button("家长书面同意").click()
    assert clearing.cleared().answers[0] == answer(A, "家长书面同意", "鸡蛋", "牛奶")


def test_why_she_may_eat_one_dish_is_said_of_no_other_though_it_names_the_same(clearing):
    heard = []
    clearing.changed.connect(lambda: heard.append(clearing.answered()))
    clearing.eats("午餐番茄炒蛋")
    clearing.rows[0].reasons.button("已换替餐").click()
    clearing.eats("")  # the menu is being read
    clearing.eats("午餐番茄炒蛋")
    assert clearing.answered() == {A}
    clearing.eats("午点蛋糕")
    assert clearing.answered() == frozenset()
    assert heard[-1] == frozenset()


def test_another_menu_keeps_whose_allergens_are_as_before(clearing):
    for row in clearing.rows:
        row.reasons.button("已换替餐").click()
    clearing.see((clash(B, "牛奶"), clash(C, "鸡蛋")))
    assert [row.visit for row in clearing.rows] == [B, C]
    assert clearing.answered() == {B}
    clearing.see((clash(B, "牛奶"),))
    assert not same(clearing).isVisible()
    clearing.forget()
    assert clearing.isHidden()
    clearing.see((clash(B, "牛奶"),))
    assert clearing.answered() == frozenset()
