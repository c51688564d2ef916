"""Lists of painted rows: Enter is told, the rest moves."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QListView

from app.ui.theme import Theme
from app.ui.widgets.rows import RowDelegate, RowsView


class Narrow(RowDelegate):
    SIZE = (100, 40)


@pytest.fixture
def view(qtbot):
    theme = Theme()
    made = RowsView(theme, "some.list", "一些")
    qtbot.addWidget(made)
    made.setModel(QStringListModel(["甲", "乙", "丙"], made))
    made.setItemDelegate(Narrow(theme, made))
    made.show()
    made.light(0)
    return made


def test_enter_means_the_lit_row_and_the_arrows_move(view, qtbot):
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    with qtbot.waitSignal(view.entered_row):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(view.entered_row):
        qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # the page's own


def test_a_row_is_as_high_as_its_delegate_says_and_one_is_lit(view):
    assert view.sizeHintForRow(0) == Theme().px(40)
    view.light(2)
    assert [index.row() for index in view.selectionModel().selectedIndexes()] == [2]
    assert view.verticalScrollMode() is QListView.ScrollMode.ScrollPerPixel
