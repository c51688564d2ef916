"""The morning rush in a full centre: 190 children at the door, and a clerk with a keyboard."""

import sqlite3

import pytest
from PySide6.QtCore import Qt

from db.practice_full import CLASSES, ENROLLED
from tests.full_house import Morning, build

CTRL = Qt.KeyboardModifier.ControlModifier
FAMILIES = 12  # the bench takes them all


@pytest.fixture
def file(tmp_path):
    return build(tmp_path / "centre.sqlite3")


@pytest.fixture
def morning(file, qtbot):
    made = Morning(file, qtbot)
    yield made
    made.close()


def first_expected(morning):
    model = morning.view("desk.expected").model()
    return model.row_at(model.index(0))


def test_the_house_is_full_and_nobody_is_here_yet(file):
    connection = sqlite3.connect(file)
    enrolled = connection.execute("select count(distinct child_id) from enrolment where ends_on is null")
    assert enrolled.fetchone() == (ENROLLED,)
    inside = connection.execute("select count(*) from visit where day = '2025-12-03' and left_at is null")
    assert inside.fetchone()[0] <= 1
    seats = connection.execute("select sum(seats) from class_group").fetchone()[0]
    assert seats == 83 + sum(row[2] for row in CLASSES)
    connection.close()


def test_a_known_child_is_inside_three_strokes_after_the_search_has_found_her(morning, qtbot):
    row = first_expected(morning)
    before = morning.inside()
    morning.press(Qt.Key.Key_K, CTRL)
    morning.write(row.name)
    found = morning.application.window.findChild(type(morning.view("finder.list")), "finder.list")
    qtbot.waitUntil(lambda: found.isVisible() and found.model().rowCount() > 0)
    morning.strokes = 0
    morning.press(Qt.Key.Key_Return)  # her
    morning.press(Qt.Key.Key_1)  # who brings her
    morning.press(Qt.Key.Key_Return)  # she was looked at and is well
    assert morning.strokes == 3
    assert morning.inside() == before + 1


def test_the_list_is_worked_through_with_two_strokes_a_child(morning):
    before = morning.inside()
    morning.press(Qt.Key.Key_F3)
    morning.strokes = 0
    for _ in range(FAMILIES):
        morning.press(Qt.Key.Key_Return)
        morning.press(Qt.Key.Key_Return)
        morning.tick()
    assert morning.inside() == before + FAMILIES
    assert morning.strokes == 2 * FAMILIES


def test_each_arrival_of_the_rush_is_on_the_disk_with_its_audit_line(morning, file):
    morning.press(Qt.Key.Key_F3)
    for _ in range(2 * FAMILIES):
        morning.press(Qt.Key.Key_Return)
    morning.close()
    connection = sqlite3.connect(file)
    arrivals = "select count(*) from audit where verb = 'check_in' and subject = 'visit'"
    assert connection.execute(arrivals).fetchone() == (FAMILIES,)
    connection.close()
