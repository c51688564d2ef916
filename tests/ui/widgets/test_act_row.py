"""Acts in one line: what has no room is a line of 更多, and is done by its key all the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.ui.theme import Theme
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.more import MoreMenu

Key = Qt.Key
ACTS = (
    ("存", "F2", "primary"),
    ("改一改", "F3", ""),
    ("去掉这一条", "F4", "danger"),
    ("打印出来看看", "F6", ""),
)


class Foot:
    """A row below a page, with what was done."""

    def __init__(self, qtbot):
        self.theme = Theme()
        self.done = []
        self.frame = QWidget()
        self.page = QWidget()
        self.page.setMinimumHeight(400)
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.row = ActRow(self.theme, "room")
        for words, key, kind in ACTS:
            act = KeyButton(self.theme, words, key, kind=kind, object_name=f"room.{key}")
            act.clicked.connect(lambda _on=False, key=key: self.done.append(key))
            self.row.add(act)
        column = QVBoxLayout(self.frame)
        column.addWidget(self.page)
        column.addWidget(self.row)
        qtbot.addWidget(self.frame)
        self.wide(1000)
        with qtbot.waitExposed(self.frame):
            self.frame.show()
        self.frame.activateWindow()
        self.page.setFocus()
        QApplication.processEvents()

    def wide(self, width):
        self.frame.resize(width, 500)
        QApplication.processEvents()

    @property
    def shown(self):
        return [one.objectName()[5:] for one in self.row.acts if one.isVisible()]

    @property
    def lines(self):
        return [one.objectName()[5:] for one in self.row.acts if one.tucked]


@pytest.fixture
def foot(qtbot):
    return Foot(qtbot)


def test_all_stand_in_one_line_while_they_have_room(foot):
    assert (foot.shown, foot.lines, foot.row.more.isVisible()) == (["F2", "F3", "F4", "F6"], [], False)
    high = foot.row.height()
    foot.wide(420)
    assert foot.row.height() == high
    assert (foot.shown, foot.lines, foot.row.more.isVisible()) == (["F2", "F3"], ["F4", "F6"], True)
    foot.wide(1000)
    assert (foot.shown, foot.lines, foot.row.more.isVisible()) == (["F2", "F3", "F4", "F6"], [], False)


def test_what_has_no_room_is_done_by_its_key_unless_greyed_or_hidden(foot, qtbot):
    foot.wide(420)
    qtbot.keyClick(foot.page, Key.Key_F6)
    assert foot.done == ["F6"]
    foot.row.acts[3].setEnabled(False)
    qtbot.keyClick(foot.page, Key.Key_F6)
    foot.wide(1000)
    foot.row.acts[3].setEnabled(True)
    qtbot.keyClick(foot.page, Key.Key_F6)
    assert foot.done.pop() == "F6"
    assert foot.done == ["F6"]
    foot.wide(420)
    foot.row.acts[3].hide()
    QApplication.processEvents()
    qtbot.keyClick(foot.page, Key.Key_F6)
    assert foot.done == ["F6"]
    foot.row.acts[3].show()
    QApplication.processEvents()
    qtbot.keyClick(foot.page, Key.Key_F6)
    assert foot.done == ["F6", "F6"]


def test_q_opens_the_list_arrows_walk_it_and_enter_does_a_line(foot, qtbot):
    foot.wide(420)
    qtbot.keyClick(foot.page, Key.Key_Q)
    assert isinstance(foot.row.menu, MoreMenu)
    assert foot.row.menu.isVisible()
    assert foot.frame.focusWidget() is foot.row.acts[2]
    qtbot.keyClick(foot.frame.focusWidget(), Key.Key_Down)
    assert foot.frame.focusWidget() is foot.row.acts[3]
    qtbot.keyClick(foot.frame.focusWidget(), Key.Key_Return)
    assert foot.done == ["F6"]
    assert not foot.row.menu.isVisible()
    assert foot.frame.focusWidget() is foot.row.more


def test_an_act_that_comes_up_takes_its_place_and_the_last_ones_give_way(foot):
    foot.row.acts[0].hide()
    foot.wide(foot.row.sizeHint().width() + foot.frame.width() - foot.row.width())
    assert foot.lines == []
    foot.row.acts[0].show()
    QApplication.processEvents()
    assert foot.shown[0] == "F2"
    assert foot.lines == ["F4", "F6"]  # the button 更多 needs room, too


def test_the_main_act_stays_whatever_room_there_is(foot):
    foot.wide(220)
    assert foot.shown == ["F2"]
    assert foot.row.acts[0].fits
    assert not foot.row.bare
