"""Each form comes to a draft that its kind allows, with the usual answer where nothing was touched."""

import datetime as dt

import pytest

from app.domain.log_checks import check_entry
from app.domain.logbook import EntryKind
from app.ui.classroom.form import FormProblem
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
    check_entry(draft, data.NOW, (), arrived=data.NOW - dt.timedelta(hours=3), left=None)


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
