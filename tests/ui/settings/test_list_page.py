"""A settings page with a list: what is lit is shown, a new one begins empty, and late answers are dropped."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.domain.typed_days import Direction
from app.services.altering import Change
from app.ui.settings.list_page import ListPage
from app.ui.widgets.fields import Field
from app.ui.widgets.records import Record
from tests.ui.support import DESK, DIRECTOR, STORY

ROOMS = {1: "抱抱龙", 2: "小星星"}


class Rooms(ListPage):
    """Names of rooms."""

    key, name, empty, new_words, logged = "rooms", "房间", "还没有房间", "新房间", "room"
    typed_over = True

    def __init__(self, context):
        super().__init__(context)
        theme = context.theme
        self.title = Field(theme, "rooms.title", "名字")
        self.since = self.day_field("rooms.since", "从哪天起", Direction.PAST, "", "since")
        self.lay_fields((("title", self.title), ("since", self.since)))
        self.save_button()
        self.new_button("添房间")
        self.saved = []

    def refresh(self):
        self.list.show_records([Record(key, name, "") for key, name in ROOMS.items()])

    def show_lit(self):
        self.title.set_text(ROOMS.get(self.list.key(), ""))
        self.read_history(self.list.key())
        return self.list.key() is not None

    def clear_form(self):
        self.title.set_text("")
        self.since.set_text("")

    def save_lit(self):
        self.saved.append((self.list.key(), self.title.text(), self.typed_day(self.since)))

    def first(self, *, new):
        return self.since if new else self.title


@pytest.fixture
def page(ground):
    ground.context.sign_in(DIRECTOR)
    ground.verbs.answers["manage.log.history"] = ()
    made = ground.put(Rooms(ground.context))
    made.show_rights()
    made.refresh()
    ground.settle()
    made.take_focus()
    return made


def test_enter_in_the_list_goes_to_the_first_field_and_marks_what_stands_there(ground, page):
    ground.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert page.title.edit.hasFocus()
    assert page.title.edit.selectedText() == "小星星"


def test_who_may_not_change_anything_stays_in_the_list(ground, page):
    ground.context.sign_in(DESK)
    page.show_rights()
    page.take_focus()
    ground.press(Qt.Key.Key_Return)
    assert page.list.view.hasFocus()
    assert (page.title.isEnabled(), page.title.edit.selectedText()) == (False, "")
    assert "只有园长能改。林晓（前台）可以看" in ground.words()


def test_a_new_one_begins_empty_with_nothing_lit_and_its_own_heading(ground, page):
    ground.press(Qt.Key.Key_N, modifier=Qt.KeyboardModifier.ControlModifier)
    assert (page.list.key(), page.title.text(), page._head.text()) == (None, "", "新房间")
    assert page.since.edit.hasFocus()
    ground.type(page.title.edit, "大厅")
    ground.finish()
    assert page.saved == [(None, "大厅", None)]


def test_a_list_without_anything_begins_with_a_new_one(page):
    page.list.show_records([])
    assert page._head.text() == "新房间"


def test_a_day_that_is_none_is_said_at_its_field_and_read_as_nothing(ground, page):
    ground.type(page.since.edit, "2月30日")
    ground.finish()
    assert page.saved == [(1, "抱抱龙", None)]
    assert page.since.problem != ""
    ground.type(page.since.edit, "2025-12-01")
    ground.finish()
    assert (page.saved[-1][2], page.since.problem) == (dt.date(2025, 12, 1), "")


def test_the_history_of_one_is_not_shown_under_another(ground, page):
    change = Change(1, "room", 1, "抱抱龙 改成 恐龙", None, STORY, "周敏", undone=False)
    ground.verbs.answers["manage.log.history"] = (change,)
    page.read_history(1)
    page.list.light(2)
    ground.settle()
    assert "改成" not in page._history.text()
    page.list.light(1)
    page.read_history(1)
    ground.settle()
    assert "周敏：抱抱龙 改成 恐龙" in page._history.text()
    page.read_history(None)
    ground.settle()
    assert page._history.text() == "还没有改过。"
    assert ground.verbs.said_to("manage.log.history")[-1] == ["room", 1], "nothing is asked of a new one"


def test_what_is_amiss_with_the_whole_stands_above_until_it_is_mended(ground, page):
    page.warn("没有一个房间有名字。")
    assert page._warning.isVisible()
    page.warn("")
    assert not page._warning.isVisible()
