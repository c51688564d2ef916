"""The adults of a child: who may collect, who must not and by which paper, and that somebody can be rung."""

import datetime as dt

import pytest

from app.domain.pins import NoPinError, WrongPinError
from app.domain.records import RecordError
from app.services.bars import Stranger, likely_barred
from app.services.bundle import build
from app.services.pins import SecondPersonError
from app.store import alarms, people, record_acts, record_papers
from tests.services.world import DAY, make_world, own_pin

AUNT = {"name": "周姨", "relation": "阿姨", "phone": "13811112222", "may_collect": "1"}
BARRED = {
    "name": "周父",
    "relation": "爸爸",
    "barred": "1",
    "paper_kind": "法院判决书",
    "paper_number": "沪01民初8号",
    "paper_on": "2025-03-01",
    "valid_until": "2025-12-01",
}


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def family(services):
    return services.record_keeping.family


@pytest.fixture
def child(world):
    return world.children["周乐瑶"]


def tie(world, child, adult):
    return next(one.tie for one in people.list_adults(world.database, child, DAY) if one.id == adult)


def test_an_adult_is_added_and_taken_back(services, world, family, child):
    done = family.add_adult(world.desk, child, AUNT)
    assert tie(world, child, done.value).may_collect
    with pytest.raises(RecordError, match="已经在家人里"):
        family.add_adult(world.desk, child, AUNT)
    services.undo(world.desk, done.undo)
    assert done.value not in [one.id for one in people.list_adults(world.database, child, DAY)]


def test_a_siblings_mother_is_the_same_person(world, family, child):
    mother = {"name": "张母", "relation": "阿姨", "phone": "13700002233"}
    assert family.add_adult(world.desk, child, mother).value == world.adults["张母"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"relation": ""}, "relation"),
        ({"phone": ""}, "phone"),
        ({"born_on": "2010-01-01"}, "may_collect"),
        ({"relation": "哥哥"}, "may_collect"),
        ({"relation": "高中生", "identity_seen": "1"}, "may_collect"),
        ({"relation": "邻居（17岁）"}, "may_collect"),
        ({"barred": "1", "paper_kind": "判决书"}, "may_collect"),
        ({"may_collect": "", "barred": "1"}, "paper_kind"),
        ({"document_number": "110105199001010011"}, "document_number"),
        ({"document_number": "11010519491231002X", "born_on": "1950-01-01"}, "born_on"),
    ],
)
def test_an_adult_who_cannot_be_is_refused_and_names_the_field(world, family, child, change, field):
    with pytest.raises(RecordError) as refused:
        family.add_adult(world.desk, child, {**AUNT, **change})
    assert refused.value.field == field


def test_an_identity_number_gives_the_birth_date(services, world, family, child):
    done = family.add_adult(world.desk, child, {**AUNT, "document_number": "11010519491231002x"})
    card = next(one for one in services.records.card(world.desk, child).adults if one.adult == done.value)
    shown = {one.spec.name: one.shown for one in card.fields}
    assert (shown["born_on"], shown["document_number"]) == ("1949-12-31", "110105********002X")


def test_a_siblings_record_tells_that_the_mothers_phone_was_changed(services, world, family, child):
    other = world.children["张沐阳"]
    family.add_adult(world.desk, other, {"name": "周母", "relation": "阿姨", "phone": "13700004455"})
    family.change_adult(world.desk, child, world.adults["周母"], {"phone": "13800008000"})
    assert services.records.card(world.desk, other).history[0].lines == ("电话：137****4455 → 138****8000",)


def test_a_change_keeps_the_rest_and_tells_the_history(services, world, family, child):
    mother = world.adults["周母"]
    done = family.change_adult(world.desk, child, mother, {"phone": "13800008000", "is_emergency": "1"})
    now = tie(world, child, mother)
    assert (now.is_guardian, now.may_collect, now.is_emergency) == (True, True, True)
    lines = services.records.card(world.desk, child).history[0].lines
    assert lines == (
        "电话：137****4455 → 138****8000",
        "家人：周母 妈妈 监护人 可接 → 周母 妈妈 监护人 可接 紧急联系",
    )
    services.undo(world.desk, done.undo)
    assert tie(world, child, mother).is_emergency is False
    own = people.list_adults(world.database, child, DAY)
    assert next(one.phone for one in own if one.id == mother) == "13700004455"


def test_a_bar_carries_its_paper_and_only_the_director_lifts_it(services, world, family, child):
    father = family.add_adult(world.desk, child, BARRED).value
    card = next(one for one in services.records.card(world.desk, child).adults if one.adult == father)
    assert card.bar_words.startswith("法院判决书 沪01民初8号 2025-03-01，有效至 2025-12-01；文书已到期")
    assert card.chips[0].words == "禁止接走"
    lift = {"barred": "", "phone": "13811113333", "may_collect": "1"}
    with pytest.raises(RecordError, match="园长"):
        family.change_adult(world.desk, child, father, lift)
    own_pin(world)
    with pytest.raises(SecondPersonError, match="园长自己输") as raised:
        family.change_adult(world.director, child, father, lift)  # anybody may have chosen her name
    assert raised.value.field == "own_pin"
    with pytest.raises(WrongPinError):
        family.change_adult(world.director, child, father, lift, None, "1357")
    assert tie(world, child, father).barred
    done = family.change_adult(world.director, child, father, lift, None, own_pin(world))
    assert record_papers.list_barrings(world.database, child) == {}
    assert tie(world, child, father).may_collect
    services.undo(world.director, done.undo)
    assert tie(world, child, father).barred
    assert record_papers.list_barrings(world.database, child)[father].paper_number == "沪01民初8号"


def test_who_barred_somebody_takes_the_slip_back_with_her_pin_only(services, world, family, child):
    """A name at the sign-in is only chosen: the desk's own slip of today lifts the bar, too."""
    slip = family.add_adult(world.desk, child, BARRED)
    with pytest.raises(NoPinError):
        services.undo(world.desk, slip.undo, "4071")
    services.pins.choose(world.desk, "4071")
    with pytest.raises(SecondPersonError, match="本人自己输"):
        services.undo(world.desk, slip.undo)
    with pytest.raises(SecondPersonError):
        services.undo(world.director, slip.undo)
    assert tie(world, child, slip.value).barred
    services.undo(world.desk, slip.undo, "4071")
    assert not record_papers.list_barrings(world.database, child)


def test_without_a_number_nobody_of_the_same_name_is_meant(world, family, child):
    first = family.add_adult(world.desk, child, {**BARRED, "name": "张伟"}).value
    other = family.add_adult(world.desk, world.children["张沐阳"], {**BARRED, "name": "张伟"}).value
    assert first != other


def test_who_was_named_for_today_only_stays_so_after_a_change(world, family, child):
    with world.database.unit(world.desk.id, "x") as unit:
        adult = people.add_adult(unit, people.NewAdult("李四", "13811110000", "li'si", "ls"))
        people.add_tie(unit, child, adult, people.Tie("同事", may_collect=True, only_day=DAY))
        unit.audit("adult", adult)
    family.change_adult(world.desk, child, adult, {"relation": "朋友"})
    assert tie(world, child, adult).only_day == DAY


def test_somebody_can_always_be_rung(world, family, child):
    mother = world.adults["周母"]
    bar = {"barred": "1", "may_collect": "", "paper_kind": "判决书"}
    with pytest.raises(RecordError, match="打得通电话"):
        family.change_adult(world.desk, child, mother, bar)
    with pytest.raises(RecordError, match="打得通电话"):
        family.end_adult(world.desk, child, mother, "离婚")
    family.add_adult(world.desk, child, AUNT)
    family.end_adult(world.desk, child, mother, "离婚")


def test_a_number_that_another_child_is_rung_by_is_not_cleared(world, family, child):
    """The barred need no number; but he is the only one of another child."""
    father, other = world.adults["周外人"], world.children["马思睿"]
    with world.database.unit(None, "father") as unit:
        people.add_tie(unit, other, father, people.Tie("爸爸", is_guardian=True))
        people.end_tie(unit, other, world.adults["马母"])
        unit.audit("child", other)
    cleared = {"phone": "", "barred": "1", "paper_kind": "判决书"}
    with pytest.raises(RecordError, match="马思睿就没有打得通") as refused:
        family.change_adult(world.director, child, father, cleared)
    assert refused.value.field == "phone"
    family.add_adult(world.desk, other, AUNT)
    family.change_adult(world.director, child, father, cleared)


def test_an_adult_goes_with_a_reason_and_comes_back_by_the_undo(services, world, family, child):
    aunt = family.add_adult(world.desk, child, AUNT).value
    with pytest.raises(RecordError, match="为什么"):
        family.end_adult(world.desk, child, aunt, " ")
    with pytest.raises(RecordError, match="不能移除"):
        family.end_adult(world.desk, child, world.adults["周外人"], "x")
    done = family.end_adult(world.desk, child, aunt, "不再接送")
    with pytest.raises(RecordError, match="不在这份档案"):
        family.change_adult(world.desk, child, aunt, {"phone": "13811112223"})
    services.undo(world.desk, done.undo)
    assert tie(world, child, aunt).may_collect


def test_who_was_added_again_meanwhile_is_not_brought_back_twice(services, world, family, child):
    aunt = family.add_adult(world.desk, child, AUNT).value
    done = family.end_adult(world.desk, child, aunt, "不再接送")
    family.add_adult(world.desk, child, AUNT)
    with pytest.raises(RecordError, match="后来又改过"):
        services.undo(world.desk, done.undo)


def test_no_undo_leaves_a_child_with_nobody_who_can_be_rung(services, world):
    child = world.children["张沐阳"]
    (mother,) = [one for one in people.list_adults(world.database, child, DAY) if not one.tie.barred]
    family, desk = services.record_keeping.family, world.desk
    added = family.add_adult(desk, child, {"name": "王桂兰", "relation": "外婆", "phone": "13700000055"})
    family.end_adult(world.director, child, mother.id, "离异")
    with pytest.raises(RecordError, match="没有打得通电话"):
        services.undo(desk, added.undo)
    names = {one.name for one in people.list_adults(world.database, child, DAY) if not one.tie.barred}
    assert names == {"王桂兰"}


def test_an_undo_that_leaves_somebody_else_to_be_rung_goes_through(services, world):
    child, family = world.children["张沐阳"], services.record_keeping.family
    added = family.add_adult(
        world.desk, child, {"name": "王桂兰", "relation": "外婆", "phone": "13700000055"}
    )
    services.undo(world.desk, added.undo)
    assert "王桂兰" not in {one.name for one in people.list_adults(world.database, child, DAY)}


def _knows(world, child, phone):
    return any(likely_barred(world.database, child, Stranger("王某", "司机", phone), DAY))


@pytest.mark.parametrize("who", ["desk", "director"])
@pytest.mark.parametrize("days", [0, 3])
def test_no_undo_unnames_a_barred_man_whose_number_was_filled_in(services, world, family, child, who, days):
    """By hand the desk cannot empty it either; of the director the number stays a mark of his."""
    father, number = family.add_adult(world.desk, child, BARRED).value, "13900003333"
    filled = family.change_adult(getattr(world, who), child, father, {"phone": number})
    world.clock.now += dt.timedelta(days=days)
    with pytest.raises(RecordError, match="由园长登录后办理") as raised:
        services.undo(world.desk, filled.undo)
    assert raised.value.field == "phone"
    assert _knows(world, child, number)
    services.undo(world.director, filled.undo)
    assert alarms.list_traits(world.database, father) == (("phone", number),)
    assert _knows(world, child, number)


def test_a_number_noted_with_the_bar_goes_with_it_on_the_same_day(services, world, family, child):
    """A slip: nobody is barred by it any more. Whom another child's record bars keeps it as a mark."""
    services.pins.choose(world.desk, "4471")
    other = world.children["张沐阳"]
    father = family.add_adult(world.desk, child, BARRED).value
    with world.database.unit(None, "bar") as unit:
        people.add_tie(unit, other, father, people.Tie("叔叔"))
        unit.audit("child", other)
    told = {**BARRED, "relation": "叔叔", "phone": "13900003333"}
    slip = family.change_adult(world.desk, other, father, told)
    services.undo(world.desk, slip.undo, "4471")
    assert not tie(world, other, father).barred
    assert alarms.list_traits(world.database, father) == (("phone", "13900003333"),)
    assert _knows(world, child, "13900003333")


def test_a_new_record_is_taken_back_though_it_told_the_number_of_somebody_barred(
    services, world, family, child
):
    """The number stays with him: only the child goes."""
    number = "11010519491231002X"
    father = family.add_adult(world.desk, child, {**BARRED, "phone": "13900003333"}).value
    told = {"name": "周父", "relation": "叔叔", "phone": "13900003333", "document_number": number}
    new = {"name": "林小雨", "sex": "f", "born_on": "20230819", "allergy": "none", "allergy_told": "妈妈"}
    done = services.record_keeping.add_child(world.desk, new, [told])
    services.undo(world.desk, done.undo)
    assert record_acts.list_values(world.database, "adult", father)["document_number"] == number
