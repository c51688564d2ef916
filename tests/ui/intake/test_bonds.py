"""What was said of one child, adult or class goes when another stands there, and comes back with her."""

import pytest

from app.ui.intake.bonds import IntakeBonds
from app.ui.intake.form import IntakeForm
from app.ui.theme import Theme
from tests.ui.intake import fakes


@pytest.fixture
def form(qtbot):
    made = IntakeForm(Theme())
    qtbot.addWidget(made)
    made.show_card(fakes.FULL)
    return made


@pytest.fixture
def bonds(form):
    return IntakeBonds(form)


def reason(form, words=None):
    line = form.lines["same_reason"]
    if words is not None:
        line.setText(words)
    return line.text()


@pytest.mark.parametrize(
    ("field", "same", "other"),
    [
        ("born_on", "2023年8月19日", "2023-08-20"),
        ("phone", "138-0000-6021", "13800006022"),
        ("name", "朱予晴 ", "朱雨晴"),
    ],
)
def test_the_same_written_otherwise_is_the_same_and_another_takes_the_reason_away(
    form, bonds, field, same, other
):
    before = form.lines[field].text()
    bonds.begin()
    reason(form, "妈妈看过身份证")
    form.lines[field].setText(same)
    bonds.follow()
    assert reason(form) == "妈妈看过身份证"
    form.lines[field].setText(other)
    bonds.follow()
    assert reason(form) == ""
    form.lines[field].setText(before)
    bonds.follow()
    assert reason(form) == "妈妈看过身份证", "it belonged to who stands there again"


def test_of_two_children_each_has_her_own_reason(form, bonds):
    bonds.begin()
    reason(form, "出生证不同")
    form.lines["name"].setText("朱雨晴")
    bonds.follow()
    reason(form, "是表姐妹")
    form.lines["name"].setText("朱予晴")
    bonds.follow()
    assert reason(form) == "出生证不同"
    form.lines["name"].setText("朱雨晴")
    bonds.follow()
    assert reason(form) == "是表姐妹"


def test_a_look_at_a_card_is_taken_back_when_another_person_brings_the_child(form, bonds):
    bonds.begin()
    seen = form.answers["identity"]
    form.lines["phone"].setText("13900000000")
    assert not bonds.follow()
    form.lines["bringer"].setText("王秀英")
    assert bonds.follow()
    assert seen.value() == "none"
    form.lines["bringer"].setText("王秀兰")
    assert not bonds.follow(), "she has to be looked at again"
    assert seen.value() == "none"


def test_the_first_name_of_a_bringer_takes_nothing_back(form, bonds):
    form.lines["bringer"].setText("")
    form.answers["identity"].set_value("seen")
    bonds.begin()
    form.lines["bringer"].setText("王秀兰")
    assert not bonds.follow()
    assert form.answers["identity"].value() == "seen"


def test_another_card_keeps_nothing_of_the_one_before(form, bonds):
    bonds.begin()
    reason(form, "出生证不同")
    form.lines["name"].setText("何宇轩")
    bonds.begin()
    bonds.follow()
    assert reason(form) == "出生证不同", "what a card came with is its own"
    form.lines["name"].setText("朱予晴")
    bonds.follow()
    assert reason(form) == ""
