"""A form of fields: why each is asked, what is asked only then, and what of it was changed by hand."""

import pytest
from PySide6.QtCore import Qt

from app.domain.record_fields import ADULT_FIELDS, FieldSpec, Kind, Need, spec_of
from app.services.record_cards import FieldValue
from app.ui.records.form import FieldForm, marked, placeholder

NICKNAME = FieldSpec("nickname", "小名", hint="如 沐沐")


def values(subject, **texts):
    return [FieldValue(spec_of(subject, name), "", text) for name, text in texts.items()]


@pytest.fixture
def make(ground):
    return lambda given, title="": ground.put(FieldForm(ground.context, "records.child", given, title))


@pytest.mark.parametrize(
    ("need", "words"), [(Need.REQUIRED, "小名 *"), (Need.LAW, "小名 · 按规定"), (Need.OPTIONAL, "小名")]
)
def test_the_label_says_why_a_field_is_asked(need, words):
    assert marked(FieldSpec("nickname", "小名", need)) == words


def test_a_number_on_file_is_named_and_not_put_into_the_line():
    number = spec_of("adult", "document_number")
    assert (
        placeholder(FieldValue(number, "1101**********1234", "")) == "已登记 1101**********1234，不改就留空"
    )
    assert placeholder(FieldValue(NICKNAME, "", "")) == "如 沐沐"
    assert placeholder(FieldValue(NICKNAME, "沐沐", "沐沐")) == "如 沐沐"


def test_what_is_asked_no_more_is_hidden_and_kept_as_nothing(make):
    form = make(values("child", allergy="has", allergens="花生", allergy_told="妈妈"))
    allergens, told = form._parts["allergens"], form._parts["allergy_told"]
    assert allergens.isVisible()
    form._parts["allergy"].widget.button("none").click()
    assert (allergens.isVisible(), told.isVisible()) == (False, True)
    assert form.changed() == {"allergy": "none", "allergens": ""}
    form._parts["allergy"].widget.button("unknown").click()
    assert not told.isVisible()
    form._parts["allergy"].widget.button("has").click()
    assert form.changed() == {}, "as it stood before"


def test_the_paper_that_bars_somebody_is_asked_only_of_who_is_barred(make):
    form = make([FieldValue(spec, "", "") for spec in ADULT_FIELDS])
    assert not form._parts["paper_kind"].isVisible()
    form.restore({"barred": "1", "paper_kind": "法院判决书", "no_such_field": "x"})
    assert form._parts["paper_kind"].isVisible()
    assert form.changed() == {"barred": "1", "paper_kind": "法院判决书"}
    form.put("barred", "")
    assert form.changed() == {}


def test_a_problem_is_said_at_its_field_alone_and_of_a_stranger_nothing(make):
    form = make(values("child", name="张沐阳", nickname=""))
    assert form.show_problem("name", "姓名里有看不懂的字。")
    assert form._parts["name"].edit.hasFocus()
    assert form.show_problem("nickname", "太长了。")
    assert form._parts["name"].problem == ""
    assert not form.show_problem("address", "地址太长了。")
    assert form._parts["nickname"].problem == ""


def test_enter_walks_over_what_is_not_asked(ground, make):
    form = make(values("child", allergy="none", allergens="", nickname=""))
    form.focus_first()
    ground.press(Qt.Key.Key_Return)
    assert form._parts["nickname"].edit.hasFocus()


def test_where_it_is_narrow_every_field_has_a_line_of_its_own(ground, make):
    form = make(values("child", name="张沐阳", nickname="沐沐", address="向阳路 12 号"), "孩子")
    parts = form._parts
    ground.settle()
    assert parts["name"].y() == parts["nickname"].y() < parts["address"].y()
    form.arrange(1)
    ground.settle()
    assert parts["name"].y() < parts["nickname"].y() < parts["address"].y()
    assert form.texts() == {"name": "张沐阳", "nickname": "沐沐", "address": "向阳路 12 号"}


def test_a_day_is_read_by_the_rule_of_its_field(ground, make):
    issued = FieldSpec("issued_on", "出具日期", kind=Kind.DATE)
    form = make([FieldValue(issued, "", ""), *values("child", nickname="")])
    line = form._parts["issued_on"]
    ground.type(line.edit, "2030-01-01")
    ground.press(Qt.Key.Key_Return)
    assert line.problem != ""
    ground.type(line.edit, "2025-12-01")
    ground.press(Qt.Key.Key_Return)
    assert (line.problem, form.changed()) == ("", {"issued_on": "2025-12-01"})
