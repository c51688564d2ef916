"""The right side of the records: the grave first, acts where they belong, nothing over what is written."""

import dataclasses

import pytest
from PySide6.QtCore import Qt

from app.domain.looks import Tone
from app.domain.record_fields import Section
from app.domain.records import Standing
from app.ui.records.editor import Task
from app.ui.records.panel import RecordPanel
from app.ui.records.tasks import section_forms
from app.ui.widgets.basic import ChipLabel

ACTS = ("edit", "add", "photo", "no_photo", "merge", "pass_card", "wish", "unmask", "door")


@pytest.fixture
def card(filed):
    return filed["张沐阳"]


@pytest.fixture
def panel(ground):
    made = ground.put(RecordPanel(ground.context.theme, ground.context.icons))
    made.heard = []
    made.wanted.connect(lambda word, _what: made.heard.append(word))
    return made


def shown(panel):
    return {name for name in ACTS if not getattr(panel, name).isHidden()}


def standing(card, which):
    return dataclasses.replace(card, row=dataclasses.replace(card.row, standing=which))


def test_nobody_chosen_says_how_to_choose_and_a_key_turns_nothing(ground, panel):
    panel.show_card(None, {}, may_change=True)
    ground.press(Qt.Key.Key_3, modifier=Qt.KeyboardModifier.ControlModifier)
    assert "在左边选一个孩子，或按 Ctrl N 新建档案。" in ground.words()
    assert panel.section is Section.BASIC


def test_what_must_not_be_overlooked_stands_first(panel, card):
    panel.show_card(card, {}, may_change=True)
    chips = [one.chip for one in panel._chips.findChildren(ChipLabel)]
    grave = [chip.words for chip in chips if chip.tone is Tone.BAD]
    assert grave == ["花生过敏", "邻居禁止接走"]
    assert [chip.words for chip in chips][:2] == grave


def test_an_allergy_nobody_has_answered_is_a_warning_and_none_is_no_chip(panel, card):
    for answer, words in (("unknown", {"过敏未答"}), ("none", set())):
        fields = tuple(
            dataclasses.replace(one, text=answer) if one.spec.name == "allergy" else one
            for one in card.fields
        )
        panel.show_card(dataclasses.replace(card, fields=fields), {}, may_change=True)
        chips = [panel._chip_flow.itemAt(at).widget().chip for at in range(panel._chip_flow.count())]
        assert {chip.words for chip in chips if "过敏" in chip.words} == words


@pytest.mark.parametrize(
    ("section", "acts"),
    [
        (Section.BASIC, {"edit", "photo", "merge", "pass_card", "wish"}),
        (Section.FAMILY, {"add"}),
        (Section.HEALTH, {"edit"}),
        (Section.PAPERS, {"add"}),
        (Section.HISTORY, set()),
    ],
)
def test_each_section_offers_its_own_acts(panel, card, section, acts):
    panel.show_card(card, {}, may_change=True)
    panel.show_section(section)
    assert shown(panel) - {"unmask"} == acts
    assert panel.add.text() == ("登记证件" if section is Section.PAPERS else "添加家人")


def test_who_only_looks_may_look_at_the_card_of_an_enrolled_child_and_at_who_took_her(panel, card):
    panel.show_card(card, {}, may_change=False, at_door=True)
    assert shown(panel) == {"pass_card"}
    panel.show_section(Section.HISTORY)
    assert shown(panel) == {"door"}
    panel.show_card(standing(card, Standing.GUEST), {}, may_change=False)
    panel.show_section(Section.BASIC)
    assert shown(panel) == set()
    assert panel._holder.isHidden(), "an empty foot takes no room"


def test_keys_turn_the_sections_and_do_the_acts_of_the_one_that_is_read(ground, panel, card):
    panel.show_card(card, {}, may_change=True, at_door=True)
    ground.press(Qt.Key.Key_F4)
    ground.press(Qt.Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    ground.press(Qt.Key.Key_F4)
    ground.press(Qt.Key.Key_6, modifier=Qt.KeyboardModifier.ControlModifier)
    ground.press(Qt.Key.Key_F4)
    assert panel.heard == ["add", "door"]


def test_what_is_being_written_stays_in_front_whoever_is_shown(ground, panel, card, filed):
    panel.show_card(card, {}, may_change=True)
    forms = section_forms(ground.context, card, Section.BASIC)
    panel.editor.begin(Task("修改基本：张沐阳", forms, lambda: None))
    panel.write()
    panel.show_card(filed["周乐瑶"], {}, may_change=True)
    ground.press(Qt.Key.Key_2, modifier=Qt.KeyboardModifier.ControlModifier)
    assert panel.editor.isVisible()
    assert panel.section is Section.BASIC
    panel.editor.leave()
    ground.settle()
    assert not panel.editor.isVisible()


def test_more_history_leaves_the_record_and_says_what_is_still_older(ground, panel, card):
    panel.show_card(card, {}, may_change=True)
    panel.show_section(Section.HISTORY)
    panel.show_history(card.history[:1], 3)
    assert (panel.card.history, panel.card.older) == (card.history[:1], 3)
    panel.show_card(None, {}, may_change=True)
    panel.show_history(card.history, 0)
    assert panel.card is None


def test_where_it_is_low_the_head_scrolls_with_the_rest(qtbot, ground, panel, card):
    panel.show_card(card, {}, may_change=True)
    assert panel._read.indexOf(panel._head) == 0
    panel.setFixedHeight(300)
    qtbot.waitUntil(lambda: panel._body.indexOf(panel._head) == 0)
    panel.setFixedHeight(600)
    qtbot.waitUntil(lambda: panel._read.indexOf(panel._head) == 0)
    assert panel._read.indexOf(panel.sections) == 1
