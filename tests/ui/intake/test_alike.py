"""就是这个孩子吗: the likest has the first key, a fourth has none, and nobody's key is left behind."""

import pytest
from PySide6.QtCore import Qt

from app.domain.ids import ChildId
from app.services.intake_card import Filed
from app.ui.intake.alike import AlikeBox

FILED = tuple(Filed(ChildId(at), f"张沐阳{at}", f"张沐阳{at}（2023-06-01 生）") for at in range(1, 5))


@pytest.fixture
def box(ground):
    made = ground.put(AlikeBox(ground.context.theme))
    made.show_filed(FILED[:1])
    made.heard = []
    made.chosen.connect(made.heard.append)
    return made


def test_three_are_offered_by_a_key_each_and_a_fourth_is_not(ground, box):
    box.show_filed(FILED)
    ground.settle()
    ground.press(Qt.Key.Key_F8, Qt.Key.Key_F6, Qt.Key.Key_F7)
    assert box.heard == [3, 1, 2]
    assert FILED[3].words not in ground.words()


def test_the_key_of_one_who_is_no_longer_alike_does_nothing(ground, box):
    box.show_filed(FILED[:2])
    ground.settle()
    box.show_filed(FILED[1:2])
    ground.settle()
    ground.press(Qt.Key.Key_F7, Qt.Key.Key_F6)
    assert box.heard == [2]
    box.show_filed(())
    ground.settle()
    assert not box.isVisible()
    ground.press(Qt.Key.Key_F6)
    assert box.heard == [2]


def test_the_button_is_read_aloud_with_whom_it_takes(box):
    assert box._buttons[0].text() == "取出档案"
    assert box._buttons[0].accessibleName() == "就是张沐阳1，取出档案"
