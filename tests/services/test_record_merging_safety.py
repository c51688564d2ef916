"""What a merging may never lose: health, a refusal, a right, and by what a barred person is known."""

import datetime as dt

import pytest

from app.domain.joining import Side
from app.domain.modes import Tariff
from app.domain.records import RecordError
from app.services.alarms import BarredAlarmError
from app.services.arrivals import CheckIn
from app.services.bars import Stranger, likely_barred
from app.services.bundle import build
from app.services.pins import Second
from app.store import alarms, children, people, record_papers, record_rows, rollcall
from app.store.record_papers import Barring
from tests.faults.acts import everything
from tests.services.answered import merge_children
from tests.services.world import DAY, add_adult, add_child, make_world

BORN = dt.date(2023, 6, 1)


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    with made.database.unit(None, "build") as unit:
        twin = add_child(unit, made, "张沐洋", BORN, sex="m")
        add_adult(unit, made, twin, "王桂芳", "奶奶", "13600001111", is_guardian=True)
    yield made
    made.database.close()


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def pair(world):
    return world.children["张沐阳"], world.children["张沐洋"]


def fields(services, world, child):
    return {one.spec.name: one.shown for one in services.records.card(world.desk, child).fields}


def consent(services, world, child, answer, day, purpose="photo_public"):
    answers = {"answer": answer, "signer": "张母", "day": day, "signer_reason": "代签"}
    services.record_papers.keep_consent(world.desk, child, purpose, answers)


def holding(world, child, purpose="photo_public"):
    kept = record_papers.list_consents(world.database, child)
    return [one.answer for one in kept if one.purpose == purpose and not one.ended]


def adult(world, child, name, relation, phone, **more):
    with world.database.unit(None, "build") as unit:
        key = add_adult(unit, world, child, name, relation, phone, **more)
        unit.audit("child", child)
    return key


def rights(world, child, adult):
    found = next(one for one in people.list_adults(world.database, child, DAY) if one.id == adult)
    return found.tie


def alarming(world, child, name="", phone="", identity=""):
    stranger = Stranger(name, "", phone, identity)
    return {one.name for one, _ in likely_barred(world.database, child, stranger, DAY)}


# -- health


def test_what_both_tell_of_health_adds_up(services, world, pair):
    kept, merged = pair
    keep = services.record_keeping.change_child
    keep(world.desk, kept, {"chronic": "湿疹", "diet": "不吃牛肉", "note": "甲", "sleep": "抱着睡"})
    texts = {"chronic": "高热惊厥，备有地西泮", "diet": "不能喝牛奶", "note": "乙", "sleep": "抱着睡"}
    keep(world.desk, merged, texts)
    done = merge_children(services, world.desk, kept, merged)
    shown = fields(services, world, kept)
    assert shown["chronic"] == "湿疹；高热惊厥，备有地西泮"
    assert (shown["diet"], shown["note"], shown["sleep"]) == ("不吃牛肉；不能喝牛奶", "甲；乙", "抱着睡")
    services.undo(world.desk, done.undo)
    assert fields(services, world, kept)["chronic"] == "湿疹"
    assert fields(services, world, merged)["diet"] == "不能喝牛奶"


def test_that_one_knows_of_nothing_hides_no_illness(services, world, pair):
    kept, merged = pair
    services.record_keeping.change_child(world.desk, kept, {"chronic": "无"})
    services.record_keeping.change_child(world.desk, merged, {"chronic": "癫痫"})
    merge_children(services, world.desk, kept, merged)
    assert fields(services, world, kept)["chronic"] == "癫痫"


def test_an_exam_stays_whole_and_the_later_one_is_proposed(services, world, pair):
    kept, merged = pair
    keep = services.record_keeping.change_child
    keep(world.desk, kept, {"exam": "fit", "exam_on": "2025-03-01"})
    keep(world.desk, merged, {"exam": "unfit", "exam_on": "2025-12-01", "exam_hospital": "妇幼保健院"})
    done = merge_children(services, world.desk, kept, merged)
    shown = fields(services, world, kept)
    assert (shown["exam"], shown["exam_hospital"]) == ("不合格", "妇幼保健院")
    services.undo(world.desk, done.undo)
    merge_children(services, world.desk, kept, merged, {"exam": Side.KEPT})
    shown = fields(services, world, kept)
    assert (shown["exam"], shown["exam_on"], shown["exam_hospital"]) == ("合格", "2025-03-01", "")


def test_a_text_that_was_joined_and_written_on_since_is_not_parted(services, world, pair):
    kept, merged = pair
    services.record_keeping.change_child(world.desk, kept, {"chronic": "湿疹"})
    services.record_keeping.change_child(world.desk, merged, {"chronic": "哮喘"})
    done = merge_children(services, world.desk, kept, merged)
    services.record_keeping.change_child(world.desk, kept, {"chronic": "湿疹；哮喘；癫痫"})
    with pytest.raises(RecordError, match="改过“既往病史”"):
        services.undo(world.desk, done.undo)


def test_an_allergy_learnt_since_is_not_lost_by_parting(services, world, pair):
    kept, merged = pair
    shrimps = {"allergy": "has", "allergens": "虾", "allergy_told": "妈妈"}
    services.record_keeping.change_child(world.director, merged, shrimps)
    done = merge_children(services, world.desk, kept, merged)
    with world.database.unit(None, "build") as unit:
        children.answer_allergy(unit, kept, "has", ("花生", "虾", "鸡蛋"))
        unit.audit("child", kept)
    with pytest.raises(RecordError, match="改过“过敏”"):
        services.undo(world.desk, done.undo)


# -- consents


@pytest.mark.parametrize(
    ("kept_answer", "merged_answer", "holds"),
    [
        (("given", "2025-03-01"), ("refused", "2025-12-01"), "refused"),
        (("refused", "2025-12-01"), ("given", "2025-03-01"), "refused"),
        (("refused", "2025-03-01"), ("given", "2025-12-01"), "given"),
        (("given", "2025-12-01"), ("refused", "2025-12-01"), "refused"),
        (("refused", "2025-12-01"), ("given", "2025-12-01"), "refused"),
    ],
)
def test_the_latest_answer_holds_and_of_one_day_the_stricter(
    services, world, pair, kept_answer, merged_answer, holds
):
    for child, answer in zip(pair, (kept_answer, merged_answer), strict=True):
        consent(services, world, child, *answer)
    done = merge_children(services, world.desk, *pair)
    assert holding(world, pair[0]) == [holds]
    services.undo(world.desk, done.undo)
    assert [holding(world, child) for child in pair] == [[kept_answer[0]], [merged_answer[0]]]


def test_a_withdrawal_since_outlives_the_attempt_to_part(services, world, pair):
    kept, merged = pair
    for child, day in zip(pair, ("2025-12-01", "2025-03-01"), strict=True):
        consent(services, world, child, "given", day)
    done = merge_children(services, world.desk, kept, merged)
    consent(services, world, kept, "withdrawn", "2025-12-03")
    with pytest.raises(RecordError, match="同意书又有变动"):
        services.undo(world.desk, done.undo)
    assert holding(world, kept) == ["withdrawn"]


# -- barred


def test_all_that_a_barred_man_was_known_by_still_alarms(services, world, pair):
    kept, _ = pair
    one = adult(world, kept, "张国强", "爸爸", "13911110001", barred=True)
    other = adult(world, kept, "李大壮", "爸爸", "13922228888", barred=True)
    services.alarms.note_trait(world.director, other, "nickname", "壮子")
    done = services.merging.merge_adults(world.desk, kept, one, other)
    for asked in ({"phone": "13922228888"}, {"name": "李大壮"}, {"name": "壮子"}, {"phone": "13911110001"}):
        assert "张国强" in alarming(world, kept, **{"name": "陈先生", **asked}), asked
    card = services.records.card(world.desk, kept)
    assert next(a for a in card.adults if a.adult == one).formers == ("李大壮 139****8888",)
    services.undo(world.desk, done.undo)
    assert alarming(world, kept, name="李大壮") == {"李大壮"}


def test_who_is_barred_after_a_merging_is_known_by_the_merged_record_too(services, world, pair):
    kept, _ = pair
    one = adult(world, kept, "周正", "舅舅", "13911110001")
    other = adult(world, kept, "周正", "舅舅", "13922228888")
    services.merging.merge_adults(world.desk, kept, one, other)
    bar = {"barred": "1", "paper_kind": "法院判决书", "may_collect": ""}
    services.record_keeping.family.change_adult(world.director, kept, one, bar)
    assert alarming(world, kept, name="陈先生", phone="13922228888") == {"周正"}
    assert ("phone", "13922228888") in alarms.list_traits(world.database, one)


def test_the_paper_that_bars_longer_holds(services, world, pair):
    kept, _ = pair
    one = adult(world, kept, "张国强", "爸爸", "13911110001", barred=True)
    other = adult(world, kept, "张国强", "爸爸", "13922228888", barred=True)
    with world.database.unit(None, "build") as unit:
        record_papers.add_barring(unit, Barring(kept, one, "保护令", "", None, dt.date(2025, 6, 1)))
        record_papers.add_barring(unit, Barring(kept, other, "判决书"))
        unit.audit("child", kept)
    services.merging.merge_adults(world.desk, kept, one, other)
    assert record_papers.list_barrings(world.database, kept)[one].paper_kind == "判决书"


def test_nobody_is_parted_from_a_bar_that_came_since(services, world, pair):
    kept, merged = pair
    done = merge_children(services, world.director, kept, merged)
    new = {"name": "赵一", "relation": "爸爸", "barred": "1", "paper_kind": "判决书"}
    services.record_keeping.family.add_adult(world.director, kept, new)
    with pytest.raises(RecordError, match="禁止接走"):
        services.undo(world.director, done.undo)


# -- rights


def contact_and_guardian(world, child):
    """陆静 twice: as the inquiry knew her, and as the guardian she is."""
    one = adult(world, child, "陆静", "家长", "13700001111")
    with world.database.unit(None, "build") as unit:
        people.end_tie(unit, child, one)
        unit.execute("delete from child_adult where adult_id = :one", {"one": one})
        people.add_tie(unit, child, one, people.Tie("家长", is_emergency=True))
        unit.audit("child", child)
    return one, adult(world, child, "陆静", "妈妈", "13700001112", is_guardian=True)


def younger(child, side=Side.MERGED):
    """Somebody has looked, and says that the younger record is right."""
    return {f"rights.{child}": side}


def test_the_stronger_of_each_right_stays(services, world, pair):
    kept, _ = pair
    one, other = contact_and_guardian(world, kept)
    done = services.merging.merge_adults(world.desk, kept, one, other, younger(kept))
    tie = rights(world, kept, one)
    assert (tie.relation, tie.is_guardian, tie.may_collect, tie.is_emergency) == ("妈妈", True, True, True)
    services.undo(world.desk, done.undo)
    assert rights(world, kept, one) == people.Tie("家长", is_emergency=True)
    assert rights(world, kept, other).is_guardian


def test_both_numbers_of_one_person_are_found_and_rung(services, world, pair):
    kept, _ = pair
    one, other = contact_and_guardian(world, kept)
    assert services.finding.find(world.desk, "13700001112").adults
    services.merging.merge_adults(world.desk, kept, one, other, younger(kept))
    for number in ("13700001111", "13700001112", "1112"):
        assert [hit.adult for hit in services.finding.find(world.desk, number).adults] == [one], number
        assert [row.child for row in services.records.find(world.desk, number)] == [kept]
    ring = services.ringing.card(world.desk, kept, None)
    masked = [(who.phone_masked, who.role) for who in ring.people if who.name == "陆静"]
    assert masked == [("137****1111", "监护人"), ("137****1112", "另一个号码")]
    second = next(who.adult for who in ring.people if who.role == "另一个号码")
    assert services.ringing.reveal(world.desk, kept, second).value == "137 0000 1112"
    assert people.children_by_phone(world.database, "13700001112") == (kept,)


def test_a_right_that_was_taken_away_does_not_come_back(services, world, pair):
    kept, _ = pair
    one, other = contact_and_guardian(world, kept)
    change = services.record_keeping.family.change_adult
    change(world.director, kept, other, {"may_collect": ""})
    change(world.director, kept, one, {"may_collect": "1"})
    shown = services.merging.compare_adults(world.desk, kept, one, other)
    assert "“可以接孩子”以前取消过" in " ".join(shown.notes)
    services.merging.merge_adults(world.desk, kept, one, other, younger(kept))
    tie = rights(world, kept, one)
    assert (tie.is_guardian, tie.may_collect) == (True, False)


def test_who_was_removed_from_one_record_comes_without_rights(services, world, pair):
    kept, merged = pair
    mother = world.adults["王桂芳"]
    with world.database.unit(None, "build") as unit:
        people.add_tie(unit, kept, mother, people.Tie("奶奶", may_collect=True))
        unit.audit("child", kept)
    services.record_keeping.family.end_adult(world.director, kept, mother, "妈妈要求，不再接送")
    merge_children(services, world.director, kept, merged)
    assert not rights(world, kept, mother).may_collect


def test_who_comes_along_is_shown_and_is_no_guardian_beside_those_she_has(services, world, pair):
    """By no card does a stranger become one, so by no second record either."""
    kept, merged = pair
    stranger = world.adults["王桂芳"]
    adult(world, merged, "王三", "叔叔", "13600002222")
    shown = services.merging.compare_children(world.desk, kept, merged)
    lines = {line.label.partition("（")[0]: line for line in shown.lines}
    line = lines["王桂芳"]
    assert (line.kept, line.merged) == ("奶奶 没有权限", "奶奶 监护人 可接")
    assert (line.choice, line.side) == (f"rights.{stranger}", None)
    assert (lines["王三"].kept, lines["王三"].merged) == ("叔叔 没有权限", "叔叔 可接")
    assert "右边是后建的档案" in " ".join(shown.notes)
    done = merge_children(services, world.director, kept, merged, believed=False)
    assert rights(world, kept, stranger) == people.Tie("奶奶")
    services.undo(world.director, done.undo)
    assert rights(world, merged, stranger).is_guardian
    merge_children(services, world.director, kept, merged, {line.choice: Side.MERGED}, believed=False)
    assert not rights(world, kept, world.adults["王三"]).may_collect
    assert rights(world, kept, stranger).is_guardian


@pytest.mark.parametrize("turned", [False, True])
def test_no_guardian_of_the_record_made_first_loses_that_whichever_is_kept(services, world, pair, turned):
    """The mother of the first stays one; the stranger of the second is asked about on either side."""
    first, second = pair
    kept, merged = (second, first) if turned else (first, second)
    mother, stranger = world.adults["张母"], world.adults["王桂芳"]
    shown = services.merging.compare_children(world.desk, kept, merged)
    asked = [line for line in shown.lines if line.choice.startswith("rights.")]
    words = ("奶奶 没有权限", "奶奶 监护人 可接")
    assert [(line.choice, line.side) for line in asked] == [(f"rights.{stranger}", None)]
    assert (asked[0].kept, asked[0].merged) == (words[::-1] if turned else words)
    assert f"用{'左' if turned else '右'}边的" in " ".join(shown.notes)
    done = merge_children(services, world.director, kept, merged, believed=False)
    assert rights(world, kept, mother).is_guardian
    assert rights(world, kept, stranger) == people.Tie("奶奶")
    services.undo(world.director, done.undo)
    assert rights(world, first, mother).is_guardian
    assert rights(world, second, stranger).is_guardian
    merge_children(services, world.director, kept, merged)
    assert rights(world, kept, mother).is_guardian
    assert rights(world, kept, stranger).is_guardian


def test_a_collector_of_the_first_record_is_no_guardian_by_a_later_one_that_is_kept(services, world, pair):
    first, second = pair
    stranger = world.adults["王桂芳"]
    with world.database.unit(None, "build") as unit:
        people.add_tie(unit, first, stranger, people.Tie("邻居", may_collect=True))
        unit.audit("child", first)
    merge_children(services, world.director, second, first, believed=False)
    tie = rights(world, second, stranger)
    assert (tie.is_guardian, tie.may_collect) == (False, True)
    assert rights(world, second, world.adults["张母"]).is_guardian


def test_a_record_is_as_old_as_the_first_that_went_into_it(services, world, pair):
    first, second = pair
    with world.database.unit(None, "build") as unit:
        third = add_child(unit, world, "张沐羊", BORN, sex="m")
        unit.audit("child", third)
    merge_children(services, world.director, third, first)
    merge_children(services, world.director, second, third, believed=False)
    assert rights(world, second, world.adults["张母"]).is_guardian
    assert not rights(world, second, world.adults["王桂芳"]).is_guardian


def test_a_collector_of_hers_is_no_guardian_by_a_second_record_either(services, world, pair):
    kept, merged = pair
    stranger = world.adults["王桂芳"]
    with world.database.unit(None, "build") as unit:
        people.add_tie(unit, kept, stranger, people.Tie("邻居", may_collect=True))
        unit.audit("child", kept)
    shown = services.merging.compare_children(world.desk, kept, merged)
    line = next(line for line in shown.lines if line.label == "王桂芳")
    assert (line.kept, line.merged) == ("邻居 可接", "奶奶 监护人 可接")
    merge_children(services, world.director, kept, merged, believed=False)
    assert rights(world, kept, stranger) == people.Tie("邻居", may_collect=True)


def test_a_record_without_guardians_takes_over_those_of_the_other(services, world, pair):
    kept, merged = pair
    with world.database.unit(None, "build") as unit:
        people.end_tie(unit, kept, world.adults["张母"])
        unit.audit("child", kept)
    shown = services.merging.compare_children(world.desk, kept, merged)
    line = next(line for line in shown.lines if line.label.startswith("王桂芳"))
    assert (line.choice, line.result) == ("", "合并后：奶奶 监护人 可接")
    merge_children(services, world.director, kept, merged)
    assert rights(world, kept, world.adults["王桂芳"]).is_guardian


def test_a_right_for_one_day_lends_nothing_for_good(services, world, pair):
    kept, merged = pair
    mother = world.adults["王桂芳"]
    with world.database.unit(None, "build") as unit:
        people.add_tie(unit, kept, mother, people.Tie("奶奶", may_collect=True, only_day=DAY))
        people.end_tie(unit, merged, mother)
        unit.execute("delete from child_adult where child_id = :merged", {"merged": merged})
        people.add_tie(unit, merged, mother, people.Tie("奶奶", is_emergency=True))
        unit.audit("child", kept)
    merge_children(services, world.director, kept, merged)
    tie = rights(world, kept, mother)
    assert (tie.may_collect, tie.is_emergency, tie.only_day) == (False, True, None)


def test_a_minor_does_not_come_to_collect_by_a_merging(services, world, pair):
    kept, _ = pair
    one = adult(world, kept, "张小弟", "哥哥", "13911110001")
    with world.database.unit(None, "build") as unit:
        people.note_born(unit, one, dt.date(2012, 1, 1))
        people.end_tie(unit, kept, one)
        unit.execute("delete from child_adult where adult_id = :one", {"one": one})
        people.add_tie(unit, kept, one, people.Tie("哥哥"))
        unit.audit("child", kept)
    other = adult(world, kept, "张小弟", "哥哥", "13922228888")
    with pytest.raises(RecordError, match="未满 18"):
        services.merging.merge_adults(world.desk, kept, one, other, younger(kept))
    services.merging.merge_adults(world.desk, kept, one, other, younger(kept, Side.KEPT))
    assert not rights(world, kept, one).may_collect


def test_a_barred_man_does_not_come_to_a_guardians_rights(services, world, pair):
    kept, _ = pair
    adult(world, kept, "张国强", "爸爸", "13911110001", barred=True)
    one = adult(world, kept, "张国祥", "叔叔", "13911110001")
    with world.database.unit(None, "build") as unit:
        people.end_tie(unit, kept, one)
        unit.execute("delete from child_adult where adult_id = :one", {"one": one})
        people.add_tie(unit, kept, one, people.Tie("叔叔"))
        unit.audit("child", kept)
    other = adult(world, kept, "李四", "叔叔", "13922228888", is_guardian=True)
    with pytest.raises(BarredAlarmError):
        services.merging.merge_adults(world.director, kept, one, other, younger(kept))
    assert not rights(world, kept, one).is_guardian


def test_all_numbers_stand_on_the_roll_of_an_emergency(services, world, pair):
    kept, _ = pair
    one, other = contact_and_guardian(world, kept)
    services.merging.merge_adults(world.desk, kept, one, other, younger(kept))
    at = world.clock.now.replace(hour=12)
    arrival = CheckIn(kept, class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=at)
    services.arrivals.check_in(world.desk, arrival)
    numbers = [who.phone for who in rollcall.list_contacts(world.database, [kept])[kept]]
    assert [number for number in numbers if number.startswith("1370000111")] == ["13700001111", "13700001112"]


def test_two_identity_numbers_are_two_people(services, world, pair):
    kept, _ = pair
    one = adult(world, kept, "张国强", "爸爸", "13911110001")
    other = adult(world, kept, "张国强", "爸爸", "13922228888")
    change = services.record_keeping.family.change_adult
    change(world.director, kept, one, {"document_number": "11010519491231002X"})
    change(world.director, kept, other, {"document_number": "440524188001010014"})
    with pytest.raises(RecordError, match="身份证号不同"):
        services.merging.merge_adults(world.desk, kept, one, other)


def test_a_name_and_a_number_are_chosen(services, world, pair):
    kept, _ = pair
    one, other = contact_and_guardian(world, kept)
    chosen = {"phone": Side.MERGED, "relation": Side.KEPT, **younger(kept)}
    done = services.merging.merge_adults(world.desk, kept, one, other, chosen)
    own = next(each for each in people.list_adults(world.database, kept, DAY) if each.id == one)
    assert (own.phone, own.tie.relation) == ("13700001112", "家长")
    assert [hit.adult for hit in services.finding.find(world.desk, "13700001111").adults] == [one]
    services.undo(world.desk, done.undo)
    found = {each.id: each.phone for each in people.list_adults(world.database, kept, DAY)}
    assert (found[one], found[other]) == ("13700001111", "13700001112")


@pytest.mark.parametrize("side", list(Side))
def test_a_barred_man_is_known_by_either_name_whichever_stays(services, world, pair, side):
    kept, _ = pair
    one = adult(world, kept, "张国强", "爸爸", "13911110001", barred=True)
    other = adult(world, kept, "李大壮", "爸爸", "13922228888", barred=True)
    before = everything(world.database)["adult"]
    done = services.merging.merge_adults(world.desk, kept, one, other, {"name": side, "phone": side})
    for name, phone in (("张国强", ""), ("李大壮", ""), ("陈生", "13911110001"), ("陈生", "13922228888")):
        assert len(alarming(world, kept, name, phone)) == 1, (name, phone)
    services.undo(world.desk, done.undo)
    assert everything(world.database)["adult"] == before


def _numbers(world, pair, *numbers):
    with world.database.unit(None, "numbers") as unit:
        for child, number in zip(pair, numbers, strict=True):
            record_rows.set_column(unit, "child", child, "document_kind", "resident")
            record_rows.set_column(unit, "child", child, "document_number", number)
            unit.audit("child", child)


def test_two_identity_numbers_are_two_children(services, world, pair):
    """Twins sound alike, are born on one day and have one mother: only these tell them apart."""
    _numbers(world, pair, "110105202306010016", "110105202306010032")
    assert "身份证号不同" in services.merging.compare_children(world.desk, *pair).refusal
    with pytest.raises(RecordError, match="身份证号不同") as refused:
        merge_children(services, world.desk, *pair)
    assert refused.value.field == "document_number"
    _numbers(world, pair, "110105202306010016", "G123456789")  # a birth certificate can be issued anew
    merge_children(services, world.desk, *pair)


def test_two_sexes_are_said_first_and_somebody_says_which_is_right(services, world, pair):
    services.record_keeping.change_child(world.desk, pair[1], {"sex": "f"})
    sides = services.merging.compare_children(world.desk, *pair)
    assert sides.refusal == ""
    line = next(one for one in sides.lines if one.choice == "sex")
    assert (line.side, line.weighs) == (None, True)
    assert "两个孩子" in line.label
    with pytest.raises(RecordError, match="性别不同") as refused:
        merge_children(services, world.desk, *pair)
    assert refused.value.field == "sex"
    merge_children(services, world.desk, *pair, {"sex": Side.MERGED})
    assert children.find_child(world.database, pair[0]).sex == "f"


@pytest.mark.parametrize("turned", [False, True])
def test_a_barred_man_stands_with_no_joint_record_as_another_adult(services, world, pair, turned):
    """The other record has him under a record of his own, with another number: as guardian."""
    with world.database.unit(None, "fathers") as unit:
        add_adult(
            unit, world, pair[0], "张大山", "爸爸", "13700000010", is_guardian=not turned, barred=turned
        )
        here = world.adults["张大山"]
        add_adult(
            unit, world, pair[1], "张大山", "爸爸", "13700000009", is_guardian=turned, barred=not turned
        )
        there = world.adults["张大山"]
        unit.audit("child", pair[0])
    assert here != there
    sides = services.merging.compare_children(world.desk, *pair)
    assert any("张大山 很像另一份档案里被禁止接走的张大山" in note for note in sides.notes)
    services.pins.choose(world.director, "5927")
    world.clock.now += dt.timedelta(minutes=1)
    with pytest.raises(BarredAlarmError) as raised:
        merge_children(services, world.desk, *pair)
    assert len(people.list_adults(world.database, pair[0], DAY)) < 4
    looked = Second(world.director.id, "5927")
    services.alarms.decide(world.desk, raised.value.alarm, "cleared", "看过身份证，同名的叔叔", looked)
    merge_children(services, world.desk, *pair)
