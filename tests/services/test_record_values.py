"""A record as field texts: what is read, what must agree, how it reaches the file and the history."""

import datetime as dt

import pytest

from app.domain.identity import check_character
from app.domain.records import RecordError
from app.services import record_values
from app.services.record_values import (
    adult_values,
    allergy_value,
    changed_words,
    check_child,
    child_values,
    read_answers,
    require,
    tie_of,
    tie_words,
)
from app.store import children, people, record_acts, record_papers
from app.store.people import Tie
from app.store.record_acts import Change
from app.store.record_papers import Barring
from tests.services.world import DAY

NUMBER = "11010520230601001" + check_character("11010520230601001")
GOOD = {"name": "张沐阳", "born_on": "2023-06-01", "allergy": "none"}


@pytest.fixture
def apply(world):
    def applied(field, value, subject="child", key=None):
        key = world.children["张沐阳"] if key is None else key
        with world.database.unit(world.desk.id, "change") as unit:
            act = record_acts.add_act(unit, subject, key, "改")
            record_values.apply(unit, act, Change(subject, key, field, "", value))
            unit.audit(subject, key)

    return applied


def test_what_is_empty_is_no_field_and_a_record_that_is_gone_is_refused(world):
    held = child_values(world.database, world.children["张沐阳"])
    assert (held["name"], held["allergy"], held["allergens"]) == ("张沐阳", "has", "花生")
    assert "nickname" not in held
    assert all(held.values())
    with pytest.raises(RecordError, match="合并到另一份"):
        child_values(world.database, 9999)


def test_an_adult_is_told_with_the_bar_and_its_paper_and_only_as_one_of_this_child(world):
    child, outsider = world.children["张沐阳"], world.adults["张外人"]
    with world.database.unit(None, "paper") as unit:
        paper = Barring(child, outsider, "判决书", "(2025)1号", dt.date(2025, 3, 1))
        record_papers.add_barring(unit, paper)
        unit.audit("child", child)
    held = adult_values(world.database, child, outsider, DAY)
    assert (held["relation"], held["barred"], held["paper_kind"]) == ("邻居", "1", "判决书")
    assert held["paper_on"] == "2025-03-01"
    assert not {"valid_until", "may_collect", "identity_seen", "identity_seen_at"} & set(held)
    with pytest.raises(RecordError):
        adult_values(world.database, world.children["周乐瑶"], outsider, DAY)


def test_what_was_typed_is_read_or_refused_at_its_field():
    typed = {"name": " 张沐阳 ", "born_on": "20230601", "nickname": ""}
    assert read_answers("child", typed, DAY) == {"name": "张沐阳", "born_on": "2023-06-01", "nickname": ""}
    for field, text in (("born_on", "2026-01-01"), ("sex", "x"), ("gestation", "99")):
        with pytest.raises(RecordError) as refused:
            read_answers("child", {field: text}, DAY)
        assert refused.value.field == field
    with pytest.raises(RecordError) as refused:
        require("adult", {"name": "张母"}, "name", "relation", "phone")
    assert refused.value.field == "relation", "the first that is empty"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"allergy": "has"}, "allergens"),
        ({"allergens": "花生"}, "allergens"),
        ({"allergy": ""}, "allergy"),
        ({"exam": "fit"}, "exam_on"),
        ({"vaccination": "complete"}, "vaccination_on"),
        ({"document_kind": "birth_certificate", "document_number": "12"}, "document_number"),
        ({"document_number": NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")}, "document_number"),
        ({"document_kind": "hmt_permit", "document_number": "810000202306010011"}, "document_number"),
    ],
)
def test_what_does_not_agree_within_a_record_names_the_field(more, field):
    with pytest.raises(RecordError) as refused:
        check_child({**GOOD, **more}, DAY)
    assert refused.value.field == field


def test_a_number_says_itself_which_document_it_is_of():
    def kept(**more):
        return tuple(check_child({**GOOD, **more}, DAY).values())

    assert kept(document_number=f" {NUMBER[:6]} {NUMBER[6:]}") == ("resident", NUMBER)
    assert kept(document_number="g123456789") == ("birth_certificate", "G123456789")
    assert kept(document_kind="passport", document_number="e1234") == ("passport", "E1234")
    assert kept(document_kind="resident") == ("resident", "")


def test_a_new_name_is_found_by_its_sound_and_an_answer_of_allergy_goes_whole(world, apply):
    child = world.children["张沐阳"]
    apply("name", "单小满")
    row = world.database.row("select pinyin, initials from child where id = :id", {"id": child})
    assert row["pinyin"].startswith("shan'xiao'man")
    apply("allergy", "has:虾、鸡蛋")
    assert children.find_child(world.database, child).substances == ("虾", "鸡蛋")
    apply("allergy", "unknown")
    held = children.find_child(world.database, child)
    assert held.allergy == "unknown"
    apply("allergy", "none")
    assert children.find_child(world.database, child).substances == ()


def test_that_a_card_was_seen_is_kept_with_its_moment_and_taken_back(world, apply):
    mother = world.adults["张母"]

    def seen():
        return next(
            one.identity_seen
            for one in people.list_adults(world.database, world.children["张沐阳"], DAY)
            if one.id == mother
        )

    apply("identity_seen", "1", "adult", mother)
    assert seen()
    row = world.database.row("select identity_seen_at from adult where id = :id", {"id": mother})
    assert row["identity_seen_at"].startswith("2025-12-03T09:12")
    held = adult_values(world.database, world.children["张沐阳"], mother, DAY)
    assert (held["identity_seen"], "identity_seen_at" in held) == ("1", False), "the moment is no field"
    apply("identity_seen", "", "adult", mother)
    assert not seen()


def test_the_history_tells_choices_in_words_and_masks_what_is_secret():
    assert changed_words("child", "sex", "f") == "女"
    assert changed_words("child", "nickname", "") == "（空）"
    assert changed_words("child", "allergy", "has:花生") == "有 花生"
    assert NUMBER not in changed_words("child", "document_number", NUMBER)
    assert changed_words("adult", "phone", "13700002233") == "137****2233"
    assert changed_words("child", "tie", "妈妈 监护人") == "妈妈 监护人", "a row is told as it stands"


def test_answer_and_substances_are_one_text():
    assert allergy_value({"allergy": "has", "allergens": "花生、虾"}) == "has:花生、虾"
    assert allergy_value({"allergy": "none"}) == "none"


def test_what_an_adult_is_to_a_child_is_read_and_told_in_one_order():
    values = {"relation": "妈妈", "is_guardian": "1", "may_collect": "", "is_emergency": "1"}
    tie = tie_of(values, 3)
    assert tie == Tie("妈妈", is_guardian=True, is_emergency=True, sort=3)
    assert tie_words(tie) == "妈妈 监护人 紧急联系"
    assert tie_words(Tie("爸爸", barred=True)) == "爸爸 禁止接走"
