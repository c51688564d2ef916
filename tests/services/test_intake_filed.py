"""就是这个孩子: a card half typed goes on with the record on file, and no second one is made."""

import dataclasses
import datetime as dt

import pytest

from app.services.alarms import BarredAlarmError
from app.services.arrivals import UnknownPersonError
from app.services.intake import Intake, IntakeCard
from app.store import children, people, visits
from tests.services.world import DAY, add_adult

CAME = IntakeCard(
    name="朱予晴", sex="f", born_on="20230819", allergy="has", allergens="鸡蛋", body="ok",
    bringer="王秀兰", relation="奶奶", phone="138 0000 6021", identity_seen=True,
    second="赵敏", second_relation="妈妈", second_phone="139 0000 1177",
    promised="14:00", temperature="36.5", check_outcome="normal",
)  # fmt: skip
TYPED = IntakeCard(
    name="朱雨晴", born_on="2023-08-19", allergy="none", body="unwell", body_note="有点咳",
    bringer="王秀兰", promised="15:30", tariff="temp_full_day", reason="家人看病",
    temperature="36.9", check_outcome="normal", age_reason="妈妈说过", same_reason="没来过",
)  # fmt: skip


@pytest.fixture
def intake(world):
    return Intake(world.database, world.clock, world.rng)


@pytest.fixture
def child(world, intake):
    """She came and went an hour ago; her father must not collect her."""
    done = intake.register(world.desk, CAME).value
    with world.database.unit(None, "court_order") as unit:
        add_adult(unit, world, done.child, "朱大海", "爸爸", "13611110000", barred=True)
        visits.end_visit(unit, done.visit, world.adults["张母"], "known", world.desk.id)
        unit.audit("visit", done.visit)
    return done.child


def filed(world, intake, card):
    return [(one.child, one.name) for one in intake.assess(world.desk, card).alike]


def count(world):
    return world.database.row("select count(*) from child")[0]


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, True),
        ({"name": "朱予晴"}, True),  # the file already counts as meant; its fields are still worth taking
        ({"same_reason": "没来过"}, True),  # an answer given can still be taken back
        ({"born_on": ""}, False),
        ({"born_on": "", "phone": "13800006021"}, True),
        ({"name": "朱大为"}, False),
        ({"name": "", "phone": "13800006021"}, False),
    ],
)
def test_whoever_sounds_so_and_shares_a_day_or_a_number_is_offered(world, intake, child, changes, offered):
    found = filed(world, intake, dataclasses.replace(TYPED, **({"same_reason": ""} | changes)))
    assert found == ([(child, "朱予晴")] if offered else [])


def test_the_offer_says_who_she_is_without_a_number_in_full(world, intake, child):
    (one,) = intake.assess(world.desk, TYPED).alike
    assert "2023-08-19 生" in one.words
    assert "鸡蛋过敏" in one.words
    assert "6021" in one.words
    assert "13800006021" not in one.words


def test_the_card_goes_on_with_the_record_and_keeps_what_is_of_today(world, intake, child):
    card = intake.go_on_with(world.desk, TYPED, child)
    assert (card.child, card.name, card.sex, card.born_on) == (child, "朱予晴", "f", "2023-08-19")
    assert (card.allergy, card.allergens) == ("has", "鸡蛋")
    assert (card.bringer, card.relation, card.phone) == ("王秀兰", "奶奶", "13800006021")
    assert (card.second, card.second_relation, card.second_phone) == ("赵敏", "妈妈", "13900001177")
    assert (card.promised, card.tariff, card.reason) == ("15:30", "temp_full_day", "家人看病")
    assert (card.body, card.body_note, card.temperature) == ("unwell", "有点咳", "36.9")
    assert (card.age_reason, card.same_reason) == ("", "")  # given for the child she was taken for
    assert filed(world, intake, card) == []


def test_no_second_record_is_made(world, intake, child):
    before = count(world)
    card = intake.go_on_with(world.desk, TYPED, child)
    assert intake.assess(world.desk, card).ready
    assert intake.register(world.desk, card).value.child == child
    assert count(world) == before
    assert children.find_child(world.database, child).substances == ("鸡蛋",)


def test_an_allergy_named_today_comes_to_those_of_the_file(world, intake, child):
    said = dataclasses.replace(TYPED, allergy="has", allergens="花生、鸡蛋")
    assert intake.go_on_with(world.desk, said, child).allergens == "鸡蛋、花生"


def test_whoever_else_was_typed_stays_and_the_file_names_the_second(world, intake, child):
    other = dataclasses.replace(TYPED, bringer="李四", relation="舅舅", phone="13811112222")
    card = intake.go_on_with(world.desk, other, child)
    assert (card.bringer, card.relation, card.phone) == ("李四", "舅舅", "13811112222")
    assert card.second in {"王秀兰", "赵敏"}
    by_number = dataclasses.replace(TYPED, bringer="", phone="139 0000 1177")
    card = intake.go_on_with(world.desk, by_number, child)
    assert (card.bringer, card.relation, card.second) == ("赵敏", "妈妈", "王秀兰")


def test_whoever_may_not_collect_by_the_file_does_not_by_the_card(world, intake, child):
    with world.database.unit(None, "changed") as unit:
        grandmother = next(one for one in people.list_adults(unit, child, DAY) if one.name == "王秀兰")
        people.end_tie(unit, child, grandmother.id)
        people.add_tie(unit, child, grandmother.id, dataclasses.replace(grandmother.tie, may_collect=False))
        unit.audit("adult", grandmother.id)
    assert not intake.go_on_with(world.desk, TYPED, child).bringer_collects


def test_a_barred_person_is_filled_in_nowhere_and_still_raises_the_alarm(world, intake, child):
    barred = dataclasses.replace(TYPED, bringer="朱大海", relation="叔叔", phone="")
    card = intake.go_on_with(world.desk, barred, child)
    assert (card.bringer, card.phone) == ("朱大海", "")
    assert "朱大海" not in (card.second, card.other)
    with pytest.raises(BarredAlarmError):
        intake.register(world.desk, dataclasses.replace(card, phone="13611110000"))


def test_a_record_that_is_not_there_is_refused(world, intake):
    with pytest.raises(UnknownPersonError):
        intake.go_on_with(world.desk, TYPED, 99_999)


def test_by_a_clock_set_back_nobody_is_registered_before_she_left(world, intake, child):
    world.clock.now -= dt.timedelta(minutes=5)
    card = dataclasses.replace(CAME, child=child)
    words = [one.sentence for one in intake.assess(world.desk, card).problems if one.field == "name"]
    assert any("早于朱予晴上次离园" in one for one in words)
