"""While no child is chosen: how one is, in words that do not move aside when the panel takes over."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel

from app.ui.desk.panel import SidePanel
from app.ui.desk.side import empty_side, empty_words


@pytest.mark.parametrize("key", ["方向键", "Ctrl K", "F2"])
def test_it_says_every_way_to_a_child(qtbot, key):
    words = empty_words()
    qtbot.addWidget(words)
    assert key in words.text()


def test_the_words_stand_in_the_panel_between_the_edges_the_card_of_the_start_had_them(qtbot, ink):
    edges = []
    for made in (empty_side(ink), SidePanel(ink)):
        qtbot.addWidget(made)
        made.resize(340, 620)
        made.show()
        QApplication.processEvents()
        (words,) = (one for one in made.findChildren(QLabel) if "Ctrl K" in one.text())
        left = words.mapTo(made, QPoint()).x()
        edges.append((left, left + words.width()))
    assert edges[0] == edges[1]
