"""The card of a child inside, by itself: what is kept of it, what is asked first, and what it asks for."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from app.domain.ids import ChildId, VisitId
from app.services.collecting import CheckOut
from app.services.open_papers import Answer, OpenPaper
from app.services.pickup import PickupCard
from app.services.pickup_card import SiblingRow
from app.ui.desk.pickup_view import PickupView
from tests.ui.desk import data, fakes

Key = Qt.Key
CUP = OpenPaper("belonging", 7, "水杯", "已交还")
COAT = OpenPaper("belonging", 8, "外套", "已交还")
SISTER = SiblingRow(VisitId(140), ChildId(40), "朱予安", "妹妹", "小星星", None, (COAT,))
ADULTS = dataclasses.replace(data.CARD, adults=(data.GRANDMOTHER, data.MOTHER, data.BARRED))
PAYING = PickupCard(VisitId(101), ADULTS, "K7QM", fakes.QUOTE, "交接单已签", True, None)
PAID = dataclasses.replace(PAYING, quote=None)  # by contract


@pytest.fixture
def view(qtbot, ink):
    made = PickupView(ink)
    qtbot.addWidget(made)
    for part in (made.proofs, made.settling, made.asked):
        qtbot.addWidget(part)
    made.said, made.acts = [], []
    made.complained.connect(made.said.append)
    made.check_out_requested.connect(made.acts.append)
    made.together_requested.connect(made.acts.append)
    made.show_card(PAYING)
    return made


def test_a_look_at_a_child_is_no_act_until_something_is_chosen_or_typed(view):
    assert not view.begun
    assert view.press(Key.Key_2)
    assert view.begun
    view.show_card(dataclasses.replace(PAYING, visit=VisitId(102)))
    assert not view.begun
    view.code.setText("K")
    assert view.begun


def test_who_was_seen_stays_chosen_only_while_the_same_people_are_on_the_card(view):
    view.press(Key.Key_2)
    view.show_card(dataclasses.replace(PAYING, note_words="交接单未签"))
    assert view.adults.chosen == data.MOTHER.adult
    fewer = dataclasses.replace(ADULTS, adults=(data.MOTHER, data.GRANDMOTHER))
    view.show_card(dataclasses.replace(PAYING, card=fewer))
    assert view.adults.chosen is None


def test_a_child_who_went_and_is_handed_back_again_is_asked_about_anew(view):
    view.press(Key.Key_2)
    view.press(Key.Key_W)
    view.code.setText("K7QM")
    view.departed()
    view.show_card(PAYING)
    assert (view.adults.chosen, view.tender.value(), view.code.text()) == (None, "", "")


def test_the_digit_of_a_barred_adult_brings_the_alarm_and_chooses_nobody(view, qtbot):
    with qtbot.waitSignal(view.barred_chosen) as heard:
        assert view.press(Key.Key_3)
    assert heard.args == [PAYING.visit, data.BARRED.adult]
    assert view.adults.chosen is None
    assert view.said[-1] == "朱强（爸爸）不能接走孩子。请找园长。"


@pytest.mark.parametrize(("card", "taken"), [(PAYING, True), (PAID, False)])
def test_a_letter_is_a_way_of_paying_only_while_money_is_due(view, card, taken):
    view.show_card(card)
    assert view.press(Key.Key_W) is taken
    assert view.tender.value() == ("wechat" if taken else "")
    assert ("Z 以后再付" in view.hints()) is taken


def test_who_pays_another_day_says_why_before_she_goes(view):
    view.press(Key.Key_2)
    view.later.setChecked(True)
    view.confirm()
    assert view.acts == []
    assert view.said[-1] == "以后再付要写明理由。"
    view.later_reason.setText(" 没带手机 ")
    view.confirm()
    (act,) = view.acts
    assert (act.tender, [one.reason for one in act.answers]) == (None, ["没带手机"])


def test_a_code_typed_full_width_is_the_code_of_the_slip(view, qtbot):
    with qtbot.waitSignal(view.code_matched):
        view.code.textEdited.emit("ｋ７ｑｍ")  # as an input method leaves it
    assert view.code.text() == "K7QM"


def test_a_sibling_who_goes_along_takes_the_answers_to_her_own_papers_with_her(view):
    view.show_card(dataclasses.replace(PAID, papers=(CUP,), siblings=(SISTER,)))
    assert view.press(Key.Key_B)
    assert view.open_papers == 2
    assert view.press(Key.Key_O)
    assert view.press(Key.Key_O)
    hers, sisters = view.acts_of(CheckOut(PAID.visit, answers=(Answer("belonging", 7),)))
    assert (hers.visit, [one.subject for one in hers.answers]) == (PAID.visit, [7])
    assert (sisters.visit, [one.subject for one in sisters.answers]) == (SISTER.visit, [8])


def test_a_thing_without_words_is_not_noted(view):
    noted = []
    view.belonging_noted.connect(lambda visit, words: noted.append((visit, words)))
    for typed in ("  ", " 水杯 "):
        view.belonging.setText(typed)
        view.belonging.returnPressed.emit()
    assert noted == [(PAYING.visit, "水杯")]
