"""One meal for a class of twenty with two exceptions, by keys in the real window: eight strokes at most."""

import contextlib

from app.domain.ids import ClassId
from app.practice import DESK_MOMENT, StoryClock
from app.store.database import Database
from tests.conftest import copied
from tests.ui.stage import TEACHER, Stage

LUNCH = DESK_MOMENT.replace(hour=11, minute=20)
TRAIN = ClassId(4)
STROKES = 8


def test_a_meal_for_twenty_with_two_exceptions_is_eight_strokes_at_most(qapp, templates, tmp_path):
    clock = StoryClock(LUNCH)
    path = copied(templates(LUNCH), tmp_path)
    stage = Stage(path, clock)
    pressed = []

    def press(key):
        pressed.append(key)
        stage.hands.key(key)

    try:
        stage.sign_in(TEACHER)
        stage.hands.key("Alt+2")
        stage.settle()
        stage.hands.key("Ctrl+4")
        stage.settle()
        cards = stage.application.window.room("classroom")._model.items
        free = [card for card in cards if not card.allergies][:2]
        press("1")
        stage.settle()
        strip = stage.application.window.room("classroom")._panel._strip
        letters = {mark.visit: mark.letter for mark in strip.marks.items}
        assert len(letters) == len(cards) >= 20
        for card, grade in zip(free, ("4", "5"), strict=True):  # 一半, 少量
            press(letters[card.visit])
            press(grade)
        press("Return")
        stage.settle()
        assert len(pressed) <= STROKES, pressed
        stage.hands.wait(lambda: not stage.application.jobs.busy, "the meal was not kept")
    finally:
        stage.close()
    with contextlib.closing(Database.open(path, clock=clock)) as database:
        batch = database.row("select max(id) as id from log_batch where kind = 'meal'")["id"]
        rows = database.rows("select visit_id, grade from log_entry where batch_id = :id", {"id": batch})
    grades = {row["visit_id"]: row["grade"] for row in rows}
    assert len(grades) == len(cards)
    assert (grades[free[0].visit], grades[free[1].visit]) == (2, 1)
    assert [grade for visit, grade in grades.items() if visit not in {one.visit for one in free}] == [4] * (
        len(cards) - 2
    )


def test_ctrl_z_takes_the_whole_meal_back(qapp, templates, tmp_path):
    clock = StoryClock(LUNCH)
    path = copied(templates(LUNCH), tmp_path)
    stage = Stage(path, clock)
    try:
        stage.sign_in(TEACHER)
        stage.hands.key("Alt+2")
        stage.settle()
        for key in ("1", "Return", "Ctrl+Z"):
            stage.hands.key(key)
            stage.settle()
    finally:
        stage.close()
    with contextlib.closing(Database.open(path, clock=clock)) as database:
        row = database.row("select undone_at from log_batch order by id desc limit 1")
        assert row["undone_at"] is not None
