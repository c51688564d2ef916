"""Each form comes to a draft that its kind allows, with the usual answer where nothing was touched."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.log_checks import check_entry
from app.domain.logbook import EntryDraft, EntryKind
from app.ui.classroom.form import Choices, FormProblem
from app.ui.classroom.form_kinds import FORMS
from tests.ui.classroom import data

EVERYBODY = tuple(card.visit for card in data.CARDS)


def make(qtbot, context, kind, visits=EVERYBODY):
    form = FORMS[kind](context)
    qtbot.addWidget(form)
    form.show()
    form.show_offer(context._services.classroom.offer(data.TEACHER, kind, visits))
    return form


def test_every_kind_has_its_form():
    assert list(FORMS) == list(EntryKind)
    assert all(form.kind is kind for kind, form in FORMS.items())


@pytest.mark.parametrize("kind", EntryKind)
def test_an_untouched_form_says_the_usual_or_what_is_missing(qtbot, context, kind):
    form = make(qtbot, context, kind)
    if kind in {EntryKind.TEMPERATURE, EntryKind.NOTE, EntryKind.FOOD, EntryKind.PHOTO}:
        with pytest.raises(FormProblem, match=r"36\.5|常用语|新食物|选一张照片"):
            form.draft(data.NOW)
        return
    draft = form.draft(data.NOW)
    assert (draft.kind, form.moment(draft)) == (kind, data.NOW)
    came = data.NOW - dt.timedelta(hours=3)
    asleep = (EntryDraft(EntryKind.SLEEP, came),) if kind is EntryKind.SLEEP_CHECK else ()
    check_entry(draft, data.NOW, asleep, arrived=came, left=None)


@pytest.mark.parametrize("kind", EntryKind)
def test_the_row_in_which_the_focus_begins_shows_the_digits_that_choose(qtbot, context, kind):
    form = make(qtbot, context, kind)
    if kind is EntryKind.SLEEP:
        form.say(data.CARDS)
    row = form.first()
    if isinstance(row, Choices):
        offered = [row.button(value) for value, _words in row.choices()]
        assert [one.accessibleDescription() for one in offered] == [
            f"快捷键 {at}" for at in range(1, len(offered) + 1)
        ]
        assert row.width_at(0) <= 592, "as wide as the panel has it; else all give their digits up"


def test_sleep_is_about_those_whose_turn_was_chosen(qtbot, context):
    form = make(qtbot, context, EntryKind.SLEEP)
    form.say(data.CARDS)
    assert form.mixed
    assert not form.wakes()
    assert data.YUTONG not in form.whom(data.CARDS)
    form._turn.button("wake").click()
    assert form.whom(data.CARDS) == (data.YUTONG,)
    assert not form._until.isVisible()  # who wakes up now has no other end


def test_sleep_asks_nothing_where_all_do_the_same(qtbot, context):
    form = make(qtbot, context, EntryKind.SLEEP, (data.YUQING.visit,))
    form.say((data.YUQING,))
    assert not form.mixed
    assert form.first().objectName() == "classroom.form.sleep"
    form._until.set_text("尽快")
    with pytest.raises(FormProblem, match="13:35"):
        form.draft(data.NOW)


def test_an_own_amount_wins_over_the_pill_and_a_pill_takes_it_back(qtbot, context):
    form = make(qtbot, context, EntryKind.WATER)
    assert form.draft(data.NOW).amount_ml == 150  # as last time
    form._own.set_text("95")
    assert form.draft(data.NOW).amount_ml == 95
    form._amounts.button("80").click()
    assert form.draft(data.NOW).amount_ml == 80
    form._own.set_text("一杯")
    with pytest.raises(FormProblem, match="毫升数看不懂"):
        form.draft(data.NOW)


def offered(context, kind, **parts):
    offer = context._services.classroom.offer(data.TEACHER, kind, (data.YUQING.visit,))
    return dataclasses.replace(offer, **parts)


def last(kind, **parts):
    return EntryDraft(kind, data.NOW, **parts)


@pytest.mark.parametrize("kind", [EntryKind.MILK, EntryKind.WATER])
def test_an_amount_that_is_no_pill_is_offered_again_and_enter_keeps_it(qtbot, context, kind):
    form = make(qtbot, context, kind)
    before = last(kind, detail="breast" if kind is EntryKind.MILK else None, amount_ml=95)
    form.show_offer(offered(context, kind, last_ml=95, last=before))
    assert (form._own.text(), form._amounts.value()) == ("95", "95")
    draft = form.draft(data.NOW)
    assert (draft.amount_ml, draft.detail) == (95, before.detail)
    kept = []
    form.keep_requested.connect(lambda: kept.append(form.draft(data.NOW).amount_ml))
    form.first().setFocus()
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert kept == [95]
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_1)
    assert form.draft(data.NOW).amount_ml == form.amounts[0]
    form.show_offer(offered(context, kind, last_ml=95, last=before))  # what was chosen stays
    assert form.draft(data.NOW).amount_ml == form.amounts[0]


def test_a_corrected_amount_that_is_no_pill_stays_under_enter(qtbot, context):
    form = make(qtbot, context, EntryKind.MILK)
    form.load(last(EntryKind.MILK, detail="breast", amount_ml=95))
    kept = []
    form.keep_requested.connect(lambda: kept.append(form.draft(data.NOW).amount_ml))
    form.first().setFocus()
    QTest.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert kept == [95]


def test_an_amount_nobody_knew_is_asked_for_when_corrected(qtbot, context):
    form = make(qtbot, context, EntryKind.WATER)
    form.load(last(EntryKind.WATER))
    with pytest.raises(FormProblem, match="多少毫升"):
        form.draft(data.NOW)


def test_the_site_of_a_temperature_is_that_of_last_time_unless_chosen_or_corrected(qtbot, context):
    form = make(qtbot, context, EntryKind.TEMPERATURE)
    ear = offered(context, EntryKind.TEMPERATURE, last=last(EntryKind.TEMPERATURE, detail="ear", tenths=366))
    form._degrees.set_text("36.5")
    assert form.draft(data.NOW).detail == "forehead"
    form.show_offer(ear)
    assert form.draft(data.NOW).detail == "ear"
    form._site.button("armpit").click()
    form.show_offer(ear)
    assert form.draft(data.NOW).detail == "armpit"
    other = make(qtbot, context, EntryKind.TEMPERATURE)
    other.load(last(EntryKind.TEMPERATURE, detail="forehead", tenths=366))
    other.show_offer(ear)
    assert other.draft(data.NOW).detail == "forehead"


def test_how_she_fell_asleep_is_as_last_time_for_one_child_and_open_for_several(qtbot, context):
    nap = offered(context, EntryKind.SLEEP, last=last(EntryKind.SLEEP, detail="patted"), asleep=())
    form = make(qtbot, context, EntryKind.SLEEP, (data.YUQING.visit,))
    form.show_offer(nap)
    form.say((data.YUQING,))
    assert form.draft(data.NOW).detail == "patted"
    several = make(qtbot, context, EntryKind.SLEEP)
    several.show_offer(nap)
    several.say((data.YUQING, data.MUYANG))
    assert several.draft(data.NOW).detail is None
