"""F9 before anybody has signed in: who is inside, whom to ring, and nothing that can be changed."""

import contextlib
import random
import sqlite3

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import main
from app.paths import Places
from app.ui.rollcall.inside import InsideSheet, whole_contacts
from app.ui.rollcall.sheet import RollCallSheet
from app.ui.shell.staff import PersonButton

Key = Qt.Key


@pytest.fixture
def application(practice_file, clock, qtbot):
    """The program as a centre opens it in the morning: it asks who is there."""
    with contextlib.closing(sqlite3.connect(practice_file)) as file:
        file.execute("update centre set practice = 0")
        file.commit()
    made = main.build_application(Places(practice_file.parent), clock, practice=False, rng=random.Random(7))
    made.start()
    qtbot.waitUntil(lambda: made.window.findChild(PersonButton) is not None, timeout=10_000)
    made.window.activateWindow()
    yield made
    made.close()


def press(qtbot, application, key):
    QTest.keyClick(application.window, key)
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)


def test_f9_at_the_sign_in_page_shows_everybody_inside_with_whom_to_ring(qtbot, application):
    assert not application.context.signed_in
    press(qtbot, application, Key.Key_F9)
    sheet = application.window.findChild(InsideSheet)
    assert sheet.isVisible()
    services = application.context._services
    roll = services.rollcall.inside()
    assert sheet.words.text().startswith(f"在园 {roll.children} 个孩子")
    people = [line for line in sheet.model.items if not line.heading]
    assert {line.name for line in people} == {head.name for head in roll.heads}
    child = next(head for head in roll.heads if head.is_child and head.contacts and head.allergies)
    line = next(line for line in people if line.key == child.key)
    assert child.contacts[0].phone in line.contacts.replace(" ", "")
    assert child.allergies[0] in line.facts
    assert [line.name.split("　")[0] for line in sheet.model.items if line.heading] == [
        group.name for group in roll.groups if group.heads
    ]
    assert not sheet.grab().isNull()
    row = services._database.row("select staff_id, verb, detail from audit order by id desc")
    assert (row["staff_id"], row["verb"]) == (None, "look_inside")


def test_it_only_shows_and_esc_leads_back_to_the_names(qtbot, application):
    press(qtbot, application, Key.Key_F9)
    press(qtbot, application, Key.Key_F9)
    assert len(application.window.findChildren(InsideSheet)) == 1
    assert application.window.findChild(RollCallSheet) is None
    services = application.context._services
    assert services.rollcall.find_open() is None
    QTest.keyClick(application.window.findChild(InsideSheet), Key.Key_Escape)
    qtbot.waitUntil(lambda: not application.window.findChildren(InsideSheet), timeout=5000)
    name = application.window.findChild(PersonButton)
    assert name.isEnabled()
    name.click()
    qtbot.waitUntil(lambda: application.ready and not application.jobs.busy, timeout=10_000)
    press(qtbot, application, Key.Key_F9)
    assert application.window.findChild(RollCallSheet).isVisible()


def test_before_the_file_is_open_f9_says_what_is_missing(application):
    said = []
    application.messages.said.connect(said.append)
    application.context._services = None
    application.standby.open_roll_call()
    assert "请先选择" in said[-1].words
    assert application.window.findChild(InsideSheet) is None


def test_no_telephone_number_is_shown_in_part():
    contacts = "妈妈 罗丽 138 0000 5980　爸爸 王斌 138 0000 3899　奶奶 姜兰英 138 0000 8690"
    room = len("妈妈 罗丽 138 0000 5980　爸爸 王斌 138 0000 3899　+1")
    shown = whole_contacts(contacts, lambda words: len(words) <= room)
    assert shown == "妈妈 罗丽 138 0000 5980　爸爸 王斌 138 0000 3899　+1"
    assert whole_contacts(contacts, lambda words: True) == contacts
    assert whole_contacts(contacts, lambda words: len(words) < room) == "妈妈 罗丽 138 0000 5980　+2"
    assert whole_contacts(contacts, lambda words: False) == "妈妈 罗丽 138 0000 5980"
