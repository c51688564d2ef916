"""Which child on file a card means, and what of her file no card typed in a hurry overrules."""

import dataclasses
import datetime as dt

import pytest

from app.domain.identity import check_character
from app.domain.looks import Tone
from app.domain.modes import Tariff
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.intake import IntakeCard
from app.services.intake_known import (
    document_problems,
    file_problems,
    find_known,
    may_collect,
    meant_adult,
    phone_chips,
    renumbered,
    stranger_problems,
)
from app.services.intake_reading import Person, read_card
from app.store import people, record_rows, settings
from app.store.people import Tie
from tests.services.world import DAY, add_adult, add_child

BORN = dt.date(2023, 8, 19)
CARD = IntakeCard(
    name="朱予晴", born_on="20230819", allergy="has", allergens="鸡蛋", body="ok",
    bringer="王秀兰", relation="奶奶", phone="13800006021", bringer_collects=True, second_collects=False,
)  # fmt: skip


@pytest.fixture
def child(world):
    with world.database.unit(None, "file") as unit:
        made = add_child(unit, world, "朱予晴", BORN, sex="f", allergies=("鸡蛋", "虾"))
        add_adult(unit, world, made, "赵敏", "妈妈", "13900001177", is_guardian=True)
        add_adult(unit, world, made, "王秀兰", "奶奶", "13800006021")
        add_adult(unit, world, made, "朱大海", "爸爸", "13611110000", barred=True)
    return made


@pytest.fixture
def read(world):
    def done(**changes):
        card = dataclasses.replace(CARD, **changes)
        return card, read_card(card, world.clock.now, settings.current(world.database, DAY))

    return done


@pytest.fixture
def known(world, read):
    return lambda **changes: find_known(world.database, *read(**changes), DAY)


@pytest.fixture
def said(world, read, child):
    """What is said of the card of a child on file: the field and the word of each problem."""

    def problems(actor=world.desk, **changes):
        card, reading = read(child=child, **changes)
        found = find_known(world.database, card, reading, DAY)
        return {
            one.field: one.sentence for one in file_problems(found, card, reading, actor, world.clock.now)
        }

    return problems


def test_a_name_and_a_day_mean_her_until_a_number_says_it_is_somebody_elses_family(child, known):
    assert known(phone="").child.id == child
    assert known().child.id == child
    assert known(phone="13811112222") is None
    assert known(born_on="") is None
    assert known(name="朱雨晴", phone="") is None, "she sounds so: that is asked, and not assumed"


def test_her_own_identity_number_means_her_though_every_phone_is_new(world, child, known):
    number = "11010520230819002" + check_character("11010520230819002")
    with world.database.unit(None, "number") as unit:
        record_rows.set_column(unit, "child", child, "document_kind", "resident")
        record_rows.set_column(unit, "child", child, "document_number", number)
        unit.audit("child", child)
    assert known(phone="13811112222", document_number=number).child.id == child


def test_an_identity_number_of_another_child_is_told_with_her_name(world, child, read):
    with world.database.unit(None, "number") as unit:
        record_rows.set_column(unit, "child", child, "document_kind", "birth_certificate")
        record_rows.set_column(unit, "child", child, "document_number", "G123456789")
        unit.audit("child", child)
    card, reading = read(name="钱小满", document_number="G123456789")
    (problem,) = document_problems(world.database, reading, None)
    assert (problem.field, "朱予晴名下" in problem.sentence) == ("document_number", True)
    own = find_known(world.database, dataclasses.replace(card, child=child), reading, DAY)
    assert document_problems(world.database, reading, own) == []


def person(name="王秀兰", relation="奶奶", phone="13811119999", *, collects=True):
    return Person("bringer", name, relation, phone, collects)


def test_a_new_number_is_the_same_relative_and_never_a_barred_one_nor_one_of_two(world, child):
    adults = people.list_adults(world.database, child, DAY)
    assert renumbered(adults, person()).name == "王秀兰"
    assert renumbered(adults, person(relation="")).name == "王秀兰"
    assert renumbered(adults, person(relation="外婆")) is None
    assert renumbered(adults, person(phone="13800006021")) is None, "she is there under this number"
    assert renumbered(adults, person("朱大海", "爸爸")) is None
    twice = (*adults, next(one for one in adults if one.name == "王秀兰"))
    assert renumbered(twice, person()) is None
    assert meant_adult(adults, person(phone="13800006021")).name == "王秀兰"


def test_a_refusal_on_file_stands_unless_it_is_raised(world, child):
    adults = people.list_adults(world.database, child, DAY)
    barred = next(one for one in adults if one.name == "朱大海")
    assert not may_collect(person(), barred, raised=False)
    assert may_collect(person(), barred, raised=True)
    assert may_collect(person(), None, raised=False)
    assert not may_collect(person(collects=False), None, raised=True)


def test_an_allergy_goes_by_a_reason_and_by_who_answers_for_health(world, said):
    assert "虾过敏" in said()["allergy_reason"]
    reason = {"allergy_reason": "医院复查"}
    assert "只有园长或保健员" in said(**reason)["allergy_reason"]
    assert "allergy_reason" not in said(world.director, **reason)
    assert "仍按档案执行" in said(allergy="unknown", allergens="")["allergy"]
    assert "allergy_reason" not in said(allergens="鸡蛋、虾、花生")


def test_a_stranger_who_collects_is_asked_about_with_the_names_of_the_guardians(said):
    everything = {"allergens": "鸡蛋、虾"}
    assert said(**everything) == {}
    new = {**everything, "bringer": "李四", "relation": "舅舅", "phone": "13811112222"}
    assert "请先问妈妈赵敏" in said(**new)["collect_reason"]
    assert said(**new, collect_reason="妈妈电话同意") == {}
    assert said(**{**new, "bringer_collects": False}) == {}
    father = {**new, "bringer": "朱大江", "relation": "爸爸"}
    assert "爸爸朱大海被禁止接走，这里又有一位爸爸" in said(**father)["collect_reason"]


def test_the_file_of_one_child_is_not_written_over_with_another_nor_while_she_is_inside(world, child, said):
    assert "不能改成别人" in said(name="朱大为")["name"]
    assert "不能改成别人" in said(born_on="20230820")["name"]
    services = build(world.database, world.clock, world.rng)
    at = world.clock.now.replace(hour=14)
    act = CheckIn(child, class_id=world.dragons, tariff=Tariff.TEMP_HALF_DAY, promised_at=at)
    services.arrivals.check_in(world.desk, act)
    assert list(said()) == ["name"]
    assert "朱予晴" in said()["name"]


def test_whose_number_it_is_is_told_and_a_barred_ones_first(world, child, read):
    _, reading = read(phone="13611110000", other="张母", other_relation="妈妈", other_phone="13700002233")
    chips = phone_chips(world.database, reading, DAY)
    assert [(one.words, one.tone) for one in chips] == [
        ("同一电话：朱予晴，朱大海被禁止接走", Tone.BAD),
        ("同一电话：张沐阳", Tone.INFO),
    ]


def test_who_sounds_like_her_is_asked_about_until_somebody_says_how_one_knows(world, child, read):
    card, reading = read(name="朱雨晴", phone="13811112222")
    (problem,) = stranger_problems(world.database, card, reading)
    assert problem.sentence == "不是档案里的朱予晴？请写怎么知道的。"
    answered = dataclasses.replace(card, same_reason="看过户口本")
    assert stranger_problems(world.database, answered, reading) == []


def test_where_nobody_on_file_or_on_the_card_may_collect_it_says_so(world, child, said):
    with world.database.unit(None, "changed") as unit:
        for name, relation, guardian in (("赵敏", "妈妈", True), ("王秀兰", "奶奶", False)):
            people.end_tie(unit, child, world.adults[name])
            people.add_tie(unit, child, world.adults[name], Tie(relation, is_guardian=guardian))
        unit.audit("child", child)
    found = said(allergens="鸡蛋、虾")
    assert "都不可接" in found["bringer_collects"]
    assert "仍按不可接" in found["collect_reason"]
    raised = {"allergens": "鸡蛋、虾", "collect_reason": "妈妈当面同意"}
    assert "bringer_collects" not in said(world.director, **raised)
    assert "bringer_collects" in said(world.desk, **raised)
