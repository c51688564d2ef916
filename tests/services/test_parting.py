"""A merging is taken back exactly or not at all, with the reason; what two records both have is settled."""

import dataclasses
import datetime as dt

import pytest

from app.domain.joining import Side
from app.domain.life import Ending, Owner, StepKind
from app.domain.modes import CareMode, Tariff
from app.domain.records import RecordError
from app.services.admissions import StepWish
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.pickup import CheckOut
from app.store import children, life, people
from app.store.day import list_expected
from tests.faults.acts import everything
from tests.services.answered import merge_children
from tests.services.world import DAY, add_adult, add_child, make_world, own_pin

BORN = dt.date(2023, 6, 1)
FRIDAY = DAY + dt.timedelta(days=2)
TOLD = {"audit", "record_act", "record_change", "merging", "merging_row", "child_adult"}


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    with made.database.unit(None, "build") as unit:
        for name, sort in (("林小满", "1"), ("林晓满", "2")):
            child = add_child(unit, made, name, BORN, sex="m")
            add_adult(unit, made, child, f"{name}的妈妈", "妈妈", f"1360000111{sort}", is_guardian=True)
    yield made
    made.database.close()


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def pair(world):
    return world.children["林小满"], world.children["林晓满"]


def merge(services, world, pair):
    return merge_children(services, world.director, *pair).undo


def refused(services, world, undo, words):
    before = everything(world.database)
    with pytest.raises(RecordError, match=words):
        services.undo(world.director, undo)
    assert everything(world.database) == before


def arrive(services, world, child):
    at = world.clock.now.replace(hour=12)
    act = CheckIn(child, class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=at)
    return services.arrivals.check_in(world.desk, act).value.visit


# -- taken back exactly, or not


def test_an_adult_who_was_changed_since_is_not_left_behind(services, world, pair):
    kept, _merged = pair
    undo = merge(services, world, pair)
    mother = world.adults["林晓满的妈妈"]
    services.record_keeping.family.change_adult(world.director, kept, mother, {"relation": "外婆"})
    refused(services, world, undo, "家人的身份、权限或接送又有变动")
    assert [one.name for one in people.list_adults(world.database, kept, DAY)][1] == "林晓满的妈妈"


def test_a_receipt_stays_with_the_child_whose_stay_it_is(services, world, pair):
    _kept, merged = pair
    visit = arrive(services, world, merged)
    undo = merge(services, world, pair)
    world.clock.at(10)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["林晓满的妈妈"], tender="cash"))
    refused(services, world, undo, "又有变动，分不清该归哪一份")


def test_a_stay_that_nobody_touched_goes_back(services, world, pair):
    _kept, merged = pair
    visit = arrive(services, world, merged)
    undo = merge(services, world, pair)
    assert [one.who.id for one in list_expected(world.database, DAY)].count(merged) == 0
    services.undo(world.director, undo)
    row = world.database.row("select child_id from visit where id = :id", {"id": visit})
    assert row["child_id"] == merged


def test_what_was_written_about_a_stay_since_keeps_it_where_it_is(services, world, pair):
    visit = arrive(services, world, pair[1])
    undo = merge(services, world, pair)
    with world.database.unit(world.desk.id, "check") as unit:
        row = {"visit_id": visit, "kind": "day", "at": unit.stamp, "tenths": 372, "site": "ear"}
        unit.insert("health_check", {**row, "outcome": "normal", "staff_id": world.desk.id})
        unit.audit("visit", visit)
    refused(services, world, undo, "入园、离园或在园时的记录又有变动")


def test_what_the_kept_child_did_alone_since_is_no_bar(services, world, pair):
    kept, _merged = pair
    undo = merge(services, world, pair)
    visit = arrive(services, world, kept)
    services.undo(world.director, undo)
    row = world.database.row("select child_id from visit where id = :id", {"id": visit})
    assert row["child_id"] == kept


def test_whoever_goes_back_has_not_collected_the_other_child_since(services, world, pair):
    kept, _merged = pair
    undo = merge(services, world, pair)
    visit = arrive(services, world, kept)
    world.clock.at(10)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["林晓满的妈妈"], tender="cash"))
    refused(services, world, undo, "又有变动")


def test_no_child_is_left_without_anybody_to_ring(services, world, pair):
    kept, _merged = pair
    undo = merge(services, world, pair)
    mother = world.adults["林小满的妈妈"]
    services.record_keeping.family.end_adult(world.director, kept, mother, "妈妈要求，不再接送")
    refused(services, world, undo, "没有打得通电话的家人")


def test_a_number_that_somebody_else_holds_now_is_told(services, world, pair):
    kept, _merged = pair
    keep = services.record_keeping.change_child
    for child, number in zip(pair, ("E11111111", "E22222222"), strict=True):
        keep(world.desk, child, {"document_kind": "passport", "document_number": number})
    undo = merge(services, world, pair)
    with pytest.raises(RecordError, match="已登记在林小满名下"):
        keep(
            world.desk,
            world.children["张沐阳"],
            {"document_kind": "passport", "document_number": "E22222222"},
        )
    keep(world.desk, kept, {"document_number": "E22222222"})
    refused(services, world, undo, "证件号，现在登记在林小满名下")


@pytest.mark.parametrize("side", list(Side))
def test_the_number_that_does_not_stay_is_known_all_the_same(services, world, pair, side):
    kept, merged = pair
    keep = services.record_keeping.change_child
    numbers = (("passport", "E11111111"), ("birth_certificate", "A123456789"))
    for child, (kind, number) in zip(pair, numbers, strict=True):
        keep(world.desk, child, {"document_kind": kind, "document_number": number})
    before = everything(world.database)
    chosen = {"document_number": side}
    undo = merge_children(services, world.director, kept, merged, chosen).undo
    for kind, number in numbers:
        assert children.find_by_document(world.database, kind, number) == kept
    services.undo(world.director, undo)
    after = everything(world.database)
    assert {name for name in before if before[name] != after[name]} <= TOLD


def test_a_merging_is_parted_after_those_that_stand_on_it(services, world, pair):
    kept, _merged = pair
    first = merge(services, world, pair)
    mothers = [world.adults[f"{name}的妈妈"] for name in ("林小满", "林晓满")]
    second = services.merging.merge_adults(world.director, kept, *mothers).undo
    refused(services, world, first, "先撤销后来的合并")
    services.undo(world.director, second)
    services.undo(world.director, first)


# -- lives


def step(services, world, child, kind, day=DAY, **more):
    services.admissions.take_step(world.desk, Owner(child=child), StepWish(kind, day, **more))


@pytest.mark.parametrize("turned", [False, True])
def test_a_child_in_care_does_not_go_back_on_the_list(services, world, pair, turned):
    cared, asking = pair
    step(services, world, cared, StepKind.ENROL, class_id=world.dragons)
    step(services, world, asking, StepKind.WAIT)
    kept = asking if turned else cared
    undo = merge_children(services, world.director, kept, cared if turned else asking).undo
    assert services.admission_lists.queue(world.desk) == ()
    whole = life.find_life(world.database, Owner(child=kept))[1]
    assert [one.kind for one in whole.steps] == [StepKind.ENROL]
    step(services, world, kept, StepKind.SUSPEND, DAY + dt.timedelta(days=5), reason="回老家")
    if turned:  # the contract came with the merging
        refused(services, world, undo, "入托合同或招生步骤又有变动")
    else:
        services.undo(world.director, undo)


@pytest.mark.parametrize("turned", [False, True])
def test_an_asking_put_aside_is_there_again_when_parted(services, world, pair, turned):
    cared, asking = pair
    step(services, world, cared, StepKind.ENROL, class_id=world.dragons)
    step(services, world, asking, StepKind.WAIT)
    before = everything(world.database)
    both = (asking, cared) if turned else (cared, asking)
    undo = merge_children(services, world.director, *both).undo
    services.undo(world.director, undo)
    after = everything(world.database)
    assert {name for name in before if before[name] != after[name]} <= TOLD
    assert [line.name for line in services.admission_lists.queue(world.desk)] == ["林晓满"]


def test_what_was_asked_before_she_came_is_told_before(services, world, pair):
    cared, asked = pair
    step(services, world, asked, StepKind.WAIT)
    step(services, world, cared, StepKind.ENROL, class_id=world.dragons)
    merge(services, world, pair)
    whole = life.find_life(world.database, Owner(child=cared))[1]
    assert [one.kind for one in whole.steps] == [StepKind.WAIT, StepKind.ENROL]
    assert whole.stage.in_care


def test_two_on_the_list_are_not_merged(services, world, pair):
    for child in pair:
        step(services, world, child, StepKind.WAIT)
    with pytest.raises(RecordError, match="候补名单"):
        merge(services, world, pair)
    step(services, world, pair[1], StepKind.LEAVE, ending=Ending.GIVEN_UP)
    merge(services, world, pair)
    assert len(services.admission_lists.queue(world.desk)) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_who_has_left_may_be_on_the_list_again(services, world, pair, turned):
    left, asking = pair
    with world.database.unit(None, "build") as unit:
        place = (world.dragons, CareMode.FULL_DAY, None, "12345", 500, 1040)
        past = (dt.date(2025, 1, 1), dt.date(2025, 6, 30))
        children.add_enrolment(unit, children.Enrolment(left, *place, *past))
        unit.audit("child", left)
    step(services, world, asking, StepKind.WAIT)
    merge(services, world, (asking, left) if turned else (left, asking))
    assert len(services.admission_lists.queue(world.desk)) == 1


def test_two_lives_in_care_follow_each_other_or_are_not_merged(services, world, pair):
    kept, merged = pair
    with world.database.unit(None, "build") as unit:
        for child, first, last in (
            (kept, dt.date(2025, 9, 1), None),
            (merged, dt.date(2025, 1, 1), dt.date(2025, 6, 30)),
        ):
            place = (world.dragons, CareMode.FULL_DAY, None, "12345", 500, 1040)
            children.add_enrolment(unit, children.Enrolment(child, *place, first, last))
        unit.audit("child", kept)
    merge(services, world, pair)
    assert life.find_life(world.database, Owner(child=kept))[1].stage.in_care


# -- bookings


def book(services, world, child, first=540, last=660, note=""):
    wish = Wish(
        day=FRIDAY,
        from_minute=first,
        to_minute=last,
        tariff=Tariff.HOURLY,
        child=child,
        note=note,
        override_reason="x",
    )
    return services.bookings.book(world.director, wish, own_pin(world)).value


def coming(world, day=FRIDAY):
    return [one.who.name for one in list_expected(world.database, day) if one.who.name.startswith("林")]


def test_the_same_booking_twice_is_one(services, world, pair):
    for child in pair:
        book(services, world, child)
    before = everything(world.database)
    undo = merge(services, world, pair)
    assert coming(world) == ["林小满"]
    services.undo(world.director, undo)
    after = everything(world.database)
    assert {name for name in before if before[name] != after[name]} <= TOLD


def test_a_booking_with_a_word_of_its_own_is_not_thrown_away(services, world, pair):
    book(services, world, pair[0])
    book(services, world, pair[1], note="下午要吃药")
    with pytest.raises(RecordError, match="都约了"):
        merge(services, world, pair)


def test_two_bookings_of_a_day_that_differ_are_told(services, world, pair):
    book(services, world, pair[0])
    book(services, world, pair[1], 600, 720)
    shown = services.merging.compare_children(world.desk, *pair)
    assert "都约了" in shown.refusal
    assert "9:00–11:00 和 10:00–12:00" in shown.refusal
    with pytest.raises(RecordError, match="都约了"):
        merge(services, world, pair)


@pytest.mark.parametrize("turned", [False, True])
def test_a_booking_beside_the_contract_of_the_other_is_told(services, world, pair, turned):
    cared, booked = pair
    step(services, world, cared, StepKind.ENROL, class_id=world.dragons)
    book(services, world, booked)
    with pytest.raises(RecordError, match="按合同来园"):
        merge(services, world, (booked, cared) if turned else (cared, booked))


# -- side by side


def test_what_differs_is_told_before_anything_is_merged(services, world, pair):
    kept, merged = pair
    keep = services.record_keeping.change_child
    keep(world.desk, kept, {"chronic": "湿疹", "address": "甲路 1 号", "nickname": "满满"})
    keep(world.desk, merged, {"chronic": "癫痫", "address": "乙路 2 号", "comfort": "小熊"})
    shown = services.merging.compare_children(world.desk, kept, merged)
    assert (shown.kept, shown.merged, shown.refusal) == ("林小满", "林晓满", "")
    lines = {line.label: line for line in shown.lines}
    assert list(lines) == ["林晓满的妈妈（随并入的档案来）", "既往病史", "姓名", "住址", "安抚物"]
    assert lines["既往病史"].result == "都留：湿疹；癫痫"
    assert lines["安抚物"].result == "补上"
    assert (lines["住址"].choice, lines["住址"].side) == ("address", Side.KEPT)
    chosen = {"address": Side.MERGED, "name": Side.MERGED}
    merge_children(services, world.desk, kept, merged, chosen)
    card = services.records.card(world.desk, kept)
    assert card.row.name == "林晓满"
    assert {one.spec.name: one.shown for one in card.fields}["address"] == "乙路 2 号"
    assert [row.child for row in services.records.find(world.desk, "lxm")] == [kept]


def test_consents_and_rights_are_told_side_by_side(services, world, pair):
    kept, merged = pair
    mother = world.adults["林小满的妈妈"]
    with world.database.unit(None, "build") as unit:
        people.add_tie(unit, merged, mother, people.Tie("家长", is_emergency=True))
        unit.audit("child", merged)
    for child, answer, day in ((kept, "given", "2025-03-01"), (merged, "refused", "2025-12-01")):
        answers = {"answer": answer, "signer": "张母", "day": day, "signer_reason": "代签"}
        services.record_papers.keep_consent(world.desk, child, "photo_public", answers)
    lines = {line.label: line for line in services.merging.compare_children(world.desk, *pair).lines}
    assert lines["照片：对外宣传"].result == "按 2025-12-01 的“不同意”"
    assert lines["林小满的妈妈"].result == "合并后：妈妈 监护人 可接 紧急联系"


def test_a_merging_of_before_the_digests_is_not_parted_blindly(services, world, pair):
    undo = merge(services, world, pair)
    with world.database.unit(None, "build") as unit:
        unit.execute("delete from merging_row where place like 'state:%'")
        unit.audit("child", pair[0])
    refused(services, world, dataclasses.replace(undo), "程序更新以前")


def test_an_older_change_of_what_was_merged_is_not_taken_back(services, world, pair):
    kept, merged = pair
    keeping = services.record_keeping
    new = {"name": "林小曼", "born_on": "2023-06-01", "allergy": "none", "allergy_told": "妈妈"}
    mother = {"name": "林三", "relation": "妈妈", "phone": "13600001119", "is_guardian": "1"}
    made = keeping.add_child(world.desk, new, [mother])
    changed = keeping.change_child(world.desk, merged, {"nickname": "满"})
    merge(services, world, pair)
    merge_children(services, world.desk, kept, made.value)
    for undo in (made.undo, changed.undo):
        with pytest.raises(RecordError, match="后来合并了"):
            services.undo(world.desk, undo)
    row = world.database.row("select superseded_by from child where id = :id", {"id": made.value})
    assert row["superseded_by"] == kept


def test_a_child_is_found_by_the_name_of_either_record_until_they_are_parted(services, world, pair):
    kept, merged = pair
    asked = ("林晓满", "晓满", "linxm", "lxm")
    assert {row.child for row in services.records.find(world.desk, "林晓满")} == {merged}
    undo = merge(services, world, pair)
    for text in asked:
        assert [row.child for row in services.records.find(world.desk, text)] == [kept], text
    services.undo(world.director, undo)
    assert {row.child for row in services.records.find(world.desk, "林晓满")} == {merged}


def test_the_history_of_both_is_told(services, world, pair):
    kept, merged = pair
    mothers = [world.adults[f"{name}的妈妈"] for name in ("林小满", "林晓满")]
    number = {"document_kind": "passport", "document_number": "E22222222"}
    services.record_keeping.change_child(world.desk, merged, number)
    services.record_keeping.unmask(world.desk, "child", merged, "document_number")
    services.record_keeping.family.change_adult(world.desk, merged, mothers[1], {"is_emergency": "1"})
    merge(services, world, pair)
    services.merging.merge_adults(world.director, kept, *mothers)
    told = " ".join(one.title for one in services.records.card(world.desk, kept).history)
    for words in ("查看完整的证件号码", "改 紧急联系人", "合并家人", "合并档案"):
        assert words in told, words
