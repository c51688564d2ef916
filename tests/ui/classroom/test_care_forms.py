"""The forms of care by themselves: who wakes and who falls asleep, and what is asked of what was seen."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import StaffId
from app.domain.logbook import EntryDraft, EntryKind
from app.services.class_views import Offer
from app.ui.classroom.care_forms import FoodForm, SleepCheckForm, SleepForm, ToiletForm, WashingForm
from app.ui.classroom.form import FormProblem
from tests.ui.classroom import data

HELPERS = ((StaffId(3), "许静"), (StaffId(5), "孟佳"))


@pytest.fixture
def make(qtbot, context):
    def made(kind, **offered):
        form = kind(context)
        qtbot.addWidget(form)
        form.show()
        if offered:
            form.show_offer(offer(context, form.kind, **offered))
        return form

    return made


def offer(context, kind, **parts) -> Offer:
    found = context._services.classroom.offer(data.TEACHER, kind, (data.YUQING.visit,))
    return dataclasses.replace(found, **parts)


def at(hour, minute=0):
    return data.NOW.replace(hour=hour, minute=minute)


def test_it_names_who_falls_asleep_and_of_many_the_first_five(make):
    form = make(SleepForm, asleep=())
    form.say(data.CARDS[:2])
    assert form._says.text() == "入睡 2 人：朱予晴、张沐阳"
    form.say((*data.CARDS, data.card(6, "尉迟嘉木")))
    assert form._says.text() == "入睡 6 人：朱予晴、张沐阳、孙一诺、杨雨桐、吴嘉懿 等"


def test_where_some_sleep_what_more_of_them_do_is_proposed_and_a_choice_stands(make):
    three = tuple(card.visit for card in data.CARDS[:3])
    form = make(SleepForm, asleep=three)
    form.say(data.CARDS)
    assert form.wakes()
    assert [text for _, text in form._turn.choices()] == ["起床 3 人", "入睡 2 人"]
    assert not form._way.isVisible()  # of who wakes nobody asks how she fell asleep
    form._turn.button("sleep").click()
    form.say(data.CARDS)
    assert [card.name for card in form.whom(data.CARDS)] == ["杨雨桐", "吴嘉懿"]


@pytest.mark.parametrize(("typed", "ends"), [("11:37", at(11, 37)), ("11:36", None), ("9:00", None)])
def test_a_nap_written_down_afterwards_ends_after_it_began(make, typed, ends):
    form = make(SleepForm, asleep=())
    form.say((data.YUQING,))
    form._until.set_text(typed)
    if ends is None:
        with pytest.raises(FormProblem, match="晚于"):
            form.draft(at(11, 36))
    else:
        assert form.draft(at(11, 36)).until == ends


def test_a_corrected_sleep_keeps_both_ends_and_who_was_with_her(make, context):
    form = make(SleepForm)
    kept = EntryDraft(
        EntryKind.SLEEP, at(12), until=at(13, 35), detail="patted", quality="side", helper=StaffId(5)
    )
    form.load(kept)
    form.show_offer(offer(context, EntryKind.SLEEP, asleep=(data.YUQING.visit,), helpers=HELPERS))
    form.say((data.YUQING,))
    assert not form.wakes()  # it is about that sleep, whatever she does now
    assert (form._until.text(), form._helper.value()) == ("13:35", "5")
    again = form.draft(at(12))
    assert (again.until, again.helper) == (kept.until, kept.helper)


@pytest.mark.parametrize(("what", "asked"), [("wet", False), ("stool", True), ("both", True)])
def test_form_and_colour_are_asked_of_a_stool_and_of_nothing_else(make, what, asked):
    form = make(ToiletForm)
    form._what.button("stool").click()
    form._colour.button(form._colour.choices()[0][0]).click()
    form._what.button(what).click()
    assert form._stool.isVisible() is asked
    draft = form.draft(data.NOW)
    assert (draft.quality is not None, draft.colour is not None) == (asked, asked)


def test_how_it_was_done_is_as_last_time_unless_it_was_said_or_is_corrected(make, context):
    last = EntryDraft(EntryKind.TOILET, data.NOW, detail="wet", note="换尿布")
    form = make(ToiletForm, last=last)
    assert form.draft(data.NOW).note == "换尿布"
    form._how.button("自己完成").click()
    form.show_offer(offer(context, EntryKind.TOILET, last=last))
    assert form.draft(data.NOW).note == "自己完成"
    other = make(ToiletForm)
    other.load(EntryDraft(EntryKind.TOILET, data.NOW, detail="wet"))
    other.show_offer(offer(context, EntryKind.TOILET, last=last))
    assert other.draft(data.NOW).note == ""


def test_a_look_at_who_sleeps_says_the_usual_at_once_and_keeps_what_was_odd(make):
    form = make(SleepCheckForm)
    usual = form.draft(data.NOW)
    assert (usual.detail, usual.quality, usual.note) == ("back", "calm", "")
    seen = EntryDraft(EntryKind.SLEEP_CHECK, data.NOW, detail="side", quality="calm", note="被子滑下，已盖好")
    form.load(seen)
    assert form.draft(data.NOW) == seen


def test_a_new_food_wants_its_name_and_somebody_who_looked(make):
    form = make(FoodForm)
    form._food.set_text("  ")
    with pytest.raises(FormProblem, match="新食物"):
        form.draft(data.NOW)
    form._food.set_text(" 猪肝泥 ")
    with pytest.raises(FormProblem, match="没有异常也要选"):
        form.draft(data.NOW)
    form._reaction.button("none").click()
    assert (form.draft(data.NOW).text, form.draft(data.NOW).quality) == ("猪肝泥", "none")
    form._grade.set_value("0")
    assert form.draft(data.NOW).quality is None  # of what she did not eat there is nothing to say


def test_hands_are_washed_before_food_unless_another_time_is_chosen(make):
    form = make(WashingForm)
    before = form.draft(data.NOW).detail
    other = next(value for value, _ in form.main().choices() if value != before)
    form.main().button(other).click()
    assert (before, form.draft(data.NOW).detail) == ("before_food", other)


def test_the_time_of_a_nap_is_read_as_it_is_written_at_the_desk(make):
    form = make(SleepForm, asleep=())
    form.say((data.YUQING,))
    form._until.set_text("1335")
    assert form.draft(at(12)).until - at(12) == dt.timedelta(hours=1, minutes=35)
