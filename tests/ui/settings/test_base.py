"""The acts of a settings page: in sight below the columns, or with them where there is no height."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea

from app.ui.settings.page import PAGES

_KEYS = [spec.key for spec in PAGES if spec.key not in {"machine", "backup"}]


@pytest.mark.parametrize("key", _KEYS)
def test_the_columns_scroll_so_that_the_acts_stay_in_sight(hands, key):
    page = hands.page(key)
    hands.room.resize(1280, 420)
    hands.settle()
    around = page.parentWidget().parentWidget()
    assert isinstance(around, QScrollArea)
    assert around.verticalScrollBar().maximum() == 0  # one bar does
    foot = page._foot.mapTo(hands.room, QPoint(0, page._foot.height()))
    assert page._foot.isVisible()
    assert foot.y() <= hands.room.height()


def test_the_acts_go_into_the_column_where_the_page_is_very_low_and_come_back(hands):
    page = hands.page("centre")
    scroll = page.findChild(QScrollArea, "settings.centre.scroll")
    assert not scroll.isAncestorOf(page._foot)
    hands.room.resize(1280, 270)
    hands.settle()
    assert page.height() < page.context.theme.px(240)
    assert scroll.isAncestorOf(page._foot)
    hands.room.resize(1280, 700)
    hands.settle()
    assert not scroll.isAncestorOf(page._foot)
    assert page._foot.isVisible()
