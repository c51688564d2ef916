"""A child registered by mistake: taken back at once, she never was; her card is there again."""

from PySide6.QtWidgets import QApplication

from app.practice import TOUR_MOMENT
from app.ui.tour.story import Story
from tests.journeys.journey import DESK
from tests.ui.stage import CHILD


def test_a_registration_taken_back_leaves_a_desk_that_is_drawn_and_a_card_that_can_be_mended(opened):
    centre = opened(TOUR_MOMENT)
    centre.sign_in(DESK)
    centre.press("F2")
    Story(centre.hands, centre.application, centre.clock)._fill_card()
    centre.press("Ctrl+Return")
    panel = centre.window.room("desk").panel
    assert panel.row.name == CHILD
    centre.press("Ctrl+Z")
    assert panel.face is panel.empty
    assert not panel.grab().isNull(), "an error while drawing fails the test"
    assert QApplication.focusWidget() is not None, "the next key is heard"
    centre.press("Alt+2", "Alt+1")
    assert panel.row is None
    centre.press("F2", "F5")
    card = centre.window.room("intake").form.card()
    assert (card.name, card.born_on) == (CHILD, "2023-08-19")
    assert not centre.hands.has("intake.alike")
    centre.press("Ctrl+Return")
    assert panel.row.name == CHILD
    assert panel.row.visit is not None
