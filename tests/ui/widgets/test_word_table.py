"""The small table of words."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.ui.theme import Theme
from app.ui.widgets.word_table import WordTable

ROWS = (("小星星 乳儿班", "10", "93.9%"), ("抱抱龙 托大班", "20", "91.8%"))


@pytest.fixture
def table(qtbot):
    table = WordTable(Theme(), "try.table", ("班级", "托位", "出勤率"))
    qtbot.addWidget(table)
    return table


def words(table):
    return [one.text() for one in table.findChildren(QLabel) if not one.isHidden()]


def test_the_rows_stand_below_their_heads(table):
    table.show_rows(ROWS)
    assert words(table) == ["班级", "托位", "出勤率", *ROWS[0], *ROWS[1]]


def test_new_rows_take_the_place_of_the_old(table):
    table.show_rows(ROWS)
    table.show_rows(ROWS[1:])
    assert words(table) == ["班级", "托位", "出勤率", *ROWS[1]]


def test_a_reader_hears_every_row(table):
    table.show_rows(ROWS)
    assert table.accessibleName() == "小星星 乳儿班 10 93.9%；抱抱龙 托大班 20 91.8%"


def test_numbers_stand_at_the_right_and_names_at_the_left(table):
    table.show_rows(ROWS)
    sides = {one.text(): one.alignment() for one in table.findChildren(QLabel)}
    assert sides["小星星 乳儿班"] & Qt.AlignmentFlag.AlignLeft
    assert sides["93.9%"] & Qt.AlignmentFlag.AlignRight
