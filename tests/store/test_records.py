"""What the records keep: values with their history, photos one at a time, and who points to whom."""

import datetime as dt
import sqlite3

import pytest

from app.store import merging, photos, record_acts, record_papers, record_rows, record_rules
from app.store.record_acts import Change
from app.store.record_papers import ChildPaper
from tests.services.world import make_world

JPEG = b"\xff\xd8" + bytes(200)


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


def test_the_newest_value_holds_and_the_older_is_ended(world):
    child = world.children["张沐阳"]
    for before, value in (("", "小熊"), ("小熊", "小兔")):
        with world.database.unit(world.desk.id, "change_child") as unit:
            act = record_acts.add_act(unit, "child", child, "改")
            record_acts.add_change(unit, act, Change("child", child, "comfort", before, value))
            unit.audit("child", child)
    assert record_acts.list_values(world.database, "child", child) == {"comfort": "小兔"}
    assert record_acts.list_values_of_all(world.database, "child", ["comfort", "sleep"]) == {
        child: {"comfort": "小兔"}
    }
    newest, oldest = record_acts.list_acts(world.database, [child])
    assert record_acts.is_current(world.database, newest.id)
    assert not record_acts.is_current(world.database, oldest.id)
    assert (newest.staff_name, newest.changes[0].before) == ("林晓", "小熊")
    assert record_acts.find_act(world.database, 99) is None


def test_one_photo_holds_for_each_person_and_the_schema_sees_to_it(world):
    with world.database.unit(world.desk.id, "set_photo") as unit:
        photos.add_photo(unit, "child", 1, JPEG)
        photos.add_photo(unit, "adult", 1, JPEG + b"a")
        with pytest.raises(sqlite3.IntegrityError):
            photos.add_photo(unit, "child", 1, JPEG)
        assert photos.end_photo(unit, "child", 2) is None
        unit.audit("child", 1)
    assert photos.find_photo(world.database, "child", 1) == JPEG
    assert photos.find_photo(world.database, "adult", 1) == JPEG + b"a"
    assert photos.find_photo(world.database, "adult", 2) is None


def test_only_the_columns_of_a_record_are_changed(world):
    with pytest.raises(ValueError, match="not changed here"), world.database.unit(None, "x") as unit:
        record_rows.set_column(unit, "child", 1, "pinyin", "x")


def test_every_reference_to_a_child_is_known_from_the_schema(world):
    found = world.database.references_to("child")
    assert {("visit", "child_id"), ("receipt", "child_id"), ("consent", "child_id")} <= set(found)
    assert ("visit", "brought_by") in world.database.references_to("adult")
    assert world.database.references_to("menu") == ()


def test_papers_that_expire_come_soonest_first_and_without_the_lasting(world):
    child = world.children["张沐阳"]
    days = (dt.date(2026, 1, 1), None, dt.date(2025, 12, 5))
    with world.database.unit(world.desk.id, "keep_paper") as unit:
        for day in days:
            record_papers.add_paper(unit, ChildPaper(child, "insurance", expires_on=day))
        unit.audit("child", child)
    found = record_papers.list_expiring(world.database, dt.date(2026, 1, 1))
    assert [one.expires_on for one in found] == [days[2], days[0]]
    listed = record_papers.list_papers(world.database, child)
    assert [one.expires_on for one in listed] == [days[2], days[0], None]


def test_the_tables_of_the_rules_are_whole():
    rules = record_rules.need_rules()
    assert len({rule.key for rule in rules}) == len(rules) >= 15
    assert all(rule.source and set(rule.states) <= {"enrolled", "guest"} for rule in rules)
    texts = record_rules.consent_texts(dt.date(2025, 12, 3))
    assert len(texts) == 7
    assert all(len(text.text) > 20 for text in texts)


def test_nothing_was_merged_where_nothing_was(world):
    assert merging.list_merged(world.database, "child", 1) == ()
    assert merging.find_merging(world.database, 1) is None
