"""Columns that scroll only where they are too high."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.widgets.layouts import BendingPage, FlowLayout, PageScroll, scrolled

_WORDS = "把孩子留在班里，不要争执，请立即打电话给监护人，并叫园长来。" * 6


@pytest.fixture
def column(qtbot):
    """A column of words that wrap, and the area it scrolls in."""
    body = QWidget()
    words = QLabel(_WORDS)
    words.setWordWrap(True)
    QVBoxLayout(body).addWidget(words)
    area = scrolled(body)
    qtbot.addWidget(area)
    area.resize(300, 600)
    area.show()
    return area


def _needed(area):
    return area.widget().layout().totalHeightForWidth(area.maximumViewportSize().width())


def test_a_column_that_fits_exactly_shows_no_bar(column):
    column.resize(300, _needed(column))
    assert column.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert column.viewport().width() == column.width()


def test_a_column_a_pixel_too_high_scrolls_to_its_last_line(qtbot, column):
    column.resize(300, _needed(column) - 1)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    assert column.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
    beside = column.widget().layout().totalHeightForWidth(column.viewport().width())
    assert column.widget().height() >= beside
    assert column.verticalScrollBar().maximum() >= beside - column.viewport().height()


def test_the_bar_leaves_when_the_words_become_few(qtbot, column):
    column.resize(300, 60)
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    column.widget().findChild(QLabel).setText("好")
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() == 0)
    assert column.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_page_whose_parts_scroll_keeps_its_acts_in_sight(qtbot):
    page = BendingPage()
    words, tall, foot = QWidget(), QWidget(), QWidget()
    tall.setMinimumHeight(800)
    QVBoxLayout(words).addWidget(tall)
    flow = FlowLayout(foot)
    flow.addWidget(QLabel("记下"))
    column = QVBoxLayout(page)
    column.addWidget(scrolled(words), 1)
    column.addWidget(foot)
    area = PageScroll(page, "page")
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitUntil(lambda: page.height() == area.viewport().height())
    assert area.verticalScrollBar().maximum() == 0
    assert foot.geometry().bottom() < 200
    area.resize(300, 60)  # and where even the least has no room, the page scrolls
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)


def test_a_flow_follows_its_items(qtbot):
    """What it has worked out once does not outlive a longer word, one that is hidden, or one that goes."""
    page = QWidget()
    flow = FlowLayout(page, spacing=0)
    for _ in range(3):
        label = QLabel("晨检")
        label.setFixedSize(80, 20)
        flow.addWidget(label)
    qtbot.addWidget(page)
    page.show()
    first = flow.itemAt(0).widget()
    assert (flow.heightForWidth(240), flow.heightForWidth(160), flow.minimumSize().width()) == (20, 40, 80)
    first.setFixedSize(100, 20)
    assert (flow.heightForWidth(240), flow.minimumSize().width()) == (40, 100)
    first.hide()
    assert flow.heightForWidth(160) == 20
    first.show()
    assert flow.heightForWidth(160) == 40
    flow.takeAt(0)
    assert (flow.heightForWidth(160), flow.minimumSize().width()) == (20, 80)
    first.setParent(None)
