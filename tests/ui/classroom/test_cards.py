"""Cells of the grid, weight of chips, the models of the classroom."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from app.domain.looks import Chip, Tone
from app.ui.classroom.cards import CardDelegate, fit_cells, in_order_of_weight, lay_chips, left_out
from app.ui.classroom.models import RosterModel, TimelineModel
from app.ui.icons import Icons
from app.ui.theme import Theme
from tests.ui.classroom import data
from tests.ui.support import Heard


def test_twenty_children_fit_the_room_of_a_small_screen_without_scrolling():
    room = QSize(886, 508)
    cells = fit_cells(room, 20, 1.0)
    assert cells.columns == 5
    assert 4 * cells.height <= room.height()


@given(st.integers(1, 2000), st.integers(1, 1400), st.integers(0, 60), st.floats(1.0, 2.0))
def test_a_line_of_cells_never_touches_the_edge_and_no_cell_is_unreadable(width, height, cards, unit):
    cells = fit_cells(QSize(width, height), cards, unit)
    assert cells.columns * cells.width < width or cells.width == 1
    assert cells.height >= round(104 * unit)


def test_an_allergy_is_never_the_chip_that_is_left_out():
    chips = (Chip("临时托", Tone.INFO), Chip(""), Chip("14:00 接", Tone.WARN), data.EGG)
    assert in_order_of_weight(chips) == [data.EGG, Chip("14:00 接", Tone.WARN), Chip("临时托", Tone.INFO)]


def test_models_keep_the_model_contract(qtmodeltester):
    roster, timeline = RosterModel(), TimelineModel()
    roster.replace(data.CARDS)
    timeline.replace(data.ROWS)
    qtmodeltester.check(roster)
    qtmodeltester.check(timeline)
    assert roster.position(data.YINUO.visit) == 2
    assert timeline.words_of(data.ROWS[2]) == "11:00 喝水 120 ml"


def test_a_wide_screen_gets_wider_cards_rather_than_a_short_last_line():
    cells = fit_cells(QSize(1390, 760), 18, 1.0)
    assert cells.columns == 6  # eight would fit, and leave two children alone below
    assert cells.height == 200


def test_the_count_of_chips_left_out_never_lies_over_a_chip():
    wide = [70.0, 60.0, 60.0, 50.0]
    placed = lay_chips(wide, 150, 1, 4, spare=30)
    assert placed == [(0.0, 0, 70.0)]
    assert lay_chips(wide, 150, 2, 4) == [(0.0, 0, 70.0), (74.0, 0, 60.0), (0.0, 1, 60.0), (64.0, 1, 50.0)]
    assert lay_chips([200.0, 60.0], 150, 1, 4, spare=30) == [(0.0, 0, 116.0)]
    assert lay_chips([], 150, 1, 4, spare=30) == []


def test_what_has_no_place_on_a_card_is_as_grave_as_the_gravest_of_it():
    dose, allergy = Chip("14:05 喂药", Tone.WARN), Chip("牛奶过敏", Tone.BAD)
    plain = Chip("全日托")
    assert left_out((dose, allergy)) == Chip("+2", Tone.BAD)
    assert left_out((plain, dose)) == Chip("+2", Tone.WARN)
    assert left_out((plain, Chip("半日", Tone.INFO))) == Chip("+2")
    assert left_out(()).words == ""


def heard(card, width, height, *, scale=100, dense=False):
    """What is painted of a card in a cell of this size, and what of it is cut."""
    theme = Theme()
    theme.apply(QApplication.instance(), "light", scale)
    model = RosterModel()
    model.replace([card])
    delegate = CardDelegate(theme, Icons(theme))
    delegate.dense = dense
    image = QImage(width * scale // 100, height * scale // 100, QImage.Format.Format_RGB32)
    option = QStyleOptionViewItem()
    option.rect = image.rect()
    painter = Heard(image)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return [words for _box, words in painter.words]


@pytest.mark.parametrize(
    ("width", "height", "dense"), [(168, 104, False), (176, 104, False), (176, 150, False), (420, 64, True)]
)
@pytest.mark.parametrize("scale", [100, 150])
def test_the_hour_at_which_she_is_soon_collected_is_never_but_counted(qapp, width, height, dense, scale):
    chips = (Chip("临时托", Tone.INFO), data.EGG, Chip("14:00 接", Tone.WARN), Chip("嘱咐 1", Tone.WARN))
    card = dataclasses.replace(data.YUQING, chips=chips, leaving="14:00 接")
    words = heard(card, width, height, dense=dense, scale=scale)
    assert words.count("14:00 接") == 1
    assert "鸡蛋过敏" in words


def test_on_a_line_how_long_ago_is_said_whole_or_not_at_all(qapp):
    since = ("上次喝奶 44 分钟前", "上次如厕 2 小时 47 分前", "上次睡醒 1 小时前")
    words = heard(dataclasses.replace(data.YUQING, since=since), 430, 64, dense=True)
    assert "奶 44 分前 · 厕 2 时 47 分前" in words
