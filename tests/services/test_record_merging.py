"""Two records of one person become one without losing a row, and are parted again the same day."""

import datetime as dt

import pytest

from app.domain.modes import Tariff
from app.domain.records import RecordError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.pickup import CheckOut
from app.services.record_drafts import RecordDrafts, Slot
from app.store import children, people, photos
from tests.faults.acts import everything
from tests.services.answered import merge_children
from tests.services.world import DAY, add_adult, add_child, make_world

BORN = dt.date(2023, 6, 1)
GIVEN = {"answer": "given", "signer": "张母", "day": "2025-12-01"}


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    with made.database.unit(None, "build") as unit:
        twin = add_child(unit, made, "张沐洋", BORN, sex="m", allergies=("虾", "花生"))
        add_adult(unit, made, twin, "王桂芳", "奶奶", "13600001111")
        people.add_tie(
            unit, twin, made.adults["张母"], people.Tie("妈妈", is_guardian=True, may_collect=True)
        )
    return made


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def pair(world):
    return world.children["张沐阳"], world.children["张沐洋"]


def visit(services, world, child):
    """A stay of an hour, paid for."""
    at = world.clock.now.replace(hour=14)
    act = CheckIn(child, class_id=world.dragons, tariff=Tariff.TEMP_HALF_DAY, promised_at=at)
    key = services.arrivals.check_in(world.desk, act).value.visit
    world.clock.at(11)
    out = CheckOut(key, world.adults["王桂芳"], tender="cash")
    services.pickup.check_out(world.desk, out)
    return key


def owner(world, table, key):
    return world.database.row(f"select child_id from {table} where id = :id", {"id": key})["child_id"]


def test_what_is_half_typed_for_the_merged_record_is_told_of(services, world, pair):
    kept, merged = pair
    slot, forms = Slot("section", merged, "health"), {"health": {"diet": "少盐"}}
    RecordDrafts(world.database).keep(world.desk, slot, "健康", forms)

    def told(actor, *two):
        return [one for one in services.merging.compare_children(actor, *two).notes if "没写完" in one]

    (note,) = told(world.desk, kept, merged)
    assert "健康" in note
    assert told(world.desk, merged, kept) == []
    assert told(world.director, kept, merged) == [], "what somebody else types is hers"


def test_visits_receipts_adults_and_consents_are_found_from_the_kept_record(services, world, pair):
    kept, merged = pair
    key = visit(services, world, merged)
    services.record_papers.keep_consent(world.desk, merged, "care", GIVEN)
    services.record_keeping.change_child(world.desk, merged, {"nickname": "洋洋", "comfort": "小熊"})
    merge_children(services, world.director, kept, merged)
    assert owner(world, "visit", key) == kept
    assert world.database.row("select distinct child_id from receipt")["child_id"] == kept
    card = services.records.card(world.desk, kept)
    assert {one.name for one in card.adults} == {"张母", "张外人", "王桂芳"}
    assert [one.name for one in card.adults].count("张母") == 1
    shown = {one.spec.name: one.shown for one in card.fields}
    assert (shown["nickname"], shown["comfort"], shown["allergens"]) == ("洋洋", "小熊", "花生、虾")
    assert card.consents[0].answer == "given"
    assert "改 小名、安抚物" in [one.title for one in card.history]
    assert [one.child for one in services.records.find(world.desk, "张沐")] == [kept]
    with pytest.raises(RecordError, match="合并到另一份"):
        services.records.card(world.desk, merged)


def test_the_same_day_everything_is_parted_again(services, world, pair):
    kept, merged = pair
    key = visit(services, world, merged)
    services.record_papers.keep_consent(world.desk, merged, "care", GIVEN)
    before = everything(world.database)
    done = merge_children(services, world.director, kept, merged)
    services.undo(world.director, done.undo)
    after = everything(world.database)
    told = {"audit", "record_act", "record_change", "merging", "merging_row", "child_allergy"}
    assert {name for name in before if before[name] != after[name]} <= told
    assert owner(world, "visit", key) == merged
    assert children.find_child(world.database, kept).substances == ("花生",)
    assert children.find_child(world.database, merged).substances == ("虾", "花生")
    assert len(services.records.find(world.desk, "张沐")) == 2
    with pytest.raises(RecordError, match="撤销过"):
        services.undo(world.director, done.undo)


def test_a_photo_goes_along_where_there_is_none_and_comes_back(services, world, pair):
    kept, merged = pair
    jpeg = b"\xff\xd8" + bytes(300)
    services.record_papers.set_photo(world.desk, merged, jpeg)
    done = merge_children(services, world.director, kept, merged)
    assert photos.find_photo(world.database, "child", kept) == jpeg
    services.undo(world.director, done.undo)
    assert photos.find_photo(world.database, "child", kept) is None
    assert photos.find_photo(world.database, "child", merged) == jpeg
    services.record_papers.set_photo(world.desk, kept, jpeg + b"2")
    merge_children(services, world.director, kept, merged)
    assert photos.find_photo(world.database, "child", kept) == jpeg + b"2"


def test_an_identity_number_goes_along_and_comes_back(services, world, pair):
    kept, merged = pair
    number = {"document_number": "A123456789"}
    services.record_keeping.change_child(world.desk, merged, number)
    done = merge_children(services, world.director, kept, merged)
    assert children.find_by_document(world.database, "birth_certificate", "A123456789") == kept
    services.undo(world.director, done.undo)
    assert children.find_by_document(world.database, "birth_certificate", "A123456789") == merged


def test_what_was_changed_after_the_merging_stays_with_the_kept_record(services, world, pair):
    kept, merged = pair
    services.record_keeping.change_child(world.desk, merged, {"nickname": "洋洋"})
    done = merge_children(services, world.director, kept, merged)
    services.record_keeping.change_child(world.desk, kept, {"nickname": "阳阳"})
    services.undo(world.director, done.undo)
    names = [children.find_child(world.database, one).nickname for one in pair]
    assert names == ["阳阳", "洋洋"]


def test_the_history_offers_to_part_them_for_the_rest_of_the_day(services, world, pair):
    kept, _ = pair
    merge_children(services, world.director, *pair)
    services.record_keeping.change_child(world.desk, kept, {"address": "后来的"})
    merged = next(one for one in services.records.card(world.desk, kept).history if "合并" in one.title)
    assert merged.undo.verb == "records.merge"
    world.clock.now += dt.timedelta(days=1)
    later = next(one for one in services.records.card(world.desk, kept).history if "合并" in one.title)
    assert later.undo is None
    world.clock.now -= dt.timedelta(days=1)
    services.undo(world.director, merged.undo)
    assert len(services.records.find(world.desk, "张沐")) == 2


def test_the_next_day_it_is_too_late(services, world, pair):
    done = merge_children(services, world.director, *pair)
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(RecordError, match="当天"):
        services.undo(world.director, done.undo)


def test_a_merging_in_a_chain_is_undone_from_the_end(services, world, pair):
    kept, merged = pair
    with world.database.unit(None, "build") as unit:
        third = add_child(unit, world, "张木阳", BORN)
    first = merge_children(services, world.director, kept, merged)
    second = merge_children(services, world.director, kept, third)
    with pytest.raises(RecordError, match="先撤销后来的"):
        services.undo(world.director, first.undo)
    services.undo(world.director, second.undo)
    services.undo(world.director, first.undo)


def test_what_is_not_one_child_is_not_merged(services, world, pair):
    kept, merged = pair
    merge = services.merging.merge_children
    with pytest.raises(RecordError, match="另一份"):
        merge(world.director, kept, kept)
    with pytest.raises(RecordError, match="生日不同"):
        merge(world.director, kept, world.children["周乐瑶"])
    at = world.clock.now.replace(hour=14)
    for child in pair:
        act = CheckIn(child, class_id=world.dragons, tariff=Tariff.TEMP_HALF_DAY, promised_at=at)
        services.arrivals.check_in(world.desk, act)
    with pytest.raises(RecordError, match="都在园"):
        merge(world.director, kept, merged)


def test_two_contracts_at_once_are_not_merged(services, world, pair):
    kept, merged = pair
    with world.database.unit(None, "build") as unit:
        enrolment = children.Enrolment(
            merged, world.dragons, children.CareMode.FULL_DAY, None, "12345", 500, 1040, dt.date(2025, 5, 1)
        )
        children.add_enrolment(unit, enrolment)
        unit.audit("child", merged)
    with pytest.raises(RecordError, match="合同"):
        merge_children(services, world.director, kept, merged)


def test_a_bar_in_only_one_of_them_has_to_be_settled_first(services, world, pair):
    kept, merged = pair
    with world.database.unit(None, "build") as unit:
        people.add_tie(unit, merged, world.adults["张外人"], people.Tie("邻居", may_collect=True))
        unit.audit("child", merged)
    with pytest.raises(RecordError, match="禁止接走"):
        merge_children(services, world.director, kept, merged)


def test_two_records_of_one_adult_become_one_and_part_again(services, world, pair):
    kept, _ = pair
    twin = services.record_keeping.family.add_adult(
        world.desk,
        kept,
        {"name": "张妈", "relation": "妈妈", "phone": "13612345678", "born_on": "1990-01-01"},
    ).value
    mother = world.adults["张母"]
    done = services.merging.merge_adults(world.desk, kept, mother, twin)
    own = people.list_adults(world.database, kept, DAY)
    assert [one.id for one in own if one.id in {mother, twin}] == [mother]
    assert next(one.born_on for one in own if one.id == mother) == dt.date(1990, 1, 1)
    services.undo(world.desk, done.undo)
    own = people.list_adults(world.database, kept, DAY)
    assert {mother, twin} <= {one.id for one in own}
    assert next(one.born_on for one in own if one.id == mother) is None


def test_a_barred_adult_is_not_merged_away(services, world, pair):
    kept, _ = pair
    with pytest.raises(RecordError, match="只有一个被禁止"):
        services.merging.merge_adults(world.desk, kept, world.adults["张母"], world.adults["张外人"])
    with pytest.raises(RecordError, match="另一位"):
        services.merging.merge_adults(world.desk, kept, world.adults["张母"], world.adults["张母"])


def test_stays_in_the_same_hours_are_said_before_the_records_are_joined(services, world, pair):
    """One child cannot have been here twice at once: one of the two was entered by mistake, and paid for."""
    inside = services.arrivals.check_in(world.desk, CheckIn(pair[0])).value.visit
    world.clock.at(9, 20)
    visit(services, world, pair[1])

    def told():
        return [
            one for one in services.merging.compare_children(world.desk, *pair).notes if "同一时段" in one
        ]

    (words,) = told()
    assert "12月3日" in words
    assert "09:12 起、09:20–11:00" in words
    services.arrivals.undo_check_in(world.desk, inside)
    assert told() == []
