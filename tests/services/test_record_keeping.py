"""Records are kept field by field, with who changed what; a save can be taken back."""

import pytest

from app.domain.changes import Undo
from app.domain.identity import check_character
from app.domain.modes import Tariff
from app.domain.record_fields import spec_of
from app.domain.records import RecordError
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.store import audit, children
from tests.services.world import make_world

MOTHER = {
    "name": "赵敏",
    "relation": "妈妈",
    "phone": "139 0000 1177",
    "is_guardian": "1",
    "may_collect": "1",
}
CHILD = {
    "name": "朱予晴",
    "sex": "f",
    "born_on": "20230819",
    "allergy": "has",
    "allergens": "鸡蛋、虾",
    "allergy_told": "妈妈当面",
    "comfort": "小兔子",
}


def number_of(digits):
    return digits[:17] + check_character(digits)


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def keeping(services):
    return services.record_keeping


def field(services, world, child, name):
    card = services.records.card(world.desk, child)
    return next(one.shown for one in card.fields if one.spec.name == name)


def test_a_new_child_is_kept_with_her_family_and_found(services, world, keeping):
    done = keeping.add_child(world.desk, CHILD, [MOTHER, {"name": "", "phone": ""}])
    card = services.records.card(world.desk, done.value)
    assert (card.row.name, card.row.standing.label) == ("朱予晴", "临时")
    assert [(one.name, one.phone) for one in card.adults] == [("赵敏", "139****1177")]
    assert field(services, world, done.value, "allergens") == "鸡蛋、虾"
    assert field(services, world, done.value, "comfort") == "小兔子"
    assert [one.child for one in services.records.find(world.desk, "zyq")] == [done.value]
    assert [one.child for one in services.records.find(world.desk, "1177")] == [done.value]


@pytest.mark.parametrize(
    ("change", "adults", "named"),
    [
        ({"name": ""}, [MOTHER], "name"),
        ({"born_on": "2099-01-01"}, [MOTHER], "born_on"),
        ({"born_on": "2001-01-01"}, [MOTHER], "born_on"),
        ({"allergy": ""}, [MOTHER], "allergy"),
        ({"allergens": ""}, [MOTHER], "allergens"),
        ({"allergy_told": ""}, [MOTHER], "allergy_told"),
        ({"vaccination": "complete"}, [MOTHER], "vaccination_on"),
        ({"exam": "fit"}, [MOTHER], "exam_on"),
        ({"document_number": "110105202308190021"}, [MOTHER], "document_number"),
        ({"document_kind": "birth_certificate", "document_number": "123"}, [MOTHER], "document_number"),
        ({}, [], "adult1.phone"),
        ({}, [{**MOTHER, "phone": ""}], "adult1.phone"),
        ({}, [{**MOTHER, "phone": "1390000"}], "adult1.phone"),
        ({}, [MOTHER, {**MOTHER, "name": ""}], "adult2.name"),
        ({}, [{**MOTHER, "may_collect": "", "barred": "1", "paper_kind": "判决书"}], "adult1.phone"),
    ],
)
def test_a_record_that_cannot_be_is_refused_and_names_the_field(world, keeping, change, adults, named):
    before = world.database.commits
    with pytest.raises(RecordError) as refused:
        keeping.add_child(world.desk, {**CHILD, **change}, adults)
    assert refused.value.field == named
    assert world.database.commits == before


def test_a_field_is_changed_and_the_history_says_who_changed_what_into_what(services, world, keeping):
    child = world.children["张沐阳"]
    keeping.change_child(world.desk, child, {"address": "向阳路 8 号", "nickname": "阳阳"})
    world.clock.at(10)
    keeping.change_child(world.director, child, {"address": "向阳路 9 号"})
    history = services.records.card(world.desk, child).history
    assert [(one.who, one.title) for one in history[:2]] == [("周敏", "改 住址"), ("林晓", "改 小名、住址")]
    assert history[0].lines == ("住址：向阳路 8 号 → 向阳路 9 号",)
    assert history[1].lines == ("小名：阳阳", "住址：向阳路 8 号")
    assert field(services, world, child, "address") == "向阳路 9 号"


def test_the_history_offers_to_take_the_last_change_back(services, world, keeping):
    child = world.children["张沐阳"]
    keeping.change_child(world.desk, child, {"address": "一"})
    keeping.change_child(world.desk, child, {"address": "二"})
    newest, older = services.records.card(world.desk, child).history[:2]
    assert older.undo is None
    services.undo(world.desk, newest.undo)
    undone, changed, first = services.records.card(world.desk, child).history[:3]
    assert (undone.undo, changed.undo) == (None, None)
    assert first.undo is not None


def test_nothing_changed_is_no_act(world, keeping):
    before = world.database.commits
    done = keeping.change_child(world.desk, world.children["张沐阳"], {"name": "张沐阳"})
    assert (done.undo, world.database.commits) == (None, before)


def test_the_last_change_is_taken_back_and_both_stay_in_the_history(services, world, keeping):
    child = world.children["张沐阳"]
    done = keeping.change_child(world.desk, child, {"name": "张牧洋", "sex": ""})
    assert [one.child for one in services.records.find(world.desk, "张牧洋")] == [child]
    services.undo(world.desk, done.undo)
    assert field(services, world, child, "name") == "张沐阳"
    assert field(services, world, child, "sex") == "男"
    titles = [one.title for one in services.records.card(world.desk, child).history[:2]]
    assert titles == ["撤销：改 姓名、性别", "改 姓名、性别（已撤销）"]
    with pytest.raises(RecordError, match="已经撤销过"):
        services.undo(world.desk, done.undo)


def test_what_was_changed_again_is_not_taken_back(services, world, keeping):
    child = world.children["张沐阳"]
    first = keeping.change_child(world.desk, child, {"nickname": "阳阳"})
    keeping.change_child(world.desk, child, {"nickname": "沐沐"})
    with pytest.raises(RecordError, match="后来又改过"):
        services.undo(world.desk, first.undo)


def test_an_allergy_goes_only_by_the_health_worker_or_director_and_somebody_said_so(services, world, keeping):
    child = world.children["张沐阳"]
    none = {"allergy": "none", "allergens": ""}
    with pytest.raises(RecordError, match="保健员或园长"):
        keeping.change_child(world.desk, child, none)
    with pytest.raises(RecordError, match="谁告知"):
        keeping.change_child(world.director, child, none)
    done = keeping.change_child(world.director, child, {**none, "allergy_told": "妈妈电话"})
    assert children.find_child(world.database, child).substances == ()
    services.undo(world.director, done.undo)
    assert children.find_child(world.database, child).substances == ("花生",)
    assert field(services, world, child, "allergy") == "有"


def test_an_allergy_that_was_unknown_is_unknown_again_after_the_undo(services, world, keeping):
    child = keeping.add_child(world.desk, {**CHILD, "allergy": "unknown", "allergens": ""}, [MOTHER]).value
    told = {"allergy": "has", "allergens": "芒果", "allergy_told": "妈妈"}
    done = keeping.change_child(world.desk, child, told)
    services.undo(world.desk, done.undo)
    kept = children.find_child(world.database, child)
    assert (kept.allergy, kept.substances) == ("unknown", ())


def test_a_number_of_another_child_is_refused_and_a_wrong_one_too(world, keeping):
    number = number_of("11010520230819002X")
    keeping.add_child(world.desk, {**CHILD, "document_number": number.lower()}, [MOTHER])
    with pytest.raises(RecordError, match="登记在朱予晴名下"):
        keeping.change_child(world.desk, world.children["张沐阳"], {"document_number": number})


def test_a_number_is_masked_until_somebody_looks_and_that_is_written_down(services, world, keeping):
    number = number_of("11010520230819002X")
    child = keeping.add_child(world.desk, {**CHILD, "document_number": number}, [MOTHER]).value
    assert field(services, world, child, "document_number") == f"110105********{number[14:]}"
    world.clock.at(10)
    assert keeping.unmask(world.desk, "child", child, "document_number").value == number
    last = audit.list_lines(world.database, "child", child)[-1]
    assert (last.verb, last.staff, last.detail) == ("unmask", world.desk.id, "朱予晴 查看完整的证件号码")
    assert number not in str(audit.list_lines(world.database, "child", child))
    seen = services.records.card(world.desk, child)
    assert seen.history[0].title == "朱予晴 查看完整的证件号码"
    assert number not in str(seen)
    with pytest.raises(RecordError, match="没有遮住"):
        keeping.unmask(world.desk, "child", child, "name")


def test_a_phone_is_shown_in_full_likewise(world, keeping):
    adult = world.adults["张母"]
    assert keeping.unmask(world.director, "adult", adult, "phone").value == "13700002233"
    assert audit.list_lines(world.database, "adult", adult)[-1].verb == "unmask"


def test_a_new_record_is_taken_back_while_nothing_hangs_on_it(services, world, keeping):
    number = number_of("11010520230819002X")
    done = keeping.add_child(world.desk, {**CHILD, "document_number": number}, [MOTHER])
    services.undo(world.desk, done.undo)
    assert services.records.find(world.desk, "朱予晴") == ()
    again = keeping.add_child(world.desk, {**CHILD, "document_number": number}, [MOTHER])
    check = CheckIn(
        again.value,
        class_id=world.dragons,
        tariff=Tariff.TEMP_HALF_DAY,
        promised_at=world.clock.now.replace(hour=14),
    )
    services.arrivals.check_in(world.desk, check)
    with pytest.raises(RecordError, match="已经有入园"):
        services.undo(world.desk, again.undo)


def test_who_may_only_read_changes_nothing(services, world, keeping):
    child = world.children["张沐阳"]
    assert services.records.card(world.teacher, child).row.name == "张沐阳"
    for verb in (
        lambda: keeping.change_child(world.teacher, child, {"note": "x"}),
        lambda: keeping.add_child(world.cashier, CHILD, [MOTHER]),
        lambda: keeping.unmask(world.teacher, "adult", world.adults["张母"], "phone"),
        lambda: keeping.undo(world.teacher, 1),
    ):
        with pytest.raises(NotPermittedError):
            verb()


def test_what_does_not_exist_is_said(services, world, keeping):
    with pytest.raises(RecordError, match="没有找到"):
        services.records.card(world.desk, 999)
    with pytest.raises(RecordError, match="撤销过"):
        services.undo(world.desk, Undo("records.act", 999, "x"))
    assert spec_of("child", "name").label == "姓名"
