"""The list of all children, who looks like whom, and the whole record of one."""

import dataclasses
import datetime as dt

import pytest

from app.domain.looks import Tone
from app.domain.records import Standing
from app.services.bundle import build
from app.services.records import Records
from app.store import children
from app.store.children import Enrolment
from tests.services.world import add_adult, add_child, make_world


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def records(services) -> Records:
    return services.records


def test_the_list_tells_where_a_child_belongs_and_what_is_missing(world, records):
    with world.database.unit(None, "build") as unit:
        add_child(unit, world, "朱予晴", dt.date(2023, 8, 19))
        gone = add_child(unit, world, "安之", dt.date(2022, 1, 1))
        coming = add_child(unit, world, "白露", dt.date(2023, 1, 1))
        enrolment = Enrolment(
            gone, world.dragons, children.CareMode.FULL_DAY, None, "12345", 500, 1040, dt.date(2024, 9, 1),
            dt.date(2025, 8, 31),
        )  # fmt: skip
        children.add_enrolment(unit, enrolment)
        start = dt.date(2025, 12, 8)
        children.add_enrolment(
            unit, dataclasses.replace(enrolment, child=coming, starts_on=start, ends_on=None)
        )
    rows = {one.name: one for one in records.rows(world.desk)}
    assert rows["张沐阳"].words == "抱抱龙 · 全日托"
    assert (rows["朱予晴"].standing, rows["朱予晴"].words) == (Standing.GUEST, "临时")
    assert (rows["安之"].chip.words, rows["安之"].words, rows["安之"].gaps) == ("离园", "8月31日离园", 0)
    assert rows["白露"].words == "抱抱龙 · 全日托 · 12月8日入托"
    assert rows["张沐阳"].chip.tone is Tone.WARN
    assert [one.name for one in records.rows(world.desk)] == [
        "白露", "马思睿", "张沐阳", "周乐瑶", "曾雨桐", "朱予晴", "安之",
    ]  # fmt: skip


def test_the_list_and_the_record_count_the_same_gaps(world, services, records):
    for row in records.rows(world.desk):
        assert row.gaps == len(records.card(world.desk, row.child).gaps)
    child = world.children["张沐阳"]
    keep, papers = services.record_keeping, services.record_papers
    keep.change_child(
        world.desk,
        child,
        {
            "document_number": "A123456789",
            "chronic": "无",
            "vaccination": "complete",
            "vaccination_on": "2025-02-20",
            "exam": "fit",
            "exam_on": "2025-02-20",
        },
    )
    keep.family.change_adult(world.desk, child, world.adults["张母"], {"identity_seen": "1"})
    grandmother = {"name": "张奶奶", "relation": "奶奶", "phone": "13600001111", "may_collect": "1"}
    keep.family.add_adult(world.desk, child, grandmother)
    papers.keep_paper(world.desk, child, {"kind": "agreement"})
    for purpose in ("care", "health"):
        papers.keep_consent(
            world.desk, child, purpose, {"answer": "given", "signer": "张母", "day": "2025-03-01"}
        )
    card = records.card(world.desk, child)
    assert (card.gaps, card.row.chip.words) == ((), "齐全")
    assert card.exam.words == "入托时有效"


def test_how_long_an_exam_and_a_reminder_hold_is_a_rule_of_the_centre(world, services, records):
    child = world.children["张沐阳"]
    values = {"exam": "fit", "exam_on": "2024-12-20", "insured_until": "2026-01-31"}
    services.record_keeping.change_child(world.desk, child, values)
    before = records.card(world.desk, child)
    assert (before.exam.words, before.row.due) == ("入托时有效", "")
    rules, today = services.manage.rules, world.clock.now.date()
    rules.set_rule(world.director, "exam_months", "1", today)
    assert records.card(world.desk, child).exam.words == "入托时已过期（2025-01-20）"
    rules.set_rule(world.director, "remind_days", "90", today)
    assert records.card(world.desk, child).row.due == "意外险还剩 59 天"
    assert services.record_papers.expiring(world.desk)[0].child == child


def test_what_is_found_is_the_likeliest_first_and_who_is_gone_is_not(world, records):
    assert [one.name for one in records.find(world.desk, "zhang")] == ["张沐阳"]
    assert [one.name for one in records.find(world.desk, "4455")] == ["周乐瑶"]
    assert records.find(world.desk, "没有") == ()


def test_a_twin_of_sound_and_birth_date_or_of_phone_is_told_while_typing(world, records):
    look = records.look_alikes
    alike = look(world.desk, "张牧阳", "2023-06-01", ())
    assert [(one.name, one.why) for one in alike] == [("张沐阳", "同音同生日")]
    assert [one.name for one in look(world.desk, "张沐阳", "230601", ())] == ["张沐阳"]
    assert look(world.desk, "张沐阳", "2306", ()) == ()
    assert look(world.desk, "张沐阳", "20230601", ())[0].why == "同名同生日"
    assert look(world.desk, "张沐阳", "2023-06-02", ()) == ()
    (phone,) = look(world.desk, "", "", ("137 0000 4455", "12", ""))
    assert (phone.name, phone.why) == ("周乐瑶", "同一个电话 137****4455")
    own = world.children["周乐瑶"]
    assert look(world.desk, "", "", ("13700004455",), without=own) == ()


def test_whose_a_number_is_can_be_asked(world, records):
    owners = records.phone_owners
    assert owners(world.desk, "137 0000 4455") == ("周母（周乐瑶）",)
    assert owners(world.desk, "13700004455", "周母") == ()
    assert owners(world.desk, "137") == ()


def test_classes_come_in_their_order(world, records):
    assert [name for _, name, _ in records.classes(world.desk)] == ["抱抱龙", "小星星"]


def test_five_thousand_children_are_read_by_a_handful_of_queries(world, records):
    with world.database.unit(None, "build") as unit:
        for number in range(40):
            child = add_child(unit, world, f"孩{number}", dt.date(2023, 1, 1))
            add_adult(unit, world, child, f"母{number}", "妈妈", f"1390000{number:04d}")
    asked = []
    read = world.database.rows
    world.database.rows = lambda *args: asked.append(args) or read(*args)
    assert len(records.rows(world.desk)) == 44
    assert len(asked) < 20
    asked.clear()
    records.rows(world.desk)
    assert asked == []


def test_an_allergy_that_the_table_does_not_know_is_told(world, records):
    with world.database.unit(None, "build") as unit:
        allergies = ("牛肉", "蓝靛果", "青霉素", "托恩")
        child = add_child(unit, world, "朱予晴", dt.date(2023, 8, 19), allergies=allergies)
    read = records.card(world.desk, child).allergies
    assert [(one.substance, bool(one.words), one.food) for one in read] == [
        ("牛肉", True, True), ("蓝靛果", False, True), ("青霉素", False, False), ("托恩", False, False),
    ]  # fmt: skip
    assert records.card(world.desk, world.children["周乐瑶"]).allergies == ()
