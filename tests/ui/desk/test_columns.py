"""One column of the desk: which keys it keeps, whom it chooses, and what it says where nobody stands."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.looks import Tone
from app.ui.desk import columns
from app.ui.desk.columns import Column
from app.ui.desk.model import Heading
from tests.ui.desk import data
from tests.ui.painting import words_on

ROWS = (data.YUQING, data.LATE, data.HOURLY)
EMPTY = "半小时内没有要接的孩子。"


class Paintings(QObject):
    """Counts how often a window is painted, whatever of it."""

    def __init__(self, window):
        super().__init__(window)
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, _window, event):  # noqa: N802 - Qt's name
        self.count += event.type() == QEvent.Type.UpdateRequest
        return False


class Around(QWidget):
    """What the list leaves to the desk."""

    def __init__(self):
        super().__init__()
        self.keys = []
        QVBoxLayout(self)

    def keyPressEvent(self, event):  # noqa: N802 - Qt's name
        self.keys.append(event.key())


@pytest.fixture
def column(qtbot, ink):
    around = Around()
    qtbot.addWidget(around)
    made = Column("due", "待接（30分钟内）", EMPTY, Tone.WARN, ink)
    made.around = around
    around.layout().addWidget(made)
    around.resize(300, 400)
    around.show()
    around.activateWindow()
    made.heard = []
    made.chosen.connect(lambda row: made.heard.append(row.name))
    return made


@pytest.fixture
def painted(monkeypatch):
    """The words that a column or its heading paints by itself."""
    return lambda widget: words_on(widget, columns, monkeypatch)


def test_arrows_walk_the_rows_and_every_other_key_is_left_to_the_desk(column, qtbot):
    column.show_items(ROWS, 3)
    column.select(data.YUQING.child)
    column.view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_2, Qt.Key.Key_W, Qt.Key.Key_Return):
        qtbot.keyClick(column.view, key)
    assert column.heard == ["王梓萱"]
    assert column.around.keys == [Qt.Key.Key_2, Qt.Key.Key_W, Qt.Key.Key_Return]


def test_the_focus_alone_chooses_nobody(column):
    column.view.clearFocus()
    column.show_items(ROWS, 3)
    column.view.setFocus()
    assert column.view.hasFocus()
    assert not column.view.currentIndex().isValid()
    assert column.heard == []


def test_a_choice_made_for_the_reader_is_told_only_when_it_is_asked_for(column):
    column.show_items(ROWS, 3)
    assert column.select(data.LATE.child)
    assert column.heard == []
    assert column.select(data.HOURLY.child, quiet=False)
    assert column.heard == ["李𬱖昊"]
    assert not column.select(data.GONE.child)
    assert not column.view.selectionModel().hasSelection()


def test_a_double_click_opens_a_child_and_no_heading(column, qtbot):
    column.show_items((data.YUQING, Heading("刚刚离园", 1), data.GONE), 1)
    opened = []
    column.opened.connect(lambda row: opened.append(row.name))
    for at in range(3):
        column.view.doubleClicked.emit(column.model.index(at))
    assert opened == ["朱予晴", "陈可欣"]


def test_while_it_is_read_nothing_is_said_to_be_empty(column, painted):
    assert painted(column) == []
    column.show_items((), 0)
    assert painted(column) == [EMPTY]
    assert column.view.isHidden()


def test_what_could_not_be_read_is_said_unless_rows_were_shown_before(column, painted):
    column.show_failed("现在读不到。")
    assert painted(column) == ["现在读不到。"]
    column.show_items(ROWS, 3)
    column.show_items((), 0)
    column.show_failed("这一句不要。")
    assert painted(column) == ["现在读不到。"]


def test_a_heading_says_its_count_and_gives_up_what_stands_in_brackets(column, painted):
    column.head.set_count(12)
    assert column.head.accessibleName() == "待接（30分钟内） 12"
    column.head.resize(300, column.head.height())
    assert painted(column.head) == ["12", "待接（30分钟内）"]
    column.head.resize(110, column.head.height())
    assert painted(column.head) == ["12", "待接"]


def test_a_child_who_joins_the_list_is_drawn_by_one_painting(column, qtbot):
    column.show_items(ROWS[:2], 2)
    qtbot.waitExposed(column.around)
    qtbot.wait(50)
    paintings = Paintings(column.around)
    column.show_items(ROWS, 3)
    qtbot.waitUntil(lambda: paintings.count > 0)
    qtbot.wait(50)
    assert paintings.count == 1
    assert column.view.visualRect(column.model.index(2)).height() > 0
