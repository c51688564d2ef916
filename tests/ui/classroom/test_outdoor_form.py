"""A time outdoors: its end is the time above, and whoever was out shorter has a reason of her own."""

import dataclasses
import datetime as dt

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.ui.classroom.exceptions import LEFT_OUT, Mark
from app.ui.classroom.form import FormProblem
from app.ui.classroom.outdoor_form import OutdoorForm
from tests.ui.classroom import data

HERS = Mark(data.YUQING.visit, "朱予晴", "A", "30", "30 分钟")
STAYED = Mark(data.MUYANG.visit, "张沐阳", "B", "0", "今天没出去")
OUT = Mark(data.YINUO.visit, "孙一诺", "C", LEFT_OUT, "不记")


@pytest.fixture
def form(qtbot, context):
    made = OutdoorForm(context)
    qtbot.addWidget(made)
    made.show()
    return made


def minutes(draft):
    return (draft.until - draft.at) / dt.timedelta(minutes=1)


def test_they_came_back_at_the_time_above_and_were_out_an_hour_unless_said(form):
    draft = form.draft(data.NOW)
    assert (draft.until, minutes(draft), form.moment(draft)) == (data.NOW, 60, data.NOW)
    form._own.set_text("75")
    assert minutes(form.draft(data.NOW)) == 75
    form._minutes.button("90").click()
    assert minutes(form.draft(data.NOW)) == 90  # the pill takes the own number back
    form._own.set_text("很久")
    with pytest.raises(FormProblem, match="分钟数看不懂"):
        form.draft(data.NOW)


@pytest.mark.parametrize(("pill", "own", "words"), [("下雨", "", "下雨"), ("own", " 脚扭了 ", "脚扭了")])
def test_nobody_went_out_without_a_reason(form, pill, own, words):
    form._minutes.button("0").click()
    with pytest.raises(FormProblem, match="请选一个原因"):
        form.draft(data.NOW)
    form._why.pills.button(pill).click()
    form._why.own.set_text(own)
    draft = form.draft(data.NOW)
    assert (minutes(draft), draft.text) == (0, words)


def test_the_duty_of_the_day_is_told_where_there_is_one(form, context):
    offer = context._services.classroom.offer(data.TEACHER, EntryKind.OUTDOOR, (data.YUQING.visit,))
    form.show_offer(dataclasses.replace(offer, outdoors=(0, 0)))
    assert form._says.text() == "上面的时间是回到室内的时间。"
    form.show_offer(dataclasses.replace(offer, outdoors=(45, 120)))
    assert form._says.text().endswith("今天已户外 45 分钟，每天应有 120 分钟。")


def test_who_differs_is_asked_for_her_own_reason_and_never_lent_that_of_the_rest(form):
    form._why.set_reason("雾霾")
    form.differ((HERS, STAYED, OUT))
    assert [row.who.text() for row in form._hers.values()] == [
        "朱予晴（30 分钟）的原因",
        "张沐阳（今天没出去）的原因",
    ]
    short = form.draft_as(data.NOW, "30", HERS.visit)
    assert (minutes(short), short.text) == (30, "")
    with pytest.raises(FormProblem, match="张沐阳 没有出去，请选她的原因。"):
        form.draft_as(data.NOW, "0", STAYED.visit)
    form._hers[STAYED.visit].set_reason("高温")
    assert form.draft_as(data.NOW, "0", STAYED.visit).text == "高温"


def test_who_is_as_the_rest_again_is_asked_no_more_and_the_others_keep_their_words(form):
    form.differ((HERS, STAYED))
    form._hers[HERS.visit].set_reason("带药回教室")
    form.differ((dataclasses.replace(HERS, value="45", words="45 分钟"),))
    assert list(form._hers) == [HERS.visit]
    row = form._hers[HERS.visit]
    assert (row.reason(), row.own.isVisible()) == ("带药回教室", True)
    assert row.who.text() == "朱予晴（45 分钟）的原因"


@pytest.mark.parametrize(("length", "pill", "own"), [(60, "60", ""), (75, "", "75"), (0, "0", "")])
def test_a_corrected_time_stands_as_it_was(form, length, pill, own):
    kept = EntryDraft(
        EntryKind.OUTDOOR, data.NOW - dt.timedelta(minutes=length), until=data.NOW, text="寒冷大风"
    )
    form.load(kept)
    assert (form._minutes.value(), form._own.text(), form._why.pills.value()) == (pill, own, "寒冷大风")
    assert form.draft(form.moment(kept)) == kept
