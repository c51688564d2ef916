"""Cells of the grid, weight of chips, the models of the classroom."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize

from app.domain.looks import Chip, Tone
from app.ui.classroom.cards import fit_cells, in_order_of_weight
from app.ui.classroom.models import RosterModel, TimelineModel
from tests.ui.classroom import data


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
