"""The speed of the scanner, and the way to the cards."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.ui.preferences import Preferences
from app.ui.settings.scanner_card import ScannerCard
from tests.ui.support import make_context


@pytest.fixture
def context(qtbot, tmp_path):
    made = make_context(qtbot, None)
    made.preferences = Preferences(tmp_path / "preferences.json")
    return made


@pytest.mark.parametrize("gap", [35, 0, 27])
def test_the_speed_in_force_is_lit_also_an_odd_one(qtbot, context, gap):
    context.preferences.choose(scanner_gap=gap)
    card = ScannerCard(context)
    qtbot.addWidget(card)
    lit = [b.objectName() for b in card.findChildren(QPushButton) if b.isChecked()]
    assert lit == [f"settings.scanner.{gap}"]


def test_another_speed_is_kept_and_the_cards_are_asked_for(qtbot, context):
    card = ScannerCard(context)
    qtbot.addWidget(card)
    wanted = []
    context.go_wanted.connect(lambda room, _: wanted.append(room))
    card.findChild(QPushButton, "settings.scanner.50").click()
    card.findChild(QPushButton, "settings.cards").click()
    assert context.preferences.choices.scanner_gap == 50
    assert wanted == ["cards"]
