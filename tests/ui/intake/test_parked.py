"""Cards put aside: by digit, arrows or Esc, and one that was never finished says so."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.domain.ids import DraftId
from app.services.intake import ParkedDraft
from app.ui.intake.fields import Line
from app.ui.intake.parked import ParkedList
from tests.ui.support import STORY

DRAFTS = tuple(ParkedDraft(DraftId(at), f"孩子{at}", STORY - dt.timedelta(minutes=at)) for at in range(1, 13))


@pytest.fixture
def parked(ground):
    ground.put(Line("intake.name", "姓名"))  # the card below has stops of its own
    made = ParkedList(ground.context.theme, ground.host)
    made.heard = []
    made.chosen.connect(made.heard.append)
    return made


def test_a_digit_takes_and_closes(ground, parked):
    parked.show_drafts(DRAFTS[:3])
    ground.press(Qt.Key.Key_2)
    assert (parked.heard, parked.isVisible()) == ([2], False)


def test_arrows_go_round_and_enter_takes_the_one_in_focus(ground, parked):
    parked.show_drafts(DRAFTS[:3])
    ground.press(Qt.Key.Key_Up, Qt.Key.Key_Return)
    parked.show_drafts(DRAFTS[:3])
    ground.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Enter)
    assert parked.heard == [3, 1]


def test_esc_takes_nothing_and_a_digit_past_the_last_neither(ground, parked):
    parked.show_drafts(DRAFTS[:2])
    ground.press(Qt.Key.Key_3)
    assert parked.isVisible()
    ground.press(Qt.Key.Key_Escape)
    assert (parked.heard, parked.isVisible()) == ([], False)


def test_nine_have_a_digit_and_what_was_left_by_a_crash_is_told(parked):
    left = ParkedDraft(DraftId(40), "没有姓名", STORY, held=False)
    parked.show_drafts((left, *DRAFTS))
    words = [made.accessibleName() for made in parked._buttons]
    assert (len(words), words[:2]) == (9, ["没有姓名 13:52 没填完", "孩子1 13:51"])
    parked.show_drafts(DRAFTS[:1])
    assert len(parked._buttons) == 1


def test_a_long_name_stays_inside_the_window(parked):
    parked.show_drafts((ParkedDraft(DraftId(1), "古丽·" * 60, STORY),))
    assert parked.x() >= 8
