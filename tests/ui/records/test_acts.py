"""What is done to a record: why it was not kept, what is looked up in full, what a draft was about."""

import dataclasses

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.record_fields import CHILD_FIELDS, Section
from app.services.record_cards import ConsentRow
from app.services.record_drafts import Slot
from app.ui.records import acts as module
from app.ui.records.acts import RecordActs
from app.ui.records.panel import RecordPanel
from app.ui.records.views import is_barred

CHANGE = "record_keeping.change_child"


class Shown(QObject):
    """Stands for the room: which child it was asked to open."""

    def __init__(self):
        super().__init__()
        self.opened = []

    def open_child(self, child):
        self.opened.append(child)


@pytest.fixture
def card(filed):
    return filed["张沐阳"]


@pytest.fixture
def acts(ground, card):
    panel = ground.put(RecordPanel(ground.context.theme, ground.context.icons))
    panel.show_card(card, {}, may_change=True)
    room = Shown()
    made = RecordActs(room, ground.context, panel)
    made.room, made.panel = room, panel
    made.fields = CHILD_FIELDS  # as they come with the list
    return made


def change(ground, acts, card, name="小沐"):
    acts.edit_section(card, Section.BASIC, "nickname")
    acts.panel.editor.form("child").put("nickname", name)
    ground.finish()


def test_only_what_was_changed_is_kept_and_the_form_goes(ground, acts, card):
    change(ground, acts, card)
    (child, changed, slot) = ground.verbs.said_to(CHANGE)[0]
    assert (child, changed) == (card.row.child, {"nickname": "小沐"})
    assert slot == Slot("section", card.row.child, "basic")
    assert not acts.panel.editor.busy


def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(ground, acts, card):
    ground.verbs.refusals[CHANGE] = RuleError("小名太长了。", field="nickname")
    change(ground, acts, card)
    form = acts.panel.editor.form("child")
    assert form._parts["nickname"].problem == "小名太长了。"
    assert form.texts()["nickname"] == "小沐"
    assert ground.notices == []
    ground.finish()
    assert len(ground.verbs.said_to(CHANGE)) == 2


def test_a_fault_says_that_nothing_was_saved_and_is_reported(ground, acts, card):
    ground.verbs.refusals[CHANGE] = error = ZeroDivisionError()
    acts.edit_section(card, Section.BASIC, "nickname")
    acts.panel.editor.form("child").put("nickname", "小沐")
    ground.find("records.save").click()
    ground.qtbot.waitUntil(lambda: ground.context.crashes == [error])
    ground.context.crashes.clear()
    assert ground.find("records.message").text() == "还没有保存，请再试一次。"
    assert acts.panel.editor.busy


@pytest.mark.parametrize("has_number", [True, False])
def test_of_an_adult_only_the_numbers_on_file_are_looked_up_and_it_is_said_that_it_was_noted(
    ground, acts, card, has_number
):
    mother = dataclasses.replace(card.adults[0], has_number=has_number)
    shown = dataclasses.replace(card, adults=(mother, *card.adults[1:]))
    ground.verbs.answers["record_keeping.unmask"] = Done("13700002233")
    acts.start("unmask_adult", mother.adult, shown)
    ground.settle()
    asked = [fields[-1] for fields in ground.verbs.said_to("record_keeping.unmask")]
    assert asked == (["phone", "document_number"] if has_number else ["phone"])
    assert ground.notices == ["妈妈张母：" + "　".join(["13700002233"] * len(asked)) + "（已记录）"]


def test_a_draft_of_what_is_no_more_in_the_record_is_not_begun(acts, card):
    child = card.row.child
    mother, stranger = card.adults[0], next(one for one in card.adults if is_barred(one))
    gone = [
        Slot("adult", child, "9999"),
        Slot("paper", child, "9999"),
        Slot("consent", child, "无此项"),
        Slot("trait", child, str(mother.adult)),  # whoever may fetch again
    ]
    assert [acts.reopen(slot, card) for slot in gone] == [False] * 4
    assert not acts.panel.editor.busy
    assert acts.reopen(Slot("trait", child, str(stranger.adult)), card)
    assert acts.panel.editor.task.title == f"记特征：{stranger.relation}{stranger.name}（禁止接走）"
    assert acts.room.opened[-1] == child


def test_a_draft_of_a_new_child_is_begun_whoever_is_shown(acts, card):
    assert acts.reopen(Slot("new"), None)
    assert acts.is_new
    acts.reopen(Slot("adult", card.row.child, ""), card)
    assert acts.is_adult
    assert not acts.is_new


def test_no_photo_is_kept_where_none_was_chosen_and_what_is_none_is_said(
    ground, acts, card, tmp_path, monkeypatch
):
    text = tmp_path / "照片.jpg"
    text.write_text("no picture")
    for path in ("", str(text)):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (path, ""))
        acts.start("photo", None, card)
        ground.settle()
    assert ground.verbs.asked == []
    assert len(ground.notices) == 1
    monkeypatch.setattr(module, "small_jpeg", lambda _path: b"jpeg")
    acts.start("photo_adult", card.adults[0].adult, card)
    ground.settle()
    assert ground.verbs.said_to("record_papers.set_photo") == [
        [card.row.child, b"jpeg", card.adults[0].adult]
    ]


def test_older_history_that_comes_for_another_child_is_dropped(ground, acts, card, filed):
    ground.verbs.answers["records.history"] = ((), 0)
    shown = []
    acts.panel.show_history = lambda *found: shown.append(found)
    acts.start("older", 20, card)
    acts.panel.show_card(filed["周乐瑶"], {}, may_change=True)
    ground.settle()
    assert shown == []
    acts.start("older", 20, filed["周乐瑶"])
    ground.settle()
    assert shown == [((), 0)]


def test_consent_begins_with_the_day_of_today_and_goes_to_its_purpose(ground, acts, card):
    row = ConsentRow("photo", "拍照与发布", "同意拍照。", "2025-01", "", "", ())
    acts.start("consent", row, card)
    assert acts.panel.editor.form("consent").texts()["day"] == "2025-12-03"
    ground.finish()
    (child, purpose, texts, slot) = ground.verbs.said_to("record_papers.keep_consent")[0]
    assert (child, purpose, texts["answer"], slot.part) == (card.row.child, "photo", "given", "photo")
