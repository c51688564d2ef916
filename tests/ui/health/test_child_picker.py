"""One way to name a child in a form: by letters, or by her class."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.health_people import ChildChoice
from app.ui.health.child_picker import ClassPicker, LetterPicker
from app.ui.theme import Theme

CHOICES = [
    ChildChoice(1, "张沐阳", 3, "抱抱龙", True, "张沐阳 阳阳 zhangmuyang zmy"),
    ChildChoice(2, "张欣", 3, "抱抱龙", True, "张欣  zhangxin zx"),
    ChildChoice(3, "曾雨桐", 1, "小星星", True, "曾雨桐  zengyutong zyt"),
]


@pytest.fixture
def made(qtbot):
    def make(kind, *more):
        picker = kind(Theme(), "picker", "孩子", CHOICES, *more)
        qtbot.addWidget(picker)
        return picker

    return make


def test_letters_offer_whom_they_mean_and_enter_takes_the_first(made, qtbot):
    picker = made(LetterPicker)
    assert picker.hits.isHidden()
    qtbot.keyClicks(picker.field.edit, "zhang")
    assert (picker.child, list(picker.hits._buttons)) == (None, ["1", "2"])
    with qtbot.waitSignal(picker.walked_on):
        QTest.keyClick(picker.field.edit, Qt.Key.Key_Return)
    assert picker.child == 1
    picker.choose(3)
    assert (picker.child, picker.field.text()) == (3, "曾雨桐")
    picker.choose(None)
    assert picker.child == 3


def test_a_class_offers_its_children_and_the_own_class_is_chosen_first(made, qtbot):
    picker = made(ClassPicker, 3)
    assert (picker.classes.value(), list(picker.hits._buttons), picker.child) == ("3", ["1", "2"], None)
    with qtbot.waitSignal(picker.picked):
        picker.hits.button("2").click()
    assert picker.child == 2
    with qtbot.waitSignals([picker.picked, picker.offered]):
        picker.classes.button("1").click()
    assert (list(picker.hits._buttons), picker.child) == (["3"], None)
    assert made(ClassPicker).classes.value() == "3"  # nobody's own: the first
    assert made(ClassPicker, 99).classes.value() == "3"
