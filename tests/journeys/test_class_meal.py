"""One meal for a class of twenty with two exceptions, by keys in the real window: eight strokes at most."""

from app.practice import DESK_MOMENT
from tests.ui.stage import TEACHER

LUNCH = DESK_MOMENT.replace(hour=11, minute=20)
STROKES = 8


def test_a_meal_for_twenty_with_two_exceptions_is_eight_strokes_at_most(opened):
    one = opened(LUNCH)
    one.sign_in(TEACHER)
    one.press("Alt+2", "Ctrl+4")
    room = one.window.room("classroom")
    cards = room._model.items
    free = [card for card in cards if not card.allergies][:2]
    one.pressed.clear()
    one.press("1")
    letters = {mark.visit: mark.letter for mark in room._panel._strip.marks.items}
    assert len(letters) == len(cards) >= 20
    for card, grade in zip(free, ("4", "5"), strict=True):  # 一半, 少量
        one.press(letters[card.visit], grade)
    one.press("Return")
    assert len(one.pressed) <= STROKES, one.pressed
    ((batch,),) = one.rows("select max(id) from log_batch where kind = 'meal'")
    grades = dict(one.rows("select visit_id, grade from log_entry where batch_id = ?", batch))
    assert len(grades) == len(cards)
    assert [grades.pop(card.visit) for card in free] == [2, 1]
    assert list(grades.values()) == [4] * (len(cards) - 2)


def test_ctrl_z_takes_the_whole_meal_back(opened):
    one = opened(LUNCH)
    one.sign_in(TEACHER)
    one.press("Alt+2", "1", "Return", "Ctrl+Z")
    ((undone,),) = one.rows("select undone_at from log_batch order by id desc limit 1")
    assert undone is not None
