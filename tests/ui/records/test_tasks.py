"""What is asked where something is written: who signs first, whom nobody has to name, what is proposed."""

import dataclasses

import pytest

from app.domain.looks import Chip
from app.domain.record_fields import CHILD_FIELDS, FieldSpec, Section
from app.services.record_cards import ConsentRow, PaperRow
from app.ui.records import tasks

ROW = ConsentRow("photo", "拍照与发布", "", "2025-01", "", "", ())
TODAY = "2025-12-03"


@pytest.fixture
def card(filed):
    return filed["张沐阳"]


@pytest.fixture
def context(ground):
    return ground.context


def test_the_first_guardian_signs_today_and_nobody_where_there_is_none(context, card):
    form = dict(tasks.consent_forms(context, ROW, card, TODAY))["consent"]
    assert form.texts() | {"paper": "", "signer_reason": ""} == form.texts()
    assert [form.texts()[key] for key in ("answer", "signer", "day")] == ["given", "张母", TODAY]
    nobody = tuple(dataclasses.replace(one, chips=(Chip("可接"),)) for one in card.adults)
    bare = dict(tasks.consent_forms(context, ROW, dataclasses.replace(card, adults=nobody), TODAY))
    assert bare["consent"].texts()["signer"] == ""


def test_an_answer_that_was_given_is_not_proposed_again(context, card):
    again = dataclasses.replace(ROW, answer="given")
    assert dict(tasks.consent_forms(context, again, card, TODAY))["consent"].texts()["answer"] == ""


def test_a_section_asks_its_own_fields_as_they_stand(context, card):
    ((key, form),) = tasks.section_forms(context, card, Section.HEALTH)
    assert key == "child"
    assert form.texts()["allergens"] == "花生"
    assert "address" not in form.texts()
    assert form.changed() == {}


def test_a_paper_begins_with_what_is_known_and_a_new_one_with_nothing(context):
    paper = PaperRow(4, "保险单", "", Chip(""), (("kind", "insurance"), ("number", "P-1"), ("note", "")))
    assert dict(tasks.paper_forms(context, paper))["paper"].texts()["number"] == "P-1"
    assert set(dict(tasks.paper_forms(context, None))["paper"].texts().values()) == {""}


def test_a_new_child_has_every_field_once_and_what_is_new_stands_at_the_end(context):
    own = FieldSpec("shoe_size", "鞋码")
    forms = dict(tasks.new_forms(context, (*CHILD_FIELDS, own)))
    asked = [name for key in ("child", "health", "more") for name in forms[key].texts()]
    assert sorted(asked) == sorted(spec.name for spec in (*CHILD_FIELDS, own))
    assert "shoe_size" in forms["more"].texts()


def test_of_two_adults_the_second_need_not_be_named_but_one_who_is_counts(context):
    forms = dict(tasks.new_forms(context, CHILD_FIELDS))
    first, second = forms["adult1"], forms["adult2"]
    assert {name for name, text in first.texts().items() if text} == {"is_guardian", "may_collect"}
    assert {name for name, text in second.texts().items() if text} == {"is_emergency"}
    assert second._parts["name"]._label.text() == "姓名"
    assert first._parts["name"]._label.text() == "姓名 *"
    assert tasks.filled(second.texts()) == {}
    second.put("phone", "  ")
    assert tasks.filled(second.texts()) == {}
    second.put("phone", "13700001111")
    assert tasks.filled(second.texts())["is_emergency"] == "1"
