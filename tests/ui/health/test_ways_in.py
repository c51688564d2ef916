"""From the class and from Ctrl+K into a form of the health room, with the child who is meant."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.staff import Actor, Role
from app.ui.commands import COMMANDS
from app.ui.rooms import Target


@pytest.fixture
def classroom(window, calm, sign_in):
    sign_in("许静")
    window.enter("classroom")
    calm()
    room = window.room("classroom")
    room._grid.setFocus()
    return room


def form(window, calm, name):
    calm()
    return next(one for one in window.findChildren(object, name) if one.isVisible())


def test_a_key_in_the_class_opens_the_injury_form_with_the_child_in_focus(window, calm, classroom):
    card = classroom._grid.current_card()
    QTest.keyClick(classroom._grid, Qt.Key.Key_0)
    sheet = form(window, calm, "injury")
    assert window.room("health").page.key == "injuries"
    assert sheet.child.child == card.child
    assert sheet.at.edit.hasFocus()


def test_of_several_chosen_nobody_is_filled_in(window, calm, classroom):
    QTest.keyClick(classroom._grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    classroom._dock.injury.click()
    assert form(window, calm, "injury").child.child is None


def test_a_cashier_is_led_out_of_the_class_and_not_in_again(window, calm, classroom):
    window._context.sign_in(Actor(window._context.actor.id, "方芸", Role.CASHIER))
    calm()
    assert window.current_key == "desk"
    for key in ("classroom", "handover", "health"):
        window.enter(key)
        calm()
        assert window.current_key == "desk"


@pytest.mark.parametrize(
    ("act", "page", "name"),
    [
        ("injuries.new", "injuries", "injury"),
        ("fever.new", "fever", "fever"),
        ("medicine.new", "medicine", "take"),
        ("rounds", "rounds", ""),
    ],
)
def test_each_command_of_the_health_room_leads_to_its_page_and_form(window, calm, sign_in, act, page, name):
    sign_in("许静")
    assert act in {one.act for one in COMMANDS if one.room == "health"}
    window._context.go("health", Target(act=act))
    calm()
    assert window.room("health").page.key == page
    assert not name or form(window, calm, name)
