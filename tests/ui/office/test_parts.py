"""A figure on a card: read aloud whole, coloured where it has to be looked at, plain when it is well."""

import pytest
from PySide6.QtWidgets import QLabel

from app.domain.looks import Tone
from app.ui.office.parts import FigureCard
from app.ui.theme import Theme


@pytest.fixture
def card(qtbot, qapp):
    made = FigureCard(Theme(), "office.attendance", "出勤率")
    qtbot.addWidget(made)
    made.resize(180, 90)
    return made


def test_before_anything_is_known_it_shows_no_number(card):
    assert [one.text() for one in card.findChildren(QLabel)] == ["出勤率", "—", ""]


def test_name_value_and_source_are_read_aloud_together(card):
    card.show_figure("92.5%", "应到 1,540 人次")
    assert card.accessibleName() == "出勤率 92.5%，应到 1,540 人次"


def test_a_tone_colours_the_line_below_until_the_figure_is_well_again(card):
    line = card.findChildren(QLabel)[-1]
    for tone, role in ((Tone.BAD, "error"), (Tone.WARN, "warning"), (Tone.OK, "small")):
        card.show_figure("12", "人次", tone)
        assert line.property("role") == role


def test_a_long_source_breaks_only_where_it_was_allowed_to(card):
    card.show_figure("12", "按全国托育服务统计口径，出勤人次除以应出勤人次")
    one_line = card.minimumSizeHint()
    card.wrap(True)
    assert card.minimumSizeHint().width() < one_line.width()
    assert card.heightForWidth(160) > one_line.height()
