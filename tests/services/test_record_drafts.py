"""Half-typed records: kept as typed, offered to who typed them, gone with a save, back at a word."""

import pytest

from app.domain.records import RecordError
from app.domain.staff import NotPermittedError
from app.services.bundle import build
from app.services.record_drafts import Slot
from app.store import drafts
from app.store.database import Database
from tests.services.test_record_keeping import CHILD, MOTHER

NEW = Slot("new")
FORMS = {"child": {"name": "朱予", "document_number": "62030220240229001"}, "adult1": {"phone": "138"}}


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def bodies(world):
    return [row["body"] for row in world.database.rows("select body from draft order by id")]


def test_what_was_typed_is_there_again_after_the_program_died(world, services):
    keep = services.record_keeping.drafts.keep
    keep(world.desk, NEW, "新建档案", {"child": {"name": "朱"}})
    keep(world.desk, NEW, "新建档案", FORMS)
    world.database.close()
    vars(world.database).update(vars(Database.open(world.database.path, clock=world.clock)))
    again = build(world.database, world.clock, world.rng)
    (found,) = again.record_keeping.drafts.unfinished(world.desk)
    assert (found.slot, found.title, found.forms) == (NEW, "新建档案", FORMS)
    assert found.saved_at == world.clock.now
    assert len(bodies(world)) == 1, "one draft, brought up to date"


def test_each_form_has_a_draft_of_its_own_and_each_person_too(world, services):
    keep, child = services.record_keeping.drafts.keep, world.children["张沐阳"]
    keep(world.desk, NEW, "新建档案", FORMS)
    world.clock.at(9, 30)
    health = Slot("section", child, "health")
    keep(world.desk, health, "修改健康：张沐阳", {"child": {"diet": "不吃牛肉"}})
    keep(world.director, NEW, "新建档案", {"child": {"name": "别人"}})
    found = services.record_keeping.drafts.unfinished(world.desk)
    assert [one.slot for one in found] == [health, NEW]
    assert [one.forms["child"] for one in services.record_keeping.drafts.unfinished(world.director)] == [
        {"name": "别人"}
    ]


def test_a_save_ends_its_draft_and_blanks_it_in_the_same_unit(world, services):
    keep, drafts_of = services.record_keeping.drafts.keep, services.record_keeping.drafts.unfinished
    keep(world.desk, NEW, "新建档案", FORMS)
    child = services.record_keeping.add_child(world.desk, CHILD, [MOTHER], NEW).value
    slots = {
        Slot("section", child, "basic"): lambda slot: services.record_keeping.change_child(
            world.desk, child, {"nickname": "甜甜"}, slot
        ),
        Slot("adult", child): lambda slot: services.record_keeping.family.add_adult(
            world.desk, child, {**MOTHER, "name": "朱父", "relation": "爸爸", "phone": "13900002211"}, slot
        ),
        Slot("paper", child): lambda slot: services.record_papers.keep_paper(
            world.desk, child, {"kind": "agreement"}, None, slot
        ),
    }
    for slot, save in slots.items():
        keep(world.desk, slot, "改", {"child": {"nickname": "甜"}})
        before = world.database.commits
        save(slot)
        assert world.database.commits == before + 1, slot
    adult = services.records.card(world.desk, child).adults[0].adult
    consent, trait = Slot("consent", child, "care"), Slot("trait", child, str(adult))
    answers = {"answer": "given", "signer": "朱母", "day": "2025-12-03", "signer_reason": "代签"}
    for who, slot, save in (
        (world.desk, consent, lambda slot: services.record_papers.keep_consent(
            world.desk, child, "care", answers, slot)),
        (world.director, trait, lambda slot: services.alarms.note_trait(
            world.director, adult, "nickname", "大头", slot)),
    ):  # fmt: skip
        keep(who, slot, "改", {"consent": {"signer": "朱"}})
        before = world.database.commits
        save(slot)
        assert world.database.commits == before + 1, slot
        assert drafts_of(who) == (), slot
    slot = Slot("adult", child, str(adult))
    keep(world.desk, slot, "改", {"adult": {"relation": "妈"}})
    services.record_keeping.family.change_adult(world.desk, child, adult, {"relation": "母亲"}, slot)
    assert drafts_of(world.desk) == ()
    assert set(bodies(world)) == {""}


def test_a_save_that_is_refused_leaves_the_draft(world, services):
    services.record_keeping.drafts.keep(world.desk, NEW, "新建档案", FORMS)
    with pytest.raises(RecordError):
        services.record_keeping.add_child(world.desk, {**CHILD, "name": ""}, [MOTHER], NEW)
    assert len(services.record_keeping.drafts.unfinished(world.desk)) == 1


def test_a_save_with_nothing_to_change_ends_the_draft_too(world, services):
    child = world.children["张沐阳"]
    keep = services.record_keeping.drafts.keep
    for slot, save in (
        (
            Slot("section", child, "basic"),
            lambda s: services.record_keeping.change_child(world.desk, child, {}, s),
        ),
        (
            Slot("adult", child, str(world.adults["张母"])),
            lambda s: services.record_keeping.family.change_adult(
                world.desk, child, world.adults["张母"], {}, s
            ),
        ),
    ):
        keep(world.desk, slot, "改", {"child": {}})
        save(slot)
    assert services.record_keeping.drafts.unfinished(world.desk) == ()
    services.record_keeping.drafts.settle(world.desk, None)


def test_a_draft_that_was_thrown_away_comes_back(world, services):
    kept = services.record_keeping.drafts
    kept.keep(world.desk, NEW, "新建档案", FORMS)
    done = kept.discard(world.desk, NEW)
    assert kept.unfinished(world.desk) == ()
    assert done.undo.label == "没有保存：新建档案"
    assert kept.discard(world.desk, NEW).undo is None
    services.undo(world.desk, done.undo)
    assert [one.forms for one in kept.unfinished(world.desk)] == [FORMS]
    with pytest.raises(RecordError, match="拿不回来"):
        services.undo(world.desk, done.undo)


def test_a_thrown_away_draft_does_not_push_out_a_newer_one_nor_come_to_somebody_else(world, services):
    kept = services.record_keeping.drafts
    kept.keep(world.desk, NEW, "新建档案", FORMS)
    undo = kept.discard(world.desk, NEW).undo
    with pytest.raises(RecordError):
        services.undo(world.director, undo)
    kept.keep(world.desk, NEW, "新建档案", {"child": {"name": "新的"}})
    with pytest.raises(RecordError):
        services.undo(world.desk, undo)
    assert [one.forms["child"]["name"] for one in kept.unfinished(world.desk)] == ["新的"]


def test_of_a_record_that_is_gone_nothing_is_offered_and_what_cannot_be_read_neither(
    world, services, expect_log
):
    kept = services.record_keeping.drafts
    child = services.record_keeping.add_child(world.desk, CHILD, [MOTHER])
    kept.keep(world.desk, Slot("section", child.value, "basic"), "改", {"child": {"note": "x"}})
    services.undo(world.desk, child.undo)
    assert kept.unfinished(world.desk) == ()
    with world.database.unit(world.desk.id, "test") as unit:
        drafts.add_draft(unit, "record new 0", world.desk.id, "新建档案", "[1]")
        unit.audit("draft", 1)
    expect_log("a draft of a record cannot be read")
    assert kept.unfinished(world.desk) == ()


def test_who_keeps_no_records_keeps_no_drafts(world, services):
    kept = services.record_keeping.drafts
    for verb in (
        lambda: kept.keep(world.teacher, NEW, "", {}),
        lambda: kept.unfinished(world.teacher),
        lambda: kept.discard(world.teacher, NEW),
        lambda: kept.restore(world.teacher, 1),
    ):
        with pytest.raises(NotPermittedError):
            verb()
