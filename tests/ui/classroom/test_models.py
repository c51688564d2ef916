"""The models of the classroom: the same child stays the same row, and is said as she is seen."""

import dataclasses

from PySide6.QtCore import Qt

from app.ui.classroom.models import RosterModel, TimelineModel
from tests.ui.classroom import data


def test_a_fresh_roster_changes_only_the_rows_that_changed():
    model = RosterModel()
    model.replace(data.CARDS)
    told = []
    model.dataChanged.connect(lambda top, _bottom: told.append(top.row()))
    model.replace([*data.CARDS[:2], dataclasses.replace(data.YINUO, state_words="困倦"), *data.CARDS[3:]])
    assert told == [2]
    assert model.position(data.YINUO.visit) == 2


def test_rows_are_spoken_with_the_allergy_and_the_hour():
    roster, lines = RosterModel(), TimelineModel()
    roster.replace(data.CARDS)
    lines.replace(data.ROWS)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "鸡蛋过敏" in roster.data(roster.index(0), role)
    assert lines.data(lines.index(0), role).startswith("09:")
