"""The open question of allergies at the desk."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from app.ui.desk.allergy_box import AllergyBox
from app.ui.desk.ink import DeskInk
from app.ui.desk.persons import chips_of
from app.ui.theme import Theme
from tests.ui.desk import data
from tests.ui.desk.test_page import desk, focused, room  # noqa: F401 - fixtures
from tests.ui.support import settle

Key = Qt.Key
ASKED = dataclasses.replace(data.LEYAO, allergy_unknown=True)


@pytest.fixture
def box(qtbot):
    from PySide6.QtWidgets import QApplication

    theme = Theme()
    theme.apply(QApplication.instance(), "light", 100)
    box = AllergyBox(DeskInk.of(theme))
    qtbot.addWidget(box)
    box.heard, box.said = [], []
    box.answered.connect(lambda *told: box.heard.append(told))
    box.complained.connect(box.said.append)
    box.show_row(ASKED)
    box.show()
    return box


def test_the_question_stands_only_while_it_is_open(box):
    assert not box.isHidden()
    box.show_row(data.YUQING)
    assert box.isHidden()
    assert chips_of(ASKED)[-1].words == "过敏未答 · 先不进食"


def test_what_was_typed_goes_with_the_child(box):
    box.answer.button("has").click()
    box.substances.setText("鸡蛋")
    box.show_row(dataclasses.replace(data.SICK, allergy_unknown=True))
    assert (box.answer.value(), box.substances.text(), box.substances.isHidden()) == ("", "", True)


def test_substances_are_told_apart_and_somebody_must_have_said_it(box, qtbot):
    box.keep.click()
    assert "先答有没有过敏" in box.said[-1]
    box.answer.button("has").click()
    box.substances.setText("鸡蛋、 花生，")
    box.keep.click()
    assert "谁说的" in box.said[-1]
    assert box.heard == []
    box.told_by.setText("妈妈电话确认")
    qtbot.keyClick(box.told_by, Key.Key_Return)
    assert box.heard == [(ASKED.child, "has", ("鸡蛋", "花生"), "妈妈电话确认")]


def test_answered_from_the_panel_the_chip_goes_and_enter_takes_nobody_in(room, qtbot, desk):  # noqa: F811
    desk._move(data.LEYAO.child, allergy_unknown=True)
    room.refresh()
    room.show_for_test(data.LEYAO.child)
    assert not room.panel.allergy.isHidden()
    qtbot.keyClick(focused(room), Key.Key_G)
    qtbot.keyClick(focused(room), Key.Key_1)
    qtbot.keyClicks(focused(room), "mama")
    qtbot.keyClick(focused(room), Key.Key_Return)
    settle(qtbot, room.context)
    assert desk.calls == [("none", (), "mama")]
    assert room.panel.allergy.isHidden()
