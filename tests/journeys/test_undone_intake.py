"""A child registered by mistake: taken back at once, and found again as somebody who never came."""

from PySide6.QtWidgets import QApplication

from app.practice import TOUR_MOMENT
from app.ui.tour.story import Story
from tests.journeys.journey import DESK
from tests.ui.stage import CHILD


def test_a_registration_taken_back_leaves_a_desk_that_is_drawn_and_a_key_that_registers_again(opened):
    centre = opened(TOUR_MOMENT)
    centre.sign_in(DESK)
    centre.press("F2")
    Story(centre.hands, centre.application, centre.clock)._fill_card()
    centre.press("Ctrl+Return")
    panel = centre.window.room("desk").panel
    assert panel.row.name == CHILD
    centre.press("Ctrl+Z")
    assert panel.row.visit is None
    assert not panel.grab().isNull(), "an error while drawing fails the test"
    held = QApplication.focusWidget()
    assert held.objectName() == "desk.intake_again", held
    centre.press("Alt+2", "Alt+1")
    centre.find_child(CHILD)
    assert panel.row.name == CHILD
    assert not panel.grab().isNull()
    assert centre.held() == "desk.intake_again"
