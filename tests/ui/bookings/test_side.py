"""The pane of one cell: its bookings read aloud, what stays chosen, and what can be done with it."""

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.bookings.side import SidePane
from tests.ui.bookings import data
from tests.ui.painting import words_of_row
from tests.ui.support import make_context

ROWS = (data.YUQING, data.GONE, data.booking(3, "李𬱖昊"))


class Around(QWidget):
    """What the list leaves to the room."""

    def __init__(self):
        super().__init__()
        self.keys = []

    def keyPressEvent(self, event):  # noqa: N802 - Qt's name
        self.keys.append(event.key())


@pytest.fixture
def pane(qtbot):
    context = make_context(qtbot, None)
    around = Around()
    qtbot.addWidget(around)
    made = SidePane(context.theme, context.icons)
    QVBoxLayout(around).addWidget(made)
    made.around, made.heard = around, []
    made.chosen.connect(made.heard.append)
    around.resize(320, 560)
    around.show()
    around.activateWindow()
    return made


def offered(pane):
    return [made.text() for made in (pane.change, pane.cancel, pane.miss) if not made.isHidden()]


def test_an_empty_cell_says_so_in_its_own_words(pane):
    pane.show_rows("小星星 周三", "", ())
    assert (pane.empty.text(), pane.list.isHidden()) == ("这里还没有预约。按 N 新预约。", True)
    pane.show_rows("小星星 周五", "", (), empty="元旦不开园。")
    assert (pane.empty.text(), pane.heard[-1]) == ("元旦不开园。", None)
    assert pane.load.isHidden()


def test_the_first_is_chosen_and_a_choice_stays_while_it_is_there(pane):
    pane.show_rows("", "", ROWS)
    assert pane.heard[-1] == data.YUQING.id
    pane.select(ROWS[2].id)
    pane.show_rows("", "", (ROWS[1], ROWS[2], ROWS[0]))
    assert pane.booking == ROWS[2].id
    pane.show_rows("", "", ROWS[:2])
    assert pane.booking in {row.id for row in ROWS[:2]}
    assert pane.heard[-1] == pane.booking


def test_arrows_walk_and_enter_del_and_letters_go_to_the_room(pane):
    pane.show_rows("", "", ROWS)
    pane.list.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_N):
        QTest.keyClick(pane.list, key)
    assert pane.booking == data.GONE.id
    assert pane.around.keys == [Qt.Key.Key_Return, Qt.Key.Key_N]


def test_a_row_is_read_with_all_that_is_painted(pane):
    pane.show_rows("", "", ROWS)
    spoken = pane.model.data(pane.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "朱予晴，2岁，9:00–11:00，计时托，每周，预约，要带小兔子"
    words = words_of_row(pane.list.itemDelegate(), pane.model.index(0), 420)
    assert words[-2:] == ["朱予晴", "9:00–11:00 · 计时托 · 每周 · 要带小兔子"]


def test_a_long_name_gives_way_to_the_state(pane):
    pane.show_rows("", "", (dataclasses.replace(data.YUQING, name="阿卜杜热合曼·买买提艾力" * 3),))
    words = words_of_row(pane.list.itemDelegate(), pane.model.index(0), 260)
    assert "预约" in words
    assert words[-2].endswith("…")


@pytest.mark.parametrize(
    ("changed", "acts"),
    [
        ({}, ["改期", "取消预约"]),
        ({"may_miss": True}, ["改期", "取消预约", "记未到"]),
        ({"row": data.GONE}, []),
    ],
)
def test_only_what_can_be_done_with_it_is_offered(pane, changed, acts):
    pane.show_card(dataclasses.replace(data.CARD, **changed))
    assert offered(pane) == acts
    assert pane._acts.isHidden() is not bool(acts)


def test_of_a_booking_all_that_is_known_is_told_and_of_none_nothing(pane):
    pane.show_card(dataclasses.replace(data.CARD, override_reason="园长同意"))
    assert pane.detail.text().split("\n") == [
        "妈妈 赵敏 139****1177",
        "来过 4 次",
        "每周三，还有 5 次",
        "破例：园长同意",
        "林晓 登记",
    ]
    pane.show_card(None)
    assert pane.detail.isHidden()
    assert offered(pane) == []
